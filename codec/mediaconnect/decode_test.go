package mediaconnect_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"wireproof/codec/jsonwire"
	"wireproof/codec/mediaconnect"
	"wireproof/codec/wire"
)

const whole = `{"reservation":{"currencyCode":"USD","duration":12,"durationUnits":"MONTHS","end":"2021-03-05T23:30:00Z",` +
	`"offeringArn":"arn:o","offeringDescription":"d","pricePerUnit":"0.0650","priceUnits":"HOURLY","reservationArn":"arn:r",` +
	`"reservationName":"R","reservationState":"ACTIVE","resourceSpecification":{"reservedBitrate":50,` +
	`"resourceType":"Mbps_Outbound_Bandwidth"},"start":"2020-03-05T23:30:00Z"}}`

// finding is what a table says of one: kind and level, and where, as the text in
// front of which it is.
type finding struct {
	kind  wire.Kind
	level wire.Level
	at    string
	path  string
}

// checkTable compares findings with a table's. The place is that of the first
// occurrence of at in the body.
func checkTable(t *testing.T, reason, body string, got []wire.Finding, want []finding) {
	t.Helper()
	var list []string
	for _, f := range got {
		list = append(list, fmt.Sprintf("%s %v %d %s", f.Kind, f.Level, f.Offset, f.Path))
	}
	var wanted []string
	for _, f := range want {
		wanted = append(wanted, fmt.Sprintf("%s %v %d %s", f.kind, f.level, strings.Index(body, f.at), f.path))
	}
	if !slices.Equal(list, wanted) {
		t.Errorf("%s: %s\ngot  %q\nwant %q", reason, body, list, wanted)
	}
}

