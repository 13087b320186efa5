package xmlwire

import (
	"fmt"

	"wireproof/codec/wire"
)

// Indexes that [Reader.Child] gives besides those of [Names], which count from 1.
const (
	End     = 0  // the current element has ended, or reading has
	Unknown = -1 // an element whose name is not in the table
)

// MaxNames is how many names a table holds at most.
const MaxNames = 31

// Names is a table of element names: the members of a structure or the items of
// a list. It does not change after it was made, so it may be shared.
type Names struct {
	name  []string // from 1
	open  []string // "<Name"
	start []string // "<Name>"
	end   []string // "</Name>"
}

// NewNames makes a table; the first name has index 1. It panics where a name is
// no XML name or there are too many, since names come from the program.
func NewNames(names ...string) *Names {
	if len(names) > MaxNames {
		panic(fmt.Sprintf("xmlwire: BUG: %d names", len(names)))
	}
	t := &Names{name: make([]string, 1), open: make([]string, 1), start: make([]string, 1), end: make([]string, 1)}
	for _, n := range names {
		if !isNCName(n) {
			panic("xmlwire: BUG: no name: " + n)
		}
		t.name = append(t.name, n)
		t.open = append(t.open, "<"+n)
		t.start = append(t.start, "<"+n+">")
		t.end = append(t.end, "</"+n+">")
	}
	return t
}

// Name gives the name with an index from 1.
func (t *Names) Name(index int) string { return t.name[index] }

// Len is the highest index.
func (t *Names) Len() int { return len(t.name) - 1 }

// find gives the index of a local name, or Unknown.
func (t *Names) find(local string) int {
	for i := 1; i < len(t.name); i++ {
		if t.name[i] == local {
			return i
		}
	}
	return Unknown
}

// Order remembers which name followed which in the record read before, so that
// the next record is tried in that order first. The zero Order expects nothing.
// An Order belongs to one table.
type Order struct {
	next [MaxNames + 1]uint8
	last uint8
}

// Start begins a new record.
func (o *Order) Start() { o.last = 0 }

// learn keeps that the name with this index followed the last one.
func (o *Order) learn(index int) {
	o.next[o.last] = uint8(index)
	o.last = uint8(index)
}

func isNCName(s string) bool {
	r := Reader{src: s}
	end, ok := r.ncName(0)
	return ok && end == len(s)
}

var eightSpaces = wire.Spread(' ')
