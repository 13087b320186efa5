package bench

import (
	"wireproof/codec/bench/payload"
	"wireproof/codec/mediaconnect"
	"wireproof/codec/wire"
)

// wireproofMC is wireproofRDS for the other service.
func wireproofMC[T any, P interface {
	*T
	mediaconnect.Output
}](few int) []Contender {
	reuse := func(name string, lenient bool) Contender {
		return Contender{Name: name, Allocs: 0, New: func(doc payload.Document) (Work, error) {
			d := &mediaconnect.Decoder{Lenient: lenient}
			out := P(new(T))
			return Work{
				Run:  func() error { return d.DecodeBody(doc.Text, out) },
				Got:  func() (any, error) { return mcGot(out), noFindings(d.Findings()) },
				Drop: func() any { d = nil; return out },
			}, nil
		}}
	}
	fresh := Contender{Name: lenientFresh, Allocs: few, New: func(doc payload.Document) (Work, error) {
		body := []byte(doc.Text)
		d := &mediaconnect.Decoder{Lenient: true}
		var out P
		return Work{
			Run: func() error { out = new(T); return d.DecodeBytes(body, out) },
			Got: func() (any, error) { return mcGot(out), noFindings(d.Findings()) },
		}, nil
	}}
	first := Contender{Name: lenientFirst, Allocs: NoPromise, New: func(doc payload.Document) (Work, error) {
		body := []byte(doc.Text)
		var out P
		return Work{
			Run: func() error {
				var d mediaconnect.Decoder
				d.Lenient = true
				out = new(T)
				return d.DecodeBytes(body, out)
			},
			Got: func() (any, error) { return mcGot(out), nil },
		}, nil
	}}
	return []Contender{reuse(lenientReuse, true), reuse(strictReuse, false), fresh, first}
}

// mcGot puts our result in the terms of package payload.
func mcGot(out mediaconnect.Output) any {
	switch out := out.(type) {
	case *mediaconnect.ListReservationsOutput:
		page := payload.MCPage{NextToken: out.NextToken.Value}
		for i := range out.Reservations.Value {
			page.Reservations = append(page.Reservations, mcReservation(&out.Reservations.Value[i]))
		}
		return page
	case *mediaconnect.PurchaseOfferingOutput:
		return payload.MCPage{Reservations: []payload.Reservation{mcReservation(&out.Reservation.Value)}}
	}
	return out
}

func mcReservation(in *mediaconnect.Reservation) payload.Reservation {
	return payload.Reservation{
		CurrencyCode: in.CurrencyCode.Value, Duration: in.Duration.Value,
		DurationUnits: string(in.DurationUnits.Value), End: in.End.Value,
		OfferingArn: in.OfferingArn.Value, OfferingDescription: in.OfferingDescription.Value,
		PricePerUnit: in.PricePerUnit.Value, PriceUnits: string(in.PriceUnits.Value),
		ReservationArn: in.ReservationArn.Value, ReservationName: in.ReservationName.Value,
		ReservationState: string(in.ReservationState.Value),
		ReservedBitrate:  in.ResourceSpecification.Value.ReservedBitrate.Value,
		ResourceType:     string(in.ResourceSpecification.Value.ResourceType.Value),
		Start:            in.Start.Value,
	}
}

// wireproofMCEncode writes the page into a buffer that was used before.
var wireproofMCEncode = Contender{Name: encodeReuse, Allocs: 0, New: func(doc payload.Document) (Work, error) {
	var d mediaconnect.Decoder
	var out mediaconnect.ListReservationsOutput
	err := d.DecodeBody(doc.Text, &out)
	var e mediaconnect.Encoder
	var text []byte
	return Work{
		Run: func() (err error) { text, err = e.AppendBody(text[:0], &out); return err },
		Got: func() (any, error) { return encodedJSON(text) },
	}, err
}}

// wireproofMCBody writes the body of a purchase.
var wireproofMCBody = Contender{Name: encodeReuse, Allocs: 0, New: func(payload.Document) (Work, error) {
	in := &mediaconnect.PurchaseOfferingInput{
		OfferingArn: wire.Some(offeringArn), ReservationName: wire.Some(reservationName), Start: wire.Some(start),
	}
	var e mediaconnect.Encoder
	var text []byte
	return Work{
		Run: func() (err error) { text, err = e.AppendRequestBody(text[:0], in); return err },
		Got: func() (any, error) { return decodeStrings(text) },
	}, nil
}}
