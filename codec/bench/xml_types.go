package bench

import (
	"encoding/xml"
	"time"

	"wireproof/codec/bench/payload"
)

// The structs that a user of encoding/xml would write, in the member order of
// the documented samples.

type xmlDescribe struct {
	XMLName   xml.Name      `xml:"http://rds.amazonaws.com/doc/2014-10-31/ DescribeReservedDBInstancesResponse"`
	Marker    string        `xml:"DescribeReservedDBInstancesResult>Marker"`
	Instances []xmlInstance `xml:"DescribeReservedDBInstancesResult>ReservedDBInstances>ReservedDBInstance"`
	RequestID string        `xml:"ResponseMetadata>RequestId"`
}

type xmlPurchase struct {
	XMLName   xml.Name    `xml:"http://rds.amazonaws.com/doc/2012-04-23/ PurchaseReservedDBInstancesOfferingResponse"`
	Instance  xmlInstance `xml:"PurchaseReservedDBInstancesOfferingResult>ReservedDBInstance"`
	RequestID string      `xml:"ResponseMetadata>RequestId"`
}

type xmlInstance struct {
	OfferingType       string
	CurrencyCode       string
	Charges            []xmlCharge `xml:"RecurringCharges>RecurringCharge"`
	ProductDescription string
	OfferingID         string `xml:"ReservedDBInstancesOfferingId"`
	MultiAZ            bool
	State              string
	ID                 string `xml:"ReservedDBInstanceId"`
	DBInstanceCount    int64
	StartTime          time.Time
	Duration           int64
	FixedPrice         float64
	UsagePrice         float64
	DBInstanceClass    string
	ARN                string `xml:"ReservedDBInstanceArn"`
	LeaseID            string `xml:"LeaseId"`
}

type xmlCharge struct {
	Frequency string  `xml:"RecurringChargeFrequency"`
	Amount    float64 `xml:"RecurringChargeAmount"`
}

func (d *xmlDescribe) got() any {
	page := payload.RDSPage{Marker: d.Marker}
	for i := range d.Instances {
		page.Instances = append(page.Instances, d.Instances[i].got())
	}
	return page
}

func (p *xmlPurchase) got() any {
	return payload.RDSPage{Instances: []payload.Instance{p.Instance.got()}}
}

func (in *xmlInstance) got() payload.Instance {
	out := payload.Instance{
		ID: in.ID, OfferingID: in.OfferingID, Class: in.DBInstanceClass,
		StartMS: in.StartTime.UnixMilli(), Duration: in.Duration,
		FixedPrice: in.FixedPrice, UsagePrice: in.UsagePrice,
		Currency: in.CurrencyCode, Count: in.DBInstanceCount,
		Product: in.ProductDescription, Type: in.OfferingType,
		MultiAZ: in.MultiAZ, State: in.State, ARN: in.ARN, LeaseID: in.LeaseID,
	}
	for _, c := range in.Charges {
		out.Charges = append(out.Charges, payload.Charge{Amount: c.Amount, Frequency: c.Frequency})
	}
	return out
}
