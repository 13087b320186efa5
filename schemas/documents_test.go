package schemas_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"wireproof/fixtures"
	"wireproof/schemas"
)

// Each sample meets the schema that it names, or does not, as its index says.
func TestSamples(t *testing.T) {
	samples, err := fixtures.Samples()
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, s := range samples {
		if s.Schema == "" {
			continue
		}
		used[s.Schema] = true
		text := s.Raw
		if s.Decoded != nil {
			text = s.Decoded
		}
		if at := check(t, compile(t, s.Schema), text); (at == nil) != s.Validates {
			t.Errorf("%s against %s: refused at %q; %s", s.Name, s.Schema, at, s.Why)
		}
	}
	for _, name := range schemas.Names() {
		service, document, _ := strings.Cut(name, "/")
		if !used[name] && (service == "mediaconnect" || service == "rds") && document != "shapes" {
			t.Errorf("no sample is of %s", name)
		}
	}
}

// A sample is refused as a document of another operation, of another direction
// or as an error, unless it stands here. Not asked of the open schemas without
// required members: they pass over what they do not know.
func TestSamplesAsOtherDocuments(t *testing.T) {
	also := map[string][]string{
		// Members that both operations have.
		"rds-2014-10-31-offerings-request":       {"rds/DescribeReservedDBInstancesInput", "rds/PurchaseReservedDBInstancesOfferingInput"},
		"mediaconnect-list-offerings-request":    {"mediaconnect/ListReservationsInput"},
		"mediaconnect-list-reservations-request": {"mediaconnect/ListOfferingsInput"},
	}
	open := []string{
		"mediaconnect/ListOfferingsOutput", "mediaconnect/ListReservationsOutput", "mediaconnect/DescribeOfferingOutput",
		"mediaconnect/DescribeReservationOutput", "mediaconnect/PurchaseOfferingOutput",
	}
	samples, err := fixtures.Samples()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range samples {
		text := s.Raw
		if s.Decoded != nil {
			text = s.Decoded
		}
		if s.Schema == "" || !s.Validates {
			continue
		}
		for _, other := range schemas.Names() {
			if !strings.HasPrefix(other, s.Service+"/") || other == s.Schema || strings.HasSuffix(other, "/shapes") || slices.Contains(open, other) {
				continue
			}
			if at := check(t, compile(t, other), text); (at == nil) != slices.Contains(also[s.Name], other) {
				t.Errorf("%s as %s: refused at %q", s.Name, other, at)
			}
		}
	}
}

// Every variant of MediaConnect's responses meets its operation's schema, or is
// listed in testdata/refused.json with the place and the reason. A schema sees
// values only: of two members of one name encoding/json gives the last, and in
// place of invalid UTF-8 it gives U+FFFD.
func TestVariants(t *testing.T) {
	variants, err := fixtures.Variants()
	if err != nil {
		t.Fatal(err)
	}
	refused := refusals(t)
	validated := 0
	for _, v := range variants {
		if v.Service != "mediaconnect" {
			continue
		}
		name := "mediaconnect/" + v.Operation + "Output"
		if v.Kind == "error" {
			name = "mediaconnect/Error"
		}
		want, listed := refused[v.Name]
		delete(refused, v.Name)
		if !json.Valid(v.Response.Body) {
			if !listed || !want.notJSON {
				t.Errorf("%s is no JSON and not listed so: %q", v.Name, v.Response.Body)
			}
			continue
		}
		at := check(t, compile(t, name), v.Response.Body)
		switch {
		case want.notJSON:
			t.Errorf("%s is JSON", v.Name)
		case listed && !slices.Contains(at, want.at):
			t.Errorf("%s: refused at %q, want %q: %s", v.Name, at, want.at, want.why)
		case !listed && at != nil:
			t.Errorf("%s: refused at %q", v.Name, at)
		case !listed:
			validated++
		}
	}
	for name := range refused {
		t.Errorf("%s is listed and no variant", name)
	}
	if validated < 60 {
		t.Errorf("only %d variants validate", validated)
	}
}

type refusal struct {
	at, why string
	notJSON bool
}

func refusals(t *testing.T) map[string]refusal {
	t.Helper()
	text, err := os.ReadFile("testdata/refused.json")
	if err != nil {
		t.Fatal(err)
	}
	var groups []struct {
		Why     string
		NotJSON bool
		At      map[string]string
	}
	if err := json.Unmarshal(text, &groups); err != nil {
		t.Fatal(err)
	}
	all := map[string]refusal{}
	for _, g := range groups {
		for name, at := range g.At {
			if _, twice := all[name]; twice || g.Why == "" {
				t.Errorf("%s is listed twice or without a reason", name)
			}
			all[name] = refusal{at: at, why: g.Why, notJSON: g.NotJSON}
		}
	}
	return all
}

