package inspect

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strconv"

	"wireproof/codec/wire"
)

// assign puts a document into one of the codec's structs. It is stricter than
// encoding/json, since what is encoded should be what was meant: every member
// has to be one of the struct, in its own case, and of its type.
func assign(n *node, v reflect.Value, path string) error {
	switch {
	case isOptional(v.Type()):
		return assignOptional(n, v, path)
	case v.Kind() == reflect.Slice:
		if n.kind != '[' {
			return n.fault(path, "", "want a list, got %s", n)
		}
		v.Set(reflect.MakeSlice(v.Type(), len(n.items), len(n.items)))
		for i, item := range n.items {
			if err := assign(item, v.Index(i), path+"/"+strconv.Itoa(i)); err != nil {
				return err
			}
		}
		return nil
	case v.Kind() == reflect.Struct && !isText(v):
		return assignStruct(n, v, path)
	}
	return assignScalar(n, v, path)
}

func assignOptional(n *node, v reflect.Value, path string) error {
	state := v.FieldByName("State")
	if n.kind == 'n' {
		state.Set(reflect.ValueOf(wire.Null))
		return nil
	}
	value := v.FieldByName("Value")
	if value.Kind() == reflect.Float64 && n.kind == '"' {
		// Its own reading knows "NaN" and the infinities.
		if json.Unmarshal(n.json(), v.Addr().Interface()) != nil {
			return n.fault(path, "write a number, NaN, Infinity or -Infinity", "want a number, got %s", n)
		}
		return nil
	}
	state.Set(reflect.ValueOf(wire.Present))
	return assign(n, value, path)
}

func assignStruct(n *node, v reflect.Value, path string) error {
	if n.kind == 'n' {
		// An element of a list that was null on the wire.
		if null := v.FieldByName("Null"); null.IsValid() && null.Kind() == reflect.Bool {
			null.SetBool(true)
			return nil
		}
	}
	if n.kind != '{' {
		return n.fault(path, "", "want an object, got %s", n)
	}
	for i, name := range n.names {
		field, ok := fieldByMember(v, name.text)
		if !ok {
			hint := "it has " + list(members(v))
			if near := Nearest(name.text, members(v)); near != "" {
				hint = "did you mean " + near + "?"
			}
			return name.fault(path, hint, "there is no member %q", name.text)
		}
		if err := assign(n.items[i], field, path+"/"+name.text); err != nil {
			return err
		}
	}
	return nil
}

// assignScalar leaves the reading to encoding/json, after the kinds are known to
// agree.
func assignScalar(n *node, v reflect.Value, path string) error {
	want, hint := "a string", ""
	var kind byte = '"'
	switch v.Kind() {
	case reflect.Int64:
		want, kind = "an integer", '0'
	case reflect.Float64:
		want, kind = "a number", '0'
	case reflect.Bool:
		want, kind = "true or false", 'b'
	}
	switch {
	case n.kind == kind:
	case kind == '"' && (n.kind == '0' || n.kind == 'b'):
		return n.fault(path, "put it in quotes", "want %s, got %s", want, n)
	case n.kind == '"' && kind != '"':
		return n.fault(path, "leave the quotes away", "want %s, got %s", want, n)
	default:
		return n.fault(path, hint, "want %s, got %s", want, n)
	}
	if json.Unmarshal(n.json(), v.Addr().Interface()) != nil {
		if isText(v) {
			want, hint = "a timestamp", "write it as 2011-12-18T23:24:56.577Z"
		}
		return n.fault(path, hint, "want %s, got %s", want, n)
	}
	return nil
}

// isText: is v written as a string although it is a struct?
func isText(v reflect.Value) bool {
	_, ok := v.Addr().Interface().(encoding.TextUnmarshaler)
	return ok
}

// fieldByMember finds the field of a member, also in embedded structs.
func fieldByMember(v reflect.Value, name string) (reflect.Value, bool) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		switch {
		case field.Anonymous:
			if f, ok := fieldByMember(v.Field(i), name); ok {
				return f, true
			}
		case field.IsExported() && name != "" && memberName(field) == name:
			return v.Field(i), true
		}
	}
	return reflect.Value{}, false
}

// members lists the names of a struct's members.
func members(v reflect.Value) (names []string) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		switch {
		case field.Anonymous:
			names = append(names, members(v.Field(i))...)
		case field.IsExported() && memberName(field) != "":
			names = append(names, memberName(field))
		}
	}
	return names
}
