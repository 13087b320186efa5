package inspect_test

import (
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
	"wireproof/conformance/inspect"
	"wireproof/fixtures"
)

// plain decodes JSON without losing digits.
func plain(t *testing.T, text []byte) (v any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

func marshal(t *testing.T, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// The samples' decoded forms were written by hand.
func TestSamples(t *testing.T) {
	samples, err := fixtures.Samples()
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, s := range samples {
		if s.Service == inspect.MediaConnect && s.Format == "text" {
			continue // Python
		}
		d, err := inspect.Decode(string(s.Raw), inspect.Options{})
		if err != nil {
			t.Errorf("%s: %v", s.Name, err)
			continue
		}
		kind := strings.Replace(s.Kind, "error", inspect.Response, 1)
		operation := s.Operation
		if s.Kind == "error" {
			operation = "" // an error does not say which operation it is of
		}
		if s.Name == "mediaconnect-describe-reservation-response" {
			operation = "PurchaseOffering" // the bare bodies cannot be told apart, and the guess says so
		}
		if d.Service != s.Service || d.Kind != kind || d.Operation != operation || d.Version != s.APIVersion {
			t.Errorf("%s: taken for %s %s %s %s", s.Name, d.Service, d.Operation, d.Kind, d.Version)
		}
		if got := d.Undecodable == nil; got != s.WellFormed {
			t.Errorf("%s: decodable is %v, well-formed %v", s.Name, got, s.WellFormed)
		}
		if d.Undecodable != nil && (s.Offset == nil || d.Undecodable.At.Offset != *s.Offset) {
			t.Errorf("%s: undecodable at %d, want %v", s.Name, d.Undecodable.At.Offset, s.Offset)
		}
		if s.Decoded == nil {
			continue
		}
		compared++
		value := d.Value
		if s.Kind == "error" {
			value = d.Error
		}
		if diff := cmp.Diff(plain(t, s.Decoded), plain(t, marshal(t, value))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", s.Name, diff)
		}
	}
	if compared < 10 {
		t.Errorf("only %d values were compared", compared)
	}
}

// What the captures say was read by Python's standard library.
func TestCaptures(t *testing.T) {
	captures, err := fixtures.Captures()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range captures {
		d, err := inspect.Decode(string(c.Raw), inspect.Options{})
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		if d.Service != c.Service || d.Kind != inspect.Request || d.Operation != c.Operation || d.Target != c.Target {
			t.Errorf("%s: taken for %s %s %s", c.Name, d.Service, d.Operation, d.Kind)
		}
		if diff := cmp.Diff(plain(t, c.Parameters), plain(t, marshal(t, d.Value))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.Name, diff)
		}
	}
}

// message is a fixture as one raw text.
type message struct{ name, text string }

// messages gives every fixture that is a message.
func messages(t *testing.T) (all []message) {
	t.Helper()
	samples, err := fixtures.Samples()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range samples {
		if s.Service == inspect.RDS || s.Format != "text" {
			all = append(all, message{s.Name, string(s.Raw)})
		}
	}
	captures, err := fixtures.Captures()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range captures {
		all = append(all, message{c.Name, string(c.Raw)})
	}
	variants, err := fixtures.Variants()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range variants {
		r := wire.Response{Status: v.Response.Status, Body: string(v.Response.Body)}
		for _, h := range v.Response.Headers {
			r.Headers = append(r.Headers, wire.HeaderField(h))
		}
		all = append(all, message{v.Name, string(exchange.AppendResponse(nil, &r))})
	}
	return all
}

// What decode prints, encode reads: the message that it makes decodes to the
// same value and the same unknown members.
func TestRoundTrip(t *testing.T) {
	trips, undecodable, unguessed, noForm := 0, 0, 0, 0
	for _, m := range messages(t) {
		d, err := inspect.Decode(m.text, inspect.Options{})
		if errors.As(err, new(*inspect.UsageError)) {
			unguessed++
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if d.Undecodable != nil {
			undecodable++
			continue
		}
		again, err := inspect.Encode(t.Context(), string(marshal(t, d)), inspect.EncodeOptions{Raw: true})
		if errors.Is(err, wire.ErrValue) {
			noForm++
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", m.name, err)
			continue
		}
		trips++
		o := inspect.Options{Service: d.Service, Kind: d.Kind}
		if d.Error.IsZero() {
			o.Operation = d.Operation
		}
		back, err := inspect.Decode(string(again), o)
		if err != nil {
			t.Errorf("%s: %v", m.name, err)
			continue
		}
		if d.Status == 0 {
			d.Status = back.Status // a bare body has none
		}
		if diff := cmp.Diff(comparable(t, d), comparable(t, back)); diff != "" {
			t.Errorf("%s (-decoded +decoded, encoded and decoded):\n%s\n%s", m.name, diff, again)
		}
	}
	t.Logf("%d round trips, %d undecodable, %d not guessed, %d with values that have no form", trips, undecodable, unguessed, noForm)
	if trips < 400 {
		t.Errorf("only %d messages made the trip", trips)
	}
}

// comparable leaves out where things stood.
func comparable(t *testing.T, d *inspect.Decoded) any {
	unknown := []inspect.UnknownMember{}
	for _, u := range d.Unknown {
		u.Offset, u.At = 0, nil
		unknown = append(unknown, u)
	}
	return plain(t, marshal(t, map[string]any{"status": d.Status, "value": d.Value, "error": d.Error, "unknown": unknown}))
}

// Lenient findings are a part of the strict ones, and the values are the same.
func TestLenientIsPartOfStrict(t *testing.T) {
	for _, m := range messages(t) {
		strict, err := inspect.Decode(m.text, inspect.Options{})
		lenient, err2 := inspect.Decode(m.text, inspect.Options{Lenient: true})
		if err != nil || err2 != nil {
			if (err == nil) != (err2 == nil) {
				t.Errorf("%s: strict %v, lenient %v", m.name, err, err2)
			}
			continue
		}
		var want []inspect.Finding
		for _, f := range strict.Findings {
			if f.Level != wire.Departure {
				want = append(want, f)
			}
		}
		if diff := cmp.Diff(append([]inspect.Finding{}, want...), lenient.Findings); diff != "" {
			t.Errorf("%s: (-strict without departures +lenient):\n%s", m.name, diff)
		}
		if !reflect.DeepEqual(plain(t, marshal(t, strict.Value)), plain(t, marshal(t, lenient.Value))) {
			t.Errorf("%s: the values differ", m.name)
		}
	}
}

// Every finding's place in the input is where its part and offset say.
func TestPositions(t *testing.T) {
	checked := 0
	for _, m := range messages(t) {
		d, err := inspect.Decode(m.text, inspect.Options{})
		if err != nil {
			continue
		}
		for _, f := range d.Findings {
			if f.At == nil {
				continue
			}
			checked++
			line, column := wire.LineColumn(m.text, f.At.Offset)
			if f.At.Line != line || f.At.Column != column || f.At.Offset < 0 || f.At.Offset > len(m.text) {
				t.Errorf("%s: %+v, want line %d, column %d", m.name, f.At, line, column)
			}
		}
	}
	if checked < 200 {
		t.Errorf("only %d places were looked at", checked)
	}
}

func FuzzDecode(f *testing.F) {
	samples, err := fixtures.Samples()
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range samples {
		f.Add(string(s.Raw), "", "")
	}
	f.Add("{}", "ListOfferings", "response")
	f.Add("a=b", "DescribeReservedDBInstances", "request")
	f.Fuzz(func(t *testing.T, text, operation, kind string) {
		d, err := inspect.Decode(text, inspect.Options{Operation: operation, Kind: kind})
		if err != nil {
			if !errors.As(err, new(*inspect.UsageError)) {
				t.Fatalf("%T %v", err, err)
			}
			return
		}
		for _, x := range d.Findings {
			if x.At != nil && (x.At.Offset < 0 || x.At.Offset > len(text)) {
				t.Fatalf("finding %+v in %d bytes", x, len(text))
			}
		}
		if u := d.Undecodable; u != nil {
			wire.Caret(text, u.At.Offset)
			return
		}
		printed, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		inspect.Encode(t.Context(), string(printed), inspect.EncodeOptions{Raw: true})
	})
}

func TestMain(m *testing.M) {
	// Nothing here may depend on the environment's credentials.
	os.Setenv("AWS_ACCESS_KEY_ID", "must-not-be-read")
	os.Exit(m.Run())
}
