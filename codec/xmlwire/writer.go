package xmlwire

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"wireproof/codec/wire"
)

// MaxNesting is how deep a [Writer] nests elements. Our messages nest six deep;
// the room for it is part of the Writer, so that writing allocates nothing.
const MaxNesting = 64

// Writer appends one XML document to a slice. What it writes is well-formed, or
// it has an error: a name that is none, a character that XML does not allow,
// text outside the root, elements left open. Only [Writer.Raw] can break that.
//
// The zero Writer is ready; set the fields before the first call.
type Writer struct {
	// Buf is what is appended to. It may hold anything before the document.
	Buf []byte
	// Indent puts each element on a line of its own, two spaces a level deeper
	// than its parent, as the service writes it. Text in an element without
	// elements is never touched; text beside elements gets white space around it.
	Indent bool

	err    *wire.EncodeError
	open   [MaxNesting]span // where the name of each open element stands in Buf
	depth  int
	state  writerState
	broken bool // by Raw: nothing is promised any more
	ready  bool // an element may start right here: within another, and on its line
}

type writerState uint8

const (
	beforeRoot writerState = iota
	afterStart             // behind a start tag: an end tag may follow on the line
	afterText              // behind text: no indentation before the end tag
	afterEnd               // behind an end tag
	afterRoot
)

// Finish gives the document. The error is a *[wire.EncodeError]; Buf is then not
// to be used.
func (w *Writer) Finish() ([]byte, error) {
	if w.err == nil && !w.broken && w.state != afterRoot {
		w.fail("document without a root element or with an element left open")
	}
	if w.err != nil {
		return nil, w.err
	}
	return w.Buf, nil
}

// Err gives the first error so far, or nil.
func (w *Writer) Err() error {
	if w.err == nil {
		return nil
	}
	return w.err
}

func (w *Writer) fail(what string) {
	w.ready = false
	if w.err == nil {
		w.err = &wire.EncodeError{Path: w.path(), What: what}
	}
}

// Fail makes the document an error, for a value of the element with this index
// in names that has no form on the wire.
func (w *Writer) Fail(names *Names, index int, what string) {
	w.ready = false
	if w.err == nil {
		w.err = &wire.EncodeError{Path: w.path() + "/" + names.name[index], What: what}
	}
}

// path gives the names of the open elements.
func (w *Writer) path() string {
	var b strings.Builder
	for i := range w.depth {
		b.WriteString("/" + string(w.name(i)))
	}
	return b.String()
}

// span is a place in Buf. What is written stays where it is, so the names of open
// elements need no copy.
type span struct{ start, length int32 }

// name is the name of the element that is open at a depth.
func (w *Writer) name(depth int) []byte {
	at := w.open[depth]
	return w.Buf[at.start : at.start+at.length]
}

// spaces is what one line of indentation is cut from.
var spaces = "\n" + strings.Repeat(" ", 2*MaxNesting)

// line starts a new line for a tag where Indent asks for it.
func (w *Writer) line(depth int) {
	if w.Indent && w.state != beforeRoot {
		w.Buf = append(w.Buf, spaces[:1+2*depth]...)
	}
}

// begin checks that an element may start here and starts its line.
func (w *Writer) begin() bool { return w.ready || w.beginChecked() }

// beginChecked is begin where an element may not start as things are, or starts
// on a line of its own.
func (w *Writer) beginChecked() bool {
	switch {
	case w.err != nil:
		return false
	case w.state == afterRoot:
		w.fail("second root element")
		return false
	case w.depth == MaxNesting:
		w.fail("nested deeper than MaxNesting")
		return false
	}
	w.line(w.depth)
	return true
}

// Start opens the element with this index in names.
func (w *Writer) Start(names *Names, index int) {
	if !w.begin() {
		return
	}
	w.open[w.depth] = span{int32(len(w.Buf) + 1), int32(len(names.name[index]))}
	w.depth++
	w.Buf = append(w.Buf, names.start[index]...)
	w.moved(afterStart)
}

// StartNS opens an element that declares the default namespace. It serves for
// elements that no table names, too: namespace "" declares nothing.
func (w *Writer) StartNS(name, namespace string) {
	if !w.begin() {
		return
	}
	if !isNCName(name) {
		w.fail("no element name: " + wire.Quote(name))
		return
	}
	if namespace == xmlNamespace || namespace == xmlnsNamespace {
		w.fail("reserved namespace: " + namespace)
		return
	}
	w.open[w.depth] = span{int32(len(w.Buf) + 1), int32(len(name))}
	w.depth++
	w.Buf = append(append(w.Buf, '<'), name...)
	if namespace != "" {
		w.Buf = append(w.Buf, ` xmlns="`...)
		w.escape(namespace, true)
		w.Buf = append(w.Buf, '"')
	}
	w.Buf = append(w.Buf, '>')
	w.moved(afterStart)
}

// End closes the innermost element.
func (w *Writer) End() {
	if w.err != nil {
		return
	}
	if w.depth == 0 {
		w.fail("end tag without a start tag")
		return
	}
	w.depth--
	if w.state == afterEnd {
		w.line(w.depth)
	}
	w.Buf = append(w.Buf, '<', '/')
	w.Buf = append(w.Buf, w.name(w.depth)...)
	w.Buf = append(w.Buf, '>')
	w.closed()
	w.moved(w.state)
}

