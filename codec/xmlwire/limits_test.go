package xmlwire_test

import (
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"wireproof/codec/wire"
	"wireproof/codec/xmlwire"
)

// TestLimits reads documents at each limit and on both sides of it, in both
// ways.
func TestLimits(t *testing.T) {
	attrs := func(n int) string {
		var b strings.Builder
		b.WriteString("<a>\n<b")
		for i := range n {
			fmt.Fprintf(&b, " x%d=''", i)
		}
		return b.String() + "/></a>"
	}
	namespaces := func(n int) string { // on two levels
		var b strings.Builder
		b.WriteString("<a xmlns='u'><b")
		for i := range n - 1 {
			fmt.Fprintf(&b, " xmlns:x%d='u'", i)
		}
		return b.String() + "><c/></b></a>"
	}
	for _, row := range []struct {
		name   string
		limit  int
		make   func(n int) string
		err    error
		offset func(doc string) int
	}{
		{"MaxDepth, pairs", wire.MaxDepth, func(n int) string { return strings.Repeat("<b>", n) + strings.Repeat("</b>", n) }, wire.ErrDepth,
			func(string) int { return 3 * wire.MaxDepth }},
		{"MaxDepth, text inside", wire.MaxDepth, func(n int) string { return strings.Repeat("<b>", n) + "x" + strings.Repeat("</b>", n) }, wire.ErrDepth,
			func(string) int { return 3 * wire.MaxDepth }},
		{"MaxDepth, empty inside", wire.MaxDepth, func(n int) string { return strings.Repeat("<b>", n-1) + "<b/>" + strings.Repeat("</b>", n-1) }, wire.ErrDepth,
			func(string) int { return 3 * wire.MaxDepth }},
		{"MaxDepth, many at the bottom", wire.MaxDepth, func(n int) string {
			return strings.Repeat("<b>", n-1) + strings.Repeat("<b>x</b>", 3) + strings.Repeat("</b>", n-1)
		}, wire.ErrDepth,
			func(string) int { return 3 * wire.MaxDepth }},
		{"MaxAttributes", wire.MaxAttributes, attrs, wire.ErrTooMany,
			func(doc string) int { return strings.Index(doc, fmt.Sprintf("x%d=", wire.MaxAttributes)) }},
		{"MaxNamespaces", wire.MaxNamespaces, namespaces, wire.ErrTooMany,
			func(doc string) int { return strings.Index(doc, fmt.Sprintf("xmlns:x%d=", wire.MaxNamespaces-1)) }},
	} {
		t.Run(row.name, func(t *testing.T) {
			for _, n := range []int{row.limit - 1, row.limit} {
				if err := bothWays(t, row.make(n)); err != nil {
					t.Errorf("%d: %v at %d", n, err.Err, err.Offset)
				}
			}
			doc := row.make(row.limit + 1)
			if err := bothWays(t, doc); err == nil || !errors.Is(err, row.err) || err.Offset != row.offset(doc) {
				t.Errorf("%d: %v, want %v at %d", row.limit+1, err.Err, row.err, row.offset(doc))
			}
		})
	}
}

// TestNamespacesEndWithTheirElements: the limit counts what is in scope, not
// what the document has.
func TestNamespacesEndWithTheirElements(t *testing.T) {
	if err := bothWays(t, "<a>"+strings.Repeat("<b xmlns='u'/><c xmlns:p='u'></c>", wire.MaxNamespaces)+"</a>"); err != nil {
		t.Error(err)
	}
}