// What real clients send is what the schemas of the inputs describe, apart from
// requests that were made to be wrong.
func TestCaptures(t *testing.T) {
	captures, err := fixtures.Captures()
	if err != nil {
		t.Fatal(err)
	}
	refused := map[string]string{ // by operation and case: where
		"ListOfferings max0":                          "/maxResults",  // the model's range is 1 to 1000
		"ListOfferings max1001":                       "/maxResults",  // the same
		"DescribeOffering empty":                      "/offeringArn", // an empty label
		"PurchaseOffering missingbody":                "",             // required members left out
		"PurchaseReservedDBInstancesOffering missing": "",             // the same
		"DescribeReservedDBInstances filternovalues":  "/Filters/0",   // a filter without Values
	}
	seen := map[string]bool{}
	for _, c := range captures {
		where, listed := refused[c.Operation+" "+c.Case]
		seen[c.Operation+" "+c.Case] = true
		at := check(t, compile(t, c.Service+"/"+c.Operation+"Input"), c.Parameters)
		if listed && !slices.Contains(at, where) || !listed && at != nil {
			t.Errorf("%s: refused at %q", c.Name, at)
		}
		if c.Body != nil {
			at := check(t, compile(t, "mediaconnect/PurchaseOfferingRequestBody"), c.Body)
			if (at != nil) != (c.Case == "missingbody") {
				t.Errorf("%s: body refused at %q", c.Name, at)
			}
		}
	}
	for name := range refused {
		if !seen[name] {
			t.Errorf("no capture is of %s", name)
		}
	}
}

// The goldens are other services' and judged here as error bodies only.
func TestGoldensAsErrors(t *testing.T) {
	goldens, err := fixtures.Goldens()
	if err != nil {
		t.Fatal(err)
	}
	validates := map[string]bool{
		"apigateway_get_rest_api": true,
		"glacier_describe_vault":  true,  // code in the body
		"lambda_get_function":     false, // Message
		"pinpoint_get_app":        false, // Message
	}
	for _, g := range goldens {
		want, listed := validates[g.Name]
		if !listed {
			continue // XML
		}
		delete(validates, g.Name)
		if at := check(t, compile(t, "mediaconnect/Error"), []byte(g.Body)); (at == nil) != want {
			t.Errorf("%s: refused at %q", g.Name, at)
		}
	}
	if len(validates) > 0 {
		t.Errorf("no golden is called %v", validates)
	}
}

