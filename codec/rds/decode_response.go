package rds

import (
	"strconv"
	"strings"

	"wireproof/codec/wire"
	"wireproof/codec/xmlwire"
)

func itoa(n int) string { return strconv.Itoa(n) }

// decodeBody reads the envelope: root, result wrapper, response metadata.
// Smithy awsQuery, "Response serialization"; WIRE.md B.11.
func (d *Decoder) decodeBody(body string, out Output) error {
	out.resetOutput()
	x := &d.xml
	x.Reset(body)
	if !x.Root() {
		return x.Err()
	}
	op := out.Operation()
	root, at := x.Name(), x.TagOffset()
	if root == "ErrorResponse" {
		d.inBody(KindErrorAsSuccess, wire.Split, at, "<"+responseRoots[op]+">", "<ErrorResponse> with a status of success")
		e := new(Error)
		if err := d.errorBody(e); err != nil {
			return err
		}
		return e
	}
	if want := responseRoots[op]; root != want {
		d.inBody(KindRoot, wire.Departure, at, "<"+want+">", "<"+root+">")
	}
	meta, seen := d.envelope(op, at, out)
	if err := x.Finish(); err != nil {
		return err
	}
	if !seen {
		d.inBody(KindResultWrapper, wire.Split, at, "<"+op.String()+"Result>", "none")
	}
	if !meta.RequestID.IsPresent() {
		d.inBody(KindMetadata, wire.Departure, at, "<ResponseMetadata> with a <RequestId>", "none")
	}
	return nil
}

// envelope reads what is in the root and reports whether the result wrapper was
// there.
func (d *Decoder) envelope(op Operation, root int, out Output) (meta *Metadata, seen bool) {
	x, names := &d.xml, envelopeNames[op]
	var version Version
	entered := x.Enter()
	if ns := x.Namespace(); entered {
		var ok bool
		if version, ok = namespaceVersion(ns); !ok {
			d.inBody(KindNamespace, wire.Departure, root, Latest.Namespace(), wire.Quote(ns))
		}
	}
	switch out := out.(type) {
	case *DescribeReservedDBInstancesOfferingsOutput:
		meta = &out.Metadata
	case *PurchaseReservedDBInstancesOfferingOutput:
		meta = &out.Metadata
	case *DescribeReservedDBInstancesOutput:
		meta = &out.Metadata
	}
	d.order.envelope.Start()
	for entered {
		switch d.child(names, &d.order.envelope) {
		case xmlwire.End:
			entered = false
		case xResult:
			if seen {
				d.duplicate()
			}
			seen = true
			d.result(out, version)
		case xMetadata:
			d.metadata(meta)
		default:
			d.unknown(&meta.UnknownEnvelope)
		}
	}
	return meta, seen
}

// metadata reads ResponseMetadata.
func (d *Decoder) metadata(meta *Metadata) {
	x := &d.xml
	if !x.Enter() {
		return
	}
	d.order.metadata.Start()
	for {
		switch x.Child(metadataNames, &d.order.metadata) {
		case xmlwire.End:
			return
		case mRequestId:
			d.text(&meta.RequestID)
		default:
			d.unknown(&meta.UnknownEnvelope)
		}
	}
}

// result reads what is in the result wrapper.
func (d *Decoder) result(out Output, v Version) {
	switch out := out.(type) {
	case *DescribeReservedDBInstancesOfferingsOutput:
		d.offeringsResult(out)
	case *PurchaseReservedDBInstancesOfferingOutput:
		d.purchaseResult(out, v)
	case *DescribeReservedDBInstancesOutput:
		d.instancesResult(out, v)
	}
}

func (d *Decoder) purchaseResult(out *PurchaseReservedDBInstancesOfferingOutput, v Version) {
	x := &d.xml
	if !x.Enter() {
		return
	}
	d.order.result.Start()
	for {
		switch d.child(purchaseNames, &d.order.result) {
		case xmlwire.End:
			return
		case rInstance:
			d.once(out.ReservedDBInstance.State)
			out.ReservedDBInstance.State = wire.Present
			d.instance(&out.ReservedDBInstance.Value, v)
		default:
			d.unknown(&out.Unknown)
		}
	}
}

func (d *Decoder) instancesResult(out *DescribeReservedDBInstancesOutput, v Version) {
	x := &d.xml
	if !x.Enter() {
		return
	}
	d.order.result.Start()
	for {
		switch d.child(instancesNames, &d.order.result) {
		case xmlwire.End:
			return
		case pMarker:
			d.text(&out.Marker)
		case pList:
			d.instances(&out.ReservedDBInstances, v)
		default:
			d.unknown(&out.Unknown)
		}
	}
}

