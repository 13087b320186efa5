package jsonwire

import (
	"math/bits"
	"strings"

	"wireproof/codec/wire"
)

// The methods below read a document whose objects are known, by descent:
//
//	var o jsonwire.Object
//	if r.Open(&o, names, &order) {
//		for r.Member(&o) {
//			switch o.Index {
//			case 0:
//				name, ok = r.String()
//			default:
//				raw, kind = r.Value()
//			}
//		}
//	}
//	r.Close()
//
// Each member and element has to be read, by one of the methods or as a Value.
// Do not mix them with Next.

// Object is an object that is being read. Its fields are for the caller to read
// and for [Reader.Member] to write.
type Object struct {
	// Index is the place of the member in the table, or -1 where the table does
	// not have its name.
	Index int
	// Name is the name of a member that the table does not have.
	Name string
	// Seen is the set of the table's members that have been met.
	Seen Set
	// Offset is that of the object's opening brace, NameOffset that of the name
	// of the member at hand where the table does not have it.
	Offset, NameOffset int

	names *Names
	order *Order
	last  int // place of the last member plus one
	count int
	kept  int // where the unknown names start in Reader.names
}

// Kind tells the kind of the next value: that of the member or element at hand
// or the document itself. It is [End] if no value starts there.
func (r *Reader) Kind() Kind {
	if r.pos == len(r.src) {
		return End
	}
	return kindOf(r.src[r.pos])
}

// Pos returns the offset of the next value.
func (r *Reader) Pos() int { return r.pos }

// Open begins to read the next value as an object, or returns false and reads
// nothing if it is none.
func (r *Reader) Open(o *Object, names *Names, order *Order) bool {
	if r.err != nil || r.Kind() != ObjectStart {
		return false
	}
	*o = Object{Offset: r.pos, names: names, order: order, kept: len(r.names)}
	r.pos++
	r.depth++
	return true
}

// Member moves to the value of the object's next member; false means that the
// object is closed or the Reader has an error. A member of the table that was
// met before is noted as a duplicate.
func (r *Reader) Member(o *Object) bool {
	s, i := r.src, r.pos
	if o.count > 0 && i < len(s) && s[i] == ',' && r.err == nil {
		i++
	} else if i = r.delimiter(o.count, '}'); i < 0 {
		r.closeObject(o)
		return false
	}
	if i < len(s) && s[i] <= ' ' {
		i = skipSpace(s, i)
	}
	o.count++
	guess := int(o.order.next[o.last])
	if guess >= len(o.names.tokens) || !strings.HasPrefix(s[i:], o.names.tokens[guess]) {
		return r.findMember(o, i)
	}
	r.pos = i + len(o.names.tokens[guess])
	r.known(o, guess, i)
	return true
}

// delimiter reads what stands before a member or element: nothing before the
// first, a comma before the others. It returns -1 if the closing bracket stands
// there, having read it, or if the Reader has an error.
func (r *Reader) delimiter(count int, closing byte) int {
	if r.err != nil {
		return -1
	}
	i := skipSpace(r.src, r.pos)
	switch {
	case i == len(r.src):
		r.broken()
		return -1
	case r.src[i] == closing:
		r.pos = i + 1
		r.depth--
		return -1
	case count == 0:
		return i
	case r.src[i] != ',':
		r.broken()
		return -1
	}
	return i + 1
}

// known makes the i-th name of the table the member at hand; r.pos is behind its
// colon.
func (r *Reader) known(o *Object, i, offset int) {
	if o.Seen.Has(i) {
		r.duplicates = append(r.duplicates, offset)
		if o.count > wire.MaxMembers {
			r.broken()
		}
	}
	o.Seen |= 1 << i
	o.Index, o.last = i, i+1
	if r.pos < len(r.src) && r.src[r.pos] <= ' ' {
		r.pos = skipSpace(r.src, r.pos)
	}
}

