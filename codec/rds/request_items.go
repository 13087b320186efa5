package rds

import (
	"strconv"

	"wireproof/codec/querywire"
	"wireproof/codec/wire"
)

// readTags puts the tags together.
func (d *Decoder) readTags(dst *wire.Opt[[]Tag]) {
	items, present := d.sortedItems()
	if !present {
		return
	}
	tags := notNil(dst.Value)
	var tag *Tag
	for i := range items {
		it, value := &items[i], d.parameter(&items[i]).Value
		if d.startsItem(items, i) {
			tags, tag = d.request.tags.Extend(tags)
			*tag = Tag{}
		}
		switch {
		case d.repeats(items, i):
		case it.Member == fieldKey:
			tag.Key.Set(value)
		default:
			tag.Value.Set(value)
		}
	}
	dst.Set(tags)
}

// readFilters puts the filters together.
func (d *Decoder) readFilters(dst *wire.Opt[[]Filter]) {
	items, present := d.sortedItems()
	if !present {
		return
	}
	filters := notNil(dst.Value)
	var filter *Filter
	for i := range items {
		it, value := &items[i], d.parameter(&items[i]).Value
		if d.startsItem(items, i) {
			filters, filter = d.request.filters.Extend(filters)
			*filter = Filter{Values: wire.Opt[[]string]{Value: filter.Values.Value[:0]}}
		}
		switch {
		case d.repeats(items, i):
		case it.Member == fieldName:
			filter.Name.Set(value)
		default:
			d.readFilterValue(items, i, &filter.Values)
		}
		if i+1 == len(items) || items[i+1].Index != it.Index {
			d.requireFilterMembers(it, filter)
		}
	}
	dst.Set(filters)
}

// notNil tells an empty list from a nil one, which JSON shows as null.
func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// readFilterValue adds one value, or reads Values= as the empty list.
func (d *Decoder) readFilterValue(items []querywire.Item, i int, dst *wire.Opt[[]string]) {
	it, p := &items[i], d.parameter(&items[i])
	values, value := dst.Value, (*string)(nil)
	switch {
	case it.Nested:
		d.checkNumber(it, it.Inner, previousInner(items, i))
		if i > 0 && sameValues(&items[i-1], it) && items[i-1].InnerByMember != it.InnerByMember {
			d.noteItem(querywire.KindMixedItems, it, "one name for all items", "two")
		}
	case p.Value == "":
		if i+1 < len(items) && sameValues(it, &items[i+1]) && items[i+1].Nested {
			d.noteItem(querywire.KindEmptyListWithItems, it, "an empty list or items", "both")
		}
		dst.Set(notNil(values))
		return
	default:
		d.note(KindListAsValue, wire.Split, p.valueAt(), p.Name, valueItem+".N", wire.Quote(p.Value))
	}
	values, value = d.request.values.Extend(values)
	*value = p.Value
	dst.Set(values)
}

// requireFilterMembers notes what the filter that ends with it lacks.
func (d *Decoder) requireFilterMembers(it *querywire.Item, f *Filter) {
	names := [2]string{"Name", "Values"}
	call := &d.request.call
	if call.ReadAs.Filters(call.Operation) == FilterNameValue {
		names = [2]string{"FilterName", "FilterValue"}
	}
	for i, present := range [2]bool{f.Name.IsPresent(), f.Values.IsPresent()} {
		if !present {
			path := string(querywire.AppendItem(nil, "Filters.Filter", int(it.Index))) + "." + names[i]
			d.note(wire.KindRequired, wire.Unreadable, d.parameter(it).at(), path, "a required member", "none")
		}
	}
}

// sortedItems returns the parameters of the list in the order of their numbers,
// and whether the list is there at all.
func (d *Decoder) sortedItems() (items []querywire.Item, present bool) {
	s := &d.request
	items = s.items
	querywire.SortItems(items)
	for i := range items {
		if items[i].ByMember != items[0].ByMember {
			d.noteItem(querywire.KindMixedItems, &items[i], "one name for all items", "two")
			break
		}
	}
	if s.empty != nil && len(items) > 0 {
		d.noteForm(querywire.KindEmptyListWithItems, s.empty, "an empty list or items", "both")
	}
	return items, s.empty != nil || len(items) > 0
}

// startsItem reports whether items[i] is the first of its number, and notes a
// gap before it.
func (d *Decoder) startsItem(items []querywire.Item, i int) bool {
	it, previous := &items[i], int32(0)
	if i > 0 {
		if previous = items[i-1].Index; previous == it.Index {
			return false
		}
	}
	d.checkNumber(it, it.Index, previous)
	return true
}

func (d *Decoder) checkNumber(it *querywire.Item, n, previous int32) {
	if int64(n) > int64(previous)+1 {
		d.noteItem(querywire.KindIndexGap, it, strconv.Itoa(int(previous)+1), strconv.Itoa(int(n)))
	}
}

// previousInner is the number before items[i] in the same list of values.
func previousInner(items []querywire.Item, i int) int32 {
	if i > 0 && sameValues(&items[i-1], &items[i]) && items[i-1].Nested {
		return items[i-1].Inner
	}
	return 0
}

// sameValues reports whether two parameters are of one filter's values.
func sameValues(a, b *querywire.Item) bool { return a.Index == b.Index && a.Member == b.Member }

// repeats reports whether items[i] says again what the one before it says.
func (d *Decoder) repeats(items []querywire.Item, i int) bool {
	if i == 0 || querywire.CompareItems(&items[i-1], &items[i]) != 0 {
		return false
	}
	d.noteDuplicate(d.parameter(&items[i]))
	return true
}

// parameter is the parameter that an item was made from.
func (d *Decoder) parameter(it *querywire.Item) *parameter { return &d.request.params[it.Param] }

func (d *Decoder) noteItem(kind wire.Kind, it *querywire.Item, want, got string) {
	d.noteForm(kind, d.parameter(it), want, got)
}
