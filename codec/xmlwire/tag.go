package xmlwire

import (
	"strings"
	"unicode/utf8"

	"wireproof/codec/wire"
)

// Attr is an attribute of a start tag. Namespace declarations are attributes.
type Attr struct {
	// Name is the name as written, with its prefix.
	Name string
	// Raw is the value as written between its quotes.
	Raw string
	// Offset is where the name starts, in bytes.
	Offset int

	prefix int  // length of the prefix
	plain  bool // Raw is the value
}

// name reads a QName at p, N [7], and gives its end and the length of its
// prefix.
func (r *Reader) name(p int) (end, prefix int, ok bool) {
	end, ok = r.ncName(p)
	if !ok || end >= len(r.src) || r.src[end] != ':' {
		return end, 0, ok
	}
	prefix = end - p
	end, ok = r.ncName(end + 1)
	if ok && end < len(r.src) && r.src[end] == ':' {
		return end, prefix, r.fail(end, ErrName, "second colon")
	}
	return end, prefix, ok
}

// ncName reads an NCName at p, N [4].
func (r *Reader) ncName(p int) (end int, ok bool) {
	src := r.src
	if p >= len(src) {
		return p, r.failAt(p, ErrName)
	}
	if c := src[p]; c < utf8.RuneSelf {
		if class[c]&nameStart == 0 {
			return p, r.failAt(p, ErrName)
		}
		p++
	} else {
		c, size := utf8.DecodeRuneInString(src[p:])
		if !isNameStart(c) || c == utf8.RuneError && size == 1 {
			return p, r.failAt(p, ErrName)
		}
		p += size
	}
	for len(src)-p >= 4 && class[src[p]]&class[src[p+1]]&class[src[p+2]]&class[src[p+3]]&nameChar != 0 {
		p += 4
	}
	for p < len(src) {
		if c := src[p]; c < utf8.RuneSelf {
			if class[c]&nameChar == 0 {
				break
			}
			p++
			continue
		}
		c, size := utf8.DecodeRuneInString(src[p:])
		if c == utf8.RuneError && size == 1 {
			return p, r.failAt(p, ErrName)
		}
		if !isNameChar(c) {
			break
		}
		p += size
	}
	return p, true
}

// startTag reads the start tag or empty-element tag at p, X [40] and [44], into
// r.tag and r.attrs, brings its namespaces into scope, and moves behind it.
func (r *Reader) startTag(p int) bool {
	if len(r.stack) >= wire.MaxDepth {
		return r.fail(p, wire.ErrDepth, "")
	}
	end, prefix, ok := r.name(p + 1)
	if !ok {
		return false
	}
	r.attrs = r.attrs[:0]
	r.tag = tag{start: p, name: r.src[p+1 : end], prefix: prefix, nsMark: len(r.ns), notes: len(r.notes)}
	for {
		next := r.skipSpace(end)
		if next >= len(r.src) {
			return r.failAt(next, ErrTag)
		}
		switch r.src[next] {
		case '>':
			r.pos = next + 1
			return r.bind()
		case '/':
			if next+1 >= len(r.src) || r.src[next+1] != '>' {
				return r.failAt(next+1, ErrTag)
			}
			r.tag.selfEnds = true
			r.pos = next + 2
			return r.bind()
		}
		if next == end { // attributes need white space before them
			return r.failAt(next, ErrTag)
		}
		if end, ok = r.attribute(next); !ok {
			return false
		}
	}
}

// attribute reads one attribute at p, X [41], and gives its end.
func (r *Reader) attribute(p int) (end int, ok bool) {
	nameEnd, prefix, ok := r.name(p)
	if !ok {
		return p, false
	}
	q := r.skipSpace(nameEnd)
	if q >= len(r.src) || r.src[q] != '=' {
		return p, r.failAt(q, ErrAttribute)
	}
	q = r.skipSpace(q + 1)
	if q >= len(r.src) || r.src[q] != '"' && r.src[q] != '\'' {
		return p, r.failAt(q, ErrAttribute)
	}
	valueEnd, plain, ok := r.attValue(q)
	if !ok {
		return p, false
	}
	if len(r.attrs) >= wire.MaxAttributes {
		return p, r.fail(p, wire.ErrTooMany, "attributes")
	}
	r.attrs = append(r.attrs, Attr{Name: r.src[p:nameEnd], Raw: r.src[q+1 : valueEnd], Offset: p, prefix: prefix, plain: plain})
	return valueEnd + 1, true
}

// attValue checks the attribute value whose quote stands at p, X [10], and gives
// the offset of the closing quote. plain is true where the value needs no
// rewriting.
func (r *Reader) attValue(p int) (end int, plain, ok bool) {
	quote := r.src[p]
	plain = true
	p++
	if n := strings.IndexByte(r.src[p:], quote); n >= 0 && plainText(r.src[:p+n], p) == p+n {
		return p + n, true, true
	}
	for p < len(r.src) {
		switch c := r.src[p]; {
		case c == quote:
			return p, plain, true
		case c == '<':
			return p, plain, r.failAt(p, ErrAttribute)
		case c == '&':
			plain = false
			if _, p, ok = r.reference(p); !ok {
				return p, plain, false
			}
		case c >= 0x20 && c < utf8.RuneSelf:
			p++
		case isSpace(c):
			plain = false
			p++
		default:
			if p, ok = r.char(p); !ok {
				return p, plain, false
			}
		}
	}
	return p, plain, r.failAt(p, ErrAttribute)
}

// value is the attribute's value, normalised: references replaced and white
// space turned into spaces, X 3.3.3 for CDATA attributes.
func (r *Reader) value(a *Attr) string {
	if a.plain {
		return a.Raw
	}
	out := r.Arena.Begin(len(a.Raw))
	for i := 0; i < len(a.Raw); {
		switch c := a.Raw[i]; {
		case c == '&':
			ref, n := replacement(a.Raw[i:])
			out.Rune(ref)
			i += n
		case c == '\r' && i+1 < len(a.Raw) && a.Raw[i+1] == '\n':
			i++
		case isSpace(c):
			out.Byte(' ')
			i++
		default:
			out.Byte(c)
			i++
		}
	}
	return out.End()
}

// endTag reads the end tag at p, X [42], of the innermost element, and moves
// behind it. It does not close the element.
func (r *Reader) endTag(p int, name string) bool {
	if end := p + 2 + len(name); end < len(r.src) && r.src[end] == '>' && r.src[p+2:end] == name {
		r.pos = end + 1
		return true
	}
	end, _, ok := r.name(p + 2)
	if !ok {
		return false
	}
	if end == len(r.src) {
		return r.fail(end, wire.ErrTruncated, "")
	}
	if got := r.src[p+2 : end]; got != name {
		return r.fail(p, ErrMismatchedTag, "</"+clip(got)+"> closes <"+clip(name)+">")
	}
	end = r.skipSpace(end)
	if end >= len(r.src) || r.src[end] != '>' {
		return r.failAt(end, ErrTag)
	}
	r.pos = end + 1
	return true
}

// clip shortens a name for an error's text.
func clip(name string) string {
	if len(name) > 64 {
		return strings.ToValidUTF8(name[:64], "") + "..."
	}
	return name
}
