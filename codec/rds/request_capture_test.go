package rds_test

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/fixtures"
)

func captures(t testing.TB) (list []fixtures.Capture) {
	t.Helper()
	all, err := fixtures.Captures()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if c.Service == "rds" {
			list = append(list, c)
		}
	}
	if len(list) != 91 {
		t.Fatalf("%d captures of RDS, want 91", len(list))
	}
	return list
}

func capturedRequest(c fixtures.Capture) *wire.Request {
	req := &wire.Request{Method: c.Method}
	req.Path, req.Query, _ = strings.Cut(c.Target, "?")
	for _, h := range c.Headers {
		req.Headers = append(req.Headers, wire.HeaderField(h))
	}
	_, req.Body, _ = strings.Cut(string(c.Raw), "\r\n\r\n")
	return req
}

// generic is v as encoding/json sees any JSON.
func generic(t testing.TB, v any) any {
	t.Helper()
	text, ok := v.(json.RawMessage)
	if !ok {
		var err error
		if text, err = json.Marshal(v); err != nil {
			t.Fatal(err)
		}
	}
	var out any
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// oddCaptures are the captures with findings other than a plus for a space.
var oddCaptures = map[string][]wire.Kind{
	"boto2-rds2-DescribeReservedDBInstances":              {"query.member-item", "request.filter-form", "query.member-item", "request.filter-form", "request.list-as-value"},
	"boto2-rds2-Purchase":                                 {"query.member-item", "query.member-item"},
	"js3-rds-PurchaseReservedDBInstancesOffering-missing": {"member.required"},
	"js3-rds-DescribeReservedDBInstances-filternovalues":  {"member.required"},
}

// TestCapturedRequests: every captured request decodes to what Python's standard
// library reads from it, with no finding that its bytes do not account for.
func TestCapturedRequests(t *testing.T) {
	odd := 0
	var strict rds.Decoder
	lenient := rds.Decoder{Lenient: true}
	for _, c := range captures(t) {
		req := capturedRequest(c)
		in, err := strict.DecodeRequest(req)
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		if in.Operation().String() != c.Operation {
			t.Errorf("%s: %s, want %s", c.Name, in.Operation(), c.Operation)
		}
		if diff := cmp.Diff(generic(t, c.Parameters), generic(t, in)); diff != "" {
			t.Errorf("%s: (-want +got):\n%s", c.Name, diff)
		}
		if call := strict.Call(); call.Version.Or("") != c.Version || string(call.ReadAs) != c.Version {
			t.Errorf("%s: version %q read as %q, want %q", c.Name, call.Version.Or(""), call.ReadAs, c.Version)
		}
		if unknown := unknownParameters(in); len(unknown) > 0 {
			t.Errorf("%s: unknown %v", c.Name, unknown)
		}
		compareCommon(t, c, strict.Call())

		var kinds []wire.Kind
		pluses := 0
		for _, f := range strict.Findings() {
			if f.Kind == "query.plus-as-space" {
				pluses++
				continue
			}
			kinds = append(kinds, f.Kind)
		}
		if diff := cmp.Diff(oddCaptures[c.Name], kinds); diff != "" {
			t.Errorf("%s: findings (-want +got):\n%s", c.Name, diff)
		}
		if len(kinds) > 0 {
			odd++
		}
		want := 0
		for _, pair := range strings.Split(req.Body, "&") {
			if strings.Contains(pair, "+") {
				want++
			}
		}
		if pluses != want {
			t.Errorf("%s: %d findings about a plus, want %d", c.Name, pluses, want)
		}

		again, err := lenient.DecodeRequest(req)
		if err != nil {
			t.Errorf("%s: lenient: %v", c.Name, err)
		} else if diff := cmp.Diff(in, again); diff != "" {
			t.Errorf("%s: lenient reads another value (-strict +lenient):\n%s", c.Name, diff)
		}
		if diff := cmp.Diff(wire.Lenient(strict.Findings()), lenient.Findings(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: lenient findings (-want +got):\n%s", c.Name, diff)
		}
	}
	if odd != len(oddCaptures) {
		t.Errorf("%d odd captures, want %d", odd, len(oddCaptures))
	}
}

// compareCommon holds the call against the pairs of the capture.
func compareCommon(t *testing.T, c fixtures.Capture, call *rds.Call) {
	want := map[string]any{}
	for _, p := range c.Pairs {
		switch p.Name {
		case "Action", "Version", "ContentType", "AWSAccessKeyId", "SignatureVersion", "SignatureMethod", "Timestamp", "Expires", "SecurityToken", "Signature":
			want[p.Name] = p.Value
		default:
			if strings.HasPrefix(p.Name, "X-Amz-") {
				want[p.Name] = p.Value
			}
		}
	}
	if diff := cmp.Diff(any(want), generic(t, call)); diff != "" {
		t.Errorf("%s: common parameters (-want +got):\n%s", c.Name, diff)
	}
}

func unknownParameters(in rds.Input) []wire.Unknown {
	switch in := in.(type) {
	case *rds.DescribeReservedDBInstancesOfferingsInput:
		return in.Unknown
	case *rds.PurchaseReservedDBInstancesOfferingInput:
		return in.Unknown
	case *rds.DescribeReservedDBInstancesInput:
		return in.Unknown
	}
	return nil
}

// TestCaptureCases: the requests that several clients were called for decode to
// what those clients were called with.
func TestCaptureCases(t *testing.T) {
	cases, err := fixtures.CaptureCases()
	if err != nil {
		t.Fatal(err)
	}
	byCase := map[[4]string]fixtures.Capture{}
	for _, c := range captures(t) {
		byCase[[4]string{c.Client, c.Operation, c.Case}] = c
	}
	compared := 0
	for _, k := range cases {
		for _, client := range k.Clients {
			c, ok := byCase[[4]string{client, k.Operation, k.Case}]
			if k.Service != "rds" || !ok {
				continue
			}
			var d rds.Decoder
			in, err := d.DecodeRequest(capturedRequest(c))
			if err != nil {
				t.Errorf("%s: %v", c.Name, err)
				continue
			}
			if diff := cmp.Diff(generic(t, k.Sent), generic(t, in)); diff != "" {
				t.Errorf("%s: (-want +got):\n%s", c.Name, diff)
			}
			compared++
		}
	}
	if compared < 60 {
		t.Errorf("%d captures compared", compared)
	}
}

// TestEncodeCaptures: from the decoded value the encoder writes the pairs that
// the client wrote, in any order and with %20 for a space. boto 2's names of
// items are replaced by those of the model.
func TestEncodeCaptures(t *testing.T) {
	modern := strings.NewReplacer("Filters.member.1.FilterName", "Filters.Filter.1.Name",
		"Filters.member.1.FilterValue", "Filters.Filter.1.Values.Value.1", "Tags.member.", "Tags.Tag.")
	for _, c := range captures(t) {
		var d rds.Decoder
		in, err := d.DecodeRequest(capturedRequest(c))
		if err != nil {
			t.Fatal(err)
		}
		e := rds.Encoder{Version: rds.Version(c.Version), Get: c.Form == "query"}
		req, err := e.EncodeRequest(in)
		if slices.Contains(oddCaptures[c.Name], wire.KindRequired) {
			if !errors.Is(err, wire.ErrValue) {
				t.Errorf("%s: a required member is absent, but %v", c.Name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		var want []fixtures.Pair
		for _, p := range c.Pairs {
			switch p.Name {
			case "ContentType", "AWSAccessKeyId", "SignatureVersion", "SignatureMethod", "Timestamp", "SecurityToken", "Signature":
				continue
			}
			if !strings.HasPrefix(p.Name, "X-Amz-") {
				want = append(want, fixtures.Pair{Name: modern.Replace(p.Name), Value: p.Value})
			}
		}
		got := pairsOf(t, req.Query+req.Body)
		byName := cmpopts.SortSlices(func(a, b fixtures.Pair) bool { return a.Name < b.Name })
		if diff := cmp.Diff(want, got, byName); diff != "" {
			t.Errorf("%s: (-client +ours):\n%s", c.Name, diff)
		}
		if got[0].Name != "Action" || got[1].Name != "Version" {
			t.Errorf("%s: starts with %v", c.Name, got[:2])
		}
		if strings.Contains(req.Query+req.Body, "+") {
			t.Errorf("%s: a plus for a space: %s", c.Name, req.Query+req.Body)
		}
		if (req.Method == "GET") != e.Get || (req.Query == "") == e.Get || (req.Body == "") != e.Get {
			t.Errorf("%s: %+v", c.Name, req)
		}
		again, err := d.DecodeRequest(&req)
		if err != nil || len(d.Findings()) > 0 {
			t.Errorf("%s: our own request: %v, %v", c.Name, err, d.Findings())
		}
		if diff := cmp.Diff(in, again); diff != "" {
			t.Errorf("%s: round trip (-want +got):\n%s", c.Name, diff)
		}
	}
}

// pairsOf splits a form with net/url's decoding alone, so that order stays.
func pairsOf(t testing.TB, form string) (pairs []fixtures.Pair) {
	t.Helper()
	for _, text := range strings.Split(form, "&") {
		name, value, _ := strings.Cut(text, "=")
		name, err1 := url.QueryUnescape(name)
		value, err2 := url.QueryUnescape(value)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		pairs = append(pairs, fixtures.Pair{Name: name, Value: value})
	}
	return pairs
}

// TestSampleRequests: the documented requests, against what a person read from
// them.
func TestSampleRequests(t *testing.T) {
	for _, s := range responses(t, "request") {
		if s.Format != "http" {
			continue
		}
		head, body, _ := strings.Cut(string(s.Raw), "\r\n\r\n")
		line, headers, _ := strings.Cut(head, "\r\n")
		words := strings.Split(line, " ")
		req := &wire.Request{Method: words[0], Body: body}
		req.Path, req.Query, _ = strings.Cut(words[1], "?")
		for _, h := range strings.Split(headers, "\r\n") {
			name, value, _ := strings.Cut(h, ": ")
			req.Headers = append(req.Headers, wire.HeaderField{Name: name, Value: value})
		}
		var d rds.Decoder
		in, err := d.DecodeRequest(req)
		if err != nil {
			t.Errorf("%s: %v", s.Name, err)
			continue
		}
		if diff := cmp.Diff(generic(t, s.Decoded), generic(t, in)); diff != "" {
			t.Errorf("%s: (-want +got):\n%s", s.Name, diff)
		}
		var want []wire.Finding
		if !strings.Contains(req.Query+req.Body, "Version=20") {
			want = []wire.Finding{{Kind: wire.KindRequired, Level: wire.Departure, Part: wire.Query, Path: "Version"}}
			if d.Call().ReadAs != rds.Oldest {
				t.Errorf("%s: read as %s", s.Name, d.Call().ReadAs)
			}
		}
		if diff := cmp.Diff(want, d.Findings(), cmpopts.IgnoreFields(wire.Finding{}, "Want", "Got"), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: findings (-want +got):\n%s", s.Name, diff)
		}
	}
}
