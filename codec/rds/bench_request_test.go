package rds_test

import (
	"net/url"
	"testing"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// documentedForm is the documented purchase request with a Version and a tag: 12
// parameters, 4 of them with escapes.
const documentedForm = "Action=PurchaseReservedDBInstancesOffering" +
	"&ReservedDBInstanceId=myreservationID" +
	"&ReservedDBInstancesOfferingId=438012d3-4052-4cc7-b2e3-8d3372e0e706" +
	"&DBInstanceCount=1" +
	"&Tags.Tag.1.Key=cost%20center" +
	"&Tags.Tag.1.Value=purchasing%20%2F%20databases" +
	"&SignatureVersion=2" +
	"&SignatureMethod=HmacSHA256" +
	"&Timestamp=2011-05-10T18%3A31%3A36.118Z" +
	"&AWSAccessKeyId=AKIDEXAMPLE" +
	"&Version=2013-05-15" +
	"&Signature=ZTytcLGSm%2B596l4%2FgJv9W72lyKKu26eGNRwxJhIxdGo%3D"

func BenchmarkDecodeRequest(b *testing.B) {
	b.Run("rds", func(b *testing.B) {
		req := &wire.Request{Method: "GET", Path: "/", Query: documentedForm}
		var d rds.Decoder
		var in rds.PurchaseReservedDBInstancesOfferingInput
		b.SetBytes(int64(len(documentedForm)))
		b.ReportAllocs()
		for b.Loop() {
			if err := d.DecodeRequestInto(req, &in); err != nil {
				b.Fatal(err)
			}
		}
		if len(d.Findings()) != 0 {
			b.Fatal(d.Findings())
		}
	})
	b.Run("net/url", func(b *testing.B) {
		b.SetBytes(int64(len(documentedForm)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := url.ParseQuery(documentedForm); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkEncodeRequest(b *testing.B) {
	const id, offering = "myreservationID", "438012d3-4052-4cc7-b2e3-8d3372e0e706"
	b.Run("rds", func(b *testing.B) {
		in := &rds.PurchaseReservedDBInstancesOfferingInput{
			ReservedDBInstancesOfferingId: wire.Some(offering),
			ReservedDBInstanceId:          wire.Some(id),
			DBInstanceCount:               wire.Some[int64](1),
			Tags:                          wire.Some([]rds.Tag{{Key: wire.Some("cost center"), Value: wire.Some("purchasing / databases")}}),
		}
		var buf []byte
		b.ReportAllocs()
		for b.Loop() {
			var err error
			if buf, err = (rds.Encoder{}).AppendForm(buf[:0], in); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("net/url", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			v := url.Values{}
			v.Set("Action", "PurchaseReservedDBInstancesOffering")
			v.Set("Version", "2014-10-31")
			v.Set("ReservedDBInstancesOfferingId", offering)
			v.Set("ReservedDBInstanceId", id)
			v.Set("DBInstanceCount", "1")
			v.Set("Tags.Tag.1.Key", "cost center")
			v.Set("Tags.Tag.1.Value", "purchasing / databases")
			_ = v.Encode()
		}
	})
}
