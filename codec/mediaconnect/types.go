package mediaconnect

import "wireproof/codec/wire"

// The structs below have the members of the model in its order. Integers have 32
// bits in the model and 64 here, so that what a server really sent can be held
// and shown; encoders refuse what does not fit 32. Required members can still be
// absent, since clients have to tolerate that. botocore mediaconnect/2018-11-14,
// "shapes"; WIRE.md section A.7.

// DurationUnits is the unit of a duration. Values that the model does not list
// are kept.
type DurationUnits string

// Months is the one known unit of a duration.
const Months DurationUnits = "MONTHS"

// Known reports whether the model lists the value.
func (v DurationUnits) Known() bool { return v == Months }

// PriceUnits is what a price is paid for. Values that the model does not list
// are kept.
type PriceUnits string

// Hourly is the one known unit of a price.
const Hourly PriceUnits = "HOURLY"

// Known reports whether the model lists the value.
func (v PriceUnits) Known() bool { return v == Hourly }

// ReservationState is the state of a reservation. Values that the model does not
// list are kept.
type ReservationState string

// The states of a reservation.
const (
	Active     ReservationState = "ACTIVE"
	Expired    ReservationState = "EXPIRED"
	Processing ReservationState = "PROCESSING"
	Canceled   ReservationState = "CANCELED"
)

// Known reports whether the model lists the value.
func (v ReservationState) Known() bool {
	switch v {
	case Active, Expired, Processing, Canceled:
		return true
	}
	return false
}

// ResourceType is what is reserved. Values that the model does not list are
// kept.
type ResourceType string

// MbpsOutboundBandwidth is the one known type of a resource.
const MbpsOutboundBandwidth ResourceType = "Mbps_Outbound_Bandwidth"

// Known reports whether the model lists the value.
func (v ResourceType) Known() bool { return v == MbpsOutboundBandwidth }

// ResourceSpecification is how much of what is reserved.
type ResourceSpecification struct {
	ReservedBitrate wire.Opt[int64]        `json:"reservedBitrate,omitzero"`
	ResourceType    wire.Opt[ResourceType] `json:"resourceType,omitzero"` // required

	Unknown []wire.Unknown `json:"-"`
}

// Offering is something that can be purchased. All members are required.
type Offering struct {
	CurrencyCode          wire.Opt[string]                `json:"currencyCode,omitzero"`
	Duration              wire.Opt[int64]                 `json:"duration,omitzero"` // DurationUnits
	DurationUnits         wire.Opt[DurationUnits]         `json:"durationUnits,omitzero"`
	OfferingArn           wire.Opt[string]                `json:"offeringArn,omitzero"`
	OfferingDescription   wire.Opt[string]                `json:"offeringDescription,omitzero"`
	PricePerUnit          wire.Opt[string]                `json:"pricePerUnit,omitzero"` // a decimal number, CurrencyCode
	PriceUnits            wire.Opt[PriceUnits]            `json:"priceUnits,omitzero"`
	ResourceSpecification wire.Opt[ResourceSpecification] `json:"resourceSpecification,omitzero"`

	Unknown []wire.Unknown `json:"-"`
	// Null marks an element of a list that was null on the wire; then there are
	// no members.
	Null bool `json:"-"`
}

// Reservation is an offering that was purchased. All members are required.
type Reservation struct {
	CurrencyCode          wire.Opt[string]                `json:"currencyCode,omitzero"`
	Duration              wire.Opt[int64]                 `json:"duration,omitzero"` // DurationUnits
	DurationUnits         wire.Opt[DurationUnits]         `json:"durationUnits,omitzero"`
	End                   wire.Opt[string]                `json:"end,omitzero"` // as ParseStart reads
	OfferingArn           wire.Opt[string]                `json:"offeringArn,omitzero"`
	OfferingDescription   wire.Opt[string]                `json:"offeringDescription,omitzero"`
	PricePerUnit          wire.Opt[string]                `json:"pricePerUnit,omitzero"` // a decimal number, CurrencyCode
	PriceUnits            wire.Opt[PriceUnits]            `json:"priceUnits,omitzero"`
	ReservationArn        wire.Opt[string]                `json:"reservationArn,omitzero"`
	ReservationName       wire.Opt[string]                `json:"reservationName,omitzero"`
	ReservationState      wire.Opt[ReservationState]      `json:"reservationState,omitzero"`
	ResourceSpecification wire.Opt[ResourceSpecification] `json:"resourceSpecification,omitzero"`
	Start                 wire.Opt[string]                `json:"start,omitzero"` // as ParseStart reads

	Unknown []wire.Unknown `json:"-"`
	// Null marks an element of a list that was null on the wire; then there are
	// no members.
	Null bool `json:"-"`
}

// The least and the most records that a page can be asked to have, and how many
// it has unless told. WIRE.md section A.4.
const (
	MinMaxResults     = 1
	MaxMaxResults     = 1000
	DefaultMaxResults = 10
)

