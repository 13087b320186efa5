package rds

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"wireproof/codec/wire"
)

// Scalars as text. The text forms that the wire has are read at once; the
// functions called odd... deal with all others, by what the measured clients
// make of them. Smithy awsQuery, "XML shape serialization"; WIRE.md B.12, B.13.

func (d *Decoder) text(o *wire.Opt[string]) {
	if o.State != wire.Absent {
		d.duplicate()
	}
	at := d.xml.Offset()
	o.Value = d.xml.Text()
	o.State = wire.Present
	if o.Value != "" && (o.Value[0] <= ' ' || o.Value[0] >= utf8.RuneSelf) && isBlank(o.Value) {
		d.inBody(KindBlankText, wire.Split, at, "text, or white space without a line feed", wire.Quote(o.Value))
	}
}

// isBlank reports whether JavaScript takes the text for the white space between
// elements: nothing but what its trim takes away, a line feed among it.
func isBlank(s string) bool {
	trimmed := func(r rune) bool { return unicode.IsSpace(r) && r != '\u0085' || r == '\ufeff' }
	return strings.IndexByte(s, '\n') >= 0 && strings.TrimLeftFunc(s, trimmed) == ""
}

func (d *Decoder) integer(o *wire.Opt[int64]) {
	if o.State != wire.Absent {
		d.duplicate()
	}
	at := d.xml.Offset()
	text := d.xml.Text()
	v, ok := wire.ParseInt(text)
	if ok && wire.InInt32(v) {
		o.Value, o.State = v, wire.Present
		return
	}
	d.oddInteger(o, text, at)
}

// oddInteger: a sign and leading zeros are read by all. White space around the
// number fails in Go alone. A fraction of zero, or an exponent, is read by
// JavaScript alone, and is still the same number. Past 32 bits Go wraps around.
func (d *Decoder) oddInteger(o *wire.Opt[int64], text string, at int) {
	if d.xml.Failed() {
		return
	}
	level := wire.Departure
	number := strings.Trim(text, " \t\r\n")
	if number != text {
		level = wire.Split
	}
	unsigned := strings.TrimPrefix(number, "+")
	negative := strings.HasPrefix(unsigned, "-") && unsigned == number
	unsigned = strings.TrimPrefix(unsigned, "-")
	if trimmed := strings.TrimLeft(unsigned, "0"); isDigits(unsigned) && (unsigned == number || negative || number[0] == '+') {
		unsigned = trimmed
		if unsigned == "" {
			unsigned, negative = "0", false
		}
	}
	if negative {
		unsigned = "-" + unsigned
	}
	v, ok := wire.ParseInt(unsigned)
	if f, isDouble := wire.ParseDouble(number); !ok && isDouble && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		v, ok, level = int64(f), true, wire.Split
	}
	switch {
	case !ok:
		o.Value, o.State = 0, wire.Absent
		d.inBody(wire.KindInteger, wire.Unreadable, at, "a decimal integer", wire.Quote(text))
		return
	case !wire.InInt32(v):
		d.inBody(wire.KindIntegerRange, wire.Split, at, "an integer of 32 bits", wire.Quote(text))
	default:
		d.inBody(wire.KindInteger, level, at, "a decimal integer", wire.Quote(text))
	}
	o.Value, o.State = v, wire.Present
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i]-'0' > 9 {
			return false
		}
	}
	return s != ""
}

func (d *Decoder) boolean(o *wire.Opt[bool]) {
	if o.State != wire.Absent {
		d.duplicate()
	}
	at := d.xml.Offset()
	switch text := d.xml.Text(); text {
	case "true":
		o.Value, o.State = true, wire.Present
	case "false":
		o.Value, o.State = false, wire.Present
	default:
		d.oddBoolean(o, text, at)
	}
}

// oddBoolean: boto3 takes everything but "true" for false, JavaScript everything
// but "true" in any case, Go reads a handful of spellings and refuses the rest.
// What no client can read as what it says stays unread.
func (d *Decoder) oddBoolean(o *wire.Opt[bool], text string, at int) {
	if d.xml.Failed() {
		return
	}
	level, v := wire.Split, false
	switch text {
	case "TRUE", "True", "1":
		v = true
	case "FALSE", "False", "0":
		level = wire.Departure
	default:
		o.Value, o.State = false, wire.Absent
		d.inBody(wire.KindBoolean, wire.Unreadable, at, "true or false", wire.Quote(text))
		return
	}
	o.Value, o.State = v, wire.Present
	d.inBody(wire.KindBoolean, level, at, "true or false", wire.Quote(text))
}

func (d *Decoder) double(o *wire.Opt[float64]) {
	if o.State != wire.Absent {
		d.duplicate()
	}
	at := d.xml.Offset()
	text := d.xml.Text()
	if v, ok := wire.ParseDecimal(text); ok {
		o.Value, o.State = v, wire.Present
		return
	}
	d.oddDouble(o, text, at)
}

// oddDouble: numbers with an exponent or without a fraction, and the three
// special values, are on the wire too. A plus sign and a point at either end are
// read by all. White space fails in Go; INF is not a number in JavaScript; past
// the range Go fails where the others give infinity.
func (d *Decoder) oddDouble(o *wire.Opt[float64], text string, at int) {
	if d.xml.Failed() {
		return
	}
	number := strings.Trim(text, " \t\r\n")
	v, ok := wire.ParseDouble(number)
	level := wire.Level(0)
	switch {
	case number != text:
		level = wire.Split
	case number == "INF":
		v, ok, level = math.Inf(1), true, wire.Split
	case number == "-INF":
		v, ok, level = math.Inf(-1), true, wire.Split
	case ok && math.IsInf(v, 0) && !strings.HasSuffix(number, "Infinity"):
		level = wire.Split
	case ok && (number[0] == '+' || number[0] == '.' || number[len(number)-1] == '.'):
		level = wire.Departure
	}
	if !ok {
		o.Value, o.State = 0, wire.Absent
		d.inBody(wire.KindDouble, wire.Unreadable, at, "a decimal number", wire.Quote(text))
		return
	}
	o.Value, o.State = v, wire.Present
	if level != 0 {
		d.inBody(wire.KindDouble, level, at, "a decimal number", wire.Quote(text))
	}
}

func (d *Decoder) timestamp(o *wire.Opt[wire.Timestamp]) {
	if o.State != wire.Absent {
		d.duplicate()
	}
	at := d.xml.Offset()
	text := d.xml.Text()
	if v, ok := wire.ParseTimestamp(text); ok && v.Digits <= 3 {
		o.Value, o.State = v, wire.Present
		return
	}
	d.oddTimestamp(o, text, at)
}

// oddTimestamp: an offset is read by all; finer than milliseconds each client
// keeps other digits; every other form is read by boto3, whose parser takes
// almost anything, and by at most one more.
func (d *Decoder) oddTimestamp(o *wire.Opt[wire.Timestamp], text string, at int) {
	if d.xml.Failed() {
		return
	}
	const want = "YYYY-MM-DDThh:mm:ss[.fff]Z"
	v, form := wire.ReadTimestamp(text)
	level := wire.Split
	switch form {
	case wire.NoTimestamp:
		o.Value, o.State = wire.Timestamp{}, wire.Absent
		d.inBody(wire.KindTimestamp, wire.Unreadable, at, want, wire.Quote(text))
		return
	case wire.TimestampOffset:
		if v.Digits <= 3 {
			level = wire.Departure
		}
	}
	o.Value, o.State = v, wire.Present
	d.inBody(wire.KindTimestamp, level, at, want, wire.Quote(text))
}
