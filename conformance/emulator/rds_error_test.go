package emulator_test

import (
	"strings"
	"testing"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator"
)

// form is a POST of RDS written by hand.
func form(body string, headers ...wire.HeaderField) wire.Request {
	h := wire.Headers{{Name: "Content-Type", Value: "application/x-www-form-urlencoded; charset=utf-8"}}
	return wire.Request{Method: "POST", Path: "/", Headers: append(h, headers...), Body: body}
}

// query is a GET of RDS written by hand.
func query(text string) wire.Request { return wire.Request{Method: "GET", Path: "/", Query: text} }

const (
	offerings = "Action=DescribeReservedDBInstancesOfferings&Version=2014-10-31"
	instances = "Action=DescribeReservedDBInstances&Version=2014-10-31"
	purchase  = "Action=PurchaseReservedDBInstancesOffering&Version=2014-10-31"
	buyOne    = purchase + "&ReservedDBInstancesOfferingId=" + documented
)

// Requests that are refused, each written by hand, as a form and, where the
// method is not the point, as a query string too.
func TestRDSRefuses(t *testing.T) {
	many := strings.Repeat("&A=1", wire.MaxParameters)
	rows := []struct {
		form   string
		status int
		code   string
		v      rds.Version // of the namespace; "" is 2014-10-31
		why    string
	}{
		{"", 400, "MissingAction", "2012-04-23", "nothing at all"},
		{"Version=2014-10-31", 400, "MissingAction", "", "no Action"},
		{"Version=2013-01-10", 400, "MissingAction", "2013-01-10", "no Action, in the namespace asked for"},
		{"Action=&Version=2014-10-31", 400, "InvalidAction", "", "an empty Action"},
		{"Action=DescribeDBInstances&Version=2014-10-31", 400, "InvalidAction", "", "an operation that is not here"},
		{"Action=describeReservedDBInstances&Version=2014-10-31", 400, "InvalidAction", "", "another case"},
		{"action=DescribeReservedDBInstances&Version=2014-10-31", 400, "MissingAction", "", "another case of the name"},
		{"Action=DescribeReservedDBInstances&Version=2015-01-01", 400, "InvalidAction", "2015-01-01", "a version later than the latest"},
		{"Action=DescribeReservedDBInstances&Version=2012-04-24", 400, "InvalidAction", "2012-04-24", "a version between"},
		{"Action=DescribeReservedDBInstances&Version=latest", 400, "InvalidAction", "2012-04-23", "no date"},
		{"Action=DescribeReservedDBInstances&Version=", 400, "InvalidAction", "2012-04-23", "an empty version"},
		{"Action=Nonsense%3C%26%00%01%FF&Version=2014-10-31", 400, "InvalidAction", "", "an Action that no XML can hold"},

		{instances + "&Action=DescribeReservedDBInstances", 400, "InvalidQueryParameter", "", "Action twice, the same"},
		{instances + "&Action=PurchaseReservedDBInstancesOffering", 400, "InvalidQueryParameter", "", "Action twice"},
		{instances + "&Version=2012-04-23", 400, "InvalidQueryParameter", "", "Version twice"},
		{instances + "&MaxRecords=20&MaxRecords=20", 400, "InvalidQueryParameter", "", "a parameter twice"},
		{instances + "&MaxRecords=20&MaxRecords=30", 400, "InvalidQueryParameter", "", "a parameter with two values"},
		{instances + "&MaxRecord%73=20&MaxRecords=20", 400, "InvalidQueryParameter", "", "twice, once escaped"},
		{instances + "&New=1&New=1", 400, "InvalidQueryParameter", "", "an unknown parameter twice"},
		{buyOne + "&Tags.Tag.1.Key=a&Tags.member.1.Key=b", 400, "InvalidParameterValue", "", "both forms of a list"},
		{buyOne + "&Tags.Tag.1.Key=a&Tags.Tag.1.Key=b", 400, "InvalidQueryParameter", "", "a key twice"},
		{buyOne + "&Tags.Tag.01.Key=a", 400, "InvalidParameterValue", "", "a number with a zero before it"},
		{buyOne + "&Tags.Tag.0.Key=a", 400, "InvalidParameterValue", "", "number zero"},
		{buyOne + "&Tags.Tag.x.Key=a", 400, "InvalidParameterValue", "", "no number"},
		{buyOne + "&Tags.Tag.4294967296.Key=a", 400, "InvalidParameterValue", "", "a number past 32 bits"},
		{buyOne + "&Tags=a", 400, "InvalidParameterValue", "", "a value for a list"},
		{buyOne + "&Tags=&Tags.Tag.1.Key=a", 400, "InvalidParameterValue", "", "an empty list with an item"},

		{instances + "&MaxRecords=19", 400, "InvalidParameterValue", "", "below the least"},
		{instances + "&MaxRecords=101", 400, "InvalidParameterValue", "", "above the most"},
		{instances + "&MaxRecords=-20", 400, "InvalidParameterValue", "", "negative"},
		{instances + "&MaxRecords=", 400, "InvalidParameterValue", "", "empty"},
		{instances + "&MaxRecords=twenty", 400, "InvalidParameterValue", "", "no number"},
		{instances + "&MaxRecords=020", 400, "InvalidParameterValue", "", "a zero before it"},
		{instances + "&MaxRecords=%2B20", 400, "InvalidParameterValue", "", "a plus sign"},
		{instances + "&MaxRecords=20.0", 400, "InvalidParameterValue", "", "a fraction"},
		{instances + "&MaxRecords=4294967316", 400, "InvalidParameterValue", "", "20 in 32 bits"},
		{instances + "&MultiAZ=True", 400, "InvalidParameterValue", "", "Python's spelling"},
		{instances + "&MultiAZ=yes", 400, "InvalidParameterValue", "", "no boolean"},
		{instances + "&MultiAZ=", 400, "InvalidParameterValue", "", "an empty boolean"},
		{instances + "&Duration=2", 400, "InvalidParameterValue", "", "neither one nor three years"},
		{offerings + "&Duration=31536001", 400, "InvalidParameterValue", "", "a second too many"},
		{offerings + "&Filters.Filter.1.Name=a&Filters.Filter.1.Values.Value.1=b", 400, "InvalidParameterValue", "", "Filters"},
		{offerings + "&Filters.Filter.1.Name=a", 400, "MissingParameter", "", "a filter without values"},
		{offerings + "&Marker=abc", 400, "InvalidParameterValue", "", "a marker that is none"},
		{offerings + "&Marker=%00", 404, "MalformedQueryString", "", "NUL"},

		{instances + "&ReservedDBInstanceId=none", 404, "ReservedDBInstanceNotFound", "", "an unknown reservation"},
		{offerings + "&ReservedDBInstancesOfferingId=none", 404, "ReservedDBInstancesOfferingNotFound", "", "an unknown offering"},
		{offerings + "&ReservedDBInstancesOfferingId=+" + documented, 404, "ReservedDBInstancesOfferingNotFound", "", "a leading space is part of the id"},
		{purchase + "&ReservedDBInstancesOfferingId=none", 404, "ReservedDBInstancesOfferingNotFound", "", "an unknown offering"},
		{purchase + "&ReservedDBInstancesOfferingId=" + strings.ToUpper(documented), 404, "ReservedDBInstancesOfferingNotFound", "", "ids have a case"},
		{purchase, 400, "MissingParameter", "", "no offering"},
		{purchase + "&ReservedDBInstancesOfferingId=", 400, "InvalidParameterValue", "", "the empty offering"},
		{buyOne + "&ReservedDBInstanceId=", 400, "InvalidParameterValue", "", "the empty id"},
		{buyOne + "&ReservedDBInstanceId=%01", 400, "InvalidParameterValue", "", "an id that XML cannot hold"},
		{buyOne + "&ReservedDBInstanceId=" + strings.Repeat("a", 256), 400, "InvalidParameterValue", "", "an id too long"},
		{buyOne + "&DBInstanceCount=0", 400, "InvalidParameterValue", "", "none"},
		{buyOne + "&DBInstanceCount=-1", 400, "InvalidParameterValue", "", "less than none"},
		{buyOne + "&DBInstanceCount=2147483648", 400, "InvalidParameterValue", "", "no integer of 32 bits"},
		{buyOne + "&DBInstanceCount=2147483647", 400, "ReservedDBInstanceQuotaExceeded", "", "past the quota"},
		{"Action=PurchaseReservedDBInstancesOffering&ReservedDBInstancesOfferingId=none", 404, "ReservedDBInstancesOfferingNotFound", "2012-04-23", "without a Version, the oldest"},

		{instances + "&MaxRecords=%2", 404, "MalformedQueryString", "", "half an escape"},
		{instances + "&DBInstanceClass=%FF", 404, "MalformedQueryString", "", "no UTF-8"},
		{instances + "&New=%ff%fe", 404, "MalformedQueryString", "", "no UTF-8 in what nobody reads"},
		{instances + "&=1", 404, "MalformedQueryString", "", "a value without a name"},
		{instances + many, 404, "MalformedQueryString", "", "more than 10,000 parameters"},
		{"A=1" + many, 404, "MalformedQueryString", "2012-04-23", "more than 10,000 parameters and no Version"},
	}
	b := newBench(t)
	for _, row := range rows {
		v := row.v
		if v == "" {
			v = rds.Latest
		}
		for _, req := range []wire.Request{form(row.form), query(row.form)} {
			if req.Method == "GET" && len(row.form) > 10_000 {
				continue
			}
			resp := b.send(req)
			_, e := b.readRDS(resp, rds.DescribeReservedDBInstances, v)
			if e == nil || resp.Status != row.status || e.Code.Value != row.code {
				t.Errorf("%s %s: %d %v, want %d %s", req.Method, row.why, resp.Status, e, row.status, row.code)
			} else if e.Message.Value == "" || len(e.Message.Value) > 400 {
				t.Errorf("%s: message %q", row.why, e.Message.Value)
			}
		}
	}
	out, _ := b.callRDS(rds.Encoder{}, &rds.DescribeReservedDBInstancesInput{}, emulatorAccount)
	if n := len(out.(*rds.DescribeReservedDBInstancesOutput).ReservedDBInstances.Value); n != 0 {
		t.Errorf("%d of the refused requests bought something", n)
	}
}

