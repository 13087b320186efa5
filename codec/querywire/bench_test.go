package querywire_test

import (
	"net/url"
	"testing"

	"wireproof/codec/querywire"
	"wireproof/codec/wire"
)

// documented is the documented purchase request with a Version and a tag: 12
// parameters, 4 of them with escapes.
const documented = "Action=PurchaseReservedDBInstancesOffering" +
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

func BenchmarkRead(b *testing.B) {
	b.Run("querywire", func(b *testing.B) {
		var r querywire.Reader
		b.SetBytes(int64(len(documented)))
		b.ReportAllocs()
		for b.Loop() {
			r.Reset(documented, wire.Body)
			var p querywire.Pair
			for r.Next(&p) {
			}
		}
	})
	b.Run("querywire all", func(b *testing.B) {
		var r querywire.Reader
		var pairs []querywire.Pair
		b.SetBytes(int64(len(documented)))
		b.ReportAllocs()
		for b.Loop() {
			r.Reset(documented, wire.Body)
			var err error
			if pairs, err = r.All(pairs[:0]); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("net/url", func(b *testing.B) {
		b.SetBytes(int64(len(documented)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := url.ParseQuery(documented); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	values, err := url.ParseQuery(documented)
	if err != nil {
		b.Fatal(err)
	}
	var r querywire.Reader
	r.Reset(documented, wire.Body)
	pairs, err := r.All(nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("querywire", func(b *testing.B) {
		var w querywire.Writer
		b.ReportAllocs()
		for b.Loop() {
			w.Buf = w.Buf[:0]
			for i := range pairs {
				w.Pair(pairs[i].Name, pairs[i].Value)
			}
		}
	})
	b.Run("querywire pairs", func(b *testing.B) {
		var buf []byte
		b.ReportAllocs()
		for b.Loop() {
			buf = querywire.AppendPairs(buf[:0], pairs)
		}
	})
	b.Run("net/url", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = values.Encode()
		}
	})
}
