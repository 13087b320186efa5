package xmlwire_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"wireproof/codec/wire"
	"wireproof/codec/xmlwire"
)

// program plays calls of a Writer, chosen by data, and keeps beside it what the
// document has to say, or that it has to be an error.
type program struct {
	w     xmlwire.Writer
	data  []byte
	said  said
	ns    []string // of the open elements
	done  bool     // the root is closed
	wrong string   // the first call that has to fail
}

const mostDeep = xmlwire.MaxNesting

var writerNames = xmlwire.NewNames("a", "b", "Long.Name-1", "é")

var writerTexts = []string{
	"", "x", " ", "\n", "\t", "\r", "\r\n", "<", ">", "&", "]]>", "\"'", "&amp;", "<!--", "é€😀", "12345678", "1234567é12345678<", "\u0085\u2028", "\u007f",
	"\ufffd", strings.Repeat("long ", 50),
}

var badTexts = []string{"\x00", "\x0b", "\ufffe", "\uffff", "\xff", "\xed\xa0\x80", "e\xcc"}

// writable is what the texts have to be, by X [2] and Go's own UTF-8 check.
func writable(s string) bool {
	for i, r := range s {
		if r == 0xfffd && !strings.HasPrefix(s[i:], "\ufffd") || r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return false
		}
	}
	return true
}

func (p *program) choose(n int) int {
	if len(p.data) == 0 {
		return 0
	}
	c := int(p.data[0])
	p.data = p.data[1:]
	return c % n
}

// pick takes one of the good ones, now and then one of the bad ones.
func (p *program) pick(good, bad []string) string {
	if p.rare() {
		good = bad
	}
	return good[p.choose(len(good))]
}

func (p *program) rare() bool { return p.choose(32) == 31 }

func (p *program) must(ok bool, what string) bool {
	if !ok && p.wrong == "" {
		p.wrong = what
	}
	return p.wrong == ""
}

// begin is what the model knows of a call that starts an element.
func (p *program) begin() bool {
	return p.must(!p.done, "second root") && p.must(len(p.ns) < mostDeep, "too deep")
}

func (p *program) scope() string {
	if len(p.ns) == 0 {
		return ""
	}
	return p.ns[len(p.ns)-1]
}

func (p *program) open(name, ns string) {
	p.said.start(expanded(ns, name), nil)
	p.ns = append(p.ns, ns)
}

func (p *program) close() {
	p.said.end()
	p.ns = p.ns[:len(p.ns)-1]
	p.done = len(p.ns) == 0
}

func (p *program) leaf(name, text string) {
	if p.begin() && p.must(writable(text), "text") {
		p.open(name, p.scope())
		p.said.text.WriteString(text)
		p.close()
	}
}

