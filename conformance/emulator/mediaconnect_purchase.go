package emulator

import (
	"strings"
	"time"
	"unicode/utf8"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/wire"
)

// reservation is what is kept of a purchase at MediaConnect; the rest is the
// offering's. Times are Unix seconds but for purchased, which has milliseconds.
type reservation struct {
	arn, name  string
	offering   *mediaconnect.Offering
	start, end int64
	purchased  int64
	sequence   uint64
}

// newReservation makes what follows from an offering and a start.
func newReservation(o *mediaconnect.Offering, start time.Time) reservation {
	return reservation{offering: o, start: start.Unix(), end: addMonths(start, int(o.Duration.Value)).Unix()}
}

// maxName is the longest reservationName in bytes.
const maxName = 255

// purchaseOffering answers PurchaseOffering. WIRE.md sections A.5 and A.6.
func (e *Emulator) purchaseOffering(c *call, in *mediaconnect.PurchaseOfferingInput) (mediaconnect.Output, *refusal) {
	name, now := in.ReservationName.Value, e.options.Now()
	// undocumented: mediaconnect-order. What is checked first where several things
	// are wrong: the members, the offering, the start, the reservations there are.
	if name == "" || len(name) > maxName || !utf8.ValidString(name) {
		// undocumented: reservation-name. Which names there may be. Two reservations
		// may have the same one.
		return nil, refuse(mediaconnect.BadRequestException, "reservationName must have 1 to %d bytes.", maxName)
	}
	offering, refused := e.offering(c, in.OfferingArn.Value)
	if refused != nil {
		return nil, refused
	}
	// undocumented: bad-start. Only the form and the window are documented, not
	// what a start outside them is answered.
	if err := mediaconnect.CheckStart(in.Start.Value, now); err != nil {
		return nil, refuse(mediaconnect.BadRequestException, "Invalid %s.", err)
	}
	start, _ := mediaconnect.ParseStart(in.Start.Value)

	s := e.reservations.open(c.owner, e.options.MaxAccounts)
	if s == nil {
		return nil, refuse(mediaconnect.ServiceUnavailableException, noAccount, e.options.MaxAccounts)
	}
	s.buying.Lock()
	defer s.buying.Unlock()
	if now.Unix() < s.until {
		// undocumented: second-purchase. That it is refused is documented, not with
		// which error; ForbiddenException is the one error that only this operation
		// has. A reservation that is PROCESSING counts as active, whatever the
		// offering: it has been paid for.
		return nil, refuse(mediaconnect.ForbiddenException, "There is an active reservation until %s.", mediaconnect.FormatStart(time.Unix(s.until, 0)))
	}
	if !e.take() {
		return nil, refuse(mediaconnect.ServiceUnavailableException, noReservation, e.options.MaxReservations)
	}
	r := newReservation(cloneOffering(offering), start.Time())
	r.name, r.purchased, r.sequence = strings.Clone(name), now.UnixMilli(), e.sequence.Add(1)
	r.arn = reservationArn(c.owner, r.sequence, e.options.NewID(), r.name)
	if refused := e.keepReservation(c, &r); refused != nil {
		e.kept.Add(-1)
		return nil, refused
	}
	s.add(r.arn, r, nil)
	s.until = max(s.until, r.end)
	out := &mediaconnect.PurchaseOfferingOutput{}
	out.Reservation.State = wire.Present
	e.fillReservation(&out.Reservation.Value, &r, now)
	return out, nil
}

// addMonths gives the end of a term: the same day and time so many calendar
// months later.
//
// undocumented: end-of-month. Where that month is too short for the day, it is the
// month's last day: a month from 31 January is 28 or 29 February, not March.
func addMonths(t time.Time, months int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

// fillReservation makes the record of a reservation as it is at the time now.
func (e *Emulator) fillReservation(dst *mediaconnect.Reservation, r *reservation, now time.Time) {
	o := r.offering
	*dst = mediaconnect.Reservation{
		CurrencyCode:          o.CurrencyCode,
		Duration:              o.Duration,
		DurationUnits:         o.DurationUnits,
		End:                   wire.Some(mediaconnect.FormatStart(time.Unix(r.end, 0))),
		OfferingArn:           o.OfferingArn,
		OfferingDescription:   o.OfferingDescription,
		PricePerUnit:          o.PricePerUnit,
		PriceUnits:            o.PriceUnits,
		ReservationArn:        wire.Some(r.arn),
		ReservationName:       wire.Some(r.name),
		ReservationState:      wire.Some(e.reservationState(r, now)),
		ResourceSpecification: o.ResourceSpecification,
		Start:                 wire.Some(mediaconnect.FormatStart(time.Unix(r.start, 0))),
	}
}

// reservationState follows the clock: PROCESSING, ACTIVE, and from its end on
// EXPIRED.
func (e *Emulator) reservationState(r *reservation, now time.Time) mediaconnect.ReservationState {
	switch {
	case now.Unix() >= r.end:
		return mediaconnect.Expired
	case now.UnixMilli() < r.purchased+e.options.ActiveAfter.Milliseconds():
		return mediaconnect.Processing
	}
	return mediaconnect.Active
}
