package mediaconnect_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"wireproof/codec/jsonwire"
	"wireproof/codec/mediaconnect"
	"wireproof/codec/querywire"
	"wireproof/codec/wire"
)

func TestRoutes(t *testing.T) {
	const none, method = "request.route", "http.method"
	for _, c := range []struct {
		method, path string
		want         string // the operation, or the kind of the error
		reason       string
	}{
		{"GET", "/v1/offerings", "ListOfferings", ""},
		{"GET", "/v1/reservations", "ListReservations", ""},
		{"GET", "/v1/offerings/a", "DescribeOffering", ""},
		{"GET", "/v1/reservations/a", "DescribeReservation", ""},
		{"POST", "/v1/offerings/a", "PurchaseOffering", ""},
		{"GET", "/v1/offerings/", "DescribeOffering", "an empty label is a label: boto3 sends one"},
		{"POST", "/v1/offerings/", "PurchaseOffering", "an empty label in a purchase"},
		{"GET", "/v1/offerings/..%2Freservations", "DescribeOffering", "dots are not resolved"},
		{"GET", "/v1/offerings/..", "DescribeOffering", "dots without a slash neither"},
		{"GET", "/v1/offerings/a/b", none, "a raw slash ends the segment"},
		{"GET", "/v1/offerings//", none, "two empty segments"},
		{"GET", "//v1/offerings", none, "an empty segment in front"},
		{"GET", "/v1/offerings%2Fa", none, "an escaped slash does not end a segment"},
		{"GET", "/v1/Offerings", none, "another case"},
		{"GET", "/v2/offerings", none, "another version"},
		{"GET", "/v1/flows", none, "an operation that is not ours"},
		{"GET", "v1/offerings", none, "no slash in front"},
		{"GET", "", none, "no path"},
		{"GET", "/v1/", none, "no resource"},
		{"POST", "/v1/offerings", method, "nothing is posted to a list"},
		{"POST", "/v1/reservations/a", method, "reservations are not bought"},
		{"PUT", "/v1/offerings/a", method, "no such method"},
		{"get", "/v1/offerings", method, "methods have a case"},
		{"", "/v1/offerings", method, "no method"},
	} {
		var d mediaconnect.Decoder
		body := ""
		if c.method == "POST" {
			body = "{}"
		}
		in, err := d.DecodeRequest(&wire.Request{Method: c.method, Path: c.path, Body: body})
		got := ""
		var shape *wire.ShapeError
		switch {
		case errors.As(err, &shape):
			got = string(shape.Kind)
		case err == nil:
			got = in.Operation().String()
		}
		if got != c.want {
			t.Errorf("%s %q: %s: %q, %v, want %s", c.method, c.path, c.reason, got, err, c.want)
		}
	}
}

func TestLabels(t *testing.T) {
	for _, c := range []struct {
		label, arn string
		want       []string
		reason     string
	}{
		{"arn%3Aaws%3Ax", "arn:aws:x", nil, "as all clients write it"},
		{"arn:aws:x", "arn:aws:x", []string{"label.form departure 14"}, "raw colons are legal and mean the same"},
		{"arn%3aaws", "arn:aws", []string{"label.form departure 14"}, "lower-case hexadecimal"},
		{"%61", "a", []string{"label.form departure 14"}, "an escape that nobody needs"},
		{"a+b", "a+b", []string{"label.form departure 14"}, "a plus is a plus in a path"},
		{"a%2Bb%20c", "a+b c", nil, "an escaped plus and a space"},
		{"", "", []string{"label.empty split 14"}, "empty"},
		{"ab%zz", "ab%zz", []string{"label.bad-escape split 16"}, "no hexadecimal digits"},
		{"a%2", "a%2", []string{"label.bad-escape split 15"}, "cut off"},
		{"%ff", "\xff", []string{"label.invalid-utf8 split 14"}, "not UTF-8"},
		{"%C3%A9%F0%9F%98%80", "é😀", nil, "UTF-8"},
		{"a%2Fb", "a/b", nil, "an escaped slash"},
	} {
		var d mediaconnect.Decoder
		in, err := d.DecodeRequest(&wire.Request{Method: "GET", Path: "/v1/offerings/" + c.label})
		if err != nil {
			t.Errorf("%s: %v", c.reason, err)
			continue
		}
		var got []string
		for _, f := range d.Findings() {
			got = append(got, fmt.Sprintf("%s %v %d", f.Kind, f.Level, f.Offset))
			if f.Part != wire.Path || f.Path != "offeringArn" {
				t.Errorf("%s: %+v", c.reason, f)
			}
		}
		arn := in.(*mediaconnect.DescribeOfferingInput).OfferingArn
		if arn != wire.Some(c.arn) || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, %q, want %q, %q", c.reason, arn.Value, got, c.arn, c.want)
		}
	}
}