func (d *Decoder) offeringsResult(out *DescribeReservedDBInstancesOfferingsOutput) {
	x := &d.xml
	if !x.Enter() {
		return
	}
	d.order.result.Start()
	for {
		switch d.child(offeringsNames, &d.order.result) {
		case xmlwire.End:
			return
		case pMarker:
			d.text(&out.Marker)
		case pList:
			d.offerings(&out.ReservedDBInstancesOfferings)
		default:
			d.unknown(&out.Unknown)
		}
	}
}

// The lists: an element for each item, under the item's name. Items under
// another name are read too, as boto3 reads them. A list that comes twice goes
// on where it was, as in boto3 and Go.

func (d *Decoder) instances(o *wire.Opt[[]ReservedDBInstance], v Version) {
	x := &d.xml
	d.once(o.State)
	o.State = wire.Present
	if !x.Enter() {
		return
	}
	d.order.list.Start()
	for {
		m := x.Child(instanceListNames, &d.order.list)
		if m == xmlwire.End {
			return
		}
		if m == xmlwire.Unknown && !d.item(instanceListNames, instanceNames) {
			continue
		}
		d.instance(extend(&o.Value, x), v)
	}
}

func (d *Decoder) offerings(o *wire.Opt[[]ReservedDBInstancesOffering]) {
	x := &d.xml
	d.once(o.State)
	o.State = wire.Present
	if !x.Enter() {
		return
	}
	d.order.list.Start()
	for {
		m := x.Child(offeringListNames, &d.order.list)
		if m == xmlwire.End {
			return
		}
		if m == xmlwire.Unknown && !d.item(offeringListNames, offeringNames) {
			continue
		}
		d.offering(extend(&o.Value, x))
	}
}

func (d *Decoder) recurringCharges(o *wire.Opt[[]RecurringCharge]) {
	x := &d.xml
	d.once(o.State)
	o.State = wire.Present
	if !x.Enter() {
		return
	}
	d.order.chargeList.Start()
	for {
		m := x.Child(chargeListNames, &d.order.chargeList)
		if m == xmlwire.End {
			return
		}
		if m == xmlwire.Unknown && !d.item(chargeListNames, chargeNames) {
			continue
		}
		var c *RecurringCharge
		o.Value, c = d.charges.Extend(o.Value)
		d.charge(c)
	}
}

// item decides about a child of a list that is not named as its items are: true
// means to read it as an item.
func (d *Decoder) item(names, members *xmlwire.Names) bool {
	x := &d.xml
	want, got := "<"+names.Name(lItem)+">", "<"+x.Name()+">"
	for i := 1; i <= members.Len(); i++ {
		if members.Name(i) == x.Name() {
			d.inBody(KindFlattened, wire.Split, x.TagOffset(), want, got)
			x.Skip()
			return false
		}
	}
	d.inBody(KindItemName, wire.Split, x.TagOffset(), want, got)
	return true
}

// mostExpected limits how many items room is made for on the strength of the
// first one's size.
const mostExpected = 1024

// extend lengthens a list by one element. Room is made once for as many items as
// the document can hold if all are as long as the first.
func extend[T any](list *[]T, x *xmlwire.Reader) *T {
	n := len(*list)
	if n == cap(*list) {
		room := 2 * n
		if n == 0 {
			room = min(x.Expected(), mostExpected)
		}
		grown := make([]T, n, max(room, n+1))
		copy(grown, *list)
		*list = grown
	}
	*list = (*list)[:n+1]
	return &(*list)[n]
}

