package querywire

import (
	"slices"

	"wireproof/codec/wire"
)

// Pair is one parameter.
type Pair struct {
	// Name and Value are decoded.
	Name  string
	Value string
	// RawValue is the value as written.
	RawValue string
	// NameOffset and ValueOffset are where name and value start, in bytes. The
	// value of a pair without an equals sign starts where its name ends.
	NameOffset  int
	ValueOffset int
}

// Reader reads pairs in their order. The zero Reader reads an empty text; start
// with [Reader.Reset]. Not for concurrent use.
type Reader struct {
	src      string
	part     wire.Part
	pos      int
	count    int
	err      error
	findings []wire.Finding
	arena    wire.Arena
	scratch  []byte // a value that is being decoded
	seen     Seen
}

// Reset starts with a new text: a query string without its question mark, or a
// form body. part goes into the findings.
func (r *Reader) Reset(src string, part wire.Part) {
	r.src, r.part, r.pos, r.count, r.err = src, part, 0, 0, nil
	r.findings = r.findings[:0]
	if len(src) > wire.MaxDocument {
		r.fail(wire.MaxDocument, wire.ErrTooLarge)
	}
}

// Next reads the next pair into p and reports whether there was one. False means
// the end of the text or an error: see [Reader.Err].
func (r *Reader) Next(p *Pair) bool {
	s, start := r.src, r.pos
	if start < len(s) && s[start] == '&' {
		start = r.emptyPairs(start)
	}
	if start >= len(s) || r.err != nil {
		return false
	}
	if r.count == wire.MaxParameters {
		r.fail(start, wire.ErrTooMany)
		return false
	}
	r.count++
	known := len(r.findings)

	var end int
	p.NameOffset = start
	p.Name, end = r.text(start, classAmpersand|classEquals)
	if end == start {
		r.note(KindEmptyName, start, "a name", "=")
	}
	if end < len(s) && s[end] == '=' {
		p.ValueOffset = end + 1
		p.Value, end = r.text(end+1, classAmpersand)
	} else {
		p.ValueOffset, p.Value = end, ""
		r.note(KindNoEquals, end, "=", "no =")
	}
	p.RawValue = s[p.ValueOffset:end]

	for i := known; i < len(r.findings); i++ {
		r.findings[i].Path = p.Name
	}
	r.pos = end
	if end < len(s) { // s[end] is an ampersand
		r.pos = end + 1
		if r.pos == len(s) {
			r.note(KindEmptyPair, end, "a pair", "&")
		}
	}
	return true
}

// All appends the pairs that are left to dst. Unlike [Reader.Next] it also finds
// names that come again; a typed decoder notes those itself, since only it knows
// which names mean the same.
func (r *Reader) All(dst []Pair) ([]Pair, error) {
	r.seen.Clear()
	for {
		n := len(dst)
		dst = slices.Grow(dst, 1)[:n+1]
		p := &dst[n]
		if !r.Next(p) {
			return dst[:n], r.err
		}
		if r.seen.Add(p.Name) {
			r.note(wire.KindDuplicate, p.NameOffset, "each name once", wire.Quote(p.Value))
			r.findings[len(r.findings)-1].Path = p.Name
		}
	}
}

// Err returns the *[wire.SyntaxError] that ended the reading: a limit was
// passed. It is nil at the end of the text.
func (r *Reader) Err() error { return r.err }

// Findings returns what was noticed since [Reader.Reset], in the order of the
// text, except that a duplicate stands after what else was found in its pair.
// Valid until the next call of a method. The path is the parameter's name.
func (r *Reader) Findings() []wire.Finding { return r.findings }

// emptyPairs skips a run of ampersands where a pair should start.
func (r *Reader) emptyPairs(start int) int {
	i := start
	for i < len(r.src) && r.src[i] == '&' {
		i++
	}
	r.note(KindEmptyPair, start, "a pair", "&")
	r.pos = i
	return i
}

func (r *Reader) fail(offset int, sentinel error) {
	r.err = &wire.SyntaxError{Format: wire.QueryForm, Offset: offset, Err: sentinel}
}

func (r *Reader) note(kind wire.Kind, offset int, want, got string) {
	r.findings = append(r.findings, wire.Finding{
		Kind: kind, Level: levels[kind], Part: r.part, Offset: offset, Want: want, Got: got,
	})
}

// class tells what a byte does in a pair. Bytes that RFC 3986 calls unreserved
// do nothing and have class 0.
type class = uint8

const (
	classAmpersand class = 1 << iota
	classEquals
	classPercent
	classPlus
	classSemicolon
	classOther // should have been escaped
)

var classes = func() (t [256]class) {
	for c := range t {
		if !wire.IsUnreserved(byte(c)) {
			t[c] = classOther
		}
	}
	t['&'], t['='], t['%'], t['+'], t[';'] = classAmpersand, classEquals, classPercent, classPlus, classSemicolon
	return t
}()
