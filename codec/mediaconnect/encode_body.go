package mediaconnect

import (
	"wireproof/codec/jsonwire"
	"wireproof/codec/wire"
)

// Encoder writes messages. The zero Encoder writes compact JSON. What is absent
// is not written, null is written as null, and unknown members follow the known
// ones in their order; so what a [Decoder] read is written back the same. Nothing
// required is asked for but the label of a path, which a request cannot do
// without.
//
// Every error is a *[wire.EncodeError]; the slice then comes back as it was.
type Encoder struct {
	// Indent puts every member on a line of its own, indented by two spaces for
	// each level.
	Indent bool
}

// AppendBody appends the body of a successful response.
func (e Encoder) AppendBody(dst []byte, out Output) ([]byte, error) {
	w := e.begin(dst)
	w.BeginObject()
	switch out := out.(type) {
	case *ListOfferingsOutput:
		writeText(&w, offeringsNames, pageNextToken, out.NextToken)
		if present(&w, offeringsNames, pageItems, out.Offerings.State) {
			w.BeginArray()
			for i := range out.Offerings.Value {
				writeOffering(&w, &out.Offerings.Value[i])
			}
			w.EndArray()
		}
	case *DescribeOfferingOutput:
		if present(&w, offeringOutput, 0, out.Offering.State) {
			writeOffering(&w, &out.Offering.Value)
		}
	case *PurchaseOfferingOutput:
		if present(&w, reservationOutput, 0, out.Reservation.State) {
			writeReservation(&w, &out.Reservation.Value)
		}
	case *ListReservationsOutput:
		writeText(&w, reservationsNames, pageNextToken, out.NextToken)
		if present(&w, reservationsNames, pageItems, out.Reservations.State) {
			w.BeginArray()
			for i := range out.Reservations.Value {
				writeReservation(&w, &out.Reservations.Value[i])
			}
			w.EndArray()
		}
	case *DescribeReservationOutput:
		if present(&w, reservationOutput, 0, out.Reservation.State) {
			writeReservation(&w, &out.Reservation.Value)
		}
	default:
		panic("mediaconnect: BUG: an Output of another package")
	}
	writeUnknown(&w, out.metadata().Unknown)
	w.EndObject()
	return finish(&w, dst)
}

// AppendError appends the body of an error response. The type is not part of it:
// it travels in a header. Smithy restJson1, "Operation error serialization".
func (e Encoder) AppendError(dst []byte, err *Error) ([]byte, error) {
	w := e.begin(dst)
	w.BeginObject()
	writeText(&w, errorNames, errorMessage, err.Message)
	writeUnknown(&w, err.Unknown)
	w.EndObject()
	return finish(&w, dst)
}

// AppendRequestBody appends the body of a request, which only PurchaseOffering
// has.
func (e Encoder) AppendRequestBody(dst []byte, in Input) ([]byte, error) {
	p, ok := in.(*PurchaseOfferingInput)
	if !ok {
		return dst, nil
	}
	w := e.begin(dst)
	w.BeginObject()
	writeText(&w, purchaseNames, purchaseReservationName, p.ReservationName)
	writeText(&w, purchaseNames, purchaseStart, p.Start)
	writeUnknown(&w, p.Unknown)
	w.EndObject()
	return finish(&w, dst)
}

// begin returns a Writer that appends to dst.
func (e Encoder) begin(dst []byte) (w jsonwire.Writer) {
	if e.Indent {
		w.Indent = "  "
	}
	w.Reset(dst)
	return w
}

// finish returns what was appended to dst. The path of an error is that at which
// the document, as far as it was written, breaks off.
func finish(w *jsonwire.Writer, dst []byte) ([]byte, error) {
	written, err := w.Bytes()
	if err == nil {
		return written, nil
	}
	e := &wire.EncodeError{What: err.Error()}
	if broken, ok := jsonwire.Check(string(written[len(dst):])).(*wire.SyntaxError); ok {
		e.Path = broken.Path
	}
	return dst, e
}

func writeOffering(w *jsonwire.Writer, o *Offering) {
	if o.Null {
		w.Null()
		return
	}
	n := offeringNames
	w.BeginObject()
	writeText(w, n, offeringCurrencyCode, o.CurrencyCode)
	writeInteger(w, n, offeringDuration, o.Duration)
	writeText(w, n, offeringDurationUnits, o.DurationUnits)
	writeText(w, n, offeringOfferingArn, o.OfferingArn)
	writeText(w, n, offeringOfferingDescription, o.OfferingDescription)
	writeText(w, n, offeringPricePerUnit, o.PricePerUnit)
	writeText(w, n, offeringPriceUnits, o.PriceUnits)
	if present(w, n, offeringResourceSpecification, o.ResourceSpecification.State) {
		writeSpec(w, &o.ResourceSpecification.Value)
	}
	writeUnknown(w, o.Unknown)
	w.EndObject()
}

func writeReservation(w *jsonwire.Writer, r *Reservation) {
	if r.Null {
		w.Null()
		return
	}
	n := reservationNames
	w.BeginObject()
	writeText(w, n, reservationCurrencyCode, r.CurrencyCode)
	writeInteger(w, n, reservationDuration, r.Duration)
	writeText(w, n, reservationDurationUnits, r.DurationUnits)
	writeText(w, n, reservationEnd, r.End)
	writeText(w, n, reservationOfferingArn, r.OfferingArn)
	writeText(w, n, reservationOfferingDescription, r.OfferingDescription)
	writeText(w, n, reservationPricePerUnit, r.PricePerUnit)
	writeText(w, n, reservationPriceUnits, r.PriceUnits)
	writeText(w, n, reservationReservationArn, r.ReservationArn)
	writeText(w, n, reservationReservationName, r.ReservationName)
	writeText(w, n, reservationReservationState, r.ReservationState)
	if present(w, n, reservationResourceSpecification, r.ResourceSpecification.State) {
		writeSpec(w, &r.ResourceSpecification.Value)
	}
	writeText(w, n, reservationStart, r.Start)
	writeUnknown(w, r.Unknown)
	w.EndObject()
}

func writeSpec(w *jsonwire.Writer, s *ResourceSpecification) {
	w.BeginObject()
	writeInteger(w, specNames, specReservedBitrate, s.ReservedBitrate)
	writeText(w, specNames, specResourceType, s.ResourceType)
	writeUnknown(w, s.Unknown)
	w.EndObject()
}

// present writes a member's name, and null if it is null, and reports whether a
// value has to follow.
func present(w *jsonwire.Writer, names *jsonwire.Names, i int, state wire.State) bool {
	if state == wire.Absent {
		return false
	}
	w.Member(names, i)
	if state == wire.Null {
		w.Null()
		return false
	}
	return true
}

func writeText[T ~string](w *jsonwire.Writer, names *jsonwire.Names, i int, o wire.Opt[T]) {
	if o.State == wire.Present {
		w.StringMember(names, i, string(o.Value))
	} else {
		present(w, names, i, o.State)
	}
}

func writeInteger(w *jsonwire.Writer, names *jsonwire.Names, i int, o wire.Opt[int64]) {
	if !present(w, names, i, o.State) {
		return
	}
	if !wire.InInt32(o.Value) {
		w.Fail(errInteger)
		return
	}
	w.Int(o.Value)
}

// writeUnknown writes members as they were read.
func writeUnknown(w *jsonwire.Writer, list []wire.Unknown) {
	for i := range list {
		w.Name(list[i].Name)
		w.Value(list[i].Raw)
	}
}
