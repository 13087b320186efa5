package querywire

import "slices"

// Seen is a set of names that finds the one that comes again. The zero Seen is
// empty; it can be reused without allocating. Not for concurrent use.
type Seen struct {
	few  []string
	many map[string]struct{}
	// marks has a bit for each of the few, by which most new names are told from
	// all of them at once.
	marks uint64
}

// fewNames is up to which number a look through all of them is the faster way.
const fewNames = 24

// Clear empties the set.
func (s *Seen) Clear() {
	clear(s.few)
	s.few, s.marks = s.few[:0], 0
	clear(s.many)
}

// Add puts name into the set and reports whether it was there.
func (s *Seen) Add(name string) (again bool) {
	if len(s.few) < fewNames {
		if m := mark(name); s.marks&m == 0 {
			s.marks |= m
		} else if slices.Contains(s.few, name) {
			return true
		}
		s.few = append(s.few, name)
		return false
	}
	if len(s.many) == 0 {
		if s.many == nil {
			s.many = make(map[string]struct{})
		}
		for _, n := range s.few {
			s.many[n] = struct{}{}
		}
	}
	if _, again = s.many[name]; !again {
		s.many[name] = struct{}{}
	}
	return again
}

// mark is one bit of 64, the same for equal names.
func mark(name string) uint64 {
	n := len(name)
	if n == 0 {
		return 1
	}
	return 1 << ((uint(n) + 5*uint(name[0]) + 11*uint(name[n/2]) + 3*uint(name[n-1])) & 63)
}
