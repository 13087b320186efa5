package emulator_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"

	"wireproof/conformance/emulator"
)

// A purchase from a test, with a clock and ids that are always the same.
func Example() {
	e, err := emulator.New(emulator.Options{
		Now:   func() time.Time { return time.Date(2020, 3, 15, 12, 0, 0, 0, time.UTC) },
		NewID: func() string { return "7f099901-29cf-11e1-bd06-6fe008f046c3" },
	})
	if err != nil {
		panic(err)
	}
	defer e.Close()
	server := httptest.NewServer(e)
	defer server.Close()

	resp, err := http.PostForm(server.URL, url.Values{
		"Action":                        {"PurchaseReservedDBInstancesOffering"},
		"Version":                       {"2012-04-23"},
		"ReservedDBInstancesOfferingId": {"438012d3-4052-4cc7-b2e3-8d3372e0e706"},
		"ReservedDBInstanceId":          {"myreservationID"},
	})
	if err != nil {
		panic(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		panic(err)
	}
	fmt.Println(resp.Status)
	fmt.Println(strings.TrimSpace(string(body)))
	// Output:
	// 200 OK
	// <PurchaseReservedDBInstancesOfferingResponse xmlns="http://rds.amazonaws.com/doc/2012-04-23/">
	//   <PurchaseReservedDBInstancesOfferingResult>
	//     <ReservedDBInstance>
	//       <OfferingType>Medium Utilization</OfferingType>
	//       <CurrencyCode>USD</CurrencyCode>
	//       <RecurringCharges/>
	//       <ProductDescription>mysql</ProductDescription>
	//       <ReservedDBInstancesOfferingId>438012d3-4052-4cc7-b2e3-8d3372e0e706</ReservedDBInstancesOfferingId>
	//       <MultiAZ>true</MultiAZ>
	//       <State>payment-pending</State>
	//       <ReservedDBInstanceId>myreservationID</ReservedDBInstanceId>
	//       <DBInstanceCount>1</DBInstanceCount>
	//       <StartTime>2020-03-15T12:00:00.000Z</StartTime>
	//       <Duration>31536000</Duration>
	//       <FixedPrice>123.0</FixedPrice>
	//       <UsagePrice>0.123</UsagePrice>
	//       <DBInstanceClass>db.m1.small</DBInstanceClass>
	//     </ReservedDBInstance>
	//   </PurchaseReservedDBInstancesOfferingResult>
	//   <ResponseMetadata>
	//     <RequestId>7f099901-29cf-11e1-bd06-6fe008f046c3</RequestId>
	//   </ResponseMetadata>
	// </PurchaseReservedDBInstancesOfferingResponse>
}
