package inspect

import (
	"reflect"
	"strconv"
	"strings"

	"wireproof/codec/wire"
)

// UnknownMember is a member that no model names.
type UnknownMember struct {
	// In points to the structure that has it, as an RFC 6901 pointer into "value"
	// or "error": "" for the outermost one.
	In string `json:"in"`
	// Envelope says that it stood beside the result of an RDS response, Query
	// that it stood in the query string of a request whose body has the members.
	Envelope bool `json:"envelope,omitempty"`
	Query    bool `json:"query,omitempty"`

	Name string `json:"name"`
	// Raw is the member as written, Offset where Raw starts in its part.
	Raw    string    `json:"raw"`
	Offset int       `json:"offset"`
	At     *Position `json:"at,omitempty"`
}

// The fields of the codec's structs that hold unknown members, besides Unknown.
const (
	inEnvelope = "UnknownEnvelope"
	inQuery    = "UnknownQuery"
)

// unknownMembers collects the unknown members of an input, output or error.
func unknownMembers(value any) []UnknownMember {
	var all []UnknownMember
	walk(reflect.ValueOf(value), "", func(in, field string, list *[]wire.Unknown) {
		for _, u := range *list {
			all = append(all, UnknownMember{In: in, Envelope: field == inEnvelope, Query: field == inQuery,
				Name: u.Name, Raw: u.Raw, Offset: u.Offset})
		}
	})
	return all
}

// setUnknown puts unknown members where they belong. It returns the first that
// belongs nowhere.
func setUnknown(value any, members []UnknownMember) (lost *UnknownMember) {
	placed := make([]bool, len(members))
	walk(reflect.ValueOf(value), "", func(in, field string, list *[]wire.Unknown) {
		for i, m := range members {
			if m.In == in && m.Envelope == (field == inEnvelope) && m.Query == (field == inQuery) {
				*list = append(*list, wire.Unknown{Name: m.Name, Raw: m.Raw, Offset: m.Offset})
				placed[i] = true
			}
		}
	})
	for i := range members {
		if !placed[i] {
			return &members[i]
		}
	}
	return nil
}

// walk visits every list of unknown members in v, with the pointer to its
// structure.
func walk(v reflect.Value, in string, visit func(in, field string, list *[]wire.Unknown)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			walk(v.Elem(), in, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), in+"/"+strconv.Itoa(i), visit)
		}
	case reflect.Struct:
		if isOptional(v.Type()) {
			walk(v.FieldByName("Value"), in, visit)
			return
		}
		for i := range v.NumField() {
			field := v.Type().Field(i)
			switch list, ok := v.Field(i).Addr().Interface().(*[]wire.Unknown); {
			case ok:
				visit(in, field.Name, list)
			case field.Anonymous:
				walk(v.Field(i), in, visit)
			case field.IsExported() && memberName(field) != "":
				walk(v.Field(i), in+"/"+memberName(field), visit)
			}
		}
	}
}

// isOptional: is t a wire.Opt of something?
func isOptional(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t.PkgPath() == reflect.TypeFor[wire.Unknown]().PkgPath() && strings.HasPrefix(t.Name(), "Opt[")
}

// memberName is the field's name in JSON, or "" where it has none.
func memberName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	switch name {
	case "-":
		return ""
	case "":
		return f.Name
	}
	return name
}
