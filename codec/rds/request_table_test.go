package rds_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/fixtures"
)

// odd is a finding: before is the text up to its offset.
type odd struct {
	kind   wire.Kind
	level  wire.Level
	before string
	path   string
}

const (
	purchase  = "Action=PurchaseReservedDBInstancesOffering&Version=2014-10-31&ReservedDBInstancesOfferingId=o"
	instances = "Action=DescribeReservedDBInstances&Version=2014-10-31"
	old       = "Action=DescribeReservedDBInstances&Version=2012-04-23"
)

var requestTests = []struct {
	form   string
	value  string // as JSON
	odd    []odd
	reason string
}{
	{purchase, `{"ReservedDBInstancesOfferingId":"o"}`, nil, "the smallest purchase"},
	{purchase + "&DBInstanceCount=-1", `{"ReservedDBInstancesOfferingId":"o","DBInstanceCount":-1}`, nil, "nothing in the model forbids it"},
	{"Action=PurchaseReservedDBInstancesOffering&Version=2014-10-31&ReservedDBInstancesOfferingId=", `{"ReservedDBInstancesOfferingId":""}`, nil, "empty is present"},
	{"Action=PurchaseReservedDBInstancesOffering&Version=2014-10-31", `{}`,
		[]odd{{wire.KindRequired, wire.Unreadable, "", "ReservedDBInstancesOfferingId"}}, "JavaScript sends it so"},
	{instances + "&Marker=&Filters=&MultiAZ=false", `{"MultiAZ":false,"Filters":[],"Marker":""}`, nil, "absent, empty and false are three things"},

	{"Action=DescribeReservedDBInstances&Marker=m", `{"Marker":"m"}`,
		[]odd{{wire.KindRequired, wire.Departure, "", "Version"}}, "WIRE.md F.4"},
	{"Action=DescribeReservedDBInstances&Version=", `{}`,
		[]odd{{rds.KindVersionUnknown, wire.Split, "Action=DescribeReservedDBInstances&Version=", "Version"}}, "no version"},
	{"Action=DescribeReservedDBInstances&Version=2015-11-12&LeaseId=l", `{"LeaseId":"l"}`,
		[]odd{{rds.KindVersionUnknown, wire.Split, "Action=DescribeReservedDBInstances&Version=", "Version"}}, "later than the latest has what the latest has"},
	{"Action=DescribeReservedDBInstances&Version=latest&LeaseId=l", `{"LeaseId":"l"}`,
		[]odd{{rds.KindVersionUnknown, wire.Split, "Action=DescribeReservedDBInstances&Version=", "Version"},
			{wire.KindVersion, wire.Split, "Action=DescribeReservedDBInstances&Version=latest&", "LeaseId"}}, "no date: as the oldest"},
	{"Action=DescribeReservedDBInstances&Version=2014.10.31&LeaseId=l", `{"LeaseId":"l"}`,
		[]odd{{rds.KindVersionUnknown, wire.Split, "Action=DescribeReservedDBInstances&Version=", "Version"},
			{wire.KindVersion, wire.Split, "Action=DescribeReservedDBInstances&Version=2014.10.31&", "LeaseId"}}, "nearly a date is none"},
	{old + "&LeaseId=l&Filters.Filter.1.Name=n&Filters.Filter.1.Values=", `{"LeaseId":"l","Filters":[{"Name":"n","Values":[]}]}`,
		[]odd{{wire.KindVersion, wire.Split, old + "&", "LeaseId"},
			{wire.KindVersion, wire.Split, old + "&LeaseId=l&", "Filters.Filter.1.Name"}}, "members of later versions, each noted once"},
	{"Version=2012-04-23&Action=PurchaseReservedDBInstancesOffering&ReservedDBInstancesOfferingId=o&Tags=", `{"ReservedDBInstancesOfferingId":"o","Tags":[]}`,
		[]odd{{wire.KindVersion, wire.Split, "Version=2012-04-23&Action=PurchaseReservedDBInstancesOffering&ReservedDBInstancesOfferingId=o&", "Tags"}}, "an empty list is there too"},
	{"Tags.Tag.1.Key=k&ReservedDBInstancesOfferingId=o&Action=PurchaseReservedDBInstancesOffering&Version=2013-05-15", `{"ReservedDBInstancesOfferingId":"o","Tags":[{"Key":"k"}]}`,
		nil, "Action and Version may come last, as Go writes them"},

	{instances + "&MaxRecords=+20", `{}`,
		[]odd{{"query.plus-as-space", wire.Departure, instances + "&MaxRecords=", "MaxRecords"},
			{wire.KindInteger, wire.Unreadable, instances + "&MaxRecords=", "MaxRecords"}}, "a space before the number"},
	{instances + "&MaxRecords=%2B20", `{"MaxRecords":20}`, []odd{{wire.KindInteger, wire.Split, instances + "&MaxRecords=", "MaxRecords"}}, "a sign"},
	{instances + "&MaxRecords=020", `{"MaxRecords":20}`, []odd{{wire.KindInteger, wire.Split, instances + "&MaxRecords=", "MaxRecords"}}, "a leading zero, and not octal"},
	{instances + "&MaxRecords=-0", `{"MaxRecords":0}`, []odd{{wire.KindInteger, wire.Split, instances + "&MaxRecords=", "MaxRecords"}}, "negative zero"},
	{instances + "&MaxRecords=2147483647", `{"MaxRecords":2147483647}`, nil, "the largest of 32 bits"},
	{instances + "&MaxRecords=2147483648", `{"MaxRecords":2147483648}`, []odd{{wire.KindIntegerRange, wire.Split, instances + "&MaxRecords=", "MaxRecords"}}, "one more"},
	{instances + "&MaxRecords=9223372036854775808", `{}`, []odd{{wire.KindInteger, wire.Unreadable, instances + "&MaxRecords=", "MaxRecords"}}, "past 64 bits"},
	{instances + "&MaxRecords=", `{}`, []odd{{wire.KindInteger, wire.Unreadable, instances + "&MaxRecords=", "MaxRecords"}}, "empty is no number"},
	{instances + "&MaxRecords=20.0", `{}`, []odd{{wire.KindInteger, wire.Unreadable, instances + "&MaxRecords=", "MaxRecords"}}, "a fraction"},
	{instances + "&MaxRecords=2e1", `{}`, []odd{{wire.KindInteger, wire.Unreadable, instances + "&MaxRecords=", "MaxRecords"}}, "an exponent"},
	{instances + "&MaxRecords=0x14", `{}`, []odd{{wire.KindInteger, wire.Unreadable, instances + "&MaxRecords=", "MaxRecords"}}, "hexadecimal"},
	{instances + "&MaxRecords=1_0", `{}`, []odd{{wire.KindInteger, wire.Unreadable, instances + "&MaxRecords=", "MaxRecords"}}, "Python's underscore"},

	{instances + "&MultiAZ=TRUE", `{"MultiAZ":true}`, []odd{{wire.KindBoolean, wire.Split, instances + "&MultiAZ=", "MultiAZ"}}, "capitals"},
	{instances + "&MultiAZ=0", `{"MultiAZ":false}`, []odd{{wire.KindBoolean, wire.Split, instances + "&MultiAZ=", "MultiAZ"}}, "a digit"},
	{instances + "&MultiAZ=", `{}`, []odd{{wire.KindBoolean, wire.Unreadable, instances + "&MultiAZ=", "MultiAZ"}}, "empty is neither"},
	{instances + "&MultiAZ=yes", `{}`, []odd{{wire.KindBoolean, wire.Unreadable, instances + "&MultiAZ=", "MultiAZ"}}, "neither"},

	{instances + "&Marker=a&Marker=b", `{"Marker":"a"}`, []odd{{wire.KindDuplicate, wire.Split, instances + "&Marker=a&", "Marker"}}, "the first counts"},
	{instances + "&MaxRecords=x&MaxRecords=20", `{}`,
		[]odd{{wire.KindInteger, wire.Unreadable, instances + "&MaxRecords=", "MaxRecords"},
			{wire.KindDuplicate, wire.Split, instances + "&MaxRecords=x&", "MaxRecords"}}, "the first counts even where it cannot be read"},
	{instances + "&Version=2012-04-23", `{}`, []odd{{wire.KindDuplicate, wire.Split, instances + "&", "Version"}}, "common parameters too"},
	{instances + "&Foo=a&Foo=b", `{}`, []odd{{wire.KindDuplicate, wire.Split, instances + "&Foo=a&", "Foo"}}, "unknown ones too"},
	{instances + "&Filters=&Filters=", `{"Filters":[]}`, []odd{{wire.KindDuplicate, wire.Split, instances + "&Filters=&", "Filters"}}, "an empty list twice"},
	{purchase + "&Tags.Tag.1.Key=a&Tags.Tag.01.Key=b", `{"ReservedDBInstancesOfferingId":"o","Tags":[{"Key":"a"}]}`,
		[]odd{{"query.index-leading-zeros", wire.Split, purchase + "&Tags.Tag.1.Key=a&", "Tags.Tag.01.Key"},
			{wire.KindDuplicate, wire.Split, purchase + "&Tags.Tag.1.Key=a&", "Tags.Tag.01.Key"}}, "01 and 1 are one item"},

	{purchase + "&Tags.Tag.10.Key=c&Tags.Tag.2.Key=b&Tags.Tag.1.Key=a", `{"ReservedDBInstancesOfferingId":"o","Tags":[{"Key":"a"},{"Key":"b"},{"Key":"c"}]}`,
		[]odd{{"query.index-gap", wire.Split, purchase + "&", "Tags.Tag.10.Key"}}, "by number, and the gap closed"},
	{purchase + "&Tags.Tag.999999999.Key=b&Tags.Tag.0.Key=a", `{"ReservedDBInstancesOfferingId":"o","Tags":[{"Key":"a"},{"Key":"b"}]}`,
		[]odd{{"query.index-gap", wire.Split, purchase + "&", "Tags.Tag.999999999.Key"},
			{"query.index-zero", wire.Split, purchase + "&Tags.Tag.999999999.Key=b&", "Tags.Tag.0.Key"}}, "far out and before the first"},
	{purchase + "&Tags.Tag.2147483647.Value=a", `{"ReservedDBInstancesOfferingId":"o","Tags":[{"Value":"a"}]}`,
		[]odd{{"query.index-gap", wire.Split, purchase + "&", "Tags.Tag.2147483647.Value"}}, "the limit of an index"},
	{purchase + "&Tags.Tag.2147483648.Key=a", `{"ReservedDBInstancesOfferingId":"o"}`,
		[]odd{{"query.index-too-large", wire.Unreadable, purchase + "&", "Tags.Tag.2147483648.Key"}}, "past it"},
	{purchase + "&Tags.1.Key=a&Tags.Tag=b&Tags.=c&Tagss=d", `{"ReservedDBInstancesOfferingId":"o"}`,
		[]odd{{"query.item-name", wire.Unreadable, purchase + "&", "Tags.1.Key"},
			{"query.index-not-number", wire.Unreadable, purchase + "&Tags.1.Key=a&", "Tags.Tag"},
			{"query.item-name", wire.Unreadable, purchase + "&Tags.1.Key=a&Tags.Tag=b&", "Tags."}}, "no list of ours is flattened; another name is just unknown"},
	{purchase + "&Tags.Tag.1=a", `{"ReservedDBInstancesOfferingId":"o"}`,
		[]odd{{"query.list-value", wire.Unreadable, purchase + "&", "Tags.Tag.1"}}, "a structure has no value"},
	{purchase + "&Tags.Tag.1.Foo=a", `{"ReservedDBInstancesOfferingId":"o"}`, nil, "an unknown member of an item is just unknown"},
	{purchase + "&Tags=&Tags.Tag.1.Key=a", `{"ReservedDBInstancesOfferingId":"o","Tags":[{"Key":"a"}]}`,
		[]odd{{"query.empty-list-with-items", wire.Split, purchase + "&", "Tags"}}, "items count"},

	{instances + "&Filters.Filter.1.Values.Value.10=c&Filters.Filter.1.Values.Value.2=b&Filters.Filter.1.Values.Value.1=a&Filters.Filter.1.Name=n",
		`{"Filters":[{"Name":"n","Values":["a","b","c"]}]}`,
		[]odd{{"query.index-gap", wire.Split, instances + "&", "Filters.Filter.1.Values.Value.10"}}, "values by number too"},
	{instances + "&Filters.Filter.1.Name=n&Filters.Filter.1.Values=&Filters.Filter.1.Values.Value.1=a", `{"Filters":[{"Name":"n","Values":["a"]}]}`,
		[]odd{{"query.empty-list-with-items", wire.Split, instances + "&Filters.Filter.1.Name=n&", "Filters.Filter.1.Values"}}, "items count inside too"},
	{instances + "&Filters.Filter.1.Name=n&Filters.Filter.1.Values.member.1=a&Filters.Filter.1.Values.Value.2=b", `{"Filters":[{"Name":"n","Values":["a","b"]}]}`,
		[]odd{{"query.member-item", wire.Departure, instances + "&Filters.Filter.1.Name=n&", "Filters.Filter.1.Values.member.1"},
			{"query.mixed-items", wire.Split, instances + "&Filters.Filter.1.Name=n&Filters.Filter.1.Values.member.1=a&", "Filters.Filter.1.Values.Value.2"}}, "two names in one list of values"},
	{instances + "&Filters.Filter.1.FilterName=n&Filters.Filter.1.FilterValue.Value.1=a", `{"Filters":[{"Name":"n","Values":["a"]}]}`,
		[]odd{{rds.KindFilterForm, wire.Split, instances + "&", "Filters.Filter.1.FilterName"},
			{rds.KindFilterForm, wire.Split, instances + "&Filters.Filter.1.FilterName=n&", "Filters.Filter.1.FilterValue.Value.1"}}, "the form of 2013 in 2014"},
	{"Action=DescribeReservedDBInstances&Version=2013-05-15&Filters.Filter.1.FilterName=n&Filters.Filter.1.FilterValue=", `{"Filters":[{"Name":"n","Values":[]}]}`, nil, "the form of its version"},
	{"Action=DescribeReservedDBInstances&Version=2013-05-15&Filters.Filter.1.Name=n", `{"Filters":[{"Name":"n"}]}`,
		[]odd{{rds.KindFilterForm, wire.Departure, "Action=DescribeReservedDBInstances&Version=2013-05-15&", "Filters.Filter.1.Name"},
			{wire.KindRequired, wire.Unreadable, "Action=DescribeReservedDBInstances&Version=2013-05-15&", "Filters.Filter.1.FilterValue"}}, "both forms were models in 2013"},
	{"Action=DescribeReservedDBInstancesOfferings&Version=2013-05-15&Filters=", `{"Filters":[]}`,
		[]odd{{wire.KindVersion, wire.Split, "Action=DescribeReservedDBInstancesOfferings&Version=2013-05-15&", "Filters"}}, "offerings got filters later"},

	{instances + "&DBInstanceCount=1&marker=m", `{}`, nil, "a member of another operation and another case are unknown"},
	{instances + "&Signature=x&X-Amz-Date=y&ContentType=JSON&Expires=z", `{}`, nil, "common parameters are not unknown"},
}

