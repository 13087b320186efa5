package emulator

import (
	"strings"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator/catalogue"
)

// listOfferings answers ListOfferings.
func (e *Emulator) listOfferings(c *call, in *mediaconnect.ListOfferingsInput) (mediaconnect.Output, *refusal) {
	from, to, next, refused := e.results(c, mediaconnect.ListOfferings, in.MaxResults, in.NextToken, e.options.Catalogue.MediaConnectLen())
	if refused != nil {
		return nil, refused
	}
	out := &c.listed
	out.NextToken = next
	out.Offerings.Set(e.options.Catalogue.AppendMediaConnect(out.Offerings.Value, c.owner.region, from, to))
	return out, nil
}

// listReservations answers ListReservations, in the order of purchase.
func (e *Emulator) listReservations(c *call, in *mediaconnect.ListReservationsInput) (mediaconnect.Output, *refusal) {
	all := e.reservations.of(c.owner).all()
	from, to, next, refused := e.results(c, mediaconnect.ListReservations, in.MaxResults, in.NextToken, len(all))
	if refused != nil {
		return nil, refused
	}
	now := e.options.Now()
	list := make([]mediaconnect.Reservation, to-from)
	for i := range list {
		e.fillReservation(&list[i], &all[from+i], now)
	}
	out := &mediaconnect.ListReservationsOutput{NextToken: next, Reservations: wire.Some(list)}
	return out, nil
}

// results says which records of a list to give. WIRE.md sections A.4 and A.12.
//
// undocumented: max-results. A maxResults outside 1 to 1000 is a
// BadRequestException; so is a token that is none, or another's.
func (e *Emulator) results(c *call, op mediaconnect.Operation, size wire.Opt[int64], token wire.Opt[string], length int) (from, to int, next wire.Opt[string], refused *refusal) {
	n := size.Or(mediaconnect.DefaultMaxResults)
	if n < mediaconnect.MinMaxResults || n > mediaconnect.MaxMaxResults {
		return 0, 0, next, refuse(mediaconnect.BadRequestException, "Invalid value %d for maxResults: it must be from %d to %d.", n, mediaconnect.MinMaxResults, mediaconnect.MaxMaxResults)
	}
	purpose := [...]string{op.String(), c.owner.account, c.owner.region}
	if token.Value != "" {
		var ok bool
		if from, ok = e.tokens.open(purpose[:], token.Value, length); !ok {
			return 0, 0, next, refuse(mediaconnect.BadRequestException, "Invalid value %s for nextToken: it is none that this request was given.", wire.Quote(token.Value))
		}
	}
	if to = min(from+int(n), length); to < length {
		next = wire.Some(e.tokens.seal(purpose[:], to))
	}
	return from, to, next, nil
}

// describeOffering answers DescribeOffering.
func (e *Emulator) describeOffering(c *call, in *mediaconnect.DescribeOfferingInput) (mediaconnect.Output, *refusal) {
	o, refused := e.offering(c, in.OfferingArn.Value)
	if refused != nil {
		return nil, refused
	}
	out := &c.offering
	out.Offering.Set(*o)
	return out, nil
}

// offering finds an offering of the caller's region.
//
// undocumented: foreign-arn. An ARN that is none, or one of another region or
// account, names nothing that is there: NotFoundException.
func (e *Emulator) offering(c *call, arn string) (*mediaconnect.Offering, *refusal) {
	region, _, _ := catalogue.SplitOfferingArn(arn)
	if o, ok := e.options.Catalogue.MediaConnectOffering(arn); ok && region == c.owner.region {
		return o, nil
	}
	return nil, refuse(mediaconnect.NotFoundException, "There is no offering %s in %s.", wire.Quote(arn), wire.Quote(c.owner.region))
}

// describeReservation answers DescribeReservation.
func (e *Emulator) describeReservation(c *call, in *mediaconnect.DescribeReservationInput) (mediaconnect.Output, *refusal) {
	found := e.reservations.of(c.owner).find(in.ReservationArn.Value)
	if found == nil {
		return nil, refuse(mediaconnect.NotFoundException, "There is no reservation %s.", wire.Quote(in.ReservationArn.Value))
	}
	out := &mediaconnect.DescribeReservationOutput{}
	out.Reservation.State = wire.Present
	e.fillReservation(&out.Reservation.Value, &found[0], e.options.Now())
	return out, nil
}

// cloneOffering lets go of the request that the ARN came with.
func cloneOffering(o *mediaconnect.Offering) *mediaconnect.Offering {
	o.OfferingArn.Value = strings.Clone(o.OfferingArn.Value)
	return o
}