func TestFindings(t *testing.T) {
	const r = "/reservation"
	for _, c := range []struct {
		old, new string // an edit of whole
		want     []finding
		value    string // of the member at hand, as JSON shows it; empty for absent
		member   string
		reason   string
	}{
		{"12", "12", nil, "12", "duration", "nothing is wrong"},
		{"12,", `"12",`, []finding{{mediaconnect.KindType, wire.Split, `"12",`, r + "/duration"}}, "12", "duration", "an integer in a string: boto3 reads it"},
		{"12,", "12.0,", []finding{{wire.KindInteger, wire.Split, "12.0", r + "/duration"}}, "12", "duration", "a whole number with a fraction"},
		{"12,", "1.2e1,", []finding{{wire.KindInteger, wire.Split, "1.2e1", r + "/duration"}}, "12", "duration", "a whole number with an exponent"},
		{"12,", "-0,", []finding{{wire.KindInteger, wire.Split, "-0", r + "/duration"}}, "0", "duration", "minus zero"},
		{"12,", "0e9999999999999999999,", []finding{{wire.KindInteger, wire.Split, "0e9", r + "/duration"}}, "0", "duration", "zero with an exponent past all integers"},
		{"12,", "1e-9999999999999999999,", []finding{{mediaconnect.KindType, wire.Unreadable, "1e-9", r + "/duration"}}, "", "duration", "no integer, with an exponent past all integers"},
		{"12,", "0.0012e4,", []finding{{wire.KindInteger, wire.Split, "0.0012", r + "/duration"}}, "12", "duration", "zeros in front"},
		{"12,", "1200e-2,", []finding{{wire.KindInteger, wire.Split, "1200e-2", r + "/duration"}}, "12", "duration", "zeros behind"},
		{"12,", "12.5,", []finding{{mediaconnect.KindType, wire.Unreadable, "12.5", r + "/duration"}}, "", "duration", "a number and no integer"},
		{"12,", "2147483647,", nil, "2147483647", "duration", "the largest in 32 bits"},
		{"12,", "2147483648,", []finding{{wire.KindIntegerRange, wire.Split, "2147483648", r + "/duration"}}, "2147483648", "duration", "past 32 bits, of which one client makes a negative"},
		{"12,", "-2147483649,", []finding{{wire.KindIntegerRange, wire.Split, "-2147483649", r + "/duration"}}, "-2147483649", "duration", "past 32 bits below"},
		{"12,", "9223372036854775807,", []finding{{wire.KindIntegerRange, wire.Split, "9223372036854775807", r + "/duration"}}, "9223372036854775807", "duration", "19 digits"},
		{"12,", "9223372036854775808,", []finding{{wire.KindIntegerRange, wire.Unreadable, "9223372036854775808", r + "/duration"}}, "", "duration", "past 64 bits"},
		{"12,", "1e400,", []finding{{wire.KindIntegerRange, wire.Unreadable, "1e400", r + "/duration"}}, "", "duration", "past a double"},
		{"12,", "2.5e10,", []finding{{wire.KindInteger, wire.Split, "2.5e10", r + "/duration"}, {wire.KindIntegerRange, wire.Split, "2.5e10", r + "/duration"}}, "25000000000", "duration", "both"},
		{"12,", "true,", []finding{{mediaconnect.KindType, wire.Unreadable, "true", r + "/duration"}}, "", "duration", "a boolean"},
		{"12,", "null,", []finding{{mediaconnect.KindNull, wire.Departure, "null", r + "/duration"}}, "null", "duration", "null"},
		{"12,", `11,"duration":12,`, []finding{{mediaconnect.KindDuplicateName, wire.Departure, `"duration":12`, r + "/duration"}}, "12", "duration", "the last of two"},
		{"12,", `12,"duration":true,`, []finding{{mediaconnect.KindDuplicateName, wire.Departure, `"duration":true`, r + "/duration"}, {mediaconnect.KindType, wire.Unreadable, "true", r + "/duration"}}, "", "duration", "the last of two, though it is nothing"},
		{`"duration":12,`, "", []finding{{wire.KindRequired, wire.Departure, `{"currency`, r + "/duration"}}, "", "duration", "a required member is missing"},
		{`"duration":`, `"Duration":`, []finding{{wire.KindRequired, wire.Departure, `{"currency`, r + "/duration"}, {wire.KindCase, wire.Departure, `"Duration"`, r + "/Duration"}}, "", "duration", "the wrong case"},
		{`"duration":12`, `"duration":12,"new":{"a":1,"a":2}`, []finding{{mediaconnect.KindDuplicateName, wire.Departure, `"a":2`, r + "/new/a"}}, "12", "duration", "a duplicate in what nobody reads"},
		{`"duration":12`, `"duration":12,"new":null`, nil, "12", "duration", "an unknown null is unknown"},
		{`"USD"`, `12.50`, []finding{{mediaconnect.KindType, wire.Split, `12.50`, r + "/currencyCode"}}, `"12.50"`, "currencyCode", "a number for a string: JavaScript makes it text"},
		{`"USD"`, `["USD"]`, []finding{{mediaconnect.KindType, wire.Unreadable, `["USD"]`, r + "/currencyCode"}}, "", "currencyCode", "an array for a string"},
		{`"USD"`, `"\ud83d"`, []finding{{mediaconnect.KindLoneSurrogate, wire.Split, `\ud83d`, r + "/currencyCode"}}, "\"\ufffd\"", "currencyCode", "a lone surrogate"},
		{`"USD"`, `""`, nil, `""`, "currencyCode", "an empty string is a value"},
		{`"MONTHS"`, `"YEARS"`, []finding{{wire.KindEnum, wire.Departure, `"YEARS"`, r + "/durationUnits"}}, `"YEARS"`, "durationUnits", "an unknown unit"},
		{`"HOURLY"`, `"hourly"`, []finding{{wire.KindEnum, wire.Departure, `"hourly"`, r + "/priceUnits"}}, `"hourly"`, "priceUnits", "a unit in lower case"},
		{`"ACTIVE"`, `"CANCELLED"`, []finding{{wire.KindEnum, wire.Departure, `"CANCELLED"`, r + "/reservationState"}}, `"CANCELLED"`, "reservationState", "two Ls"},
		{`"ACTIVE"`, `null`, []finding{{mediaconnect.KindNull, wire.Split, `null`, r + "/reservationState"}}, `null`, "reservationState", "a null enumeration is an empty string in one client"},
		{`"ACTIVE"`, `3`, []finding{{mediaconnect.KindType, wire.Split, `3,"resource`, r + "/reservationState"}, {wire.KindEnum, wire.Departure, `3,"resource`, r + "/reservationState"}}, `"3"`, "reservationState", "a number for an enumeration: JavaScript makes it text"},
		{`"2020-03-05T23:30:00Z"`, `"2020-03-05T23:30:00.5Z"`, []finding{{wire.KindTimestamp, wire.Departure, `"2020-03-05T23:30:00.5Z"`, r + "/start"}}, `"2020-03-05T23:30:00.5Z"`, "start", "a fraction"},
		{`"2021-03-05T23:30:00Z"`, `""`, []finding{{wire.KindTimestamp, wire.Departure, `"","offeringArn"`, r + "/end"}}, `""`, "end", "no time"},
		{`50,`, `"50",`, []finding{{mediaconnect.KindType, wire.Split, `"50"`, r + "/resourceSpecification/reservedBitrate"}}, ``, "", "deeper"},
		{`"reservedBitrate":50,`, ``, nil, ``, "", "the one optional member"},
		{`,"resourceType":"Mbps_Outbound_Bandwidth"`, ``, []finding{{wire.KindRequired, wire.Departure, `{"reservedBitrate`, r + "/resourceSpecification/resourceType"}}, ``, "", "required, deeper"},
		{`"Mbps_Outbound_Bandwidth"`, `"Gbps"`, []finding{{wire.KindEnum, wire.Departure, `"Gbps"`, r + "/resourceSpecification/resourceType"}}, ``, "", "an unknown type"},
		{`{"reservedBitrate":50,"resourceType":"Mbps_Outbound_Bandwidth"}`, `"x"`, []finding{{mediaconnect.KindType, wire.Unreadable, `"x"`, r + "/resourceSpecification"}}, ``, "resourceSpecification", "a string for an object"},
		{`{"reservedBitrate":50,"resourceType":"Mbps_Outbound_Bandwidth"}`, `null`, []finding{{mediaconnect.KindNull, wire.Departure, `null`, r + "/resourceSpecification"}}, `null`, "resourceSpecification", "a null object"},
	} {
		doc := strings.Replace(whole, c.old, c.new, 1)
		if doc == whole && c.old != c.new {
			t.Fatalf("%s: nothing replaced", c.reason)
		}
		var out mediaconnect.DescribeReservationOutput
		var d mediaconnect.Decoder
		if err := d.DecodeBody(doc, &out); err != nil {
			t.Errorf("%s: %v", c.reason, err)
			continue
		}
		checkTable(t, c.reason, doc, d.Findings(), c.want)
		strict := string(view(t, &out))
		member := `"` + c.member + `":`
		if c.member != "" {
			if c.value == "" && strings.Contains(strict, member) || !strings.Contains(strict, member+c.value) && c.value != "" {
				t.Errorf("%s: want %s%s in %s", c.reason, member, c.value, strict)
			}
		}
		d.Lenient = true
		if err := d.DecodeBody(doc, &out); err != nil || string(view(t, &out)) != strict {
			t.Errorf("%s: lenient: %v, %s", c.reason, err, view(t, &out))
		}
		var lenient []finding
		for _, f := range c.want {
			if f.level != wire.Departure {
				lenient = append(lenient, f)
			}
		}
		checkTable(t, c.reason+", lenient", doc, d.Findings(), lenient)
	}
}

