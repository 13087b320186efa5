package wire

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// LineColumn finds a byte offset in a document: the line and the column, both
// from 1, the column in bytes. Lines end with LF, CR LF or CR. An offset past
// the end counts as the end.
func LineColumn(src string, offset int) (line, column int) {
	offset = min(max(offset, 0), len(src))
	line, start := 1, 0
	for i := 0; i < offset; i++ {
		if src[i] == '\n' || src[i] == '\r' && (i+1 == len(src) || src[i+1] != '\n') {
			line, start = line+1, i+1
		}
	}
	return line, offset - start + 1
}

// caretWidth is how many bytes of a line Caret shows around the offset, so that
// a document without line breaks stays readable.
const caretWidth = 72

// Caret renders the place of a byte offset for a person: the position, the
// line, shortened where it is long, and a caret under the byte. Bytes that a
// terminal would obey are shown as dots.
//
//	line 3, column 5 (offset 21)
//	  <b></a>
//	     ^
func Caret(src string, offset int) string {
	offset = min(max(offset, 0), len(src))
	line, column := LineColumn(src, offset)
	start := offset - (column - 1)
	end := len(src)
	if i := strings.IndexAny(src[offset:], "\r\n"); i >= 0 {
		end = offset + i
	}
	from, to := start, end
	var before, after string
	if offset-from > caretWidth/2 {
		from, before = offset-caretWidth/2, "..."
	}
	if to-offset > caretWidth/2 {
		to, after = offset+caretWidth/2, "..."
	}
	for from > start && from < offset && !utf8.RuneStart(src[from]) {
		from++
	}
	head := printable(src[from:offset])
	var b strings.Builder
	fmt.Fprintf(&b, "line %d, column %d (offset %d)\n", line, column, offset)
	fmt.Fprintf(&b, "  %s%s%s%s\n", before, head, printable(src[offset:to]), after)
	b.WriteString("  " + strings.Repeat(" ", len(before)+utf8.RuneCountInString(head)) + "^")
	return b.String()
}

// printable keeps one column for each character.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, r < ' ', r >= 0x7f && r < 0xa0, r >= 0x2028 && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return '.'
		}
		return r
	}, strings.ToValidUTF8(s, "."))
}
