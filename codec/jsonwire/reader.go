package jsonwire

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"wireproof/codec/wire"
)

// Kind is the kind of a token or a value: its first byte, with '0' for every
// number.
type Kind byte

// The kinds. A member's name is a [String] for which [Reader.IsName] is true;
// commas and colons are not tokens.
const (
	End         Kind = 0 // after the document
	ObjectStart Kind = '{'
	ObjectEnd   Kind = '}'
	ArrayStart  Kind = '['
	ArrayEnd    Kind = ']'
	String      Kind = '"'
	Number      Kind = '0'
	True        Kind = 't'
	False       Kind = 'f'
	Null        Kind = 'n'
)

// String says what the kind is, for a person.
func (k Kind) String() string {
	switch k {
	case End:
		return "end of document"
	case ObjectStart:
		return "object"
	case ObjectEnd:
		return "end of object"
	case ArrayStart:
		return "array"
	case ArrayEnd:
		return "end of array"
	case String:
		return "string"
	case Number:
		return "number"
	case True, False:
		return "boolean"
	case Null:
		return "null"
	}
	return fmt.Sprintf("Kind(%q)", byte(k))
}

// kindOf tells the kind of the value that starts with c; End where none does.
func kindOf(c byte) Kind {
	switch c {
	case '{', '[', '"', 't', 'f', 'n':
		return Kind(c)
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return Number
	}
	return End
}

// state is what the grammar asks for next.
type state byte

const (
	atStart state = iota // the document's value
	atFirst              // the first member or element, or the closing bracket
	atNext               // a comma or the closing bracket
	atColon              // a colon and a value
	atEnd                // nothing more
)

// frame is one object or array that is open.
type frame struct {
	kind  Kind // ObjectStart or ArrayStart
	count int  // members or elements that have begun
	name  int  // offset of the last member's name
	colon int  // offset behind that name, 0 while it is being read
	names int  // of an object: where its names start in Reader.names
}

// Reader reads one JSON document. The zero Reader is ready for [Reader.Reset]
// and can be reset again and again; then it allocates nothing. Not for
// concurrent use.
//
// Errors are sticky: after the first, every method gives or implies it.
type Reader struct {
	// NoteDuplicates turns on the search for duplicate names in every object,
	// also in values that are skipped. It costs time in the order of n log n.
	// Without it only the members of a [Names] table are watched.
	NoteDuplicates bool

	doc  string // the whole document
	src  string // doc up to the first byte that is not UTF-8
	pos  int    // offset of the next byte to read
	err  *wire.SyntaxError
	slow bool // reading with Next from the start: errors know their path

	// Of Next.
	state   state
	stack   []frame
	kind    Kind
	isName  bool
	escaped bool
	start   int // offset of the last token

	// Of Open and Member.
	depth int // objects and arrays opened

	arena      wire.Arena
	names      []nameAt
	duplicates []int
	surrogates []int
}

// Reset starts to read src.
func (r *Reader) Reset(src string) {
	r.doc, r.src, r.pos, r.err, r.slow = src, src, 0, nil, false
	r.state, r.stack = atStart, r.stack[:0]
	r.kind, r.isName, r.escaped, r.start = End, false, false, 0
	r.depth = 0
	r.names, r.duplicates, r.surrogates = r.names[:0], r.duplicates[:0], r.surrogates[:0]
	if len(src) > wire.MaxDocument {
		r.src = ""
		r.err = &wire.SyntaxError{Format: wire.JSON, Offset: wire.MaxDocument, Err: wire.ErrTooLarge}
		return
	}
	if !utf8.ValidString(src) {
		r.src = src[:firstInvalid(src)]
	}
	r.pos = skipSpace(r.src, 0)
}

// cut reports whether the document goes on behind src.
func (r *Reader) cut() bool { return len(r.src) < len(r.doc) }

