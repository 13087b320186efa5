package rule_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"wireproof/conformance/exchange"
	"wireproof/conformance/rule"
)

// good are exchanges that keep every rule. The requests are what SDKs send, the
// responses are written after the documented samples.
var good = map[string]struct{ request, response string }{
	"rds-purchase": {form("Action=PurchaseReservedDBInstancesOffering&Version=2014-10-31&ReservedDBInstancesOfferingId=438012d3&ReservedDBInstanceId=mine&DBInstanceCount=10"),
		xmlResponse("200 OK", `<PurchaseReservedDBInstancesOfferingResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><PurchaseReservedDBInstancesOfferingResult>`+instance("mine")+
			`</PurchaseReservedDBInstancesOfferingResult><ResponseMetadata><RequestId>rid-1</RequestId></ResponseMetadata></PurchaseReservedDBInstancesOfferingResponse>`)},
	"rds-plain-purchase": {form("Action=PurchaseReservedDBInstancesOffering&Version=2014-10-31&ReservedDBInstancesOfferingId=438012d3"),
		xmlResponse("200 OK", `<PurchaseReservedDBInstancesOfferingResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><PurchaseReservedDBInstancesOfferingResult>`+
			strings.Replace(instance("ri-2020-06-29-16-54-57-670"), "<DBInstanceCount>10", "<DBInstanceCount>1", 1)+
			`</PurchaseReservedDBInstancesOfferingResult><ResponseMetadata><RequestId>rid-1</RequestId></ResponseMetadata></PurchaseReservedDBInstancesOfferingResponse>`)},
	"rds-instances": {form("Action=DescribeReservedDBInstances&Version=2014-10-31&MaxRecords=20"),
		xmlResponse("200 OK", `<DescribeReservedDBInstancesResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><DescribeReservedDBInstancesResult><ReservedDBInstances>`+
			instance("mine")+instance("other")+`</ReservedDBInstances></DescribeReservedDBInstancesResult><ResponseMetadata><RequestId>rid-1</RequestId></ResponseMetadata></DescribeReservedDBInstancesResponse>`)},
	"rds-filtered": {form("Action=DescribeReservedDBInstances&Version=2014-10-31&ReservedDBInstanceId=mine&ReservedDBInstancesOfferingId=438012d3&DBInstanceClass=db.m1.small&Duration=1&ProductDescription=mysql&OfferingType=Partial+Upfront&MultiAZ=true&LeaseId=lease"),
		xmlResponse("200 OK", `<DescribeReservedDBInstancesResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><DescribeReservedDBInstancesResult><ReservedDBInstances>`+
			instance("mine")+`</ReservedDBInstances></DescribeReservedDBInstancesResult><ResponseMetadata><RequestId>rid-1</RequestId></ResponseMetadata></DescribeReservedDBInstancesResponse>`)},
	"rds-offerings": {form("Action=DescribeReservedDBInstancesOfferings&Version=2014-10-31&ProductDescription=MySQL"),
		xmlResponse("200 OK", `<DescribeReservedDBInstancesOfferingsResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><DescribeReservedDBInstancesOfferingsResult><Marker>m</Marker><ReservedDBInstancesOfferings>`+
			`<ReservedDBInstancesOffering><Duration>31536000</Duration><OfferingType>No Upfront</OfferingType><CurrencyCode>USD</CurrencyCode><RecurringCharges/><FixedPrice>1</FixedPrice>`+
			`<ProductDescription>mysql</ProductDescription><UsagePrice>0.123</UsagePrice><MultiAZ>false</MultiAZ><ReservedDBInstancesOfferingId>438012d3</ReservedDBInstancesOfferingId><DBInstanceClass>db.m1.small</DBInstanceClass></ReservedDBInstancesOffering>`+
			`</ReservedDBInstancesOfferings></DescribeReservedDBInstancesOfferingsResult><ResponseMetadata><RequestId>rid-1</RequestId></ResponseMetadata></DescribeReservedDBInstancesOfferingsResponse>`)},
	"rds-old": {form("Action=DescribeReservedDBInstances&Version=2014-09-01"),
		xmlResponse("200 OK", `<DescribeReservedDBInstancesResponse xmlns="http://rds.amazonaws.com/doc/2014-09-01/"><DescribeReservedDBInstancesResult><ReservedDBInstances/></DescribeReservedDBInstancesResult><ResponseMetadata><RequestId>rid-1</RequestId></ResponseMetadata></DescribeReservedDBInstancesResponse>`)},
	"rds-error": {form("Action=DescribeReservedDBInstances&Version=2014-10-31&ReservedDBInstanceId=none"),
		xmlResponse("404 Not Found", rdsErrorBody("Sender", "ReservedDBInstanceNotFound"))},
	"rds-common-error": {form("Action=DescribeReservedDBInstances&Version=2014-10-31&MaxRecords=1"),
		xmlResponse("400 Bad Request", rdsErrorBody("Sender", "InvalidParameterValue"))},
	"rds-unknown-action": {form("Action=Nothing&Version=2014-10-31"),
		xmlResponse("400 Bad Request", strings.Replace(rdsErrorBody("Sender", "InvalidAction"), "rds.amazonaws.com/doc/2014-10-31/", "webservices.amazon.com/AWSFault/2005-15-09", 1))},
	"mc-purchase": {"POST /v1/offerings/" + escaped + " HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 56\r\n\r\n" + `{"reservationName":"R","start":"2020-03-05T23:30:00Z"  }`,
		jsonResponse("201 Created", `{"reservation":`+reservation("R")+`}`)},
	"mc-offering": {"GET /v1/offerings/" + escaped + " HTTP/1.1\r\nHost: h\r\n\r\n",
		jsonResponse("200 OK", `{"offering":`+offering+`}`)},
	"mc-reservation": {"GET /v1/reservations/arn%3Aaws%3Amediaconnect%3Aus-east-1%3A123456789012%3Areservation%3A1-23aBC45dEF67hiJ8%3AR HTTP/1.1\r\nHost: h\r\n\r\n",
		jsonResponse("200 OK", `{"reservation":`+reservation("R")+`}`)},
	"mc-offerings": {"GET /v1/offerings HTTP/1.1\r\nHost: h\r\n\r\n",
		jsonResponse("200 OK", `{"nextToken":"t","offerings":[`+offering+`]}`)},
	"mc-reservations": {"GET /v1/reservations?maxResults=2 HTTP/1.1\r\nHost: h\r\n\r\n",
		jsonResponse("200 OK", `{"reservations":[`+reservation("R")+","+reservation("S")+`]}`)},
	"mc-error": {"GET /v1/offerings/" + escaped + " HTTP/1.1\r\nHost: h\r\n\r\n",
		strings.Replace(jsonResponse("404 Not Found", `{"message":"no"}`), "Date:", "X-Amzn-ErrorType: NotFoundException\r\nDate:", 1)},
	"mc-common-error": {"GET /v1/offerings HTTP/1.1\r\nHost: h\r\n\r\n",
		strings.Replace(jsonResponse("403 Forbidden", `{"message":"no"}`), "Date:", "X-Amzn-ErrorType: AccessDeniedException\r\nDate:", 1)},
	"chunked": {"GET /v1/offerings HTTP/1.1\r\nHost: h\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-amzn-RequestId: rid-1\r\n" + date + "Transfer-Encoding: chunked\r\n\r\n10\r\n{\"offerings\":[]}\r\n0\r\n\r\n"},
	"head": {"HEAD /v1/offerings HTTP/1.1\r\nHost: h\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-amzn-RequestId: rid-1\r\n" + date + "Content-Length: 16\r\n\r\n"},
	"no-content": {"OPTIONS /v1/offerings HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 204 No Content\r\n" + date + "\r\n"},
}

