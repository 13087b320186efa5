package report

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWindow(t *testing.T) {
	long := strings.Repeat("a", 50000) + "X" + strings.Repeat("b", 40000)
	for _, row := range []struct {
		reason, raw string
		at          string // what is before the byte
		width       int
		want        []string
	}{
		{"the first byte", "abc\r\ndef", "", 40, []string{"1| abc", " | ^ x"}},
		{"another line", "abc\r\ndef\r\nghi", "abc\r\nd", 40, []string{"2| def", " |  ^ x"}},
		{"the end", "abc\ndef", "abc\ndef", 40, []string{"2| def", " |    ^ x"}},
		{"the end of a line, CR LF", "abc\r\ndef", "abc", 40, []string{`1| abc\r`, " |    ^ x"}},
		{"the end of a line, LF", "abc\ndef", "abc", 40, []string{`1| abc\n`, " |    ^ x"}},
		{"an empty line", "\n\n", "\n", 40, []string{`2| \n`, " | ^ x"}},
		{"nothing", "", "", 40, []string{"1| ", " | ^ x"}},
		{"control characters are wider", "\x00\x1b[1m\tx", "\x00\x1b[1m\t", 40, []string{`1| \x00\x1b[1m\tx`, " |              ^ x"}},
		{"so are bytes that are no text", "a\xff\xfeb", "a\xff", 40, []string{`1| a\xff\xfeb`, " |      ^ x"}},
		{"wide and combining characters", "\u6771e\u0301b", "\u6771e\u0301", 40, []string{"1| \u6771e\u0301b", " |    ^ x"}},
		{"a long line is cut on both sides", long, long[:50000], 60, []string{
			"1| ... " + strings.Repeat("a", 17) + "X" + strings.Repeat("b", 31) + " ...", " | " + strings.Repeat(" ", 21) + "^ x"}},
		{"a line that fits is not cut", "<a><b><c><d><e><f><g><h></i>", "<a><b><c><d><e><f><g><h>", 60, []string{
			"1| <a><b><c><d><e><f><g><h></i>", " | " + strings.Repeat(" ", 24) + "^ x"}},
		{"the beginning of a long line", long, "", 30, []string{"1| " + strings.Repeat("a", 20) + " ...", " | ^ x"}},
	} {
		if !strings.HasPrefix(row.raw, row.at) {
			t.Fatalf("%s: %q does not begin with %q", row.reason, row.raw, row.at)
		}
		got := window(row.raw, len(row.at), row.width, "x")
		if strings.Join(got, "\n") != strings.Join(row.want, "\n") {
			t.Errorf("%s:\n%s\nwant\n%s", row.reason, strings.Join(got, "\n"), strings.Join(row.want, "\n"))
		}
	}
}

// Whatever the bytes are, the caret is under the byte, nothing that a terminal obeys
// is printed, and the line is no longer than was asked for.
func FuzzWindow(f *testing.F) {
	f.Add("abc\r\ndef", 4, 40)
	f.Add("\xff\x00\u6771\n", 1, 30)
	f.Fuzz(func(t *testing.T, raw string, offset, width int) {
		width = min(max(width, 30), 200)
		got := window(raw, offset, width, "x")
		offset = min(max(offset, 0), len(raw))
		if len(got) != 2 {
			t.Fatal(len(got))
		}
		for _, line := range got {
			if !utf8.ValidString(line) || plain(line) != line {
				t.Errorf("%q", line)
			}
		}
		if columns(got[0]) > width+8 { // a gutter of a long number, a last wide character
			t.Errorf("%d columns of %d: %q", columns(got[0]), width, got[0])
		}
		// What stands over the caret is how the byte is printed.
		before := columns(strings.TrimSuffix(got[1], "^ x"))
		rest := got[0]
		for columns(got[0][:len(got[0])-len(rest)]) < before && rest != "" {
			_, n := utf8.DecodeRuneInString(rest)
			rest = rest[n:]
		}
		rest = strings.TrimLeftFunc(rest, func(r rune) bool { return columns(string(r)) == 0 }) // on the character before
		r, n := utf8.DecodeRuneInString(raw[offset:])
		if offset < len(raw) && columns(string(r)) > 0 && !strings.HasPrefix(rest, glyph(raw[offset:offset+n], r)) && r >= ' ' && r < 0x7f {
			t.Errorf("over the caret is %q, want %q", rest, raw[offset:offset+n])
		}
	})
}

func TestQuote(t *testing.T) {
	for _, row := range []struct{ in, want string }{
		{"", "''"}, {"a", "a"}, {"a b", "'a b'"}, {"it's", `'it'\''s'`}, {"$HOME", "'$HOME'"}, {"~", "'~'"}, {"a*", "'a*'"}, {"http://a:1/b", "http://a:1/b"},
	} {
		if got := quote(row.in); got != row.want {
			t.Errorf("quote(%q) = %s, want %s", row.in, got, row.want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, row := range []struct {
		in    string
		width int
		want  string
	}{
		{"", 10, ""}, {"a b", 10, "a b"}, {"aaa bbb", 7, "aaa bbb"}, {"aaa bbb", 6, "aaa|bbb"}, {"aaaaaaaaaaaa b", 5, "aaaaaaaaaaaa|b"}, {"\u6771\u4eac b", 5, "\u6771\u4eac|b"},
	} {
		if got := strings.Join(wrap(row.in, row.width), "|"); got != row.want {
			t.Errorf("wrap(%q, %d) = %q, want %q", row.in, row.width, got, row.want)
		}
	}
}