func TestListFindings(t *testing.T) {
	for _, c := range []struct {
		doc    string
		want   []finding
		value  string
		reason string
	}{
		{`{}`, nil, `{}`, "everything is optional"},
		{`{"offerings":[]}`, nil, `{"offerings":[]}`, "an empty list is a value"},
		{`{"offerings":null}`, []finding{{mediaconnect.KindNull, wire.Departure, "null", "/offerings"}}, `{"offerings":null}`, "null"},
		{`{"offerings":{"a":1}}`, []finding{{mediaconnect.KindType, wire.Unreadable, `{"a"`, "/offerings"}}, `{}`, "an object for a list"},
		{`{"offerings":["x",[],3]}`, []finding{{mediaconnect.KindType, wire.Unreadable, `"x"`, "/offerings/0"}, {mediaconnect.KindType, wire.Unreadable, `[]`, "/offerings/1"}, {mediaconnect.KindType, wire.Unreadable, `3`, "/offerings/2"}}, `{"offerings":[]}`, "no offerings"},
		{`{"offerings":[null]}`, []finding{{mediaconnect.KindNullElement, wire.Split, `null`, "/offerings/0"}}, `{"offerings":[{}]}`, "a null element"},
		{`{"nextToken":""}`, nil, `{"nextToken":""}`, "an empty token is a value"},
		{`{"nextToken":5}`, []finding{{mediaconnect.KindType, wire.Split, `5`, "/nextToken"}}, `{"nextToken":"5"}`, "a number for a token: JavaScript makes it text"},
		{`{"nextToken":"a","nexttoken":"b","nextToken":"c"}`, []finding{{wire.KindCase, wire.Departure, `"nexttoken"`, "/nexttoken"}, {mediaconnect.KindDuplicateName, wire.Departure, `"nextToken":"c"`, "/nextToken"}}, `{"nextToken":"c"}`, "the last of two"},
		{`{"a~/b":1,"a~/b":2}`, []finding{{mediaconnect.KindDuplicateName, wire.Departure, `"a~/b":2`, "/a~0~1b"}}, `{}`, "an unknown member twice"},
		{` null `, []finding{{mediaconnect.KindNullBody, wire.Split, "null", ""}}, `{}`, "a null document"},
		{``, []finding{{wire.KindEmptyBody, wire.Departure, "", ""}}, `{}`, "no document"},
		{" \r\n", []finding{{wire.KindEmptyBody, wire.Split, "", ""}}, `{}`, "white space alone"},
	} {
		var d mediaconnect.Decoder
		var out mediaconnect.ListOfferingsOutput
		if err := d.DecodeBody(c.doc, &out); err != nil {
			t.Errorf("%s: %v", c.reason, err)
			continue
		}
		checkTable(t, c.reason, c.doc, d.Findings(), c.want)
		if got := string(view(t, &out)); got != c.value {
			t.Errorf("%s: got %s, want %s", c.reason, got, c.value)
		}
	}
}

