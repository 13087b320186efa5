package report_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"wireproof/codec/wire"
	"wireproof/conformance"
	"wireproof/conformance/exchange"
	"wireproof/conformance/rule"
)

var began = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

const (
	key       = "AKIDEXAMPLE"
	signature = "0c9152c639cb6b3fe9289cb7f6143e5d5ae5e2967064839ff8bbd8e579aeb6ac"
	token     = "SESSION/TOKEN+=="
)

// secrets are what no report may have.
var secrets = []string{key, signature, token, "SESSION%2FTOKEN%2B%3D%3D", `SESSION\/TOKEN+==`}

// signed are the headers of a signed request.
const signed = "Host: 127.0.0.1:4566\r\nX-Amz-Date: 20261121T220115Z\r\nX-Amz-Security-Token: " + token + "\r\n" +
	"Authorization: AWS4-HMAC-SHA256 Credential=" + key + "/20261121/us-east-1/rds/aws4_request, SignedHeaders=host;x-amz-date, Signature=" + signature + "\r\n"

func form(body string) string {
	return fmt.Sprintf("POST / HTTP/1.1\r\n%sContent-Type: application/x-www-form-urlencoded; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", signed, len(body), body)
}

func get(target string) string {
	return "GET " + target + " HTTP/1.1\r\n" + signed + "\r\n"
}

func response(status, media, body string) string {
	return fmt.Sprintf("HTTP/1.1 %s\r\nContent-Type: %s\r\nx-amzn-RequestId: 5f4b9f2e-7d0a-11e4-9d4f-6a1a1a1a1a1a\r\nContent-Length: %d\r\n\r\n%s", status, media, len(body), body)
}

func chunked(status, media, body string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "HTTP/1.1 %s\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n", status, media)
	for len(body) > 0 {
		n := min(len(body), 4096)
		fmt.Fprintf(&b, "%x\r\n%s\r\n", n, body[:n])
		body = body[n:]
	}
	return b.String() + "0\r\n\r\n"
}

func talk(t testing.TB, sent, received string) *exchange.Exchange {
	t.Helper()
	x := &exchange.Exchange{Sent: sent, Received: received, At: began, Took: 3100 * time.Microsecond}
	x.Request, _ = exchange.ParseRequest(sent) // what is not HTTP stays nil
	if received != "" {
		x.Response, _ = exchange.ParseResponse(received)
	}
	return x
}

func raw(t testing.TB, x *exchange.Exchange, text string) int {
	t.Helper()
	i := strings.Index(x.Received, text)
	if i < 0 {
		t.Fatalf("no %q in the response", text)
	}
	return i
}

func check(id string, level rule.Level, verdict rule.Verdict, sentence string, differences ...rule.Difference) conformance.Check {
	return conformance.Check{Check: rule.Check{ID: id, Level: level, Verdict: verdict, Rule: sentence, Differences: differences,
		Evidence: []rule.Evidence{{Kind: rule.Standard, Source: "RFC 9110 section 8.6"}}}}
}

func pass(id string) conformance.Check {
	return check(id, rule.Must, rule.Pass, "The rule "+id+" holds.")
}

const offeringsBody = `<?xml version="1.0"?>
<DescribeReservedDBInstancesOfferingsResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/">
  <ReservedDBInstancesOfferings/>
  <ResponseMetadata>
    <RequestId>5f4b9f2e-7d0a-11e4-9d4f-6a1a1a1a1a1a</RequestId>
  </ResponseMetadata>
</DescribeReservedDBInstancesOfferingsResponse>
`