const (
	date    = "Date: Thu, 08 Oct 2026 16:09:59 GMT\r\n"
	arn     = "arn:aws:mediaconnect:us-east-1:123456789012:offering:1-23aBC45dEF67hiJ8:O"
	escaped = "arn%3Aaws%3Amediaconnect%3Aus-east-1%3A123456789012%3Aoffering%3A1-23aBC45dEF67hiJ8%3AO"
	shared  = `"currencyCode":"USD","duration":12,"durationUnits":"MONTHS","offeringArn":"` + arn + `","offeringDescription":"d","pricePerUnit":"0.0650","priceUnits":"HOURLY","resourceSpecification":{"reservedBitrate":50,"resourceType":"Mbps_Outbound_Bandwidth"}`

	offering = "{" + shared + "}"
)

func reservation(name string) string {
	return "{" + shared + `,"end":"2021-03-05T23:30:00Z","reservationArn":"arn:aws:mediaconnect:us-east-1:123456789012:reservation:1-23aBC45dEF67hiJ8:` + name + `","reservationName":"` + name + `","reservationState":"ACTIVE","start":"2020-03-05T23:30:00Z"}`
}

func instance(id string) string {
	return `<ReservedDBInstance><OfferingType>Partial Upfront</OfferingType><CurrencyCode>USD</CurrencyCode><RecurringCharges><RecurringCharge><RecurringChargeFrequency>Hourly</RecurringChargeFrequency><RecurringChargeAmount>0.139</RecurringChargeAmount></RecurringCharge></RecurringCharges>` +
		`<ProductDescription>mysql</ProductDescription><ReservedDBInstancesOfferingId>438012d3</ReservedDBInstancesOfferingId><MultiAZ>true</MultiAZ><State>payment-pending</State><ReservedDBInstanceId>` + id + `</ReservedDBInstanceId><DBInstanceCount>10</DBInstanceCount>` +
		`<StartTime>2011-12-18T23:24:56.577Z</StartTime><Duration>31536000</Duration><FixedPrice>123.0</FixedPrice><UsagePrice>0.123</UsagePrice><DBInstanceClass>db.m1.small</DBInstanceClass>` +
		`<ReservedDBInstanceArn>arn:aws:rds:us-east-1:123456789012:ri:` + id + `</ReservedDBInstanceArn><LeaseId>lease</LeaseId></ReservedDBInstance>`
}