func TestNullElementStaysApart(t *testing.T) {
	var d mediaconnect.Decoder
	var out mediaconnect.ListReservationsOutput
	doc := `{"reservations":[{"duration":1},null,{}]}`
	if err := d.DecodeBody(doc, &out); err != nil {
		t.Fatal(err)
	}
	list := out.Reservations.Value
	if len(list) != 3 || list[0].Null || !list[1].Null || list[2].Null {
		t.Fatalf("got %+v", list)
	}
	if got, err := (mediaconnect.Encoder{}).AppendBody(nil, &out); err != nil || string(got) != doc {
		t.Errorf("written as %s, %v", got, err)
	}
}

func TestBodiesThatAreNone(t *testing.T) {
	for _, c := range []struct {
		doc    string
		want   error
		offset int
		path   string
	}{
		{`[]`, wire.ErrShape, 0, ""},
		{` "x"`, wire.ErrShape, 1, ""},
		{`3`, wire.ErrShape, 0, ""},
		{`[] x`, wire.ErrTrailing, 3, ""},
		{`{} x`, wire.ErrTrailing, 3, ""},
		{`null x`, wire.ErrTrailing, 5, ""},
		{`<html>`, wire.ErrUnexpected, 0, ""},
		{"\ufeff{}", jsonwire.ErrBOM, 0, ""},
		{`{"offerings":[{"duration":012}]}`, jsonwire.ErrNumber, 27, "/offerings/0/duration"},
		{"{\"offerings\":[{\"offeringArn\":\"a\tb\"}]}", jsonwire.ErrString, 31, "/offerings/0/offeringArn"},
		{`{"offerings":[{"x":{"y":[tru]}}]}`, jsonwire.ErrLiteral, 28, "/offerings/0/x/y/0"},
		{`{"nextToken":"a`, wire.ErrTruncated, 15, "/nextToken"},
	} {
		for _, lenient := range []bool{false, true} {
			d := mediaconnect.Decoder{Lenient: lenient}
			out := mediaconnect.ListOfferingsOutput{NextToken: wire.Some("left over")}
			err := d.DecodeBody(c.doc, &out)
			var syntax *wire.SyntaxError
			var shape *wire.ShapeError
			at, path := -1, ""
			switch {
			case errors.As(err, &syntax):
				at, path = syntax.Offset, syntax.Path
			case errors.As(err, &shape):
				at, path = shape.Offset, shape.Path
			}
			if !errors.Is(err, c.want) || at != c.offset || path != c.path {
				t.Errorf("%q: %v, want %v at %d in %q", c.doc, err, c.want, c.offset, c.path)
			}
			if len(d.Findings()) > 0 || string(view(t, &out)) != "{}" {
				t.Errorf("%q: left %v, %s", c.doc, d.Findings(), view(t, &out))
			}
		}
	}
}