// findMember is Member where the guess was wrong: it reads the name at i and the
// colon, looks the name up and remembers the order.
func (r *Reader) findMember(o *Object, i int) bool {
	if i == len(r.src) || r.src[i] != '"' || o.count > wire.MaxMembers {
		r.broken()
		return false
	}
	end, escaped, err := scanString(r.src, i)
	if err != nil {
		r.broken()
		return false
	}
	name := r.src[i+1 : end-1]
	if escaped {
		name, _ = unescape(name, &r.arena)
	}
	if end = skipSpace(r.src, end); end == len(r.src) || r.src[end] != ':' {
		r.broken()
		return false
	}
	r.pos = end + 1
	if at := o.names.Find(name); at >= 0 {
		o.order.next[o.last] = uint8(at)
		r.known(o, at, i)
		return true
	}
	if r.NoteDuplicates {
		r.addName(name, i)
	}
	o.Index, o.Name, o.NameOffset = -1, name, i
	r.pos = skipSpace(r.src, r.pos)
	return true
}

// closeObject looks for duplicates among the names that the table does not have.
func (r *Reader) closeObject(o *Object) {
	if len(r.names) > o.kept {
		r.closeNames(o.kept)
	}
}

// Array is an array that is being read.
type Array struct {
	// Count is how many elements were begun.
	Count int
	// Offset is that of the array's opening bracket.
	Offset int
}

// OpenArray begins to read the next value as an array, or returns false and
// reads nothing if it is none.
func (r *Reader) OpenArray(a *Array) bool {
	if r.err != nil || r.Kind() != ArrayStart {
		return false
	}
	*a = Array{Offset: r.pos}
	r.pos++
	r.depth++
	return true
}

// Element moves to the array's next element; false means that the array is
// closed or the Reader has an error.
func (r *Reader) Element(a *Array) bool {
	i := r.delimiter(a.Count, ']')
	if i < 0 {
		return false
	}
	r.pos = skipSpace(r.src, i)
	a.Count++
	return true
}

// String reads the next value as a string and returns its text: a substring of
// the document where it has no escapes, else a string from an arena, good for
// as long as it is held. If the value is no string, ok is false and nothing is
// read.
func (r *Reader) String() (text string, ok bool) {
	s, i := r.src, r.pos
	if i >= len(s) || s[i] != '"' {
		return "", false
	}
	for i++; i+8 <= len(s); i += 8 {
		if m := special(wire.Load8(s[i:])); m != 0 {
			i += bits.TrailingZeros64(m) >> 3
			if s[i] != '"' {
				break
			}
			text, r.pos = s[r.pos+1:i], i+1
			return text, true
		}
	}
	return r.longString()
}

// longString is String for a string with escapes and for one near the end of
// the document.
func (r *Reader) longString() (string, bool) {
	if r.err != nil || !r.text(r.pos) {
		return "", false
	}
	r.isName = false
	return r.Text(), true
}

// Int reads the next value as an integer in plain decimal digits with at most 18
// of them. If it is anything else, also a number, ok is false and nothing is
// read.
func (r *Reader) Int() (v int64, ok bool) {
	s, i := r.src, r.pos
	negative := i < len(s) && s[i] == '-'
	if negative {
		i++
	}
	first := i
	for i < len(s) && s[i]-'0' <= 9 {
		v = v*10 + int64(s[i]-'0')
		i++
	}
	switch digits := i - first; {
	case digits == 0, digits > 18, i == len(s):
		return 0, false
	case s[first] == '0' && (digits > 1 || negative):
		return 0, false
	case s[i] == '.', s[i]|0x20 == 'e':
		return 0, false
	}
	if negative {
		v = -v
	}
	r.pos = i
	return v, true
}

// Value reads the next value, whatever it is, and returns its text as it stands
// in the document, and its kind. If the Reader has an error, raw is empty and
// the kind [End].
func (r *Reader) Value() (raw string, kind Kind) {
	if r.err != nil {
		return "", End
	}
	start := r.pos
	r.stack = r.stack[:0]
	if !r.value(start) {
		return "", End
	}
	kind = r.kind
	r.skipTo(0)
	if r.err != nil {
		return "", End
	}
	return r.src[start:r.pos], kind
}

// Close makes sure that nothing follows the document's value, and returns the
// error that ended reading, or nil.
func (r *Reader) Close() error {
	if r.err == nil {
		if r.pos = skipSpace(r.src, r.pos); r.pos < len(r.doc) {
			r.broken()
		}
	}
	return r.Err()
}

// Rest returns how many bytes follow.
func (r *Reader) Rest() int { return len(r.src) - r.pos }
