package emulator

import (
	"cmp"
	"slices"
	"time"
)

// index says where in the list of a shelf each id is.
type index struct {
	// timed are the ids that are a time, as generated ones are, where each is later
	// than the one before: so it can be searched, and it grows at its end alone,
	// while every new id in a map of a million is a walk through cold memory.
	timed  []timed
	others map[string]int32
}

// timed is an id that is a time, in Unix milliseconds.
type timed struct {
	stamp int64
	place int32
}

func (x *index) find(id string) (place int, ok bool) {
	if stamp, ok := stampOf(id); ok && !x.isLast(stamp) {
		if i, ok := slices.BinarySearchFunc(x.timed, stamp, func(t timed, stamp int64) int { return cmp.Compare(t.stamp, stamp) }); ok {
			return int(x.timed[i].place), true
		}
	}
	i, ok := x.others[id]
	return int(i), ok
}

// add puts in an id that is not there.
func (x *index) add(id string, place int) {
	if stamp, ok := stampOf(id); ok && x.isLast(stamp) {
		x.timed = append(x.timed, timed{stamp, int32(place)})
		return
	}
	if x.others == nil {
		x.others = map[string]int32{}
	}
	x.others[id] = int32(place)
}

// isLast reports whether a time is later than all that are there.
func (x *index) isLast(stamp int64) bool {
	n := len(x.timed)
	return n == 0 || stamp > x.timed[n-1].stamp
}

// stampOf reads an id of the form that [instanceID] makes. Of each time there is
// one id only.
func stampOf(id string) (stamp int64, ok bool) {
	const form = "ri-YYYY-MM-DD-hh-mm-ss-fff"
	if len(id) != len(form) {
		return 0, false
	}
	var n [8]int // the numbers between the hyphens, of which the first is "ri"
	at := 0
	for i := range len(form) {
		switch c := id[i]; {
		case form[i] == '-' || form[i] == 'r' || form[i] == 'i':
			if c != form[i] {
				return 0, false
			}
			if c == '-' {
				at++
			}
		case c < '0' || '9' < c:
			return 0, false
		default:
			n[at] = n[at]*10 + int(c-'0')
		}
	}
	t := time.Date(n[1], time.Month(n[2]), n[3], n[4], n[5], n[6], n[7]*1e6, time.UTC)
	if n[2] < 1 || n[2] > 12 || n[4] > 23 || n[5] > 59 || n[6] > 59 || t.Day() != n[3] {
		return 0, false
	}
	return t.UnixMilli(), true
}