func TestUnknownMembers(t *testing.T) {
	doc := `{"x":1,"offerings":[{"currencyCode":"USD","y":{"z":[ 1 ]},"\u0077":"\n"}],"v":null}`
	d := mediaconnect.Decoder{Lenient: true}
	var out mediaconnect.ListOfferingsOutput
	if err := d.DecodeBody(doc, &out); err != nil {
		t.Fatal(err)
	}
	want := []wire.Unknown{{Name: "x", Raw: "1", Offset: 5}, {Name: "v", Raw: "null", Offset: 78}}
	if !slices.Equal(out.Unknown, want) {
		t.Errorf("got %+v, want %+v", out.Unknown, want)
	}
	want = []wire.Unknown{{Name: "y", Raw: `{"z":[ 1 ]}`, Offset: 46}, {Name: "w", Raw: `"\n"`, Offset: 67}}
	if got := out.Offerings.Value[0].Unknown; !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for _, u := range append(out.Unknown, want...) {
		if !strings.HasPrefix(doc[u.Offset:], u.Raw) {
			t.Errorf("%+v is not there", u)
		}
	}
	got, err := mediaconnect.Encoder{}.AppendBody(nil, &out)
	if want := `{"offerings":[{"currencyCode":"USD","y":{"z":[ 1 ]},"w":"\n"}],"x":1,"v":null}`; err != nil || string(got) != want {
		t.Errorf("written as %s, want %s, %v", got, want, err)
	}
	d.DropUnknown = true
	if err := d.DecodeBody(doc, &out); err != nil || len(out.Unknown)+len(out.Offerings.Value[0].Unknown) > 0 {
		t.Errorf("kept though to be dropped: %+v, %v", out, err)
	}
}

