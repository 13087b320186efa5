package querywire

import (
	"slices"
	"strings"

	"wireproof/codec/wire"
)

// MemberItem is the name of list items that no model names.
const MemberItem = "member"

// CutItem takes a list item off the front of a name: of Filter.2.Values.Value.10
// it gives the item name Filter, the number 2 and the rest Values.Value.10. ok
// is false where no number can be had: then kind says why. Otherwise kind is
// empty, or tells what is odd about the number.
func CutItem(name string) (item string, n int32, rest string, kind wire.Kind, ok bool) {
	dot := strings.IndexByte(name, '.')
	if dot < 0 {
		return name, 0, "", KindIndexNotNumber, false
	}
	item, rest = name[:dot], name[dot+1:]
	number := rest
	if dot = strings.IndexByte(rest, '.'); dot >= 0 {
		number, rest = rest[:dot], rest[dot+1:]
	} else {
		rest = ""
	}
	n, kind, ok = ParseIndex(number)
	return item, n, rest, kind, ok
}

// ParseIndex reads the number of a list item: decimal digits, at most
// [wire.MaxListIndex]. ok is false for anything else, and kind says why.
// Otherwise kind is empty, [KindIndexZero] or [KindIndexLeadingZeros].
func ParseIndex(s string) (n int32, kind wire.Kind, ok bool) {
	if s == "" {
		return 0, KindIndexNotNumber, false
	}
	var v int64
	for i := 0; i < len(s); i++ {
		c := s[i] - '0'
		if c > 9 {
			return 0, KindIndexNotNumber, false
		}
		v = min(v*10+int64(c), wire.MaxListIndex+1)
	}
	switch {
	case v > wire.MaxListIndex:
		return 0, KindIndexTooLarge, false
	case s[0] == '0' && len(s) > 1:
		kind = KindIndexLeadingZeros
	case v == 0:
		kind = KindIndexZero
	}
	return int32(v), kind, true
}

// Item is a parameter of a numbered list, taken apart: of
// Filters.Filter.2.Values.Value.10, Index is 2, Member stands for Values and
// Inner is 10.
type Item struct {
	// Index is the number in the list.
	Index int32
	// Member is the caller's number for the member of the item.
	Member uint8
	// Nested is true where the member is itself a list; then Inner is the number
	// in that list.
	Nested bool
	Inner  int32
	// ByMember and InnerByMember are true where the items are called member.
	ByMember      bool
	InnerByMember bool
	// Param is the caller's number for the parameter.
	Param int
}

// CompareItems orders items by number, member and inner number; a value of a
// member comes before the items of the same member. It is 0 for parameters that
// say the same thing of the same item.
func CompareItems(a, b *Item) int {
	switch {
	case a.Index != b.Index:
		return cmp32(a.Index, b.Index)
	case a.Member != b.Member:
		return int(a.Member) - int(b.Member)
	case a.Nested != b.Nested:
		if b.Nested {
			return -1
		}
		return 1
	}
	return cmp32(a.Inner, b.Inner)
}

func cmp32(a, b int32) int {
	if a < b {
		return -1
	}
	if a > b {
		return 1
	}
	return 0
}

// SortItems orders items by [CompareItems]; equal ones stay in their order, so that
// the first of them is the one that came first.
func SortItems(items []Item) {
	for i := 1; i < len(items); i++ {
		if CompareItems(&items[i-1], &items[i]) > 0 {
			slices.SortStableFunc(items, func(a, b Item) int { return CompareItems(&a, &b) })
			return
		}
	}
}

// SortPairs orders pairs by name and then by value, in bytes: the order in which
// Signature Version 2 signs them. WIRE.md section B.9.
func SortPairs(pairs []Pair) {
	slices.SortStableFunc(pairs, func(a, b Pair) int {
		if c := strings.Compare(a.Name, b.Name); c != 0 {
			return c
		}
		return strings.Compare(a.Value, b.Value)
	})
}
