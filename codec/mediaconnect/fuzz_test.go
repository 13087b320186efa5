package mediaconnect_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"wireproof/codec/jsonwire"
	"wireproof/codec/mediaconnect"
	"wireproof/codec/wire"
	"wireproof/fixtures"
)

// sameReading holds what is true of strict and lenient reading of one message:
// both give the same value or the same error, and lenient findings are those of
// strict that are more than a departure.
func sameReading(t *testing.T, strict, lenient *mediaconnect.Decoder, errA, errB error, a, b any, body string) {
	t.Helper()
	if fmt.Sprint(errA) != fmt.Sprint(errB) {
		t.Fatalf("%q: strict %v, lenient %v", body, errA, errB)
	}
	if !bytes.Equal(view(t, a), view(t, b)) {
		t.Fatalf("%q: strict %s, lenient %s", body, view(t, a), view(t, b))
	}
	if errA == nil {
		if got, want := lenient.Findings(), wire.Lenient(strict.Findings()); !slices.Equal(got, want) {
			t.Fatalf("%q: lenient findings %v, of strict %v", body, got, want)
		}
	}
	checkFindings(t, strict.Findings(), body)
}

func FuzzDecodeBody(f *testing.F) {
	variants, err := fixtures.Variants()
	if err != nil {
		f.Fatal(err)
	}
	for _, v := range variants {
		if v.Service == "mediaconnect" && v.Kind == "success" {
			op, _ := mediaconnect.ParseOperation(v.Operation)
			f.Add(uint8(op), string(v.Response.Body))
		}
	}
	for _, name := range []string{"mediaconnect-list-offerings-response", "mediaconnect-list-reservations-response", "mediaconnect-purchase-response"} {
		for _, op := range mediaconnect.Operations() {
			f.Add(uint8(op), sample(f, name))
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, body string) {
		op := mediaconnect.Operations()[int(which)%5]
		strict, lenient := &mediaconnect.Decoder{}, &mediaconnect.Decoder{Lenient: true}
		a, b := op.NewOutput(), op.NewOutput()
		errA, errB := strict.DecodeBody(body, a), lenient.DecodeBody(body, b)
		sameReading(t, strict, lenient, errA, errB, a, b, body)
		if err := jsonwire.Check(body); (err != nil) != (errA != nil) && strings.Trim(body, " \t\r\n") != "" {
			if _, shape := errA.(*wire.ShapeError); !shape {
				t.Fatalf("%q: %v, as JSON %v", body, errA, err)
			}
		}
		if errA == nil {
			writtenBack(t, op, body)
		}
	})
}

func FuzzDecodeError(f *testing.F) {
	variants, err := fixtures.Variants()
	if err != nil {
		f.Fatal(err)
	}
	for _, v := range variants {
		if v.Service == "mediaconnect" && v.Kind == "error" {
			resp := response(v)
			kind, _ := resp.Headers.Get("X-Amzn-ErrorType")
			f.Add(uint16(resp.Status), kind, resp.Body)
		}
	}
	f.Fuzz(func(t *testing.T, status uint16, kind, body string) {
		resp := &wire.Response{Status: int(status), Body: body, Headers: wire.Headers{{Name: "x-amzn-RequestId", Value: "id"}}}
		if kind != "" {
			resp.Headers.Set("X-Amzn-ErrorType", kind)
		}
		strict, lenient := &mediaconnect.Decoder{}, &mediaconnect.Decoder{Lenient: true}
		var a, b mediaconnect.Error
		errA, errB := strict.DecodeError(resp, &a), lenient.DecodeError(resp, &b)
		sameReading(t, strict, lenient, errA, errB, &a, &b, body)
		written, err := mediaconnect.Encoder{}.EncodeError(&a)
		if err != nil || errA != nil {
			return // a code that is no header value, no status
		}
		var c mediaconnect.Error
		if err := strict.DecodeError(&written, &c); err != nil {
			t.Fatalf("%q: written as %q: %v", body, written.Body, err)
		}
		if c.Message != a.Message || len(c.Unknown) != len(a.Unknown) {
			t.Fatalf("%q: written as %q", body, written.Body)
		}
	})
}

