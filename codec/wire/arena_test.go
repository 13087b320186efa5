package wire_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"wireproof/codec/wire"
)

// TestArenaStringsStay: no string changes or grows when others are made.
func TestArenaStringsStay(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	var a wire.Arena
	var got, want []string
	for i := range 20_000 {
		n := r.IntN(60)
		if i%1000 == 0 {
			n = 100_000 // longer than any chunk
		}
		text := strings.Repeat(fmt.Sprint(i, "é"), n/4)
		p := a.Begin(len(text) + r.IntN(3))
		if p.Len() != 0 {
			t.Fatal("a new piece is not empty")
		}
		for _, c := range text {
			switch {
			case r.IntN(2) == 0:
				p.Rune(c)
			case c < 0x80:
				p.Byte(byte(c))
			default:
				p.String(string(c))
			}
		}
		if p.Len() != len(text) {
			t.Fatalf("length %d, want %d", p.Len(), len(text))
		}
		got, want = append(got, p.End()), append(want, text)
	}
	if !slices.Equal(got, want) {
		t.Error("strings have changed")
	}
}

// TestArenaPastItsWord: more bytes than announced cost an allocation and nothing
// else.
func TestArenaPastItsWord(t *testing.T) {
	var a wire.Arena
	first := a.Begin(3)
	first.String("abc")
	kept := first.End()
	p := a.Begin(1)
	p.String(strings.Repeat("x", 5000))
	if p.End() != strings.Repeat("x", 5000) || kept != "abc" {
		t.Error("wrong strings")
	}
	if empty := a.Begin(0).End(); empty != "" {
		t.Errorf("%q", empty)
	}
}

// TestArenaAllocations: many values share one allocation.
func TestArenaAllocations(t *testing.T) {
	var a wire.Arena
	n := testing.AllocsPerRun(100, func() {
		for range 10 {
			p := a.Begin(50)
			p.String("12345678901234567890123456789012345678901234567890")
			p.End()
		}
	})
	if n > 0 { // 100 times 500 bytes fit two chunks
		t.Errorf("%v allocations for 10 strings", n)
	}
}

// TestSlabListsStay: lists that grow in turn share nothing.
func TestSlabListsStay(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	var s wire.Slab[int]
	lists, want := make([][]int, 300), make([][]int, 300)
	for i := range 30_000 {
		k := r.IntN(len(lists))
		if k < 3 {
			k = 0 // one long list
		}
		list, p := s.Extend(lists[k])
		if *p != 0 {
			t.Fatal("a new element is not zero")
		}
		*p = i
		lists[k], want[k] = list, append(want[k], i)
	}
	for k := range lists {
		if !slices.Equal(lists[k], want[k]) {
			t.Fatalf("list %d has changed", k)
		}
		if n := len(lists[k]); n > 0 { // an append of the holder's must not reach another list
			lists[k] = append(lists[k], -1)
		}
	}
	for k := range lists {
		if len(want[k]) > 0 && !slices.Equal(lists[k], append(want[k], -1)) {
			t.Fatalf("list %d has changed by an append to another", k)
		}
	}
}

// TestSlabReuse: a list that is emptied is filled again in place, with its
// elements as they were left.
func TestSlabReuse(t *testing.T) {
	type item struct{ buf []byte }
	var s wire.Slab[item]
	list, p := s.Extend(nil)
	p.buf = make([]byte, 3, 100)
	again, q := s.Extend(list[:0])
	if q != &list[0] || len(again) != 1 || cap(q.buf) != 100 {
		t.Error("the element was not kept")
	}
	var lists [10][]item
	fill := func() {
		for i := range lists {
			lists[i] = lists[i][:0]
			for range 3 {
				lists[i], _ = s.Extend(lists[i])
			}
		}
	}
	fill()
	if n := testing.AllocsPerRun(100, fill); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
