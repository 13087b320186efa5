package rds

import (
	"strings"

	"wireproof/codec/querywire"
	"wireproof/codec/wire"
)

func (f *form) tags(v *wire.Opt[[]Tag]) {
	if !v.IsPresent() {
		return
	}
	if !f.version.HasTags() {
		f.refuseVersion("Tags")
	}
	if len(v.Value) == 0 {
		f.buf = append(f.buf, "&Tags="...)
	}
	for i := range v.Value {
		tag := &v.Value[i]
		if !tag.Key.IsPresent() && !tag.Value.IsPresent() {
			f.refuse(string(querywire.AppendItem(nil, tagPrefix[1:], i+1)), "without members it leaves no trace")
		}
		f.itemText(tagPrefix, i+1, ".Key=", &tag.Key)
		f.itemText(tagPrefix, i+1, ".Value=", &tag.Value)
	}
}

func (f *form) filters(v *wire.Opt[[]Filter]) {
	if !v.IsPresent() {
		return
	}
	name, values := ".Name=", ".Values"
	switch f.version.Filters(f.operation) {
	case NoFilters:
		f.refuseVersion("Filters")
	case FilterNameValue:
		name, values = ".FilterName=", ".FilterValue"
	}
	if len(v.Value) == 0 {
		f.buf = append(f.buf, "&Filters="...)
	}
	for i := range v.Value {
		filter := &v.Value[i]
		f.require(i+1, name, filter.Name.IsPresent())
		f.require(i+1, values, filter.Values.IsPresent())
		f.itemText(filterPrefix, i+1, name, &filter.Name)
		if filter.Values.IsPresent() && len(filter.Values.Value) == 0 {
			f.item(filterPrefix, i+1, values)
			f.buf = append(f.buf, '=')
		}
		for j, value := range filter.Values.Value {
			f.item(filterPrefix, i+1, values)
			f.buf = append(querywire.AppendItem(f.buf, ".Value", j+1), '=')
			f.value(value)
		}
	}
}

const (
	filterPrefix = "&Filters.Filter"
	tagPrefix    = "&Tags.Tag"
)

// require refuses a filter that lacks a member. Both are required.
func (f *form) require(n int, member string, present bool) {
	if !present {
		path := string(querywire.AppendItem(nil, filterPrefix[1:], n)) + strings.TrimSuffix(member, "=")
		f.refuse(path, "required, but absent")
	}
}

// itemText writes a member of an item where it is present.
func (f *form) itemText(prefix string, n int, member string, v *wire.Opt[string]) {
	if v.IsPresent() {
		f.item(prefix, n, member)
		f.value(v.Value)
	}
}

// item starts a pair whose name is prefix.n and rest.
func (f *form) item(prefix string, n int, rest string) {
	f.buf = append(querywire.AppendItem(f.buf, prefix, n), rest...)
}

// unknown writes unknown parameters back as they were.
func (f *form) unknown(list []wire.Unknown) {
	for i := range list {
		u := &list[i]
		if strings.Contains(u.Raw, "&") {
			f.refuse(u.Name, "raw value with an ampersand: "+wire.Quote(u.Raw))
		}
		f.buf = append(f.buf, '&')
		f.buf = wire.AppendEscaped(f.buf, u.Name)
		f.buf = append(f.buf, '=')
		f.buf = append(f.buf, u.Raw...)
	}
}
