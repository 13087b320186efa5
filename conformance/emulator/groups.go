package emulator

import (
	"slices"

	"wireproof/codec/rds"
)

// groups says where on a shelf the reservations of each offering are, so that a
// page of a rare offering costs no look at all the others. There are as many groups
// as offerings were bought.
type groups map[*rds.ReservedDBInstancesOffering][]int32

// walk goes through the reservations of a page in the order of purchase: through
// all from at on, or through those of some groups.
type walk struct {
	at, end int
	grouped bool
	lists   [][]int32 // none is empty
}

// next gives the number of a reservation, or -1 at the end.
func (w *walk) next() int {
	if !w.grouped {
		if w.at >= w.end {
			return -1
		}
		w.at++
		return w.at - 1
	}
	first := -1
	for i, list := range w.lists {
		if first < 0 || list[0] < w.lists[first][0] {
			first = i
		}
	}
	if first < 0 {
		return -1
	}
	n := int(w.lists[first][0])
	if w.lists[first] = w.lists[first][1:]; len(w.lists[first]) == 0 {
		w.lists = slices.Delete(w.lists, first, first+1)
	}
	if n >= w.end { // bought after the page was begun
		return -1
	}
	return n
}

// walk begins a page at a number. With a lease it goes through all: the caller looks
// for the lease, among a million reservations for some 20 ms, and an index by lease
// would make every reservation half as large again.
func (s *shelf[R]) walk(f *filter, from, end int) walk {
	w := walk{at: from, end: end}
	if s == nil || !f.narrow() || f.lease != "" {
		return w
	}
	w.grouped = true
	s.mu.RLock()
	defer s.mu.RUnlock()
	for o, list := range s.groups {
		if !f.matches(o) {
			continue
		}
		i, _ := slices.BinarySearch(list, int32(from))
		if i < len(list) {
			w.lists = append(w.lists, list[i:len(list):len(list)])
		}
	}
	return w
}