// TestMaxDocument also checks that after this error nothing is read, not even
// what an Order foresees right behind a byte order mark.
func TestMaxDocument(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a quarter of a gigabyte")
	}
	defer debug.FreeOSMemory()
	const head, tail = "\uFEFF<a>", "</a>  "
	var b strings.Builder
	b.Grow(wire.MaxDocument + 1)
	b.WriteString(head)
	for space := strings.Repeat(" ", 1<<20); b.Len() < wire.MaxDocument+1-len(tail); {
		b.WriteString(space[:min(len(space), wire.MaxDocument+1-len(tail)-b.Len())])
	}
	b.WriteString(tail)

	names := xmlwire.NewNames("a")
	var order xmlwire.Order
	var r xmlwire.Reader
	r.Reset("<l><a>1</a></l>")
	r.Root()
	r.Enter()
	r.Child(names, &order)
	order.Start()
	for n, want := range map[int]error{wire.MaxDocument - 1: nil, wire.MaxDocument: nil, wire.MaxDocument + 1: wire.ErrTooLarge} {
		doc := b.String()[:n]
		r.Reset(doc)
		if want != nil {
			if index := r.Child(names, &order); index != xmlwire.End || r.Next() != xmlwire.EOF {
				t.Errorf("%d bytes: Child gives %d", n, index)
			}
		}
		if r.Root() {
			r.Skip()
		}
		err := r.Finish()
		var e *wire.SyntaxError
		if !errors.Is(err, want) || want != nil && (!errors.As(err, &e) || e.Offset != wire.MaxDocument) {
			t.Errorf("%d bytes: %v, want %v", n, err, want)
		}
	}
}

// TestHostile: documents that are made to be slow are read in time in proportion
// to their length. The allowance is a hundred times what they take.
func TestHostile(t *testing.T) {
	many := 20_000
	if testing.Short() {
		many = 2_000
	}
	prefixes := func(n int, element string) string {
		var b strings.Builder
		b.WriteString("<a")
		for i := range min(n, wire.MaxNamespaces) {
			fmt.Fprintf(&b, " xmlns:x%d='%d'", i, i)
		}
		return b.String() + ">" + strings.Repeat(element, n) + "</a>"
	}
	for name, doc := range map[string]string{
		"many prefixes":       prefixes(many, "<x0:b/>"),
		"many prefixed attrs": prefixes(many, "<b x0:a='' x1:a='' x2:a='' x3:a=''/>"),
		"long namespace":      "<a xmlns:p='" + strings.Repeat("é", 100_000) + "'>" + strings.Repeat("<p:b/>", many) + "</a>",
		"open references":     "<a>" + strings.Repeat("&amp;", many) + "</a>",
		"long digits":         "<a>" + strings.Repeat("&#"+strings.Repeat("0", 1000)+"65;", many/100) + "</a>",
		"brackets":            "<a>" + strings.Repeat("]]", many) + "</a>",
		"angles":              "<a>" + strings.Repeat(">", many) + "</a>",
		"comments":            strings.Repeat("<!---->", many) + "<a/>" + strings.Repeat("<!---->", many),
		"comments in text":    "<a>" + strings.Repeat("x<!---->", many) + "</a>",
		"open comment":        "<a><!--" + strings.Repeat("- ", many),
		"open cdata":          "<a><![CDATA[" + strings.Repeat("]]", many),
		"open instruction":    "<a><?p " + strings.Repeat("??", many),
		"attributes":          "<a>" + strings.Repeat("<b a='' b='' c='' d='' e='' f='' g='' h='' i='' j=''/>", many/10) + "</a>",
		"items":               "<a>" + strings.Repeat("<b>x</b>", many) + "</a>",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			w := newWalker(1, walkTables...)
			w.walk(doc, nil)
			var r xmlwire.Reader
			r.Reset(doc)
			r.Root()
			if r.Enter() {
				var kept []string
				for r.Child(walkTables[1], new(xmlwire.Order)) != xmlwire.End {
					kept = append(kept, r.Skip())
				}
				total := 0
				for _, k := range kept {
					total += len(k)
				}
				if total > 300*len(doc) {
					t.Errorf("%d bytes cut out of %d", total, len(doc))
				}
			}
			r.Finish()
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("%d bytes took %v", len(doc), took)
			}
		})
	}
}
