package wire_test

import (
	"math"
	"strconv"
	"testing"

	"wireproof/codec/wire"
)

// FuzzTimestamp: the wire's form is read as package time reads it, and any other
// form that is read has a text on the wire that loses nothing.
func FuzzTimestamp(f *testing.F) {
	for _, s := range []string{
		"2011-12-18T23:24:56.577Z", "2011-12-18T23:24:56Z", "2012-02-29T00:00:00.123456789Z", "2011-12-18T15:24:56.577-08:00", "2011-12-18 23:24:56", "20111218T232456Z", "2011-12-18",
		"Sun, 18 Dec 2011 23:24:56 GMT", "1324250696.577", "-1", "2012-06-30T23:59:60Z", "2011-12-18T23:24:56,5", "0000-01-01T00:00:00+23:59", "9999-12-31T23:59:59.9-23:59", "253402300799.9",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkStamp(t, s)
		checkRead(t, s)
		v, ok := wire.ParseTimestamp(s)
		w, form := wire.ReadTimestamp(s)
		if ok != (form == wire.TimestampWire) || ok && v != w {
			t.Errorf("%q: ParseTimestamp %v, %v; ReadTimestamp %v, %d", s, v, ok, w, form)
		}
	})
}

// FuzzDouble: numbers are read as strconv reads them and written as its text
// says, in the service's form.
func FuzzDouble(f *testing.F) {
	for _, v := range []float64{0, 123, 0.123, 1.582, 1e15, 1e-7, 1.5e21, math.NaN(), math.Inf(-1), math.MaxFloat64, 5e-324, 999999999999999.9} {
		f.Add(strconv.FormatFloat(v, 'g', -1, 64), math.Float64bits(v))
		f.Add(string(wire.AppendDouble(nil, v)), math.Float64bits(-v))
	}
	f.Add("Infinity", uint64(1))
	f.Add("-9223372036854775808", uint64(1))
	f.Fuzz(func(t *testing.T, s string, bits uint64) {
		checkDouble(t, s)
		checkInt(t, s)
		checkAppend(t, math.Float64frombits(bits))
	})
}

// FuzzUnescape: as WHATWG decodes, and without bad escapes as net/url does; what
// is escaped comes back.
func FuzzUnescape(f *testing.F) {
	for _, s := range []string{"", "a%20b+c", "%", "%4", "%zz%41", "%E2%82%AC", "arn:aws:rds:us-east-1:123456789012:ri:x", "%%41", "a\x00\xff%00%ff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkUnescape(t, s)
		for _, offset := range []int{-1, 0, len(s) / 2, len(s)} {
			checkPosition(t, s, offset)
		}
	})
}
