package mediaconnect_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"wireproof/codec/jsonwire"
	"wireproof/codec/mediaconnect"
	"wireproof/codec/wire"
	"wireproof/fixtures"
)

// sameJSON reports whether two texts are the same JSON value.
func sameJSON(t *testing.T, a, b []byte) bool {
	t.Helper()
	var x, y any
	if err := json.Unmarshal(a, &x); err != nil {
		t.Fatalf("%v: %s", err, a)
	}
	if err := json.Unmarshal(b, &y); err != nil {
		t.Fatalf("%v: %s", err, b)
	}
	a, _ = json.Marshal(x)
	b, _ = json.Marshal(y)
	return bytes.Equal(a, b)
}

func view(t *testing.T, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// kinds gives the kinds of findings in their order.
func kinds(findings []wire.Finding) (list []string) {
	for _, f := range findings {
		list = append(list, string(f.Kind))
	}
	return list
}

func captures(t testing.TB) (list []fixtures.Capture) {
	all, err := fixtures.Captures()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if c.Service == "mediaconnect" {
			list = append(list, c)
		}
	}
	return list
}

func captured(c fixtures.Capture) *wire.Request {
	req := &wire.Request{Method: c.Method}
	req.Path, req.Query, _ = strings.Cut(c.Target, "?")
	for _, h := range c.Headers {
		req.Headers = append(req.Headers, wire.HeaderField{Name: h.Name, Value: h.Value})
	}
	_, body, _ := strings.Cut(string(c.Raw), "\r\n\r\n")
	req.Body = body
	return req
}

// captureFindings are what strict reading finds in the requests of a case: what
// the clients' callers made wrong on purpose.
var captureFindings = map[string][]string{
	"empty":        {"label.empty"},
	"max0":         {"integer.range"},
	"max1001":      {"integer.range"},
	"emptystrings": {"timestamp.form"},
	"missingbody":  {"member.required", "member.required"},
}

// TestCaptures reads what real clients sent. What the bytes say was found out by
// Python's standard library.
func TestCaptures(t *testing.T) {
	list := captures(t)
	if len(list) != 83 {
		t.Errorf("%d captures, want 83", len(list))
	}
	for _, c := range list {
		t.Run(c.Name, func(t *testing.T) {
			req := captured(c)
			var d mediaconnect.Decoder
			in, err := d.DecodeRequest(req)
			if err != nil {
				t.Fatal(err)
			}
			if got := in.Operation().String(); got != c.Operation {
				t.Fatalf("operation %s, want %s", got, c.Operation)
			}
			if got := view(t, in); !sameJSON(t, got, c.Parameters) {
				t.Errorf("got %s, want %s", got, c.Parameters)
			}
			want := captureFindings[c.Case]
			if c.Case == "weird" && c.Operation == "PurchaseOffering" {
				want = []string{"timestamp.form"}
			}
			if got := kinds(d.Findings()); !slices.Equal(got, want) {
				t.Errorf("findings %v, want %v", d.Findings(), want)
			}
			checkFindings(t, d.Findings(), req.Body)

			again, err := mediaconnect.Encoder{}.EncodeRequest(in)
			if err != nil {
				t.Fatal(err)
			}
			if again.Method != req.Method || again.Target() != c.Target {
				t.Errorf("written as %s %s, want %s %s", again.Method, again.Target(), req.Method, c.Target)
			}
			if again.Body != req.Body && !sameJSON(t, []byte(again.Body), []byte(req.Body)) {
				t.Errorf("body written as %s, want %s", again.Body, req.Body)
			}
			mediaType, ok := again.Headers.MediaType()
			if wantType, wantOK := req.Headers.MediaType(); mediaType != wantType || ok != wantOK {
				t.Errorf("content type %q %t, want %q %t", mediaType, ok, wantType, wantOK)
			}
		})
	}
}

// TestSamples reads the documented messages in wire names, cleanly, and writes
// them back byte by byte.
func TestSamples(t *testing.T) {
	all, err := fixtures.Samples()
	if err != nil {
		t.Fatal(err)
	}
	tested := 0
	for _, s := range all {
		if s.Service != "mediaconnect" || s.Format != "json" || !s.Validates || s.Kind != "response" {
			continue
		}
		tested++
		t.Run(s.Name, func(t *testing.T) {
			op, ok := mediaconnect.ParseOperation(s.Operation)
			if !ok {
				t.Fatal(s.Operation)
			}
			out := op.NewOutput()
			var d mediaconnect.Decoder
			if err := d.DecodeBytes(s.Raw, out); err != nil || len(d.Findings()) > 0 {
				t.Fatalf("%v, %v", err, d.Findings())
			}
			if got := view(t, out); !sameJSON(t, got, s.Raw) {
				t.Errorf("got %s", got)
			}
			got, err := mediaconnect.Encoder{Indent: true}.AppendBody(nil, out)
			if want := strings.TrimRight(string(s.Raw), "\n"); err != nil || string(got) != want {
				t.Errorf("%v\ngot  %s\nwant %s", err, got, want)
			}
		})
	}
	if tested == 0 {
		t.Error("no samples")
	}
}