func TestPageQuery(t *testing.T) {
	absentInt, absentText := wire.Opt[int64]{}, wire.Opt[string]{}
	for _, c := range []struct {
		query string
		max   wire.Opt[int64]
		token wire.Opt[string]
		want  []string
	}{
		{"", absentInt, absentText, nil},
		{"maxResults=1000&nextToken=abc%2FDEF%2B123%3D%3D", wire.Some[int64](1000), wire.Some("abc/DEF+123=="), nil},
		{"nextToken=", absentInt, wire.Some(""), nil},
		{"nextToken", absentInt, wire.Some(""), []string{"query.no-equals departure 9 nextToken"}},
		{"nextToken=a&nextToken=b", absentInt, wire.Some("a"), []string{"member.duplicate departure 12 nextToken"}},
		{"maxResults=5&maxResults=6", wire.Some[int64](5), absentText, []string{"member.duplicate departure 13 maxResults"}},
		{"maxResults=x&maxResults=6", absentInt, absentText, []string{"integer.form unreadable 11 maxResults", "member.duplicate departure 13 maxResults"}},
		{"maxResults=0", wire.Some[int64](0), absentText, []string{"integer.range departure 11 maxResults"}},
		{"maxResults=1", wire.Some[int64](1), absentText, nil},
		{"maxResults=1001", wire.Some[int64](1001), absentText, []string{"integer.range departure 11 maxResults"}},
		{"maxResults=-1", wire.Some[int64](-1), absentText, []string{"integer.range departure 11 maxResults"}},
		{"maxResults=2147483648", wire.Some[int64](2147483648), absentText, []string{"integer.range split 11 maxResults"}},
		{"maxResults=99999999999999999999", absentInt, absentText, []string{"integer.range unreadable 11 maxResults"}},
		{"maxResults=", absentInt, absentText, []string{"integer.form unreadable 11 maxResults"}},
		{"maxResults=true", absentInt, absentText, []string{"integer.form unreadable 11 maxResults"}},
		{"maxResults=1.001", absentInt, absentText, []string{"integer.form unreadable 11 maxResults"}},
		{"maxResults=2ABC", absentInt, absentText, []string{"integer.form unreadable 11 maxResults"}},
		{"maxResults=0x42", absentInt, absentText, []string{"integer.form unreadable 11 maxResults"}},
		{"maxResults=Infinity", absentInt, absentText, []string{"integer.form unreadable 11 maxResults"}},
		{"maxResults=%205", absentInt, absentText, []string{"integer.form unreadable 11 maxResults"}},
		{"maxResults=05", absentInt, absentText, []string{"integer.form unreadable 11 maxResults"}},
		{"maxResults=%35", wire.Some[int64](5), absentText, nil},
		{"nextToken=a+b", absentInt, wire.Some("a b"), []string{"query.plus-as-space split 11 nextToken"}},
		{"MaxResults=5", absentInt, absentText, []string{"request.unknown-parameter departure 0 MaxResults"}},
		{"x=1&&nextToken=t", absentInt, wire.Some("t"), []string{"request.unknown-parameter departure 0 x", "query.empty-pair departure 4 "}},
	} {
		var d mediaconnect.Decoder
		in, err := d.DecodeRequest(&wire.Request{Method: "GET", Path: "/v1/offerings", Query: c.query})
		if err != nil {
			t.Errorf("%q: %v", c.query, err)
			continue
		}
		var got []string
		for _, f := range d.Findings() {
			path := f.Path
			if f.Kind == querywire.KindEmptyPair {
				path = "" // whatever the reader of queries says
			}
			got = append(got, fmt.Sprintf("%s %v %d %s", f.Kind, f.Level, f.Offset, path))
		}
		p := in.(*mediaconnect.ListOfferingsInput)
		if p.MaxResults != c.max || p.NextToken != c.token || !slices.Equal(got, c.want) {
			t.Errorf("%q: %+v %+v\ngot  %q\nwant %q", c.query, p.MaxResults, p.NextToken, got, c.want)
		}
	}
}

