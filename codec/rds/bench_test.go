package rds

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"strings"
	"testing"
)

// page makes the XML of a page of n reservations, indented as the service does.
func page(n int) string {
	var b strings.Builder
	b.WriteString("<DescribeReservedDBInstancesResponse xmlns=\"http://rds.amazonaws.com/doc/2014-10-31/\">\n  <DescribeReservedDBInstancesResult>\n    <Marker>M2E5OGJmZGUtNDAzOS00</Marker>\n    <ReservedDBInstances>\n")
	for i := range n {
		product := "mysql"
		if i%10 == 0 {
			product = "oracle-se1 &lt;li&gt; &amp; more"
		}
		b.WriteString("      <ReservedDBInstance>\n")
		fmt.Fprintf(&b, "        <OfferingType>Partial Upfront</OfferingType>\n        <CurrencyCode>USD</CurrencyCode>\n        <RecurringCharges>\n")
		for range 1 + i%2 {
			fmt.Fprintf(&b, "          <RecurringCharge>\n            <RecurringChargeFrequency>Hourly</RecurringChargeFrequency>\n            <RecurringChargeAmount>0.%03d</RecurringChargeAmount>\n          </RecurringCharge>\n", 100+i)
		}
		fmt.Fprintf(&b, "        </RecurringCharges>\n        <ProductDescription>%s</ProductDescription>\n        <ReservedDBInstancesOfferingId>438012d3-4052-4cc7-b2e3-8d3372e0e%03d</ReservedDBInstancesOfferingId>\n        <MultiAZ>%v</MultiAZ>\n        <State>payment-pending</State>\n        <ReservedDBInstanceId>ri-2020-06-29-16-54-57-%03d</ReservedDBInstanceId>\n        <DBInstanceCount>%d</DBInstanceCount>\n        <StartTime>2011-12-18T23:24:56.%03dZ</StartTime>\n        <Duration>31536000</Duration>\n        <FixedPrice>%d.0</FixedPrice>\n        <UsagePrice>0.%03d</UsagePrice>\n        <DBInstanceClass>db.m1.small</DBInstanceClass>\n        <ReservedDBInstanceArn>arn:aws:rds:us-east-1:123456789012:ri:ri-2020-06-29-16-54-57-%03d</ReservedDBInstanceArn>\n        <LeaseId>lease-%06d</LeaseId>\n", product, i, i%2 == 0, i, 1+i, i, 100+i, i, i, i)
		b.WriteString("      </ReservedDBInstance>\n")
	}
	b.WriteString("    </ReservedDBInstances>\n  </DescribeReservedDBInstancesResult>\n  <ResponseMetadata>\n    <RequestId>7f099901-29cf-11e1-bd06-6fe008f046c3</RequestId>\n  </ResponseMetadata>\n</DescribeReservedDBInstancesResponse>")
	return b.String()
}

func BenchmarkDecodePage(b *testing.B) {
	src := page(100)
	for _, lenient := range []bool{true, false} {
		b.Run(fmt.Sprintf("reuse/lenient=%v", lenient), func(b *testing.B) {
			d := Decoder{Lenient: lenient}
			var out DescribeReservedDBInstancesOutput
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				if err := d.DecodeBody(src, &out); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("fresh", func(b *testing.B) {
		body := []byte(src)
		b.SetBytes(int64(len(src)))
		b.ReportAllocs()
		for b.Loop() {
			var d Decoder
			var out DescribeReservedDBInstancesOutput
			if err := d.DecodeBytes(body, &out); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("hop", func(b *testing.B) {
		body := []byte(src)
		b.SetBytes(int64(len(src)))
		for b.Loop() {
			hop(body)
		}
	})
	b.Run("encoding/xml", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		for b.Loop() {
			var v struct {
				R struct {
					L []struct {
						OfferingType, CurrencyCode, ProductDescription, State string
					} `xml:"ReservedDBInstances>ReservedDBInstance"`
				} `xml:"DescribeReservedDBInstancesResult"`
			}
			if err := xml.Unmarshal([]byte(src), &v); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func hop(body []byte) (n int) {
	for {
		i := bytes.IndexByte(body, 0x3c)
		if i < 0 {
			return n
		}
		body = body[i+1:]
		n++
	}
}

func BenchmarkEncodePage(b *testing.B) {
	src := page(100)
	var d Decoder
	var out DescribeReservedDBInstancesOutput
	if err := d.DecodeBody(src, &out); err != nil {
		b.Fatal(err)
	}
	if len(d.Findings()) > 0 {
		b.Fatal(d.Findings())
	}
	var buf []byte
	var err error
	b.ReportAllocs()
	for b.Loop() {
		if buf, err = (Encoder{}).AppendBody(buf[:0], &out); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(len(buf)))
}

func BenchmarkDecodePurchase(b *testing.B) {
	src, err := os.ReadFile("../../fixtures/samples/rds-2012-04-23/purchase-response.xml")
	if err != nil {
		b.Fatal(err)
	}
	body := string(src)
	b.Run("reuse", func(b *testing.B) {
		d := Decoder{Lenient: true}
		var out PurchaseReservedDBInstancesOfferingOutput
		b.ReportAllocs()
		for b.Loop() {
			if err := d.DecodeBody(body, &out); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("fresh", func(b *testing.B) {
		d := Decoder{Lenient: true}
		b.ReportAllocs()
		for b.Loop() {
			var out PurchaseReservedDBInstancesOfferingOutput
			if err := d.DecodeBytes(src, &out); err != nil {
				b.Fatal(err)
			}
		}
	})
}
