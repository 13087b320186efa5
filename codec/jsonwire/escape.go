package jsonwire

import (
	"unicode/utf8"

	"wireproof/codec/wire"
)

// AppendString appends s as a JSON string. Only what RFC 8259 section 7 asks for
// is escaped: the quotation mark, the backslash and the control characters, in
// the two-character form where there is one. ok is false, and dst comes back as
// it was, if s is not valid UTF-8: nothing a reader could be given for it would
// be s again.
func AppendString(dst []byte, s string) (text []byte, ok bool) {
	if !isPlain(s) {
		if !utf8.ValidString(s) {
			return dst, false
		}
		dst = append(dst, '"')
		dst = appendEscaped(dst, s)
		return append(dst, '"'), true
	}
	dst = append(dst, '"')
	dst = append(dst, s...)
	return append(dst, '"'), true
}

// isPlain reports whether s is ASCII with nothing to escape.
func isPlain(s string) bool {
	if len(s) < 8 {
		for i := 0; i < len(s); i++ {
			if !plainByte[s[i]] {
				return false
			}
		}
		return true
	}
	var marks uint64
	for i := 0; i+8 <= len(s); i += 8 {
		x := wire.Load8(s[i:])
		marks |= suspects(x) | x
	}
	x := wire.Load8(s[len(s)-8:]) // the rest, and some bytes again
	return (marks|suspects(x)|x)&wire.Spread(0x80) == 0
}

// plainByte holds the characters of ASCII that need no escape.
var plainByte = func() (t [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		t[c] = c != '"' && c != '\\'
	}
	return t
}()

// appendEscaped appends the characters of s, escaping those that must be.
func appendEscaped(dst []byte, s string) []byte {
	const lowerHex = "0123456789abcdef"
	for {
		n := plainRun(s, 0)
		dst = append(dst, s[:n]...)
		if n == len(s) {
			return dst
		}
		switch c := s[n]; c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\b':
			dst = append(dst, `\b`...)
		case '\f':
			dst = append(dst, `\f`...)
		case '\n':
			dst = append(dst, `\n`...)
		case '\r':
			dst = append(dst, `\r`...)
		case '\t':
			dst = append(dst, `\t`...)
		default:
			dst = append(dst, `\u00`...)
			dst = append(dst, lowerHex[c>>4], lowerHex[c&15])
		}
		s = s[n+1:]
	}
}