func (p *program) step() {
	i := 1 + p.choose(writerNames.Len())
	name := writerNames.Name(i)
	call := p.choose(14)
	if p.done && !p.rare() {
		return
	}
	if len(p.ns) == 0 && call > 3 && !p.rare() {
		call = 0
	}
	switch call {
	case 0, 1, 2:
		if p.w.Start(writerNames, i); p.begin() {
			p.open(name, p.scope())
		}
	case 3:
		name := p.pick([]string{"a", "x"}, []string{"", "p:a", "1", "a b", "a>", "é\x01"})
		ns := p.pick([]string{"", "u", "urn:\"<&>'\t\n\ré"}, []string{"\x01", "\xff", xmlNS, xmlnsNS})
		p.w.StartNS(name, ns)
		if p.begin() && p.must(name == "a" || name == "x", "name") && p.must(writable(ns) && ns != xmlNS && ns != xmlnsNS, "namespace") {
			if ns == "" {
				ns = p.scope()
			}
			p.open(name, ns)
		}
	case 4, 5, 6:
		if p.w.End(); p.must(len(p.ns) > 0, "end") {
			p.close()
		}
	case 7:
		p.w.Empty(writerNames, i)
		p.leaf(name, "")
	case 8:
		text := p.pick(writerTexts, badTexts)
		p.w.Leaf(writerNames, i, text)
		p.leaf(name, text)
	case 9:
		switch p.choose(4) {
		case 0:
			v := []int64{0, -1, math.MaxInt64, math.MinInt64}[p.choose(4)]
			p.w.LeafInt(writerNames, i, v)
			p.leaf(name, fmt.Sprint(v))
		case 1:
			p.w.LeafBool(writerNames, i, true)
			p.leaf(name, "true")
		case 2:
			p.w.LeafDouble(writerNames, i, math.Inf(-1))
			p.leaf(name, "-Infinity")
		case 3:
			p.w.LeafTime(writerNames, i, wire.Timestamp{Unix: 1324250696, Nano: 577e6, Digits: 3})
			p.leaf(name, "2011-12-18T23:24:56.577Z")
		}
	case 10, 11:
		text := p.pick(writerTexts, badTexts)
		p.w.Text(text)
		if p.must(len(p.ns) > 0, "text outside") && p.must(writable(text), "text") {
			p.said.text.WriteString(text)
		}
	case 12:
		good := []string{"<x/>", "<x y='1'>1<z/>&amp;</x>", "<p:x xmlns:p='v'><y xmlns=''/></p:x>"}
		raw := p.pick(good, []string{
			"", "x", "<x>", "<x/><x/>", " <x/>", "<x/> ", "<x/><!---->", "<!----><x/>", "<p:x/>", "<?xml version='1.0'?><x/>", "\uFEFF<x/>", "</a><a>",
		})
		p.w.Element(raw)
		if p.begin() && p.must(slices.Contains(good, raw), "element") {
			p.said.flush()
			head := "<w xmlns='" + wireEscape(p.scope()) + "'>"
			all, err := ourSaid(head+raw+"</w>", true)
			start, err2 := ourSaid(head+"</w>", true)
			if err != nil || err2 != nil {
				panic(err)
			}
			end := "/\x00"
			p.said.b.WriteString(strings.TrimSuffix(strings.TrimPrefix(all, strings.TrimSuffix(start, end)), end))
			p.done = len(p.ns) == 0
		}
	case 13:
		if !p.rare() {
			return
		}
		p.w.Fail(writerNames, i, "no form")
		p.must(false, "Fail")
	}
}

// wireEscape escapes a namespace for an attribute in single quotes.
func wireEscape(ns string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", "'", "&#39;", "\t", "&#9;", "\n", "&#10;", "\r", "&#13;").Replace(ns)
}

// run plays all calls and, where closing is set, closes what is open. It gives
// the document, "" where it was an error.
func (p *program) run(t testing.TB, data []byte, closing bool) string {
	t.Helper()
	p.data = data
	const before = "before"
	p.w.Buf = []byte(before)
	for len(p.data) > 0 && len(data) < 4096 {
		p.step()
	}
	for closing && len(p.ns) > 0 && p.wrong == "" {
		p.w.End()
		p.close()
	}
	p.must(p.done, "incomplete")
	before2 := p.w.Err()
	got, err := p.w.Finish()
	if (err != nil) != (p.wrong != "") {
		t.Fatalf("%q: error %v, want one for %q", p.w.Buf, err, p.wrong)
	}
	if err != nil {
		var e *wire.EncodeError
		if !errors.As(err, &e) || !errors.Is(err, wire.ErrValue) || got != nil || p.w.Err() != err || before2 != nil && before2 != err {
			t.Fatalf("error %#v, %q", err, got)
		}
		return ""
	}
	doc, ok := strings.CutPrefix(string(got), before)
	if !ok {
		t.Fatalf("%q does not start with what was there", got)
	}
	p.said.flush()
	if p.w.Indent {
		var plain program
		sameButIndented(t, doc, plain.run(t, data, closing))
		return doc
	}
	says, err := ourSaid(doc, true)
	if err != nil || says != p.said.b.String() {
		t.Fatalf("%q: %v\nsays %q\nwant %q", doc, err, says, p.said.b.String())
	}
	sameAsGo(t, doc)
	return doc
}