func TestRequestTable(t *testing.T) {
	var strict rds.Decoder // one for all rows: nothing may be left behind
	lenient := rds.Decoder{Lenient: true}
	inputs := map[rds.Operation]rds.Input{}
	for _, o := range rds.Operations() {
		inputs[o] = o.NewInput()
	}
	for _, tt := range requestTests {
		req := &wire.Request{Body: tt.form}
		in, err := strict.DecodeRequest(req)
		if err != nil {
			t.Errorf("%s: %v", tt.form, err)
			continue
		}
		if diff := cmp.Diff(generic(t, json.RawMessage(tt.value)), generic(t, in)); diff != "" {
			t.Errorf("%s (%s): (-want +got):\n%s", tt.form, tt.reason, diff)
		}
		var got []odd
		for _, f := range strict.Findings() {
			got = append(got, odd{f.Kind, f.Level, tt.form[:f.Offset], f.Path})
			if f.Part != wire.Body || f.Want == "" || f.Got == "" {
				t.Errorf("%s: incomplete finding %+v", tt.form, f)
			}
		}
		if diff := cmp.Diff(tt.odd, got, cmp.AllowUnexported(odd{})); diff != "" {
			t.Errorf("%s (%s): findings (-want +got):\n%s", tt.form, tt.reason, diff)
		}

		into := inputs[in.Operation()]
		if err := lenient.DecodeRequestInto(req, into); err != nil {
			t.Errorf("%s: lenient: %v", tt.form, err)
		}
		if diff := cmp.Diff(in, into, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: reuse or lenient reading changes the value (-strict +lenient):\n%s", tt.form, diff)
		}
		if diff := cmp.Diff(wire.Lenient(strict.Findings()), lenient.Findings(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: lenient findings (-want +got):\n%s", tt.form, diff)
		}
	}
}

func TestUnknownParameters(t *testing.T) {
	form := instances + "&Foo=a%20b&DBInstanceCount=1&Filters.Filter.x.Name=n&%46oo2"
	in := new(rds.DescribeReservedDBInstancesInput)
	var d rds.Decoder
	if err := d.DecodeRequestInto(&wire.Request{Body: form}, in); err != nil {
		t.Fatal(err)
	}
	want := []wire.Unknown{{Name: "Foo", Raw: "a%20b"}, {Name: "DBInstanceCount", Raw: "1"}, {Name: "Filters.Filter.x.Name", Raw: "n"}, {Name: "Foo2"}}
	for i := range want {
		want[i].Offset = strings.Index(form, []string{"a%20b", "1&Filters", "n&%46", ""}[i])
	}
	want[3].Offset = len(form)
	if diff := cmp.Diff(want, in.Unknown); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	d.DropUnknown = true
	if err := d.DecodeRequestInto(&wire.Request{Body: form}, in); err != nil || len(in.Unknown) != 0 {
		t.Errorf("%v, %v", in.Unknown, err)
	}
}

// TestRequestFixtures: the documents about queries, lists included.
func TestRequestFixtures(t *testing.T) {
	for _, load := range []func(string) ([]fixtures.Document, error){fixtures.Malformed, fixtures.WellFormed} {
		docs, err := load("query")
		if err != nil {
			t.Fatal(err)
		}
		for _, doc := range docs {
			var d rds.Decoder
			if _, err := d.DecodeRequest(&wire.Request{Body: string(doc.Raw)}); err != nil {
				t.Errorf("%s: %v", doc.Name, err)
				continue
			}
			at := -1
			if doc.Kind == "" {
				at = 0
			}
			for _, f := range d.Findings() {
				if string(f.Kind) == doc.Kind {
					at = f.Offset
				}
			}
			if at != doc.Offset {
				t.Errorf("%s (%s): %s at %d, want %d; findings %v", doc.Name, doc.Rule, doc.Kind, at, doc.Offset, d.Findings())
			}
		}
	}
}

func TestRequestParts(t *testing.T) {
	formType := wire.Headers{{Name: "Content-Type", Value: "application/x-www-form-urlencoded; charset=UTF-8"}}
	find := func(k wire.Kind, p wire.Part, offset int, path string) wire.Finding {
		level := wire.Split
		return wire.Finding{Kind: k, Level: level, Part: p, Offset: offset, Path: path}
	}
	for _, tt := range []struct {
		name string
		req  wire.Request
		id   string // Marker
		want []wire.Finding
	}{
		{"POST", wire.Request{Method: "POST", Body: instances + "&Marker=b", Headers: formType}, "b", nil},
		{"GET", wire.Request{Method: "GET", Query: instances + "&Marker=q"}, "q", nil},
		{"bare query", wire.Request{Query: instances + "&Marker=q"}, "q", nil},
		{"both", wire.Request{Method: "POST", Body: instances + "&Marker=b", Query: "Marker=q", Headers: formType}, "b",
			[]wire.Finding{find(rds.KindParameterInQuery, wire.Query, 0, "Marker"), find(wire.KindDuplicate, wire.Query, 0, "Marker")}},
		{"query of a POST", wire.Request{Method: "POST", Query: "Version=2014-10-31&Action=DescribeReservedDBInstances"}, "",
			[]wire.Finding{find(rds.KindParameterInQuery, wire.Query, 0, "Version"), find(rds.KindParameterInQuery, wire.Query, 19, "Action")}},
		{"presigned POST", wire.Request{Method: "POST", Body: instances, Query: "X-Amz-Signature=s", Headers: formType}, "", nil},
		{"GET with a body", wire.Request{Method: "GET", Query: instances + "&Marker=q", Body: "Marker=b"}, "q",
			[]wire.Finding{find(rds.KindBodyOnGet, wire.Body, 0, "")}},
		{"PUT", wire.Request{Method: "PUT", Body: instances + "&Marker=b", Headers: formType}, "b",
			[]wire.Finding{find(wire.KindMethod, wire.Method, 0, "")}},
		{"no content type", wire.Request{Method: "POST", Body: instances}, "",
			[]wire.Finding{find(wire.KindContentType, wire.Header, 0, "Content-Type")}},
		{"JSON", wire.Request{Method: "POST", Body: instances, Headers: wire.Headers{{Name: "content-type", Value: "application/json"}}}, "",
			[]wire.Finding{find(wire.KindContentType, wire.Header, 0, "Content-Type")}},
		{"Latin-1", wire.Request{Method: "POST", Body: instances, Headers: wire.Headers{{Name: "content-type", Value: "application/x-www-form-urlencoded;charset=iso-8859-1"}}}, "",
			[]wire.Finding{find(wire.KindContentType, wire.Header, 0, "Content-Type")}},
		{"quoted charset", wire.Request{Method: "POST", Body: instances, Headers: wire.Headers{{Name: "content-type", Value: `APPLICATION/x-www-form-urlencoded; Charset="utf-8"`}}}, "", nil},
	} {
		var d rds.Decoder
		in, err := d.DecodeRequest(&tt.req)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if id := in.(*rds.DescribeReservedDBInstancesInput).Marker.Or(""); id != tt.id {
			t.Errorf("%s: marker %q, want %q", tt.name, id, tt.id)
		}
		if diff := cmp.Diff(tt.want, d.Findings(), cmpopts.IgnoreFields(wire.Finding{}, "Want", "Got"), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestRequestErrors(t *testing.T) {
	for _, tt := range []struct {
		name   string
		form   string
		into   rds.Input
		err    error
		offset int
	}{
		{"nothing", "", nil, wire.ErrShape, 0},
		{"no action", "Version=2014-10-31&Marker=m", nil, wire.ErrShape, 0},
		{"unknown action", "Version=2014-10-31&Action=DescribeDBInstances", nil, wire.ErrShape, len("Version=2014-10-31&Action=")},
		{"other case", "Action=describeReservedDBInstances", nil, wire.ErrShape, len("Action=")},
		{"other operation", instances, new(rds.PurchaseReservedDBInstancesOfferingInput), wire.ErrShape, len("Action=")},
		{"too many", strings.Repeat("a=+&", wire.MaxParameters) + instances, nil, wire.ErrTooMany, 4 * wire.MaxParameters},
	} {
		var d rds.Decoder
		var err error
		if tt.into != nil {
			err = d.DecodeRequestInto(&wire.Request{Body: tt.form}, tt.into)
		} else {
			_, err = d.DecodeRequest(&wire.Request{Body: tt.form})
		}
		if !errors.Is(err, tt.err) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.err)
			continue
		}
		lenient := rds.Decoder{Lenient: true}
		if _, err := lenient.DecodeRequest(&wire.Request{Body: tt.form}); err == nil && tt.into == nil {
			t.Errorf("%s: lenient reading takes it", tt.name)
		}
		if diff := cmp.Diff(wire.Lenient(d.Findings()), lenient.Findings(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: lenient findings (-want +got):\n%s", tt.name, diff)
		}
		var shape *wire.ShapeError
		var syntax *wire.SyntaxError
		switch {
		case errors.As(err, &shape):
			if shape.Kind != rds.KindAction || shape.Offset != tt.offset || shape.Path != "Action" {
				t.Errorf("%s: %+v", tt.name, shape)
			}
			if version := d.Call().Version; strings.Contains(tt.form, "Version=2014-10-31") != (version.Or("") == "2014-10-31") {
				t.Errorf("%s: the version to answer in is %v", tt.name, version)
			}
		case errors.As(err, &syntax):
			if syntax.Offset != tt.offset {
				t.Errorf("%s: %+v", tt.name, syntax)
			}
		}
	}
}

func TestDecodeRequestAllocations(t *testing.T) {
	var d rds.Decoder
	req := &wire.Request{Body: instances + "&Filters.Filter.1.Name=n&Filters.Filter.1.Values.Value.1=a&Filters.Filter.1.Values.Value.2=b&MaxRecords=20&Foo=bar"}
	in := new(rds.DescribeReservedDBInstancesInput)
	if n := testing.AllocsPerRun(100, func() {
		if err := d.DecodeRequestInto(req, in); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
