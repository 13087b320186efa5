package interop

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/nethttp"
	"wireproof/codec/querywire"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// requester is a client that requests are compared with.
type requester struct {
	name string
	// send calls the operation of in, one of the codec's inputs. The request is
	// nil where the client refuses the input; refused says how.
	send func(t *testing.T, in any) (req *wire.Request, refused error)
}

// The names of the clients.
const (
	goSDK      = "aws-sdk-go-v2"
	botocore   = "botocore"
	javascript = "aws-sdk-js-v3"
)

func goClient(client sdkClients) requester {
	return requester{goSDK, func(t *testing.T, in any) (*wire.Request, error) {
		t.Helper()
		resp, err := form{}.response(outputFor(in), "id")
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = client.call(t.Context(), inputToSDK(in), resp)
		if client.sent == nil && err == nil {
			t.Fatal("the SDK answers by itself")
		}
		return client.sent, err
	}}
}

// outputFor gives the empty output of the operation of in.
func outputFor(in any) any {
	if in, ok := in.(rds.Input); ok {
		return in.Operation().NewOutput()
	}
	return in.(mediaconnect.Input).Operation().NewOutput()
}

// requestRow is an input, and what is expected of it besides equal requests.
type requestRow struct {
	reason string
	in     any
	// refused names the clients that send nothing, and says what they ask for.
	refused map[string]string
	// unwritten says why our encoder refuses what clients send.
	unwritten string
}

// compare holds our request against the client's, and our reading of the
// client's request against the input. It reports whether there were two requests
// to compare.
func (row requestRow) compare(t *testing.T, client requester) bool {
	t.Helper()
	theirs, refused := client.send(t, row.in)
	if why := row.refused[client.name]; (why != "") != (theirs == nil) {
		t.Errorf("expected to be refused for %q; sent %+v, refused %v", why, theirs, refused)
	}
	ours, err := encodeRequest(row.in)
	if (row.unwritten != "") != (err != nil) || err != nil && !errors.Is(err, wire.ErrValue) {
		t.Errorf("our encoder says %v, expected %q", err, row.unwritten)
	}
	if theirs == nil || err != nil {
		return false
	}
	if diff := cmp.Diff(normalize(t, sentOver(t, ours)), normalize(t, *theirs), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-ours +%s):\n%s", client.name, diff)
	}
	for _, lenient := range []bool{true, false} {
		got, kinds := decodeRequest(t, theirs, row.in, lenient)
		if diff := cmp.Diff(row.in, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("lenient %t: we read another input of %s (-sent +read):\n%s", lenient, client.name, diff)
		}
		want := expectedFindings(row.in, theirs, lenient)
		if diff := cmp.Diff(want, kinds, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("lenient %t: findings in a request of %s (-want +got):\n%s", lenient, client.name, diff)
		}
	}
	return true
}

func encodeRequest(in any) (wire.Request, error) {
	if in, ok := in.(rds.Input); ok {
		return rds.Encoder{}.EncodeRequest(in)
	}
	return mediaconnect.Encoder{}.EncodeRequest(in.(mediaconnect.Input))
}

// decodeRequest reads a request with the decoder of the service of like, which
// has to find the operation by itself.
func decodeRequest(t *testing.T, req *wire.Request, like any, lenient bool) (in any, kinds []wire.Kind) {
	t.Helper()
	var err error
	var findings []wire.Finding
	if _, ok := like.(rds.Input); ok {
		d := rds.Decoder{Lenient: lenient}
		in, err = d.DecodeRequest(req)
		findings = d.Findings()
	} else {
		d := mediaconnect.Decoder{Lenient: lenient}
		in, err = d.DecodeRequest(req)
		findings = d.Findings()
	}
	if err != nil {
		t.Errorf("we cannot read %+v: %v", req, err)
	}
	for _, f := range findings {
		kinds = append(kinds, f.Kind)
	}
	slices.Sort(kinds)
	return in, slices.Compact(kinds)
}

