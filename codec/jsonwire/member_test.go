package jsonwire_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"wireproof/codec/jsonwire"
	"wireproof/codec/wire"
)

var pointNames = jsonwire.NewNames("x", "y", "label")

// points reads an array of objects with the members of pointNames, and writes
// down what it read.
func points(r *jsonwire.Reader, order *jsonwire.Order) (read []string) {
	var a jsonwire.Array
	if !r.OpenArray(&a) {
		r.Value()
		return nil
	}
	for r.Element(&a) {
		var o jsonwire.Object
		if !r.Open(&o, pointNames, order) {
			raw, kind := r.Value()
			read = append(read, fmt.Sprintf("%v %s", kind, raw))
			continue
		}
		for r.Member(&o) {
			at := r.Pos()
			switch o.Index {
			case 0, 1:
				if v, ok := r.Int(); ok {
					read = append(read, fmt.Sprintf("%s=%d@%d", pointNames.Name(o.Index), v, at))
					continue
				}
			case 2:
				if s, ok := r.String(); ok {
					read = append(read, fmt.Sprintf("label=%q@%d", s, at))
					continue
				}
			default:
				read = append(read, fmt.Sprintf("%q@%d", o.Name, o.NameOffset))
			}
			raw, kind := r.Value()
			read = append(read, fmt.Sprintf("%v %s", kind, raw))
		}
		read = append(read, fmt.Sprintf("seen %b", o.Seen))
	}
	return read
}

func TestMembers(t *testing.T) {
	for _, c := range []struct {
		doc, want, reason string
		duplicates        []int
	}{
		{`[]`, ``, "no elements", nil},
		{`[{}]`, `seen 0`, "no members", nil},
		{`[{"x":1,"y":-2,"label":"a"}]`, `x=1@6|y=-2@12|label="a"@23|seen 111`, "compact", nil},
		{` [ { "x" : 1 , "label" : "a" } ] `, `x=1@11|label="a"@25|seen 101`, "white space everywhere", nil},
		{"[\n  {\n    \"y\": 2,\n    \"x\": 1\n  }\n]\n", `y=2@15|x=1@27|seen 11`, "indented, another order", nil},
		{`[{"x":1},{"y":2},{"x":3}]`, `x=1@6|seen 1|y=2@14|seen 10|x=3@22|seen 1`, "the order changes", nil},
		{`[{"\u0078":1}]`, `x=1@11|seen 1`, "an escaped name", nil},
		{`[{"X":1,"":2,"x\n":3}]`, `"X"@2|number 1|""@8|number 2|"x\n"@13|number 3|seen 0`, "names that are not known", nil},
		{`[{"x":1,"x":2,"x":3}]`, `x=1@6|x=2@12|x=3@18|seen 1`, "a member again and again", []int{8, 14}},
		{`[{"x":1.5,"y":1e2,"label":null}]`, `number 1.5|number 1e2|null null|seen 111`, "other values", nil},
		{`[{"x":01}]`, `end of document |seen 1`, "an ill-formed value", nil},
		{`[{"x":-0,"y":123456789012345678}]`, `number -0|y=123456789012345678@13|seen 11`, "-0 is no plain integer, 18 digits are", nil},
		{`[{"x":1234567890123456789}]`, `number 1234567890123456789|seen 1`, "19 digits are left to the caller", nil},
		{`[null,3,"s",[{}]]`, `null null|number 3|string "s"|array [{}]`, "elements that are no objects", nil},
		{`[{"label":"a\tb"},{"label":"` + strings.Repeat("é", 20) + `"}]`,
			`label="a\tb"@10|seen 100|label="` + strings.Repeat("é", 20) + `"@27|seen 100`, "strings with escapes and without ASCII", nil},
	} {
		var r jsonwire.Reader
		var order jsonwire.Order
		for range 2 { // the second time with what the first has learned
			r.Reset(c.doc)
			got := strings.Join(points(&r, &order), "|")
			if got != c.want {
				t.Errorf("%s: %s\ngot  %s\nwant %s", c.reason, c.doc, got, c.want)
			}
			if !slices.Equal(r.Duplicates(), c.duplicates) {
				t.Errorf("%s: duplicates %v, want %v", c.reason, r.Duplicates(), c.duplicates)
			}
			sameError(t, c.doc, r.Close())
		}
	}
}

// sameError holds that the typed way refuses what Check refuses, in its words.
func sameError(t testing.TB, doc string, got error) {
	t.Helper()
	want := syntaxError(t, doc)
	if want == nil {
		if got != nil {
			t.Errorf("%q refused: %v", doc, got)
		}
		return
	}
	if e, ok := got.(*wire.SyntaxError); !ok || *e != *want {
		t.Errorf("%q: %v, want %v", doc, got, want)
	}
}

