package mediaconnect

import (
	"strconv"
	"strings"

	"wireproof/codec/jsonwire"
	"wireproof/codec/wire"
)

// The methods of this file read one value each, with the Reader in front of it.
// A value of another type is handed over where a client does and its text says
// which value is meant; else the member stays without one: the clients that take
// 12.5 or true for an integer make 12 and 1 of it.

// text reads a string of a response.
func (d *Decoder) text(o *wire.Opt[string]) {
	if s, ok := d.r.String(); ok {
		o.Value, o.State = s, wire.Present
		return
	}
	o.Value, o.State = d.oddText(wire.Departure)
}

// requestText reads a string of a request. No other value is taken for one:
// a server that guesses buys what nobody ordered.
func (d *Decoder) requestText(o *wire.Opt[string]) {
	if s, ok := d.r.String(); ok {
		o.Value, o.State = s, wire.Present
		return
	}
	o.Value, o.State = "", d.mismatch("string", wire.Departure)
}

// oddText reads what stands where a string belongs. A number or a boolean is
// handed over as it is written: as text by the SDK for JavaScript, as it is by
// boto3; the SDK for Go fails. null is the level of a null.
func (d *Decoder) oddText(null wire.Level) (string, wire.State) {
	switch d.r.Kind() {
	case jsonwire.Number, jsonwire.True, jsonwire.False:
		at := d.r.Pos()
		raw, kind := d.r.Value()
		if kind == jsonwire.End {
			return "", wire.Absent
		}
		d.note(KindType, wire.Split, at, "string", describe(kind, raw))
		return raw, wire.Present
	}
	return "", d.mismatch("string", null)
}

// mismatch reads a value that is not of the type its member has, and returns the
// state the member is left in. null is the level of a null: all clients take it
// for absent, but that of an enum is an empty string in the SDK for Go.
func (d *Decoder) mismatch(want string, null wire.Level) wire.State {
	at := d.r.Pos()
	raw, kind := d.r.Value()
	switch kind {
	case jsonwire.End:
		return wire.Absent
	case jsonwire.Null:
		d.note(KindNull, null, at, want, "null")
		return wire.Null
	}
	d.note(KindType, wire.Unreadable, at, want, describe(kind, raw))
	return wire.Absent
}

// enum reads the string of an enumeration; the caller looks whether it is known.
func enum[T ~string](d *Decoder, o *wire.Opt[T]) {
	if s, ok := d.r.String(); ok {
		o.Value, o.State = T(s), wire.Present
		return
	}
	text, state := d.oddText(wire.Split)
	o.Value, o.State = T(text), state
}

// unknownEnum notes a value that the model does not list. All clients hand it
// over.
func (d *Decoder) unknownEnum(at int, want, got string) {
	d.note(wire.KindEnum, wire.Departure, at, want, wire.Quote(got))
}

// date reads a start or an end of a response. All clients hand over any string.
func (d *Decoder) date(o *wire.Opt[string]) {
	at := d.r.Pos()
	d.text(o)
	d.checkDate(o, at)
}

// checkDate notes a start or an end that is not in the documented form.
func (d *Decoder) checkDate(o *wire.Opt[string], at int) {
	if d.Lenient || !o.IsPresent() {
		return
	}
	if _, ok := ParseStart(o.Value); !ok {
		d.note(wire.KindTimestamp, wire.Departure, at, "YYYY-MM-DDTHH:mm:ssZ", wire.Quote(o.Value))
	}
}

// integer reads an integer.
func (d *Decoder) integer(o *wire.Opt[int64]) {
	at := d.r.Pos()
	v, ok := d.r.Int()
	if !ok {
		d.oddInteger(o)
		return
	}
	o.Value, o.State = v, wire.Present
	if !wire.InInt32(v) {
		d.outOfRange(at, strconv.FormatInt(v, 10), wire.Split)
	}
}

// oddInteger reads an integer that is not written in plain digits. 12.0 and 1.2e1
// are 12 to boto3 and the SDK for JavaScript and an error in the SDK for Go; 12.5
// is 12 to boto3 alone.
func (d *Decoder) oddInteger(o *wire.Opt[int64]) {
	at := d.r.Pos()
	o.Value, o.State = 0, wire.Absent
	switch d.r.Kind() {
	case jsonwire.Number:
	case jsonwire.String:
		d.quotedInteger(o)
		return
	default:
		o.State = d.mismatch("integer", wire.Departure)
		return
	}
	raw, _ := d.r.Value()
	if raw == "" {
		return
	}
	v, whole, fits := parseWhole(raw)
	switch {
	case !whole:
		d.note(KindType, wire.Unreadable, at, "integer", wire.Quote(raw))
		return
	case !fits:
		d.outOfRange(at, raw, wire.Unreadable)
		return
	}
	o.Value, o.State = v, wire.Present
	if _, plain := wire.ParseInt(raw); !plain {
		d.note(wire.KindInteger, wire.Split, at, "decimal digits", wire.Quote(raw))
	}
	if !wire.InInt32(v) {
		d.outOfRange(at, raw, wire.Split)
	}
}

