package wire_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"wireproof/codec/wire"
)

var lineEnd = regexp.MustCompile("\r\n|\n|\r")

// checkPosition compares with a split of all that stands before the offset. An
// offset between CR and LF is still on the line that they end.
func checkPosition(t testing.TB, src string, offset int) {
	t.Helper()
	in := min(max(offset, 0), len(src))
	head := src[:in]
	if strings.HasSuffix(head, "\r") && strings.HasPrefix(src[in:], "\n") {
		head = head[:in-1] + "x"
	}
	lines := lineEnd.Split(head, -1)
	wantLine, wantColumn := len(lines), len(lines[len(lines)-1])+1
	if line, column := wire.LineColumn(src, offset); line != wantLine || column != wantColumn {
		t.Errorf("LineColumn(%q, %d) = %d, %d; want %d, %d", src, offset, line, column, wantLine, wantColumn)
	}
	lines = strings.Split(wire.Caret(src, offset), "\n")
	if len(lines) != 3 || lines[0] != fmt.Sprintf("line %d, column %d (offset %d)", wantLine, wantColumn, in) {
		t.Fatalf("Caret(%q, %d) = %q", src, offset, lines)
	}
	shown, caret := []rune(lines[1]), lines[2]
	at := len(caret) - 1
	if strings.TrimLeft(caret, " ") != "^" || at > len(shown) || len(shown) > 200 {
		t.Fatalf("Caret(%q, %d) = %q", src, offset, lines)
	}
	for _, r := range shown {
		if r < ' ' || r == 0x7f || r == utf8.RuneError {
			t.Errorf("Caret(%q, %d) shows %U", src, offset, r)
		}
	}
	if in < len(src) && src[in] > ' ' && src[in] < 0x7f && shown[at] != rune(src[in]) {
		t.Errorf("Caret(%q, %d) points at %q", src, offset, shown[at])
	}
}

func TestLineColumn(t *testing.T) {
	for _, src := range []string{
		"", "a", "\n", "\r", "\r\n", "\n\r", "a\nb\rc\r\nd", "\r\r\n\n", "é\n€\r\n😀x", strings.Repeat("long ", 100) + "\n" + strings.Repeat("é", 200), "\x1b[31m\x00\t\u202e\u2028x", "a\xff\xfeb\xe2\x82", strings.Repeat("\x80", 100),
	} {
		for offset := -2; offset <= len(src)+2; offset++ {
			checkPosition(t, src, offset)
		}
	}
}

func TestCaret(t *testing.T) {
	long := strings.Repeat("x", 100) + "<" + strings.Repeat("y", 100)
	for _, row := range []struct {
		src, at, want, reason string
	}{
		{"", "", "line 1, column 1 (offset 0)\n  \n  ^", "an empty document"},
		{"<a>\n  <b></a>\n", "<a>\n  <b>", "line 2, column 6 (offset 9)\n    <b></a>\n       ^", "the line alone"},
		{"<a>\r\n<b>", "<a>\r\n", "line 2, column 1 (offset 5)\n  <b>\n  ^", "CR LF is one line end"},
		{"é€x", "é€", "line 1, column 6 (offset 5)\n  é€x\n    ^", "the caret counts characters, the column bytes"},
		{"\t\x1b[1mx", "\t\x1b[1m", "line 1, column 6 (offset 5)\n  ..[1mx\n       ^", "nothing that a terminal obeys"},
		{"a\u202eb", "a\u202e", "line 1, column 5 (offset 4)\n  a.b\n    ^", "nothing that turns the direction of the line"},
		{"a\u2066b\u2069", "a\u2066", "line 1, column 5 (offset 4)\n  a.b.\n    ^", "nor anything that isolates it"},
		{"\xff<", "\xff", "line 1, column 2 (offset 1)\n  .<\n   ^", "invalid UTF-8 is one dot"},
		{"ab", "ab", "line 1, column 3 (offset 2)\n  ab\n    ^", "the end"},
		{long, long[:100], "line 1, column 101 (offset 100)\n  ..." + strings.Repeat("x", 36) + "<" + strings.Repeat("y", 35) + "...\n  " + strings.Repeat(" ", 39) + "^", "a long line is cut on both sides"},
	} {
		if got := wire.Caret(row.src, len(row.at)); got != row.want || !strings.HasPrefix(row.src, row.at) {
			t.Errorf("Caret(%q, %d):\n%s\nwant\n%s\n%s", row.src, len(row.at), got, row.want, row.reason)
		}
	}
}

func ExampleCaret() {
	doc := "<List>\n  <Item>A & B</Item>\n</List>"
	fmt.Println(wire.Caret(doc, strings.Index(doc, "&")))
	// Output:
	// line 2, column 11 (offset 17)
	//     <Item>A & B</Item>
	//             ^
}
