package rule_test

import (
	"slices"
	"strings"
	"testing"

	"wireproof/conformance/rule"
)

// An edit of a good exchange, and the rules that it breaks: those and no others.
type edit struct {
	from, old, new string
	breaks         string // ids, sorted, between spaces
	why            string // where several break
}

// raw edits are not given a true Content-Length: length is what they are about.
var rawEdits = []edit{
	{"rds-error", "HTTP/1.1 404 Not Found", "HTTP/1.1 404", "http.status-line", ""},
	{"rds-error", "HTTP/1.1 404 ", "HTTP/1.1  404 ", "http.status-line", ""},
	{"rds-error", "HTTP/1.1 404 Not Found\r\n", "HTTP/1.1 404 Not Found\n", "http.line-ends", ""},
	{"rds-error", "x-amzn-RequestId: rid-1", "X-Other: a\rb\r\nx-amzn-RequestId: rid-1", "http.header-lines http.line-ends", "a CR is a control character too"},
	{"rds-error", "Content-Type: text", "Content-Type : text", "http.header-lines", ""},
	{"rds-error", "Content-Type: text", "no colon\r\nContent-Type: text", "http.header-lines", ""},
	{"rds-error", "x-amzn-RequestId: ", "x-amzn-RequestId:\r\n ", "http.header-folding", ""},
	{"rds-error", "x-amzn-RequestId: rid-1", "x-amzn-RequestId: rid-1\r\nx-amzn-RequestId: rid-1", "http.single-headers", ""},
	{"mc-error", "Content-Type: application/json", "Content-Type: application/json\r\ncontent-type: application/json", "http.single-headers", ""},
	{"mc-error", "Content-Length: 16", "Content-Length: 16\r\nContent-Length: 16", "http.content-length", ""},
	{"mc-error", "Content-Length: 16", "Content-Length: +16", "http.content-length", ""},
	{"mc-error", "Content-Length: 16", "Content-Length: 17", "http.body-length", ""},
	{"mc-error", "Content-Length: 16", "Content-Length: 15", "http.body-length mediaconnect.json.well-formed", "the document is cut off"},
	{"mc-error", `{"message":"no"}`, `{"message":"no"}` + "\r\n", "http.body-length", ""},
	{"no-content", "\r\n\r\n", "\r\nContent-Length: 0\r\n\r\n", "http.content-length", ""},
	{"no-content", "\r\n\r\n", "\r\n\r\n{}", "http.no-body", ""},
	{"no-content", "\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n", "http.transfer-encoding", ""},
	{"head", "\r\n\r\n", "\r\n\r\n{\"offerings\":[]}", "http.no-body", ""},
	{"chunked", "10\r\n", "1g\r\n", "http.chunked mediaconnect.body.present", "nothing of the body is left"},
	{"chunked", "\r\n0\r\n\r\n", "\r\n0\r\n", "http.chunked", ""},
	{"chunked", "\r\n0\r\n\r\n", "\r\n0\r\nX-Sum: 1\r\n\r\n", "http.trailer", ""},
	{"chunked", "\r\n0\r\n\r\n", "\r\n", "http.body-length", ""},
	{"chunked", "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 16\r\n", "http.content-length", ""},
	{"mc-error", "Content-Length: 16", "Transfer-Encoding: identity", "http.transfer-encoding", ""},
	{"mc-error", "Content-Length: 16", "Content-Encoding: gzip\r\nContent-Length: 16", "http.content-encoding", ""},
	{"mc-error", date, "", "http.date", ""},
	{"mc-error", date, "Date: Thu, 8 Oct 2026 16:09:59 GMT\r\n", "http.date-form", ""},
	{"mc-error", date, "Date: Fri, 08 Oct 2026 16:09:59 GMT\r\n", "http.date-form", ""},
	{"mc-error", date, "Date: 2026-10-08T16:09:59Z\r\n", "http.date-form", ""},
	{"mc-error", "x-amzn-RequestId: rid-1", "x-request-id: rid-1", "http.request-id", ""},
	{"mc-error", "x-amzn-RequestId: rid-1", "x-amzn-RequestId: ", "http.request-id", ""},
	{"rds-error", "x-amzn-RequestId: rid-1", "x-amzn-RequestId:", "http.request-id", ""},
	{"rds-error", "x-amzn-RequestId: rid-1", "x-amzn-RequestId: rid-2", "rds.envelope.request-id-agrees", ""},
	{"mc-error", "404 Not Found", "300 Multiple Choices", "http.error-status", ""},
	{"rds-error", "404 Not Found", "302 Found", "http.error-status", ""},
	{"mc-error", "NotFoundException\r\n", "NotFoundException \t\r\n", "mediaconnect.errors.type-space", ""},
}