// moved is called with the new state when an element was opened or closed.
func (w *Writer) moved(s writerState) {
	w.state = s
	w.ready = w.err == nil && !w.Indent && 0 < w.depth && w.depth < MaxNesting
}

func (w *Writer) closed() {
	w.state = afterEnd
	if w.depth == 0 {
		w.state = afterRoot
	}
}

// Empty writes an element without content as <Name/>.
func (w *Writer) Empty(names *Names, index int) {
	if !w.begin() {
		return
	}
	start := names.start[index]
	w.Buf = append(w.Buf, start[:len(start)-1]...)
	w.Buf = append(w.Buf, '/', '>')
	w.closed()
}

// Leaf writes an element with text; the empty text gives <Name/>.
func (w *Writer) Leaf(names *Names, index int, text string) {
	if text == "" {
		w.Empty(names, index)
		return
	}
	if !w.leafStart(names, index) {
		return
	}
	if plainText(text, 0) == len(text) {
		w.Buf = append(append(w.Buf, text...), names.end[index]...)
		w.closed()
		return
	}
	if w.escape(text, false); w.err != nil {
		w.err.Path += "/" + names.name[index]
	}
	w.leafEnd(names, index)
}

// LeafInt writes an element with a decimal integer.
func (w *Writer) LeafInt(names *Names, index int, v int64) {
	if w.leafStart(names, index) {
		w.Buf = strconv.AppendInt(w.Buf, v, 10)
		w.leafEnd(names, index)
	}
}

// LeafDouble writes an element with a double as [wire.AppendDouble] does.
func (w *Writer) LeafDouble(names *Names, index int, v float64) {
	if w.leafStart(names, index) {
		w.Buf = wire.AppendDouble(w.Buf, v)
		w.leafEnd(names, index)
	}
}

// LeafBool writes an element with true or false.
func (w *Writer) LeafBool(names *Names, index int, v bool) {
	if w.leafStart(names, index) {
		w.Buf = strconv.AppendBool(w.Buf, v)
		w.leafEnd(names, index)
	}
}

// LeafTime writes an element with a timestamp.
func (w *Writer) LeafTime(names *Names, index int, v wire.Timestamp) {
	if w.leafStart(names, index) {
		w.Buf = v.Append(w.Buf)
		w.leafEnd(names, index)
	}
}

func (w *Writer) leafStart(names *Names, index int) bool {
	if !w.begin() {
		return false
	}
	w.Buf = append(w.Buf, names.start[index]...)
	return true
}

func (w *Writer) leafEnd(names *Names, index int) {
	w.Buf = append(w.Buf, names.end[index]...)
	w.closed()
}

// Text writes text into the innermost element.
func (w *Writer) Text(text string) {
	if w.err != nil {
		return
	}
	if w.depth == 0 {
		w.fail("text outside the root element")
		return
	}
	w.escape(text, false)
	w.state = afterText
}

// Element writes an element that was kept as written, such as an unknown one.
// It has to be well-formed by itself, with the prefixes it uses declared in it.
func (w *Writer) Element(raw string) {
	if w.err != nil {
		return
	}
	var r Reader
	r.Reset(raw)
	if r.Root() {
		r.Skip()
	}
	alone := r.TagOffset() == 0 && r.Offset() == len(raw)
	if err := r.Finish(); err != nil {
		w.fail("element that is not well-formed by itself: " + err.Error())
		return
	}
	if !alone {
		w.fail("more than one element: " + wire.Quote(raw))
		return
	}
	if w.begin() {
		w.Buf = append(w.Buf, raw...)
		w.closed()
	}
}

// Raw writes bytes as they are, to make a malformed document on purpose. From
// then on the Writer promises nothing, and Finish no longer asks for a whole
// document.
func (w *Writer) Raw(text string) {
	w.broken = true
	w.Buf = append(w.Buf, text...)
	w.state = afterText
}

// escape appends text with the characters replaced that would be read as
// something else: markup, and the carriage return, which would be read as a line
// feed. In an attribute, quotes and all white space but the space too.
func (w *Writer) escape(text string, attribute bool) {
	start := 0
	for i := 0; ; {
		plain := i
		i = plainText(text, plain)
		if attribute {
			if q := strings.IndexByte(text[plain:i], '"'); q >= 0 {
				i = plain + q
			}
		}
		if i == len(text) {
			break
		}
		ref := ""
		switch c := text[i]; {
		case c == '<':
			ref = "&lt;"
		case c == '>':
			ref = "&gt;"
		case c == '&':
			ref = "&amp;"
		case c == '"':
			ref = "&quot;"
		case c == '\r':
			ref = "&#13;"
		case c == '\n' && attribute:
			ref = "&#10;"
		case c == '\t' && attribute:
			ref = "&#9;"
		case c == '\n', c == '\t':
			i++
			continue
		default:
			r, size := utf8.DecodeRuneInString(text[i:])
			if r == utf8.RuneError && size == 1 || !isChar(r) {
				w.fail("character that XML does not allow: " + wire.Quote(text[i:i+size]))
				return
			}
			i += size
			continue
		}
		w.Buf = append(append(w.Buf, text[start:i]...), ref...)
		i++
		start = i
	}
	w.Buf = append(w.Buf, text[start:]...)
}