// sameButIndented compares a document written with Indent with the same one
// without: text in elements without elements is equal, other text but for white
// space.
func sameButIndented(t testing.TB, doc, plain string) {
	t.Helper()
	a, err := byNext(doc)
	b, err2 := byNext(plain)
	if err != nil || err2 != nil {
		t.Fatalf("%q: %v; %q: %v", doc, err, plain, err2)
	}
	var same func(a, b *element) bool
	same = func(a, b *element) bool {
		if a.name != b.name || len(a.kids) != len(b.kids) || len(a.kids) == 0 && a.text != b.text ||
			strings.Join(strings.Fields(a.text), "") != strings.Join(strings.Fields(b.text), "") {
			return false
		}
		for i := range a.kids {
			if !same(a.kids[i], b.kids[i]) {
				return false
			}
		}
		return true
	}
	if !same(a, b) {
		t.Fatalf("indented %q\nplain    %q", doc, plain)
	}
}

func TestWriterPrograms(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	whole, n := 0, 20_000
	if testing.Short() {
		n = 2_000
	}
	for i := range n {
		data := make([]byte, r.IntN(120))
		for j := range data {
			data[j] = byte(r.UintN(256))
		}
		p := program{w: xmlwire.Writer{Indent: i%4 == 3}}
		p.run(t, data, i%8 != 0)
		if p.wrong == "" {
			whole++
		}
	}
	if whole < n/4 || whole > n-n/20 {
		t.Errorf("only %d programs gave a document", whole)
	}
}

// TestWriterErrors names the paths.
func TestWriterErrors(t *testing.T) {
	deep := func(w *xmlwire.Writer, n int) {
		for range n {
			w.Start(writerNames, 1)
		}
	}
	for _, row := range []struct {
		name string
		play func(w *xmlwire.Writer)
		path string
	}{
		{"nothing", func(*xmlwire.Writer) {}, ""},
		{"open", func(w *xmlwire.Writer) { w.Start(writerNames, 1); w.Start(writerNames, 2) }, "/a/b"},
		{"second root", func(w *xmlwire.Writer) { w.Empty(writerNames, 1); w.Empty(writerNames, 1) }, ""},
		{"end too many", func(w *xmlwire.Writer) { w.Start(writerNames, 1); w.End(); w.End() }, ""},
		{"end first", func(w *xmlwire.Writer) { w.End() }, ""},
		{"text first", func(w *xmlwire.Writer) { w.Text("x") }, ""},
		{"text behind", func(w *xmlwire.Writer) { w.Empty(writerNames, 1); w.Text(" ") }, ""},
		{"illegal text", func(w *xmlwire.Writer) { w.StartNS("r", "u"); w.Start(writerNames, 2); w.Text("x\x01") }, "/r/b"},
		{"illegal leaf", func(w *xmlwire.Writer) { w.Start(writerNames, 1); w.Leaf(writerNames, 2, "\xff") }, "/a/b"},
		{"illegal namespace", func(w *xmlwire.Writer) { w.StartNS("a", "\x00") }, "/a"},
		{"reserved namespace", func(w *xmlwire.Writer) { w.StartNS("a", xmlNS) }, ""},
		{"bad name", func(w *xmlwire.Writer) { w.StartNS("a:b", "u") }, ""},
		{"too deep", func(w *xmlwire.Writer) { deep(w, mostDeep+1) }, strings.Repeat("/a", mostDeep)},
		{"leaf too deep", func(w *xmlwire.Writer) { deep(w, mostDeep); w.Leaf(writerNames, 1, "x") }, strings.Repeat("/a", mostDeep)},
		{"Fail", func(w *xmlwire.Writer) { w.Start(writerNames, 1); w.Fail(writerNames, 2, "no form") }, "/a/b"},
		{"Element with text", func(w *xmlwire.Writer) { w.Start(writerNames, 1); w.Element("x") }, "/a"},
		{"first error stays", func(w *xmlwire.Writer) { w.Start(writerNames, 1); w.Text("\x01"); w.Start(writerNames, 1); w.End() }, "/a"},
	} {
		var w xmlwire.Writer
		row.play(&w)
		_, err := w.Finish()
		var e *wire.EncodeError
		if !errors.As(err, &e) || e.Path != row.path {
			t.Errorf("%s: %v, want path %q", row.name, err, row.path)
		}
	}
}