func rdsErrorBody(fault, code string) string {
	return `<ErrorResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><Error><Type>` + fault + `</Type><Code>` + code + `</Code><Message>no</Message></Error><RequestId>rid-1</RequestId></ErrorResponse>`
}

func form(body string) string {
	return fmt.Sprintf("POST / HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
}

func xmlResponse(status, body string) string  { return response(status, "text/xml", body) }
func jsonResponse(status, body string) string { return response(status, "application/json", body) }

func response(status, mediaType, body string) string {
	return fmt.Sprintf("HTTP/1.1 %s\r\nContent-Type: %s\r\nx-amzn-RequestId: rid-1\r\n%sContent-Length: %d\r\n\r\n%s", status, mediaType, date, len(body), body)
}

// reframe makes Content-Length true again.
func reframe(raw string) string {
	head, body, _ := strings.Cut(raw, "\r\n\r\n")
	before, after, ok := strings.Cut(head, "Content-Length: ")
	if !ok {
		return raw
	}
	_, rest, _ := strings.Cut(after, "\r\n")
	if rest != "" {
		rest = "\r\n" + rest
	}
	return fmt.Sprintf("%sContent-Length: %d%s\r\n\r\n%s", before, len(body), rest, body)
}

func book(t testing.TB) *rule.Book {
	t.Helper()
	b, err := rule.New()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// read reads an exchange; a request of no bytes is none.
func read(t testing.TB, request, response string, hint rule.Hint) *rule.Reading {
	t.Helper()
	x := &exchange.Exchange{Sent: request, Received: response}
	var err error
	if request != "" {
		if x.Request, err = exchange.ParseRequest(request); err != nil {
			t.Fatal(err)
		}
	}
	if x.Response, err = exchange.ParseResponse(response); err != nil {
		t.Fatalf("%v\n%s", err, response)
	}
	return rule.Read(x, hint)
}

// told gives the ids of the checks that did not pass, notes included.
func told(checks []rule.Check) (ids []string) {
	for _, c := range checks {
		if c.Verdict != rule.Pass || len(c.Differences) > 0 {
			ids = append(ids, c.ID)
		}
	}
	slices.Sort(ids)
	return ids
}