// TestMembersEveryCut reads the documents of the corpora and ours, cut and
// changed, by members.
func TestMembersEveryCut(t *testing.T) {
	docs := append(corpora(t),
		`[{"x":1,"y":-2,"label":"abc\u0041"},{"x" : 1.5,"label":null,"z":[{}]}]`)
	var r jsonwire.Reader
	var order jsonwire.Order
	try := func(doc string) {
		for _, note := range []bool{false, true} {
			r.NoteDuplicates = note
			r.Reset(doc)
			points(&r, &order)
			sameError(t, doc, r.Close())
		}
	}
	for _, d := range docs {
		if len(d) > 1000 {
			continue
		}
		for i := range d {
			try(d[:i])
			for _, c := range []byte{' ', '"', '\\', ',', ':', '0', '-', 'e', '{', '}', ']', 0xff, d[i] ^ 1} {
				try(d[:i] + string([]byte{c}) + d[i+1:])
			}
		}
	}
}

func TestUnknownNamesTwice(t *testing.T) {
	doc := `[{"u":1,"x":2,"v":{"u":0,"u":1},"\u0075":3}]`
	var order jsonwire.Order
	for note, want := range map[bool][]int{true: {25, 32}, false: nil} {
		r := jsonwire.Reader{NoteDuplicates: note}
		r.Reset(doc)
		points(&r, &order)
		if r.Close() != nil || !slices.Equal(r.Duplicates(), want) {
			t.Errorf("NoteDuplicates %t: %v, want %v", note, r.Duplicates(), want)
		}
	}
}

func TestMemberLimits(t *testing.T) {
	var r jsonwire.Reader
	var order jsonwire.Order
	for _, name := range []string{"x", "u"} {
		for extra := range 2 {
			doc := `[{"` + name + `":0` + strings.Repeat(`,"`+name+`":0`, wire.MaxMembers-1+extra) + `}]`
			r.Reset(doc)
			points(&r, &order)
			sameError(t, doc, r.Close())
		}
	}
	for extra := range 3 {
		n := wire.MaxDepth - 3 + extra // inside an array and an object
		doc := `[{"u":` + strings.Repeat("[", n) + strings.Repeat("]", n) + `}]`
		r.Reset(doc)
		points(&r, &order)
		sameError(t, doc, r.Close())
	}
}

// TestOrderOfAnotherTable: an Order with the wrong table costs time, not the
// result.
func TestOrderOfAnotherTable(t *testing.T) {
	var order jsonwire.Order
	long := jsonwire.NewNames("a", "b", "c", "d", "e")
	var r jsonwire.Reader
	r.Reset(`{"e":1,"d":2}`)
	var o jsonwire.Object
	for r.Open(&o, long, &order); r.Member(&o); {
		r.Value()
	}
	r.Reset(`[{"x":1,"y":2}]`)
	if got := strings.Join(points(&r, &order), "|"); got != "x=1@6|y=2@12|seen 11" {
		t.Error(got)
	}
}

func TestNamesPanics(t *testing.T) {
	for reason, names := range map[string][]string{
		"a name that needs an escape": {`a"b`},
		"more than 64":                make([]string, 65),
	} {
		func() {
			defer func() {
				if s, ok := recover().(string); !ok || !strings.HasPrefix(s, "jsonwire: BUG:") {
					t.Errorf("%s: no panic", reason)
				}
			}()
			jsonwire.NewNames(names...)
		}()
	}
}

func TestSet(t *testing.T) {
	s := jsonwire.SetOf(0, 5, 63)
	if !s.Has(5) || s.Has(4) || !s.Has(63) {
		t.Errorf("%b", s)
	}
	var got []int
	for s != 0 {
		got = append(got, s.Pop())
	}
	if !slices.Equal(got, []int{0, 5, 63}) {
		t.Error(got)
	}
}

func TestReadingAllocatesNothing(t *testing.T) {
	doc := `[{"x":1,"y":2,"label":"a"},{"x":3,"u":{"v":[1,2,3]},"label":"a\nb"}]`
	var r jsonwire.Reader
	var order jsonwire.Order
	read := func() {
		r.Reset(doc)
		var a jsonwire.Array
		r.OpenArray(&a)
		for r.Element(&a) {
			var o jsonwire.Object
			r.Open(&o, pointNames, &order)
			for r.Member(&o) {
				if _, ok := r.String(); !ok {
					r.Value()
				}
			}
		}
		if r.Close() != nil {
			t.Fatal(r.Err())
		}
	}
	if n := testing.AllocsPerRun(1000, read); n != 0 {
		t.Errorf("by members: %v allocations", n)
	}
	r.NoteDuplicates = true
	next := func() {
		r.Reset(doc)
		for k, _ := r.Next(); k != jsonwire.End; k, _ = r.Next() {
			if k == jsonwire.String {
				r.Text()
			}
		}
	}
	if n := testing.AllocsPerRun(1000, next); n != 0 {
		t.Errorf("by tokens: %v allocations", n)
	}
}