func TestPurchaseBodies(t *testing.T) {
	const name, start = wire.KindRequired, wire.KindRequired
	for _, c := range []struct {
		body   string
		want   []finding
		value  string
		reason string
	}{
		{`{"reservationName":"R","start":"2020-03-05T23:30:00Z"}`, nil, `{"offeringArn":"a","reservationName":"R","start":"2020-03-05T23:30:00Z"}`, "as documented"},
		{`{}`, []finding{{name, wire.Unreadable, "{", "/reservationName"}, {start, wire.Unreadable, "{", "/start"}}, `{"offeringArn":"a"}`, "the SDK for JavaScript sends this"},
		{``, []finding{{wire.KindEmptyBody, wire.Departure, "", ""}, {name, wire.Unreadable, "", "/reservationName"}, {start, wire.Unreadable, "", "/start"}}, `{"offeringArn":"a"}`, "no body"},
		{` {"reservationName":null,"start":"2020-03-05T23:30:00Z"}`, []finding{{name, wire.Unreadable, "{", "/reservationName"}, {mediaconnect.KindNull, wire.Departure, "null", "/reservationName"}}, `{"offeringArn":"a","reservationName":null,"start":"2020-03-05T23:30:00Z"}`, "null is as good as absent"},
		{`{"reservationName":5,"start":"x"}`, []finding{{name, wire.Unreadable, "{", "/reservationName"}, {mediaconnect.KindType, wire.Unreadable, "5", "/reservationName"}, {wire.KindTimestamp, wire.Departure, `"x"`, "/start"}}, `{"offeringArn":"a","start":"x"}`, "a number for a name"},
		{`{"ReservationName":"R","Start":"x"}`, []finding{{name, wire.Unreadable, "{", "/reservationName"}, {start, wire.Unreadable, "{", "/start"}, {wire.KindCase, wire.Departure, `"ReservationName"`, "/ReservationName"}, {wire.KindCase, wire.Departure, `"Start"`, "/Start"}}, `{"offeringArn":"a"}`, "the documentation's names"},
		{`{"reservationName":"R","start":"2020-03-05T23:30:00Z","offeringArn":"b"}`, nil, `{"offeringArn":"a","reservationName":"R","start":"2020-03-05T23:30:00Z"}`, "the ARN is in the path only"},
	} {
		req := &wire.Request{Method: "POST", Path: "/v1/offerings/a", Body: c.body,
			Headers: wire.Headers{{Name: "content-type", Value: "application/json; charset=utf-8"}}}
		var d mediaconnect.Decoder
		var in mediaconnect.PurchaseOfferingInput
		if err := d.DecodeRequestInto(req, &in); err != nil {
			t.Errorf("%s: %v", c.reason, err)
			continue
		}
		checkTable(t, c.reason, c.body, d.Findings(), c.want)
		if got := string(view(t, &in)); got != c.value {
			t.Errorf("%s: got %s, want %s", c.reason, got, c.value)
		}
	}
}

