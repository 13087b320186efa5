package xmlwire

import "unicode/utf8"

// The classes of ASCII characters. Other bytes are in none.
const (
	nameStart = 1 << iota // may start a name; the colon is not among them
	nameChar              // may go on in a name; the colon is not among them
	space                 // production S
)

var class = func() (t [256]uint8) {
	for c := range utf8.RuneSelf {
		switch {
		case 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', c == '_':
			t[c] = nameStart | nameChar
		case '0' <= c && c <= '9', c == '-', c == '.':
			t[c] = nameChar
		case c == ' ', c == '\t', c == '\n', c == '\r':
			t[c] = space
		}
	}
	return t
}()

func isSpace(c byte) bool { return class[c]&space != 0 }

// isNameStart is production [4] NameStartChar without the colon.
func isNameStart(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 0 && class[r]&nameStart != 0
	}
	switch {
	case r < 0xC0, r == 0xD7, r == 0xF7, 0x300 <= r && r < 0x370, r == 0x37E:
		return false
	case r < 0x2000:
		return true
	}
	return r == 0x200C || r == 0x200D || 0x2070 <= r && r <= 0x218F || 0x2C00 <= r && r <= 0x2FEF ||
		0x3001 <= r && r <= 0xD7FF || 0xF900 <= r && r <= 0xFDCF || 0xFDF0 <= r && r <= 0xFFFD ||
		0x10000 <= r && r <= 0xEFFFF
}

// isNameChar is production [4a] NameChar without the colon.
func isNameChar(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 0 && class[r]&nameChar != 0
	}
	return isNameStart(r) || r == 0xB7 || 0x300 <= r && r <= 0x36F || r == 0x203F || r == 0x2040
}

// isChar is production [2] Char.
func isChar(r rune) bool {
	switch {
	case r < 0x20:
		return r == '\t' || r == '\n' || r == '\r'
	case r < 0xD800:
		return true
	}
	return 0xE000 <= r && r <= 0xFFFD || 0x10000 <= r && r <= 0x10FFFF
}
