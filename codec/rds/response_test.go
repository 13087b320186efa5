package rds_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// same are the options under which two values count as one: a list that is
// absent may have room.
var same = []cmp.Option{cmpopts.EquateEmpty(), cmpopts.EquateNaNs(), cmpopts.IgnoreFields(wire.Unknown{}, "Offset")}

const (
	purchaseHead = `<PurchaseReservedDBInstancesOfferingResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><PurchaseReservedDBInstancesOfferingResult><ReservedDBInstance>`
	purchaseTail = `</ReservedDBInstance></PurchaseReservedDBInstancesOfferingResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PurchaseReservedDBInstancesOfferingResponse>`
	instancePath = "/PurchaseReservedDBInstancesOfferingResponse/PurchaseReservedDBInstancesOfferingResult/ReservedDBInstance"
)

func decodeInstance(t testing.TB, d *rds.Decoder, members string) rds.ReservedDBInstance {
	t.Helper()
	var out rds.PurchaseReservedDBInstancesOfferingOutput
	if err := d.DecodeBody(purchaseHead+members+purchaseTail, &out); err != nil {
		t.Fatal(err)
	}
	return out.ReservedDBInstance.Value
}

// TestFindings gives each kind of finding about a body its departure and its
// place, as a prefix of the members.
func TestFindings(t *testing.T) {
	tests := []struct {
		name, members string
		kind          wire.Kind
		level         wire.Level
		at, path      string // at: the members up to the departure
		reason        string
	}{
		{"member twice", "<State>a</State><State>b</State>", wire.KindDuplicate, wire.Split, "<State>a</State>", "/State[2]", "boto3 and JavaScript fail, Go takes the last"},
		{"case", "<duration>1</duration>", wire.KindCase, wire.Split, "", "/duration", "Go alone reads it"},
		{"fraction", "<Duration>5.0</Duration>", wire.KindInteger, wire.Split, "<Duration>", "/Duration", "JavaScript alone reads it"},
		{"plus", "<Duration>+5</Duration>", wire.KindInteger, wire.Departure, "<Duration>", "/Duration", "all read it"},
		{"zeros", "<Duration>005</Duration>", wire.KindInteger, wire.Departure, "<Duration>", "/Duration", "all read it"},
		{"no number", "<Duration>x</Duration>", wire.KindInteger, wire.Unreadable, "<Duration>", "/Duration", "nothing to hand over"},
		{"33 bits", "<Duration>2147483648</Duration>", wire.KindIntegerRange, wire.Split, "<Duration>", "/Duration", "Go wraps around"},
		{"upper case", "<MultiAZ>TRUE</MultiAZ>", wire.KindBoolean, wire.Split, "<MultiAZ>", "/MultiAZ", "boto3 says false"},
		{"other case of false", "<MultiAZ>False</MultiAZ>", wire.KindBoolean, wire.Departure, "<MultiAZ>", "/MultiAZ", "all say false"},
		{"word", "<MultiAZ>none</MultiAZ>", wire.KindBoolean, wire.Unreadable, "<MultiAZ>", "/MultiAZ", "neither true nor false"},
		{"INF", "<FixedPrice>INF</FixedPrice>", wire.KindDouble, wire.Split, "<FixedPrice>", "/FixedPrice", "not a number in JavaScript"},
		{"point first", "<FixedPrice>.5</FixedPrice>", wire.KindDouble, wire.Departure, "<FixedPrice>", "/FixedPrice", "all read it"},
		{"price tag", "<FixedPrice>$5</FixedPrice>", wire.KindDouble, wire.Unreadable, "<FixedPrice>", "/FixedPrice", "no number"},
		{"epoch", "<StartTime>1324250696</StartTime>", wire.KindTimestamp, wire.Split, "<StartTime>", "/StartTime", "boto3 alone reads it"},
		{"offset", "<StartTime>2011-12-18T23:24:56+01:00</StartTime>", wire.KindTimestamp, wire.Departure, "<StartTime>", "/StartTime", "all read it"},
		{"yesterday", "<StartTime>yesterday</StartTime>", wire.KindTimestamp, wire.Unreadable, "<StartTime>", "/StartTime", "no instant"},
		{"item name", "<RecurringCharges><member/></RecurringCharges>", rds.KindItemName, wire.Split, "<RecurringCharges>", "/RecurringCharges/member", "boto3 alone takes it for an item"},
		{"flattened", "<RecurringCharges><RecurringChargeAmount>1.0</RecurringChargeAmount></RecurringCharges>", rds.KindFlattened, wire.Split, "<RecurringCharges>", "/RecurringCharges/RecurringChargeAmount", "boto3 alone makes an item of it"},
		{"text between", "<RecurringCharges>x</RecurringCharges>", rds.KindTextBetween, wire.Departure, "<RecurringCharges>", "/RecurringCharges", "no client looks"},
		{"attribute", `<State a="1">b</State>`, rds.KindAttribute, wire.Departure, "<State ", "/State", "no client looks"},
		{"nested namespace", `<State xmlns="x">b</State>`, rds.KindNamespace, wire.Departure, "<State ", "/State", "no client looks"},
		{"comment", "<State>a<!---->b</State>", rds.KindCommentInText, wire.Split, "<State>a", "/State", "Go fails"},
		{"blank text", "<State>\n</State>", rds.KindBlankText, wire.Split, "<State>", "/State", "JavaScript hands over an empty string"},
		{"blank text by reference", "<State>&#10;</State>", rds.KindBlankText, wire.Split, "<State>", "/State", "the same"},
		{"element", "<State>a<b/>c</State>", rds.KindElementInText, wire.Split, "<State>a", "/State/b", "each client reads another text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var d rds.Decoder
			decodeInstance(t, &d, tt.members)
			want := wire.Finding{Kind: tt.kind, Level: tt.level, Part: wire.Body, Offset: len(purchaseHead + tt.at), Path: instancePath + tt.path}
			if diff := cmp.Diff([]wire.Finding{want}, d.Findings(), cmpopts.IgnoreFields(wire.Finding{}, "Want", "Got")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
			}
			d.Lenient = true
			decodeInstance(t, &d, tt.members)
			if got := len(d.Findings()) > 0; got != (tt.level != wire.Departure) {
				t.Errorf("lenient findings: %v", d.Findings())
			}
		})
	}
}

