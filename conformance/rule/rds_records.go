package rule

import (
	"strconv"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// rdsRecord is what rules look at of a reservation or an offering.
type rdsRecord struct {
	place
	reservation bool

	// id is the reservation's; offering that of what was bought, or is for sale.
	id, offering, class, product, offeringType, lease, arn, state, currency wire.Opt[string]

	duration, count wire.Opt[int64]
	multiAZ         wire.Opt[bool]
	missing         []string // members that every sample has
	unknown         []wire.Unknown
}

type textMember struct {
	name  string
	value wire.Opt[string]
}

func (r *rdsRecord) texts() []textMember {
	return []textMember{{"ReservedDBInstanceId", r.id}, {"ReservedDBInstancesOfferingId", r.offering}, {"DBInstanceClass", r.class},
		{"ProductDescription", r.product}, {"OfferingType", r.offeringType}, {"LeaseId", r.lease},
		{"ReservedDBInstanceArn", r.arn}, {"State", r.state}, {"CurrencyCode", r.currency}}
}

// identity is what a page holds once.
func (r *rdsRecord) identity() string {
	if r.reservation {
		return r.id.Or("")
	}
	return r.offering.Or("")
}

// place is where a record stands: alone, or as an item of a list.
type place struct {
	element string // path of the element, without a number
	i, n    int    // which of how many
}

// path gives the record's path, with its number where there are several.
func (p place) path() string {
	if p.n < 2 {
		return p.element
	}
	return p.element + "[" + strconv.Itoa(p.i+1) + "]"
}

// rdsRecords gives the records of an answer, in their order.
func rdsRecords(r *Reading) (records []rdsRecord) {
	root := "/" + r.Operation + "Response/" + r.Operation + "Result/"
	switch out := r.Output.(type) {
	case *rds.PurchaseReservedDBInstancesOfferingOutput:
		if out.ReservedDBInstance.IsPresent() {
			records = append(records, recordOfInstance(&out.ReservedDBInstance.Value, place{root + "ReservedDBInstance", 0, 1}))
		}
	case *rds.DescribeReservedDBInstancesOutput:
		list := out.ReservedDBInstances.Value
		for i := range list {
			records = append(records, recordOfInstance(&list[i], place{root + "ReservedDBInstances/ReservedDBInstance", i, len(list)}))
		}
	case *rds.DescribeReservedDBInstancesOfferingsOutput:
		list := out.ReservedDBInstancesOfferings.Value
		for i := range list {
			records = append(records, recordOfOffering(&list[i], place{root + "ReservedDBInstancesOfferings/ReservedDBInstancesOffering", i, len(list)}))
		}
	}
	return records
}

func recordOfInstance(v *rds.ReservedDBInstance, at place) rdsRecord {
	return rdsRecord{
		place: at, reservation: true,
		id: v.ReservedDBInstanceId, offering: v.ReservedDBInstancesOfferingId, class: v.DBInstanceClass, product: v.ProductDescription,
		offeringType: v.OfferingType, lease: v.LeaseId, arn: v.ReservedDBInstanceArn, state: v.State, currency: v.CurrencyCode,
		duration: v.Duration, count: v.DBInstanceCount, multiAZ: v.MultiAZ, unknown: unknownOf(v.Unknown, v.RecurringCharges.Value),
		missing: append(absentOfCharges(v.RecurringCharges.Value), absent([]sampled{
			{"ReservedDBInstanceId", v.ReservedDBInstanceId.State}, {"ReservedDBInstancesOfferingId", v.ReservedDBInstancesOfferingId.State},
			{"DBInstanceClass", v.DBInstanceClass.State}, {"StartTime", v.StartTime.State}, {"Duration", v.Duration.State},
			{"FixedPrice", v.FixedPrice.State}, {"UsagePrice", v.UsagePrice.State}, {"CurrencyCode", v.CurrencyCode.State},
			{"DBInstanceCount", v.DBInstanceCount.State}, {"ProductDescription", v.ProductDescription.State}, {"OfferingType", v.OfferingType.State},
			{"MultiAZ", v.MultiAZ.State}, {"State", v.State.State}, {"RecurringCharges", v.RecurringCharges.State},
		})...),
	}
}

func recordOfOffering(v *rds.ReservedDBInstancesOffering, at place) rdsRecord {
	return rdsRecord{
		place: at, offering: v.ReservedDBInstancesOfferingId, class: v.DBInstanceClass, product: v.ProductDescription,
		offeringType: v.OfferingType, currency: v.CurrencyCode, duration: v.Duration, multiAZ: v.MultiAZ,
		unknown: unknownOf(v.Unknown, v.RecurringCharges.Value),
		missing: append(absentOfCharges(v.RecurringCharges.Value), absent([]sampled{
			{"ReservedDBInstancesOfferingId", v.ReservedDBInstancesOfferingId.State}, {"DBInstanceClass", v.DBInstanceClass.State},
			{"Duration", v.Duration.State}, {"FixedPrice", v.FixedPrice.State}, {"UsagePrice", v.UsagePrice.State},
			{"CurrencyCode", v.CurrencyCode.State}, {"ProductDescription", v.ProductDescription.State}, {"OfferingType", v.OfferingType.State},
			{"MultiAZ", v.MultiAZ.State}, {"RecurringCharges", v.RecurringCharges.State},
		})...),
	}
}

// sampled is a member that every documented sample has.
type sampled struct {
	name  string
	state wire.State
}

func absent(members []sampled) (names []string) {
	for _, m := range members {
		if m.state != wire.Present {
			names = append(names, m.name)
		}
	}
	return names
}

// absentOfCharges gives the paths, below the record, of what charges lack.
func absentOfCharges(charges []rds.RecurringCharge) (paths []string) {
	for i := range charges {
		at := place{"RecurringCharges/RecurringCharge", i, len(charges)}
		for _, name := range absent([]sampled{
			{"RecurringChargeAmount", charges[i].RecurringChargeAmount.State}, {"RecurringChargeFrequency", charges[i].RecurringChargeFrequency.State},
		}) {
			paths = append(paths, at.path()+"/"+name)
		}
	}
	return paths
}

func unknownOf(own []wire.Unknown, charges []rds.RecurringCharge) (list []wire.Unknown) {
	list = append(list, own...)
	for i := range charges {
		list = append(list, charges[i].Unknown...)
	}
	return list
}

// rdsQuery is what a describe operation asks for.
type rdsQuery struct {
	id, offering, class, duration, product, offeringType, lease wire.Opt[string]

	multiAZ    wire.Opt[bool]
	maxRecords wire.Opt[int64]
	offerings  bool // of DescribeReservedDBInstancesOfferings
}

func rdsQueryOf(r *Reading) (q rdsQuery, ok bool) {
	switch in := r.Input.(type) {
	case *rds.DescribeReservedDBInstancesInput:
		return rdsQuery{id: in.ReservedDBInstanceId, offering: in.ReservedDBInstancesOfferingId, class: in.DBInstanceClass, duration: in.Duration,
			product: in.ProductDescription, offeringType: in.OfferingType, lease: in.LeaseId, multiAZ: in.MultiAZ, maxRecords: in.MaxRecords}, true
	case *rds.DescribeReservedDBInstancesOfferingsInput:
		return rdsQuery{offering: in.ReservedDBInstancesOfferingId, class: in.DBInstanceClass, duration: in.Duration, product: in.ProductDescription,
			offeringType: in.OfferingType, multiAZ: in.MultiAZ, maxRecords: in.MaxRecords, offerings: true}, true
	}
	return q, false
}
