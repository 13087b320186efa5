package inspect_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"wireproof/codec/sigv2"
	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
	"wireproof/conformance/inspect"
	"wireproof/conformance/sigv4"
	"wireproof/fixtures"
)

func TestGuesses(t *testing.T) {
	const xml = `<R><DescribeReservedDBInstancesResult/></R>`
	for _, tt := range []struct {
		name, reason, text string
		o                  inspect.Options
		want               string // service operation kind
	}{
		{"result wrapper", "the root may be misnamed", xml, inspect.Options{}, "rds DescribeReservedDBInstances response"},
		{"list", "both wrappers may be missing", `<R><ReservedDBInstancesOfferings/></R>`, inspect.Options{}, "rds DescribeReservedDBInstancesOfferings response"},
		{"prefix", "names count without their prefix", `<r:PurchaseReservedDBInstancesOfferingResponse xmlns:r="x"/>`, inspect.Options{}, "rds PurchaseReservedDBInstancesOffering response"},
		{"cut off", "the names before the end tell", `<DescribeReservedDBInstancesResponse><Desc`, inspect.Options{}, "rds DescribeReservedDBInstances response"},
		{"wrong case", "a misspelled member is still that member", `{"Offerings":[]}`, inspect.Options{}, "mediaconnect ListOfferings response"},
		{"BOM", "an editor may put it there", "\ufeff" + `{"offering":{}}`, inspect.Options{}, "mediaconnect DescribeOffering response"},
		{"status 200", "a purchase is answered with 201", "HTTP/1.1 200 OK\r\n\r\n{\"reservation\":{}}", inspect.Options{}, "mediaconnect DescribeReservation response"},
		{"status 201", "a purchase is answered with 201", "HTTP/1.1 201 Created\r\n\r\n{\"reservation\":{}}", inspect.Options{}, "mediaconnect PurchaseOffering response"},
		{"error body", "no operation has a member message", `{"message":"m"}`, inspect.Options{}, "mediaconnect  response"},
		{"error root", "an error may be of any operation", `<ErrorResponse/>`, inspect.Options{}, "rds  response"},
		{"EC2's error", "some emulators send it", `<Response><Errors><Error/></Errors></Response>`, inspect.Options{}, "rds  response"},
		{"error status", "the status decides before the body", "HTTP/1.1 500 x\r\nx-amzn-ErrorType: E\r\n\r\n", inspect.Options{}, "mediaconnect  response"},
		{"request body", "only one request has a JSON body", `{"reservationName":"r","start":"s"}`, inspect.Options{}, "mediaconnect PurchaseOffering request"},
		{"empty request body", "the kind is given", `{}`, inspect.Options{Kind: "request"}, "mediaconnect PurchaseOffering request"},
		{"query string", "with its question mark", `?Action=DescribeReservedDBInstances`, inspect.Options{}, "rds DescribeReservedDBInstances request"},
		{"form", "a line end after it is the file's", "Version=2014-10-31&Action=DescribeReservedDBInstances\r\n", inspect.Options{}, "rds DescribeReservedDBInstances request"},
		{"URL", "in one line", `https://rds.amazonaws.com/?Action=DescribeReservedDBInstances`, inspect.Options{}, "rds DescribeReservedDBInstances request"},
		{"URL without a slash", "the path is then /", `http://h?Action=DescribeReservedDBInstances`, inspect.Options{}, "rds DescribeReservedDBInstances request"},
		{"URL of the other service", "by its path", "http://127.0.0.1:5000/v1/offerings?maxResults=5", inspect.Options{}, "mediaconnect ListOfferings request"},
		{"operation given", "then nothing is guessed of it", `{}`, inspect.Options{Operation: "ListReservations", Kind: "response"}, "mediaconnect ListReservations response"},
		{"empty body", "the flags say what it is", "", inspect.Options{Operation: "ListOfferings", Kind: "response"}, "mediaconnect ListOfferings response"},
		{"literal", "a JSON body need not be an object", "null", inspect.Options{Operation: "ListOfferings", Kind: "response"}, "mediaconnect ListOfferings response"},
		{"prose in place of XML", "an emulator that is down answers so", "Bad Gateway", inspect.Options{Operation: "DescribeReservedDBInstances", Kind: "response"}, "rds DescribeReservedDBInstances response"},
		{"prose in place of a form", "it is one parameter without a value", "hello", inspect.Options{Operation: "DescribeReservedDBInstances", Kind: "request"}, "rds DescribeReservedDBInstances request"},
		{"service from a signature", "neither path nor action tells", "GET / HTTP/1.1\r\nAuthorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/rds/aws4_request\r\n\r\n", inspect.Options{}, "rds  request"},
	} {
		d, err := inspect.Decode(tt.text, tt.o)
		if err != nil {
			t.Errorf("%s (%s): %v", tt.name, tt.reason, err)
			continue
		}
		if got := d.Service + " " + d.Operation + " " + d.Kind; got != tt.want {
			t.Errorf("%s (%s): got %q, want %q", tt.name, tt.reason, got, tt.want)
		}
	}
}

