package emulator

import (
	"time"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// records are what an answer of RDS holds.
type records struct {
	offerings []*rds.ReservedDBInstancesOffering
	instances []instance // one, where it is what was bought
	now       time.Time  // decides over the State of instances
	marker    string     // empty on the last page
}

// appendRecords appends the body of the answer that holds c.records. It is put
// together from stencils where those give what the codec writes, which is nearly
// always, and else written by the codec.
func (e *Emulator) appendRecords(c *call, op rds.Operation, version rds.Version) (err error) {
	r := &c.records
	frame, ok := frames()[frameKey{op, version, r.marker != ""}]
	// Of one offering no stencil is made: it may be a copy, see describeOfferings.
	ok = ok && (len(r.instances) > 0 || len(r.offerings) > 1) && isPlain(c.requestID)
	for i := range r.instances {
		ok = ok && r.instances[i].plain
	}
	if !ok {
		c.reply.body, err = rds.Encoder{Version: version, Indent: true}.AppendBody(c.reply.body, e.output(c, op, version))
		return err
	}
	dst := append(append(append(c.reply.body, frame.start...), r.marker...), frame.records...)
	for _, o := range r.offerings {
		dst = append(dst, e.stencils.offering(o)...)
	}
	dst = e.appendInstances(dst, c, formOf(op, version))
	c.reply.body = append(append(append(dst, frame.requestID...), c.requestID...), frame.end...)
	return nil
}

func (e *Emulator) appendInstances(dst []byte, c *call, form stencilForm) []byte {
	r := &c.records
	var last stencil // neighbours are often of one offering, and of one moment
	for i := range r.instances {
		in := &r.instances[i]
		if i == 0 || in.offering != r.instances[i-1].offering {
			last = e.stencils.instance(in.offering, form)
		}
		dst = last.appendTo(dst, in, e.instanceState(in, r.now), &c.start)
	}
	return dst
}

// output makes what the codec writes.
func (e *Emulator) output(c *call, op rds.Operation, version rds.Version) rds.Output {
	r := &c.records
	metadata := rds.Metadata{}
	metadata.RequestID.Set(c.requestID)
	marker := wire.Opt[string]{}
	if r.marker != "" {
		marker.Set(r.marker)
	}
	if op == rds.DescribeReservedDBInstancesOfferings {
		offerings := make([]rds.ReservedDBInstancesOffering, len(r.offerings))
		for i, o := range r.offerings {
			offerings[i] = *o
		}
		return &rds.DescribeReservedDBInstancesOfferingsOutput{ReservedDBInstancesOfferings: wire.Some(offerings), Marker: marker, Metadata: metadata}
	}
	instances := make([]rds.ReservedDBInstance, len(r.instances))
	for i := range instances {
		e.fillInstance(&instances[i], &r.instances[i], version, r.now)
	}
	if op == rds.PurchaseReservedDBInstancesOffering {
		return &rds.PurchaseReservedDBInstancesOfferingOutput{ReservedDBInstance: wire.Some(instances[0]), Metadata: metadata}
	}
	return &rds.DescribeReservedDBInstancesOutput{ReservedDBInstances: wire.Some(instances), Marker: marker, Metadata: metadata}
}
