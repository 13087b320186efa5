package mediaconnect_test

import (
	"errors"
	"strings"
	"testing"

	"wireproof/codec/jsonwire"
	"wireproof/codec/mediaconnect"
	"wireproof/codec/wire"
)

func TestEncodeRefuses(t *testing.T) {
	bad := wire.Some("a\xff")
	big := wire.Some[int64](1 << 31)
	reservation := func(r mediaconnect.Reservation) mediaconnect.Output {
		return &mediaconnect.ListReservationsOutput{Reservations: wire.Some([]mediaconnect.Reservation{{}, r})}
	}
	spec := mediaconnect.ResourceSpecification{ReservedBitrate: wire.Some[int64](-1<<31 - 1)}
	for _, c := range []struct {
		out          mediaconnect.Output
		path, reason string
	}{
		{reservation(mediaconnect.Reservation{CurrencyCode: bad}), "/reservations/1/currencyCode", "not UTF-8"},
		{reservation(mediaconnect.Reservation{CurrencyCode: wire.Some("USD"), Duration: big}), "/reservations/1/duration", "past 32 bits"},
		{reservation(mediaconnect.Reservation{ResourceSpecification: wire.Some(spec)}), "/reservations/1/resourceSpecification/reservedBitrate", "below 32 bits"},
		{reservation(mediaconnect.Reservation{Unknown: []wire.Unknown{{Name: "x", Raw: "01"}}}), "/reservations/1/x", "an unknown member that is no JSON"},
		{&mediaconnect.ListOfferingsOutput{NextToken: bad}, "/nextToken", "not UTF-8"},
	} {
		for _, e := range []mediaconnect.Encoder{{}, {Indent: true}} {
			got, err := e.AppendBody([]byte("before"), c.out)
			var refused *wire.EncodeError
			if !errors.As(err, &refused) || !errors.Is(err, wire.ErrValue) || refused.Path != c.path || string(got) != "before" {
				t.Errorf("%s: %q, %v, want %s", c.reason, got, err, c.path)
			}
			if _, err := e.EncodeResponse(c.out, "id"); !errors.Is(err, wire.ErrValue) {
				t.Errorf("%s: EncodeResponse: %v", c.reason, err)
			}
		}
	}
	for _, c := range []struct {
		in           mediaconnect.Input
		path, reason string
	}{
		{&mediaconnect.DescribeOfferingInput{}, "offeringArn", "no label"},
		{&mediaconnect.DescribeReservationInput{ReservationArn: wire.NullOf[string]()}, "reservationArn", "a null label"},
		{&mediaconnect.ListOfferingsInput{MaxResults: big}, "maxResults", "past 32 bits"},
		{&mediaconnect.PurchaseOfferingInput{OfferingArn: wire.Some("a"), Start: bad}, "/start", "not UTF-8"},
	} {
		_, err := mediaconnect.Encoder{}.EncodeRequest(c.in)
		var refused *wire.EncodeError
		if !errors.As(err, &refused) || refused.Path != c.path {
			t.Errorf("%s: %v, want %s", c.reason, err, c.path)
		}
	}
	for _, c := range []struct {
		err          mediaconnect.Error
		path, reason string
	}{
		{mediaconnect.Error{Code: wire.Some("Own")}, "Status", "no status is known for it"},
		{mediaconnect.Error{Code: wire.Some("a\nb"), Status: 400}, "X-Amzn-ErrorType", "no header value"},
		{mediaconnect.Error{Code: wire.Some("a#b"), Status: 400}, "X-Amzn-ErrorType", "readers cut off a namespace"},
		{mediaconnect.Error{Code: wire.Some("a:b"), Status: 400}, "X-Amzn-ErrorType", "readers cut off a URI"},
		{mediaconnect.Error{Code: wire.Some(" a"), Status: 400}, "X-Amzn-ErrorType", "readers cut off white space"},
		{mediaconnect.Error{Code: wire.Some(""), Status: 400}, "X-Amzn-ErrorType", "an empty type is none"},
		{mediaconnect.Error{Message: bad, Status: 400}, "/message", "not UTF-8"},
	} {
		_, err := mediaconnect.Encoder{}.EncodeError(&c.err)
		var refused *wire.EncodeError
		if !errors.As(err, &refused) || refused.Path != c.path {
			t.Errorf("%s: %v, want %s", c.reason, err, c.path)
		}
	}
}

func TestEncodeResponse(t *testing.T) {
	for _, op := range mediaconnect.Operations() {
		resp, err := mediaconnect.Encoder{}.EncodeResponse(op.NewOutput(), "id-1")
		want := 200
		if op == mediaconnect.PurchaseOffering {
			want = 201
		}
		id, _ := resp.Headers.Get("X-Amzn-RequestId")
		media, _ := resp.Headers.MediaType()
		if err != nil || resp.Status != want || resp.Body != "{}" || id != "id-1" || media != "application/json" || len(resp.Headers) != 2 {
			t.Errorf("%v: %+v, %v", op, resp, err)
		}
		var d mediaconnect.Decoder
		if err := d.DecodeResponse(&resp, op.NewOutput()); err != nil || len(d.Findings()) > 0 {
			t.Errorf("%v: %v, %v", op, err, d.Findings())
		}
	}
}

