package wire_test

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"wireproof/codec/wire"
)

func TestUnescape(t *testing.T) {
	for _, row := range []struct {
		s, path, form string
		bad           int
		reason        string
	}{
		{"", "", "", -1, "nothing"},
		{"plain-text_1.~", "plain-text_1.~", "plain-text_1.~", -1, "nothing to replace"},
		{"a%20b", "a b", "a b", -1, "an escape"},
		{"a+b", "a+b", "a b", -1, "a plus is a space in a form alone"},
		{"a%2Bb", "a+b", "a+b", -1, "an escaped plus is a plus"},
		{"%2f%2F", "//", "//", -1, "either case"},
		{"%41%42", "AB", "AB", -1, "what need not be escaped"},
		{"%25%32%35", "%25", "%25", -1, "replaced once"},
		{"%E2%82%AC", "€", "€", -1, "UTF-8"},
		{"%00%FF", "\x00\xff", "\x00\xff", -1, "any byte"},
		{"%", "%", "%", 0, "WHATWG percent-decode: a sign alone stays"},
		{"%4", "%4", "%4", 0, "one digit"},
		{"%4g", "%4g", "%4g", 0, "no digit"},
		{"%g4", "%g4", "%g4", 0, "no digit first"},
		{"%%41", "%A", "%A", 0, "the second sign is an escape"},
		{"%4%41", "%4A", "%4A", 0, "an escape behind a broken one"},
		{"a%41%zz%yy", "aA%zz%yy", "aA%zz%yy", 4, "the first of two"},
		{"+%", "+%", " %", 1, "behind a plus"},
		{"%u0041", "%u0041", "%u0041", 0, "no such escape"},
		{"é%é", "é%é", "é%é", 2, "bytes, not characters"},
		{"%:0%/0%@0%G0%`0%g0", "%:0%/0%@0%G0%`0%g0", "%:0%/0%@0%G0%`0%g0", 0, "the neighbours of the digits"},
	} {
		var a wire.Arena
		if text, bad := wire.Unescape(row.s, &a); text != row.path || bad != row.bad {
			t.Errorf("Unescape(%q) = %q, %d; want %q, %d; %s", row.s, text, bad, row.path, row.bad, row.reason)
		}
		if text, bad := wire.UnescapeForm(row.s, &a); text != row.form || bad != row.bad {
			t.Errorf("UnescapeForm(%q) = %q, %d; want %q, %d; %s", row.s, text, bad, row.form, row.bad, row.reason)
		}
		checkUnescape(t, row.s)
	}
}

var escape = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

// checkUnescape compares with a replacement by regular expression, which is
// WHATWG's percent-decode, and where there is no bad escape with net/url.
func checkUnescape(t testing.TB, s string) {
	t.Helper()
	decode := func(s string) string {
		return escape.ReplaceAllStringFunc(s, func(e string) string {
			c, _ := strconv.ParseUint(e[1:], 16, 8)
			return string([]byte{byte(c)})
		})
	}
	wantBad := strings.IndexByte(escape.ReplaceAllString(s, "   "), '%')
	var a wire.Arena
	path, bad := wire.Unescape(s, &a)
	form, bad2 := wire.UnescapeForm(s, &a)
	if want := decode(s); path != want || bad != wantBad {
		t.Errorf("Unescape(%q) = %q, %d; want %q, %d", s, path, bad, want, wantBad)
	}
	if want := decode(strings.ReplaceAll(s, "+", " ")); form != want || bad2 != wantBad {
		t.Errorf("UnescapeForm(%q) = %q, %d; want %q, %d", s, form, bad2, want, wantBad)
	}
	goPath, err := url.PathUnescape(s)
	goForm, err2 := url.QueryUnescape(s)
	if (err == nil) != (bad < 0) || (err2 == nil) != (bad < 0) || bad < 0 && (goPath != path || goForm != form) {
		t.Errorf("net/url reads %q as %q, %v and %q, %v", s, goPath, err, goForm, err2)
	}
	escaped := wire.AppendEscaped([]byte("x"), s)[1:]
	if want := strings.ReplaceAll(url.QueryEscape(s), "+", "%20"); string(escaped) != want {
		t.Errorf("AppendEscaped(%q) = %q, net/url %q", s, escaped, want)
	}
	if back, bad := wire.Unescape(string(escaped), &a); back != s || bad >= 0 {
		t.Errorf("%q escaped and unescaped is %q", s, back)
	}
}

func TestUnescapeAsNetURL(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for range rounds(50_000) {
		s := make([]byte, r.IntN(20))
		for i := range s {
			s[i] = "%%%%0129aAfFgG+ /\xc3\xa9"[r.IntN(19)]
		}
		checkUnescape(t, string(s))
	}
}

func TestIsUnreserved(t *testing.T) {
	const all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~" // RFC 3986 section 2.3
	for c := range 256 {
		if got := wire.IsUnreserved(byte(c)); got != (strings.IndexByte(all, byte(c)) >= 0) {
			t.Errorf("IsUnreserved(%q) = %v", byte(c), got)
		}
	}
}

// TestUnescapeAliases: text without escapes costs nothing.
func TestUnescapeAliases(t *testing.T) {
	var a wire.Arena
	if n := testing.AllocsPerRun(100, func() { wire.Unescape("abc+def", &a) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	long := strings.Repeat("%41", 100)
	if n := testing.AllocsPerRun(1000, func() { wire.UnescapeForm(long, &a) }); n != 0 { // one chunk for hundreds of values
		t.Errorf("%v allocations", n)
	}
}

func ExampleUnescapeForm() {
	var a wire.Arena
	fmt.Println(wire.UnescapeForm("db.m1.small+%26+more", &a))
	fmt.Println(wire.UnescapeForm("100%", &a))
	// Output:
	// db.m1.small & more -1
	// 100% 3
}

func ExampleAppendEscaped() {
	fmt.Printf("%s\n", wire.AppendEscaped(nil, "arn:aws:rds:us-east-1:123456789012:ri:a b"))
	// Output: arn%3Aaws%3Ards%3Aus-east-1%3A123456789012%3Ari%3Aa%20b
}