// emulatorAccount is whose requests without a signature are.
const emulatorAccount = "123456789012"

// What a request is as a whole: method, path, content type, both places for
// parameters.
func TestRDSRefusesMessages(t *testing.T) {
	with := func(change func(*wire.Request)) wire.Request {
		r := form(instances)
		change(&r)
		return r
	}
	header := func(name, value string) func(*wire.Request) {
		return func(r *wire.Request) { r.Headers.Set(name, value) }
	}
	rows := []struct {
		req    wire.Request
		status int
		code   string
		v      rds.Version
		why    string
	}{
		{with(func(r *wire.Request) { r.Method = "PUT" }), 400, "InvalidAction", "", "PUT"},
		{with(func(r *wire.Request) { r.Method = "DELETE" }), 400, "InvalidAction", "", "DELETE"},
		{with(func(r *wire.Request) { r.Method = "OPTIONS"; r.Body = "" }), 400, "InvalidAction", "2012-04-23", "OPTIONS"},
		{with(func(r *wire.Request) { r.Method = "post" }), 400, "InvalidAction", "", "methods have a case"},
		{with(func(r *wire.Request) { r.Path = "/rds" }), 400, "InvalidAction", "", "another path"},
		{with(func(r *wire.Request) { r.Path = "//" }), 400, "InvalidAction", "", "two slashes are not one"},
		{with(func(r *wire.Request) { r.Path = "/./" }), 400, "InvalidAction", "", "a dot is a segment"},
		{with(func(r *wire.Request) { r.Path = "/v2/offerings" }), 400, "InvalidAction", "", "another version of MediaConnect's paths"},
		{with(func(r *wire.Request) { r.Path = "/x/%2e%2e/" }), 400, "InvalidAction", "", "two dots are a segment"},
		{with(func(r *wire.Request) { r.Path = "/%2f" }), 400, "InvalidAction", "", "an escaped slash is no slash"},
		{with(header("Content-Type", "application/json")), 400, "InvalidQueryParameter", "", "a form that says it is JSON"},
		{with(header("Content-Type", "multipart/form-data; boundary=x")), 400, "InvalidQueryParameter", "", "the other form of HTML"},
		{with(header("Content-Type", "application/x-www-form-urlencoded; charset=utf-16")), 400, "InvalidQueryParameter", "", "another charset"},
		{with(func(r *wire.Request) { r.Headers = nil }), 400, "InvalidQueryParameter", "", "no Content-Type"},
		{with(func(r *wire.Request) { r.Query = "Version=2014-10-31" }), 400, "InvalidQueryParameter", "", "Version in both places"},
		{with(func(r *wire.Request) { r.Query = "MaxRecords=20"; r.Body += "&MaxRecords=20" }), 400, "InvalidQueryParameter", "", "a parameter in both places"},
		{with(func(r *wire.Request) { r.Method = "GET"; r.Query = instances }), 400, "InvalidQueryParameter", "", "a GET with a body"},
		{with(header("Content-Encoding", "gzip")), 400, "InvalidQueryParameter", "", "a coded body"},
		{with(func(r *wire.Request) { r.Body += "&A=" + strings.Repeat("a", emulator.DefaultMaxBody) }), 400, "InvalidQueryParameter", "", "a body past the limit"},
		{with(func(r *wire.Request) {
			r.Headers = append(r.Headers, scope(alice, "us-east-1", "rds"))
			r.Path = "/v1/offerings"
		}), 400, "InvalidAction", "", "MediaConnect's path, signed for RDS"},
	}
	b := newBench(t)
	for _, row := range rows {
		v := row.v
		if v == "" {
			v = rds.Latest
		}
		resp := b.send(row.req)
		if _, e := b.readRDS(resp, rds.DescribeReservedDBInstances, v); e == nil || resp.Status != row.status || e.Code.Value != row.code {
			t.Errorf("%s: %d %v", row.why, resp.Status, e)
		}
	}
}