// TestEnvelopeFindings does the same for what is around the members.
func TestEnvelopeFindings(t *testing.T) {
	const result = "<PurchaseReservedDBInstancesOfferingResult/>"
	const meta = "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>"
	root := func(attrs, content string) string {
		return "<PurchaseReservedDBInstancesOfferingResponse" + attrs + ">" + content + "</PurchaseReservedDBInstancesOfferingResponse>"
	}
	const ns = ` xmlns="http://rds.amazonaws.com/doc/2014-10-31/"`
	tests := []struct {
		name, body string
		kinds      []wire.Kind
	}{
		{"nothing wrong", root(ns, result+meta), nil},
		{"metadata first", root(ns, meta+result), nil},
		{"declaration", `<?xml version="1.0" encoding="UTF-8"?>` + root(ns, result+meta), nil},
		{"byte order mark", "\uFEFF" + root(ns, result+meta), []wire.Kind{rds.KindBOM}},
		{"no namespace", root("", result+meta), []wire.Kind{rds.KindNamespace}},
		{"another service's", root(` xmlns="http://sns.amazonaws.com/doc/2010-03-31/"`, result+meta), []wire.Kind{rds.KindNamespace}},
		{"a version without our operations", root(` xmlns="http://rds.amazonaws.com/doc/2012-07-31/"`, result+meta), nil},
		{"root", "<X" + ns + ">" + result + meta + "</X>", []wire.Kind{rds.KindRoot}},
		{"no result", root(ns, meta), []wire.Kind{rds.KindResultWrapper}},
		{"result twice", root(ns, result+result+meta), []wire.Kind{wire.KindDuplicate}},
		{"no metadata", root(ns, result), []wire.Kind{rds.KindMetadata}},
		{"empty metadata", root(ns, result+"<ResponseMetadata/>"), []wire.Kind{rds.KindMetadata}},
		{"empty root", "<PurchaseReservedDBInstancesOfferingResponse/>", []wire.Kind{rds.KindResultWrapper, rds.KindMetadata}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var d rds.Decoder
			var out rds.PurchaseReservedDBInstancesOfferingOutput
			if err := d.DecodeBody(tt.body, &out); err != nil {
				t.Fatal(err)
			}
			var kinds []wire.Kind
			for _, f := range d.Findings() {
				kinds = append(kinds, f.Kind)
			}
			if diff := cmp.Diff(tt.kinds, kinds); diff != "" {
				t.Errorf("kinds (-want +got):\n%s", diff)
			}
		})
	}
}

