package mediaconnect_test

import (
	"fmt"
	"slices"
	"testing"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/wire"
)

// TestResponseFindings: what is odd outside the body. That the levels follow
// from the clients is what TestVariants shows.
func TestResponseFindings(t *testing.T) {
	headers := func(pairs ...string) (h wire.Headers) {
		h = wire.Headers{{Name: "Content-Type", Value: "application/json"}, {Name: "x-amzn-RequestId", Value: "id"}}
		for i := 0; i < len(pairs); i += 2 {
			h = append(h, wire.HeaderField{Name: pairs[i], Value: pairs[i+1]})
		}
		return h
	}
	const kind = "X-Amzn-ErrorType"
	for _, c := range []struct {
		resp   wire.Response
		want   []string
		reason string
	}{
		{wire.Response{Status: 201, Headers: headers(), Body: "{}"}, nil, "as modeled"},
		{wire.Response{Body: "{}"}, nil, "a bare body, of which nothing else is known"},
		{wire.Response{Status: 200, Headers: headers(), Body: "{}"}, []string{"http.status departure status "}, "another success"},
		{wire.Response{Status: 204, Headers: headers()[1:]}, []string{"http.status departure status ", "body.empty departure body "}, "no body, no type"},
		{wire.Response{Status: 201, Headers: headers()[1:], Body: "{}"}, []string{"http.content-type departure header Content-Type"}, "no type"},
		{wire.Response{Status: 201, Headers: headers()[:1], Body: "{}"}, []string{"http.request-id departure header x-amzn-RequestId"}, "no id"},
		{wire.Response{Status: 201, Headers: append(headers()[:1:1], wire.HeaderField{Name: "x-amz-request-id", Value: "2"}), Body: "{}"}, []string{"http.request-id split header x-amzn-RequestId"}, "an id that one client reads"},
		{wire.Response{Status: 201, Headers: headers(kind, "E"), Body: "{}"}, []string{"error.type-on-success departure header X-Amzn-ErrorType"}, "a type on success"},

		{wire.Response{Status: 404, Headers: headers(kind, "NotFoundException"), Body: `{"message":"m"}`}, nil, "as modeled"},
		{wire.Response{Status: 404, Headers: headers(kind, "NotFoundException"), Body: `{}`}, []string{"error.message departure body /message"}, "no message"},
		{wire.Response{Status: 400, Headers: headers(kind, "NotFoundException"), Body: `{"message":"m"}`}, []string{"http.status departure status "}, "another status"},
		{wire.Response{Status: 302, Headers: headers(kind, "NotFoundException"), Body: `{"message":"m"}`}, []string{"http.status split status "}, "a status that one client takes for a success"},
		{wire.Response{Status: 404, Headers: headers(), Body: `{"message":"m","code":"NotFoundException"}`}, []string{"error.type-header departure header X-Amzn-ErrorType"}, "the type in the body alone"},
		{wire.Response{Status: 404, Headers: headers(), Body: `{"message":"m","__type":"a#NotFoundException:http://x"}`}, []string{"error.type-header departure header X-Amzn-ErrorType", "error.type-form departure body /__type"}, "a namespace and a URI"},
		{wire.Response{Status: 404, Headers: headers(kind, "a#NotFoundException:http://x#y"), Body: `{"message":"m"}`}, []string{"error.type-form departure header X-Amzn-ErrorType"}, "cut at the colon first"},
		{wire.Response{Status: 404, Headers: headers(kind, "FooException"), Body: `{"message":"m"}`}, []string{"error.unknown departure header X-Amzn-ErrorType"}, "no such error"},
		{wire.Response{Status: 400, Headers: headers(kind, "ThrottlingException"), Body: `{"message":"m"}`}, nil, "common errors are any operation's"},
		{wire.Response{Status: 404, Headers: headers(kind, "notFoundException"), Body: `{"message":"m"}`}, []string{"error.type-case split header X-Amzn-ErrorType"}, "another case"},
		{wire.Response{Status: 404, Headers: headers(kind, "NotFoundException", kind, "BadRequestException"), Body: `{"message":"m"}`}, []string{"error.type-list split header X-Amzn-ErrorType"}, "two types"},
		{wire.Response{Status: 404, Headers: headers(kind, "NotFoundException"), Body: `[]`}, []string{"error.message departure body /message", "json.type unreadable body "}, "the header is enough"},
	} {
		var d mediaconnect.Decoder
		d.DecodeResponse(&c.resp, new(mediaconnect.PurchaseOfferingOutput))
		var got []string
		for _, f := range d.Findings() {
			got = append(got, fmt.Sprintf("%s %v %s %s", f.Kind, f.Level, f.Part, f.Path))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", c.reason, got, c.want)
		}
	}
	var d mediaconnect.Decoder
	d.DecodeResponse(&wire.Response{Status: 403, Headers: headers(kind, "ForbiddenException"), Body: `{"message":"m"}`}, new(mediaconnect.ListOfferingsOutput))
	if got := kinds(d.Findings()); !slices.Equal(got, []string{"error.unmodeled"}) {
		t.Errorf("an error of another operation: %v", d.Findings())
	}
}
