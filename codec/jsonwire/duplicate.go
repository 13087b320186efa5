package jsonwire

import (
	"cmp"
	"slices"
	"strings"
)

// nameAt is a name of an object that is open. The names of all open objects
// stand in one list, those of inner objects after those of outer ones; an
// object's names are compared when it closes and then dropped. Sorting keeps an
// object with many members from costing quadratic time.
type nameAt struct {
	text   string
	offset int
}

func (r *Reader) addName(text string, offset int) {
	r.names = append(r.names, nameAt{text, offset})
}

// closeNames notes the duplicates among the names from start on, and drops them.
func (r *Reader) closeNames(start int) {
	names := r.names[start:]
	r.names = r.names[:start]
	if len(names) < 2 {
		return
	}
	slices.SortFunc(names, func(a, b nameAt) int {
		return cmp.Or(strings.Compare(a.text, b.text), cmp.Compare(a.offset, b.offset))
	})
	for i := 1; i < len(names); i++ {
		if names[i].text == names[i-1].text {
			r.duplicates = append(r.duplicates, names[i].offset)
		}
	}
}