// ListOfferingsInput asks for a page of offerings. Both members travel in the
// query string.
type ListOfferingsInput struct {
	MaxResults wire.Opt[int64]  `json:"maxResults,omitzero"` // MinMaxResults to MaxMaxResults
	NextToken  wire.Opt[string] `json:"nextToken,omitzero"`

	// Unknown are query parameters that the model does not name, Raw as escaped.
	Unknown []wire.Unknown `json:"-"`
}

// DescribeOfferingInput asks for one offering.
type DescribeOfferingInput struct {
	OfferingArn wire.Opt[string] `json:"offeringArn,omitzero"` // label of the path, required

	// Unknown are query parameters, Raw as escaped. The operation has none.
	Unknown []wire.Unknown `json:"-"`
}

// PurchaseOfferingInput buys an offering.
type PurchaseOfferingInput struct {
	OfferingArn     wire.Opt[string] `json:"offeringArn,omitzero"`     // label of the path, required
	ReservationName wire.Opt[string] `json:"reservationName,omitzero"` // required
	Start           wire.Opt[string] `json:"start,omitzero"`           // required; see CheckStart

	// Unknown are members of the body that the model does not name.
	Unknown []wire.Unknown `json:"-"`
	// UnknownQuery are query parameters, Raw as escaped. The operation has none.
	UnknownQuery []wire.Unknown `json:"-"`
}

// ListReservationsInput asks for a page of reservations. Both members travel in
// the query string.
type ListReservationsInput struct {
	MaxResults wire.Opt[int64]  `json:"maxResults,omitzero"` // MinMaxResults to MaxMaxResults
	NextToken  wire.Opt[string] `json:"nextToken,omitzero"`

	// Unknown are query parameters that the model does not name, Raw as escaped.
	Unknown []wire.Unknown `json:"-"`
}

// DescribeReservationInput asks for one reservation.
type DescribeReservationInput struct {
	ReservationArn wire.Opt[string] `json:"reservationArn,omitzero"` // label of the path, required

	// Unknown are query parameters, Raw as escaped. The operation has none.
	Unknown []wire.Unknown `json:"-"`
}

// ListOfferingsOutput is a page of offerings.
type ListOfferingsOutput struct {
	// NextToken asks for the next page; the last page has none, or an empty one.
	NextToken wire.Opt[string]     `json:"nextToken,omitzero"`
	Offerings wire.Opt[[]Offering] `json:"offerings,omitzero"`

	Metadata
}

// DescribeOfferingOutput is the offering that was asked for.
type DescribeOfferingOutput struct {
	Offering wire.Opt[Offering] `json:"offering,omitzero"`

	Metadata
}

// PurchaseOfferingOutput is the reservation that was bought.
type PurchaseOfferingOutput struct {
	Reservation wire.Opt[Reservation] `json:"reservation,omitzero"`

	Metadata
}

// ListReservationsOutput is a page of reservations.
type ListReservationsOutput struct {
	// NextToken asks for the next page; the last page has none, or an empty one.
	NextToken    wire.Opt[string]        `json:"nextToken,omitzero"`
	Reservations wire.Opt[[]Reservation] `json:"reservations,omitzero"`

	Metadata
}

// DescribeReservationOutput is the reservation that was asked for.
type DescribeReservationOutput struct {
	Reservation wire.Opt[Reservation] `json:"reservation,omitzero"`

	Metadata
}

// Metadata is what every successful response has besides its members.
type Metadata struct {
	// RequestID is the header x-amzn-RequestId.
	RequestID wire.Opt[string] `json:"-"`
	// Unknown are members of the body that no model names.
	Unknown []wire.Unknown `json:"-"`
}

func (m *Metadata) metadata() *Metadata { return m }

// Operation names the operation of the input.
func (*ListOfferingsInput) Operation() Operation { return ListOfferings }

// Operation names the operation of the input.
func (*DescribeOfferingInput) Operation() Operation { return DescribeOffering }

// Operation names the operation of the input.
func (*PurchaseOfferingInput) Operation() Operation { return PurchaseOffering }

// Operation names the operation of the input.
func (*ListReservationsInput) Operation() Operation { return ListReservations }

// Operation names the operation of the input.
func (*DescribeReservationInput) Operation() Operation { return DescribeReservation }

// Operation names the operation of the output.
func (*ListOfferingsOutput) Operation() Operation { return ListOfferings }

// Operation names the operation of the output.
func (*DescribeOfferingOutput) Operation() Operation { return DescribeOffering }

// Operation names the operation of the output.
func (*PurchaseOfferingOutput) Operation() Operation { return PurchaseOffering }

// Operation names the operation of the output.
func (*ListReservationsOutput) Operation() Operation { return ListReservations }

// Operation names the operation of the output.
func (*DescribeReservationOutput) Operation() Operation { return DescribeReservation }
