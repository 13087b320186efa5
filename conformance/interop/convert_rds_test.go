package interop

import (
	sdk "github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"

	"wireproof/codec/rds"
)

// The functions below say, member by member, what a value of the codec is in
// the SDK, and back.

func rdsInputToSDK(in rds.Input) any {
	switch in := in.(type) {
	case *rds.DescribeReservedDBInstancesOfferingsInput:
		return &sdk.DescribeReservedDBInstancesOfferingsInput{
			ReservedDBInstancesOfferingId: pointer(in.ReservedDBInstancesOfferingId),
			DBInstanceClass:               pointer(in.DBInstanceClass),
			Duration:                      pointer(in.Duration),
			ProductDescription:            pointer(in.ProductDescription),
			OfferingType:                  pointer(in.OfferingType),
			MultiAZ:                       pointer(in.MultiAZ),
			Filters:                       listToSDK(in.Filters, filterToSDK),
			MaxRecords:                    integerToSDK(in.MaxRecords),
			Marker:                        pointer(in.Marker),
		}
	case *rds.PurchaseReservedDBInstancesOfferingInput:
		return &sdk.PurchaseReservedDBInstancesOfferingInput{
			ReservedDBInstancesOfferingId: pointer(in.ReservedDBInstancesOfferingId),
			ReservedDBInstanceId:          pointer(in.ReservedDBInstanceId),
			DBInstanceCount:               integerToSDK(in.DBInstanceCount),
			Tags:                          listToSDK(in.Tags, tagToSDK),
		}
	case *rds.DescribeReservedDBInstancesInput:
		return &sdk.DescribeReservedDBInstancesInput{
			ReservedDBInstanceId:          pointer(in.ReservedDBInstanceId),
			ReservedDBInstancesOfferingId: pointer(in.ReservedDBInstancesOfferingId),
			DBInstanceClass:               pointer(in.DBInstanceClass),
			Duration:                      pointer(in.Duration),
			ProductDescription:            pointer(in.ProductDescription),
			OfferingType:                  pointer(in.OfferingType),
			MultiAZ:                       pointer(in.MultiAZ),
			LeaseId:                       pointer(in.LeaseId),
			Filters:                       listToSDK(in.Filters, filterToSDK),
			MaxRecords:                    integerToSDK(in.MaxRecords),
			Marker:                        pointer(in.Marker),
		}
	}
	panic("no such input")
}

func filterToSDK(f rds.Filter) types.Filter {
	return types.Filter{Name: pointer(f.Name), Values: listToSDK(f.Values, same)}
}

func tagToSDK(t rds.Tag) types.Tag { return types.Tag{Key: pointer(t.Key), Value: pointer(t.Value)} }

func rdsOutputToSDK(out rds.Output) any {
	switch out := out.(type) {
	case *rds.DescribeReservedDBInstancesOfferingsOutput:
		return &sdk.DescribeReservedDBInstancesOfferingsOutput{
			Marker:                       pointer(out.Marker),
			ReservedDBInstancesOfferings: listToSDK(out.ReservedDBInstancesOfferings, rdsOfferingToSDK),
		}
	case *rds.PurchaseReservedDBInstancesOfferingOutput:
		return &sdk.PurchaseReservedDBInstancesOfferingOutput{
			ReservedDBInstance: structToSDK(out.ReservedDBInstance, instanceToSDK),
		}
	case *rds.DescribeReservedDBInstancesOutput:
		return &sdk.DescribeReservedDBInstancesOutput{
			Marker:              pointer(out.Marker),
			ReservedDBInstances: listToSDK(out.ReservedDBInstances, instanceToSDK),
		}
	}
	panic("no such output")
}

func instanceToSDK(r rds.ReservedDBInstance) types.ReservedDBInstance {
	return types.ReservedDBInstance{
		ReservedDBInstanceId:          pointer(r.ReservedDBInstanceId),
		ReservedDBInstancesOfferingId: pointer(r.ReservedDBInstancesOfferingId),
		DBInstanceClass:               pointer(r.DBInstanceClass),
		StartTime:                     timeToSDK(r.StartTime),
		Duration:                      integerToSDK(r.Duration),
		FixedPrice:                    pointer(r.FixedPrice),
		UsagePrice:                    pointer(r.UsagePrice),
		CurrencyCode:                  pointer(r.CurrencyCode),
		DBInstanceCount:               integerToSDK(r.DBInstanceCount),
		ProductDescription:            pointer(r.ProductDescription),
		OfferingType:                  pointer(r.OfferingType),
		MultiAZ:                       pointer(r.MultiAZ),
		State:                         pointer(r.State),
		RecurringCharges:              listToSDK(r.RecurringCharges, chargeToSDK),
		ReservedDBInstanceArn:         pointer(r.ReservedDBInstanceArn),
		LeaseId:                       pointer(r.LeaseId),
	}
}

