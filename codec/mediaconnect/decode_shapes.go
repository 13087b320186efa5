package mediaconnect

import (
	"wireproof/codec/jsonwire"
	"wireproof/codec/wire"
)

// One table of member names for each shape, with the places of the names in it.
// WIRE.md section A.7.

const (
	specReservedBitrate = iota
	specResourceType
)

var specNames = jsonwire.NewNames("reservedBitrate", "resourceType")

var specRequired = jsonwire.SetOf(specResourceType)

const (
	offeringCurrencyCode = iota
	offeringDuration
	offeringDurationUnits
	offeringOfferingArn
	offeringOfferingDescription
	offeringPricePerUnit
	offeringPriceUnits
	offeringResourceSpecification
)

var offeringNames = jsonwire.NewNames("currencyCode", "duration", "durationUnits", "offeringArn",
	"offeringDescription", "pricePerUnit", "priceUnits", "resourceSpecification")

var offeringRequired = jsonwire.SetOf(offeringCurrencyCode, offeringDuration, offeringDurationUnits, offeringOfferingArn,
	offeringOfferingDescription, offeringPricePerUnit, offeringPriceUnits, offeringResourceSpecification)

const (
	reservationCurrencyCode = iota
	reservationDuration
	reservationDurationUnits
	reservationEnd
	reservationOfferingArn
	reservationOfferingDescription
	reservationPricePerUnit
	reservationPriceUnits
	reservationReservationArn
	reservationReservationName
	reservationReservationState
	reservationResourceSpecification
	reservationStart
)

var reservationNames = jsonwire.NewNames("currencyCode", "duration", "durationUnits", "end", "offeringArn",
	"offeringDescription", "pricePerUnit", "priceUnits", "reservationArn", "reservationName", "reservationState",
	"resourceSpecification", "start")

var reservationRequired = jsonwire.SetOf(reservationCurrencyCode, reservationDuration, reservationDurationUnits,
	reservationEnd, reservationOfferingArn, reservationOfferingDescription, reservationPricePerUnit,
	reservationPriceUnits, reservationReservationArn, reservationReservationName, reservationReservationState,
	reservationResourceSpecification, reservationStart)

// The outputs' own members: the first of a page is nextToken.
const (
	pageNextToken = iota
	pageItems
)

var (
	offeringsNames    = jsonwire.NewNames("nextToken", "offerings")
	reservationsNames = jsonwire.NewNames("nextToken", "reservations")
	offeringOutput    = jsonwire.NewNames("offering")
	reservationOutput = jsonwire.NewNames("reservation")
)

// orders holds the order in which members came last, for each shape.
type orders struct {
	output, offering, reservation, spec jsonwire.Order
}

// output reads the document's object.
func (d *Decoder) output(out Output) {
	switch out := out.(type) {
	case *ListOfferingsOutput:
		d.page(offeringsNames, &out.NextToken, &out.Metadata, func() { d.offerings(&out.Offerings) })
	case *ListReservationsOutput:
		d.page(reservationsNames, &out.NextToken, &out.Metadata, func() { d.reservations(&out.Reservations) })
	case *DescribeOfferingOutput:
		d.single(offeringOutput, &out.Metadata, func() { out.Offering.State = d.offering(&out.Offering.Value) })
	case *PurchaseOfferingOutput:
		d.single(reservationOutput, &out.Metadata, func() { out.Reservation.State = d.reservation(&out.Reservation.Value) })
	case *DescribeReservationOutput:
		d.single(reservationOutput, &out.Metadata, func() { out.Reservation.State = d.reservation(&out.Reservation.Value) })
	default:
		panic("mediaconnect: BUG: an Output of another package")
	}
}

// page reads the object of a page, whose items read takes.
func (d *Decoder) page(names *jsonwire.Names, token *wire.Opt[string], meta *Metadata, read func()) {
	var o jsonwire.Object
	d.r.Open(&o, names, &d.orders.output)
	for d.r.Member(&o) {
		switch o.Index {
		case pageNextToken:
			d.text(token)
		case pageItems:
			read()
		default:
			d.unknown(&o, names, &meta.Unknown)
		}
	}
}

// single reads the object around one record, which read takes.
func (d *Decoder) single(names *jsonwire.Names, meta *Metadata, read func()) {
	var o jsonwire.Object
	d.r.Open(&o, names, &d.orders.output)
	for d.r.Member(&o) {
		switch o.Index {
		case 0:
			read()
		default:
			d.unknown(&o, names, &meta.Unknown)
		}
	}
}

// offerings reads a list.
func (d *Decoder) offerings(o *wire.Opt[[]Offering]) {
	var a jsonwire.Array
	list := o.Value[:0]
	if d.r.OpenArray(&a) {
		for d.r.Element(&a) {
			list = lengthen(list, d.r.Pos()-a.Offset, d.r.Rest())
			item := &list[len(list)-1]
			if null := d.nullElement(); null {
				item.reset()
				item.Null = true
			} else if d.offering(item) != wire.Present {
				list = list[:len(list)-1]
			}
		}
		o.Value, o.State = list, wire.Present
		return
	}
	o.Value, o.State = list, d.mismatch("array", wire.Departure)
}

// reservations reads a list.
func (d *Decoder) reservations(o *wire.Opt[[]Reservation]) {
	var a jsonwire.Array
	list := o.Value[:0]
	if d.r.OpenArray(&a) {
		for d.r.Element(&a) {
			list = lengthen(list, d.r.Pos()-a.Offset, d.r.Rest())
			item := &list[len(list)-1]
			if null := d.nullElement(); null {
				item.reset()
				item.Null = true
			} else if d.reservation(item) != wire.Present {
				list = list[:len(list)-1]
			}
		}
		o.Value, o.State = list, wire.Present
		return
	}
	o.Value, o.State = list, d.mismatch("array", wire.Departure)
}

