package jsonwire

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"wireproof/codec/wire"
)

// unescape replaces the escapes of the text of a well-formed string, which is
// given without its quotation marks. lone is the offset of the first escape of
// a lone surrogate, or -1; each of them becomes U+FFFD. RFC 8259 sections 7 and
// 8.2.
func unescape(s string, a *wire.Arena) (text string, lone int) {
	lone = -1
	p := a.Begin(len(s)) // no escape is shorter than what it stands for
	for i := 0; ; {
		n := strings.IndexByte(s[i:], '\\')
		if n < 0 {
			p.String(s[i:])
			return p.End(), lone
		}
		p.String(s[i : i+n])
		i += n
		if s[i+1] != 'u' {
			p.Byte(shortEscape(s[i+1]))
			i += 2
			continue
		}
		c := hex4(s[i+2:])
		width := 6
		if utf16.IsSurrogate(c) {
			pair := rune(utf8.RuneError)
			if strings.HasPrefix(s[i+6:], `\u`) {
				pair = utf16.DecodeRune(c, hex4(s[i+8:]))
			}
			if pair != utf8.RuneError {
				width = 12
			} else if lone < 0 {
				lone = i
			}
			c = pair
		}
		p.Rune(c)
		i += width
	}
}

// shortEscape returns what a backslash and c stand for.
func shortEscape(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c // quotation mark, backslash, slash
}

// hex4 reads four hexadecimal digits.
func hex4(s string) (v rune) {
	for i := range 4 {
		d, _ := hexDigit(s[i])
		v = v<<4 | d
	}
	return v
}
