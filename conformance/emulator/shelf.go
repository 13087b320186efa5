package emulator

import (
	"sync"

	"wireproof/codec/rds"
)

// owner is whose reservations are kept together.
type owner struct{ account, region string }

// ledger is what everybody has bought of one service. R is what is kept of a
// reservation; it does not change once it is in.
type ledger[R any] struct {
	mu      sync.RWMutex
	shelves map[owner]*shelf[R]
}

// of gives the owner's shelf, or nil where nothing was bought yet: asking leaves
// nothing behind.
func (l *ledger[R]) of(o owner) *shelf[R] {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.shelves[o]
}

// open gives the owner's shelf for a purchase, or nil where it would be one more
// than most.
func (l *ledger[R]) open(o owner, most int) *shelf[R] {
	if s := l.of(o); s != nil {
		return s
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.shelves[o]
	if s == nil && len(l.shelves) < most {
		if l.shelves == nil {
			l.shelves = map[owner]*shelf[R]{}
		}
		s = &shelf[R]{}
		l.shelves[o.clone()] = s
	}
	return s
}

// shelf is what one account has bought in one region, in the order of purchase.
type shelf[R any] struct {
	// buying is held for the whole of a purchase, its journal included, so that of
	// two purchases under one id one sees the other. Those who only look wait for
	// mu alone, which is held for no longer than it takes to add.
	buying sync.Mutex

	mu     sync.RWMutex
	list   []R
	ids    index
	groups groups // of RDS

	// For those who hold buying.
	sum   int64 // of RDS: how many DB instances are reserved
	stamp int64 // of RDS: the time of the last generated id, in Unix milliseconds
	until int64 // of MediaConnect: the latest end, in Unix seconds
}

// all gives the reservations as they are now. What it returns does not change:
// adding only writes behind it.
func (s *shelf[R]) all() []R {
	if s == nil {
		return nil
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.list
}

// find gives the reservation with this id as a list of one, or nil.
func (s *shelf[R]) find(id string) []R {
	if s == nil {
		return nil
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	i, ok := s.ids.find(id)
	if !ok {
		return nil
	}
	return s.list[i : i+1 : i+1]
}

// has reports whether the id is taken. The caller holds buying, without which
// nothing is added, so that mu need not be held.
func (s *shelf[R]) has(id string) bool {
	_, ok := s.ids.find(id)
	return ok
}

// add puts a reservation in, of this offering at RDS, nil at MediaConnect. The
// caller holds buying and knows the id is free.
func (s *shelf[R]) add(id string, r R, offering *rds.ReservedDBInstancesOffering) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids.add(id, len(s.list))
	if offering != nil {
		if s.groups == nil {
			s.groups = groups{}
		}
		s.groups[offering] = append(s.groups[offering], int32(len(s.list)))
	}
	s.list = append(s.list, r)
}
