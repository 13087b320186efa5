package rds

import (
	"strings"

	"wireproof/codec/querywire"
	"wireproof/codec/wire"
)

// list is what a list parameter is called. WIRE.md section B.4.
type list struct {
	member member
	name   string
	item   string
}

var (
	filterList = list{memberFilters, "Filters", "Filter"}
	tagList    = list{memberTags, "Tags", "Tag"}
)

// valueItem is what the items of a filter's values are called.
const valueItem = "Value"

// The members of list items, for querywire.Item.
const (
	fieldKey uint8 = iota
	fieldValue
	fieldName
	fieldValues
)

// listParameter takes a parameter of the operation's one list apart and keeps
// it until all are there. It reports whether the parameter is one of the list
// and can be read.
func (d *Decoder) listParameter(l *list, i int) bool {
	p := &d.request.params[i]
	rest, ok := strings.CutPrefix(p.Name, l.name)
	switch {
	case !ok:
		return false
	case rest == "":
		return d.emptyList(l, p)
	case rest[0] != '.':
		return false
	}
	item := querywire.Item{Param: i}
	rest, ok = d.cutItem(rest[1:], l.item, p, &item.Index, &item.ByMember)
	if !ok || !d.itemMember(l, rest, p, &item) {
		return false
	}
	d.checkListVersion(l, p)
	d.request.items = append(d.request.items, item)
	return true
}

// emptyList reads Filters= and Tags=.
func (d *Decoder) emptyList(l *list, p *parameter) bool {
	if p.Value != "" {
		d.noteForm(querywire.KindListValue, p, "items, or an empty value", wire.Quote(p.Value))
		return false
	}
	if d.request.empty != nil {
		d.noteDuplicate(p)
		return true
	}
	d.checkListVersion(l, p)
	d.request.empty = p
	return true
}

// checkListVersion notes, once, a list that the version does not have.
func (d *Decoder) checkListVersion(l *list, p *parameter) {
	s := &d.request
	if s.had&l.member != 0 {
		return
	}
	s.had |= l.member
	if l == &tagList && !s.call.ReadAs.HasTags() || l == &filterList && s.call.ReadAs.Filters(s.call.Operation) == NoFilters {
		d.noteVersion(p)
	}
}

// cutItem takes the item's name and number off a name. Where it cannot be done
// it is a finding, since the list is known.
func (d *Decoder) cutItem(name, itemName string, p *parameter, index *int32, byMember *bool) (rest string, ok bool) {
	item, n, rest, kind, ok := querywire.CutItem(name)
	*index = n
	switch {
	case item != itemName && item != querywire.MemberItem:
		d.noteForm(querywire.KindItemName, p, itemName, wire.Quote(item))
		return "", false
	case kind != "":
		d.noteForm(kind, p, itemName+".N with N from 1", wire.Quote(name))
	}
	if ok && item != itemName {
		*byMember = true
		d.noteForm(querywire.KindMemberItem, p, itemName, item)
	}
	return rest, ok
}

// itemMember reads what follows the number: the member of the item.
func (d *Decoder) itemMember(l *list, rest string, p *parameter, item *querywire.Item) bool {
	if rest == "" {
		d.noteForm(querywire.KindListValue, p, "a member of "+l.item, "none")
		return false
	}
	if l == &tagList {
		switch rest {
		case "Key":
			item.Member = fieldKey
		case "Value":
			item.Member = fieldValue
		default:
			return false
		}
		return true
	}
	name, inner, nested := strings.Cut(rest, ".")
	switch name {
	case "Name", "FilterName":
		item.Member = fieldName
		if nested {
			return false
		}
	case "Values", "FilterValue":
		item.Member = fieldValues
		if nested {
			item.Nested = true
			after, ok := d.cutItem(inner, valueItem, p, &item.Inner, &item.InnerByMember)
			if !ok || after != "" {
				return false
			}
		}
	default:
		return false
	}
	d.checkFilterForm(strings.HasPrefix(name, "Filter"), p)
	return true
}

// checkFilterForm notes the form that the version does not write.
func (d *Decoder) checkFilterForm(old bool, p *parameter) {
	call := &d.request.call
	form := call.ReadAs.Filters(call.Operation)
	if form == NoFilters || old == (form == FilterNameValue) {
		return
	}
	want := "Name and Values"
	if form == FilterNameValue {
		want = "FilterName and FilterValue"
	}
	level := wire.Split
	if call.ReadAs == V20130515 || call.ReadAs == V20130909 {
		level = wire.Departure
	}
	d.note(KindFilterForm, level, p.at(), p.Name, want, p.Name)
}

// noteForm notes one of querywire's kinds.
func (d *Decoder) noteForm(kind wire.Kind, p *parameter, want, got string) {
	d.note(kind, querywire.LevelOf(kind), p.at(), p.Name, want, got)
}
