package bench

import "wireproof/codec/bench/payload"

// The structs that a user of encoding/json would write. sonic, goccy/go-json
// and go-json-experiment/json use the same.

type jsonList struct {
	NextToken    string            `json:"nextToken,omitempty"`
	Reservations []jsonReservation `json:"reservations"`
}

type jsonPurchase struct {
	Reservation jsonReservation `json:"reservation"`
}

type jsonReservation struct {
	CurrencyCode          string       `json:"currencyCode"`
	Duration              int64        `json:"duration"`
	DurationUnits         string       `json:"durationUnits"`
	End                   string       `json:"end"`
	OfferingArn           string       `json:"offeringArn"`
	OfferingDescription   string       `json:"offeringDescription"`
	PricePerUnit          string       `json:"pricePerUnit"`
	PriceUnits            string       `json:"priceUnits"`
	ReservationArn        string       `json:"reservationArn"`
	ReservationName       string       `json:"reservationName"`
	ReservationState      string       `json:"reservationState"`
	ResourceSpecification jsonResource `json:"resourceSpecification"`
	Start                 string       `json:"start"`
}

type jsonResource struct {
	ReservedBitrate int64  `json:"reservedBitrate"`
	ResourceType    string `json:"resourceType"`
}

func (l *jsonList) got() any {
	page := payload.MCPage{NextToken: l.NextToken}
	for i := range l.Reservations {
		page.Reservations = append(page.Reservations, l.Reservations[i].got())
	}
	return page
}

func (p *jsonPurchase) got() any {
	return payload.MCPage{Reservations: []payload.Reservation{p.Reservation.got()}}
}

func (in *jsonReservation) got() payload.Reservation {
	return payload.Reservation{
		CurrencyCode: in.CurrencyCode, Duration: in.Duration, DurationUnits: in.DurationUnits, End: in.End,
		OfferingArn: in.OfferingArn, OfferingDescription: in.OfferingDescription,
		PricePerUnit: in.PricePerUnit, PriceUnits: in.PriceUnits,
		ReservationArn: in.ReservationArn, ReservationName: in.ReservationName, ReservationState: in.ReservationState,
		ReservedBitrate: in.ResourceSpecification.ReservedBitrate, ResourceType: in.ResourceSpecification.ResourceType,
		Start: in.Start,
	}
}