// TestResponseVersionMembers: members that the version of the namespace does not have.
func TestResponseVersionMembers(t *testing.T) {
	for _, v := range rds.Versions() {
		body := strings.ReplaceAll(purchaseHead, "2014-10-31", string(v)) + "<ReservedDBInstanceArn>a</ReservedDBInstanceArn><LeaseId>l</LeaseId>" + purchaseTail
		var d rds.Decoder
		var out rds.PurchaseReservedDBInstancesOfferingOutput
		if err := d.DecodeBody(body, &out); err != nil {
			t.Fatal(err)
		}
		want := 2
		if v == "2014-10-31" {
			want = 0
		}
		if len(d.Findings()) != want {
			t.Errorf("%s: %v", v, d.Findings())
		}
		if out.ReservedDBInstance.Value.LeaseId != wire.Some("l") {
			t.Errorf("%s: the member is not read", v)
		}
		_, err := rds.Encoder{Version: v}.AppendBody(nil, &out)
		if (err != nil) != (want > 0) {
			t.Errorf("%s: encoding gives %v", v, err)
		}
	}
}

// TestPresence: absent, empty and zero stay apart through a round trip.
func TestPresence(t *testing.T) {
	for _, members := range []string{
		"", "<State/>", "<Duration>0</Duration>", "<MultiAZ>false</MultiAZ>", "<FixedPrice>0.0</FixedPrice>",
		"<RecurringCharges/>", "<RecurringCharges><RecurringCharge/></RecurringCharges>",
		"<StartTime>1970-01-01T00:00:00Z</StartTime>", "<StartTime>1970-01-01T00:00:00.000Z</StartTime>",
	} {
		var d rds.Decoder
		var out rds.PurchaseReservedDBInstancesOfferingOutput
		if err := d.DecodeBody(purchaseHead+members+purchaseTail, &out); err != nil {
			t.Fatal(err)
		}
		want := strings.ReplaceAll(purchaseHead+members+purchaseTail, "<ReservedDBInstance></ReservedDBInstance>", "<ReservedDBInstance></ReservedDBInstance>")
		want = strings.ReplaceAll(want, "<RecurringCharge/>", "<RecurringCharge></RecurringCharge>")
		got, err := rds.Encoder{}.AppendBody(nil, &out)
		if err != nil || string(got) != want {
			t.Errorf("%v\n got %s\nwant %s", err, got, want)
		}
	}
}

// TestUnknownRoundTrip: unknown elements are kept in order, with the prefixes
// that were declared outside.
func TestUnknownRoundTrip(t *testing.T) {
	body := `<PurchaseReservedDBInstancesOfferingResponse xmlns:p="urn:p" xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><PurchaseReservedDBInstancesOfferingResult><A/><p:B q="1">x<p:C/></p:B></PurchaseReservedDBInstancesOfferingResult><D/></PurchaseReservedDBInstancesOfferingResponse>`
	var d rds.Decoder
	var out, again rds.PurchaseReservedDBInstancesOfferingOutput
	if err := d.DecodeBody(body, &out); err != nil {
		t.Fatal(err)
	}
	want := []wire.Unknown{{Name: "A", Raw: `<A/>`}, {Name: "p:B", Raw: `<p:B xmlns:p="urn:p" q="1">x<p:C/></p:B>`}}
	if diff := cmp.Diff(want, out.Unknown, same...); diff != "" {
		t.Errorf("unknown (-want +got):\n%s", diff)
	}
	if len(out.UnknownEnvelope) != 1 || out.UnknownEnvelope[0].Name != "D" {
		t.Errorf("beside the result: %v", out.UnknownEnvelope)
	}
	text, err := rds.Encoder{}.AppendBody(nil, &out)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.DecodeBody(string(text), &again); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(out, again, same...); diff != "" {
		t.Errorf("round trip (-first +second):\n%s", diff)
	}
	d.DropUnknown = true
	if err := d.DecodeBody(body, &out); err != nil || len(out.Unknown)+len(out.UnknownEnvelope) != 0 {
		t.Errorf("%v: kept %v", err, out.Unknown)
	}
}

