package rds_test

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/fixtures"
)

// checkBody holds the properties that every document has to have, well-formed or
// not, for an output of each operation.
func checkBody(t testing.TB, body string) {
	t.Helper()
	for _, op := range rds.Operations() {
		strict, lenient := rds.Decoder{}, rds.Decoder{Lenient: true}
		a, b := op.NewOutput(), op.NewOutput()
		errA, errB := strict.DecodeBody(body, a), lenient.DecodeBody(body, b)
		checkOffsets(t, body, errA, strict.Findings())
		if text(errA) != text(errB) {
			t.Fatalf("strict %v, lenient %v", errA, errB)
		}
		if diff := cmp.Diff(a, b, same...); diff != "" {
			t.Fatalf("strict and lenient hand over different values:\n%s", diff)
		}
		if want := wire.Lenient(strict.Findings()); !slices.Equal(want, lenient.Findings()) {
			t.Fatalf("lenient findings %v, of the strict ones %v", lenient.Findings(), want)
		}
		if errA == nil {
			checkRoundTrip(t, a)
		}
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func checkOffsets(t testing.TB, body string, err error, findings []wire.Finding) {
	t.Helper()
	var syntax *wire.SyntaxError
	if errors.As(err, &syntax) && (syntax.Offset < 0 || syntax.Offset > len(body)) {
		t.Fatalf("offset %d of %d: %v", syntax.Offset, len(body), err)
	}
	if syntax != nil {
		wire.Caret(body, syntax.Offset)
	}
	for _, f := range findings {
		if f.Part == wire.Body && (f.Offset < 0 || f.Offset > len(body)) {
			t.Fatalf("offset %d of %d: %v", f.Offset, len(body), f)
		}
		if f.Kind == "" || f.Level == 0 || f.Want == "" || f.Got == "" {
			t.Fatalf("incomplete finding: %#v", f)
		}
	}
}

// checkRoundTrip: what was read can be written, unless a value has no form on
// the wire, and reads back as the same.
func checkRoundTrip(t testing.TB, out rds.Output) {
	t.Helper()
	for _, e := range []rds.Encoder{{}, {Indent: true}} {
		body, err := e.AppendBody(nil, out)
		if err != nil {
			if !errors.Is(err, wire.ErrValue) {
				t.Fatal(err)
			}
			return
		}
		var d rds.Decoder
		again := out.Operation().NewOutput()
		if err := d.DecodeBody(string(body), again); err != nil {
			t.Fatalf("%v in what was encoded:\n%s", err, body)
		}
		if diff := cmp.Diff(out, again, same...); diff != "" {
			t.Fatalf("decoded, encoded, decoded (-first +second):\n%s", diff)
		}
		for _, f := range wire.Lenient(d.Findings()) {
			// What no encoder can help: a value that holds more than milliseconds, and
			// one that is a line feed and nothing else.
			if f.Kind != wire.KindTimestamp && f.Kind != rds.KindBlankText && noUnknown(out) {
				t.Fatalf("finding in what was encoded: %v\n%s", f, body)
			}
		}
	}
	if _, err := json.Marshal(out); err != nil {
		t.Fatalf("no JSON view: %v", err)
	}
}

// noUnknown reports whether nothing unmodeled is written back, which may hold
// what a finding is about.
func noUnknown(out rds.Output) bool {
	text, err := rds.Encoder{}.AppendBody(nil, out)
	var d rds.Decoder
	d.DropUnknown = true
	fresh := out.Operation().NewOutput()
	return err == nil && d.DecodeBody(string(text), fresh) == nil && cmp.Equal(out, fresh, same...)
}

// bodies are documents to start from.
func bodies(t testing.TB) (all []string) {
	for _, s := range responses(t, "response") {
		all = append(all, string(s.Raw))
	}
	variants, err := fixtures.Variants()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range variants {
		if v.Service == "rds" {
			all = append(all, string(v.Response.Body))
		}
	}
	return append(all, purchaseHead+purchaseTail)
}

func TestVariantBodies(t *testing.T) {
	for _, b := range bodies(t) {
		checkBody(t, b)
	}
}

// TestTruncated: no proper beginning of a document is one.
func TestTruncated(t *testing.T) {
	for _, s := range responses(t, "response") {
		body := strings.TrimRight(string(s.Raw), "\n")
		if !s.WellFormed {
			continue
		}
		op, _ := rds.ParseOperation(s.Operation)
		var d rds.Decoder
		for n := range len(body) {
			out := op.NewOutput()
			err := d.DecodeBody(body[:n], out)
			if !errors.Is(err, wire.ErrTruncated) && !errors.Is(err, wire.ErrEmpty) {
				t.Fatalf("%s cut at %d: %v", s.Name, n, err)
			}
			checkOffsets(t, body[:n], err, d.Findings())
		}
	}
}

// TestFlipped changes every byte in several ways.
func TestFlipped(t *testing.T) {
	for _, s := range responses(t, "response") {
		op, _ := rds.ParseOperation(s.Operation)
		strict, lenient := rds.Decoder{}, rds.Decoder{Lenient: true}
		a, b := op.NewOutput(), op.NewOutput()
		for i := range s.Raw {
			for _, c := range []byte{s.Raw[i] ^ 1, s.Raw[i] ^ 0x20, s.Raw[i] ^ 0x80, 0, '<', '>', '&', '"', ' ', '/'} {
				body := string(s.Raw[:i]) + string([]byte{c}) + string(s.Raw[i+1:])
				errA, errB := strict.DecodeBody(body, a), lenient.DecodeBody(body, b)
				if (errA == nil) != (errB == nil) {
					t.Fatalf("byte %d as %q: strict %v, lenient %v", i, c, errA, errB)
				}
				checkOffsets(t, body, errA, strict.Findings())
			}
		}
	}
}

func FuzzDecodeBody(f *testing.F) {
	for _, b := range bodies(f) {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, body string) { checkBody(t, body) })
}

func FuzzDecodeError(f *testing.F) {
	for _, b := range bodies(f) {
		f.Add(404, b)
	}
	f.Fuzz(func(t *testing.T, status int, body string) {
		resp := &wire.Response{Status: status, Body: body}
		var a, b rds.Error
		strict, lenient := rds.Decoder{}, rds.Decoder{Lenient: true}
		errA, errB := strict.DecodeError(resp, &a), lenient.DecodeError(resp, &b)
		checkOffsets(t, body, errA, strict.Findings())
		if text(errA) != text(errB) || !cmp.Equal(a, b, same...) {
			t.Fatalf("strict %v %v, lenient %v %v", errA, a, errB, b)
		}
		if want := wire.Lenient(strict.Findings()); !slices.Equal(want, lenient.Findings()) {
			t.Fatalf("lenient findings %v, of the strict ones %v", lenient.Findings(), want)
		}
		if errA != nil {
			return
		}
		again, err := rds.Encoder{}.EncodeError(&a)
		if err != nil {
			if !errors.Is(err, wire.ErrValue) {
				t.Fatal(err)
			}
			return
		}
		var c rds.Error
		if err := strict.DecodeError(&again, &c); err != nil {
			t.Fatalf("%v in what was encoded:\n%s", err, again.Body)
		}
		a.Status, c.Status = 0, 0
		if diff := cmp.Diff(a, c, same...); diff != "" {
			t.Fatalf("decoded, encoded, decoded (-first +second):\n%s", diff)
		}
	})
}

// FuzzEncodeBody writes values of any text and number.
func FuzzEncodeBody(f *testing.F) {
	f.Add("mysql", int64(10), 123.0, int64(1324250696), int32(577e6), uint8(3), true, 1)
	f.Add("a<b&c>\"'\r\n\t é 😀 ]]>", int64(-1), math.Copysign(0, -1), int64(-1), int32(1), uint8(9), false, 0)
	f.Fuzz(func(t *testing.T, s string, n int64, price float64, unix int64, nano int32, digits uint8, yes bool, charges int) {
		r := rds.ReservedDBInstance{
			ReservedDBInstanceId: wire.Some(s), Duration: wire.Some(n), FixedPrice: wire.Some(price), MultiAZ: wire.Some(yes),
			RecurringCharges: wire.Some(make([]rds.RecurringCharge, max(0, min(charges, 5)))),
		}
		stamp := wire.Timestamp{Unix: unix, Nano: nano, Digits: digits % 4}
		if back, ok := wire.ParseTimestamp(stamp.String()); ok && back == stamp {
			r.StartTime = wire.Some(stamp)
		}
		for i := range r.RecurringCharges.Value {
			r.RecurringCharges.Value[i].RecurringChargeFrequency = wire.Some(s)
		}
		out := &rds.DescribeReservedDBInstancesOutput{Marker: wire.Some(s), ReservedDBInstances: wire.Some([]rds.ReservedDBInstance{r, r})}
		out.RequestID = wire.Some("r")
		checkRoundTrip(t, out)
		single := &rds.PurchaseReservedDBInstancesOfferingOutput{ReservedDBInstance: wire.Some(r)}
		single.RequestID = wire.Some("r")
		checkRoundTrip(t, single)
		offering := rds.ReservedDBInstancesOffering{
			ReservedDBInstancesOfferingId: r.ReservedDBInstanceId, Duration: r.Duration, UsagePrice: r.FixedPrice, MultiAZ: r.MultiAZ, RecurringCharges: r.RecurringCharges,
		}
		offerings := &rds.DescribeReservedDBInstancesOfferingsOutput{Marker: wire.Some(s), ReservedDBInstancesOfferings: wire.Some([]rds.ReservedDBInstancesOffering{offering, {}})}
		offerings.RequestID = wire.Some("r")
		checkRoundTrip(t, offerings)
	})
}
