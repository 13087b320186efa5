package emulator_test

import (
	"strings"
	"testing"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator"
)

const (
	label   = "/v1/offerings/arn%3Aaws%3Amediaconnect%3Aus-east-1%3A123456789012%3Aoffering%3A1-23aBC45dEF67hiJ8%3AMyOffering"
	goodBuy = `{"reservationName":"R","start":"2020-03-05T23:30:00Z"}`
)

// buy is a purchase written by hand.
func buy(body string) wire.Request {
	return wire.Request{Method: "POST", Path: label, Headers: wire.Headers{{Name: "Content-Type", Value: "application/json"}}, Body: body}
}

func list(path, query string) wire.Request {
	return wire.Request{Method: "GET", Path: path, Query: query}
}

func TestMediaConnectRefuses(t *testing.T) {
	with := func(change func(*wire.Request)) wire.Request {
		r := buy(goodBuy)
		change(&r)
		return r
	}
	contentType := func(value string) wire.Request {
		return with(func(r *wire.Request) { r.Headers.Set("Content-Type", value) })
	}
	start := func(value string) wire.Request { return buy(`{"reservationName":"R","start":"` + value + `"}`) }
	rows := []struct {
		req    wire.Request
		status int
		code   string
		why    string
	}{
		{list("/v1/", ""), 404, "UnknownOperationException", "no resource"},
		{list("/v1", ""), 404, "UnknownOperationException", "no resource, no slash"},
		{list("/v1/flows", ""), 404, "UnknownOperationException", "a resource that is not here"},
		{list("/v1/Offerings", ""), 404, "UnknownOperationException", "paths have a case"},
		{list("/v1//offerings", ""), 404, "UnknownOperationException", "two slashes are not one"},
		{list("/v1/./offerings", ""), 404, "UnknownOperationException", "a dot is a segment"},
		{list("/v1/%2e/offerings", ""), 404, "UnknownOperationException", "an escaped dot too"},
		{list("/v1/x/../offerings", ""), 404, "UnknownOperationException", "two dots are a segment"},
		{list("/v1/offerings/a/b", ""), 404, "UnknownOperationException", "a raw slash makes two segments"},
		{list("/v1/offerings/a/", ""), 404, "UnknownOperationException", "a slash behind the ARN"},
		{list("/v1/offering%73", ""), 404, "UnknownOperationException", "literal segments are not decoded"},
		{with(func(r *wire.Request) { r.Method = "PUT" }), 404, "UnknownOperationException", "PUT"},
		{with(func(r *wire.Request) { r.Method = "DELETE" }), 404, "UnknownOperationException", "DELETE"},
		{with(func(r *wire.Request) { r.Method = "OPTIONS" }), 404, "UnknownOperationException", "OPTIONS"},
		{with(func(r *wire.Request) { r.Path = "/v1/offerings" }), 404, "UnknownOperationException", "a POST without ARN"},
		{with(func(r *wire.Request) { r.Path = "/v1/reservations/x" }), 404, "UnknownOperationException", "a POST to a reservation"},

		{list("/v1/offerings", "maxResults=0"), 400, "BadRequestException", "below 1"},
		{list("/v1/offerings", "maxResults=-1"), 400, "BadRequestException", "negative"},
		{list("/v1/offerings", "maxResults=1001"), 400, "BadRequestException", "above 1000"},
		{list("/v1/reservations", "maxResults=1001"), 400, "BadRequestException", "above 1000"},
		{list("/v1/offerings", "maxResults=ten"), 400, "BadRequestException", "no number"},
		{list("/v1/offerings", "maxResults=1.0"), 400, "BadRequestException", "a fraction"},
		{list("/v1/offerings", "maxResults=0x42"), 400, "BadRequestException", "hexadecimal"},
		{list("/v1/offerings", "maxResults=4294967306"), 400, "BadRequestException", "10 in 32 bits"},
		{list("/v1/offerings", "maxResults=99999999999999999999"), 400, "BadRequestException", "past 64 bits"},
		{list("/v1/offerings", "maxResults="), 400, "BadRequestException", "empty"},
		{list("/v1/offerings", "maxResults=0&maxResults=10"), 400, "BadRequestException", "the first of two counts"},
		{list("/v1/offerings", "nextToken=abc"), 400, "BadRequestException", "a token that is none"},
		{list("/v1/offerings", "nextToken=%00"), 400, "BadRequestException", "NUL"},
		{list("/v1/offerings", "nextToken=%FF"), 400, "BadRequestException", "no UTF-8"},
		{list("/v1/reservations", "nextToken=abc"), 400, "BadRequestException", "a token that is none"},
		{list("/v1/offerings", strings.Repeat("a=1&", wire.MaxParameters+1)), 400, "BadRequestException", "too many parameters"},

		{list("/v1/offerings/", ""), 404, "NotFoundException", "the empty ARN"},
		{list("/v1/offerings/x", ""), 404, "NotFoundException", "no ARN"},
		{list("/v1/offerings/..%2Freservations", ""), 404, "NotFoundException", "an escaped slash is part of the ARN"},
		{list(strings.Replace(label, "us-east-1", "eu-west-1", 1), ""), 404, "NotFoundException", "another region's"},
		{list(strings.Replace(label, "123456789012", "111111111111", 1), ""), 404, "NotFoundException", "another account's"},
		{list(label+"+", ""), 404, "NotFoundException", "a plus is a plus"},
		{list("/v1/reservations/x", ""), 404, "NotFoundException", "no ARN"},
		{list("/v1/reservations/", ""), 404, "NotFoundException", "the empty ARN"},
		{list("/v1/offerings/%FF", ""), 400, "BadRequestException", "no UTF-8"},
		{with(func(r *wire.Request) { r.Path = "/v1/offerings/x" }), 404, "NotFoundException", "a purchase of nothing"},

		{buy(""), 400, "BadRequestException", "no body"},
		{buy(" "), 400, "BadRequestException", "a blank body"},
		{buy("{}"), 400, "BadRequestException", "no members"},
		{buy("null"), 400, "BadRequestException", "null"},
		{buy("[]"), 400, "BadRequestException", "a list"},
		{buy(`"x"`), 400, "BadRequestException", "a string"},
		{buy(goodBuy + "x"), 400, "BadRequestException", "something behind it"},
		{buy(goodBuy + goodBuy), 400, "BadRequestException", "two documents"},
		{buy(goodBuy[:len(goodBuy)-1]), 400, "BadRequestException", "cut short"},
		{buy(`{"reservationName":"R","start":"2020-03-05T23:30:00Z",}`), 400, "BadRequestException", "a trailing comma"},
		{buy(`{'reservationName':'R'}`), 400, "BadRequestException", "single quotes"},
		{buy("\ufeff" + goodBuy), 400, "BadRequestException", "a byte order mark"},
		{buy(strings.Repeat("[", 20000)), 400, "BadRequestException", "deep"},
		{buy(`{"x":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}`), 400, "BadRequestException", "deep and unknown"},
		{buy(`{"reservationName":"R"}`), 400, "BadRequestException", "no start"},
		{buy(`{"start":"2020-03-05T23:30:00Z"}`), 400, "BadRequestException", "no name"},
		{buy(`{"reservationName":null,"start":"2020-03-05T23:30:00Z"}`), 400, "BadRequestException", "null is no name"},
		{buy(`{"reservationName":7,"start":"2020-03-05T23:30:00Z"}`), 400, "BadRequestException", "a number is no name"},
		{buy(`{"reservationName":["R"],"start":"2020-03-05T23:30:00Z"}`), 400, "BadRequestException", "a list is no name"},
		{buy(`{"ReservationName":"R","Start":"2020-03-05T23:30:00Z"}`), 400, "BadRequestException", "the SDK's names"},
		{buy(`{"reservationName":"","start":"2020-03-05T23:30:00Z"}`), 400, "BadRequestException", "an empty name"},
		{buy(`{"reservationName":"` + strings.Repeat("é", 128) + `","start":"2020-03-05T23:30:00Z"}`), 400, "BadRequestException", "a name of 256 bytes"},
		{buy(`{"reservationName":"\ud800","start":"2020-03-05T23:30:00Z"}`), 400, "BadRequestException", "half a character"},
		{buy(`{"reservationName":"A","reservationName":"B","start":"2020-03-05T23:30:00Z"}`), 400, "BadRequestException", "two names"},
		{buy("{\"reservationName\":\"\xff\",\"start\":\"2020-03-05T23:30:00Z\"}"), 400, "BadRequestException", "no UTF-8"},
		{contentType("text/plain"), 400, "BadRequestException", "text"},
		{contentType("application/x-amz-json-1.1"), 400, "BadRequestException", "the other JSON of AWS"},
		{contentType(""), 400, "BadRequestException", "an empty Content-Type"},
		{with(func(r *wire.Request) { r.Headers = nil }), 400, "BadRequestException", "no Content-Type"},
		{with(func(r *wire.Request) { r.Headers.Set("Content-Encoding", "gzip") }), 400, "BadRequestException", "a coded body"},
		{buy(`{"a":"` + strings.Repeat("a", emulator.DefaultMaxBody) + `"}`), 413, "RequestEntityTooLargeException", "past the limit"},

		// The clock says 2020-03-15T12:00:00Z.
		{start("not a date"), 400, "BadRequestException", "no date"},
		{start("2020-03-15T12:00:01Z"), 400, "BadRequestException", "in the future"},
		{start("2020-02-29T23:59:59Z"), 400, "BadRequestException", "last month"},
		{start("2019-03-05T23:30:00Z"), 400, "BadRequestException", "last year"},
		{start("2020-03-05T23:30:00.5Z"), 400, "BadRequestException", "a fraction"},
		{start("2020-03-05T23:30:00.000Z"), 400, "BadRequestException", "a fraction of nothing"},
		{start("2020-03-05T23:30:00+00:00"), 400, "BadRequestException", "an offset"},
		{start("2020-03-05T23:30:00"), 400, "BadRequestException", "no zone"},
		{start("2020-03-05t23:30:00z"), 400, "BadRequestException", "lower case"},
		{start("2020-03-05"), 400, "BadRequestException", "no time"},
		{start("2020-03-00T00:00:00Z"), 400, "BadRequestException", "no day"},
		{start("2020-03-05T24:00:00Z"), 400, "BadRequestException", "no hour"},
		{start("1583451000"), 400, "BadRequestException", "seconds"},
		{start(" 2020-03-05T23:30:00Z"), 400, "BadRequestException", "a space"},
	}
	b := newBench(t)
	for _, row := range rows {
		resp := b.send(row.req)
		_, e := b.readMC(resp, mediaconnect.ListOfferings)
		if e == nil || resp.Status != row.status || e.Code.Value != row.code {
			t.Errorf("%s: %d %v, want %d %s", row.why, resp.Status, e, row.status, row.code)
		} else if e.Message.Value == "" || len(e.Message.Value) > 400 {
			t.Errorf("%s: message %q", row.why, e.Message.Value)
		}
		if allowed := mediaconnect.ShapeOf(row.code); allowed == nil {
			t.Errorf("%s is no error of MediaConnect", row.code)
		}
	}
	out, _ := b.readMC(b.send(list("/v1/reservations", "")), mediaconnect.ListReservations)
	if n := len(out.(*mediaconnect.ListReservationsOutput).Reservations.Value); n != 0 {
		t.Errorf("%d of the refused requests bought something", n)
	}
}

