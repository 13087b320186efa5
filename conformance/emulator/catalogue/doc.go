// Package catalogue holds what the emulator sells: the offerings of both
// services, the same on every run, or those of a YAML file of the user's.
//
// # What an offering is worth
//
// Nothing: prices are made up, in the order of size of real ones. Three offerings
// are those of the documentation: the RDS ids
// 438012d3-4052-4cc7-b2e3-8d3372e0e706 and 649fd0c8-cf6d-47a0-bfa6-060f8e75e95f,
// and MediaConnect's 1-23aBC45dEF67hiJ8:MyOffering. They come first.
//
// # Decisions
//
// undocumented: offering-type. An offering keeps its OfferingType in every API
// version. The documentation switched from Utilization to Upfront names between
// 2014-09-01 and 2014-10-31, and prints 438012d3 under both; here it is Medium
// Utilization, as in 2012.
//
// undocumented: offering-arn. The ARN of a MediaConnect offering carries the region
// it is listed in and the account [OfferingAccount], whoever asks: offerings belong
// to AWS, and the documentation prints that account. RDS offerings have no region
// in their ids and are the same everywhere.
//
// # The file
//
// A catalogue file is YAML; schemas/emulator/Catalogue.json is its JSON Schema.
// Members are called as on the wire. A service whose list is left out keeps its
// default offerings; an empty list sells nothing. testdata/example.yaml is one.
//
//	rds:
//	  - ReservedDBInstancesOfferingId: 0f2d9e9c-3a4b-4c5d-8e6f-7a8b9c0d1e2f
//	    DBInstanceClass: db.r5.large
//	    Duration: 31536000          # seconds: one or three years
//	    FixedPrice: 1000.0
//	    UsagePrice: 0.0
//	    CurrencyCode: USD
//	    ProductDescription: postgresql
//	    OfferingType: Partial Upfront
//	    MultiAZ: false
//	    RecurringCharges:
//	      - RecurringChargeAmount: 0.12
//	        RecurringChargeFrequency: Hourly
//	mediaconnect:
//	  - offering: 1-aB3dE5fG7hI9jK1m:Small   # the end of the ARN
//	    currencyCode: USD
//	    duration: 12
//	    durationUnits: MONTHS
//	    offeringDescription: 20 Mbps for a year
//	    pricePerUnit: "0.0130"               # a decimal number in a string
//	    priceUnits: HOURLY
//	    resourceSpecification:
//	      reservedBitrate: 20
//	      resourceType: Mbps_Outbound_Bandwidth
package catalogue
