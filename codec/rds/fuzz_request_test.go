package rds_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/fixtures"
)

// FuzzDecodeRequest: no panic; offsets lie in their part; lenient and reusing
// decoders read the same value, and lenient findings are strict findings; a
// value that can be written reads back, without a finding beyond those about
// parameters that are not ours.
func FuzzDecodeRequest(f *testing.F) {
	for _, c := range captures(f) {
		req := capturedRequest(c)
		f.Add(req.Method, req.Query, req.Body)
	}
	for _, tt := range requestTests {
		f.Add("", "", tt.form)
	}
	for _, load := range []func(string) ([]fixtures.Document, error){fixtures.Malformed, fixtures.WellFormed} {
		docs, err := load("query")
		if err != nil {
			f.Fatal(err)
		}
		for _, d := range docs {
			f.Add("GET", string(d.Raw), "")
		}
	}
	var strict rds.Decoder
	lenient := rds.Decoder{Lenient: true}
	inputs := map[rds.Operation]rds.Input{}
	for _, o := range rds.Operations() {
		inputs[o] = o.NewInput()
	}
	f.Fuzz(func(t *testing.T, method, query, body string) {
		req := &wire.Request{Method: method, Path: "/", Query: query, Body: body}
		in, err := strict.DecodeRequest(req)
		for _, finding := range strict.Findings() {
			length := map[wire.Part]int{wire.Query: len(query), wire.Body: len(body)}[finding.Part]
			if finding.Offset < 0 || finding.Offset > length || finding.Level == 0 || finding.Kind == "" {
				t.Fatalf("%+v", finding)
			}
		}
		again, lenientErr := lenient.DecodeRequest(req)
		if diff := cmp.Diff(err, lenientErr); diff != "" {
			t.Fatalf("lenient: %s", diff)
		}
		if diff := cmp.Diff(wire.Lenient(strict.Findings()), lenient.Findings(), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("lenient findings (-want +got):\n%s", diff)
		}
		if err != nil {
			return
		}
		if diff := cmp.Diff(in, again); diff != "" {
			t.Fatalf("(-strict +lenient):\n%s", diff)
		}
		into := inputs[in.Operation()]
		if err := lenient.DecodeRequestInto(req, into); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(in, into, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(-fresh +reused):\n%s", diff)
		}
		roundTrip(t, rds.Encoder{Version: strict.Call().ReadAs, Get: method == "GET"}, in)
	})
}

// FuzzEncodeRequest: what the encoder writes, the decoder reads without a
// finding, and gives the same value.
func FuzzEncodeRequest(f *testing.F) {
	f.Add(uint8(7), uint8(0), "o", "i", "k", "v", int64(1), true)
	f.Add(uint8(0), uint8(1), "", "a b", "é", "&=+%", int64(1<<31), false)
	f.Add(uint8(4), uint8(2), "\xff", "\x00", "", "x", int64(-1), false)
	f.Fuzz(func(t *testing.T, version, operation uint8, a, b, c, d string, n int64, flag bool) {
		versions, operations := rds.Versions(), rds.Operations()
		v := versions[int(version)%len(versions)]
		var in rds.Input
		filters := wire.Some([]rds.Filter{{Name: wire.Some(a), Values: wire.Some([]string{b, c, d})}, {Name: wire.Some(d), Values: wire.Some([]string{})}})
		switch operations[int(operation)%len(operations)] {
		case rds.PurchaseReservedDBInstancesOffering:
			in = &purchaseInput{ReservedDBInstancesOfferingId: wire.Some(a), ReservedDBInstanceId: wire.Some(b), DBInstanceCount: wire.Some(n)}
			if flag {
				in.(*purchaseInput).Tags = wire.Some([]rds.Tag{{Key: wire.Some(c), Value: wire.Some(d)}, {Value: wire.Some(a)}})
			}
		case rds.DescribeReservedDBInstances:
			in = &instancesInput{ReservedDBInstanceId: wire.Some(a), Marker: wire.Some(b), MultiAZ: wire.Some(flag), MaxRecords: wire.Some(n)}
			if flag {
				in.(*instancesInput).Filters = filters
			}
		default:
			in = &offeringsInput{OfferingType: wire.Some(c), Duration: wire.Some(d), MultiAZ: wire.Some(flag), MaxRecords: wire.Some(n)}
			if flag {
				in.(*offeringsInput).Filters = filters
			}
		}
		roundTrip(t, rds.Encoder{Version: v, Get: flag}, in)
	})
}

// roundTrip writes in, if it can be written, and reads it back.
func roundTrip(t *testing.T, e rds.Encoder, in rds.Input) {
	req, err := e.EncodeRequest(in)
	if err != nil {
		return
	}
	var d rds.Decoder
	again, err := d.DecodeRequest(&req)
	if err != nil {
		t.Fatalf("%s%s: %v", req.Query, req.Body, err)
	}
	place := cmpopts.IgnoreFields(wire.Unknown{}, "Offset")
	if diff := cmp.Diff(in, again, place); diff != "" {
		t.Fatalf("%s%s: (-want +got):\n%s", req.Query, req.Body, diff)
	}
	for _, f := range d.Findings() {
		if f.Kind != "query.nul" && len(unknownParameters(in)) == 0 {
			t.Fatalf("%s%s: %v", req.Query, req.Body, f)
		}
	}
}