// TestPascalSample: the documentation's names are no wire names. All clients read
// the response as empty.
func TestPascalSample(t *testing.T) {
	doc := sample(t, "mediaconnect-purchase-response-pascal")
	var out mediaconnect.PurchaseOfferingOutput
	var d mediaconnect.Decoder
	if err := d.DecodeBody(doc, &out); err != nil {
		t.Fatal(err)
	}
	if !out.Reservation.IsAbsent() || len(out.Unknown) != 1 || out.Unknown[0].Name != "Reservation" {
		t.Errorf("got %+v", out)
	}
	if got := kinds(d.Findings()); !slices.Equal(got, []string{"member.case"}) {
		t.Errorf("findings %v", d.Findings())
	}
	d.Lenient = true
	if err := d.DecodeBody(doc, &out); err != nil || len(d.Findings()) > 0 {
		t.Errorf("lenient: %v, %v", err, d.Findings())
	}
}

func sample(t testing.TB, name string) string {
	all, err := fixtures.Samples()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if s.Name == name {
			return string(s.Raw)
		}
	}
	t.Fatalf("no sample %s", name)
	return ""
}

// TestVariantsWrittenBack: what was read of a variant is written so that it
// reads the same, unknown members included.
func TestVariantsWrittenBack(t *testing.T) {
	variants, err := fixtures.Variants()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range variants {
		if v.Service != "mediaconnect" {
			continue
		}
		t.Run(v.Name, func(t *testing.T) {
			resp := response(v)
			op, _ := mediaconnect.ParseOperation(v.Operation)
			if resp.IsError() {
				errorWrittenBack(t, resp)
				return
			}
			writtenBack(t, op, resp.Body)
		})
	}
}

// writtenBack reads a body, writes it, and reads that again. It returns false if
// the body is refused.
func writtenBack(t *testing.T, op mediaconnect.Operation, body string) bool {
	t.Helper()
	var d mediaconnect.Decoder
	first, second := op.NewOutput(), op.NewOutput()
	if err := d.DecodeBody(body, first); err != nil {
		return false
	}
	for _, e := range []mediaconnect.Encoder{{}, {Indent: true}} {
		written, err := e.AppendBody(nil, first)
		if err != nil {
			if strings.Contains(err.Error(), "32 bits") {
				return true // read and shown, but not written
			}
			t.Fatalf("%v: %s", err, body)
		}
		if err := d.DecodeBody(string(written), second); err != nil {
			t.Fatalf("%v: %s", err, written)
		}
		again, err := e.AppendBody(nil, second)
		if err != nil || !bytes.Equal(again, written) {
			t.Fatalf("%v\nwritten %s\nthen    %s", err, written, again)
		}
		if a, b := view(t, first), view(t, second); !bytes.Equal(a, b) {
			t.Fatalf("read %s\nthen %s", a, b)
		}
	}
	return true
}

func errorWrittenBack(t *testing.T, resp *wire.Response) {
	t.Helper()
	var d mediaconnect.Decoder
	var first, second mediaconnect.Error
	if err := d.DecodeError(resp, &first); err != nil {
		return
	}
	written, err := mediaconnect.Encoder{}.EncodeError(&first)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.DecodeError(&written, &second); err != nil {
		t.Fatal(err)
	}
	if a, b := fmt.Sprintf("%v %q", first, first.Message.Or("-")), fmt.Sprintf("%v %q", second, second.Message.Or("-")); view(t, &first) == nil || string(view(t, &first)) != string(view(t, &second)) || first.Status != second.Status {
		t.Errorf("read %s, then %s", a, b)
	}
	if len(first.Unknown) != len(second.Unknown) {
		t.Errorf("unknown members %v, then %v", first.Unknown, second.Unknown)
	}
}

// TestEveryCut reads the documented responses cut short and with bytes changed:
// never a panic, and an error whenever the document is not JSON.
func TestEveryCut(t *testing.T) {
	for _, name := range []string{"mediaconnect-list-offerings-response", "mediaconnect-purchase-response"} {
		doc := sample(t, name)
		op := mediaconnect.ListOfferings
		if strings.Contains(name, "purchase") {
			op = mediaconnect.PurchaseOffering
		}
		strict, lenient := &mediaconnect.Decoder{}, &mediaconnect.Decoder{Lenient: true}
		a, b := op.NewOutput(), op.NewOutput()
		try := func(doc string) {
			errA, errB := strict.DecodeBody(doc, a), lenient.DecodeBody(doc, b)
			if (errA == nil) != (errB == nil) {
				t.Fatalf("%q: strict %v, lenient %v", doc, errA, errB)
			}
			if err := jsonwire.Check(doc); err != nil && errA == nil && strings.TrimSpace(doc) != "" {
				t.Fatalf("%q accepted: %v", doc, err)
			}
			checkFindings(t, strict.Findings(), doc)
			if got, want := lenient.Findings(), wire.Lenient(strict.Findings()); !slices.Equal(got, want) {
				t.Fatalf("%q: lenient findings %v, of strict %v", doc, got, want)
			}
		}
		for i := range doc {
			try(doc[:i])
			for _, c := range []byte{'"', '}', 'x', '0', '\\', 0xff} {
				try(doc[:i] + string([]byte{c}) + doc[i+1:])
			}
		}
	}
}
