package xmlwire_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"wireproof/codec/wire"
	"wireproof/codec/xmlwire"
)

// element is an element as Next tells it: what the member-level walk is held
// against.
type element struct {
	name       string // as written
	start, end int
	text       string // what stands directly in it, CDATA included
	kids       []*element
}

// byNext reads a document token by token. The tree is complete only where there
// is no error.
func byNext(src string) (root *element, err error) {
	var r xmlwire.Reader
	r.Reset(src)
	var open []*element
	for {
		kind := r.Next()
		switch kind {
		case xmlwire.EOF:
			return root, r.Err()
		case xmlwire.StartElement:
			e := &element{name: r.QName(), start: r.TokenOffset()}
			if len(open) == 0 {
				root = e
			} else {
				top := open[len(open)-1]
				top.kids = append(top.kids, e)
			}
			open = append(open, e)
		case xmlwire.EndElement:
			open[len(open)-1].end = r.Offset()
			open = open[:len(open)-1]
		case xmlwire.Text, xmlwire.CData:
			open[len(open)-1].text += r.TokenText()
		}
	}
}

// walker reads documents member by member and chooses at random how to read each
// element. Its Reader and Orders live on, so that later documents meet warm
// predictions, right and wrong ones.
type walker struct {
	r      xmlwire.Reader
	names  []*xmlwire.Names
	orders []xmlwire.Order
	rand   *rand.Rand
	fault  string // the first difference from the tree
}

func newWalker(seed uint64, tables ...*xmlwire.Names) *walker {
	return &walker{names: tables, orders: make([]xmlwire.Order, len(tables)), rand: rand.New(rand.NewPCG(seed, 1))}
}

// walkTables are name tables that share some names with the documents of these
// tests and not others.
var walkTables = []*xmlwire.Names{
	xmlwire.NewNames("a", "b", "c", "d"),
	xmlwire.NewNames("x"),
	xmlwire.NewNames("b", "Marker", "ReservedDBInstances", "ReservedDBInstance", "OfferingType", "é"),
}

// walk reads src and gives its error. tree is what byNext made of src, or nil
// where src has an error.
func (w *walker) walk(src string, tree *element) error {
	w.r.Reset(src)
	if w.r.Root() {
		if w.r.Failed() {
			w.differ("Root finds an element in spite of an error")
		}
		w.element(src, tree)
	}
	return w.r.Finish()
}

func (w *walker) element(src string, e *element) {
	if e != nil && (w.r.TagOffset() != e.start || w.r.Name() != e.name[strings.IndexByte(e.name, ':')+1:]) {
		w.differ("tag <%s> at %d, want <%s> at %d", w.r.Name(), w.r.TagOffset(), e.name, e.start)
		e = nil
	}
	switch w.rand.IntN(6) {
	case 0:
		tag, name := w.r.TagOffset(), w.r.Name()
		text := w.r.Text()
		if e != nil && text != e.text {
			w.differ("Text of <%s> at %d is %q, want %q", e.name, e.start, text, e.text)
		}
		if !w.r.Failed() && (tag != w.r.TagOffset() || name != w.r.Name()) {
			w.differ("Text of <%s> changed the tag to <%s> at %d", name, w.r.Name(), w.r.TagOffset())
		}
	case 1:
		raw := w.r.Skip()
		if e != nil && raw != src[e.start:e.end] && !strings.Contains(src, "xmlns:") { // see TestSkipBorrows
			w.differ("Skip of <%s> at %d is %q, want %q", e.name, e.start, raw, src[e.start:e.end])
		}
	default:
		w.members(src, e)
	}
}

func (w *walker) members(src string, e *element) {
	if !w.r.Enter() {
		if e != nil && (len(e.kids) > 0 || e.text != "") {
			w.differ("Enter finds <%s> at %d empty", e.name, e.start)
		}
		return
	}
	table := w.rand.IntN(len(w.names))
	names := w.names[table]
	if w.rand.IntN(2) == 0 {
		w.orders[table].Start()
	}
	for i := 0; ; i++ {
		index := w.r.Child(names, &w.orders[table])
		if index == xmlwire.End {
			if e != nil && (w.r.Failed() || i != len(e.kids) || w.r.Offset() != e.end) {
				w.differ("<%s> at %d ends at %d after %d elements, want %d after %d", e.name, e.start, w.r.Offset(), i, e.end, len(e.kids))
			}
			return
		}
		if w.r.Failed() {
			w.differ("Child finds an element in spite of an error")
		}
		var kid *element
		if e != nil && i < len(e.kids) {
			kid = e.kids[i]
		}
		if index > 0 && names.Name(index) != w.r.Name() {
			w.differ("Child gives %q for <%s>", names.Name(index), w.r.Name())
		}
		if index == xmlwire.Unknown {
			for i := range names.Len() {
				if names.Name(i+1) == w.r.Name() {
					w.differ("Child does not know <%s>", w.r.Name())
				}
			}
		}
		w.element(src, kid)
	}
}

func (w *walker) differ(format string, args ...any) {
	if w.fault == "" {
		w.fault = fmt.Sprintf(format, args...)
	}
}

// bothWays reads src in both ways and reports where they differ. It gives the
// error that both found.
func bothWays(t testing.TB, src string) *wire.SyntaxError {
	t.Helper()
	tree, err := byNext(src)
	if err != nil {
		tree = nil
	}
	for seed := range uint64(4) {
		w := newWalker(seed, walkTables...)
		for range 2 { // the second time with warm predictions
			got := w.walk(src, tree)
			if !sameError(got, err) {
				t.Errorf("member walk %d of %q: %v, want %v", seed, src, got, err)
			}
			if w.fault != "" {
				t.Errorf("member walk %d of %q: %s", seed, src, w.fault)
			}
		}
	}
	return syntaxError(t, src, err)
}

// syntaxError checks what every error promises.
func syntaxError(t testing.TB, src string, err error) *wire.SyntaxError {
	t.Helper()
	if err == nil {
		return nil
	}
	var e *wire.SyntaxError
	if !errors.As(err, &e) {
		t.Fatalf("%q: error of type %T", src, err)
	}
	if e.Offset < 0 || e.Offset > len(src) || e.Format != wire.XML || e.Err == nil || !errors.Is(err, e.Err) || e.Error() == "" {
		t.Errorf("%q: error %+v", src, e)
	}
	wire.Caret(src, e.Offset)
	return e
}

func sameError(a, b error) bool {
	var x, y *wire.SyntaxError
	if !errors.As(a, &x) || !errors.As(b, &y) {
		return a == nil && b == nil
	}
	return *x == *y
}