func (d *Decoder) instance(r *ReservedDBInstance, v Version) {
	x := &d.xml
	r.reset()
	if !x.Enter() {
		return
	}
	d.order.instance.Start()
	for {
		switch d.child(instanceNames, &d.order.instance) {
		case xmlwire.End:
			return
		case iOfferingType:
			d.text(&r.OfferingType)
		case iCurrencyCode:
			d.text(&r.CurrencyCode)
		case iRecurringCharges:
			d.recurringCharges(&r.RecurringCharges)
		case iProductDescription:
			d.text(&r.ProductDescription)
		case iReservedDBInstancesOfferingId:
			d.text(&r.ReservedDBInstancesOfferingId)
		case iMultiAZ:
			d.boolean(&r.MultiAZ)
		case iState:
			d.text(&r.State)
		case iReservedDBInstanceId:
			d.text(&r.ReservedDBInstanceId)
		case iDBInstanceCount:
			d.integer(&r.DBInstanceCount)
		case iStartTime:
			d.timestamp(&r.StartTime)
		case iDuration:
			d.integer(&r.Duration)
		case iFixedPrice:
			d.double(&r.FixedPrice)
		case iUsagePrice:
			d.double(&r.UsagePrice)
		case iDBInstanceClass:
			d.text(&r.DBInstanceClass)
		case iReservedDBInstanceArn:
			d.versioned(v, v.HasArn(), iReservedDBInstanceArn)
			d.text(&r.ReservedDBInstanceArn)
		case iLeaseId:
			d.versioned(v, v.HasLeaseId(), iLeaseId)
			d.text(&r.LeaseId)
		default:
			d.unknown(&r.Unknown)
		}
	}
}

func (d *Decoder) offering(r *ReservedDBInstancesOffering) {
	x := &d.xml
	r.reset()
	if !x.Enter() {
		return
	}
	d.order.offering.Start()
	for {
		switch d.child(offeringNames, &d.order.offering) {
		case xmlwire.End:
			return
		case oDuration:
			d.integer(&r.Duration)
		case oOfferingType:
			d.text(&r.OfferingType)
		case oCurrencyCode:
			d.text(&r.CurrencyCode)
		case oRecurringCharges:
			d.recurringCharges(&r.RecurringCharges)
		case oFixedPrice:
			d.double(&r.FixedPrice)
		case oProductDescription:
			d.text(&r.ProductDescription)
		case oUsagePrice:
			d.double(&r.UsagePrice)
		case oMultiAZ:
			d.boolean(&r.MultiAZ)
		case oReservedDBInstancesOfferingId:
			d.text(&r.ReservedDBInstancesOfferingId)
		case oDBInstanceClass:
			d.text(&r.DBInstanceClass)
		default:
			d.unknown(&r.Unknown)
		}
	}
}

func (d *Decoder) charge(r *RecurringCharge) {
	x := &d.xml
	*r = RecurringCharge{Unknown: r.Unknown[:0]}
	if !x.Enter() {
		return
	}
	d.order.charge.Start()
	for {
		switch d.child(chargeNames, &d.order.charge) {
		case xmlwire.End:
			return
		case cRecurringChargeFrequency:
			d.text(&r.RecurringChargeFrequency)
		case cRecurringChargeAmount:
			d.double(&r.RecurringChargeAmount)
		default:
			d.unknown(&r.Unknown)
		}
	}
}

// child moves to the next element and gives its index, also where its name
// differs from that of a member in case only.
func (d *Decoder) child(names *xmlwire.Names, order *xmlwire.Order) int {
	if m := d.xml.Child(names, order); m != xmlwire.Unknown {
		return m
	}
	return d.fold(names)
}

// fold gives the member whose name differs from the child's in case only. Go
// compares names that way; boto3 and JavaScript leave the member out.
func (d *Decoder) fold(names *xmlwire.Names) int {
	x := &d.xml
	for i := 1; i <= names.Len(); i++ {
		if strings.EqualFold(names.Name(i), x.Name()) {
			d.inBody(wire.KindCase, wire.Split, x.TagOffset(), "<"+names.Name(i)+">", "<"+x.Name()+">")
			return i
		}
	}
	return xmlwire.Unknown
}

// unknown keeps an element that no model names.
func (d *Decoder) unknown(list *[]wire.Unknown) {
	x := &d.xml
	u := wire.Unknown{Name: x.QName(), Offset: x.TagOffset()}
	u.Raw = x.Skip()
	if !d.DropUnknown {
		*list = append(*list, u)
	}
}

// once notes a member that was there before.
func (d *Decoder) once(s wire.State) {
	if s != wire.Absent {
		d.duplicate()
	}
}

func (d *Decoder) duplicate() {
	d.inBody(wire.KindDuplicate, wire.Split, d.xml.TagOffset(), "the element once", "once more")
}

// versioned notes a member that the version of the root's namespace lacks.
func (d *Decoder) versioned(v Version, has bool, member int) {
	if v != "" && !has {
		name := instanceNames.Name(member)
		d.inBody(wire.KindVersion, wire.Departure, d.xml.TagOffset(), "no <"+name+"> in "+string(v), "<"+name+">")
	}
}
