package bench

import (
	"context"
	"net/url"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/mediaconnect"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	rdstypes "github.com/aws/aws-sdk-go-v2/service/rds/types"
	"github.com/valyala/fasthttp"

	"wireproof/codec/bench/payload"
)

// queryDecode reads the pairs of the documented request, queryEncode writes
// them.
var (
	queryDecode = reading("query decode, documented request", payload.Request,
		[]Contender{wireproofPairs, wireproofRequest, parseQuery, fasthttpArgs("fasthttp Args reused", true), fasthttpArgs("fasthttp Args fresh", false)},
	)
	queryEncode = writing("query encode, documented request", payload.Request,
		[]Contender{wireproofAppendPairs, valuesEncode, fasthttpEncode},
	)
)

// inOrder puts parameters in the order of the document: maps lose it.
func inOrder(doc payload.Document, got []payload.Parameter) []payload.Parameter {
	want := doc.Want().([]payload.Parameter)
	at := func(p payload.Parameter) int {
		return slices.IndexFunc(want, func(w payload.Parameter) bool { return w.Name == p.Name })
	}
	slices.SortFunc(got, func(a, b payload.Parameter) int { return at(a) - at(b) })
	return got
}

// encodedQuery reads back what an encoder wrote.
func encodedQuery(doc payload.Document, text string) (any, error) {
	values, err := url.ParseQuery(text)
	return inOrder(doc, ofValues(values)), err
}

func ofValues(values url.Values) []payload.Parameter {
	var got []payload.Parameter
	for name, all := range values {
		for _, value := range all {
			got = append(got, payload.Parameter{Name: name, Value: value})
		}
	}
	return got
}

var parseQuery = Contender{Name: "net/url ParseQuery", Allocs: NoPromise, New: func(doc payload.Document) (Work, error) {
	var values url.Values
	return Work{
		Run: func() (err error) { values, err = url.ParseQuery(doc.Text); return err },
		Got: func() (any, error) { return inOrder(doc, ofValues(values)), nil },
	}, nil
}}

func fasthttpArgs(name string, reuse bool) Contender {
	return Contender{Name: name, Allocs: NoPromise, New: func(doc payload.Document) (Work, error) {
		args := new(fasthttp.Args)
		return Work{
			Run: func() error {
				if !reuse {
					args = new(fasthttp.Args)
				}
				args.Parse(doc.Text)
				return nil
			},
			Got: func() (any, error) {
				var got []payload.Parameter
				for name, value := range args.All() {
					got = append(got, payload.Parameter{Name: string(name), Value: string(value)})
				}
				return got, nil
			},
		}, nil
	}}
}

var valuesEncode = Contender{Name: "net/url Values.Encode", Allocs: NoPromise, New: func(doc payload.Document) (Work, error) {
	values, err := url.ParseQuery(doc.Text)
	var text string
	return Work{
		Run: func() error { text = values.Encode(); return nil },
		Got: func() (any, error) { return encodedQuery(doc, text) },
	}, err
}}

var fasthttpEncode = Contender{Name: "fasthttp Args reused", Allocs: NoPromise, New: func(doc payload.Document) (Work, error) {
	var args fasthttp.Args
	args.Parse(doc.Text)
	var text []byte
	return Work{
		Run: func() error { text = args.AppendBytes(text[:0]); return nil },
		Got: func() (any, error) { return encodedQuery(doc, string(text)) },
	}, nil
}}

// rdsPurchaseBody writes the body of a purchase, mcPurchaseBody that of the
// other service.
var (
	rdsPurchaseBody = writing("RDS purchase body", rdsBody, []Contender{wireproofRDSBody, sdkRDSBody})
	mcPurchaseBody  = writing("MediaConnect purchase body", mcBody, []Contender{wireproofMCBody, sdkMCBody})
)

const sdkEncoder = "aws-sdk-go-v2 serializer"

// What the purchase asks for.
const (
	offeringID      = "438012d3-4052-4cc7-b2e3-8d3372e0e706"
	reservationID   = "myreservationID"
	tagKey          = "team"
	tagValue        = "databases & storage"
	offeringArn     = "arn:aws:mediaconnect:us-east-1:123456789012:offering:1-23aBC45dEF67hiJ8:MyOffering"
	reservationName = "MyReservation"
	start           = "2020-03-05T23:30:00Z"
)

func rdsBody() payload.Document {
	want := []payload.Parameter{
		{Name: "Action", Value: "PurchaseReservedDBInstancesOffering"},
		{Name: "Version", Value: "2014-10-31"},
		{Name: "ReservedDBInstancesOfferingId", Value: offeringID},
		{Name: "ReservedDBInstanceId", Value: reservationID},
		{Name: "DBInstanceCount", Value: "10"},
		{Name: "Tags.Tag.1.Key", Value: tagKey},
		{Name: "Tags.Tag.1.Value", Value: tagValue},
	}
	return payload.Document{Want: func() any { return want }}
}

var sdkRDSBody = Contender{Name: sdkEncoder, Allocs: NoPromise, New: func(doc payload.Document) (Work, error) {
	in := &rds.PurchaseReservedDBInstancesOfferingInput{
		ReservedDBInstancesOfferingId: aws.String(offeringID),
		ReservedDBInstanceId:          aws.String(reservationID),
		DBInstanceCount:               aws.Int32(10),
		Tags:                          []rdstypes.Tag{{Key: aws.String(tagKey), Value: aws.String(tagValue)}},
	}
	m, err := rdsMiddlewares(func(c *rds.Client) error {
		_, err := c.PurchaseReservedDBInstancesOffering(context.Background(), in)
		return err
	})
	s := &sdkSerializer{middleware: m.serializer, input: in}
	return Work{Run: s.run, Got: func() (any, error) {
		body, err := s.body()
		if err != nil {
			return nil, err
		}
		return encodedQuery(doc, body)
	}}, err
}}

func mcBody() payload.Document {
	return payload.Document{Want: func() any {
		return map[string]string{"reservationName": reservationName, "start": start}
	}}
}

var sdkMCBody = Contender{Name: sdkEncoder, Allocs: NoPromise, New: func(payload.Document) (Work, error) {
	in := &mediaconnect.PurchaseOfferingInput{
		OfferingArn: aws.String(offeringArn), ReservationName: aws.String(reservationName), Start: aws.String(start),
	}
	m, err := mcMiddlewares(func(c *mediaconnect.Client) error {
		_, err := c.PurchaseOffering(context.Background(), in)
		return err
	})
	s := &sdkSerializer{middleware: m.serializer, input: in}
	return Work{Run: s.run, Got: func() (any, error) {
		body, err := s.body()
		if err != nil {
			return nil, err
		}
		return decodeStrings([]byte(body))
	}}, err
}}
