package jsonwire

import (
	"slices"
	"strconv"

	"wireproof/codec/wire"
)

// Writer writes one JSON document by appending to a slice. What it writes is
// well-formed by construction: a call that does not fit, such as a value without
// a name in an object, writes nothing and makes a sticky error that
// [Writer.Bytes] returns. The zero Writer is ready and writes to a new slice.
// Not for concurrent use.
type Writer struct {
	// Indent is written once for each level in front of every member and element,
	// on a line of its own; then a space follows each colon. Empty means compact.
	Indent string

	dst   []byte
	err   error
	state writeState
	depth int
	// kinds has one bit for each of the innermost 64 open containers, the lowest
	// for the innermost, set for an object; outer has those of the rest. Most
	// documents need no allocation for it.
	kinds uint64
	outer []uint64
}

// writeState is what may be written next.
type writeState uint8

const (
	wantValue   writeState = iota // the document's value, or that of a member
	wantFirst                     // the first member or element, or the end
	wantMore                      // another member or element, or the end
	wantNothing                   // the document is complete
)

// Reset starts a new document that is appended to dst.
func (w *Writer) Reset(dst []byte) {
	w.dst, w.err, w.state, w.depth = dst, nil, wantValue, 0
	w.kinds, w.outer = 0, w.outer[:0]
}

// Bytes returns the slice given to Reset with the document appended, or, with
// the first error, whatever was written so far. A document that is not complete
// is an error.
func (w *Writer) Bytes() ([]byte, error) {
	if w.err == nil && w.state != wantNothing {
		w.err = ErrSequence
	}
	return w.dst, w.err
}

// Err returns the first error, or nil.
func (w *Writer) Err() error { return w.err }

// BeginObject begins an object.
func (w *Writer) BeginObject() { w.begin('{', 1) }

// BeginArray begins an array.
func (w *Writer) BeginArray() { w.begin('[', 0) }

// EndObject ends the innermost object.
func (w *Writer) EndObject() { w.end('}', 1) }

// EndArray ends the innermost array.
func (w *Writer) EndArray() { w.end(']', 0) }

func (w *Writer) begin(bracket byte, kind uint64) {
	if !w.before() {
		return
	}
	if w.depth == wire.MaxDepth {
		w.err = wire.ErrDepth
		return
	}
	w.dst = append(w.dst, bracket)
	if w.depth > 0 && w.depth%64 == 0 {
		w.outer, w.kinds = append(w.outer, w.kinds), 0
	}
	w.kinds = w.kinds<<1 | kind
	w.depth++
	w.state = wantFirst
}

func (w *Writer) end(bracket byte, kind uint64) {
	if w.err != nil {
		return
	}
	if w.depth == 0 || w.kinds&1 != kind || w.state == wantValue {
		w.err = ErrSequence
		return
	}
	w.depth--
	w.kinds >>= 1
	if w.depth > 0 && w.depth%64 == 0 {
		last := len(w.outer) - 1
		w.outer, w.kinds = w.outer[:last], w.outer[last]
	}
	if w.Indent != "" && w.state == wantMore {
		w.newLine()
	}
	w.dst = append(w.dst, bracket)
	w.after()
}

// inObject reports whether the innermost container is an object.
func (w *Writer) inObject() bool { return w.depth > 0 && w.kinds&1 == 1 }

// before writes what stands before a value, and reports whether one may come.
func (w *Writer) before() bool {
	switch {
	case w.err != nil:
		return false
	case w.state == wantValue:
		return true
	case w.state == wantNothing || w.inObject():
		w.err = ErrSequence
		return false
	}
	w.separate()
	return true
}

// separate writes the comma and the line break in front of a member or element.
func (w *Writer) separate() {
	if w.state == wantMore {
		w.dst = append(w.dst, ',')
	}
	if w.Indent != "" {
		w.newLine()
	}
}

func (w *Writer) newLine() {
	w.dst = append(w.dst, '\n')
	for range w.depth {
		w.dst = append(w.dst, w.Indent...)
	}
}

// after moves on behind a value.
func (w *Writer) after() {
	w.state = wantMore
	if w.depth == 0 {
		w.state = wantNothing
	}
}

// beforeName writes what stands before a name, and reports whether one may come.
func (w *Writer) beforeName() bool {
	if w.err != nil {
		return false
	}
	if !w.inObject() || w.state == wantValue {
		w.err = ErrSequence
		return false
	}
	w.separate()
	w.state = wantValue
	return true
}

// Name begins a member. Two members with one name are written as they come.
func (w *Writer) Name(name string) {
	if !w.beforeName() {
		return
	}
	if !w.appendString(name) {
		return
	}
	w.dst = append(w.dst, ':')
	if w.Indent != "" {
		w.dst = append(w.dst, ' ')
	}
}

// Member begins the member with the i-th name of the table.
func (w *Writer) Member(names *Names, i int) {
	if !w.beforeName() {
		return
	}
	w.dst = append(w.dst, names.tokens[i]...)
	if w.Indent != "" {
		w.dst = append(w.dst, ' ')
	}
}

// StringMember is Member and String in one, and faster: most of what there is to
// write is strings that need no escape.
func (w *Writer) StringMember(names *Names, i int, s string) {
	if w.Indent != "" || w.err != nil || !w.inObject() || w.state == wantValue || !isPlain(s) {
		w.Member(names, i)
		w.String(s)
		return
	}
	if w.state == wantMore {
		w.dst = append(w.dst, ',')
	}
	token := names.tokens[i]
	start := len(w.dst)
	dst := slices.Grow(w.dst, len(token)+len(s)+2)[:start+len(token)+len(s)+2]
	rest := dst[start:]
	rest = rest[copy(rest, token):]
	rest[0] = '"'
	rest[1+copy(rest[1:], s)] = '"'
	w.dst, w.state = dst, wantMore
}

// String writes a string, escaped as [AppendString] says. Invalid UTF-8 makes
// the error [ErrText].
func (w *Writer) String(s string) {
	if !w.before() {
		return
	}
	if w.appendString(s) {
		w.after()
	}
}

func (w *Writer) appendString(s string) (ok bool) {
	if w.dst, ok = AppendString(w.dst, s); !ok {
		w.err = ErrText
	}
	return ok
}

// Int writes an integer.
func (w *Writer) Int(v int64) {
	if !w.before() {
		return
	}
	w.dst = strconv.AppendInt(w.dst, v, 10)
	w.after()
}

// Bool writes true or false.
func (w *Writer) Bool(v bool) {
	if !w.before() {
		return
	}
	w.dst = strconv.AppendBool(w.dst, v)
	w.after()
}

// Null writes null.
func (w *Writer) Null() {
	if !w.before() {
		return
	}
	w.dst = append(w.dst, "null"...)
	w.after()
}

// Value writes a value that is JSON already, as it is. A text that is not one
// well-formed value makes its [wire.SyntaxError] the Writer's error.
func (w *Writer) Value(raw string) {
	if w.err == nil {
		w.err = Check(raw)
	}
	if !w.before() {
		return
	}
	w.dst = append(w.dst, raw...)
	w.after()
}

// Raw appends text as it is, whatever it is and wherever the Writer stands, and
// counts it as nothing. It is the way to a document that is malformed on
// purpose.
func (w *Writer) Raw(text string) { w.dst = append(w.dst, text...) }

// Fail makes err the Writer's error unless it has one: the way for an encoder to
// stop at a value that it cannot write. Bytes then returns the document up to
// there.
func (w *Writer) Fail(err error) {
	if w.err == nil {
		w.err = err
	}
}