// firstInvalid returns the offset of the first byte that is not UTF-8.
func firstInvalid(s string) int {
	for i := 0; i < len(s); {
		c, n := utf8.DecodeRuneInString(s[i:])
		if c == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(s)
}

// Err returns the error that ended reading, or nil.
func (r *Reader) Err() error {
	if r.err == nil {
		return nil
	}
	return r.err
}

// Check reads src as a whole and returns the error of the first thing in it that
// is not well-formed, a *[wire.SyntaxError], or nil.
func Check(src string) error {
	var r Reader
	r.Reset(src)
	for {
		if k, err := r.Next(); err != nil || k == End {
			return err
		}
	}
}

// Next reads the next token. After the document's value it gives [End], having
// made sure that nothing follows.
func (r *Reader) Next() (Kind, error) {
	if r.err != nil {
		return End, r.err
	}
	if r.state == atStart {
		r.slow = true
	}
	if !r.next() {
		return End, r.err
	}
	return r.kind, nil
}

// next is Next for a Reader without an error; false means that there is one now.
func (r *Reader) next() bool {
	i := skipSpace(r.src, r.pos)
	if r.state == atEnd {
		r.kind, r.isName, r.start, r.pos = End, false, i, i
		if i < len(r.src) {
			return r.fail(i, wire.ErrTrailing, false)
		}
		return !r.cut() || r.failEnd(wire.ErrInvalidUTF8, false)
	}
	inside := r.state == atColon
	if i == len(r.src) {
		if r.state == atStart && !r.cut() {
			return r.failEnd(wire.ErrEmpty, inside)
		}
		return r.failEnd(wire.ErrTruncated, inside)
	}
	switch c := r.src[i]; r.state {
	case atStart:
		if strings.HasPrefix(r.src[i:], "\ufeff") && i == 0 {
			return r.fail(i, ErrBOM, false)
		}
		return r.value(i)
	case atColon:
		if c != ':' {
			return r.fail(i, ErrColon, true)
		}
		return r.value(skipSpace(r.src, i+1))
	default:
		top := &r.stack[len(r.stack)-1]
		if Kind(c) == top.kind+2 { // in ASCII, } is two after { and ] two after [
			return r.close(i)
		}
		if r.state == atNext {
			if c != ',' {
				return r.fail(i, ErrComma, false)
			}
			i = skipSpace(r.src, i+1)
		}
		top.count++
		if top.kind == ObjectStart {
			return r.name(i, top)
		}
		return r.value(i)
	}
}

// name reads a member's name at i.
func (r *Reader) name(i int, top *frame) bool {
	switch {
	case i == len(r.src):
		return r.failEnd(wire.ErrTruncated, false)
	case r.src[i] != '"':
		return r.fail(i, ErrName, false)
	case top.count > wire.MaxMembers:
		return r.fail(i, wire.ErrTooMany, false)
	}
	top.name, top.colon = i, 0
	if !r.text(i) {
		return false
	}
	top.colon = r.pos
	r.isName, r.state = true, atColon
	if r.NoteDuplicates {
		r.addName(r.Text(), i)
	}
	return true
}

// value reads a scalar or an opening bracket at i.
func (r *Reader) value(i int) bool {
	if i == len(r.src) {
		return r.failEnd(wire.ErrTruncated, true)
	}
	var err error
	var end int
	kind := kindOf(r.src[i])
	switch kind {
	case String:
		if !r.text(i) {
			return false
		}
		r.isName = false
		r.valueRead()
		return true
	case ObjectStart, ArrayStart:
		return r.open(i, kind)
	case Number:
		end, err = scanNumber(r.src, i)
	case True:
		end, err = scanLiteral(r.src, i, "true")
	case False:
		end, err = scanLiteral(r.src, i, "false")
	case Null:
		end, err = scanLiteral(r.src, i, "null")
	default:
		end, err = i, wire.ErrUnexpected
	}
	if err != nil {
		return r.fail(end, err, true)
	}
	r.kind, r.isName, r.start, r.pos = kind, false, i, end
	r.valueRead()
	return true
}

// text reads a string or a name at i.
func (r *Reader) text(i int) bool {
	end, escaped, err := scanString(r.src, i)
	if err != nil {
		return r.fail(end, err, true)
	}
	r.kind, r.escaped, r.start, r.pos = String, escaped, i, end
	return true
}

// open reads an opening bracket at i.
func (r *Reader) open(i int, kind Kind) bool {
	if len(r.stack)+r.depth == wire.MaxDepth {
		return r.fail(i, wire.ErrDepth, true)
	}
	r.stack = append(r.stack, frame{kind: kind, names: len(r.names)})
	r.kind, r.isName, r.start, r.pos, r.state = kind, false, i, i+1, atFirst
	return true
}

// close reads the closing bracket at i.
func (r *Reader) close(i int) bool {
	top := r.stack[len(r.stack)-1]
	r.stack = r.stack[:len(r.stack)-1]
	if top.kind == ObjectStart && r.NoteDuplicates {
		r.closeNames(top.names)
	}
	r.kind, r.isName, r.start, r.pos = top.kind+2, false, i, i+1
	r.valueRead()
	return true
}

// valueRead moves on behind a whole value.
func (r *Reader) valueRead() {
	r.state = atNext
	if len(r.stack) == 0 {
		r.state = atEnd
	}
}

// Skip reads the rest of what Next began: the object or array whose opening
// bracket it gave last, up to its closing bracket, or nothing where the last
// token was another. It returns the whole text of that value or token.
func (r *Reader) Skip() (raw string, err error) {
	start := r.start
	if r.err == nil && (r.kind == ObjectStart || r.kind == ArrayStart) {
		r.skipTo(len(r.stack) - 1)
	}
	if r.err != nil {
		return "", r.err
	}
	return r.src[start:r.pos], nil
}

// skipTo reads tokens until no more than depth objects and arrays are open.
func (r *Reader) skipTo(depth int) {
	for len(r.stack) > depth && r.next() {
	}
}

// Raw returns the last token as it stands in the document, a string with its
// quotation marks.
func (r *Reader) Raw() string { return r.src[r.start:r.pos] }

// Offset returns the byte offset of the last token.
func (r *Reader) Offset() int { return r.start }

// IsName reports whether the last token is a member's name.
func (r *Reader) IsName() bool { return r.isName }

// Depth returns how many objects and arrays are open after the last token.
func (r *Reader) Depth() int { return len(r.stack) }

// Text returns the characters of the last token, which must be a string or a
// name: a substring of the document where it has no escapes, else a string from
// an arena, good for as long as it is held.
func (r *Reader) Text() string {
	inner := r.src[r.start+1 : r.pos-1]
	if !r.escaped {
		return inner
	}
	text, lone := unescape(inner, &r.arena)
	if lone >= 0 && !r.isName {
		r.noteSurrogate(r.start + 1 + lone)
	}
	return text
}

func (r *Reader) noteSurrogate(offset int) {
	if n := len(r.surrogates); n == 0 || r.surrogates[n-1] != offset {
		r.surrogates = append(r.surrogates, offset)
	}
}

// Duplicates returns the offsets of the names that stood in the same object
// before, as far as [Reader.NoteDuplicates] tells to look. Valid until the next
// Reset.
func (r *Reader) Duplicates() []int { return r.duplicates }

// LoneSurrogates returns the offset of the first escape of a lone surrogate, read
// as U+FFFD, in each string whose text was asked for. Valid until the next Reset.
func (r *Reader) LoneSurrogates() []int { return r.surrogates }

// failEnd makes the error of running into the end of the document.
func (r *Reader) failEnd(err error, inside bool) bool {
	if r.cut() {
		err = wire.ErrInvalidUTF8
	}
	return r.fail(len(r.src), err, inside)
}

// fail makes the error, the only place that does. inside tells whether the
// member or element that began last in the innermost object or array is the one
// that is wrong, and so part of the path.
func (r *Reader) fail(offset int, err error, inside bool) bool {
	switch {
	case r.err != nil:
	case r.slow:
		if err == wire.ErrTruncated && r.cut() {
			err = wire.ErrInvalidUTF8
		}
		r.err = &wire.SyntaxError{Format: wire.JSON, Offset: offset, Path: r.path(inside), Err: err}
		if offset < len(r.src) && err != wire.ErrDepth && err != wire.ErrTooMany {
			c, _ := utf8.DecodeRuneInString(r.src[offset:])
			r.err.What = fmt.Sprintf("%q", c)
		}
	default:
		r.broken()
	}
	return false
}

// broken is how the fast way ends: the slow way reads the same document from
// its start and says what is wrong with it.
func (r *Reader) broken() {
	if r.err != nil {
		return
	}
	err, refused := Check(r.doc).(*wire.SyntaxError)
	if !refused {
		panic("jsonwire: BUG: a value of a well-formed document was not read")
	}
	r.err = err
}