// Each row breaks one sentence of a schema.
func TestRefusals(t *testing.T) {
	for _, row := range []struct {
		schema, text string
		at           string // where; "-" where it validates
		reason       string
	}{
		{"rds/PurchaseReservedDBInstancesOfferingInput", `{"ReservedDBInstancesOfferingId":"x"}`, "-", "all else is optional"},
		{"rds/PurchaseReservedDBInstancesOfferingInput", `{}`, "", "the offering is required"},
		{"rds/PurchaseReservedDBInstancesOfferingInput", `{"ReservedDBInstancesOfferingId":"x","DBInstanceCount":"1"}`, "/DBInstanceCount", "an integer"},
		{"rds/PurchaseReservedDBInstancesOfferingInput", `{"ReservedDBInstancesOfferingId":"x","DBInstanceCount":2147483648}`, "/DBInstanceCount", "32 bits"},
		{"rds/PurchaseReservedDBInstancesOfferingInput", `{"ReservedDBInstancesOfferingId":"x","DBInstanceCount":0}`, "-", "no model has a range"},
		{"rds/PurchaseReservedDBInstancesOfferingInput", `{"ReservedDBInstancesOfferingId":"x","Tags":[{}]}`, "-", "no member of a tag is required"},
		{"rds/PurchaseReservedDBInstancesOfferingInput", `{"ReservedDBInstancesOfferingId":"x","Tags":[{"key":"a"}]}`, "/Tags/0", "exact names"},
		{"rds/PurchaseReservedDBInstancesOfferingInput", `{"ReservedDBInstancesOfferingId":null}`, "/ReservedDBInstancesOfferingId", "null is no value"},
		{"rds/DescribeReservedDBInstancesInput", `{"LeaseId":"x"}`, "-", "a member of this operation"},
		{"rds/DescribeReservedDBInstancesOfferingsInput", `{"LeaseId":"x"}`, "", "and not of this one"},
		{"rds/DescribeReservedDBInstancesInput", `{"Duration":31536000}`, "/Duration", "a string in a request"},
		{"rds/DescribeReservedDBInstancesInput", `{"MaxRecords":19}`, "-", "the range is the documentation's only"},
		{"rds/DescribeReservedDBInstancesInput", `{"MultiAZ":"true"}`, "/MultiAZ", "a boolean, decoded"},
		{"rds/PurchaseReservedDBInstancesOfferingOutput", `{"ReservedDBInstance":{"FixedPrice":"NaN","UsagePrice":"-Infinity"}}`, "-", "doubles without a JSON number"},
		{"rds/PurchaseReservedDBInstancesOfferingOutput", `{"ReservedDBInstance":{"FixedPrice":"123.0"}}`, "/ReservedDBInstance/FixedPrice", "a number, decoded"},
		{"rds/PurchaseReservedDBInstancesOfferingOutput", `{"ReservedDBInstance":{"FixedPrice":"nan"}}`, "/ReservedDBInstance/FixedPrice", "spelled as on the wire"},
		{"rds/PurchaseReservedDBInstancesOfferingOutput", `{"ReservedDBInstance":{"StartTime":"2011-12-18T23:24:56Z"}}`, "-", "the fraction is optional"},
		{"rds/PurchaseReservedDBInstancesOfferingOutput", `{"ReservedDBInstance":{"StartTime":"2011-12-18T23:24:56+01:00"}}`, "/ReservedDBInstance/StartTime", "UTC"},
		{"rds/PurchaseReservedDBInstancesOfferingOutput", `{"ReservedDBInstance":{"StartTime":"2011-12-18"}}`, "/ReservedDBInstance/StartTime", "date and time"},
		{"rds/PurchaseReservedDBInstancesOfferingOutput", `{"ReservedDBInstance":{"StartTime":1324250696}}`, "/ReservedDBInstance/StartTime", "no epoch"},
		{"rds/PurchaseReservedDBInstancesOfferingOutput", `{"ReservedDBInstance":{"State":"retired"}}`, "-", "an open enum"},
		{"rds/PurchaseReservedDBInstancesOfferingOutput", `{"ReservedDBInstance":{"Duration":31536000.5}}`, "/ReservedDBInstance/Duration", "whole seconds"},
		{"rds/PurchaseReservedDBInstancesOfferingOutput", `{"ReservedDBInstance":{"Other":1}}`, "/ReservedDBInstance", "unknown elements stand elsewhere"},
		{"rds/Error", `{"Type":"Sender","Code":"X","RequestId":"r"}`, "-", "a message is optional"},
		{"rds/Error", `{"Type":"sender","Code":"X","RequestId":"r"}`, "/Type", "two values, exact in case"},
		{"rds/Error", `{"Type":"Sender","Code":"X"}`, "", "the request id is required"},
		{"mediaconnect/DescribeOfferingInput", `{"OfferingArn":"x"}`, "", "wire names"},
		{"mediaconnect/ListOfferingsInput", `{"maxResults":1}`, "-", "the model's range"},
		{"mediaconnect/ListOfferingsInput", `{"maxResults":1000}`, "-", "the model's range"},
		{"mediaconnect/PurchaseOfferingRequestBody", `{"reservationName":"","start":"not a date"}`, "-", "plain strings in the model"},
		{"mediaconnect/PurchaseOfferingRequestBody", `{"reservationName":"x","start":"y","offeringArn":"z"}`, "", "the ARN is in the path"},
		{"mediaconnect/PurchaseOfferingRequestBody", `{"reservationName":"x"}`, "", "start is required"},
		{"mediaconnect/PurchaseOfferingOutput", `{}`, "-", "no member is required at the top"},
		{"mediaconnect/PurchaseOfferingOutput", `{"added":[null]}`, "-", "a service adds members"},
		{"mediaconnect/PurchaseOfferingOutput", `[]`, "", "an object"},
		{"mediaconnect/Error", `{"message":"m","__type":"NotFoundException"}`, "-", "the type may be in the body"},
		{"mediaconnect/Error", `{"Message":"m"}`, "/Message", "the wire name is message"},
	} {
		at := check(t, compile(t, row.schema), []byte(row.text))
		if row.at == "-" && at != nil || row.at != "-" && !slices.Contains(at, row.at) {
			t.Errorf("%s %s: refused at %q, want %q: %s", row.schema, row.text, at, row.at, row.reason)
		}
	}
}
