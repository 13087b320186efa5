package rds

import (
	"strconv"

	"wireproof/codec/wire"
)

// member is a bit for each member that a request can have, to find the one that
// comes again.
type member uint16

const (
	memberReservedDBInstancesOfferingId member = 1 << iota
	memberReservedDBInstanceId
	memberDBInstanceClass
	memberDuration
	memberProductDescription
	memberOfferingType
	memberMultiAZ
	memberLeaseId
	memberMaxRecords
	memberMarker
	memberDBInstanceCount
	memberFilters
	memberTags
)

// readMembers gives every parameter to its member, puts the lists together and
// finishes the findings.
func (d *Decoder) readMembers(in Input) {
	switch in := in.(type) {
	case *DescribeReservedDBInstancesOfferingsInput:
		d.readOfferings(in)
	case *PurchaseReservedDBInstancesOfferingInput:
		d.readPurchase(in)
	case *DescribeReservedDBInstancesInput:
		d.readInstances(in)
	}
	d.settle()
}

func (d *Decoder) readOfferings(in *DescribeReservedDBInstancesOfferingsInput) {
	for i := range d.request.params {
		p := &d.request.params[i]
		switch p.Name {
		case "ReservedDBInstancesOfferingId":
			d.textParameter(memberReservedDBInstancesOfferingId, p, &in.ReservedDBInstancesOfferingId)
		case "DBInstanceClass":
			d.textParameter(memberDBInstanceClass, p, &in.DBInstanceClass)
		case "Duration":
			d.textParameter(memberDuration, p, &in.Duration)
		case "ProductDescription":
			d.textParameter(memberProductDescription, p, &in.ProductDescription)
		case "OfferingType":
			d.textParameter(memberOfferingType, p, &in.OfferingType)
		case "MultiAZ":
			d.booleanParameter(memberMultiAZ, p, &in.MultiAZ)
		case "MaxRecords":
			d.integerParameter(memberMaxRecords, p, &in.MaxRecords)
		case "Marker":
			d.textParameter(memberMarker, p, &in.Marker)
		default:
			if !d.listParameter(&filterList, i) {
				d.keepUnknown(&in.Unknown, p)
			}
		}
	}
	d.readFilters(&in.Filters)
}

func (d *Decoder) readPurchase(in *PurchaseReservedDBInstancesOfferingInput) {
	for i := range d.request.params {
		p := &d.request.params[i]
		switch p.Name {
		case "ReservedDBInstancesOfferingId":
			d.textParameter(memberReservedDBInstancesOfferingId, p, &in.ReservedDBInstancesOfferingId)
		case "ReservedDBInstanceId":
			d.textParameter(memberReservedDBInstanceId, p, &in.ReservedDBInstanceId)
		case "DBInstanceCount":
			d.integerParameter(memberDBInstanceCount, p, &in.DBInstanceCount)
		default:
			if !d.listParameter(&tagList, i) {
				d.keepUnknown(&in.Unknown, p)
			}
		}
	}
	d.readTags(&in.Tags)
	if d.request.had&memberReservedDBInstancesOfferingId == 0 {
		d.note(wire.KindRequired, wire.Unreadable, place{part: d.request.part}, "ReservedDBInstancesOfferingId", "a required member", "none")
	}
}