func FuzzDecodeRequest(f *testing.F) {
	for _, c := range captures(f) {
		req := captured(c)
		f.Add(req.Method, req.Path, req.Query, req.Body)
	}
	f.Add("GET", "/v1/offerings/%zz+", "maxResults=05&nextToken&x=%ff", "")
	f.Add("POST", "/v1/offerings/a", "", `{"start":null,"start":5,"x":[{}]}`)
	f.Fuzz(func(t *testing.T, method, path, query, body string) {
		req := &wire.Request{Method: method, Path: path, Query: query, Body: body}
		strict, lenient := &mediaconnect.Decoder{}, &mediaconnect.Decoder{Lenient: true}
		a, errA := strict.DecodeRequest(req)
		b, errB := lenient.DecodeRequest(req)
		sameReading(t, strict, lenient, errA, errB, a, b, body)
		if errA != nil {
			return
		}
		for _, f := range strict.Findings() {
			if f.Part == wire.Query && f.Offset > len(query) || f.Part == wire.Path && f.Offset > len(path) {
				t.Fatalf("finding outside the message: %v", f)
			}
		}
		again, err := mediaconnect.Encoder{}.EncodeRequest(a)
		if err != nil {
			return // past 32 bits
		}
		c, err := strict.DecodeRequest(&again)
		if err != nil {
			t.Fatalf("%s %s %q: written as %s %s %q: %v", method, req.Target(), body, again.Method, again.Target(), again.Body, err)
		}
		if !bytes.Equal(view(t, a), view(t, c)) {
			t.Fatalf("read %s, then %s", view(t, a), view(t, c))
		}
		if final, err := (mediaconnect.Encoder{}).EncodeRequest(c); err != nil || final.Target() != again.Target() || final.Body != again.Body {
			t.Fatalf("written %s %q, then %s %q, %v", again.Target(), again.Body, final.Target(), final.Body, err)
		}
	})
}

// FuzzEncode writes any strings and numbers in all places: what comes out is read
// back as it was, or was refused for a reason.
func FuzzEncode(f *testing.F) {
	f.Add("arn:aws", "a\"b", int64(12), uint16(0))
	f.Add("", "\xff", int64(1<<31), uint16(0xffff))
	f.Add("é\u2028", "\x00", int64(-1), uint16(0x5555))
	f.Fuzz(func(t *testing.T, s, u string, n int64, states uint16) {
		text := func(bit int, s string) wire.Opt[string] {
			switch states >> bit & 3 {
			case 0:
				return wire.Opt[string]{}
			case 1:
				return wire.NullOf[string]()
			}
			return wire.Some(s)
		}
		r := mediaconnect.Reservation{
			CurrencyCode: text(0, s), OfferingDescription: text(2, u), Duration: wire.Some(n), ReservationArn: text(4, u), End: text(6, s),
			ReservationState:      wire.Some(mediaconnect.ReservationState(s)),
			ResourceSpecification: wire.Some(mediaconnect.ResourceSpecification{Unknown: []wire.Unknown{{Name: u, Raw: "1"}}}),
		}
		out := &mediaconnect.ListReservationsOutput{NextToken: text(8, u), Reservations: wire.Some([]mediaconnect.Reservation{r, {Null: states&1 == 0}, {}})}
		in := &mediaconnect.PurchaseOfferingInput{OfferingArn: wire.Some(s), ReservationName: text(10, u), Start: text(12, s)}
		fits := wire.InInt32(n)
		known := u != "reservedBitrate" && u != "resourceType"
		for _, e := range []mediaconnect.Encoder{{}, {Indent: true}} {
			body, err := e.AppendBody(nil, out)
			if err == nil {
				if !fits {
					t.Fatalf("%d was written", n)
				}
				var d mediaconnect.Decoder
				var back mediaconnect.ListReservationsOutput
				if err := d.DecodeBody(string(body), &back); err != nil {
					t.Fatalf("%s: %v", body, err)
				}
				again, err := e.AppendBody(nil, &back)
				if err != nil || known && !bytes.Equal(body, again) {
					t.Fatalf("written %s, then %s, %v", body, again, err)
				}
			} else if fits && utf8.ValidString(s) && utf8.ValidString(u) {
				t.Fatalf("refused: %v", err)
			}
			req, err := e.EncodeRequest(in)
			if err != nil {
				if utf8.ValidString(s) && utf8.ValidString(u) {
					t.Fatalf("refused: %v", err)
				}
				continue
			}
			var d mediaconnect.Decoder
			back, err := d.DecodeRequest(&req)
			if err != nil {
				t.Fatal(err)
			}
			if p := back.(*mediaconnect.PurchaseOfferingInput); p.OfferingArn != in.OfferingArn || p.ReservationName != in.ReservationName || p.Start != in.Start {
				t.Fatalf("wrote %+v, read %+v", in, p)
			}
		}
	})
}