// TestReuse: a struct and a Decoder used before give what new ones give, and what
// was handed over before stays as it was.
func TestReuse(t *testing.T) {
	docs := []string{
		`{"nextToken":"a\"b","offerings":[{"offeringArn":"1\n","x":1},{"offeringArn":"2","resourceSpecification":{"reservedBitrate":5,"y":2}},null],"z":3}`,
		`{"offerings":[{"duration":3}]}`,
		`{"offerings":null,"w":[]}`,
		`{"offerings":[{},{"resourceSpecification":{}},{},{}]}`,
		`{"offerings":[1`, `[]`, `{}`,
	}
	var d mediaconnect.Decoder
	var reused mediaconnect.ListOfferingsOutput
	for i := range 3 * len(docs) {
		doc := docs[i*2%len(docs)]
		var fresh mediaconnect.ListOfferingsOutput
		var other mediaconnect.Decoder
		errA, errB := d.DecodeBody(doc, &reused), other.DecodeBody(doc, &fresh)
		a, errC := mediaconnect.Encoder{}.AppendBody(nil, &reused)
		b, errD := mediaconnect.Encoder{}.AppendBody(nil, &fresh)
		if (errA == nil) != (errB == nil) || errC != nil || errD != nil || string(a) != string(b) {
			t.Fatalf("%s: reused %s, fresh %s, %v %v %v %v", doc, a, b, errA, errB, errC, errD)
		}
		if !slices.Equal(d.Findings(), other.Findings()) {
			t.Fatalf("%s: findings %v, want %v", doc, d.Findings(), other.Findings())
		}
	}
	var first, second mediaconnect.ListOfferingsOutput
	if d.DecodeBody(docs[0], &first) != nil {
		t.Fatal("refused")
	}
	before := string(view(t, &first))
	for range 100 {
		if d.DecodeBody(docs[0], &second) != nil {
			t.Fatal("refused")
		}
	}
	if after := string(view(t, &first)); after != before {
		t.Errorf("changed behind its holder's back: %s, before %s", after, before)
	}
}

func TestWithoutAllocations(t *testing.T) {
	doc := `{"nextToken":"t","reservations":[` + whole[len(`{"reservation":`):len(whole)-1] + `,` + whole[len(`{"reservation":`):len(whole)-1] + `]}`
	for _, lenient := range []bool{false, true} {
		d := mediaconnect.Decoder{Lenient: lenient}
		var out mediaconnect.ListReservationsOutput
		n := testing.AllocsPerRun(100, func() {
			if err := d.DecodeBody(doc, &out); err != nil || len(d.Findings()) > 0 {
				t.Fatal(err, d.Findings())
			}
		})
		if n != 0 {
			t.Errorf("decoding, lenient %t: %v allocations", lenient, n)
		}
		var dst []byte
		n = testing.AllocsPerRun(100, func() {
			var err error
			if dst, err = (mediaconnect.Encoder{}).AppendBody(dst[:0], &out); err != nil {
				t.Fatal(err)
			}
		})
		if n != 0 || string(dst) != doc {
			t.Errorf("encoding: %v allocations, %s", n, dst)
		}
	}
	in := &mediaconnect.PurchaseOfferingInput{OfferingArn: wire.Some("a"), ReservationName: wire.Some("R"), Start: wire.Some("s")}
	dst := make([]byte, 0, 200)
	if n := testing.AllocsPerRun(100, func() { dst, _ = mediaconnect.Encoder{}.AppendRequestBody(dst[:0], in) }); n != 0 {
		t.Errorf("encoding a request's body: %v allocations", n)
	}
	req := &wire.Request{Method: "POST", Path: "/v1/offerings/a%3Ab", Headers: wire.Headers{{Name: "Content-Type", Value: "application/json"}},
		Body: `{"reservationName":"R","start":"2020-03-05T23:30:00Z"}`}
	var d mediaconnect.Decoder
	if n := testing.AllocsPerRun(1000, func() {
		if err := d.DecodeRequestInto(req, in); err != nil {
			t.Fatal(err)
		}
	}); n > 0 {
		t.Errorf("decoding a request: %v allocations", n)
	}
}