// quotedInteger reads an integer that is written as a string. boto3 takes the
// number in it; the SDKs for Go and JavaScript fail.
func (d *Decoder) quotedInteger(o *wire.Opt[int64]) {
	at := d.r.Pos()
	raw, kind := d.r.Value()
	if kind == jsonwire.End {
		return
	}
	v, ok := wire.ParseInt(raw[1 : len(raw)-1])
	if !ok {
		d.note(KindType, wire.Unreadable, at, "integer", describe(kind, raw))
		return
	}
	o.Value, o.State = v, wire.Present
	d.note(KindType, wire.Split, at, "integer", describe(kind, raw))
	if !wire.InInt32(v) {
		d.outOfRange(at, raw, wire.Split)
	}
}

func (d *Decoder) outOfRange(at int, got string, level wire.Level) {
	d.note(wire.KindIntegerRange, level, at, "32 bits", wire.Quote(got))
}

// parseWhole reads a JSON number that may have a fraction or an exponent. whole
// tells whether it is an integer, fits whether that has 64 bits.
func parseWhole(raw string) (v int64, whole, fits bool) {
	const most = 19 // digits of the largest int64
	mantissa, exponent := raw, 0
	if i := strings.IndexAny(raw, "eE"); i >= 0 {
		// Atoi gives the limit for an exponent that does not fit; anything past
		// the length of the number is as good.
		exponent, _ = strconv.Atoi(raw[i+1:])
		exponent = min(max(exponent, -most-len(raw)), most+len(raw))
		mantissa = raw[:i]
	}
	mantissa, negative := strings.CutPrefix(mantissa, "-")
	before, after, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(before+after, "0")
	// The number is 0.digits times ten to the power of point.
	point := len(before) - (len(before) + len(after) - len(digits)) + exponent
	digits = strings.TrimRight(digits, "0")
	switch {
	case digits == "":
		return 0, true, true
	case point < len(digits):
		return 0, false, false
	case point > most:
		return 0, true, false
	}
	digits += strings.Repeat("0", point-len(digits))
	if negative {
		digits = "-" + digits
	}
	v, fits = wire.ParseInt(digits)
	return v, true, fits
}

// open begins to read an object. If the value is none, it is read and the state
// is that of the member.
func (d *Decoder) open(o *jsonwire.Object, names *jsonwire.Names, order *jsonwire.Order) wire.State {
	if d.r.Open(o, names, order) {
		return wire.Present
	}
	return d.mismatch("object", wire.Departure)
}

// unknown reads a member that the model does not name. Clients ignore it.
func (d *Decoder) unknown(o *jsonwire.Object, names *jsonwire.Names, list *[]wire.Unknown) {
	name, at, pos := o.Name, o.NameOffset, d.r.Pos()
	raw, kind := d.r.Value()
	if kind == jsonwire.End {
		return
	}
	if !d.Lenient {
		d.wrongCase(name, at, names, wire.Departure)
	}
	if !d.DropUnknown {
		var u *wire.Unknown
		*list, u = d.unknowns.Extend(*list)
		*u = wire.Unknown{Name: name, Raw: raw, Offset: pos}
	}
}

// wrongCase notes a name that is one of the table but for its case.
func (d *Decoder) wrongCase(name string, at int, names *jsonwire.Names, level wire.Level) {
	for i := range names.Len() {
		if strings.EqualFold(name, names.Name(i)) {
			d.note(wire.KindCase, level, at, wire.Quote(names.Name(i)), wire.Quote(name))
			return
		}
	}
}

// require notes the required members that an object did not have. Clients leave
// them absent.
func (d *Decoder) require(o *jsonwire.Object, names *jsonwire.Names, required jsonwire.Set, level wire.Level) {
	missing := required &^ o.Seen
	if missing == 0 || d.r.Err() != nil || d.Lenient && level == wire.Departure {
		return
	}
	for missing != 0 {
		d.missing(names.Name(missing.Pop()), o.Offset, level)
	}
}

// missing notes that the object at the offset does not have a member.
func (d *Decoder) missing(member string, offset int, level wire.Level) {
	d.note(wire.KindRequired, level, offset, member, "absent")
	d.noted[len(d.noted)-1].member = member
}
