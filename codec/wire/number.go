package wire

import (
	"bytes"
	"math"
	"strconv"
)

// ParseInt reads a plain decimal integer: an optional minus sign and digits,
// without leading zeros, "-0" or white space, in 64 bits. ok is false for
// anything else, even where [strconv.ParseInt] would read it.
func ParseInt(s string) (v int64, ok bool) {
	digits := s
	if len(s) > 0 && s[0] == '-' {
		digits = s[1:]
	}
	if len(digits) == 0 || len(digits) > 18 || digits[0] == '0' && len(s) > 1 {
		return parseLongInt(s)
	}
	for i := 0; i < len(digits); i++ {
		c := digits[i] - '0'
		if c > 9 {
			return 0, false
		}
		v = v*10 + int64(c)
	}
	if len(digits) != len(s) {
		v = -v
	}
	return v, true
}

// parseLongInt is ParseInt for what may not fit: 19 digits and more.
func parseLongInt(s string) (int64, bool) {
	if len(s) < 19 || s[0] == '0' || s[0] == '+' || s[0] == '-' && s[1] == '0' {
		return 0, false
	}
	v, err := strconv.ParseInt(s, 10, 64)
	return v, err == nil
}

// InInt32 reports whether v fits the models' integer, which has 32 bits.
func InInt32(v int64) bool { return math.MinInt32 <= v && v <= math.MaxInt32 }

// pow10 holds the powers of ten that a float64 holds exactly.
var pow10 = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10,
	1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// ParseDecimal reads digits with a fraction, such as 123.0 or -0.123, exactly:
// the form in which the service writes a double. ok is false for any other
// form: no fraction, no digit before the point, an exponent, a plus sign, NaN.
// Use [ParseDouble] for those.
func ParseDecimal(s string) (v float64, ok bool) {
	i, neg := 0, false
	if len(s) > 0 && s[0] == '-' {
		i, neg = 1, true
	}
	var mant uint64
	first := i
	for i < len(s) && s[i]-'0' <= 9 {
		mant = mant*10 + uint64(s[i]-'0')
		i++
	}
	point := i
	if point == first || point == len(s) || s[point] != '.' {
		return 0, false
	}
	for i++; i < len(s) && s[i]-'0' <= 9; i++ {
		mant = mant*10 + uint64(s[i]-'0')
	}
	frac := i - point - 1
	if i != len(s) || frac == 0 {
		return 0, false
	}
	if len(s) > 16 { // the mantissa may pass 2^53: leave rounding to strconv
		v, err := strconv.ParseFloat(s, 64)
		return v, err == nil
	}
	// Both operands are exact, so one division rounds once (Clinger 1990).
	v = float64(mant) / pow10[frac]
	if neg {
		v = -v
	}
	return v, true
}

// ParseDouble reads a double in any form that Smithy's protocols or a measured
// client takes: with or without fraction and exponent, NaN, Infinity,
// -Infinity. It does not take white space, hexadecimal or underscores. A number
// past the range of a double becomes an infinity.
func ParseDouble(s string) (v float64, ok bool) {
	switch s {
	case "NaN":
		return math.NaN(), true
	case "Infinity":
		return math.Inf(1), true
	case "-Infinity":
		return math.Inf(-1), true
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case '0' <= c && c <= '9', c == '.', c == 'e', c == 'E', c == '+', c == '-':
		default:
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(v, 0) {
		return 0, false
	}
	return v, true
}

// AppendDouble appends v as the service writes a double: the shortest digits
// that read back as v, always with a fraction (123.0), and NaN, Infinity,
// -Infinity. Outside 1e-7 to 1e15 it takes an exponent (1.0E21).
// Smithy awsQuery, "Float and Double"; the documented samples.
func AppendDouble(dst []byte, v float64) []byte {
	if price, ok := appendPrice(dst, v); ok {
		return price
	}
	switch {
	case math.IsNaN(v):
		return append(dst, "NaN"...)
	case math.IsInf(v, 1):
		return append(dst, "Infinity"...)
	case math.IsInf(v, -1):
		return append(dst, "-Infinity"...)
	}
	if m := math.Abs(v); m >= 1e15 || m < 1e-7 && m > 0 {
		return appendExponent(dst, v)
	}
	n := len(dst)
	dst = strconv.AppendFloat(dst, v, 'f', -1, 64)
	if bytes.IndexByte(dst[n:], '.') < 0 {
		dst = append(dst, ".0"...)
	}
	return dst
}

// appendPrice writes a number with at most four digits behind the point, as
// prices have, without strconv's search for the shortest form. ok is false for
// any other.
func appendPrice(dst []byte, v float64) (text []byte, ok bool) {
	const scale = 1e4
	n := v * scale
	if n != math.Trunc(n) || math.Abs(n) >= 1e15 || n/scale != v || v == 0 {
		return dst, false
	}
	if n < 0 {
		dst, n = append(dst, '-'), -n
	}
	whole, frac := uint64(n)/scale, uint64(n)%scale
	if whole < 10 {
		dst = append(dst, byte('0'+whole), '.', byte('0'+frac/1000))
	} else {
		dst = append(strconv.AppendUint(dst, whole, 10), '.', byte('0'+frac/1000))
	}
	for frac = frac % 1000 * 10; frac != 0; frac = frac % 1000 * 10 {
		dst = append(dst, byte('0'+frac/1000))
	}
	return dst, true
}

// appendExponent writes 1.0E21 where strconv writes 1e+21.
func appendExponent(dst []byte, v float64) []byte {
	var buf [32]byte
	text := strconv.AppendFloat(buf[:0], v, 'E', -1, 64)
	point := false
	for i, c := range text {
		switch {
		case c == '.':
			point = true
		case c == 'E' && !point:
			dst = append(dst, ".0"...)
		case c == '+', c == '0' && (text[i-1] == '+' || text[i-1] == '-') && i > 1:
			continue
		}
		dst = append(dst, c)
	}
	return dst
}