// Requests that look odd and are answered.
func TestRDSAccepts(t *testing.T) {
	rows := []struct {
		req wire.Request
		v   rds.Version
		why string
	}{
		{form("Action=DescribeReservedDBInstances"), "2012-04-23", "no Version"},
		{query("Action=DescribeReservedDBInstances"), "2012-04-23", "no Version, GET"},
		{query("Version=2013-09-09&Action=DescribeReservedDBInstances"), "2013-09-09", "Action last"},
		{form(instances + "&New=1&Other=%C3%A9"), "", "unknown parameters"},
		{form(instances + "&"), "", "an empty pair"},
		{form(instances + "&MultiAZ=true&Marker=&DBInstanceClass="), "", "empty parameters ask for nothing"},
		{form(instances + "&ContentType=JSON"), "", "boto 2 asks for JSON; the contract is XML"},
		{form(instances + "&Filters="), "", "an empty list of filters"},
		{form("Action=DescribeReservedDBInstances&Version=2012-04-23&LeaseId=x"), "2012-04-23", "a parameter of a later version"},
		{form(buyOne + "&Tags.Tag.1.Key=a&Tags.Tag.3.Key=b"), "", "a gap in a list"},
		{form(buyOne + "&Tags.member.1.Key=a"), "", "the other form of a list"},
		{form(buyOne + "&Tags.Tag.999999999.Key=a"), "", "a large number"},
		{form(buyOne + "&DBInstanceCount=2"), "", "two"},
		{form(buyOne + "&ReservedDBInstanceId=a+b%20c%2Bd"), "", "plus and %20 are spaces"},
		{form(buyOne + "&ReservedDBInstanceId=%3Ca%26b%3E%22%27%0D%0A%09%C3%A9%F0%9F%98%80"), "", "what XML has to escape"},
		{form(buyOne + "&ReservedDBInstanceId=" + strings.Repeat("a", 255)), "", "the longest id"},
		{wire.Request{Method: "POST", Path: "/", Query: "Action=DescribeReservedDBInstances", Body: "Version=2014-10-31",
			Headers: wire.Headers{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}}}, "", "parameters in two places, each once"},
		{wire.Request{Method: "POST", Path: "/", Query: instances}, "", "a POST with a query string and no body"},
		{wire.Request{Method: "GET", Path: "", Query: instances}, "", "the empty path is the root"},
		{form(instances, wire.HeaderField{Name: "Content-Encoding", Value: "identity"}), "", "a coding that is none"},
	}
	for _, row := range rows {
		b := newBench(t)
		op := rds.DescribeReservedDBInstances
		if strings.Contains(row.req.Body, "Purchase") {
			op = rds.PurchaseReservedDBInstancesOffering
		}
		if out, e := b.readRDS(b.send(row.req), op, row.v); out == nil {
			t.Errorf("%s: %v", row.why, e)
		}
	}
}

