package emulator

import (
	"strconv"
	"strings"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// The page sizes of RDS. WIRE.md section B.3; boto/boto3#3798.
const (
	minRecords     = 20
	maxRecords     = 100
	defaultRecords = 100
)

// describeOfferings answers DescribeReservedDBInstancesOfferings.
func (e *Emulator) describeOfferings(c *call, version rds.Version, in *rds.DescribeReservedDBInstancesOfferingsInput) *refusal {
	f := filter{
		offeringID: in.ReservedDBInstancesOfferingId.Value, class: in.DBInstanceClass.Value, duration: in.Duration.Value,
		product: in.ProductDescription.Value, offeringType: in.OfferingType.Value, multiAZ: in.MultiAZ,
		partial: version == rds.V20141031,
	}
	all := e.options.Catalogue.RDS()
	p, refused := e.page(c, rds.DescribeReservedDBInstancesOfferings, &f, in.Filters, in.MaxRecords, in.Marker, len(all))
	if refused != nil {
		return refused
	}
	if f.offeringID != "" {
		o, ok := e.options.Catalogue.RDSOffering(f.offeringID)
		if !ok {
			return noOffering(f.offeringID)
		}
		all = []rds.ReservedDBInstancesOffering{*o} // no stencil is made of it: see [Emulator.appendRecords]
	}
	for i := p.from; i < len(all); i++ {
		if !f.offering(&all[i]) {
			continue
		}
		if len(c.records.offerings) == p.size {
			c.records.marker = e.tokens.seal(p.purpose[:], i)
			break
		}
		c.records.offerings = append(c.records.offerings, &all[i])
	}
	return nil
}

// describeInstances answers DescribeReservedDBInstances, in the order of purchase.
//
// undocumented: order. In which order records are listed, except that it stays the
// same: offerings as in the catalogue, reservations as they were purchased.
func (e *Emulator) describeInstances(c *call, version rds.Version, in *rds.DescribeReservedDBInstancesInput) *refusal {
	f := filter{
		id: in.ReservedDBInstanceId.Value, offeringID: in.ReservedDBInstancesOfferingId.Value, class: in.DBInstanceClass.Value,
		duration: in.Duration.Value, product: in.ProductDescription.Value, offeringType: in.OfferingType.Value, multiAZ: in.MultiAZ,
	}
	if version.HasLeaseId() {
		f.lease = in.LeaseId.Value
	}
	s := e.instances.of(c.owner)
	all := s.all()
	p, refused := e.page(c, rds.DescribeReservedDBInstances, &f, in.Filters, in.MaxRecords, in.Marker, len(all))
	if refused != nil {
		return refused
	}
	if f.id != "" {
		if all = s.find(f.id); all == nil {
			return refuse(rds.ReservedDBInstanceNotFoundFault, "There is no reservation %s.", wire.Quote(f.id))
		}
		s = nil // the numbers on the shelf are none of this list
	}
	c.records.now = e.options.Now()
	w := s.walk(&f, p.from, len(all))
	for i := w.next(); i >= 0; i = w.next() {
		if !f.instance(&all[i]) {
			continue
		}
		if len(c.records.instances) == p.size {
			c.records.marker = e.tokens.seal(p.purpose[:], i)
			break
		}
		c.records.instances = append(c.records.instances, all[i])
	}
	return nil
}

// filter is what a describe operation asks for. An empty string asks for nothing.
//
// undocumented: filter-match. Strings are compared as they are; a value that no
// record has gives an empty list. An id that is not there is an error, one whose
// record the other parameters exclude an empty list.
type filter struct {
	id, offeringID, class, duration, product, offeringType, lease string

	multiAZ wire.Opt[bool]
	// partial says that product is to be contained in the ProductDescription. So
	// it is documented for offerings in 2014-10-31. WIRE.md section B.3.
	partial bool
	seconds int64 // what duration says, or 0
}

// offering reports whether an offering is asked for, its id aside.
func (f *filter) offering(o *rds.ReservedDBInstancesOffering) bool {
	switch {
	case f.class != "" && f.class != o.DBInstanceClass.Value,
		f.seconds != 0 && f.seconds != o.Duration.Value,
		f.offeringType != "" && f.offeringType != o.OfferingType.Value,
		f.multiAZ.IsPresent() && f.multiAZ.Value != o.MultiAZ.Value:
		return false
	case f.partial:
		return strings.Contains(o.ProductDescription.Value, f.product)
	}
	return f.product == "" || f.product == o.ProductDescription.Value
}

// matches reports whether the reservations of an offering are asked for.
func (f *filter) matches(o *rds.ReservedDBInstancesOffering) bool {
	return f.offering(o) && (f.offeringID == "" || f.offeringID == o.ReservedDBInstancesOfferingId.Value)
}

// narrow reports whether some offerings are asked for and others not.
func (f *filter) narrow() bool {
	return f.offeringID != "" || f.class != "" || f.seconds != 0 || f.product != "" || f.offeringType != "" || f.multiAZ.IsPresent()
}

// instance reports whether a reservation is asked for, its id aside.
func (f *filter) instance(r *instance) bool {
	return f.matches(r.offering) && (f.lease == "" || f.lease == r.lease())
}

// page is which records to give.
type page struct {
	from    int
	size    int
	purpose purpose
}

// purpose is what a token of RDS is good for.
type purpose [11]string

// page checks what the describe operations have in common.
func (e *Emulator) page(c *call, op rds.Operation, f *filter, filters wire.Opt[[]rds.Filter], size wire.Opt[int64], marker wire.Opt[string], length int) (page, *refusal) {
	p := page{size: int(size.Or(defaultRecords))}
	switch {
	case len(filters.Value) > 0:
		// undocumented: filters. The parameter is documented as not supported; not
		// what a request with it is answered. To ignore it would answer with what
		// was not asked for. An empty list asks for nothing.
		return p, refuse(rds.InvalidParameterValue, "Filters is not supported.")
	case size.IsPresent() && (size.Value < minRecords || size.Value > maxRecords):
		return p, refuse(rds.InvalidParameterValue, "Invalid value %d for MaxRecords: it must be from %d to %d.", size.Value, minRecords, maxRecords)
	}
	switch f.duration {
	case "":
	case "1", "31536000":
		f.seconds = 31_536_000
	case "3", "94608000":
		f.seconds = 94_608_000
	default:
		// undocumented: filter-values. What values besides the documented ones do.
		return p, refuse(rds.InvalidParameterValue, "Invalid value %s for Duration: it must be 1, 3, 31536000 or 94608000.", wire.Quote(f.duration))
	}
	multiAZ := ""
	if f.multiAZ.IsPresent() {
		multiAZ = strconv.FormatBool(f.multiAZ.Value)
	}
	p.purpose = purpose{op.String(), c.owner.account, c.owner.region, f.id, f.offeringID, f.class, strconv.FormatInt(f.seconds, 10), f.product, f.offeringType, f.lease, multiAZ}
	if marker.Value == "" {
		return p, nil
	}
	var ok bool
	if p.from, ok = e.tokens.open(p.purpose[:], marker.Value, length); !ok {
		return p, refuse(rds.InvalidParameterValue, "Invalid value %s for Marker: it is none that this request was given.", wire.Quote(marker.Value))
	}
	return p, nil
}