func TestRequestsThatAreNone(t *testing.T) {
	for _, c := range []struct {
		body   string
		want   error
		offset int
		reason string
	}{
		{`[]`, wire.ErrShape, 0, "Smithy: technically valid JSON"},
		{`10`, wire.ErrShape, 0, "Smithy: technically valid JSON"},
		{`null`, wire.ErrShape, 0, "Smithy: technically valid JSON"},
		{`{"start":"x",}`, jsonwire.ErrName, 13, "a trailing comma"},
		{`{'start':'x'}`, jsonwire.ErrName, 1, "single quotes"},
		{`{} {}`, wire.ErrTrailing, 3, "trailing bytes"},
		{"\f{}", wire.ErrUnexpected, 0, "a form feed is no white space"},
		{`/**/{}`, wire.ErrUnexpected, 0, "a comment"},
	} {
		d := mediaconnect.Decoder{Lenient: true}
		in, err := d.DecodeRequest(&wire.Request{Method: "POST", Path: "/v1/offerings/a", Body: c.body})
		var syntax *wire.SyntaxError
		var shape *wire.ShapeError
		at := -1
		if errors.As(err, &syntax) {
			at = syntax.Offset
		} else if errors.As(err, &shape) {
			at = shape.Offset
		}
		if !errors.Is(err, c.want) || at != c.offset || in != nil {
			t.Errorf("%s: %q: %v, want %v at %d", c.reason, c.body, err, c.want, c.offset)
		}
	}
	many := strings.Repeat("a&", wire.MaxParameters) + "a"
	var d mediaconnect.Decoder
	if _, err := d.DecodeRequest(&wire.Request{Method: "GET", Path: "/v1/offerings", Query: many}); !errors.Is(err, wire.ErrTooMany) {
		t.Errorf("too many parameters: %v", err)
	}
	in := new(mediaconnect.ListOfferingsInput)
	err := d.DecodeRequestInto(&wire.Request{Method: "GET", Path: "/v1/offerings/a"}, in)
	var shape *wire.ShapeError
	if !errors.As(err, &shape) || shape.Kind != wire.KindRoute {
		t.Errorf("another operation: %v", err)
	}
}

func TestRequestHeadersAndBodies(t *testing.T) {
	jsonType := wire.Headers{{Name: "Content-Type", Value: "Application/JSON"}}
	const purchase = `{"reservationName":"R","start":"2020-03-05T23:30:00Z"}`
	for _, c := range []struct {
		req    wire.Request
		want   []string
		reason string
	}{
		{wire.Request{Method: "GET", Path: "/v1/offerings"}, nil, "a GET has neither"},
		{wire.Request{Method: "GET", Path: "/v1/offerings", Headers: jsonType}, []string{"http.content-type"}, "a type of nothing"},
		{wire.Request{Method: "GET", Path: "/v1/offerings", Headers: jsonType, Body: "{}"}, []string{"request.body-on-get"}, "a body that is not read"},
		{wire.Request{Method: "POST", Path: "/v1/offerings/a", Headers: jsonType, Body: purchase}, nil, "media types have no case"},
		{wire.Request{Method: "POST", Path: "/v1/offerings/a", Body: purchase}, []string{"http.content-type"}, "no type"},
		{wire.Request{Method: "POST", Path: "/v1/offerings/a", Headers: wire.Headers{{Name: "Content-Type", Value: "text/plain"}}, Body: purchase}, []string{"http.content-type"}, "another type"},
		{wire.Request{Method: "POST", Path: "/v1/offerings/a", Query: "x=1", Headers: jsonType, Body: purchase}, []string{"request.unknown-parameter"}, "a query where none belongs"},
	} {
		var d mediaconnect.Decoder
		if _, err := d.DecodeRequest(&c.req); err != nil || !slices.Equal(kinds(d.Findings()), c.want) {
			t.Errorf("%s: %v, want %v, %v", c.reason, d.Findings(), c.want, err)
		}
		checkFindings(t, d.Findings(), c.req.Body)
		d.Lenient = true
		if _, err := d.DecodeRequest(&c.req); err != nil || len(d.Findings()) > 0 {
			t.Errorf("%s: lenient: %v, %v", c.reason, d.Findings(), err)
		}
	}
}

// TestFindingsOfAnotherCall: what one message had is not found in the next.
func TestFindingsOfAnotherCall(t *testing.T) {
	var d mediaconnect.Decoder
	var out mediaconnect.ListOfferingsOutput
	if err := d.DecodeBody(`{"nextToken":"\ud800","nextToken":"\ud800"}`, &out); err != nil || len(d.Findings()) != 3 {
		t.Fatal(err, d.Findings())
	}
	if _, err := d.DecodeRequest(&wire.Request{Method: "GET", Path: "/v1/offerings"}); err != nil || len(d.Findings()) > 0 {
		t.Errorf("%v, %v", err, d.Findings())
	}
}
