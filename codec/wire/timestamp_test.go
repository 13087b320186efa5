package wire_test

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"wireproof/codec/wire"
)

// checkStamp reads s by package time, in a layout with as many digits, and
// compares.
func checkStamp(t testing.TB, s string) {
	t.Helper()
	got, ok := wire.ParseTimestamp(s)
	layout := "2006-01-02T15:04:05Z"
	digits := 0
	if n := len(s) - len(layout); n > 1 {
		digits = n - 1
		layout = "2006-01-02T15:04:05." + strings.Repeat("0", digits) + "Z"
	}
	want, err := time.Parse(layout, s)
	form := stampForm.MatchString(s) // package time reads 7:04:05 and a comma too
	if ok != (err == nil && form) {
		t.Errorf("ParseTimestamp(%q): %v, package time: %v", s, ok, err)
		return
	}
	if !ok {
		return
	}
	if !got.Time().Equal(want) || int(got.Digits) != digits || got.Unix != want.Unix() || int(got.Nano) != want.Nanosecond() {
		t.Errorf("ParseTimestamp(%q) = %+v, want %v", s, got, want)
	}
	if back := got.String(); back != s {
		t.Errorf("%q is written as %q", s, back)
	}
}

var stampForm = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$`)

func TestEveryDay(t *testing.T) {
	day := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)
	end := time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
	step := 1
	if testing.Short() {
		step = 7
	}
	for i := 0; day.Before(end); i++ {
		seconds := i * 7919 % 86400
		at := day.Add(time.Duration(seconds) * time.Second)
		want := at.Format("2006-01-02T15:04:05Z")
		s := wire.Timestamp{Unix: at.Unix()}
		if got := string(s.Append(nil)); got != want {
			t.Fatalf("%d is written as %q, want %q", at.Unix(), got, want)
		}
		if got, ok := wire.ParseTimestamp(want); !ok || got != s {
			t.Fatalf("%q is read as %+v, %v; want %+v", want, got, ok, s)
		}
		day = day.AddDate(0, 0, step)
	}
}

func TestParseTimestamp(t *testing.T) {
	const good = "2011-12-18T23:24:56.577Z"
	for _, s := range []string{
		good, "2011-12-18T23:24:56Z", "1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z",
		"2012-02-29T00:00:00Z", "2000-02-29T00:00:00Z", "0000-02-29T00:00:00Z", "2400-02-29T00:00:00Z",
		"2011-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2012-02-30T00:00:00Z", "2011-04-31T00:00:00Z", "2011-06-31T00:00:00Z", "2011-09-31T00:00:00Z", "2011-11-31T00:00:00Z",
		"2011-01-31T00:00:00Z", "2011-01-32T00:00:00Z", "2011-00-01T00:00:00Z", "2011-13-01T00:00:00Z", "2011-01-00T00:00:00Z",
		"2011-12-18T24:00:00Z", "2011-12-18T23:60:00Z", "2011-12-18T23:59:60Z",
		"2011-12-18T23:24:56.Z", "2011-12-18T23:24:56.5Z", "2011-12-18T23:24:56.123456789Z", "2011-12-18T23:24:56.1234567890Z", "2011-12-18T23:24:56,577Z", "2011-12-18T23:24:56.5 7Z", "2011-12-18T23:24:56.-57Z", "2011-12-18T23:24:56x57Z",
		"", "Z", "2011-12-18", "2011-12-18T23:24Z", "2011-12-18T3:24:56Z", "2011-12-18T23:24:56", "2011-12-18t23:24:56Z", "2011-12-18T23:24:56z", "2011-12-18 23:24:56Z", "2011-12-18T23:24:56+00:00",
		"+011-12-18T23:24:56Z", "-011-12-18T23:24:56Z", "2011/12/18T23:24:56Z", "2011-12-18T23.24.56Z", "2011-1 -18T23:24:56Z", "2011- 1-18T23:24:56Z", "20:1-12-18T23:24:56Z", " 2011-12-18T23:24:56Z", "2011-12-18T23:24:56Z ", "12011-12-18T23:24:56Z",
		"2011-12-18T23:24:5٥Z", "1324250696", "2011-12-18T23:24:56Z2011-12-18T23:24:56Z",
	} {
		checkStamp(t, s)
	}
	for i := range good { // every byte of the form counts
		for c := range 128 {
			checkStamp(t, good[:i]+string(rune(c))+good[i+1:])
		}
		checkStamp(t, good[:i])
		checkStamp(t, good[:i]+good[i+1:])
		checkStamp(t, good[:i]+good[i:i+1]+good[i:])
	}
}

func TestTimestampRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	layouts := []string{"2006-01-02T15:04:05Z", "2006-01-02T15:04:05.0Z", "2006-01-02T15:04:05.00Z", "2006-01-02T15:04:05.000Z", "2006-01-02T15:04:05.000000Z", "2006-01-02T15:04:05.000000000Z"}
	for range rounds(100_000) {
		at := time.Unix(r.Int64N(253402300800+62167219200)-62167219200, r.Int64N(1e9)).UTC()
		layout := layouts[r.IntN(len(layouts))]
		s := wire.Timestamp{Unix: at.Unix(), Nano: int32(at.Nanosecond()), Digits: uint8(max(0, len(layout)-21))}
		if got, want := s.String(), at.Format(layout); got != want {
			t.Fatalf("%+v is written as %q, want %q", s, got, want)
		}
		checkStamp(t, at.Format(layout))
	}
}

func TestTimestampEdges(t *testing.T) {
	for _, row := range []struct {
		unix   int64
		want   string
		reason string
	}{
		{-62167219200, "0000-01-01T00:00:00.500Z", "the first that has a form"},
		{253402300799, "9999-12-31T23:59:59.500Z", "the last that has a form"},
		{-1, "1969-12-31T23:59:59.500Z", "the fraction counts upwards before 1970 too"},
		{-86400, "1969-12-31T00:00:00.500Z", "a whole day before"},
		{-86401, "1969-12-30T23:59:59.500Z", "a day and a second"},
		{0, "1970-01-01T00:00:00.500Z", "the epoch"},
		{951782400, "2000-02-29T00:00:00.500Z", "a leap day of a century"},
	} {
		if got := (wire.Timestamp{Unix: row.unix, Nano: 5e8, Digits: 3}).String(); got != row.want {
			t.Errorf("%d is written as %q, want %q; %s", row.unix, got, row.want, row.reason)
		}
	}
	for _, unix := range []int64{-62167219201, 253402300800} { // no form
		s := (wire.Timestamp{Unix: unix}).String()
		if _, ok := wire.ParseTimestamp(s); ok || s != time.Unix(unix, 0).UTC().Format(time.RFC3339) {
			t.Errorf("%d is written as %q", unix, s)
		}
	}
	if (wire.Timestamp{}).String() != "1970-01-01T00:00:00Z" {
		t.Error("the zero Timestamp")
	}
	if got := (wire.Timestamp{Nano: 123456789, Digits: 200}).String(); got != "1970-01-01T00:00:00.123456789Z" {
		t.Errorf("too many digits: %q", got)
	}
}

func TestTimestampOf(t *testing.T) {
	zone := time.FixedZone("", 3600)
	for _, row := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2011, 12, 18, 23, 24, 56, 577_999_999, time.UTC), "2011-12-18T23:24:56.577Z"},
		{time.Date(2011, 12, 18, 23, 24, 56, 0, zone), "2011-12-18T22:24:56.000Z"},
		{time.Date(1969, 12, 31, 23, 59, 59, 999_999_999, time.UTC), "1969-12-31T23:59:59.999Z"},
	} {
		s := wire.TimestampOf(row.at)
		if s.String() != row.want || !s.Time().Equal(row.at.Truncate(time.Millisecond)) || s.Time().Location() != time.UTC {
			t.Errorf("TimestampOf(%v) = %v, want %s", row.at, s, row.want)
		}
		var back wire.Timestamp
		text, _ := s.MarshalText()
		if err := back.UnmarshalText(text); err != nil || back != s {
			t.Errorf("%s comes back as %v, %v", text, back, err)
		}
	}
	var s wire.Timestamp
	if err := s.UnmarshalText([]byte("2011-12-18")); err == nil {
		t.Error("UnmarshalText takes a date")
	}
}

// TestReadTimestamp: forms of WIRE.md B.13 and client-reactions.json, with what
// boto3, which reads them all, hands over.
func TestReadTimestamp(t *testing.T) {
	const base = "2011-12-18T23:24:56"
	for _, row := range []struct {
		text   string
		form   wire.InstantForm
		want   string
		reason string
	}{
		{base + ".577Z", wire.TimestampWire, base + ".577Z", "the wire's form"},
		{base + "Z", wire.TimestampWire, base + "Z", "the wire's form without a fraction"},
		{base + "+00:00", wire.TimestampOffset, base + "Z", "an offset of zero"},
		{base + "-00:00", wire.TimestampOffset, base + "Z", "RFC 3339 section 4.3"},
		{"2011-12-19T00:24:56.577+01:00", wire.TimestampOffset, base + ".577Z", "an offset"},
		{"2011-12-18T15:24:56.577-08:00", wire.TimestampOffset, base + ".577Z", "an offset to the west"},
		{"2011-12-19T23:23:56+23:59", wire.TimestampOffset, base + "Z", "the largest offset"},
		{"2011-12-18T15:24:56.577-0800", wire.TimestampOther, base + ".577Z", "rds-ts-offset2: no colon"},
		{base + ".577", wire.TimestampOther, base + ".577Z", "rds-ts-noz: no zone means UTC"},
		{base + ".0987", wire.TimestampOther, base + ".0987Z", "no zone, all digits kept"},
		{base, wire.TimestampOther, base + "Z", "no zone and no fraction"},
		{"2011-12-18 23:24:56Z", wire.TimestampOther, base + "Z", "rds-ts-space"},
		{"2011-12-18 23:24:56.5", wire.TimestampOther, base + ".5Z", "a space and no zone"},
		{"2011-12-18 23:24:56+00:00", wire.TimestampOther, base + "Z", "a space and an offset"},
		{"2011-12-18t23:24:56z", wire.TimestampOther, base + "Z", "lower case"},
		{"2011-12-18t23:24:56.577+00:00", wire.TimestampOther, base + ".577Z", "lower case with an offset"},
		{" " + base + "Z\n", wire.TimestampOther, base + "Z", "rds-ts-ws: white space around"},
		{" " + base + "+00:00", wire.TimestampOther, base + "Z", "white space around an offset"},
		{"Sun, 18 Dec 2011 23:24:56 GMT", wire.TimestampOther, base + "Z", "rds-ts-http"},
		{"2011-12-18", wire.TimestampOther, "2011-12-18T00:00:00Z", "rds-ts-date"},
		{"20111218T232456Z", wire.TimestampOther, base + "Z", "rds-ts-basic"},
		{"2011-12-18T23:24Z", wire.TimestampOther, "2011-12-18T23:24:00Z", "rds-ts-nosec"},
		{base + ",577Z", wire.TimestampOther, base + ".577Z", "ISO 8601's comma"},
		{"2011-12-18T3:24:56Z", wire.TimestampOther, "2011-12-18T03:24:56Z", "one digit of the hour, not the wire's form"},
		{"1324250696", wire.TimestampOther, base + ".000Z", "rds-ts-epoch"},
		{"1324250696.577", wire.TimestampOther, base + ".577Z", "rds-ts-epochf"},
		{"1324250696.5", wire.TimestampOther, base + ".500Z", "seconds are read to milliseconds"},
		{"-1", wire.TimestampOther, "1969-12-31T23:59:59.000Z", "rds-ts-epochneg"},
		{"-0.001", wire.TimestampOther, "1969-12-31T23:59:59.999Z", "just before 1970"},
		{"1.324250696e9", wire.TimestampOther, base + ".000Z", "an exponent"},
		{"2012-06-30T23:59:60Z", wire.TimestampOther, "2012-07-01T00:00:00Z", "rds-ts-leap: JavaScript alone"},
		{"", wire.NoTimestamp, "", "rds-ts-empty"},
		{" ", wire.NoTimestamp, "", "white space"},
		{"yesterday", wire.NoTimestamp, "", "rds-ts-text"},
		{"2012-02-30T00:00:00Z", wire.NoTimestamp, "", "rds-ts-feb30: rolled over by JavaScript alone"},
		{"2012-02-30T00:00:00+00:00", wire.NoTimestamp, "", "no such day with an offset either"},
		{"2012-02-30", wire.NoTimestamp, "", "no such date"},
		{"2011-12-18T24:00:00Z", wire.NoTimestamp, "", "rds-ts-h24"},
		{base + "+24:00", wire.NoTimestamp, "", "no such offset"},
		{base + "+00:60", wire.NoTimestamp, "", "no such offset"},
		{base + "+a0:00", wire.NoTimestamp, "", "no offset at all"},
		{"Sun, 18 Dec 2011 23:24:56 EST", wire.NoTimestamp, "", "a zone that Go does not know would pass for UTC"},
		{"NaN", wire.NoTimestamp, "", "no number of seconds"},
		{"Infinity", wire.NoTimestamp, "", "no number of seconds"},
		{"1e400", wire.NoTimestamp, "", "past every year"},
		{"1e300", wire.NoTimestamp, "", "past every year"},
		{"253402300800", wire.NoTimestamp, "", "the year 10000"},
		{"0x5", wire.NoTimestamp, "", "hexadecimal"},
		{"1_000", wire.NoTimestamp, "", "an underscore"},
	} {
		got, form := wire.ReadTimestamp(row.text)
		if form != row.form || form != wire.NoTimestamp && got.String() != row.want || form == wire.NoTimestamp && got != (wire.Timestamp{}) {
			t.Errorf("ReadTimestamp(%q) = %v, %d; want %s, %d; %s", row.text, got, form, row.want, row.form, row.reason)
		}
		checkRead(t, row.text)
	}
}

// checkRead: what is read in any form has a text on the wire that loses nothing.
func checkRead(t testing.TB, text string) {
	t.Helper()
	v, form := wire.ReadTimestamp(text)
	if form == wire.NoTimestamp {
		return
	}
	if v.Unix < -62167219200-86400 || v.Unix > 253402300799+86400 {
		t.Errorf("ReadTimestamp(%q) = %+v", text, v)
	}
	if v.Unix < -62167219200 || v.Unix > 253402300799 {
		return // an offset took it past the years that have a form
	}
	back, ok := wire.ParseTimestamp(v.String())
	if !ok || back != v {
		t.Errorf("ReadTimestamp(%q) = %+v, which is written as %s", text, v, v)
	}
}
