package rds

import (
	"wireproof/codec/wire"
	"wireproof/codec/xmlwire"
)

// bodyWriter writes the members of response bodies.
type bodyWriter struct {
	xmlwire.Writer
	version Version
}

// document ends the document; indented, it ends with a line feed, as the real
// service ends it.
func (w *bodyWriter) document(indent bool) ([]byte, error) {
	body, err := w.Finish()
	if err == nil && indent {
		body = append(body, '\n')
	}
	return body, err
}

func (w *bodyWriter) text(n *xmlwire.Names, i int, o *wire.Opt[string]) {
	if o.State == wire.Present {
		w.Leaf(n, i, o.Value)
	}
}

func (w *bodyWriter) integer(n *xmlwire.Names, i int, o *wire.Opt[int64]) {
	if o.State != wire.Present {
		return
	}
	if !wire.InInt32(o.Value) {
		w.Fail(n, i, "integer that does not fit 32 bits")
	}
	w.LeafInt(n, i, o.Value)
}

func (w *bodyWriter) double(n *xmlwire.Names, i int, o *wire.Opt[float64]) {
	if o.State == wire.Present {
		w.LeafDouble(n, i, o.Value)
	}
}

func (w *bodyWriter) boolean(n *xmlwire.Names, i int, o *wire.Opt[bool]) {
	if o.State == wire.Present {
		w.LeafBool(n, i, o.Value)
	}
}

func (w *bodyWriter) timestamp(n *xmlwire.Names, i int, o *wire.Opt[wire.Timestamp]) {
	if o.State == wire.Present {
		w.LeafTime(n, i, o.Value)
	}
}

// versioned writes a member that not every version has.
func (w *bodyWriter) versioned(n *xmlwire.Names, i int, o *wire.Opt[string], has bool) {
	if o.State == wire.Present && !has {
		w.Fail(n, i, "no member of version "+string(w.version))
	}
	w.text(n, i, o)
}

func (w *bodyWriter) unknown(list []wire.Unknown) {
	for i := range list {
		w.Element(list[i].Raw)
	}
}

func (w *bodyWriter) instances(o *wire.Opt[[]ReservedDBInstance]) {
	if !w.list(instancesNames, pList, o.State, len(o.Value)) {
		return
	}
	for i := range o.Value {
		w.instance(instanceListNames, lItem, &o.Value[i])
	}
	w.End()
}

func (w *bodyWriter) offerings(o *wire.Opt[[]ReservedDBInstancesOffering]) {
	if !w.list(offeringsNames, pList, o.State, len(o.Value)) {
		return
	}
	for i := range o.Value {
		w.offering(&o.Value[i])
	}
	w.End()
}

func (w *bodyWriter) charges(n *xmlwire.Names, i int, o *wire.Opt[[]RecurringCharge]) {
	if !w.list(n, i, o.State, len(o.Value)) {
		return
	}
	for j := range o.Value {
		c := &o.Value[j]
		w.Start(chargeListNames, lItem)
		w.text(chargeNames, cRecurringChargeFrequency, &c.RecurringChargeFrequency)
		w.double(chargeNames, cRecurringChargeAmount, &c.RecurringChargeAmount)
		w.unknown(c.Unknown)
		w.End()
	}
	w.End()
}

// list opens a list and reports whether it has items; an empty one is written as
// an empty-element tag, as in every sample.
func (w *bodyWriter) list(n *xmlwire.Names, i int, s wire.State, length int) bool {
	switch {
	case s != wire.Present:
		return false
	case length == 0:
		w.Empty(n, i)
		return false
	}
	w.Start(n, i)
	return true
}

func (w *bodyWriter) instance(names *xmlwire.Names, index int, r *ReservedDBInstance) {
	n := instanceNames
	w.Start(names, index)
	w.text(n, iOfferingType, &r.OfferingType)
	w.text(n, iCurrencyCode, &r.CurrencyCode)
	w.charges(n, iRecurringCharges, &r.RecurringCharges)
	w.text(n, iProductDescription, &r.ProductDescription)
	w.text(n, iReservedDBInstancesOfferingId, &r.ReservedDBInstancesOfferingId)
	w.boolean(n, iMultiAZ, &r.MultiAZ)
	w.text(n, iState, &r.State)
	w.text(n, iReservedDBInstanceId, &r.ReservedDBInstanceId)
	w.integer(n, iDBInstanceCount, &r.DBInstanceCount)
	w.timestamp(n, iStartTime, &r.StartTime)
	w.integer(n, iDuration, &r.Duration)
	w.double(n, iFixedPrice, &r.FixedPrice)
	w.double(n, iUsagePrice, &r.UsagePrice)
	w.text(n, iDBInstanceClass, &r.DBInstanceClass)
	w.versioned(n, iReservedDBInstanceArn, &r.ReservedDBInstanceArn, w.version.HasArn())
	w.versioned(n, iLeaseId, &r.LeaseId, w.version.HasLeaseId())
	w.unknown(r.Unknown)
	w.End()
}

func (w *bodyWriter) offering(r *ReservedDBInstancesOffering) {
	n := offeringNames
	w.Start(offeringListNames, lItem)
	w.integer(n, oDuration, &r.Duration)
	w.text(n, oOfferingType, &r.OfferingType)
	w.text(n, oCurrencyCode, &r.CurrencyCode)
	w.charges(n, oRecurringCharges, &r.RecurringCharges)
	w.double(n, oFixedPrice, &r.FixedPrice)
	w.text(n, oProductDescription, &r.ProductDescription)
	w.double(n, oUsagePrice, &r.UsagePrice)
	w.boolean(n, oMultiAZ, &r.MultiAZ)
	w.text(n, oReservedDBInstancesOfferingId, &r.ReservedDBInstancesOfferingId)
	w.text(n, oDBInstanceClass, &r.DBInstanceClass)
	w.unknown(r.Unknown)
	w.End()
}
