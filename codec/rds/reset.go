package rds

import "wireproof/codec/wire"

// The reset methods empty a struct and keep what its lists have room for.

func (r *ReservedDBInstance) reset() {
	*r = ReservedDBInstance{RecurringCharges: emptied(r.RecurringCharges), Unknown: r.Unknown[:0]}
}

func (r *ReservedDBInstancesOffering) reset() {
	*r = ReservedDBInstancesOffering{RecurringCharges: emptied(r.RecurringCharges), Unknown: r.Unknown[:0]}
}

func (m *Metadata) emptied() Metadata {
	return Metadata{Unknown: m.Unknown[:0], UnknownEnvelope: m.UnknownEnvelope[:0]}
}

func (o *DescribeReservedDBInstancesOfferingsOutput) resetOutput() {
	*o = DescribeReservedDBInstancesOfferingsOutput{
		ReservedDBInstancesOfferings: emptied(o.ReservedDBInstancesOfferings),
		Metadata:                     o.Metadata.emptied(),
	}
}

func (o *PurchaseReservedDBInstancesOfferingOutput) resetOutput() {
	o.ReservedDBInstance.State = wire.Absent
	o.ReservedDBInstance.Value.reset()
	o.Metadata = o.Metadata.emptied()
}

func (o *DescribeReservedDBInstancesOutput) resetOutput() {
	*o = DescribeReservedDBInstancesOutput{
		ReservedDBInstances: emptied(o.ReservedDBInstances),
		Metadata:            o.Metadata.emptied(),
	}
}

func (in *DescribeReservedDBInstancesOfferingsInput) resetInput() {
	*in = DescribeReservedDBInstancesOfferingsInput{Filters: emptied(in.Filters), Unknown: in.Unknown[:0]}
}

func (in *PurchaseReservedDBInstancesOfferingInput) resetInput() {
	*in = PurchaseReservedDBInstancesOfferingInput{Tags: emptied(in.Tags), Unknown: in.Unknown[:0]}
}

func (in *DescribeReservedDBInstancesInput) resetInput() {
	*in = DescribeReservedDBInstancesInput{Filters: emptied(in.Filters), Unknown: in.Unknown[:0]}
}

// emptied is an absent list that keeps its room.
func emptied[T any](o wire.Opt[[]T]) wire.Opt[[]T] { return wire.Opt[[]T]{Value: o.Value[:0]} }