// Every error that the model has for an operation is answered by it.
func TestRDSModeledErrors(t *testing.T) {
	b := newBench(t, func(o *emulator.Options) { o.RDSQuota = 3 })
	buy := func(id string, count int64) *rds.Error {
		in := &rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: wire.Some(documented), DBInstanceCount: wire.Some(count)}
		if id != "" {
			in.ReservedDBInstanceId = wire.Some(id)
		}
		_, e := b.callRDS(rds.Encoder{}, in, alice)
		return e
	}
	if e := buy("one", 2); e != nil {
		t.Fatal(e)
	}
	for _, row := range []struct {
		e    *rds.Error
		want *wire.ErrorShape
	}{
		{buy("one", 1), rds.ReservedDBInstanceAlreadyExistsFault},
		{buy("one", 100), rds.ReservedDBInstanceAlreadyExistsFault},
		{buy("two", 2), rds.ReservedDBInstanceQuotaExceededFault},
		{buy("", 2), rds.ReservedDBInstanceQuotaExceededFault},
		{buy("two", 1), nil},
		{buy("three", 1), rds.ReservedDBInstanceQuotaExceededFault},
	} {
		if row.want == nil && row.e != nil || row.want != nil && (row.e == nil || row.e.Shape() != row.want) {
			t.Errorf("%v, want %v", row.e, row.want)
		}
	}
	// A quota is of one account in one region.
	if _, e := b.callRDS(rds.Encoder{}, &rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: wire.Some(documented)}, bob); e != nil {
		t.Error(e)
	}
	req := form(buyOne, scope(alice, "eu-west-1", "rds"))
	if _, e := b.readRDS(b.send(req), rds.PurchaseReservedDBInstancesOffering, ""); e != nil {
		t.Error(e)
	}
}
