package interop

import (
	"testing"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// This file holds where clients turned out to split though no recorded variant
// shows it: lenient reading has to say so, by the rule of wire.Level.

// An error with both message and Message. The SDK for Go takes the last one in
// the body where the error is generic, and one of the two by chance where it is
// modeled (testdata/drift.json); boto3 and the SDK for JavaScript take message.
func TestBothMessagesSplitClients(t *testing.T) {
	resp := wire.Response{Status: 403, Headers: wire.Headers{{Name: "X-Amzn-ErrorType", Value: "AccessDeniedException"}, {Name: "x-amzn-RequestId", Value: "id"}},
		Body: `{"message":"low","Message":"cap"}`}
	_, id, err := newSDK().call(t.Context(), inputToSDK(&mediaconnect.DescribeOfferingInput{OfferingArn: wire.Some("o")}), resp)
	if got := failureOf(t, err, id).Message; got != "cap" {
		t.Fatalf("the SDK for Go takes %q: this test has lost its ground", got)
	}
	d := mediaconnect.Decoder{Lenient: true}
	var e mediaconnect.Error
	if err := d.DecodeError(&resp, &e); err != nil {
		t.Fatal(err)
	}
	if len(d.Findings()) == 0 {
		t.Fatal("no lenient finding for a Message beside another message")
	}
	if f := d.Findings()[0]; f.Level != wire.Split || f.Path != "/Message" {
		t.Errorf("got %v", f)
	}
}

// An error with both code and Code: the SDK for Go takes the last one in the body,
// the others take code.
func TestBothCodesSplitClients(t *testing.T) {
	resp := wire.Response{Status: 403, Headers: wire.Headers{{Name: "x-amzn-RequestId", Value: "id"}}, Body: `{"code":"LowException","Code":"CapException"}`}
	_, id, err := newSDK().call(t.Context(), inputToSDK(&mediaconnect.DescribeOfferingInput{OfferingArn: wire.Some("o")}), resp)
	if got := failureOf(t, err, id).Code; got != "CapException" {
		t.Fatalf("the SDK for Go takes %q: this test has lost its ground", got)
	}
	d := mediaconnect.Decoder{Lenient: true}
	var e mediaconnect.Error
	if err := d.DecodeError(&resp, &e); err != nil {
		t.Fatal(err)
	}
	if e.Code != wire.Some("LowException") || len(d.Findings()) != 1 || d.Findings()[0].Level != wire.Split || d.Findings()[0].Path != "/Code" {
		t.Errorf("got %v, findings %v", e.Code, d.Findings())
	}
}

// A text of white space with a line feed in it. The SDK for JavaScript hands over
// "" (javascriptValue), the others hand over the text.
func TestLineFeedAloneSplitsClients(t *testing.T) {
	out := &rds.DescribeReservedDBInstancesOutput{Marker: wire.Some(" \n")}
	sdkReads(t, newSDK(), form{}, out)
	body, err := rds.Encoder{}.AppendBody(nil, out)
	if err != nil {
		t.Fatal(err)
	}
	d := rds.Decoder{Lenient: true}
	got := new(rds.DescribeReservedDBInstancesOutput)
	if err := d.DecodeBytes(body, got); err != nil {
		t.Fatal(err)
	}
	if got.Marker != wire.Some(" \n") {
		t.Errorf("got %q", got.Marker.Value)
	}
	if len(d.Findings()) == 0 {
		t.Fatal("no lenient finding for a text of white space with a line feed")
	}
	if f := d.Findings()[0]; f.Level != wire.Split || f.Path != "/DescribeReservedDBInstancesResponse/DescribeReservedDBInstancesResult/Marker" {
		t.Errorf("got %v", f)
	}
}
