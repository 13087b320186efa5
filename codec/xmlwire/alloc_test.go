package xmlwire_test

import (
	"strings"
	"testing"

	"wireproof/codec/wire"
	"wireproof/codec/xmlwire"
	"wireproof/fixtures"
)

// members reads everything below the current element as members of names.
func members(r *xmlwire.Reader, names *xmlwire.Names, orders []xmlwire.Order, depth int) {
	if !r.Enter() {
		return
	}
	for {
		switch index := r.Child(names, &orders[depth]); {
		case index == xmlwire.End:
			return
		case index == xmlwire.Unknown:
			r.Skip()
		case index == 1:
			members(r, names, orders, depth+1)
		default:
			r.Text()
		}
	}
}

// TestNoAllocations: a Reader and a Writer that are used again allocate nothing.
func TestNoAllocations(t *testing.T) {
	samples, err := fixtures.Samples()
	if err != nil {
		t.Fatal(err)
	}
	docs := map[string]string{
		"everything": "<?xml version='1.0'?><!--c--><l xmlns='u' xmlns:p='v' x='&lt;'>\n  <l><b>1</b><c>2 &amp; 3<!---->4</c><d/><p:d p:x='\n'>5</p:d><f x='1'><g/></f></l>\n</l>\n",
	}
	for _, s := range samples {
		if s.Format == "xml" && s.WellFormed {
			docs[s.Name] = string(s.Raw)
		}
	}
	names := xmlwire.NewNames("l", "b", "c", "d", "OfferingType", "MultiAZ", "StartTime", "RequestId")
	for name, doc := range docs {
		var r xmlwire.Reader
		orders := make([]xmlwire.Order, 16)
		byMembers := func() {
			r.Reset(doc)
			if r.Root() {
				members(&r, names, orders, 0)
			}
			if r.Finish() != nil {
				t.Fatal(r.Err())
			}
		}
		byMembers()
		if n := testing.AllocsPerRun(200, byMembers); n != 0 {
			t.Errorf("%s: members: %v allocations", name, n)
		}
		byTokens := func() {
			r.Reset(doc)
			for kind := r.Next(); kind != xmlwire.EOF; kind = r.Next() {
				r.TokenText()
				for _, a := range r.Attrs() {
					r.AttrValue(a)
				}
			}
			if r.Err() != nil {
				t.Fatal(r.Err())
			}
		}
		byTokens()
		if n := testing.AllocsPerRun(200, byTokens); n != 0 {
			t.Errorf("%s: tokens: %v allocations", name, n)
		}
	}

	buf := make([]byte, 0, 4096)
	write := func() {
		w := xmlwire.Writer{Buf: buf[:0], Indent: true}
		w.StartNS("a", "http://rds.amazonaws.com/doc/2014-10-31/")
		w.Start(names, 1)
		w.Leaf(names, 2, "<&>\r \"x\" é")
		w.LeafInt(names, 3, -5)
		w.LeafDouble(names, 4, 0.123)
		w.LeafBool(names, 5, true)
		w.LeafTime(names, 6, wire.Timestamp{Unix: 1, Digits: 3})
		w.Empty(names, 7)
		w.End()
		w.End()
		if _, err := w.Finish(); err != nil {
			t.Fatal(err)
		}
	}
	if n := testing.AllocsPerRun(200, write); n != 0 {
		t.Errorf("Writer: %v allocations", n)
	}
}

// benchmarkDoc is a page of records as the service writes them.
var benchmarkDoc = "<l>" + strings.Repeat("\n  <l>\n    <b>Partial Upfront</b>\n    <c>438012d3-4052-4cc7-b2e3-8d3372e0e706</c>\n    <d>2011-12-18T23:24:56.577Z</d>\n  </l>", 300) + "\n</l>"

func BenchmarkMembers(b *testing.B) {
	names := xmlwire.NewNames("l", "b", "c", "d")
	orders := make([]xmlwire.Order, 4)
	var r xmlwire.Reader
	b.SetBytes(int64(len(benchmarkDoc)))
	b.ReportAllocs()
	for b.Loop() {
		r.Reset(benchmarkDoc)
		r.Root()
		members(&r, names, orders, 0)
		if err := r.Finish(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNext(b *testing.B) {
	var r xmlwire.Reader
	b.SetBytes(int64(len(benchmarkDoc)))
	b.ReportAllocs()
	for b.Loop() {
		r.Reset(benchmarkDoc)
		for r.Next() != xmlwire.EOF {
		}
		if err := r.Err(); err != nil {
			b.Fatal(err)
		}
	}
}