// sample has a finding of every sort. Its counts are counted by hand.
func sample(t testing.TB) *conformance.Report {
	t.Helper()
	r := &conformance.Report{
		Suite: "0.4.0", Rulebook: "1", Cases: "3f9c1a", Target: "http://127.0.0.1:4566", Started: began, Took: 812 * time.Millisecond,
		Available: 240, Selected: 15, Verdict: conformance.NotConformant,
		Survey: conformance.Survey{
			Operations: []conformance.SurveyedOperation{
				{Service: "mediaconnect", Operation: "ListOfferings", Implemented: true},
				{Service: "mediaconnect", Operation: "PurchaseOffering", Answered: `501 text/html "<h1>Not Implemented</h1>"`},
				{Service: "rds", Operation: "DescribeReservedDBInstancesOfferings", Implemented: true},
			},
			OwnState: map[string]bool{"rds": true, "mediaconnect": false}, Offerings: map[string]int{"rds": 21},
		},
		// must: 4 passed; failed: 1 survey, 4 wrappers, http.utf-8, integer, expect.error; 2 errors; 3 skipped; 1 expected.
		// should: 1 passed, 1 warned, 1 skipped, 1 expected.
		Counts: conformance.Counts{
			Must:   conformance.LevelCounts{Pass: 4, Fail: 8, Skip: 3, Error: 2, Expected: 1},
			Should: conformance.LevelCounts{Pass: 1, Warn: 1, Skip: 1, Expected: 1},
		},
	}
	add := func(id, about, step, service, operation string, x *exchange.Exchange, checks ...conformance.Check) *conformance.Result {
		r.Results = append(r.Results, conformance.Result{Case: id, About: about, Level: rule.Must, Took: 4 * time.Millisecond,
			Steps: []conformance.StepResult{{Step: step, Exchange: x, Service: service, Operation: operation, Checks: checks}}})
		return &r.Results[len(r.Results)-1]
	}

	x := talk(t, "POST /v1/offerings/arn%3Ax HTTP/1.1\r\nHost: 127.0.0.1:4566\r\nContent-Length: 2\r\n\r\n{}", response("501 Not Implemented", "text/html", "<h1>Not Implemented</h1>"))
	add(conformance.SurveyID, "The target has the operation.", "PurchaseOffering", "mediaconnect", "PurchaseOffering", x,
		check("survey.implemented", rule.Must, rule.Fail, "The target has PurchaseOffering.",
			rule.Difference{Part: wire.Body, Want: "the document of PurchaseOffering, or one of its errors", Got: "501 text/html"}))

	// The same finding in four places.
	for i, operation := range []string{"DescribeReservedDBInstancesOfferings", "DescribeReservedDBInstancesOfferings", "DescribeReservedDBInstances", "PurchaseReservedDBInstancesOffering"} {
		body := strings.ReplaceAll(offeringsBody, "DescribeReservedDBInstancesOfferings", operation)
		x := talk(t, form("Action="+operation+"&Version=2014-10-31&MaxRecords=20"), response("200 OK", "text/xml", body))
		c := check("rds.envelope.result-wrapper", rule.Must, rule.Fail, "The root has exactly one result wrapper, named for the operation, before ResponseMetadata.",
			rule.Difference{Kind: "rds.no-wrapper", Part: wire.Body, Path: "/" + operation + "Response", Offset: raw(t, x, "<ReservedDBInstancesOfferings/>"),
				Want: "element <" + operation + "Result>", Got: "element <ReservedDBInstancesOfferings>"},
			rule.Difference{Part: wire.Body, Path: "/" + operation + "Response/ResponseMetadata/Flavour", Offset: -1, Want: "non-empty text"})
		c.Evidence = []rule.Evidence{
			{Kind: rule.Model, Source: "botocore rds/2014-10-31", Says: "resultWrapper is " + operation + "Result"},
			{Kind: rule.Document, Source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/"},
		}
		c.Clients = map[string]string{"boto3": "silently empty", "aws-cli": "silently empty", "aws-sdk-go-v2": "error: deserialization failed", "zig": "not measured"}
		add(fmt.Sprintf("rds.offerings.case-%d", i+1), "An offering is listed.", "1", "rds", operation, x, pass("http.status-line"), c)
	}

	// Bytes that are no text, with several places; the request is signed by Version 2
	// and the response echoes its token.
	x = talk(t, form("Action=DescribeReservedDBInstances&AWSAccessKeyId="+key+"&SecurityToken=SESSION%2FTOKEN%2B%3D%3D&Signature="+signature+"&ReservedDBInstanceId=it's%20%00"),
		response("400 Bad Request", "text/xml", "<ErrorResponse>\x00\x1b[31m\xff\xfe\r\n<Message>"+token+" \u202e</Message><Message>zwei \u6771\u4eac</Message>"))
	add("rds.malformed.utf8", "What is no UTF-8 is refused.", "1", "rds", "DescribeReservedDBInstances", x,
		check("http.utf-8", rule.Must, rule.Fail, "The body is UTF-8.",
			rule.Difference{Kind: "xml.bad-utf8", Part: wire.Body, Path: "/ErrorResponse", Offset: raw(t, x, "\xff"), Want: "UTF-8", Got: `"\xff"`},
			rule.Difference{Kind: "xml.bad-char", Part: wire.Body, Path: "/ErrorResponse/\x1b[2J", Offset: raw(t, x, "</Message>"), Want: "no \x07", Got: token},
			rule.Difference{Kind: "xml.bad-char", Part: wire.Body, Path: "/ErrorResponse/Message[2]", Offset: raw(t, x, "\u4eac"), Want: "no \x07", Got: "more"},
			rule.Difference{Kind: "http.short-body", Part: exchange.Message, Offset: len(x.Received), Want: "400 bytes", Got: "399"}))

	// 90 KB on one line, in chunks.
	body := `{"offerings":[` + strings.Repeat(`{"duration":12,"offeringArn":"arn:aws:mediaconnect:us-east-1:123456789012:offering:a","state":"`+token+`"},`, 700) + `{"duration":"12"}]}`
	x = talk(t, get("/v1/offerings?maxResults=1000&X-Amz-Signature="+signature), chunked("200 OK", "application/json", body))
	add("mediaconnect.list.long", "A long list comes whole.", "all.2", "mediaconnect", "ListOfferings", x,
		check("mediaconnect.members.integer", rule.Must, rule.Fail, "A member of type integer is a number without a fraction.",
			rule.Difference{Kind: "json.type", Part: wire.Body, Path: "/offerings/700/duration", Offset: raw(t, x, `"12"}]}`), Want: "integer", Got: `string "12"`}),
		check("mediaconnect.members.unknown", rule.Note, rule.Pass, "Members that the model does not have are told.",
			rule.Difference{Part: wire.Body, Path: "/flavour", Offset: -1, Want: "none", Got: "a member"}))

	// An assertion of a case, about an answer as a whole.
	x = talk(t, form("Action=PurchaseReservedDBInstancesOffering&ReservedDBInstancesOfferingId=none"), response("200 OK", "text/xml", "<A>\n <B/>\n <C/>\n</A>"))
	add("rds.purchase.unknown-offering", "An offering that there is not cannot be bought.", "buy", "rds", "PurchaseReservedDBInstancesOffering", x,
		check("expect.error", rule.Must, rule.Fail, "The answer is the error ReservedDBInstancesOfferingNotFound.",
			rule.Difference{Part: wire.Body, Offset: -1, Want: "error ReservedDBInstancesOfferingNotFound", Got: "success"}),
		check("http.connection", rule.Should, rule.Pass, "The connection stays open."))

	// No response: a timeout after some bytes, a reset, and a fault of ours.
	x = talk(t, get("/v1/reservations"), "")
	x.Received, x.Took = "HTTP/1.1 200 OK\r\nContent-", 5*time.Second
	x.Err = &exchange.TransportError{Trouble: exchange.Timeout, Doing: "reading", Err: errors.New("after 5s")}
	c := check("http.answered", rule.Must, rule.Error, "A request is answered.")
	c.Reason = x.Err.Error()
	add("mediaconnect.reservations.hang", "The list comes.", "1", "mediaconnect", "ListReservations", x, c)
	c = check("expect.members", rule.Must, rule.Error, "The member is as it was bought.")
	c.Reason = "the variable ${id} is not set"
	add("mediaconnect.reservations.variable", "The list comes.", "1", "mediaconnect", "ListReservations", talk(t, get("/v1/reservations"), response("200 OK", "application/json", "{}")), c)

	// A warning in the head, an expected failure and an expected warning.
	x = talk(t, get("/v1/offerings"), strings.Replace(response("200 OK", "application/json; charset=utf-8", "{}"), "x-amzn-RequestId", "X-Amzn-Requestid", 1))
	c = check("http.request-id-form", rule.Should, rule.Warn, "The request id is a UUID.",
		rule.Difference{Part: wire.Header, Path: "x-amzn-RequestId", Offset: raw(t, x, "5f4b"), Want: "a UUID of version 4", Got: `"5f4b9f2e-7d0a-11e4-9d4f-6a1a1a1a1a1a"`})
	c.Clients = map[string]string{"boto3": "no difference", "aws-cli": "no difference", "aws-sdk-go-v2": "no difference", "aws-sdk-js-v3": "no difference"}
	e := &conformance.Expectation{Check: "http.date", Reason: "no clock & no date", Issue: "https://example.test/7", Expires: "2027-01-31", Line: 3, Failed: 1}
	known := check("http.date", rule.Must, rule.Fail, "There is a Date.", rule.Difference{Part: wire.Header, Path: "Date", Offset: -1, Want: "a date"})
	known.Expected = e
	alsoKnown := check("http.server", rule.Should, rule.Warn, "There is a Server.", rule.Difference{Part: wire.Header, Path: "Server", Offset: -1, Want: "a product"})
	alsoKnown.Expected = e
	add("mediaconnect.offerings.minimal", "The list comes.", "1", "mediaconnect", "ListOfferings", x, c, known, alsoKnown)

	r.Results = append(r.Results,
		conformance.Result{Case: "mediaconnect.purchase.again", About: "A", Level: rule.Must, Skipped: "PurchaseOffering is not there"},
		conformance.Result{Case: "mediaconnect.purchase.minimal", About: "B", Level: rule.Must, Skipped: "PurchaseOffering is not there"},
		conformance.Result{Case: "rds.accounts.apart", About: "C", Level: rule.Must, Skipped: "the target has one account", Excused: true},
		conformance.Result{Case: "rds.pages.21", About: "D", Level: rule.Should, Skipped: "the target sells 2 offerings, and 21 are needed"},
		conformance.Result{Case: "rds.story", About: "E", Level: rule.Must, Stopped: "the answer has no /ReservedDBInstanceId"},
	)
	r.Expectations = []conformance.Expectation{*e, {Check: "rds.old", Case: "rds.gone.**", Reason: "was slow", Expires: "2026-01-01", Line: 9, Problem: "expired on 2026-01-01"}}
	return r
}
