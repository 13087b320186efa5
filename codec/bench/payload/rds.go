package payload

import (
	"fmt"
	"strings"
	"time"
)

// RDSPage is what a response with reserved instances says. The response to a
// purchase is a page of one.
type RDSPage struct {
	Marker    string
	Instances []Instance
}

// Instance is a reserved DB instance. Members that are not in the document are
// zero.
type Instance struct {
	ID, OfferingID, Class  string
	StartMS                int64 // milliseconds since 1970-01-01T00:00:00Z
	Duration               int64 // seconds
	FixedPrice, UsagePrice float64
	Currency               string
	Count                  int64
	Product, Type          string
	MultiAZ                bool
	State, ARN, LeaseID    string
	Charges                []Charge
}

// Charge is a recurring charge.
type Charge struct {
	Amount    float64
	Frequency string
}

// Sizes of the documents: a page as large as MaxRecords allows, and as many
// records as make 20 MB.
const (
	PageRecords = 100
	Large       = 20_000_000
)

// RDSPurchase is the documented response to a purchase, verbatim.
// RDS API Reference 2012-04-23, PurchaseReservedDBInstancesOffering.
func RDSPurchase() Document { return Document{rdsPurchase, func() any { return documented }} }

// The leading space in the offering's id is the documentation's; every client
// keeps it. WIRE.md section F, row 2.
const rdsPurchase = `<PurchaseReservedDBInstancesOfferingResponse xmlns="http://rds.amazonaws.com/doc/2012-04-23/">
  <PurchaseReservedDBInstancesOfferingResult>
    <ReservedDBInstance>
      <OfferingType>Medium Utilization</OfferingType>
      <CurrencyCode>USD</CurrencyCode>
      <RecurringCharges/>
      <ProductDescription>mysql</ProductDescription>
      <ReservedDBInstancesOfferingId> 438012d3-4052-4cc7-b2e3-8d3372e0e706</ReservedDBInstancesOfferingId>
      <MultiAZ>true</MultiAZ>
      <State>payment-pending</State>
      <ReservedDBInstanceId>myreservationID</ReservedDBInstanceId>
      <DBInstanceCount>10</DBInstanceCount>
      <StartTime>2011-12-18T23:24:56.577Z</StartTime>
      <Duration>31536000</Duration>
      <FixedPrice>123.0</FixedPrice>
      <UsagePrice>0.123</UsagePrice>
      <DBInstanceClass>db.m1.small</DBInstanceClass>
    </ReservedDBInstance>
  </PurchaseReservedDBInstancesOfferingResult>
  <ResponseMetadata>
    <RequestId>7f099901-29cf-11e1-bd06-6fe008f046c3</RequestId>
  </ResponseMetadata>
</PurchaseReservedDBInstancesOfferingResponse>`

var documented = RDSPage{Instances: []Instance{{
	ID: "myreservationID", OfferingID: " 438012d3-4052-4cc7-b2e3-8d3372e0e706", Class: "db.m1.small",
	StartMS: 1324250696577, Duration: 31536000, FixedPrice: 123, UsagePrice: 0.123,
	Currency: "USD", Count: 10, Product: "mysql", Type: "Medium Utilization",
	MultiAZ: true, State: "payment-pending",
}}}

const marker = "cmktMjAyMC0wNi0yOS0xNi01NC01Ny02NzAvMTAwL2FjdGl2ZQ=="

// RDSDescribe is a page of reservations in the members of 2014-10-31, indented
// by two spaces as the service does it.
func RDSDescribe(records int) Document {
	return Document{rdsDescribe(func(n, _ int) bool { return n == records }), func() any { return rdsPage(records) }}
}

// RDSLarge is one response of about 20 MB.
func RDSLarge() Document {
	records := 0
	text := rdsDescribe(func(n, size int) bool { records = n; return size >= Large })
	return Document{text, func() any { return rdsPage(records) }}
}

func rdsPage(records int) RDSPage {
	page := RDSPage{Marker: marker}
	for i := range records {
		page.Instances = append(page.Instances, instance(i))
	}
	return page
}

