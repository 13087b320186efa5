package rds

import "wireproof/codec/wire"

// The structs below have the members of the latest model in the order of the
// model, which is not the order of the documented samples. No member of an
// output is required in any model. Integers have 32 bits in the models and 64
// here, so that what a server really sent can be held and shown; encoders
// refuse what does not fit 32. botocore rds/2014-10-31, "shapes".

// ReservedDBInstance is a reservation.
type ReservedDBInstance struct {
	ReservedDBInstanceId          wire.Opt[string]         `json:",omitzero"`
	ReservedDBInstancesOfferingId wire.Opt[string]         `json:",omitzero"`
	DBInstanceClass               wire.Opt[string]         `json:",omitzero"`
	StartTime                     wire.Opt[wire.Timestamp] `json:",omitzero"`
	Duration                      wire.Opt[int64]          `json:",omitzero"` // seconds
	FixedPrice                    wire.Opt[float64]        `json:",omitzero"` // CurrencyCode, once
	UsagePrice                    wire.Opt[float64]        `json:",omitzero"` // CurrencyCode, per hour
	CurrencyCode                  wire.Opt[string]         `json:",omitzero"`
	DBInstanceCount               wire.Opt[int64]          `json:",omitzero"`
	ProductDescription            wire.Opt[string]         `json:",omitzero"`
	OfferingType                  wire.Opt[string]         `json:",omitzero"`
	MultiAZ                       wire.Opt[bool]           `json:",omitzero"`
	// State is payment-pending, active or payment-failed where it was seen; no
	// model lists its values.
	State            wire.Opt[string]            `json:",omitzero"`
	RecurringCharges wire.Opt[[]RecurringCharge] `json:",omitzero"`
	// ReservedDBInstanceArn and LeaseId are members in 2014-10-31 only.
	ReservedDBInstanceArn wire.Opt[string] `json:",omitzero"`
	LeaseId               wire.Opt[string] `json:",omitzero"`

	Unknown []wire.Unknown `json:"-"`
}

// ReservedDBInstancesOffering is something that can be purchased.
type ReservedDBInstancesOffering struct {
	ReservedDBInstancesOfferingId wire.Opt[string]            `json:",omitzero"`
	DBInstanceClass               wire.Opt[string]            `json:",omitzero"`
	Duration                      wire.Opt[int64]             `json:",omitzero"` // seconds
	FixedPrice                    wire.Opt[float64]           `json:",omitzero"` // CurrencyCode, once
	UsagePrice                    wire.Opt[float64]           `json:",omitzero"` // CurrencyCode, per hour
	CurrencyCode                  wire.Opt[string]            `json:",omitzero"`
	ProductDescription            wire.Opt[string]            `json:",omitzero"`
	OfferingType                  wire.Opt[string]            `json:",omitzero"`
	MultiAZ                       wire.Opt[bool]              `json:",omitzero"`
	RecurringCharges              wire.Opt[[]RecurringCharge] `json:",omitzero"`

	Unknown []wire.Unknown `json:"-"`
}

// RecurringCharge is what a reservation costs again and again.
type RecurringCharge struct {
	RecurringChargeAmount wire.Opt[float64] `json:",omitzero"` // CurrencyCode
	// RecurringChargeFrequency is Hourly where it was seen.
	RecurringChargeFrequency wire.Opt[string] `json:",omitzero"`

	Unknown []wire.Unknown `json:"-"`
}

// Filter narrows a describe operation. Both members are required. Filters are
// documented as not supported.
type Filter struct {
	Name   wire.Opt[string]   `json:",omitzero"` // FilterName in 2013-05-15
	Values wire.Opt[[]string] `json:",omitzero"` // FilterValue in 2013-05-15
}

// Tag is put on what is purchased.
type Tag struct {
	Key   wire.Opt[string] `json:",omitzero"`
	Value wire.Opt[string] `json:",omitzero"`
}

// DescribeReservedDBInstancesOfferingsInput asks for offerings.
type DescribeReservedDBInstancesOfferingsInput struct {
	ReservedDBInstancesOfferingId wire.Opt[string]   `json:",omitzero"`
	DBInstanceClass               wire.Opt[string]   `json:",omitzero"`
	Duration                      wire.Opt[string]   `json:",omitzero"` // "1", "3" (years), "31536000", "94608000" (seconds)
	ProductDescription            wire.Opt[string]   `json:",omitzero"`
	OfferingType                  wire.Opt[string]   `json:",omitzero"`
	MultiAZ                       wire.Opt[bool]     `json:",omitzero"`
	Filters                       wire.Opt[[]Filter] `json:",omitzero"`
	MaxRecords                    wire.Opt[int64]    `json:",omitzero"` // 20 to 100, default 100
	Marker                        wire.Opt[string]   `json:",omitzero"`

	Unknown []wire.Unknown `json:"-"`
}

