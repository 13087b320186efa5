package querywire

import (
	"unicode/utf8"

	"wireproof/codec/wire"
)

// text reads a name or value from start up to a byte of one of the classes in
// stop, or to the end, and returns what it stands for and where it ends.
func (r *Reader) text(start int, stop class) (text string, end int) {
	s := r.src
	var passed class
	i := skipUnreserved(s, start)
	for ; i < len(s); i = skipUnreserved(s, i+1) {
		c := classes[s[i]]
		if c&stop != 0 {
			break
		}
		if c&(classPercent|classPlus) != 0 {
			return r.decode(start, i, stop, passed != 0)
		}
		passed |= c
	}
	if passed != 0 {
		r.examine(start, i, s[start:i])
	}
	return s[start:i], i
}

// decode is text from the first escape on, which is at i; odd says whether there
// was something to note before it.
func (r *Reader) decode(start, i int, stop class, odd bool) (text string, end int) {
	s, dst := r.src, r.scratch[:0]
	copied := start // up to where dst has the text
	var all byte    // the bits of all escaped bytes
	for ; i < len(s); i = skipUnreserved(s, i+1) {
		c := classes[s[i]]
		if c&stop != 0 {
			break
		}
		decoded, length := byte(' '), 1
		switch c {
		case classPercent:
			decoded, length = escaped(s[i:])
			odd = odd || length == 1 || decoded == 0
			all |= decoded
		case classPlus:
			odd = true
		default:
			odd = true
			continue
		}
		dst = append(dst, s[copied:i]...)
		dst = append(dst, decoded)
		i += length - 1
		copied = i + 1
	}
	dst = append(dst, s[copied:i]...)
	r.scratch = dst
	text = r.arena.Copy(dst)
	if odd || all >= utf8.RuneSelf && !utf8.Valid(dst) {
		r.examine(start, i, text)
	}
	return text, i
}

// escaped gives the byte that a percent sign at the start of s stands for, and
// how long the escape is. A bad one is the percent sign itself, with length 1.
func escaped(s string) (decoded byte, length int) {
	if len(s) < 3 || hexValue[s[1]]|hexValue[s[2]] > 15 {
		return '%', 1
	}
	return hexValue[s[1]]<<4 | hexValue[s[2]], 3
}

// hexValue is the value of a hexadecimal digit, 255 for another byte.
var hexValue = func() (t [256]byte) {
	for c := range t {
		switch {
		case '0' <= c && c <= '9':
			t[c] = byte(c - '0')
		case 'A' <= c && c <= 'F':
			t[c] = byte(c - 'A' + 10)
		case 'a' <= c && c <= 'f':
			t[c] = byte(c - 'a' + 10)
		default:
			t[c] = 255
		}
	}
	return t
}()

// examine notes what is odd in the name or value between start and end, of which
// text is the decoded form: each kind once, at the first place.
func (r *Reader) examine(start, end int, text string) {
	raw := r.src[start:end]
	var noted [5]bool
	first := func(slot, at int, kind wire.Kind, want, got string) {
		if !noted[slot] {
			noted[slot] = true
			r.note(kind, start+at, want, got)
		}
	}
	invalid, decoded := firstInvalid(text), 0
	for i := 0; i < len(raw); i++ {
		c, at := raw[i], i
		switch classes[c] {
		case classPlus:
			first(0, at, KindPlus, "%20", "+")
		case classPercent:
			var length int
			if c, length = escaped(raw[i:]); length == 1 {
				first(1, at, KindBadEscape, "% and two hexadecimal digits", wire.Quote(raw[at:min(at+3, len(raw))]))
			}
			i += length - 1
		case classSemicolon:
			first(2, at, KindSemicolon, "%3B", ";")
		case classOther, classEquals:
			first(3, at, KindUnescaped, "a percent-escape", wire.Quote(raw[at:at+1]))
		}
		if c == 0 {
			first(4, at, KindNUL, "no U+0000", wire.Quote(raw[at:i+1]))
		}
		if decoded == invalid {
			r.note(KindInvalidUTF8, start+at, "UTF-8", wire.Quote(raw[at:i+1]))
		}
		decoded++
	}
}

// firstInvalid gives the place of the first byte that is not part of UTF-8, or
// -1.
func firstInvalid(s string) int {
	for i, c := range s {
		if c == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
	}
	return -1
}