// instance computes the i-th record. One in ten has a value that needs an
// entity, and 55 of 100 have two charges.
func instance(i int) Instance {
	p := Instance{
		ID:         fmt.Sprintf("ri-2020-06-29-16-54-57-%06d", i),
		OfferingID: fmt.Sprintf("%08x-4052-4cc7-b2e3-%012x", 0x438012d3+i*7919, 0x8d3372e0e706+i*104729),
		Class:      pick(i, "db.m5.large", "db.r5.2xlarge", "db.t3.medium", "db.m1.small"),
		StartMS:    time.Date(2020, 6, 29, 16, 54, 57, 670e6, time.UTC).UnixMilli() + int64(i)*86_399_123,
		Duration:   31536000 * int64(1+i%2*2),
		FixedPrice: float64(123+i%977) + float64(i%4)/4,
		UsagePrice: float64(i%1000) / 1000,
		Currency:   "USD",
		Count:      int64(1 + i%12),
		Product:    pick(i, "mysql", "postgresql", "oracle-se2(li)", "sqlserver-se(li)"),
		Type:       pick(i, "Partial Upfront", "All Upfront", "No Upfront"),
		MultiAZ:    i%3 == 0,
		State:      pick(i, "active", "active", "payment-pending", "payment-failed"),
		LeaseID:    fmt.Sprintf("lease-%016x", i*2654435761),
		Charges:    []Charge{{float64(i%100)/1000 + 0.014, "Hourly"}},
	}
	if i%10 == 3 {
		p.Product = pick(i/10, "mysql <8.0> & later", "R&D's \"postgresql\"", "café & bar")
	}
	if i%20 < 11 {
		p.Charges = append(p.Charges, Charge{float64(i%50)/100 + 1.5, "Hourly"})
	}
	p.ARN = "arn:aws:rds:us-east-1:123456789012:ri:" + p.ID
	return p
}

func pick(i int, from ...string) string { return from[i%len(from)] }

var xmlText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "é", "&#233;")

// rdsDescribe prints records until done says so of their number and the size so
// far.
func rdsDescribe(done func(records, size int) bool) string {
	var b strings.Builder
	b.WriteString(`<DescribeReservedDBInstancesResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/">
  <DescribeReservedDBInstancesResult>
    <Marker>` + marker + `</Marker>
    <ReservedDBInstances>
`)
	const after = `    </ReservedDBInstances>
  </DescribeReservedDBInstancesResult>
  <ResponseMetadata>
    <RequestId>c695119b-2961-11e1-bd06-6fe008f046c3</RequestId>
  </ResponseMetadata>
</DescribeReservedDBInstancesResponse>`
	for i := 0; !done(i, b.Len()+len(after)); i++ {
		printInstance(&b, instance(i))
	}
	b.WriteString(after)
	return b.String()
}

// printInstance prints a record in the member order of the documented sample.
func printInstance(b *strings.Builder, p Instance) {
	fmt.Fprintf(b, `      <ReservedDBInstance>
        <OfferingType>%s</OfferingType>
        <CurrencyCode>%s</CurrencyCode>
        <RecurringCharges>
`, p.Type, p.Currency)
	for _, c := range p.Charges {
		fmt.Fprintf(b, `          <RecurringCharge>
            <RecurringChargeFrequency>%s</RecurringChargeFrequency>
            <RecurringChargeAmount>%s</RecurringChargeAmount>
          </RecurringCharge>
`, c.Frequency, double(c.Amount))
	}
	fmt.Fprintf(b, `        </RecurringCharges>
        <ProductDescription>%s</ProductDescription>
        <ReservedDBInstancesOfferingId>%s</ReservedDBInstancesOfferingId>
        <MultiAZ>%t</MultiAZ>
        <State>%s</State>
        <ReservedDBInstanceId>%s</ReservedDBInstanceId>
        <DBInstanceCount>%d</DBInstanceCount>
        <StartTime>%s</StartTime>
        <Duration>%d</Duration>
        <FixedPrice>%s</FixedPrice>
        <UsagePrice>%s</UsagePrice>
        <DBInstanceClass>%s</DBInstanceClass>
        <ReservedDBInstanceArn>%s</ReservedDBInstanceArn>
        <LeaseId>%s</LeaseId>
      </ReservedDBInstance>
`, xmlText.Replace(p.Product), p.OfferingID, p.MultiAZ, p.State, p.ID, p.Count,
		time.UnixMilli(p.StartMS).UTC().Format("2006-01-02T15:04:05.000Z"),
		p.Duration, double(p.FixedPrice), double(p.UsagePrice), p.Class, p.ARN, p.LeaseID)
}

// double prints a price as the service does, always with a fraction.
func double(v float64) string {
	text := fmt.Sprint(v)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}