func TestWriterDepth(t *testing.T) {
	for depth := mostDeep - 1; depth <= mostDeep+1; depth++ {
		w := xmlwire.Writer{Indent: true}
		for range depth {
			w.Start(writerNames, 1)
		}
		for range min(depth, mostDeep) {
			w.End()
		}
		got, err := w.Finish()
		if (err == nil) != (depth <= mostDeep) || err == nil && strings.Count(string(got), "<a>") != depth {
			t.Errorf("depth %d: %v", depth, err)
		}
	}
}

func TestWriterIndent(t *testing.T) {
	w := xmlwire.Writer{Buf: []byte("<?xml version=\"1.0\"?>\n"), Indent: true}
	w.StartNS("R", "urn:u")
	w.Start(writerNames, 1)
	w.Leaf(writerNames, 2, " x\n ")
	w.Leaf(writerNames, 2, "")
	w.Start(writerNames, 4)
	w.End()
	w.Start(writerNames, 4)
	w.Text(" text ")
	w.End()
	w.End()
	w.Element("<raw>\n</raw>")
	w.LeafBool(writerNames, 2, false)
	w.End()
	got, err := w.Finish()
	const want = `<?xml version="1.0"?>
<R xmlns="urn:u">
  <a>
    <b> x
 </b>
    <b/>
    <é></é>
    <é> text </é>
  </a>
  <raw>
</raw>
  <b>false</b>
</R>`
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}

// TestRawBreaks: Raw is the one way to an ill-formed document.
func TestRawBreaks(t *testing.T) {
	for doc, play := range map[string]func(w *xmlwire.Writer){
		"<a>&":             func(w *xmlwire.Writer) { w.Start(writerNames, 1); w.Raw("&") },
		"<a></b></a>":      func(w *xmlwire.Writer) { w.Start(writerNames, 1); w.Raw("</b>"); w.End() },
		"<a/><b/>":         func(w *xmlwire.Writer) { w.Empty(writerNames, 1); w.Raw(""); w.Empty(writerNames, 2) },
		"<a>\x00</a>x":     func(w *xmlwire.Writer) { w.Start(writerNames, 1); w.Raw("\x00"); w.End(); w.Raw("x") },
		"":                 func(w *xmlwire.Writer) { w.Raw("") },
		"\xff\xfe<a>1</a>": func(w *xmlwire.Writer) { w.Raw("\xff\xfe"); w.Leaf(writerNames, 1, "1") },
	} {
		var w xmlwire.Writer
		play(&w)
		got, err := w.Finish()
		if err != nil || string(got) != doc {
			t.Errorf("%q, %v; want %q", got, err, doc)
		}
		if _, err := byNext(string(got)); err == nil {
			t.Errorf("%q is well-formed", got)
		}
	}
}

func ExampleWriter() {
	names := xmlwire.NewNames("ReservedDBInstance", "MultiAZ", "ProductDescription")
	w := xmlwire.Writer{Indent: true}
	w.StartNS("Response", "http://rds.amazonaws.com/doc/2014-10-31/")
	w.Start(names, 1)
	w.LeafBool(names, 2, true)
	w.Leaf(names, 3, "oracle-se1 <li>")
	w.End()
	w.End()
	doc, err := w.Finish()
	fmt.Printf("%s\n%v\n", doc, err)
	// Output:
	// <Response xmlns="http://rds.amazonaws.com/doc/2014-10-31/">
	//   <ReservedDBInstance>
	//     <MultiAZ>true</MultiAZ>
	//     <ProductDescription>oracle-se1 &lt;li&gt;</ProductDescription>
	//   </ReservedDBInstance>
	// </Response>
	// <nil>
}
