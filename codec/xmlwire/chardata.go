package xmlwire

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"wireproof/codec/wire"
)

// char checks the character at p, which is a control character or not ASCII,
// and gives its end.
func (r *Reader) char(p int) (end int, ok bool) {
	c, size := utf8.DecodeRuneInString(r.src[p:])
	if c == utf8.RuneError && size == 1 || !isChar(c) {
		return p, r.failAt(p, wire.ErrIllegalChar)
	}
	return p + size, true
}

// plainText gives the first offset from p on whose byte needs a closer look: any
// of < > & , a control character (white space other than the space among them)
// or one that is not ASCII. < and > differ in one bit, so one test finds both.
func plainText(src string, p int) int {
	for start := p; len(src)-start >= 8; p += 8 {
		// The last word lies over the one before it, whose bytes are plain.
		at := min(p, len(src)-8)
		x := wire.Load8(src[at:])
		if m := wire.Equal8(x|wire.Spread(2), wire.Spread('>')) | wire.Equal8(x, wire.Spread('&')) |
			wire.Below8(x, wire.Spread(' ')) | wire.NonASCII8(x); m != 0 {
			return at + bits.TrailingZeros64(m)>>3
		}
		if at+8 == len(src) {
			return len(src)
		}
	}
	for p < len(src) && src[p] >= ' ' && src[p] < utf8.RuneSelf && src[p]|2 != '>' && src[p] != '&' {
		p++
	}
	return p
}

// charData reads text from p on up to the next '<' or the end of the document,
// X [14] with [67], and gives its end. plain is true where the text needs no
// rewriting.
func (r *Reader) charData(p int) (end int, plain, ok bool) {
	start := p
	plain = true
	for {
		p = plainText(r.src, p)
		if p >= len(r.src) {
			return p, plain, true
		}
		switch c := r.src[p]; c {
		case '<':
			return p, plain, true
		case '>':
			if p-start >= 2 && r.src[p-2:p] == "]]" {
				return p, plain, r.fail(p-2, ErrCDataEnd, "")
			}
			p++
		case '&':
			plain = false
			if _, p, ok = r.reference(p); !ok {
				return p, plain, false
			}
			start = p // "]]" from before does not end with a '>' from here on
		case '\r':
			plain = false
			p++
		case '\n', '\t':
			p++
		default:
			if p, ok = r.char(p); !ok {
				return p, plain, false
			}
		}
	}
}

// predefined are the entities that need no declaration, X 4.6.
var predefined = [...]struct {
	ref  string
	char rune
}{{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}}

// reference checks the reference at p, X [66] and [68], and gives the character
// it stands for and its end.
func (r *Reader) reference(p int) (c rune, end int, ok bool) {
	for _, e := range predefined {
		if r.has(p, e.ref) {
			return e.char, p + len(e.ref), true
		}
	}
	if !r.has(p, "&#") {
		end, ok = r.ncName(p + 1)
		switch {
		case !ok && r.err.Err == ErrName:
			r.err.Err, r.err.Offset = ErrReference, p
			return 0, p, false
		case !ok:
			return 0, p, false
		case end >= len(r.src) || r.src[end] != ';':
			return 0, p, r.failAt(end, ErrReference)
		}
		return 0, p, r.fail(p, ErrUndefinedEntity, wire.Quote(r.src[p:end+1]))
	}
	base, q := rune(10), p+2
	if r.has(q, "x") {
		base, q = 16, q+1
	}
	first := q
	for ; q < len(r.src); q++ {
		digit, isDigit := hexDigit(r.src[q])
		if !isDigit || digit >= base {
			break
		}
		if c = c*base + digit; c > utf8.MaxRune {
			return 0, p, r.fail(p, wire.ErrIllegalChar, "past U+10FFFF")
		}
	}
	switch {
	case q >= len(r.src) || r.src[q] != ';' || q == first:
		return 0, p, r.failAt(q, ErrReference)
	case !isChar(c):
		return 0, p, r.fail(p, wire.ErrIllegalChar, wire.Quote(r.src[p:q+1]))
	}
	return c, q + 1, true
}

func hexDigit(c byte) (rune, bool) {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0'), true
	case 'a' <= c && c <= 'f':
		return rune(c-'a') + 10, true
	case 'A' <= c && c <= 'F':
		return rune(c-'A') + 10, true
	}
	return 0, false
}

// replacement reads a reference that was checked before.
func replacement(s string) (c rune, length int) {
	r := Reader{src: s}
	c, length, _ = r.reference(0)
	return c, length
}

// cdata checks the CDATA section at p, X [18], and gives its end. Its content is
// what stands between "<![CDATA[" and "]]>".
func (r *Reader) cdata(p int) (end int, ok bool) {
	content := p + len("<![CDATA[")
	n := strings.Index(r.src[content:], "]]>")
	if n < 0 {
		if _, ok := r.chars(content, len(r.src)); !ok {
			return p, false
		}
		return p, r.failAt(len(r.src), ErrMarkup)
	}
	if _, ok := r.chars(content, content+n); !ok {
		return p, false
	}
	return content + n + len("]]>"), true
}

// chars checks that all characters from p to end are legal, X [2].
func (r *Reader) chars(p, end int) (int, bool) {
	ok := true
	for p < end {
		if c := r.src[p]; c >= ' ' && c < utf8.RuneSelf || isSpace(c) {
			p++
			continue
		}
		if p, ok = r.char(p); !ok {
			return p, false
		}
	}
	return p, true
}

// segment is a piece of an element's text.
type segment struct {
	start, end int
	cdata      bool
}

// join makes one string of segments: references replaced outside CDATA, line
// ends normalised, X 2.11.
func (r *Reader) join(segs []segment) string {
	total := 0
	for _, s := range segs {
		total += s.end - s.start
	}
	out := r.Arena.Begin(total)
	for _, s := range segs {
		text := r.src[s.start:s.end]
		for i := 0; i < len(text); {
			switch c := text[i]; {
			case c == '&' && !s.cdata:
				ref, n := replacement(text[i:])
				out.Rune(ref)
				i += n
			case c == '\r':
				if i+1 == len(text) || text[i+1] != '\n' {
					out.Byte('\n')
				}
				i++
			default:
				n := strings.IndexAny(text[i:], "&\r")
				if n < 0 {
					n = len(text) - i
				}
				n = max(n, 1) // a '&' in CDATA
				out.String(text[i : i+n])
				i += n
			}
		}
	}
	return out.End()
}