func TestUsage(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		o          inspect.Options
		hint       string // what to do about it
	}{
		{"empty input", " \n", inspect.Options{}, "give a message"},
		{"prose", "hello", inspect.Options{}, "give a whole HTTP message"},
		{"unknown service", "{}", inspect.Options{Service: "mediaconect"}, "mediaconnect"},
		{"nothing near", "{}", inspect.Options{Service: "s3"}, "mediaconnect, rds"},
		{"unknown operation", "{}", inspect.Options{Operation: "listoferings"}, "ListOfferings"},
		{"operation of the other service", "{}", inspect.Options{Service: "rds", Operation: "ListOfferings"}, "DescribeReservedDBInstances"},
		{"unknown kind", "{}", inspect.Options{Kind: "reply"}, "request, response"},
		{"unknown version", "{}", inspect.Options{Service: "rds", Version: "2014-10-30"}, "2014-10-31"},
		{"version of the other service", `{"offerings":[]}`, inspect.Options{Version: "2014-10-31"}, "2018-11-14"},
		{"empty object", "{}", inspect.Options{}, "--kind"},
		{"empty output", "{}", inspect.Options{Kind: "response"}, "--operation"},
		{"wrong kind", "<a/>", inspect.Options{Kind: "request"}, "--kind"},
		{"wrong kind of message", "GET / HTTP/1.1\r\n\r\n", inspect.Options{Service: "rds", Kind: "response"}, "--kind"},
		{"request of unknown service", "GET /x HTTP/1.1\r\n\r\n", inspect.Options{}, "--service"},
		{"body of a request without one", "{}", inspect.Options{Operation: "ListOfferings", Kind: "request"}, "request line"},
	} {
		_, err := inspect.Decode(tt.text, tt.o)
		var usage *inspect.UsageError
		if !errors.As(err, &usage) || !strings.Contains(usage.Hint, tt.hint) || usage.What == "" {
			t.Errorf("%s: got %v, want a hint with %q", tt.name, err, tt.hint)
		}
	}
}

func TestExpectedVersion(t *testing.T) {
	const form = "Action=DescribeReservedDBInstances&Version=2014-10-31"
	for _, tt := range []struct {
		text, version string
		want          bool
	}{
		{form, "2014-10-31", false},
		{form, "2013-01-10", true},
		{form, "", false},
		{"Action=DescribeReservedDBInstances", "2013-01-10", false}, // it has none, which is a finding of its own
		{`<DescribeReservedDBInstancesResponse xmlns="http://rds.amazonaws.com/doc/2012-04-23/"/>`, "2013-01-10", true},
	} {
		d, err := inspect.Decode(tt.text, inspect.Options{Version: tt.version, Operation: "DescribeReservedDBInstances"})
		if err != nil {
			t.Fatal(err)
		}
		got := false
		for _, f := range d.Findings {
			got = got || f.Kind == inspect.KindAPIVersion
		}
		if got != tt.want {
			t.Errorf("%s read as %q: %v", tt.text, tt.version, d.Findings)
		}
	}
}

