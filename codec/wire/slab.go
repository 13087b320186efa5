package wire

// Slab hands out the backing of many short lists from few allocations. What it
// has handed out it never touches again, so a list stays its holder's. The zero
// Slab is ready. Not for concurrent use.
type Slab[T any] struct {
	free []T
	size int // of the next chunk, in elements
}

const lastSlab = 1024

// Extend lengthens list by one element and returns it with a pointer to the new
// element. An element that lies in list's own capacity comes as it was left, so
// that what it holds can be reused: the caller resets it.
func (s *Slab[T]) Extend(list []T) ([]T, *T) {
	n := len(list)
	if n < cap(list) {
		list = list[:n+1]
		return list, &list[n]
	}
	room := max(2, 2*n)
	if len(s.free) < room {
		s.size = min(max(s.size*2, 16), lastSlab)
		s.free = make([]T, max(room, s.size))
	}
	grown := s.free[: n+1 : room]
	s.free = s.free[room:]
	copy(grown, list)
	return grown, &grown[n]
}
