package wire_test

import (
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"wireproof/codec/wire"
)

// rounds is how many random values are tried: a tenth with -short.
func rounds(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}

// The forms in the words of regular expressions; the values are strconv's.
var (
	intForm     = regexp.MustCompile(`^(0|-?[1-9][0-9]*)$`)
	decimalForm = regexp.MustCompile(`^-?[0-9]+\.[0-9]+$`)
	doubleForm  = regexp.MustCompile(`^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$`)
)

func checkInt(t testing.TB, s string) {
	t.Helper()
	want, err := strconv.ParseInt(s, 10, 64)
	ok := intForm.MatchString(s) && err == nil
	got, gotOK := wire.ParseInt(s)
	if gotOK != ok || ok && got != want {
		t.Errorf("ParseInt(%q) = %d, %v; want %d, %v", s, got, gotOK, want, ok)
	}
}

func same(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b }

func checkDouble(t testing.TB, s string) {
	t.Helper()
	want, err := strconv.ParseFloat(s, 64)
	inRange := err == nil || math.IsInf(want, 0) && err.(*strconv.NumError).Err == strconv.ErrRange
	ok := doubleForm.MatchString(s) && inRange || s == "NaN" || s == "Infinity" || s == "-Infinity"
	got, gotOK := wire.ParseDouble(s)
	if gotOK != ok || ok && !same(got, want) {
		t.Errorf("ParseDouble(%q) = %v, %v; want %v, %v", s, got, gotOK, want, ok)
	}
	ok = decimalForm.MatchString(s) && err == nil
	got, gotOK = wire.ParseDecimal(s)
	if gotOK != ok || ok && !same(got, want) {
		t.Errorf("ParseDecimal(%q) = %v, %v; want %v, %v", s, got, gotOK, want, ok)
	}
}

func TestParseInt(t *testing.T) {
	for _, row := range []struct {
		s      string
		v      int64
		ok     bool
		reason string
	}{
		{"0", 0, true, "the shortest"},
		{"-1", -1, true, "a sign"},
		{"31536000", 31536000, true, "a year in seconds, as in the samples"},
		{"2147483648", 1 << 31, true, "past 32 bits is a matter of range, not of form"},
		{"999999999999999999", 999999999999999999, true, "18 digits, the last without strconv"},
		{"1000000000000000000", 1000000000000000000, true, "19 digits, the first with strconv"},
		{"9223372036854775807", math.MaxInt64, true, "the largest"},
		{"9223372036854775808", 0, false, "past the largest"},
		{"-9223372036854775808", math.MinInt64, true, "the smallest"},
		{"-9223372036854775809", 0, false, "past the smallest"},
		{"18446744073709551617", 0, false, "no wrapping round to 1"},
		{"", 0, false, "nothing"}, {"-", 0, false, "a sign alone"}, {"+5", 0, false, "a plus"}, {"--5", 0, false, "two signs"},
		{"005", 0, false, "leading zeros"}, {"00", 0, false, "a zero too many"}, {"-0", 0, false, "no negative zero"}, {"-05", 0, false, "both"},
		{"0000000000000000000", 0, false, "19 zeros"}, {"-0000000000000000005", 0, false, "a long leading zero"}, {"+1000000000000000000", 0, false, "a long plus"},
		{" 5", 0, false, "white space before"}, {"5 ", 0, false, "white space behind"}, {"5\n", 0, false, "a line end"},
		{"5.0", 0, false, "a fraction"}, {"5e0", 0, false, "an exponent"}, {"0x5", 0, false, "hexadecimal"}, {"5_0", 0, false, "an underscore"},
		{"1_000_000_000_000_000_000", 0, false, "a long underscore"}, {"٥", 0, false, "a digit, but not of ASCII"}, {"5\x00", 0, false, "a NUL"},
		{"1/2", 0, false, "the byte before '0'"}, {"1:2", 0, false, "the byte behind '9'"},
	} {
		if v, ok := wire.ParseInt(row.s); v != row.v && row.ok || ok != row.ok {
			t.Errorf("ParseInt(%q) = %d, %v; want %d, %v; %s", row.s, v, ok, row.v, row.ok, row.reason)
		}
		checkInt(t, row.s)
	}
}

func TestParseIntAsStrconv(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range rounds(300_000) {
		v := int64(r.Uint64()) >> r.UintN(64)
		s := strconv.FormatInt(v, 10)
		checkInt(t, s)
		i := r.IntN(len(s) + 1)
		checkInt(t, s[:i]+string("0123456789+-. e_"[r.IntN(16)])+s[i:])
	}
}

func TestInInt32(t *testing.T) {
	for v, want := range map[int64]bool{0: true, math.MaxInt32: true, math.MaxInt32 + 1: false, math.MinInt32: true, math.MinInt32 - 1: false, math.MaxInt64: false} {
		if wire.InInt32(v) != want {
			t.Errorf("InInt32(%d) = %v", v, !want)
		}
	}
}