// TestEncodeRefuses: values without a form on the wire, each with its path.
func TestEncodeRefuses(t *testing.T) {
	const list = "/DescribeReservedDBInstancesResponse/DescribeReservedDBInstancesResult/ReservedDBInstances/ReservedDBInstance"
	tests := []struct {
		name     string
		instance rds.ReservedDBInstance
		path     string
	}{
		{"control character", rds.ReservedDBInstance{State: wire.Some("a\x01")}, list + "/State"},
		{"not UTF-8", rds.ReservedDBInstance{State: wire.Some("\xff")}, list + "/State"},
		{"no character of XML", rds.ReservedDBInstance{State: wire.Some("\uFFFE")}, list + "/State"},
		{"33 bits", rds.ReservedDBInstance{Duration: wire.Some(int64(math.MaxInt32) + 1)}, list + "/Duration"},
		{"unknown that is no element", rds.ReservedDBInstance{Unknown: []wire.Unknown{{Raw: "x"}}}, list},
		{"unknown with an unbound prefix", rds.ReservedDBInstance{Unknown: []wire.Unknown{{Raw: "<p:a/>"}}}, list},
		{"two unknowns in one", rds.ReservedDBInstance{Unknown: []wire.Unknown{{Raw: "<a/><b/>"}}}, list},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out := rds.DescribeReservedDBInstancesOutput{ReservedDBInstances: wire.Some([]rds.ReservedDBInstance{tt.instance})}
			text, err := rds.Encoder{}.AppendBody(nil, &out)
			var failed *wire.EncodeError
			if !errors.As(err, &failed) || !errors.Is(err, wire.ErrValue) || text != nil {
				t.Fatalf("got %s, %v", text, err)
			}
			if failed.Path != tt.path {
				t.Errorf("path %s, want %s", failed.Path, tt.path)
			}
		})
	}
}

// TestReuse: a decoder and an output that are used again give what new ones
// give, whatever came before.
func TestReuse(t *testing.T) {
	bodies := []string{
		purchaseHead + "<RecurringCharges><RecurringCharge><RecurringChargeAmount>1.5</RecurringChargeAmount></RecurringCharge><RecurringCharge/></RecurringCharges><State>a &amp; b</State><X/>" + purchaseTail,
		purchaseHead + "<RecurringCharges/>" + purchaseTail,
		purchaseHead + "<a><b>" + purchaseTail,
		purchaseHead + "<State>c</State><RecurringCharges><RecurringCharge/></RecurringCharges>" + purchaseTail,
	}
	var d rds.Decoder
	var out rds.PurchaseReservedDBInstancesOfferingOutput
	for round := range 3 {
		for i, body := range bodies {
			var fresh rds.Decoder
			var want rds.PurchaseReservedDBInstancesOfferingOutput
			wantErr := fresh.DecodeBody(body, &want)
			err := d.DecodeBody(body, &out)
			if (err == nil) != (wantErr == nil) {
				t.Fatalf("round %d, body %d: %v, want %v", round, i, err, wantErr)
			}
			if diff := cmp.Diff(want, out, same...); diff != "" {
				t.Errorf("round %d, body %d (-fresh +reused):\n%s", round, i, diff)
			}
			if !slices.Equal(fresh.Findings(), d.Findings()) {
				t.Errorf("round %d, body %d: findings differ", round, i)
			}
		}
	}
}

// TestErrorsIs: an error response is an error of its shape.
func TestErrorsIs(t *testing.T) {
	for _, op := range rds.Operations() {
		for _, shape := range append(op.Errors(), rds.CommonErrors()...) {
			resp, err := rds.Encoder{}.EncodeError(rds.NewError(shape, "m <&>", "r"))
			if err != nil {
				t.Fatal(err)
			}
			var d rds.Decoder
			err = d.DecodeResponse(&resp, op.NewOutput())
			var e *rds.Error
			if !errors.Is(err, shape) || !errors.As(err, &e) || len(d.Findings()) > 0 {
				t.Fatalf("%s: %v, findings %v", shape.Code, err, d.Findings())
			}
			if e.Status != shape.Status || e.Message.Or("") != "m <&>" || e.RequestID.Or("") != "r" {
				t.Errorf("%s: got %+v", shape.Code, e)
			}
		}
	}
}
