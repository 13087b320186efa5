package xmlwire

import (
	"unicode/utf8"

	"wireproof/codec/wire"
)

// Reader reads one document after another. The zero Reader is ready for
// [Reader.Reset]. Not for concurrent use.
//
// The first error is kept and ends the reading: from then on Next gives [EOF],
// Child gives [End] and Text gives "".
type Reader struct {
	// Arena makes the strings of values that hold references, CDATA sections or
	// carriage returns. All others are substrings of the document.
	Arena wire.Arena

	src     string
	pos     int
	err     *wire.SyntaxError
	located bool // err has its path

	stack []element // the open elements, from the root
	ns    []binding // the namespaces in scope, the innermost last
	attrs []Attr    // of the start tag read last
	tag   tag       // the start tag read last
	segs  []segment // of the text read last
	notes []Note

	tok   token // of Next
	phase phase // of Next
}

// element is an open element.
type element struct {
	name   string // as written, with its prefix
	nsMark int    // how many bindings were in scope outside
}

// tag is a start tag that was read. Child's fast way fills start and close only.
type tag struct {
	start    int    // of its '<'
	close    string // the end tag to expect where it is plain, else ""
	name     string // as written, with its prefix
	prefix   int    // length of the prefix, without the colon
	nsMark   int    // how many bindings were in scope outside
	selfEnds bool   // <a/>
	notes    int    // how many notes there were before it
}

// Reset makes the reader read src from its start. A byte order mark is skipped.
func (r *Reader) Reset(src string) {
	*r = Reader{
		Arena: r.Arena, src: src,
		stack: r.stack[:0], ns: r.ns[:0], attrs: r.attrs[:0], segs: r.segs[:0], notes: r.notes[:0],
	}
	if len(src) > wire.MaxDocument {
		r.fail(wire.MaxDocument, wire.ErrTooLarge, "")
	} else if len(src) >= 3 && src[:3] == "\uFEFF" {
		r.note(NoteBOM, 0)
		r.pos = 3
	}
}

// Err returns the *[wire.SyntaxError] that ended the reading, or nil.
func (r *Reader) Err() error {
	if r.err == nil {
		return nil
	}
	if !r.located {
		r.err.Path, r.located = pathOfError(r.src, r.err.Offset), true
	}
	return r.err
}

// Offset is where the next token starts, in bytes.
func (r *Reader) Offset() int { return r.pos }

// fail keeps the first error and ends the reading. It returns false for the
// caller to pass on.
func (r *Reader) fail(offset int, sentinel error, what string) bool {
	if r.err == nil {
		r.err = &wire.SyntaxError{Format: wire.XML, Offset: min(offset, len(r.src)), Err: sentinel, What: what}
	}
	r.pos = len(r.src)
	return false
}

// failAt is fail for a byte that cannot stand where it does: it tells an end of
// the document and a broken character apart from the sentinel's rule.
func (r *Reader) failAt(offset int, sentinel error) bool {
	if offset >= len(r.src) {
		return r.fail(offset, wire.ErrTruncated, "")
	}
	c, size := utf8.DecodeRuneInString(r.src[offset:])
	switch {
	case c == utf8.RuneError && size == 1:
		return r.fail(offset, wire.ErrInvalidUTF8, "")
	case !isChar(c):
		return r.fail(offset, wire.ErrIllegalChar, wire.Quote(string(c)))
	}
	return r.fail(offset, sentinel, "at "+wire.Quote(string(c)))
}

// NoteKind names something that is well-formed and that measured clients trip
// over, or that our messages do not have.
type NoteKind uint8

// The kinds of notes.
const (
	NoteBOM             NoteKind = iota + 1 // byte order mark before the document
	NotePrefix                              // element name with a namespace prefix
	NoteNamespace                           // namespace declaration below the root
	NoteAttribute                           // attribute that declares no namespace
	NoteEmptyAttribute                      // attribute, xmlns too, on an element that Text found empty
	NoteCommentInText                       // comment inside what Text read
	NoteInstructionText                     // processing instruction inside what Text read
	NoteElementInText                       // element inside what Text read
	NoteTextBetween                         // text between the elements that Child reads
)

// Note is one such thing and its place. Reading collects notes; it never stops
// for them.
type Note struct {
	Kind   NoteKind
	Offset int
}

// Notes returns what was noted since Reset, valid until the next Reset.
func (r *Reader) Notes() []Note { return r.notes }

func (r *Reader) note(k NoteKind, offset int) { r.notes = append(r.notes, Note{k, offset}) }

// push opens an element. Its start tag was held against MaxDepth.
func (r *Reader) push(name string, nsMark int) {
	r.stack = append(r.stack, element{name: name, nsMark: nsMark})
}

// pop closes the innermost element.
func (r *Reader) pop() {
	top := len(r.stack) - 1
	r.ns = r.ns[:r.stack[top].nsMark]
	r.stack = r.stack[:top]
}

// has reports whether token stands at p.
func (r *Reader) has(p int, token string) bool {
	return len(r.src)-p >= len(token) && r.src[p:p+len(token)] == token
}

// skipSpace gives the first offset from p on that holds no white space.
func (r *Reader) skipSpace(p int) int {
	for p < len(r.src) && isSpace(r.src[p]) {
		p++
	}
	return p
}
