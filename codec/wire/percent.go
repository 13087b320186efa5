package wire

import "errors"

// ErrEscape is wrapped where a percent sign is not followed by two hexadecimal
// digits.
var ErrEscape = errors.New("bad percent-escape")

// unreserved is 1 for the bytes that stay literal in a label, a query and a form.
// RFC 3986 section 2.3; Smithy HTTP bindings, "httpLabel".
var unreserved = func() (t [256]uint8) {
	for c := range t {
		if 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' ||
			c == '-' || c == '.' || c == '_' || c == '~' {
			t[c] = 1
		}
	}
	return t
}()

// IsUnreserved reports whether c needs no percent-escape.
func IsUnreserved(c byte) bool { return unreserved[c] != 0 }

const upperHex = "0123456789ABCDEF"

// SkipUnreserved gives the offset of the first byte of s from i on that needs a
// percent-escape, or len(s).
func SkipUnreserved(s string, i int) int {
	for len(s)-i >= 4 && unreserved[s[i]]&unreserved[s[i+1]]&unreserved[s[i+2]]&unreserved[s[i+3]] != 0 {
		i += 4
	}
	for i < len(s) && unreserved[s[i]] != 0 {
		i++
	}
	return i
}

// AppendEscaped appends s with every byte escaped that RFC 3986 does not call
// unreserved, in upper-case hexadecimal: the form of labels, queries, form
// bodies and signatures. A space becomes %20.
func AppendEscaped(dst []byte, s string) []byte {
	start := 0
	for i := SkipUnreserved(s, 0); i < len(s); i = SkipUnreserved(s, start) {
		c := s[i]
		dst = append(dst, s[start:i]...)
		dst = append(dst, '%', upperHex[c>>4], upperHex[c&15])
		start = i + 1
	}
	return append(dst, s[start:]...)
}

// Unescape replaces the percent-escapes of s; a plus stays a plus. The result
// is s itself where it has none, else a string of the arena. A percent sign
// without two hexadecimal digits stays as it is, as WHATWG URL rules, and bad is
// the offset of the first such sign in s, or -1.
func Unescape(s string, a *Arena) (text string, bad int) { return unescape(s, a, false) }

// UnescapeForm is [Unescape] for a query string or form body, where a plus is a
// space. WHATWG URL, "application/x-www-form-urlencoded parsing".
func UnescapeForm(s string, a *Arena) (text string, bad int) { return unescape(s, a, true) }

func unescape(s string, a *Arena, form bool) (string, int) {
	i := 0
	for i < len(s) && s[i] != '%' && !(form && s[i] == '+') {
		i++
	}
	if i == len(s) {
		return s, -1
	}
	bad := -1
	p := a.Begin(len(s))
	p.String(s[:i])
	for ; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '+' && form:
			c = ' '
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			c = unhex(s[i+1])<<4 | unhex(s[i+2])
			i += 2
		case c == '%' && bad < 0:
			bad = i
		}
		p.Byte(c)
	}
	return p.End(), bad
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}
