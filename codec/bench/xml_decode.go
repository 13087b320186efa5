package bench

import (
	"bytes"
	"encoding/xml"
	"strings"

	"wireproof/codec/bench/payload"
	"wireproof/codec/rds"
)

// rdsPageDecode, rdsPurchaseDecode and rdsLargeDecode read RDS responses.
var (
	rdsPageDecode = reading("XML decode, page of 100",
		func() payload.Document { return payload.RDSDescribe(payload.PageRecords) },
		append(wireproofRDS[rds.DescribeReservedDBInstancesOutput](15), sdkDescribe, unmarshalXML[xmlDescribe](), indexByteHop),
	)
	rdsPurchaseDecode = reading("documented RDS purchase response", payload.RDSPurchase,
		append(wireproofRDS[rds.PurchaseReservedDBInstancesOfferingOutput](NoPromise), sdkPurchase, unmarshalXML[xmlPurchase](), indexByteHop),
	)
	rdsLargeDecode = reading("XML decode, 20 MB", payload.RDSLarge,
		append(wireproofRDS[rds.DescribeReservedDBInstancesOutput](NoPromise)[:2], sdkDescribe, indexByteHop),
	)
)

// unmarshalXML decodes into a new T, as encoding/xml appends to lists that are
// there.
func unmarshalXML[T any, P interface {
	*T
	got() any
}]() Contender {
	return Contender{Name: "encoding/xml", Allocs: NoPromise, New: func(doc payload.Document) (Work, error) {
		body := []byte(doc.Text)
		var out P
		return Work{
			Run: func() error { out = new(T); return xml.Unmarshal(body, out) },
			Got: func() (any, error) { return out.got(), nil },
		}, nil
	}}
}

// indexByteHop goes from each '<' to the next and does nothing else: no reader
// that looks at every tag can be faster by much, on any machine.
var indexByteHop = Contender{Name: "bytes.IndexByte hop from < to <", Allocs: 0, New: func(doc payload.Document) (Work, error) {
	body := []byte(doc.Text)
	hops := 0
	return Work{
		Run: func() error {
			hops = 0
			for rest := body; ; hops++ {
				i := bytes.IndexByte(rest, '<')
				if i < 0 {
					return nil
				}
				rest = rest[i+1:]
			}
		},
		Got: func() (any, error) {
			if hops != strings.Count(doc.Text, "<") {
				return hops, nil
			}
			return doc.Want(), nil
		},
	}, nil
}}
