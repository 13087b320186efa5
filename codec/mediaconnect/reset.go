package mediaconnect

import "wireproof/codec/wire"

// The methods below empty a struct and keep the capacity of its lists, so that a
// caller who decodes into the same struct again allocates nothing.

func (r *ResourceSpecification) reset() { *r = ResourceSpecification{Unknown: r.Unknown[:0]} }

func (o *Offering) reset() {
	inner := o.ResourceSpecification.Value.Unknown
	*o = Offering{Unknown: o.Unknown[:0]}
	o.ResourceSpecification.Value.Unknown = inner[:0]
}

func (r *Reservation) reset() {
	inner := r.ResourceSpecification.Value.Unknown
	*r = Reservation{Unknown: r.Unknown[:0]}
	r.ResourceSpecification.Value.Unknown = inner[:0]
}

func (m Metadata) empty() Metadata { return Metadata{Unknown: m.Unknown[:0]} }

func (in *ListOfferingsInput) resetInput()    { *in = ListOfferingsInput{Unknown: in.Unknown[:0]} }
func (in *DescribeOfferingInput) resetInput() { *in = DescribeOfferingInput{Unknown: in.Unknown[:0]} }
func (in *PurchaseOfferingInput) resetInput() {
	*in = PurchaseOfferingInput{Unknown: in.Unknown[:0], UnknownQuery: in.UnknownQuery[:0]}
}
func (in *ListReservationsInput) resetInput() { *in = ListReservationsInput{Unknown: in.Unknown[:0]} }
func (in *DescribeReservationInput) resetInput() {
	*in = DescribeReservationInput{Unknown: in.Unknown[:0]}
}

func (out *ListOfferingsOutput) resetOutput() {
	*out = ListOfferingsOutput{Offerings: wire.Opt[[]Offering]{Value: out.Offerings.Value[:0]}, Metadata: out.empty()}
}

func (out *DescribeOfferingOutput) resetOutput() {
	out.Offering.Value.reset()
	out.Offering.State = wire.Absent
	out.Metadata = out.empty()
}

func (out *PurchaseOfferingOutput) resetOutput() {
	out.Reservation.Value.reset()
	out.Reservation.State = wire.Absent
	out.Metadata = out.empty()
}

func (out *ListReservationsOutput) resetOutput() {
	*out = ListReservationsOutput{Reservations: wire.Opt[[]Reservation]{Value: out.Reservations.Value[:0]}, Metadata: out.empty()}
}

func (out *DescribeReservationOutput) resetOutput() {
	out.Reservation.Value.reset()
	out.Reservation.State = wire.Absent
	out.Metadata = out.empty()
}
