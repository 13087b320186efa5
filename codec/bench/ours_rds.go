package bench

import (
	"errors"
	"fmt"
	"strconv"

	"wireproof/codec/bench/payload"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// wireproofRDS decodes bare bodies: lenient and strict into a destination that
// was used before, and lenient into new ones, for which few allocations are
// promised.
func wireproofRDS[T any, P interface {
	*T
	rds.Output
}](few int) []Contender {
	reuse := func(name string, lenient bool) Contender {
		return Contender{Name: name, Allocs: 0, New: func(doc payload.Document) (Work, error) {
			d := &rds.Decoder{Lenient: lenient}
			out := P(new(T))
			return Work{
				Run:  func() error { return d.DecodeBody(doc.Text, out) },
				Got:  func() (any, error) { return rdsGot(out), noFindings(d.Findings()) },
				Drop: func() any { d = nil; return out },
			}, nil
		}}
	}
	fresh := Contender{Name: lenientFresh, Allocs: few, New: func(doc payload.Document) (Work, error) {
		body := []byte(doc.Text)
		d := &rds.Decoder{Lenient: true}
		var out P
		return Work{
			Run: func() error { out = new(T); return d.DecodeBytes(body, out) },
			Got: func() (any, error) { return rdsGot(out), noFindings(d.Findings()) },
		}, nil
	}}
	first := Contender{Name: lenientFirst, Allocs: NoPromise, New: func(doc payload.Document) (Work, error) {
		body := []byte(doc.Text)
		var out P
		return Work{
			Run: func() error {
				var d rds.Decoder
				d.Lenient = true
				out = new(T)
				return d.DecodeBytes(body, out)
			},
			Got: func() (any, error) { return rdsGot(out), nil },
		}, nil
	}}
	return []Contender{reuse(lenientReuse, true), reuse(strictReuse, false), fresh, first}
}

// noFindings fails where a document that is right is not taken for it.
func noFindings(findings []wire.Finding) error {
	var all []error
	for _, f := range findings {
		all = append(all, errors.New(f.String()))
	}
	return errors.Join(all...)
}

// rdsGot puts our result in the terms of package payload.
func rdsGot(out rds.Output) any {
	switch out := out.(type) {
	case *rds.DescribeReservedDBInstancesOutput:
		page := payload.RDSPage{Marker: out.Marker.Value}
		for i := range out.ReservedDBInstances.Value {
			page.Instances = append(page.Instances, rdsInstance(&out.ReservedDBInstances.Value[i]))
		}
		return page
	case *rds.PurchaseReservedDBInstancesOfferingOutput:
		return payload.RDSPage{Instances: []payload.Instance{rdsInstance(&out.ReservedDBInstance.Value)}}
	}
	return out
}

func rdsInstance(in *rds.ReservedDBInstance) payload.Instance {
	out := payload.Instance{
		ID: in.ReservedDBInstanceId.Value, OfferingID: in.ReservedDBInstancesOfferingId.Value, Class: in.DBInstanceClass.Value,
		StartMS: in.StartTime.Value.Time().UnixMilli(), Duration: in.Duration.Value,
		FixedPrice: in.FixedPrice.Value, UsagePrice: in.UsagePrice.Value,
		Currency: in.CurrencyCode.Value, Count: in.DBInstanceCount.Value,
		Product: in.ProductDescription.Value, Type: in.OfferingType.Value,
		MultiAZ: in.MultiAZ.Value, State: in.State.Value, ARN: in.ReservedDBInstanceArn.Value, LeaseID: in.LeaseId.Value,
	}
	for _, c := range in.RecurringCharges.Value {
		out.Charges = append(out.Charges, payload.Charge{
			Amount: c.RecurringChargeAmount.Value, Frequency: c.RecurringChargeFrequency.Value,
		})
	}
	return out
}

// wireproofRDSEncode writes the page into a buffer that was used before.
var wireproofRDSEncode = Contender{Name: encodeReuse, Allocs: 0, New: func(doc payload.Document) (Work, error) {
	var d rds.Decoder
	var out rds.DescribeReservedDBInstancesOutput
	err := d.DecodeBody(doc.Text, &out)
	var e rds.Encoder
	var text []byte
	return Work{
		Run: func() (err error) { text, err = e.AppendBody(text[:0], &out); return err },
		Got: func() (any, error) { return encodedXML(text) },
	}, err
}}

// wireproofRDSBody writes the form of a purchase.
var wireproofRDSBody = Contender{Name: encodeReuse, Allocs: 0, New: func(doc payload.Document) (Work, error) {
	in := &rds.PurchaseReservedDBInstancesOfferingInput{
		ReservedDBInstancesOfferingId: wire.Some(offeringID),
		ReservedDBInstanceId:          wire.Some(reservationID),
		DBInstanceCount:               wire.Some[int64](10),
		Tags:                          wire.Some([]rds.Tag{{Key: wire.Some(tagKey), Value: wire.Some(tagValue)}}),
	}
	var e rds.Encoder
	var text []byte
	return Work{
		Run: func() (err error) { text, err = e.AppendForm(text[:0], in); return err },
		Got: func() (any, error) { return encodedQuery(doc, string(text)) },
	}, nil
}}

// wireproofRequest reads the documented request with all that the typed decoder
// does besides taking pairs apart: version, signature, members, lists.
var wireproofRequest = Contender{Name: requestReuse, Allocs: 0, New: func(doc payload.Document) (Work, error) {
	d := &rds.Decoder{Lenient: true}
	req := &wire.Request{Method: "GET", Path: "/", Query: doc.Text}
	in := new(rds.PurchaseReservedDBInstancesOfferingInput)
	return Work{
		Run: func() error { return d.DecodeRequestInto(req, in) },
		Got: func() (any, error) { return requestGot(d.Call(), in), noFindings(d.Findings()) },
	}, nil
}}

func requestGot(call *rds.Call, in *rds.PurchaseReservedDBInstancesOfferingInput) any {
	got := []payload.Parameter{
		{Name: "Action", Value: call.Action.Value},
		{Name: "ReservedDBInstanceId", Value: in.ReservedDBInstanceId.Value},
		{Name: "ReservedDBInstancesOfferingId", Value: in.ReservedDBInstancesOfferingId.Value},
		{Name: "DBInstanceCount", Value: strconv.FormatInt(in.DBInstanceCount.Value, 10)},
	}
	for i, tag := range in.Tags.Value {
		name := fmt.Sprintf("Tags.Tag.%d.", i+1)
		got = append(got, payload.Parameter{Name: name + "Key", Value: tag.Key.Value},
			payload.Parameter{Name: name + "Value", Value: tag.Value.Value})
	}
	return append(got,
		payload.Parameter{Name: "Version", Value: call.Version.Value},
		payload.Parameter{Name: "SignatureVersion", Value: call.SignatureVersion.Value},
		payload.Parameter{Name: "SignatureMethod", Value: call.SignatureMethod.Value},
		payload.Parameter{Name: "Timestamp", Value: call.Timestamp.Value},
		payload.Parameter{Name: "AWSAccessKeyId", Value: call.AWSAccessKeyId.Value},
		payload.Parameter{Name: "Signature", Value: call.Signature.Value},
	)
}