// Requests that look odd and are answered.
func TestMediaConnectAccepts(t *testing.T) {
	purchases := []struct {
		req wire.Request
		why string
	}{
		{buy(goodBuy), "as the Go SDK writes it"},
		{buy(`{"start": "2020-03-05T23:30:00Z", "reservationName": "R"}`), "as boto3 spaces it, in another order"},
		{buy(" \r\n\t" + goodBuy + "\n"), "white space around it"},
		{buy(`{"reservationName":"R","start":"2020-03-05T23:30:00Z","new":{"a":[1,null]},"tags":null}`), "unknown members"},
		{buy(`{"reservationName":"a/b\"\\\u0000\u001f é😀\u2028","start":"2020-03-05T23:30:00Z"}`), "any character"},
		{buy(`{"reservationName":"` + strings.Repeat("n", 255) + `","start":"2020-03-05T23:30:00Z"}`), "the longest name"},
		{buy(`{"reservationName":"R","start":"2020-03-01T00:00:00Z"}`), "the first second of the month"},
		{buy(`{"reservationName":"R","start":"2020-03-15T12:00:00Z"}`), "now"},
		{wire.Request{Method: "POST", Path: strings.ReplaceAll(label, "%3A", ":"), Body: goodBuy, Headers: wire.Headers{{Name: "content-type", Value: "application/json; charset=utf-8"}}}, "raw colons, a charset"},
		{wire.Request{Method: "POST", Path: strings.ReplaceAll(label, "%3A", "%3a"), Query: "x=1", Body: goodBuy, Headers: wire.Headers{{Name: "Content-Type", Value: "Application/JSON"}}}, "small digits, a query"},
	}
	for _, row := range purchases {
		b := newBench(t)
		resp := b.send(row.req)
		out, e := b.readMC(resp, mediaconnect.PurchaseOffering)
		if e != nil || resp.Status != 201 {
			t.Errorf("%s: %d %v", row.why, resp.Status, e)
			continue
		}
		// What was answered can be described under its ARN, whatever is in it.
		r := out.(*mediaconnect.PurchaseOfferingOutput).Reservation.Value
		in := &mediaconnect.DescribeReservationInput{ReservationArn: r.ReservationArn}
		req, err := mediaconnect.Encoder{}.EncodeRequest(in)
		if err != nil {
			t.Fatal(err)
		}
		if _, e := b.readMC(b.send(req), mediaconnect.DescribeReservation); e != nil {
			t.Errorf("%s: %v", row.why, e)
		}
	}
	b := newBench(t)
	for _, row := range []struct {
		query string
		n     int
		why   string
	}{
		{"", 10, "the default"},
		{"maxResults=3&maxResults=5", 3, "the first of two"},
		{"nextToken", 10, "a token without equals sign is empty"},
		{"nextToken=&maxResults=2", 2, "the empty token"},
		{"x=1&x=2&maxResults=1", 1, "unknown parameters"},
		{"maxResult%73=4", 4, "an escaped name"},
	} {
		out, e := b.readMC(b.send(list("/v1/offerings", row.query)), mediaconnect.ListOfferings)
		if e != nil || len(out.(*mediaconnect.ListOfferingsOutput).Offerings.Value) != row.n {
			t.Errorf("%s: %v %v", row.why, out, e)
		}
	}
	get := list("/v1/offerings", "")
	get.Body, get.Headers = "{}", wire.Headers{{Name: "Content-Type", Value: "application/json"}}
	if _, e := b.readMC(b.send(get), mediaconnect.ListOfferings); e != nil {
		t.Errorf("a GET with a body: %v", e)
	}
}
