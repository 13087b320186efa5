package mediaconnect_test

import (
	"errors"
	"fmt"
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/wire"
)

func ExampleDecoder_DecodeBody() {
	body := `{"reservation": {"reservationName": "R", "duration": 12.0, "Start": "2020-03-05T23:30:00Z"}}`
	d := mediaconnect.Decoder{Lenient: true}
	var out mediaconnect.PurchaseOfferingOutput
	if err := d.DecodeBody(body, &out); err != nil {
		fmt.Println(err)
		return
	}
	r := out.Reservation.Value
	fmt.Println(r.ReservationName.Value, r.Duration.Value, r.Start.State)
	for _, f := range d.Findings() {
		fmt.Println(f)
	}
	d.Lenient = false
	d.DecodeBody(body, &out)
	fmt.Println("strict findings:", len(d.Findings()))
	// Output:
	// R 12 absent
	// integer.form: /reservation/duration at body offset 53: want decimal digits, got "12.0"
	// strict findings: 13
}

func ExampleDecoder_DecodeResponse() {
	resp := &wire.Response{
		Status:  404,
		Headers: wire.Headers{{Name: "X-Amzn-ErrorType", Value: "NotFoundException:http://internal/"}},
		Body:    `{"message": "no such offering"}`,
	}
	d := mediaconnect.Decoder{Lenient: true}
	err := d.DecodeResponse(resp, new(mediaconnect.PurchaseOfferingOutput))
	fmt.Println(errors.Is(err, mediaconnect.NotFoundException))
	fmt.Println(err)
	// Output:
	// true
	// mediaconnect: NotFoundException: no such offering (status 404, request id none)
}

func ExampleDecoder_DecodeRequest() {
	req := &wire.Request{
		Method: "POST", Path: "/v1/offerings/arn%3Aaws%3Amediaconnect%3Ao",
		Headers: wire.Headers{{Name: "Content-Type", Value: "application/json"}},
		Body:    `{"reservationName": "MyReservation", "start": "2020-03-05T23:30:00Z"}`,
	}
	var d mediaconnect.Decoder
	in, err := d.DecodeRequest(req)
	if err != nil {
		fmt.Println(err)
		return
	}
	switch in := in.(type) {
	case *mediaconnect.PurchaseOfferingInput:
		fmt.Println(in.OfferingArn.Value, in.ReservationName.Value)
		now := time.Date(2020, 3, 6, 0, 0, 0, 0, time.UTC)
		fmt.Println(mediaconnect.CheckStart(in.Start.Value, now))
	}
	// Output:
	// arn:aws:mediaconnect:o MyReservation
	// <nil>
}

func ExampleEncoder_EncodeRequest() {
	req, err := mediaconnect.Encoder{}.EncodeRequest(&mediaconnect.PurchaseOfferingInput{
		OfferingArn:     wire.Some("arn:aws:mediaconnect:o"),
		ReservationName: wire.Some("MyReservation"),
		Start:           wire.Some("2020-03-05T23:30:00Z"),
	})
	fmt.Println(req.Method, req.Target(), err)
	fmt.Println(req.Body)
	// Output:
	// POST /v1/offerings/arn%3Aaws%3Amediaconnect%3Ao <nil>
	// {"reservationName":"MyReservation","start":"2020-03-05T23:30:00Z"}
}

func ExampleEncoder_EncodeError() {
	resp, err := mediaconnect.Encoder{}.EncodeError(
		mediaconnect.NewError(mediaconnect.BadRequestException, "start lies in the future", "5c1a-example"))
	fmt.Println(resp.Status, resp.Body, err)
	for _, h := range resp.Headers {
		fmt.Printf("%s: %s\n", h.Name, h.Value)
	}
	// Output:
	// 400 {"message":"start lies in the future"} <nil>
	// Content-Type: application/json
	// x-amzn-RequestId: 5c1a-example
	// X-Amzn-ErrorType: BadRequestException
}
