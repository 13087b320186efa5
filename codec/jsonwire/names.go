package jsonwire

import "math/bits"

// Names is an immutable table of the member names of one kind of object. A
// member is known by its place in the table.
type Names struct {
	names  []string
	tokens []string // each name as it stands in most documents: "name":
}

// maxNames is how many names a table may have, one for each bit of a Set.
const maxNames = 64

// NewNames makes a table of at most 64 names, in the order given. It panics on
// more, and on a name that needs an escape: tables are made when a program
// starts.
func NewNames(names ...string) *Names {
	if len(names) > maxNames {
		panic("jsonwire: BUG: more than 64 names")
	}
	n := &Names{names: names}
	for _, name := range names {
		if plainRun(name, 0) != len(name) {
			panic("jsonwire: BUG: name with an escape: " + name)
		}
		n.tokens = append(n.tokens, `"`+name+`":`)
	}
	return n
}

// Len returns how many names there are.
func (n *Names) Len() int { return len(n.names) }

// Name returns the i-th name.
func (n *Names) Name(i int) string { return n.names[i] }

// Find returns the place of name, or -1.
func (n *Names) Find(name string) int {
	for i, known := range n.names {
		if known == name {
			return i
		}
	}
	return -1
}

// Set is a set of members, each by its place in a table of names.
type Set uint64

// SetOf returns the set of the members at the given places.
func SetOf(members ...int) (s Set) {
	for _, m := range members {
		s |= 1 << m
	}
	return s
}

// Has reports whether the set has the member.
func (s Set) Has(member int) bool { return s>>member&1 != 0 }

// Pop takes the member with the lowest place out of a set that is not empty.
func (s *Set) Pop() (member int) {
	member = bits.TrailingZeros64(uint64(*s))
	*s &= *s - 1
	return member
}

// Order remembers which member followed which when an object of one kind was
// read last, so that the same order is found at once the next time. It only
// makes reading faster. The zero Order is ready; use one Order with one table.
type Order struct {
	next [maxNames + 1]uint8 // by the place of the member before, plus one
}