// PurchaseReservedDBInstancesOfferingInput buys an offering.
type PurchaseReservedDBInstancesOfferingInput struct {
	ReservedDBInstancesOfferingId wire.Opt[string] `json:",omitzero"` // required
	ReservedDBInstanceId          wire.Opt[string] `json:",omitzero"`
	DBInstanceCount               wire.Opt[int64]  `json:",omitzero"` // default 1
	Tags                          wire.Opt[[]Tag]  `json:",omitzero"` // from 2013-05-15

	Unknown []wire.Unknown `json:"-"`
}

// DescribeReservedDBInstancesInput asks for reservations.
type DescribeReservedDBInstancesInput struct {
	ReservedDBInstanceId          wire.Opt[string]   `json:",omitzero"`
	ReservedDBInstancesOfferingId wire.Opt[string]   `json:",omitzero"`
	DBInstanceClass               wire.Opt[string]   `json:",omitzero"`
	Duration                      wire.Opt[string]   `json:",omitzero"` // "1", "3" (years), "31536000", "94608000" (seconds)
	ProductDescription            wire.Opt[string]   `json:",omitzero"`
	OfferingType                  wire.Opt[string]   `json:",omitzero"`
	MultiAZ                       wire.Opt[bool]     `json:",omitzero"`
	LeaseId                       wire.Opt[string]   `json:",omitzero"` // 2014-10-31 only
	Filters                       wire.Opt[[]Filter] `json:",omitzero"`
	MaxRecords                    wire.Opt[int64]    `json:",omitzero"` // 20 to 100, default 100
	Marker                        wire.Opt[string]   `json:",omitzero"`

	Unknown []wire.Unknown `json:"-"`
}

// DescribeReservedDBInstancesOfferingsOutput is a page of offerings.
type DescribeReservedDBInstancesOfferingsOutput struct {
	// Marker asks for the next page; the last page has none, or an empty one.
	Marker                       wire.Opt[string]                        `json:",omitzero"`
	ReservedDBInstancesOfferings wire.Opt[[]ReservedDBInstancesOffering] `json:",omitzero"`

	Metadata
}

// PurchaseReservedDBInstancesOfferingOutput is the reservation that was bought.
type PurchaseReservedDBInstancesOfferingOutput struct {
	ReservedDBInstance wire.Opt[ReservedDBInstance] `json:",omitzero"`

	Metadata
}

// DescribeReservedDBInstancesOutput is a page of reservations.
type DescribeReservedDBInstancesOutput struct {
	// Marker asks for the next page; the last page has none, or an empty one.
	Marker              wire.Opt[string]               `json:",omitzero"`
	ReservedDBInstances wire.Opt[[]ReservedDBInstance] `json:",omitzero"`

	Metadata
}

// Metadata is what every successful response has besides its members.
type Metadata struct {
	// RequestID is /XResponse/ResponseMetadata/RequestId. The header
	// x-amzn-RequestId carries it too: boto3 reads the body only, the SDKs for Go
	// and JavaScript the header only.
	RequestID wire.Opt[string] `json:"-"`
	// Unknown are elements of the result that no model names, UnknownEnvelope
	// those beside the result.
	Unknown         []wire.Unknown `json:"-"`
	UnknownEnvelope []wire.Unknown `json:"-"`
}

// Operation names the operation of the input.
func (*DescribeReservedDBInstancesOfferingsInput) Operation() Operation {
	return DescribeReservedDBInstancesOfferings
}

// Operation names the operation of the input.
func (*PurchaseReservedDBInstancesOfferingInput) Operation() Operation {
	return PurchaseReservedDBInstancesOffering
}

// Operation names the operation of the input.
func (*DescribeReservedDBInstancesInput) Operation() Operation { return DescribeReservedDBInstances }

// Operation names the operation of the output.
func (*DescribeReservedDBInstancesOfferingsOutput) Operation() Operation {
	return DescribeReservedDBInstancesOfferings
}

// Operation names the operation of the output.
func (*PurchaseReservedDBInstancesOfferingOutput) Operation() Operation {
	return PurchaseReservedDBInstancesOffering
}

// Operation names the operation of the output.
func (*DescribeReservedDBInstancesOutput) Operation() Operation { return DescribeReservedDBInstances }
