package emulator

import (
	"time"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// instance is what is kept of a purchase at RDS; the rest is the offering's.
type instance struct {
	// text is the ARN, which ends with the id, and behind it the LeaseId: one
	// string instead of three, since there may be a million of them.
	text      string
	offering  *rds.ReservedDBInstancesOffering
	purchased int64 // Unix milliseconds
	count     int32
	idAt      uint16 // where the id starts in text
	plain     bool   // whether text needs no escape in XML
}

func newInstance(o owner, id string, sequence uint64, offering *rds.ReservedDBInstancesOffering, purchased time.Time, count int64) instance {
	text := append(make([]byte, 0, 256), "arn:aws:rds:"...)
	text = append(append(append(append(text, o.region...), ':'), o.account...), ":ri:"...)
	at := len(text)
	lease := leaseID(o, sequence)
	text = append(append(text, id...), lease[:]...)
	r := instance{text: string(text), offering: offering, purchased: purchased.UnixMilli(), count: int32(count), idAt: uint16(at)}
	r.plain = isPlain(r.arn()) // a LeaseId always is
	return r
}

func (r *instance) arn() string   { return r.text[:len(r.text)-leaseLength] }
func (r *instance) id() string    { return r.text[r.idAt : len(r.text)-leaseLength] }
func (r *instance) lease() string { return r.text[len(r.text)-leaseLength:] }

// maxInstanceID is the longest ReservedDBInstanceId in bytes.
const maxInstanceID = 255

// purchaseInstances answers PurchaseReservedDBInstancesOffering. WIRE.md sections
// B.3 and B.15.
//
// undocumented: purchase-order. What is checked first where several things are
// wrong: the parameters, the offering, the id, the quota, the room in memory.
func (e *Emulator) purchaseInstances(c *call, in *rds.PurchaseReservedDBInstancesOfferingInput) *refusal {
	id, named := in.ReservedDBInstanceId.Get()
	count := in.DBInstanceCount.Or(1)
	switch {
	case in.ReservedDBInstancesOfferingId.Value == "":
		// undocumented: empty-parameters. An empty id cannot be meant; in a describe
		// operation an empty parameter is none.
		return refuse(rds.InvalidParameterValue, "ReservedDBInstancesOfferingId must not be empty.")
	case named && id == "":
		return refuse(rds.InvalidParameterValue, "ReservedDBInstanceId must not be empty.")
	case len(id) > maxInstanceID || !isXML(id):
		// undocumented: reservation-ids. Which ids a buyer may choose; they are kept
		// and compared as they were sent, case included.
		return refuse(rds.InvalidParameterValue, "ReservedDBInstanceId must have at most %d bytes, all of characters that XML allows.", maxInstanceID)
	case count < 1:
		// undocumented: count-range. The documentation has a default and no range.
		return refuse(rds.InvalidParameterValue, "Invalid value %d for DBInstanceCount: it must be 1 or more.", count)
	}
	offering, ok := e.options.Catalogue.RDSOffering(in.ReservedDBInstancesOfferingId.Value)
	if !ok {
		return noOffering(in.ReservedDBInstancesOfferingId.Value)
	}

	if count > e.options.RDSQuota && e.instances.of(c.owner) == nil { // no shelf is made for it
		return e.overQuota(0, count)
	}

	s := e.instances.open(c.owner, e.options.MaxAccounts)
	if s == nil {
		return refuse(rds.ServiceUnavailable, noAccount, e.options.MaxAccounts)
	}
	s.buying.Lock()
	defer s.buying.Unlock()
	if named && s.has(id) {
		return refuse(rds.ReservedDBInstanceAlreadyExistsFault, "There is a reservation %s already.", wire.Quote(id))
	}
	now := e.options.Now()
	if s.sum+count > e.options.RDSQuota {
		return e.overQuota(s.sum, count)
	}
	if !e.take() {
		return refuse(rds.ServiceUnavailable, noReservation, e.options.MaxReservations)
	}
	if !named {
		id = instanceID(s, now)
	}
	sequence := e.sequence.Add(1)
	r := newInstance(c.owner, id, sequence, offering, now, count)
	if refused := e.keepInstance(c, &r, sequence, in); refused != nil {
		e.kept.Add(-1)
		return refused
	}
	s.add(r.id(), r, offering)
	s.sum += count
	c.records.instances, c.records.now = append(c.records.instances, r), now
	return nil
}

func (e *Emulator) overQuota(sum, count int64) *refusal {
	return refuse(rds.ReservedDBInstanceQuotaExceededFault, "%d DB instances are reserved, and %d more would exceed the quota of %d.", sum, count, e.options.RDSQuota)
}

func noOffering(id string) *refusal {
	return refuse(rds.ReservedDBInstancesOfferingNotFoundFault, "There is no offering %s.", wire.Quote(id))
}

// fillInstance makes the record of a reservation as it is at the time now.
func (e *Emulator) fillInstance(dst *rds.ReservedDBInstance, r *instance, version rds.Version, now time.Time) {
	fillOffering(dst, r.offering)
	dst.ReservedDBInstanceId = wire.Some(r.id())
	dst.StartTime = wire.Some(wire.TimestampOf(time.UnixMilli(r.purchased)))
	dst.DBInstanceCount = wire.Some(int64(r.count))
	dst.State = wire.Some(e.instanceState(r, now))
	if version.HasArn() {
		dst.ReservedDBInstanceArn = wire.Some(r.arn())
	}
	if version.HasLeaseId() {
		dst.LeaseId = wire.Some(r.lease())
	}
}

// fillOffering makes a record of the members that are the offering's.
func fillOffering(dst *rds.ReservedDBInstance, o *rds.ReservedDBInstancesOffering) {
	*dst = rds.ReservedDBInstance{
		ReservedDBInstancesOfferingId: o.ReservedDBInstancesOfferingId,
		DBInstanceClass:               o.DBInstanceClass,
		Duration:                      o.Duration,
		FixedPrice:                    o.FixedPrice,
		UsagePrice:                    o.UsagePrice,
		CurrencyCode:                  o.CurrencyCode,
		ProductDescription:            o.ProductDescription,
		OfferingType:                  o.OfferingType,
		MultiAZ:                       o.MultiAZ,
		RecurringCharges:              o.RecurringCharges,
	}
}

// The values of State. WIRE.md sections B.11 and H.
const (
	statePending = "payment-pending"
	stateActive  = "active"
)

// instanceState is payment-pending at first and active from then on.
//
// undocumented: instance-expiry. What State a reservation has once its term is
// over is not in the sources; it stays active here, and counts for the quota.
func (e *Emulator) instanceState(r *instance, now time.Time) string {
	if now.UnixMilli() < r.purchased+e.options.ActiveAfter.Milliseconds() {
		return statePending
	}
	return stateActive
}

// isXML reports whether every character of s may stand in XML. XML 1.0 section
// 2.2.
func isXML(s string) bool {
	for _, r := range s {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return false
		}
	}
	return true
}