var edits = []edit{
	{"rds-error", "text/xml", "application/xml", "rds.headers.content-type", ""},
	{"rds-error", "Content-Type: text/xml\r\n", "", "rds.headers.content-type", ""},
	{"rds-error", "text/xml", "text/xml, text/xml", "rds.headers.content-type", ""},
	{"rds-error", "text/xml", "text/xml; charset=utf-8, text/xml", "rds.headers.charset rds.headers.content-type", "the second type is part of the charset"},
	{"rds-error", "text/xml", `text/xml; charset="ISO-8859-1"`, "rds.headers.charset", ""},
	{"rds-error", rdsErrorBody("Sender", "ReservedDBInstanceNotFound"), "", "rds.body.present", ""},
	{"rds-old", xmlOf("rds-old"), "", "rds.body.present", ""},
	{"rds-error", "<Message>no", "<Message>a & b", "rds.xml.well-formed", ""},
	{"rds-error", "<Message>no", "<Message>&foo;", "rds.xml.well-formed", ""},
	{"rds-error", "<Message>no", "<Message>\x01", "rds.xml.well-formed", ""},
	{"rds-error", "<Type>", "<Type a='1' a='2'>", "rds.xml.well-formed", ""},
	{"rds-error", "<Type>Sender</Type>", "<Type>Sender</type>", "rds.xml.well-formed", ""},
	{"rds-error", "<ErrorResponse", "\n<?xml version='1.0'?><ErrorResponse", "rds.xml.well-formed", ""},
	{"rds-error", rdsErrorBody("Sender", "ReservedDBInstanceNotFound"), `{"Error":{}}`, "rds.xml.well-formed", ""},
	{"rds-error", "<ErrorResponse", "<?xml version='1.0' encoding='ISO-8859-1'?><ErrorResponse", "rds.xml.encoding", ""},
	{"rds-error", "<Message>no", "<Message>\xe9", "rds.xml.encoding", ""},
	{"rds-error", "<ErrorResponse", "<!DOCTYPE ErrorResponse><ErrorResponse", "rds.xml.doctype", ""},
	{"rds-error", "<ErrorResponse", "\ufeff<ErrorResponse", "rds.xml.bom", ""},
	{"rds-error", "<Type>Sender</Type>", "<r:Type xmlns:r='http://rds.amazonaws.com/doc/2014-10-31/'>Sender</r:Type>", "rds.xml.nested-namespace rds.xml.prefix", "a prefix has to be declared"},
	{"rds-error", "<Type>", "<Type xmlns='http://example.com/'>", "rds.xml.nested-namespace", ""},
	{"rds-purchase", "<State>", "<State kind='x'>", "rds.xml.attribute", ""},
	{"rds-purchase", "<CurrencyCode>USD</CurrencyCode>", "<CurrencyCode nil='true'/>", "rds.xml.attribute rds.xml.empty-attribute", "it is an attribute as well"},
	{"rds-purchase", "<ProductDescription>my", "<ProductDescription>my<!-- x -->", "rds.xml.comment-in-text", ""},
	{"rds-purchase", "<RecurringCharges>", "<RecurringCharges>x", "rds.xml.text-between", ""},

	{"rds-purchase", "200 OK", "201 Created", "rds.status.success", ""},
	{"rds-error", "404 Not Found", "200 OK", "rds.envelope.error-as-success", ""},
	{"rds-old", xmlOf("rds-old"), "<GenericResponse/>", "rds.envelope.document", ""},
	{"rds-old", xmlOf("rds-old"), "<html><body>hello</body></html>", "rds.envelope.document", ""},
	{"rds-old", xmlOf("rds-old"), xmlOf("rds-offerings"), "rds.envelope.document", ""},
	{"rds-old", "DescribeReservedDBInstancesResponse", "DescribeReservedDBInstancesOutput", "rds.envelope.root", ""},
	{"rds-old", ` xmlns="http://rds.amazonaws.com/doc/2014-09-01/"`, "", "rds.envelope.namespace", ""},
	{"rds-old", "rds.amazonaws.com", "example.com", "rds.envelope.namespace", ""},
	{"rds-old", "doc/2014-09-01/", "doc/2012-04-23/", "rds.envelope.namespace-version", ""},
	{"rds-old", "DescribeReservedDBInstancesResult", "Result", "rds.envelope.result-wrapper", ""},
	{"rds-old", "<ResponseMetadata><RequestId>rid-1</RequestId></ResponseMetadata>", "", "rds.envelope.response-metadata", ""},
	{"rds-old", "<RequestId>rid-1</RequestId>", "<RequestId/>", "rds.envelope.response-metadata", ""},
	{"rds-old", "<RequestId>rid-1", "<RequestId>rid-2", "rds.envelope.request-id-agrees", ""},

	{"rds-purchase", "Duration>", "duration>", "rds.members.case", ""},
	{"rds-error", "Message>", "message>", "rds.members.case", ""},
	{"rds-purchase", "<State>", "<State>active</State><State>", "rds.members.once", ""},
	{"rds-instances", "doc/2014-10-31/", "doc/2014-09-01/", "rds.envelope.namespace-version rds.members.version", "an older namespace is a fault of its own"},
	{"rds-purchase", "<State>", "<Colour>blue</Colour><State>", "rds.members.unknown", ""},
	{"rds-error", "<Message>", "<Detail/><Message>", "rds.members.unknown", ""},
	{"rds-purchase", "<DBInstanceClass>db.m1.small", "<DBInstanceClass>db.m1.small<i/>", "rds.members.scalar", ""},
	{"rds-purchase", "<CurrencyCode>USD", "<CurrencyCode>\n", "rds.members.blank-text", ""},
	{"rds-purchase", "<DBInstanceCount>10", "<DBInstanceCount>10.0", "rds.members.integer", ""},
	{"rds-purchase", "<DBInstanceCount>10", "<DBInstanceCount>", "rds.members.integer", ""},
	{"rds-instances", "<DBInstanceCount>10", "<DBInstanceCount>2147483648", "rds.members.integer", ""},
	{"rds-purchase", "<FixedPrice>123.0", "<FixedPrice>$123.0", "rds.members.double", ""},
	{"rds-purchase", "<FixedPrice>123.0", "<FixedPrice>+123.0", "rds.members.plain-number", ""},
	{"rds-purchase", "<DBInstanceCount>10", "<DBInstanceCount>010", "rds.members.plain-number", ""},
	{"rds-purchase", "<MultiAZ>true", "<MultiAZ>True", "rds.members.boolean", ""},
	{"rds-purchase", "<MultiAZ>true", "<MultiAZ>", "rds.members.boolean", ""},
	{"rds-purchase", "56.577Z", "56.577", "rds.members.timestamp", ""},
	{"rds-purchase", "56.577Z", "56+00:00", "rds.members.timestamp", ""},
	{"rds-purchase", "56.577Z", "56.577123Z", "rds.members.timestamp-precision", ""},
	{"rds-purchase", "<CurrencyCode>USD", "<CurrencyCode>None", "rds.members.no-literal", ""},
	{"rds-purchase", "<DBInstanceClass>db.m1.small</DBInstanceClass>", "", "rds.members.complete", ""},
	{"rds-offerings", "<RecurringCharges/>", "", "rds.members.complete", ""},
	{"rds-purchase", "<RecurringChargeFrequency>Hourly</RecurringChargeFrequency>", "", "rds.members.complete", ""},
	{"rds-purchase", "RecurringCharge>", "member>", "rds.lists.item-name", ""},
	{"rds-purchase", "<RecurringCharge><RecurringChargeFrequency>Hourly</RecurringChargeFrequency><RecurringChargeAmount>0.139</RecurringChargeAmount></RecurringCharge>",
		"<RecurringChargeFrequency>Hourly</RecurringChargeFrequency><RecurringChargeAmount>0.139</RecurringChargeAmount>", "rds.lists.wrapped", ""},

	{"rds-error", "ErrorResponse", "Response", "rds.errors.envelope", ""},
	{"rds-error", "Error>", "Fault>", "rds.errors.envelope", ""},
	{"rds-error", rdsErrorBody("Sender", "ReservedDBInstanceNotFound"), "<html><body>404</body></html>", "rds.errors.envelope", ""},
	{"rds-error", ` xmlns="http://rds.amazonaws.com/doc/2014-10-31/"`, "", "rds.errors.namespace", ""},
	{"rds-error", "rds.amazonaws.com/doc/2014-10-31/", "webservices.amazon.com/AWSFault/2005-15-09", "rds.errors.namespace", ""},
	{"rds-error", "<Code>ReservedDBInstanceNotFound</Code>", "", "rds.errors.code", ""},
	{"rds-error", "<Code>ReservedDBInstanceNotFound</Code>", "<Code> ReservedDBInstanceNotFound</Code>", "rds.errors.code", ""},
	{"rds-error", "NotFound</Code>", "NotFoundFault</Code>", "rds.errors.code-name", ""},
	{"rds-error", "ReservedDBInstanceNotFound", "ReservedDBInstancesOfferingNotFound", "rds.errors.known", ""},
	{"rds-error", "ReservedDBInstanceNotFound", "Nonsense", "rds.errors.known", ""},
	{"rds-error", "<Type>Sender</Type>", "", "rds.errors.type", ""},
	{"rds-error", "Sender", "Receiver", "rds.errors.type", ""},
	{"rds-error", "<Type>Sender", "<Type>Client", "rds.errors.type", ""},
	{"rds-error", "<Type>Sender</Type><Code>ReservedDBInstanceNotFound", "<Type>Receiver</Type><Code>Nonsense", "rds.errors.known rds.errors.type-status", "a type of a known error is held against that error"},
	{"rds-error", "<Message>no</Message>", "", "rds.errors.message", ""},
	{"rds-error", "<RequestId>rid-1</RequestId>", "", "rds.errors.request-id", ""},
	{"rds-error", "</Error><RequestId>rid-1</RequestId>", "<RequestId>rid-1</RequestId></Error>", "rds.errors.request-id rds.members.unknown", "Error has no such member"},
	{"rds-error", "<RequestId>rid-1</RequestId>", "<ResponseMetadata><RequestId>rid-1</RequestId></ResponseMetadata>", "rds.errors.request-id", ""},
	{"rds-error", "404 Not Found", "400 Bad Request", "rds.errors.status", ""},
	{"rds-common-error", "400 Bad Request", "500 Internal Server Error", "rds.errors.common-status", ""},

	{"rds-filtered", instance("mine"), "", "", ""},
	{"rds-purchase", instance("mine"), "", "rds.answers.record", ""},
	{"rds-old", "<ReservedDBInstances/>", "", "rds.answers.list", ""},
	{"rds-filtered", "<ReservedDBInstances>" + instance("mine") + "</ReservedDBInstances>", instance("mine"), "rds.answers.list rds.lists.wrapped", "the list is not there"},
	{"rds-purchase", "<ReservedDBInstancesOfferingId>438012d3", "<ReservedDBInstancesOfferingId>649fd0c8", "rds.answers.purchase-offering", ""},
	{"rds-purchase", "<ReservedDBInstancesOfferingId>438012d3", "<ReservedDBInstancesOfferingId> 438012d3", "", ""},
	{"rds-plain-purchase", "<ReservedDBInstanceId>ri-2020-06-29-16-54-57-670", "<ReservedDBInstanceId>", "rds.answers.arn rds.answers.purchase-id", "the ARN ends with the id"},
	{"rds-purchase", ">mine<", ">theirs<", "rds.answers.arn rds.answers.purchase-id", "the ARN ends with the id"},
	{"rds-purchase", "<DBInstanceCount>10", "<DBInstanceCount>1", "rds.answers.purchase-count", ""},
	{"rds-plain-purchase", "<DBInstanceCount>1", "<DBInstanceCount>2", "rds.answers.purchase-count", ""},
	{"rds-filtered", "mine<", "other<", "rds.answers.filter", ""},
	{"rds-filtered", "<ReservedDBInstancesOfferingId>438012d3", "<ReservedDBInstancesOfferingId>649fd0c8", "rds.answers.filter", ""},
	{"rds-filtered", "db.m1.small", "db.m1.large", "rds.answers.filter", ""},
	{"rds-filtered", "<Duration>31536000", "<Duration>94608000", "rds.answers.filter", ""},
	{"rds-filtered", "<ProductDescription>mysql", "<ProductDescription>oracle", "rds.answers.filter", ""},
	{"rds-filtered", "Partial Upfront", "No Upfront", "rds.answers.filter", ""},
	{"rds-filtered", "<MultiAZ>true", "<MultiAZ>false", "rds.answers.filter", ""},
	{"rds-filtered", "<LeaseId>lease", "<LeaseId>other", "rds.answers.filter", ""},
	{"rds-offerings", "<ProductDescription>mysql", "<ProductDescription>mysql(li)", "", ""},
	{"rds-offerings", "<ProductDescription>mysql", "<ProductDescription>oracle-se", "rds.answers.filter", ""},
	{"rds-instances", instance("other"), manyInstances(20), "rds.answers.page-size", ""},
	{"rds-instances", instance("other"), manyInstances(19), "", ""},
	{"rds-instances", instance("other"), instance("mine"), "rds.answers.distinct", ""},
	{"rds-instances", ":ri:other", ":reserved:other", "rds.answers.arn", ""},
	{"rds-instances", "payment-pending", "PENDING", "rds.answers.state", ""},

	{"mc-error", "application/json", "application/x-amz-json-1.1", "mediaconnect.headers.content-type", ""},
	{"mc-error", "application/json", "application/json;charset=latin1", "mediaconnect.headers.charset", ""},
	{"mc-purchase", "201 Created", "200 OK", "mediaconnect.status.success", ""},
	{"mc-offerings", "200 OK", "201 Created", "mediaconnect.status.success", ""},
	{"mc-offerings", jsonOf("mc-offerings"), "", "mediaconnect.body.present", ""},
	{"mc-error", `{"message":"no"}`, " \n", "mediaconnect.body.present", ""},
	{"mc-error", `"no"`, `"no",`, "mediaconnect.json.well-formed", ""},
	{"mc-error", `{"message"`, "\ufeff{\"message\"", "mediaconnect.json.well-formed", ""},
	{"mc-error", `"no"`, "\"\xe9\"", "mediaconnect.json.well-formed", ""},
	{"mc-error", `"no"}`, `"no"}{}`, "mediaconnect.json.well-formed", ""},
	{"mc-error", `{"message":"no"}`, "<html></html>", "mediaconnect.json.well-formed", ""},
	{"mc-offerings", jsonOf("mc-offerings"), "[]", "mediaconnect.json.object", ""},
	{"mc-error", `{"message":"no"}`, "[]", "mediaconnect.json.object", ""},
	{"mc-error", `{"message":"no"}`, "null", "mediaconnect.json.object", ""},
	{"mc-offerings", `"duration":12`, `"duration":12,"duration":12`, "mediaconnect.json.duplicate-name", ""},
	{"mc-offerings", `"d"`, `"\ud83d"`, "mediaconnect.json.surrogate", ""},
	{"mc-offerings", `"pricePerUnit"`, `"PricePerUnit"`, "mediaconnect.members.case", ""},
	{"mc-purchase", `{"reservation"`, `{"Reservation"`, "mediaconnect.members.case", ""},
	{"mc-offerings", `"0.0650"`, "0.065", "mediaconnect.members.type", ""},
	{"mc-offerings", `"duration":12`, `"duration":"12"`, "mediaconnect.members.type", ""},
	{"mc-error", `"no"`, `["no"]`, "mediaconnect.errors.message mediaconnect.members.type", "an array is no message"},
	{"mc-offerings", `"duration":12`, `"duration":12.0`, "mediaconnect.members.integer", ""},
	{"mc-offerings", `"duration":12`, `"duration":2147483648`, "mediaconnect.members.integer", ""},
	{"mc-offerings", `"currencyCode":"USD",`, "", "mediaconnect.members.required", ""},
	{"mc-offerings", `"USD"`, "null", "mediaconnect.members.required", ""},
	{"mc-offerings", `"nextToken":"t"`, `"nextToken":null`, "mediaconnect.members.null", ""},
	{"mc-offerings", `"reservedBitrate":50`, `"reservedBitrate":null`, "mediaconnect.members.null", ""},
	{"mc-offerings", `"offerings":[` + offering + `]`, `"offerings":null`, "mediaconnect.members.null", ""},
	{"mc-purchase", `"ACTIVE"`, `"CANCELLED"`, "mediaconnect.members.enum", ""},
	{"mc-purchase", `"end":"2021-03-05T23:30:00Z"`, `"end":"2021-03-05T23:30:00+00:00"`, "mediaconnect.members.date", ""},
	{"mc-purchase", `"start":"2020-03-05T23:30:00Z"`, `"start":"2020-03-05T23:30:00.000Z"`, "mediaconnect.members.date-fraction", ""},
	{"mc-offerings", `"nextToken"`, `"count":1,"nextToken"`, "mediaconnect.members.unknown", ""},
	{"mc-offerings", `"reservedBitrate"`, `"colour":1,"reservedBitrate"`, "mediaconnect.members.unknown", ""},
	{"mc-offerings", `"offerings":[`, `"offerings":[null,`, "mediaconnect.lists.null-element", ""},

	{"mc-error", "X-Amzn-ErrorType: NotFoundException\r\n", "", "mediaconnect.errors.type", ""},
	{"mc-error", "X-Amzn-ErrorType: NotFoundException", "X-Amzn-ErrorType: ", "mediaconnect.errors.type", ""},
	{"mc-error", "X-Amzn-ErrorType: NotFoundException\r\n" + date + "Content-Length: 16\r\n\r\n{", date + "Content-Length: 16\r\n\r\n{\"__type\":\"NotFoundException\",", "mediaconnect.errors.type-header", ""},
	{"mc-error", "NotFoundException\r\n", "NotFoundException:http://internal.amazon.com/coral/\r\n", "mediaconnect.errors.type-form", ""},
	{"mc-error", "NotFoundException\r\n", "NotFoundException:\r\n", "mediaconnect.errors.type-form", ""},
	{"mc-error", "NotFoundException\r\n", "notfoundexception\r\n", "mediaconnect.errors.type-case", ""},
	{"mc-error", "NotFoundException\r\n", "NotFoundException,BadRequestException\r\n", "mediaconnect.errors.type-once", ""},
	{"mc-error", "NotFoundException\r\n", "NotFoundException\r\nX-Amzn-ErrorType: NotFoundException\r\n", "mediaconnect.errors.type-once", ""},
	{"mc-error", `{"message"`, `{"__type":"BadRequestException","message"`, "mediaconnect.errors.type-agrees", ""},
	{"mc-offerings", "Date:", "X-Amzn-ErrorType: NotFoundException\r\nDate:", "mediaconnect.errors.type-on-success", ""},
	{"mc-error", "NotFoundException\r\n", "FooException\r\n", "mediaconnect.errors.known", ""},
	{"mc-error", "NotFoundException\r\n", "ValidationException\r\n", "", ""},
	{"rds-error", rdsErrorBody("Sender", "ReservedDBInstanceNotFound"), "<Response><Errors><Error><Code>ReservedDBInstanceNotFound</Code><Message>no</Message></Error></Errors><RequestID>rid-1</RequestID></Response>",
		"rds.errors.envelope rds.errors.namespace rds.errors.request-id rds.errors.type rds.members.unknown", "EC2's envelope has another namespace, id and no type"},
	{"rds-error", rdsErrorBody("Sender", "ReservedDBInstanceNotFound"), "<Error><Type>Sender</Type><Code>NoSuchBucket</Code><Message>no</Message></Error>",
		"rds.errors.envelope rds.errors.known rds.errors.request-id", "S3's envelope, and S3's error"},
	{"mc-error", `{"message":"no"}`, "{}", "mediaconnect.errors.message", ""},
	{"mc-error", `"no"`, "null", "mediaconnect.errors.message", ""},
	{"mc-common-error", `{"message":"no"}`, "{}", "mediaconnect.errors.common-message", ""},
	{"mc-error", `"message"`, `"Message"`, "mediaconnect.errors.message-name", ""},
	{"mc-common-error", `"message"`, `"Message"`, "mediaconnect.errors.common-message-name", ""},
	{"mc-error", "404 Not Found", "400 Bad Request", "mediaconnect.errors.status", ""},
	{"mc-common-error", "403 Forbidden", "500 Internal Server Error", "mediaconnect.errors.common-status", ""},

	{"mc-purchase", jsonOf("mc-purchase"), "{}", "mediaconnect.answers.record", ""},
	{"mc-offering", jsonOf("mc-offering"), "{}", "mediaconnect.answers.record", ""},
	{"mc-offerings", jsonOf("mc-offerings"), "{}", "mediaconnect.answers.list", ""},
	{"mc-offering", "offering:1-23aBC45dEF67hiJ8:O", "offering:1-23aBC45dEF67hiJ8:P", "mediaconnect.answers.offering-arn", ""},
	{"mc-purchase", "offering:1-23aBC45dEF67hiJ8:O", "offering:1-23aBC45dEF67hiJ8:P", "mediaconnect.answers.offering-arn", ""},
	{"mc-offering", arn, escaped, "mediaconnect.answers.arn mediaconnect.answers.offering-arn", "it has not the form of an ARN either"},
	{"mc-reservation", "hiJ8:R", "hiJ8:S", "mediaconnect.answers.reservation-arn", ""},
	{"mc-purchase", `"reservationName":"R"`, `"reservationName":"r"`, "mediaconnect.answers.name", ""},
	{"mc-purchase", `"start":"2020-03-05T23:30:00Z"`, `"start":"2020-03-05T23:30:01Z"`, "mediaconnect.answers.start", ""},
	{"mc-purchase", "2021-03-05T23:30:00Z", "2020-03-17T23:30:00Z", "mediaconnect.answers.end", ""},
	{"mc-purchase", "2021-03-05T23:30:00Z", "2021-03-06T23:30:00Z", "", ""},
	{"mc-reservations", reservation("S"), reservation("S") + "," + reservation("T"), "mediaconnect.answers.page-size", ""},
	{"mc-reservations", reservation("S"), reservation("R"), "mediaconnect.answers.distinct", ""},
	{"mc-reservations", "reservation:1-23aBC45dEF67hiJ8:R", "flow:1-23aBC45dEF67hiJ8:R", "mediaconnect.answers.arn", ""},
}