func (d *Decoder) readInstances(in *DescribeReservedDBInstancesInput) {
	for i := range d.request.params {
		p := &d.request.params[i]
		switch p.Name {
		case "ReservedDBInstanceId":
			d.textParameter(memberReservedDBInstanceId, p, &in.ReservedDBInstanceId)
		case "ReservedDBInstancesOfferingId":
			d.textParameter(memberReservedDBInstancesOfferingId, p, &in.ReservedDBInstancesOfferingId)
		case "DBInstanceClass":
			d.textParameter(memberDBInstanceClass, p, &in.DBInstanceClass)
		case "Duration":
			d.textParameter(memberDuration, p, &in.Duration)
		case "ProductDescription":
			d.textParameter(memberProductDescription, p, &in.ProductDescription)
		case "OfferingType":
			d.textParameter(memberOfferingType, p, &in.OfferingType)
		case "MultiAZ":
			d.booleanParameter(memberMultiAZ, p, &in.MultiAZ)
		case "LeaseId":
			if !d.request.call.ReadAs.HasLeaseId() {
				d.noteVersion(p)
			}
			d.textParameter(memberLeaseId, p, &in.LeaseId)
		case "MaxRecords":
			d.integerParameter(memberMaxRecords, p, &in.MaxRecords)
		case "Marker":
			d.textParameter(memberMarker, p, &in.Marker)
		default:
			if !d.listParameter(&filterList, i) {
				d.keepUnknown(&in.Unknown, p)
			}
		}
	}
	d.readFilters(&in.Filters)
}

// first reports whether the member was not there before. The first of several
// is the one handed over, as Smithy rules for HTTP queries.
func (d *Decoder) first(m member, p *parameter) bool {
	if d.request.had&m != 0 {
		d.noteDuplicate(p)
		return false
	}
	d.request.had |= m
	return true
}

func (d *Decoder) noteDuplicate(p *parameter) {
	d.note(wire.KindDuplicate, wire.Split, p.at(), p.Name, "each name once", wire.Quote(p.Value))
}

func (d *Decoder) noteVersion(p *parameter) {
	d.note(wire.KindVersion, wire.Split, p.at(), p.Name, "a member of "+string(d.request.call.ReadAs), p.Name)
}

func (d *Decoder) textParameter(m member, p *parameter, dst *wire.Opt[string]) {
	if d.first(m, p) {
		dst.Set(p.Value)
	}
}

// integerParameter reads a plain decimal integer. A plus sign, leading zeros and
// a negative zero are read by most; no reader is known of any other form.
// WIRE.md section B.5.
func (d *Decoder) integerParameter(m member, p *parameter, dst *wire.Opt[int64]) {
	if !d.first(m, p) {
		return
	}
	v, ok := wire.ParseInt(p.Value)
	if !ok {
		var err error
		if v, err = strconv.ParseInt(p.Value, 10, 64); err != nil {
			d.note(wire.KindInteger, wire.Unreadable, p.valueAt(), p.Name, "a decimal integer", wire.Quote(p.Value))
			return
		}
		d.note(wire.KindInteger, wire.Split, p.valueAt(), p.Name, "a decimal integer", wire.Quote(p.Value))
	}
	if !wire.InInt32(v) {
		d.note(wire.KindIntegerRange, wire.Split, p.valueAt(), p.Name, "an integer of 32 bits", wire.Quote(p.Value))
	}
	dst.Set(v)
}

// booleanParameter reads true or false, and what the decoder of responses takes
// for them too. WIRE.md section B.5.
func (d *Decoder) booleanParameter(m member, p *parameter, dst *wire.Opt[bool]) {
	if !d.first(m, p) {
		return
	}
	level := wire.Split
	switch p.Value {
	case "true", "false":
		dst.Set(p.Value == "true")
		return
	case "TRUE", "True", "1":
		dst.Set(true)
	case "FALSE", "False", "0":
		dst.Set(false)
	default:
		level = wire.Unreadable
	}
	d.note(wire.KindBoolean, level, p.valueAt(), p.Name, "true or false", wire.Quote(p.Value))
}

// keepUnknown keeps a parameter that no member takes.
func (d *Decoder) keepUnknown(unknown *[]wire.Unknown, p *parameter) {
	if d.request.seen.Add(p.Name) {
		d.noteDuplicate(p)
	}
	if !d.DropUnknown {
		*unknown = append(*unknown, wire.Unknown{Name: p.Name, Raw: p.RawValue, Offset: p.ValueOffset})
	}
}
