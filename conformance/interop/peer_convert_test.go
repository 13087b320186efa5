package interop

import (
	"encoding/json"
	"strconv"
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// dict is a structure as the clients of Python and JavaScript take it and hand it
// over: members by name, without those that are absent or null.
type dict = map[string]any

// put adds a member where it has a value.
func put[T any](d dict, name string, o wire.Opt[T], convert func(T) any) {
	if v, ok := o.Get(); ok {
		d[name] = convert(v)
	}
}

func plainly[T any](v T) any { return v }

func enumerated[T ~string](v T) any { return string(v) }

// instant cuts what Python's datetime cannot hold.
func instant(t wire.Timestamp) any { return t.Time().Truncate(time.Microsecond) }

func each[T any](convert func(T) any) func([]T) any {
	return func(list []T) any {
		items := []any{}
		for _, v := range list {
			items = append(items, convert(v))
		}
		return items
	}
}

// peerValue undoes what the scripts in testdata do to doubles and instants.
func peerValue(v any) any {
	switch v := v.(type) {
	case json.Number:
		n, err := v.Int64()
		if err != nil {
			return v.String()
		}
		return n
	case []any:
		for i := range v {
			v[i] = peerValue(v[i])
		}
	case dict:
		if text, ok := v["double"].(string); ok {
			double, err := strconv.ParseFloat(text, 64)
			if err != nil {
				return text // which no comparison takes for a number
			}
			return double
		}
		for name := range v {
			v[name] = peerValue(v[name])
		}
		if pair, ok := v["instant"].([]any); ok {
			return time.Unix(pair[0].(int64), pair[1].(int64)*1000).UTC()
		}
	}
	return v
}

func peerInput(in any) dict {
	d := dict{}
	switch in := in.(type) {
	case *rds.DescribeReservedDBInstancesOfferingsInput:
		put(d, "ReservedDBInstancesOfferingId", in.ReservedDBInstancesOfferingId, plainly)
		put(d, "DBInstanceClass", in.DBInstanceClass, plainly)
		put(d, "Duration", in.Duration, plainly)
		put(d, "ProductDescription", in.ProductDescription, plainly)
		put(d, "OfferingType", in.OfferingType, plainly)
		put(d, "MultiAZ", in.MultiAZ, plainly)
		put(d, "Filters", in.Filters, each(dictFilter))
		put(d, "MaxRecords", in.MaxRecords, plainly)
		put(d, "Marker", in.Marker, plainly)
	case *rds.PurchaseReservedDBInstancesOfferingInput:
		put(d, "ReservedDBInstancesOfferingId", in.ReservedDBInstancesOfferingId, plainly)
		put(d, "ReservedDBInstanceId", in.ReservedDBInstanceId, plainly)
		put(d, "DBInstanceCount", in.DBInstanceCount, plainly)
		put(d, "Tags", in.Tags, each(dictTag))
	case *rds.DescribeReservedDBInstancesInput:
		put(d, "ReservedDBInstanceId", in.ReservedDBInstanceId, plainly)
		put(d, "ReservedDBInstancesOfferingId", in.ReservedDBInstancesOfferingId, plainly)
		put(d, "DBInstanceClass", in.DBInstanceClass, plainly)
		put(d, "Duration", in.Duration, plainly)
		put(d, "ProductDescription", in.ProductDescription, plainly)
		put(d, "OfferingType", in.OfferingType, plainly)
		put(d, "MultiAZ", in.MultiAZ, plainly)
		put(d, "LeaseId", in.LeaseId, plainly)
		put(d, "Filters", in.Filters, each(dictFilter))
		put(d, "MaxRecords", in.MaxRecords, plainly)
		put(d, "Marker", in.Marker, plainly)
	case *mediaconnect.ListOfferingsInput:
		put(d, "MaxResults", in.MaxResults, plainly)
		put(d, "NextToken", in.NextToken, plainly)
	case *mediaconnect.DescribeOfferingInput:
		put(d, "OfferingArn", in.OfferingArn, plainly)
	case *mediaconnect.PurchaseOfferingInput:
		put(d, "OfferingArn", in.OfferingArn, plainly)
		put(d, "ReservationName", in.ReservationName, plainly)
		put(d, "Start", in.Start, plainly)
	case *mediaconnect.ListReservationsInput:
		put(d, "MaxResults", in.MaxResults, plainly)
		put(d, "NextToken", in.NextToken, plainly)
	case *mediaconnect.DescribeReservationInput:
		put(d, "ReservationArn", in.ReservationArn, plainly)
	default:
		panic("no such input")
	}
	return d
}

func dictFilter(f rds.Filter) any {
	d := dict{}
	put(d, "Name", f.Name, plainly)
	put(d, "Values", f.Values, each(plainly[string]))
	return d
}

func dictTag(t rds.Tag) any {
	d := dict{}
	put(d, "Key", t.Key, plainly)
	put(d, "Value", t.Value, plainly)
	return d
}

func peerOutput(out any) dict {
	d := dict{}
	switch out := out.(type) {
	case *rds.DescribeReservedDBInstancesOfferingsOutput:
		put(d, "Marker", out.Marker, plainly)
		put(d, "ReservedDBInstancesOfferings", out.ReservedDBInstancesOfferings, each(dictRDSOffering))
	case *rds.PurchaseReservedDBInstancesOfferingOutput:
		put(d, "ReservedDBInstance", out.ReservedDBInstance, dictInstance)
	case *rds.DescribeReservedDBInstancesOutput:
		put(d, "Marker", out.Marker, plainly)
		put(d, "ReservedDBInstances", out.ReservedDBInstances, each(dictInstance))
	case *mediaconnect.ListOfferingsOutput:
		put(d, "NextToken", out.NextToken, plainly)
		put(d, "Offerings", out.Offerings, each(dictOffering))
	case *mediaconnect.DescribeOfferingOutput:
		put(d, "Offering", out.Offering, dictOffering)
	case *mediaconnect.PurchaseOfferingOutput:
		put(d, "Reservation", out.Reservation, dictReservation)
	case *mediaconnect.ListReservationsOutput:
		put(d, "NextToken", out.NextToken, plainly)
		put(d, "Reservations", out.Reservations, each(dictReservation))
	case *mediaconnect.DescribeReservationOutput:
		put(d, "Reservation", out.Reservation, dictReservation)
	default:
		panic("no such output")
	}
	return d
}

func dictInstance(r rds.ReservedDBInstance) any {
	d := dict{}
	put(d, "ReservedDBInstanceId", r.ReservedDBInstanceId, plainly)
	put(d, "ReservedDBInstancesOfferingId", r.ReservedDBInstancesOfferingId, plainly)
	put(d, "DBInstanceClass", r.DBInstanceClass, plainly)
	put(d, "StartTime", r.StartTime, instant)
	put(d, "Duration", r.Duration, plainly)
	put(d, "FixedPrice", r.FixedPrice, plainly)
	put(d, "UsagePrice", r.UsagePrice, plainly)
	put(d, "CurrencyCode", r.CurrencyCode, plainly)
	put(d, "DBInstanceCount", r.DBInstanceCount, plainly)
	put(d, "ProductDescription", r.ProductDescription, plainly)
	put(d, "OfferingType", r.OfferingType, plainly)
	put(d, "MultiAZ", r.MultiAZ, plainly)
	put(d, "State", r.State, plainly)
	put(d, "RecurringCharges", r.RecurringCharges, each(dictCharge))
	put(d, "ReservedDBInstanceArn", r.ReservedDBInstanceArn, plainly)
	put(d, "LeaseId", r.LeaseId, plainly)
	return d
}

func dictRDSOffering(o rds.ReservedDBInstancesOffering) any {
	d := dict{}
	put(d, "ReservedDBInstancesOfferingId", o.ReservedDBInstancesOfferingId, plainly)
	put(d, "DBInstanceClass", o.DBInstanceClass, plainly)
	put(d, "Duration", o.Duration, plainly)
	put(d, "FixedPrice", o.FixedPrice, plainly)
	put(d, "UsagePrice", o.UsagePrice, plainly)
	put(d, "CurrencyCode", o.CurrencyCode, plainly)
	put(d, "ProductDescription", o.ProductDescription, plainly)
	put(d, "OfferingType", o.OfferingType, plainly)
	put(d, "MultiAZ", o.MultiAZ, plainly)
	put(d, "RecurringCharges", o.RecurringCharges, each(dictCharge))
	return d
}

func dictCharge(c rds.RecurringCharge) any {
	d := dict{}
	put(d, "RecurringChargeAmount", c.RecurringChargeAmount, plainly)
	put(d, "RecurringChargeFrequency", c.RecurringChargeFrequency, plainly)
	return d
}

// dictOffering is nil (None, null) for an element that is null.
func dictOffering(o mediaconnect.Offering) any {
	if o.Null {
		return nil
	}
	d := dict{}
	put(d, "CurrencyCode", o.CurrencyCode, plainly)
	put(d, "Duration", o.Duration, plainly)
	put(d, "DurationUnits", o.DurationUnits, enumerated)
	put(d, "OfferingArn", o.OfferingArn, plainly)
	put(d, "OfferingDescription", o.OfferingDescription, plainly)
	put(d, "PricePerUnit", o.PricePerUnit, plainly)
	put(d, "PriceUnits", o.PriceUnits, enumerated)
	put(d, "ResourceSpecification", o.ResourceSpecification, dictSpec)
	return d
}

func dictReservation(r mediaconnect.Reservation) any {
	if r.Null {
		return nil
	}
	d := dict{}
	put(d, "CurrencyCode", r.CurrencyCode, plainly)
	put(d, "Duration", r.Duration, plainly)
	put(d, "DurationUnits", r.DurationUnits, enumerated)
	put(d, "End", r.End, plainly)
	put(d, "OfferingArn", r.OfferingArn, plainly)
	put(d, "OfferingDescription", r.OfferingDescription, plainly)
	put(d, "PricePerUnit", r.PricePerUnit, plainly)
	put(d, "PriceUnits", r.PriceUnits, enumerated)
	put(d, "ReservationArn", r.ReservationArn, plainly)
	put(d, "ReservationName", r.ReservationName, plainly)
	put(d, "ReservationState", r.ReservationState, enumerated)
	put(d, "ResourceSpecification", r.ResourceSpecification, dictSpec)
	put(d, "Start", r.Start, plainly)
	return d
}

func dictSpec(s mediaconnect.ResourceSpecification) any {
	d := dict{}
	put(d, "ReservedBitrate", s.ReservedBitrate, plainly)
	put(d, "ResourceType", s.ResourceType, enumerated)
	return d
}