func TestBroken(t *testing.T) {
	b := book(t)
	seen := map[string]bool{}
	try := func(e edit, frame func(string) string) {
		g := good[e.from]
		if !strings.Contains(g.response, e.old) {
			t.Errorf("%s: nothing to replace: %q", e.from, e.old)
			return
		}
		raw := frame(strings.ReplaceAll(g.response, e.old, e.new))
		r := read(t, g.request, raw, rule.Hint{})
		got := told(b.Judge(r))
		if strings.Join(got, " ") != e.breaks {
			t.Errorf("%s: %.60q -> %.60q\n got %v\nwant %s", e.from, e.old, e.new, got, e.breaks)
		}
		if len(got) > 1 && e.why == "" {
			t.Errorf("%s: %.60q breaks several rules, and nothing says why", e.from, e.new)
		}
		if len(got) == 1 {
			seen[got[0]] = true
		}
		for _, c := range b.Judge(r) {
			for _, d := range c.Differences {
				if d.Offset < -1 || d.Offset > len(raw) || d.Want == "" || d.Got == "" {
					t.Errorf("%s: %+v", c.ID, d)
				}
			}
		}
	}
	for _, e := range rawEdits {
		try(e, func(s string) string { return s })
	}
	for _, e := range edits {
		try(e, reframe)
	}
	// Rules that no fault breaks alone. Each has an edit that says why.
	never := []string{"http.request-id-unique", // see TestJudgeAll
		"http.expect-continue", // see TestExpectContinue
		"rds.xml.prefix", "rds.xml.empty-attribute", "rds.members.version", "rds.errors.type-status", "rds.answers.purchase-id"}
	for _, ru := range b.Rules() {
		if seen[ru.ID] == slices.Contains(never, ru.ID) {
			t.Errorf("%s: is there an edit that breaks it and nothing else? %v", ru.ID, seen[ru.ID])
		}
	}
}

func bodyOf(name string) string {
	_, body, _ := strings.Cut(good[name].response, "\r\n\r\n")
	return body
}

func xmlOf(name string) string  { return bodyOf(name) }
func jsonOf(name string) string { return bodyOf(name) }

func manyInstances(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(instance("n" + strings.Repeat("x", i)))
	}
	return b.String()
}
