package rds

import "wireproof/codec/xmlwire"

// The tables of element names. The constants beside each are the indexes that
// [xmlwire.Reader.Child] gives; they stand in the order of the documented
// samples, in which encoders write.

const (
	xResult = iota + 1
	xMetadata
)

var envelopeNames = func() (t [DescribeReservedDBInstances + 1]*xmlwire.Names) {
	for _, o := range Operations() {
		t[o] = xmlwire.NewNames(o.String()+"Result", "ResponseMetadata")
	}
	return t
}()

const mRequestId = 1

var metadataNames = xmlwire.NewNames("RequestId")

const rInstance = 1

var purchaseNames = xmlwire.NewNames("ReservedDBInstance")

const (
	pMarker = iota + 1
	pList
)

var (
	instancesNames = xmlwire.NewNames("Marker", "ReservedDBInstances")
	offeringsNames = xmlwire.NewNames("Marker", "ReservedDBInstancesOfferings")
)

const lItem = 1

var (
	instanceListNames = xmlwire.NewNames("ReservedDBInstance")
	offeringListNames = xmlwire.NewNames("ReservedDBInstancesOffering")
	chargeListNames   = xmlwire.NewNames("RecurringCharge")
)

const (
	iOfferingType = iota + 1
	iCurrencyCode
	iRecurringCharges
	iProductDescription
	iReservedDBInstancesOfferingId
	iMultiAZ
	iState
	iReservedDBInstanceId
	iDBInstanceCount
	iStartTime
	iDuration
	iFixedPrice
	iUsagePrice
	iDBInstanceClass
	iReservedDBInstanceArn
	iLeaseId
)

var instanceNames = xmlwire.NewNames("OfferingType", "CurrencyCode", "RecurringCharges", "ProductDescription",
	"ReservedDBInstancesOfferingId", "MultiAZ", "State", "ReservedDBInstanceId", "DBInstanceCount", "StartTime",
	"Duration", "FixedPrice", "UsagePrice", "DBInstanceClass", "ReservedDBInstanceArn", "LeaseId")

const (
	oDuration = iota + 1
	oOfferingType
	oCurrencyCode
	oRecurringCharges
	oFixedPrice
	oProductDescription
	oUsagePrice
	oMultiAZ
	oReservedDBInstancesOfferingId
	oDBInstanceClass
)

var offeringNames = xmlwire.NewNames("Duration", "OfferingType", "CurrencyCode", "RecurringCharges", "FixedPrice",
	"ProductDescription", "UsagePrice", "MultiAZ", "ReservedDBInstancesOfferingId", "DBInstanceClass")

const (
	cRecurringChargeFrequency = iota + 1
	cRecurringChargeAmount
)

var chargeNames = xmlwire.NewNames("RecurringChargeFrequency", "RecurringChargeAmount")

const (
	eError = iota + 1
	eRequestId
	eErrors           // EC2's envelope
	eResponseMetadata // where RequestId is on success
)

var errorResponseNames = xmlwire.NewNames("Error", "RequestId", "Errors", "ResponseMetadata")

const (
	eType = iota + 1
	eCode
	eMessage
)

var errorNames = xmlwire.NewNames("Type", "Code", "Message")