func TestParseDouble(t *testing.T) {
	for _, s := range []string{
		"123.0", "0.123", "-0.0", "0.0", "00.5", "1.", ".5", ".", "-", "", "+1.5", "-.5", "1.5.", "1..5", "-1.5-", "1e5", "1E-5", "1e", "e5", "1.0E21", "1e+400", "-1e400", "1e-400",
		"NaN", "nan", "-NaN", "Infinity", "-Infinity", "+Infinity", "INF", "inf", "infinity", "0x1p4", "1_0.5", " 1.5", "1.5 ", "1,5", "٥.٥", "1.5\x00",
		"9007199254740993.0", "90071992547409.93", "999999999999999.9", "99999999999999.9", "0.00000000000001", "0.000000000000001", "123456789012345678901234567890.5",
		"0.1", "0.3", "4503599627370497.5", "9.95", "8.41", "-8.41", "1.7976931348623157e308", "4.9e-324", strings.Repeat("9", 400) + ".0", "0." + strings.Repeat("0", 400) + "1",
		"1/0", "1:0", "1.:", "1./",
	} {
		checkDouble(t, s)
	}
}

func TestParseDecimalAsStrconv(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range rounds(400_000) {
		s := strconv.FormatUint(r.Uint64N(1e18)>>r.UintN(60), 10)
		if i := r.IntN(len(s) + 1); r.IntN(16) != 0 {
			s = s[:i] + "." + s[i:]
		}
		if r.IntN(3) == 0 {
			s = "-" + s
		}
		checkDouble(t, s)
	}
}

// slowDouble is what AppendDouble writes, made from strconv's text.
func slowDouble(v float64) string {
	switch {
	case v != v:
		return "NaN"
	case v > math.MaxFloat64:
		return "Infinity"
	case v < -math.MaxFloat64:
		return "-Infinity"
	}
	if m := math.Abs(v); m != 0 && (m >= 1e15 || m < 1e-7) {
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'E', -1, 64), "E")
		if !strings.Contains(mantissa, ".") {
			mantissa += ".0"
		}
		n, _ := strconv.Atoi(exponent)
		return mantissa + "E" + strconv.Itoa(n)
	}
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// checkAppend: the text is that of the slow twin and reads back as the value.
func checkAppend(t testing.TB, v float64) {
	t.Helper()
	text := string(wire.AppendDouble(nil, v))
	if want := slowDouble(v); text != want {
		t.Errorf("AppendDouble(%b) = %q, want %q", v, text, want)
	}
	if back, ok := wire.ParseDouble(text); !ok || !same(back, v) {
		t.Errorf("AppendDouble(%b) = %q, which reads as %b", v, text, back)
	}
}

func TestAppendDouble(t *testing.T) {
	for _, row := range []struct {
		v      float64
		want   string
		reason string
	}{
		{123, "123.0", "the documented samples"}, {0.123, "0.123", "the documented samples"}, {1.582, "1.582", "the documented samples"},
		{0, "0.0", "always a fraction"}, {math.Copysign(0, -1), "-0.0", "the sign of zero stays"}, {-1, "-1.0", "negative"},
		{8.41, "8.41", "no digits of the binary form"}, {0.30000000000000004, "0.30000000000000004", "all digits that count"},
		{1e14, "100000000000000.0", "below the limit"}, {999999999999999, "999999999999999.0", "the last without an exponent"}, {1e15, "1.0E15", "the first with an exponent"},
		{1.5e21, "1.5E21", "one fraction digit"}, {1e100, "1.0E100", "an exponent that ends in zeros"}, {1e20, "1.0E20", "a zero in the exponent"},
		{1e-7, "0.0000001", "the last without an exponent"}, {9.9e-8, "9.9E-8", "no leading zero in the exponent"}, {-1e-10, "-1.0E-10", "negative"}, {5e-324, "5.0E-324", "the smallest"},
		{math.MaxFloat64, "1.7976931348623157E308", "the largest"},
		{math.NaN(), "NaN", "Smithy awsQuery, Float and Double"}, {math.Inf(1), "Infinity", "Smithy awsQuery, Float and Double"}, {math.Inf(-1), "-Infinity", "Smithy awsQuery, Float and Double"},
	} {
		if got := string(wire.AppendDouble([]byte("x"), row.v)); got != "x"+row.want {
			t.Errorf("AppendDouble(%v) = %q, want %q; %s", row.v, got[1:], row.want, row.reason)
		}
		checkAppend(t, row.v)
	}
}

func TestAppendDoubleAsStrconv(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range rounds(300_000) {
		checkAppend(t, math.Float64frombits(r.Uint64()))
		checkAppend(t, float64(r.Int64N(1e12)-5e11)/1e4)                           // prices
		checkAppend(t, float64(r.Int64N(1e17))/math.Pow10(r.IntN(25)))             // of any size
		checkAppend(t, math.Nextafter(float64(r.Int64N(1e7))/1e4, r.ExpFloat64())) // next to prices
	}
}
