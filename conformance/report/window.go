package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"wireproof/codec/wire"
)

// window is a line of raw bytes around an offset, for people:
//
//	9|   <ReservedDBInstances>
//	 |   ^ byte 271
//
// The line is cut on both sides to fit into width columns. [wire.Caret] is the same
// for one document without a gutter; here control characters are escaped, since the
// framing is what can be wrong.
func window(raw string, offset, width int, label string) []string {
	offset = min(max(offset, 0), len(raw))
	line, _ := wire.LineColumn(raw, offset)
	start, end := lineAround(raw, offset)
	gutter := fmt.Sprintf("%d| ", line)
	room := max(width-len(gutter)-8, 20)
	// Two thirds of the room for the byte and what follows, the rest for what is
	// before it; what one side does not need, the other has.
	text, _ := lead(raw[offset:end], room*2/3)
	head, from := tail(raw[start:offset], room-columns(text))
	before := ""
	if from > 0 {
		before = "... "
	}
	text, shown := lead(raw[offset:end], room-columns(head))
	after := ""
	if offset+shown < end {
		after = " ..."
	}
	blank := strings.Repeat(" ", len(gutter)-2) + "| "
	return []string{
		gutter + before + head + text + after,
		blank + strings.Repeat(" ", len(before)+columns(head)) + "^ " + label,
	}
}

// lineAround finds the line that an offset is in, its end included as far as it is
// no line feed. A CR belongs to the line, so that it is seen.
func lineAround(raw string, offset int) (start, end int) {
	_, column := wire.LineColumn(raw, offset)
	start = offset - (column - 1)
	end = len(raw)
	if i := strings.IndexByte(raw[offset:], '\n'); i >= 0 {
		end = offset + i
		if raw[offset] == '\n' { // the line feed itself is what it is about
			end = offset + 1
		} else if end > offset && raw[end-1] == '\r' && end-1 > offset {
			end--
		}
	}
	return start, end
}

// lead renders the beginning of s in at most width columns and says how many bytes
// that is.
func lead(s string, width int) (text string, n int) {
	var b strings.Builder
	used := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		g := glyph(s[n:n+size], r)
		if used += columns(g); used > width && n > 0 {
			break
		}
		b.WriteString(g)
		n += size
	}
	return b.String(), n
}

// tail renders the end of s in at most width columns and says where it starts.
func tail(s string, width int) (text string, from int) {
	from = len(s)
	used := 0
	var glyphs []string
	for from > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:from])
		g := glyph(s[from-size:from], r)
		if used += columns(g); used > width {
			break
		}
		glyphs = append(glyphs, g)
		from -= size
	}
	var b strings.Builder
	for i := len(glyphs) - 1; i >= 0; i-- {
		b.WriteString(glyphs[i])
	}
	return b.String(), from
}
