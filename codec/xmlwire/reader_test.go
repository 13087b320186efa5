package xmlwire_test

import (
	"errors"
	"fmt"
	"testing"

	"wireproof/codec/xmlwire"
)

func TestErrorsAreSticky(t *testing.T) {
	names := xmlwire.NewNames("a", "b")
	var order xmlwire.Order
	var r xmlwire.Reader
	for _, doc := range []string{"<a><b>1</b><b>2</b></a>", "<a><b>1</b>&<b>2</b></a>"} {
		r.Reset(doc)
		if !r.Root() || !r.Enter() {
			t.Fatal(r.Err())
		}
		order.Start()
		for r.Child(names, &order) != xmlwire.End {
			r.Text()
		}
	}
	first := r.Err()
	for range 3 {
		if k := r.Child(names, &order); k != xmlwire.End {
			t.Errorf("Child gives %d after an error", k)
		}
		if s := r.Text(); s != "" {
			t.Errorf("Text gives %q after an error", s)
		}
		if s := r.Skip(); s != "" {
			t.Errorf("Skip gives %q after an error", s)
		}
		if r.Enter() || r.Root() || r.Next() != xmlwire.EOF || r.Finish() != first || !r.Failed() {
			t.Error("reading goes on after an error")
		}
	}
	if !errors.Is(first, xmlwire.ErrReference) {
		t.Errorf("%v", first)
	}
}

// TestFinishReadsOn: a caller that stops early still learns of every error.
func TestFinishReadsOn(t *testing.T) {
	for doc, want := range map[string]error{
		"<a><b><c>1</c><c x='1'/></b><d/></a>": nil,
		"<a><b><c>1</c></b>&x;</a>":            xmlwire.ErrUndefinedEntity,
		"<a><b><c>1</c></b></a>x":              xmlwire.ErrOutsideRoot,
	} {
		var r xmlwire.Reader
		var order xmlwire.Order
		r.Reset(doc)
		names := xmlwire.NewNames("b", "c")
		if !r.Root() || !r.Enter() || r.Child(names, &order) != 1 || !r.Enter() || r.Child(names, &order) != 2 {
			t.Fatal(r.Err())
		}
		r.Text()
		notes := len(r.Notes())
		if err := r.Finish(); !errors.Is(err, want) {
			t.Errorf("Finish of %q: %v, want %v", doc, err, want)
		}
		if len(r.Notes()) != notes {
			t.Errorf("Finish of %q notes %v", doc, r.Notes())
		}
	}
}

func ExampleReader_Next() {
	var r xmlwire.Reader
	r.Reset("<a x='1'>1 &lt; 2<b/></a>")
	for kind := r.Next(); kind != xmlwire.EOF; kind = r.Next() {
		fmt.Printf("%c %d %q %q\n", kind, r.TokenOffset(), r.Raw(), r.TokenText())
	}
	fmt.Println(r.Err())
	// Output:
	// < 0 "<a x='1'>" ""
	// t 9 "1 &lt; 2" "1 < 2"
	// < 17 "<b/>" ""
	// / 17 "<b/>" ""
	// / 21 "</a>" ""
	// <nil>
}

// The member level is what a typed decoder is written with: a loop and a switch
// for each structure.
func ExampleReader_Child() {
	const (
		iName = 1 + iota
		iCount
	)
	names := xmlwire.NewNames("Name", "Count")
	var order xmlwire.Order // lives as long as the decoder

	var r xmlwire.Reader
	r.Reset("<Item>\n  <Count>5</Count>\n  <Colour>red</Colour>\n  <Name>A &amp; B</Name>\n</Item>")
	if r.Root() && r.Enter() {
		order.Start()
		for index := r.Child(names, &order); index != xmlwire.End; index = r.Child(names, &order) {
			switch index {
			case iName:
				fmt.Printf("name %q\n", r.Text())
			case iCount:
				fmt.Printf("count %q\n", r.Text())
			default:
				fmt.Printf("unknown %q\n", r.Skip())
			}
		}
	}
	fmt.Println(r.Finish())
	// Output:
	// count "5"
	// unknown "<Colour>red</Colour>"
	// name "A & B"
	// <nil>
}