func TestEncodeErrors(t *testing.T) {
	shapes := append(mediaconnect.ModeledErrors(), mediaconnect.CommonErrors()...)
	for _, s := range shapes {
		e := mediaconnect.NewError(s, "message", "id-1")
		e.Status = 0 // to be found out
		resp, err := mediaconnect.Encoder{}.EncodeError(e)
		if err != nil || resp.Status != s.Status || resp.Body != `{"message":"message"}` {
			t.Errorf("%s: %+v, %v", s.Code, resp, err)
		}
		if code, _ := resp.Headers.Get("x-amzn-errortype"); code != s.Code {
			t.Errorf("%s: type %q", s.Code, code)
		}
		var d mediaconnect.Decoder
		err = d.DecodeResponse(&resp, new(mediaconnect.PurchaseOfferingOutput))
		var got *mediaconnect.Error
		if !errors.As(err, &got) || !errors.Is(err, s) || got.Shape() != s || got.RequestID.Value != "id-1" || len(d.Findings()) > 0 {
			t.Errorf("%s: %v, %v", s.Code, err, d.Findings())
		}
		if other := shapes[0]; other != s && errors.Is(err, other) {
			t.Errorf("%s is %s", s.Code, other.Code)
		}
	}
}

// TestErrorUnused: what is in an error's body besides what is handed over stays,
// in its order.
func TestErrorUnused(t *testing.T) {
	resp := &wire.Response{Status: 404, Body: `{"a":1,"__type":"x#B","Message":"M","b":2,"message":"m","code":null}`,
		Headers: wire.Headers{{Name: "X-Amzn-Errortype", Value: "NotFoundException:http://x/"}}}
	var d mediaconnect.Decoder
	var e mediaconnect.Error
	if err := d.DecodeError(resp, &e); err != nil {
		t.Fatal(err)
	}
	if e.Code.Value != "NotFoundException" || e.Message.Value != "m" || e.Status != 404 {
		t.Errorf("got %+v", e)
	}
	got, err := mediaconnect.Encoder{}.AppendError(nil, &e)
	if want := `{"message":"m","a":1,"__type":"x#B","Message":"M","b":2,"code":null}`; err != nil || string(got) != want {
		t.Errorf("got %s, want %s, %v", got, want, err)
	}
}

// TestErrorOfABrokenBody: the status and the headers are told even then.
func TestErrorOfABrokenBody(t *testing.T) {
	resp := &wire.Response{Status: 503, Body: `<html>`,
		Headers: wire.Headers{{Name: "x-amzn-errortype", Value: "ServiceUnavailableException"}, {Name: "x-amzn-RequestId", Value: "id"}}}
	var d mediaconnect.Decoder
	var e mediaconnect.Error
	err := d.DecodeError(resp, &e)
	if !errors.Is(err, wire.ErrUnexpected) || e.Status != 503 || !errors.Is(&e, mediaconnect.ServiceUnavailableException) || e.RequestID.Value != "id" {
		t.Errorf("%v, %+v", err, e)
	}
}

func TestUnknownQueryIsWrittenBack(t *testing.T) {
	const query = "maxResults=5&nextToken=t&a%20b=c%2Fd&maxResults=7"
	var d mediaconnect.Decoder
	in, err := d.DecodeRequest(&wire.Request{Method: "GET", Path: "/v1/reservations", Query: query})
	if err != nil {
		t.Fatal(err)
	}
	if req, err := (mediaconnect.Encoder{}).EncodeRequest(in); err != nil || req.Query != query {
		t.Errorf("%q, want %q, %v", req.Query, query, err)
	}
}

// TestEncodeIsWellFormed writes every kind of character.
func TestEncodeIsWellFormed(t *testing.T) {
	var text strings.Builder
	for c := rune(0); c < 0x300; c++ {
		text.WriteRune(c)
	}
	text.WriteString("\u2028\ufeff\ufffe😀")
	in := &mediaconnect.PurchaseOfferingInput{OfferingArn: wire.Some(text.String()), ReservationName: wire.Some(text.String())}
	req, err := mediaconnect.Encoder{}.EncodeRequest(in)
	if err != nil {
		t.Fatal(err)
	}
	if err := jsonwire.Check(req.Body); err != nil {
		t.Error(err)
	}
	var d mediaconnect.Decoder
	got, err := d.DecodeRequest(&req)
	if err != nil {
		t.Fatal(err)
	}
	if back := got.(*mediaconnect.PurchaseOfferingInput); back.OfferingArn != in.OfferingArn || back.ReservationName != in.ReservationName {
		t.Errorf("%q %q", back.OfferingArn.Value, back.ReservationName.Value)
	}
}