// Places in a URL over several lines are those of the printed text.
func TestPlaceInURL(t *testing.T) {
	text := "https://h/\n   ?Action=PurchaseReservedDBInstancesOffering\n   &DBInstanceCount=x\r\n"
	d, err := inspect.Decode(text, inspect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range d.Findings {
		if f.Path == "DBInstanceCount" {
			if got := text[f.At.Offset:][:1]; got != "x" && got != "D" {
				t.Errorf("the place is %+v, at %q", f.At, got)
			}
			return
		}
	}
	t.Errorf("no finding about DBInstanceCount: %v", d.Findings)
}

func encode(t *testing.T, text string, o inspect.EncodeOptions) (string, error) {
	t.Helper()
	out, err := inspect.Encode(t.Context(), text, o)
	return string(out), err
}

var purchaseRDS = inspect.Options{Operation: "PurchaseReservedDBInstancesOffering", Kind: "request"}

func TestEncodeInput(t *testing.T) {
	purchaseMC := inspect.Options{Operation: "PurchaseOffering", Kind: "request"}
	answer := inspect.Options{Operation: "PurchaseReservedDBInstancesOffering", Kind: "response"}
	for _, tt := range []struct {
		name, text   string
		o            inspect.Options
		line, column int
		path, hint   string
	}{
		{"empty", "", purchaseRDS, 1, 1, "", "JSON or YAML"},
		{"not JSON", "{\n  \"a\": 1,\n}", purchaseRDS, 3, 1, "", ""},
		{"text after JSON", "{} {}", purchaseRDS, 1, 4, "", ""},
		{"name twice", "{\"DBInstanceCount\": 1,\n \"DBInstanceCount\": 2}", purchaseRDS, 2, 2, "", "remove"},
		{"name twice in YAML", "DBInstanceCount: 1\nDBInstanceCount: 2\n", purchaseRDS, 2, 1, "", "remove"},
		{"not YAML", "a:\n\t- b", purchaseRDS, 2, 1, "", "JSON begins"},
		{"YAML that begins like JSON", "{DBInstanceCount: 1}\n", purchaseRDS, 1, 2, "", ""},
		{"two YAML documents", "DBInstanceCount: 1\n---\na: b\n", purchaseRDS, 2, 1, "", "one message"},
		{"alias", "a: &x 1\nb: *x\n", purchaseRDS, 2, 4, "", "write the value out"},
		{"merge", "<<: {a: 1}\n", purchaseRDS, 1, 1, "", ""},
		{"binary", "a: !!binary aGk=\n", purchaseRDS, 1, 4, "", ""},
		{"YAML's own number", "DBInstanceCount: 0x1F\n", purchaseRDS, 1, 18, "", "plain decimal"},
		{"list as the whole", "- a\n", purchaseRDS, 1, 1, "", ""},
		{"unknown member", `{"DBInstanceCont": 1}`, purchaseRDS, 1, 2, "", "DBInstanceCount"},
		{"wrong case", `{"dbinstancecount": 1}`, purchaseRDS, 1, 2, "", "DBInstanceCount"},
		{"nothing near", `{"x": 1}`, purchaseRDS, 1, 2, "", "it has ReservedDBInstancesOfferingId"},
		{"unknown member deep", "Tags:\n  - Kee: a\n", purchaseRDS, 2, 5, "/Tags/0", "Key"},
		{"number for a string", "ReservedDBInstanceId: 5\n", purchaseRDS, 1, 23, "/ReservedDBInstanceId", "quotes"},
		{"string for a number", `{"DBInstanceCount": "5"}`, purchaseRDS, 1, 21, "/DBInstanceCount", "quotes"},
		{"fraction for an integer", `{"DBInstanceCount": 1.5}`, purchaseRDS, 1, 21, "/DBInstanceCount", ""},
		{"object for a list", `{"Tags": {}}`, purchaseRDS, 1, 10, "/Tags", ""},
		{"list for an object", `{"Tags": [[]]}`, purchaseRDS, 1, 11, "/Tags/0", ""},
		{"boolean for a string", "start: yes\nreservationName: true\n", purchaseMC, 2, 18, "/reservationName", "quotes"},
		{"bad timestamp", "ReservedDBInstance:\n  StartTime: 2011-12-18\n", answer, 2, 14, "/ReservedDBInstance/StartTime", "2011-12-18T23:24:56.577Z"},
		{"bad double", "ReservedDBInstance: {FixedPrice: cheap}\n", answer, 1, 34, "/ReservedDBInstance/FixedPrice", "NaN"},
		{"member beside value", `{"value": {}, "valeu": 1}`, purchaseRDS, 1, 15, "", "into value"},
		{"value and error", `{"value": {}, "error": {}}`, answer, 1, 15, "", "remove"},
		{"undecodable", `{"service": "rds", "undecodable": {}}`, purchaseRDS, 1, 1, "", ""},
		{"status", `{"value": {}, "status": 1000}`, answer, 1, 25, "/status", ""},
		{"service is a number", `{"value": {}, "service": 1}`, answer, 1, 26, "/service", ""},
		{"unknown is no list", `{"value": {}, "unknown": {}}`, answer, 1, 26, "/unknown", ""},
		{"unknown without a name", `{"value": {}, "unknown": [{"in": ""}]}`, answer, 1, 27, "/unknown/0", ""},
		{"unknown in no structure", `{"value": {}, "unknown": [{"in": "/x", "name": "a", "raw": "b"}]}`, answer, 1, 1, "/unknown", "has to point"},
		{"too deep", strings.Repeat(`{"a":`, 200), purchaseRDS, 1, 501, "", ""},
	} {
		_, err := encode(t, tt.text, inspect.EncodeOptions{Options: tt.o})
		var in *inspect.InputError
		if !errors.As(err, &in) {
			t.Errorf("%s: got %v", tt.name, err)
			continue
		}
		if in.Line != tt.line || in.Column != tt.column || in.Path != tt.path || !strings.Contains(in.Hint, tt.hint) || in.What == "" {
			t.Errorf("%s: got %+v, want line %d, column %d, path %q, a hint with %q", tt.name, in, tt.line, tt.column, tt.path, tt.hint)
		}
	}
}

func TestEncodeUsage(t *testing.T) {
	sign := &inspect.Signature{Version: "v2"}
	request, response := purchaseRDS, inspect.Options{Operation: "PurchaseReservedDBInstancesOffering", Kind: "response"}
	for _, tt := range []struct {
		name, text string
		o          inspect.EncodeOptions
		hint       string
	}{
		{"no operation", `{}`, inspect.EncodeOptions{}, "--operation"},
		{"no kind", `{}`, inspect.EncodeOptions{Options: inspect.Options{Operation: "ListOfferings"}}, "--kind"},
		{"error without a service", `{"error": {}}`, inspect.EncodeOptions{}, "--service"},
		{"error as a request", `{"error": {}}`, inspect.EncodeOptions{Options: inspect.Options{Service: "rds", Kind: "request"}}, "--kind response"},
		{"signed response", `{}`, inspect.EncodeOptions{Options: response, Raw: true, Signature: sign}, ""},
		{"request id of a request", `{}`, inspect.EncodeOptions{Options: request, RequestID: "x"}, ""},
		{"signature without the message", `{}`, inspect.EncodeOptions{Options: request, Signature: sign}, "--raw"},
		{"v2 for MediaConnect", `{}`, inspect.EncodeOptions{Options: inspect.Options{Operation: "ListOfferings", Kind: "request"}, Raw: true, Signature: sign}, "v4"},
		{"method for MediaConnect", `{}`, inspect.EncodeOptions{Options: inspect.Options{Operation: "ListOfferings", Kind: "request"}, Get: true}, ""},
		{"no body", `{}`, inspect.EncodeOptions{Options: inspect.Options{Operation: "ListReservations", Kind: "request"}}, "--raw"},
		{"unknown version", `{"value": {}, "version": "2014-10-30"}`, inspect.EncodeOptions{Options: request}, "2014-10-31"},
		{"unknown operation in the document", `{"value": {}, "operation": "Purchase", "kind": "request"}`, inspect.EncodeOptions{}, "PurchaseOffering"},
	} {
		_, err := encode(t, tt.text, tt.o)
		var usage *inspect.UsageError
		if !errors.As(err, &usage) || !strings.Contains(usage.Hint, tt.hint) {
			t.Errorf("%s: got %v, want a hint with %q", tt.name, err, tt.hint)
		}
	}
}

// A value that has no form on the wire is no fault of how the command was used.
func TestEncodeNoForm(t *testing.T) {
	for _, text := range []string{`{}`, `{"ReservedDBInstancesOfferingId": "a", "DBInstanceCount": 3000000000}`} {
		if _, err := encode(t, text, inspect.EncodeOptions{Options: purchaseRDS}); !errors.Is(err, wire.ErrValue) {
			t.Errorf("%s: got %v, want %v", text, err, wire.ErrValue)
		}
	}
}

// JSON and YAML of the same value give the same message, in the forms that YAML
// has for them.
func TestYAML(t *testing.T) {
	const asYAML = `
service: rds
operation: PurchaseReservedDBInstancesOffering
kind: response
version: "2012-04-23"
requestId: r-1
value:
  ReservedDBInstance:
    StartTime: 2011-12-18T23:24:56.577Z   # a timestamp to YAML, text to us
    Duration: 31536000
    FixedPrice: 123.0
    UsagePrice: NaN
    MultiAZ: true
    RecurringCharges: []
    State: ""
`
	const asJSON = `{"service":"rds","operation":"PurchaseReservedDBInstancesOffering","kind":"response","version":"2012-04-23","requestId":"r-1",
"value":{"ReservedDBInstance":{"StartTime":"2011-12-18T23:24:56.577Z","Duration":31536000,"FixedPrice":123,"UsagePrice":"NaN","MultiAZ":true,"RecurringCharges":[],"State":""}}}`
	const want = `<PurchaseReservedDBInstancesOfferingResponse xmlns="http://rds.amazonaws.com/doc/2012-04-23/"><PurchaseReservedDBInstancesOfferingResult><ReservedDBInstance><RecurringCharges/><MultiAZ>true</MultiAZ><State></State><StartTime>2011-12-18T23:24:56.577Z</StartTime><Duration>31536000</Duration><FixedPrice>123.0</FixedPrice><UsagePrice>NaN</UsagePrice></ReservedDBInstance></PurchaseReservedDBInstancesOfferingResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></PurchaseReservedDBInstancesOfferingResponse>`
	for _, text := range []string{asYAML, asJSON} {
		got, err := encode(t, text, inspect.EncodeOptions{})
		if got = strings.ReplaceAll(got, "<State/>", "<State></State>"); err != nil || got != want {
			t.Errorf("got %v\n%s\nwant\n%s", err, got, want)
		}
	}
}

// Null elements, angle brackets and unknown members at every place survive.
func TestJSONView(t *testing.T) {
	const body = `{"offerings":[null,{"currencyCode":"<&>","duration":null,"x":[1]}],"y":"z"}`
	d, err := inspect.Decode(body, inspect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(marshalRaw(t, d.Value)), `{"offerings":[null,{"currencyCode":"<&>","duration":null}]}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	back, err := encode(t, string(marshal(t, d)), inspect.EncodeOptions{})
	if want := `{"offerings":[null,{"currencyCode":"<&>","duration":null,"x":[1]}],"y":"z"}`; err != nil || back != want {
		t.Errorf("got %s, %v, want %s", back, err, want)
	}
}

func marshalRaw(t *testing.T, s inspect.Structure) []byte {
	t.Helper()
	text, err := s.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// A signed request carries the signature that a real client made of the same
// parameters at the same time.
func TestSignAsBoto(t *testing.T) {
	captures, err := fixtures.Captures()
	if err != nil {
		t.Fatal(err)
	}
	signed := 0
	for _, c := range captures {
		if c.Name != "boto2-rds-sigv2-GET-Purchase" && c.Name != "boto2-rds-sigv2-POST-Purchase" {
			continue
		}
		signed++
		pairs := map[string]string{}
		for _, p := range c.Pairs {
			pairs[p.Name] = p.Value
		}
		at, err := time.Parse(time.RFC3339, pairs["Timestamp"])
		if err != nil {
			t.Fatal(err)
		}
		var host string
		for _, h := range c.Headers {
			if h.Name == "Host" {
				host = h.Value
			}
		}
		got, err := encode(t, string(c.Parameters), inspect.EncodeOptions{
			Options: inspect.Options{Operation: c.Operation, Kind: "request", Version: c.Version},
			Raw:     true, Get: c.Form == "query", Host: host,
			Signature: &inspect.Signature{Version: "v2", AccessKey: fixtures.AccessKey, SecretKey: fixtures.SecretKey, Time: at},
		})
		if err != nil {
			t.Fatal(err)
		}
		r, err := exchange.ParseRequest(got)
		if err != nil || len(r.Findings) > 0 {
			t.Fatal(err, r.Findings)
		}
		p, err := sigv2.ReadParameters(&r.Request)
		if err != nil || p.Signature.Value != pairs["Signature"] {
			t.Errorf("%s: got signature %q, %v, boto made %q", c.Name, p.Signature.Value, err, pairs["Signature"])
		}
	}
	if signed != 2 {
		t.Errorf("%d captures were signed again, want 2", signed)
	}
}

func TestSignV4Verifies(t *testing.T) {
	at := time.Date(2015, 8, 30, 12, 36, 0, 0, time.UTC)
	got, err := encode(t, `{"offeringArn":"arn:aws:mediaconnect:us-east-1:123456789012:offering:1-23aBC45dEF67hiJ8:MyOffering","reservationName":"MyReservation","start":"2020-03-05T23:30:00Z"}`,
		inspect.EncodeOptions{
			Options: inspect.Options{Operation: "PurchaseOffering", Kind: "request"}, Raw: true,
			Signature: &inspect.Signature{Version: "v4", AccessKey: fixtures.AccessKey, SecretKey: fixtures.SecretKey, Time: at},
		})
	if err != nil {
		t.Fatal(err)
	}
	r, err := exchange.ParseRequest(got)
	if err != nil {
		t.Fatal(err)
	}
	// Signing vector mc-purchase-post, made by botocore.
	const want = "Signature=a47b1186dde23302cef14892ad9b128fabc6581134927f9a185fa7956e53ecff"
	if a, _ := r.Headers.Get("Authorization"); !strings.HasSuffix(a, want) {
		t.Errorf("got %s, want %s", a, want)
	}
	scope, _, err := sigv4.Verify(&r.Request, sigv4.Credentials{AccessKey: fixtures.AccessKey, SecretKey: fixtures.SecretKey})
	if err != nil || scope != (sigv4.Scope{Service: "mediaconnect", Region: "us-east-1"}) {
		t.Errorf("got %v, %v", scope, err)
	}
}

func TestNearest(t *testing.T) {
	names := []string{"decode", "encode", "version"}
	for got, want := range map[string]string{"decoed": "decode", "DECODE": "decode", "enc": "encode", "vers": "version", "explain": "", "": ""} {
		if near := inspect.Nearest(got, names); near != want {
			t.Errorf("%q is near %q, want %q", got, near, want)
		}
	}
}

func ExampleDecode() {
	d, err := inspect.Decode(`{"reservation":{"duration":true}}`, inspect.Options{Operation: "PurchaseOffering", Kind: "response", Lenient: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range d.Findings {
		fmt.Println(f.Level, f.Path, "line", f.At.Line, "column", f.At.Column)
	}
	// Output: unreadable /reservation/duration line 1 column 28
}

func ExampleEncode() {
	out, err := inspect.Encode(context.Background(), "MaxRecords: 20\n", inspect.EncodeOptions{
		Options: inspect.Options{Operation: "DescribeReservedDBInstances", Kind: "request"}})
	fmt.Println(string(out), err)
	// Output: Action=DescribeReservedDBInstances&Version=2014-10-31&MaxRecords=20 <nil>
}
