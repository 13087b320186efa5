package jsonwire

import (
	"math/bits"
	"strings"

	"wireproof/codec/wire"
)

// The functions of this file are the terminals of RFC 8259's grammar. Each
// takes a text and the offset where the production starts, and returns the
// offset behind it. If the text does not follow the production, err is the
// sentinel and the offset that of the first byte that cannot be right.

// skipSpace: ws = *( %x20 / %x09 / %x0A / %x0D ). Section 2.
func skipSpace(s string, i int) int {
	for i < len(s) && s[i] <= ' ' && (s[i] == ' ' || s[i] == '\n' || s[i] == '\r' || s[i] == '\t') {
		i++
	}
	return i
}

// special marks the bytes of x that end a run of plain characters in a string,
// the lowest of them exactly: the quotation mark, the backslash and the control
// characters. Exchanging 0x20 with 0x22 puts the quotation mark next to the
// control characters, so that one comparison finds both.
func special(x uint64) uint64 { return suspects(x) &^ x & wire.Spread(0x80) }

// suspects is special before bytes of 0x80 and more are ruled out: the high bit
// of each byte, of which nothing else counts.
func suspects(x uint64) uint64 {
	control := (x ^ wire.Spread(0x02)) - wire.Spread(0x21)
	backslash := (x ^ wire.Spread('\\')) - wire.Spread(0x01)
	return control | backslash
}

// plainRun returns the offset of the first byte of s from i on that is special,
// or len(s).
func plainRun(s string, i int) int {
	for ; i+8 <= len(s); i += 8 {
		if m := special(wire.Load8(s[i:])); m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
	}
	for i < len(s) && s[i] != '"' && s[i] != '\\' && s[i] >= ' ' {
		i++
	}
	return i
}

// scanString: string = %x22 *char %x22. Section 7. i is the offset of the
// opening quotation mark; escaped tells whether there is a backslash.
func scanString(s string, i int) (end int, escaped bool, err error) {
	for i++; ; {
		i = plainRun(s, i)
		switch {
		case i == len(s):
			return i, escaped, wire.ErrTruncated
		case s[i] == '"':
			return i + 1, escaped, nil
		case s[i] != '\\':
			return i, escaped, ErrString
		}
		escaped = true
		n, err := scanEscape(s, i)
		if err != nil {
			return n, escaped, err
		}
		i = n
	}
}

// scanEscape: an escape sequence. Section 7. i is the offset of the backslash.
func scanEscape(s string, i int) (int, error) {
	if i+1 == len(s) {
		return i + 1, wire.ErrTruncated
	}
	switch s[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 2, nil
	case 'u':
		for j := i + 2; j < i+6; j++ {
			if j == len(s) {
				return j, wire.ErrTruncated
			}
			if _, ok := hexDigit(s[j]); !ok {
				return i, ErrEscape
			}
		}
		return i + 6, nil
	}
	return i, ErrEscape
}

// scanNumber: number = [ minus ] int [ frac ] [ exp ]. Section 6. i is the
// offset of the minus sign or the first digit.
func scanNumber(s string, i int) (int, error) {
	if s[i] == '-' {
		i++
	}
	first := i
	i, err := scanDigits(s, i)
	if err != nil {
		return i, err
	}
	if s[first] == '0' && i > first+1 {
		return first + 1, ErrNumber
	}
	if i < len(s) && s[i] == '.' {
		if i, err = scanDigits(s, i+1); err != nil {
			return i, err
		}
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		return scanDigits(s, i)
	}
	return i, nil
}

// scanDigits: 1*DIGIT.
func scanDigits(s string, i int) (int, error) {
	first := i
	for i < len(s) && s[i]-'0' <= 9 {
		i++
	}
	switch {
	case i > first:
		return i, nil
	case i == len(s):
		return i, wire.ErrTruncated
	}
	return i, ErrNumber
}

// scanLiteral: true, false or null, whichever literal is. Section 3.
func scanLiteral(s string, i int, literal string) (int, error) {
	if strings.HasPrefix(s[i:], literal) {
		return i + len(literal), nil
	}
	for j := 0; i < len(s); i, j = i+1, j+1 {
		if s[i] != literal[j] {
			return i, ErrLiteral
		}
	}
	return i, wire.ErrTruncated
}

func hexDigit(c byte) (v rune, ok bool) {
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