// sentOver is what arrives of our request after net/http's client and server.
func sentOver(t *testing.T, r wire.Request) wire.Request {
	t.Helper()
	req, err := nethttp.NewRequest(t.Context(), "https://example.com", r)
	if err != nil {
		t.Fatal(err)
	}
	got, err := received(req)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// normal is what a request says, without the ways in which clients write the
// same differently: the order of the pairs of a form, a plus or %20 for a space,
// white space and escapes in JSON, a charset.
type normal struct {
	Method, Path string
	Query, Form  url.Values
	MediaType    string
	JSON         any
}

func normalize(t *testing.T, r wire.Request) normal {
	t.Helper()
	n := normal{Method: r.Method, Path: r.Path, Query: pairs(t, r.Query)}
	n.MediaType, _ = r.Headers.MediaType()
	switch {
	case n.MediaType == "application/x-www-form-urlencoded":
		n.Form = pairs(t, r.Body)
	case r.Body != "":
		if err := json.Unmarshal([]byte(r.Body), &n.JSON); err != nil {
			t.Errorf("body %q: %v", r.Body, err)
		}
	}
	if length, ok := r.Headers.Get("Content-Length"); ok && length != strconv.Itoa(len(r.Body)) || !ok && r.Body != "" {
		t.Errorf("Content-Length %q for %d bytes", length, len(r.Body))
	}
	return n
}

func pairs(t *testing.T, query string) url.Values {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Errorf("query %q: %v", query, err)
	}
	return values
}

// expectedFindings gives the kinds of findings for what a client sent: the one
// that is the client's own doing, and those that the input asks for.
func expectedFindings(in any, sent *wire.Request, lenient bool) (kinds []wire.Kind) {
	switch in := in.(type) {
	case *mediaconnect.PurchaseOfferingInput:
		kinds = emptyLabel(in.OfferingArn)
		// The SDK for JavaScript does not ask for required members of a body.
		if !in.ReservationName.IsPresent() || !in.Start.IsPresent() {
			kinds = append(kinds, wire.KindRequired)
		}
	case *mediaconnect.DescribeOfferingInput:
		kinds = emptyLabel(in.OfferingArn)
	case *mediaconnect.DescribeReservationInput:
		kinds = emptyLabel(in.ReservationArn)
	}
	if lenient {
		return kinds
	}
	switch in := in.(type) {
	case rds.Input:
		// A raw plus stands for a space. The SDK for Go and botocore write it in
		// bodies, with url.Values.Encode and urllib's quote_plus; Smithy asks for
		// %20, and JavaScript writes that. WIRE.md section B.6.
		if strings.Contains(sent.Body, "+") {
			kinds = append(kinds, querywire.KindPlus)
		}
	case *mediaconnect.PurchaseOfferingInput:
		// No client looks at the documented form of a start. WIRE.md section A.6.
		if start, ok := in.Start.Get(); ok && !startForm.MatchString(start) {
			kinds = append(kinds, wire.KindTimestamp)
		}
	case *mediaconnect.ListOfferingsInput:
		kinds = outOfRange(in.MaxResults)
	case *mediaconnect.ListReservationsInput:
		kinds = outOfRange(in.MaxResults)
	}
	slices.Sort(kinds)
	return kinds
}

var startForm = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`)

// emptyLabel: botocore sends an empty label, the others refuse to, so it is a
// finding of lenient reading too. WIRE.md section A.3.
func emptyLabel(label wire.Opt[string]) (kinds []wire.Kind) {
	if label.Value == "" {
		kinds = append(kinds, mediaconnect.KindLabelEmpty)
	}
	return kinds
}

// outOfRange: 1 to 1000 is the model's range; the SDK for Go checks neither end,
// botocore the lower. WIRE.md section A.4.
func outOfRange(n wire.Opt[int64]) (kinds []wire.Kind) {
	if v, ok := n.Get(); ok && (v < 1 || v > 1000) {
		kinds = append(kinds, wire.KindIntegerRange)
	}
	return kinds
}

// testRequests compares all rows with a client.
func testRequests(t *testing.T, client requester) {
	compared := 0
	for _, row := range requestRows() {
		t.Run(fmt.Sprintf("%T %s", row.in, row.reason), func(t *testing.T) {
			if row.compare(t, client) {
				compared++
			}
		})
	}
	if compared < 180 {
		t.Errorf("%d requests compared, want 180 at least", compared)
	}
}

func TestRequests(t *testing.T) { testRequests(t, goClient(newSDK())) }

// Both forms say the same: what we write into a query string decodes to what the
// SDK writes into a body.
func TestGetRequests(t *testing.T) {
	client := goClient(newSDK())
	for _, in := range fullInputs() {
		in, ok := in.(rds.Input)
		if !ok {
			continue
		}
		ours, err := rds.Encoder{Get: true}.EncodeRequest(in)
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := client.send(t, in)
		if err != nil {
			t.Fatal(err)
		}
		if ours.Method != http.MethodGet || ours.Body != "" {
			t.Errorf("got %s with body %q", ours.Method, ours.Body)
		}
		if diff := cmp.Diff(pairs(t, ours.Query), pairs(t, theirs.Body)); diff != "" {
			t.Errorf("(-ours +%s):\n%s", client.name, diff)
		}
	}
}