// lengthen adds an element to a list, as it was left where it lies in the list's
// capacity. A list that has to grow grows once for all that can still come: read
// bytes were one element each on average, or more, and rest bytes follow.
func lengthen[T any](list []T, read, rest int) []T {
	n := len(list)
	if n < cap(list) {
		return list[:n+1]
	}
	const leastRecord = 256 // bytes: keeps a list of {} from asking for gigabytes
	room := 1
	if n > 0 {
		room = max(n, rest/max(read/n, leastRecord)) + 1
	}
	grown := make([]T, n+1, n+room)
	copy(grown, list)
	return grown
}

// nullElement reads an element if it is null. boto3 hands over None, the SDK for
// Go an empty struct, the SDK for JavaScript nothing.
func (d *Decoder) nullElement() bool {
	if d.r.Kind() != jsonwire.Null {
		return false
	}
	at := d.r.Pos()
	if _, kind := d.r.Value(); kind == jsonwire.Null {
		d.note(KindNullElement, wire.Split, at, "object", "null")
		return true
	}
	return false
}

// offering reads an offering.
func (d *Decoder) offering(out *Offering) wire.State {
	out.reset()
	var o jsonwire.Object
	if state := d.open(&o, offeringNames, &d.orders.offering); state != wire.Present {
		return state
	}
	for d.r.Member(&o) {
		at := d.r.Pos()
		switch o.Index {
		case offeringCurrencyCode:
			d.text(&out.CurrencyCode)
		case offeringDuration:
			d.integer(&out.Duration)
		case offeringDurationUnits:
			d.durationUnits(at, &out.DurationUnits)
		case offeringOfferingArn:
			d.text(&out.OfferingArn)
		case offeringOfferingDescription:
			d.text(&out.OfferingDescription)
		case offeringPricePerUnit:
			d.text(&out.PricePerUnit)
		case offeringPriceUnits:
			d.priceUnits(at, &out.PriceUnits)
		case offeringResourceSpecification:
			out.ResourceSpecification.State = d.spec(&out.ResourceSpecification.Value)
		default:
			d.unknown(&o, offeringNames, &out.Unknown)
		}
	}
	d.require(&o, offeringNames, offeringRequired, wire.Departure)
	return wire.Present
}

// reservation reads a reservation.
func (d *Decoder) reservation(out *Reservation) wire.State {
	out.reset()
	var o jsonwire.Object
	if state := d.open(&o, reservationNames, &d.orders.reservation); state != wire.Present {
		return state
	}
	for d.r.Member(&o) {
		at := d.r.Pos()
		switch o.Index {
		case reservationCurrencyCode:
			d.text(&out.CurrencyCode)
		case reservationDuration:
			d.integer(&out.Duration)
		case reservationDurationUnits:
			d.durationUnits(at, &out.DurationUnits)
		case reservationEnd:
			d.date(&out.End)
		case reservationOfferingArn:
			d.text(&out.OfferingArn)
		case reservationOfferingDescription:
			d.text(&out.OfferingDescription)
		case reservationPricePerUnit:
			d.text(&out.PricePerUnit)
		case reservationPriceUnits:
			d.priceUnits(at, &out.PriceUnits)
		case reservationReservationArn:
			d.text(&out.ReservationArn)
		case reservationReservationName:
			d.text(&out.ReservationName)
		case reservationReservationState:
			enum(d, &out.ReservationState)
			if v, ok := out.ReservationState.Get(); ok && !v.Known() {
				d.unknownEnum(at, "ACTIVE, EXPIRED, PROCESSING or CANCELED", string(v))
			}
		case reservationResourceSpecification:
			out.ResourceSpecification.State = d.spec(&out.ResourceSpecification.Value)
		case reservationStart:
			d.date(&out.Start)
		default:
			d.unknown(&o, reservationNames, &out.Unknown)
		}
	}
	d.require(&o, reservationNames, reservationRequired, wire.Departure)
	return wire.Present
}

// spec reads a resource specification.
func (d *Decoder) spec(out *ResourceSpecification) wire.State {
	out.reset()
	var o jsonwire.Object
	if state := d.open(&o, specNames, &d.orders.spec); state != wire.Present {
		return state
	}
	for d.r.Member(&o) {
		at := d.r.Pos()
		switch o.Index {
		case specReservedBitrate:
			d.integer(&out.ReservedBitrate)
		case specResourceType:
			enum(d, &out.ResourceType)
			if v, ok := out.ResourceType.Get(); ok && !v.Known() {
				d.unknownEnum(at, string(MbpsOutboundBandwidth), string(v))
			}
		default:
			d.unknown(&o, specNames, &out.Unknown)
		}
	}
	d.require(&o, specNames, specRequired, wire.Departure)
	return wire.Present
}

func (d *Decoder) durationUnits(at int, o *wire.Opt[DurationUnits]) {
	enum(d, o)
	if v, ok := o.Get(); ok && !v.Known() {
		d.unknownEnum(at, string(Months), string(v))
	}
}

func (d *Decoder) priceUnits(at int, o *wire.Opt[PriceUnits]) {
	enum(d, o)
	if v, ok := o.Get(); ok && !v.Known() {
		d.unknownEnum(at, string(Hourly), string(v))
	}
}