func rdsOfferingToSDK(o rds.ReservedDBInstancesOffering) types.ReservedDBInstancesOffering {
	return types.ReservedDBInstancesOffering{
		ReservedDBInstancesOfferingId: pointer(o.ReservedDBInstancesOfferingId),
		DBInstanceClass:               pointer(o.DBInstanceClass),
		Duration:                      integerToSDK(o.Duration),
		FixedPrice:                    pointer(o.FixedPrice),
		UsagePrice:                    pointer(o.UsagePrice),
		CurrencyCode:                  pointer(o.CurrencyCode),
		ProductDescription:            pointer(o.ProductDescription),
		OfferingType:                  pointer(o.OfferingType),
		MultiAZ:                       pointer(o.MultiAZ),
		RecurringCharges:              listToSDK(o.RecurringCharges, chargeToSDK),
	}
}

func chargeToSDK(c rds.RecurringCharge) types.RecurringCharge {
	return types.RecurringCharge{
		RecurringChargeAmount:    pointer(c.RecurringChargeAmount),
		RecurringChargeFrequency: pointer(c.RecurringChargeFrequency),
	}
}

func rdsOutputFromSDK(out any) rds.Output {
	switch out := out.(type) {
	case *sdk.DescribeReservedDBInstancesOfferingsOutput:
		return &rds.DescribeReservedDBInstancesOfferingsOutput{
			Marker:                       option(out.Marker),
			ReservedDBInstancesOfferings: listFromSDK(out.ReservedDBInstancesOfferings, rdsOfferingFromSDK),
		}
	case *sdk.PurchaseReservedDBInstancesOfferingOutput:
		return &rds.PurchaseReservedDBInstancesOfferingOutput{
			ReservedDBInstance: structFromSDK(out.ReservedDBInstance, instanceFromSDK),
		}
	case *sdk.DescribeReservedDBInstancesOutput:
		return &rds.DescribeReservedDBInstancesOutput{
			Marker:              option(out.Marker),
			ReservedDBInstances: listFromSDK(out.ReservedDBInstances, instanceFromSDK),
		}
	}
	panic("no such output")
}

func instanceFromSDK(r types.ReservedDBInstance) rds.ReservedDBInstance {
	return rds.ReservedDBInstance{
		ReservedDBInstanceId:          option(r.ReservedDBInstanceId),
		ReservedDBInstancesOfferingId: option(r.ReservedDBInstancesOfferingId),
		DBInstanceClass:               option(r.DBInstanceClass),
		StartTime:                     timeFromSDK(r.StartTime),
		Duration:                      integerFromSDK(r.Duration),
		FixedPrice:                    option(r.FixedPrice),
		UsagePrice:                    option(r.UsagePrice),
		CurrencyCode:                  option(r.CurrencyCode),
		DBInstanceCount:               integerFromSDK(r.DBInstanceCount),
		ProductDescription:            option(r.ProductDescription),
		OfferingType:                  option(r.OfferingType),
		MultiAZ:                       option(r.MultiAZ),
		State:                         option(r.State),
		RecurringCharges:              listFromSDK(r.RecurringCharges, chargeFromSDK),
		ReservedDBInstanceArn:         option(r.ReservedDBInstanceArn),
		LeaseId:                       option(r.LeaseId),
	}
}

func rdsOfferingFromSDK(o types.ReservedDBInstancesOffering) rds.ReservedDBInstancesOffering {
	return rds.ReservedDBInstancesOffering{
		ReservedDBInstancesOfferingId: option(o.ReservedDBInstancesOfferingId),
		DBInstanceClass:               option(o.DBInstanceClass),
		Duration:                      integerFromSDK(o.Duration),
		FixedPrice:                    option(o.FixedPrice),
		UsagePrice:                    option(o.UsagePrice),
		CurrencyCode:                  option(o.CurrencyCode),
		ProductDescription:            option(o.ProductDescription),
		OfferingType:                  option(o.OfferingType),
		MultiAZ:                       option(o.MultiAZ),
		RecurringCharges:              listFromSDK(o.RecurringCharges, chargeFromSDK),
	}
}

func chargeFromSDK(c types.RecurringCharge) rds.RecurringCharge {
	return rds.RecurringCharge{
		RecurringChargeAmount:    option(c.RecurringChargeAmount),
		RecurringChargeFrequency: option(c.RecurringChargeFrequency),
	}
}
