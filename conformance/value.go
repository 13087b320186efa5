package conformance

import (
	"fmt"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"time"

	"wireproof/codec/wire"
)

// A value is what a member of an answer is to a case: nil where it is absent or
// null, a string, an int64, a float64, a bool, a time.Time, a list or a structure.
type value = any

// structure is a value with members. Order does not matter.
type structure map[string]value

// toValue makes a value of one of the codec's structs, or of a part of one.
func toValue(v reflect.Value) value {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return toValue(v.Elem())
	case reflect.Struct:
		if ts, ok := v.Interface().(wire.Timestamp); ok {
			return ts.Time()
		}
		if state := v.FieldByName("State"); state.IsValid() && state.Type() == reflect.TypeFor[wire.State]() {
			if state.Interface() != wire.Present {
				return nil
			}
			return toValue(v.FieldByName("Value"))
		}
		s := structure{}
		addMembers(s, v)
		return s
	case reflect.Slice:
		list := make([]value, v.Len())
		for i := range list {
			list[i] = toValue(v.Index(i))
		}
		return list
	case reflect.String:
		return v.String()
	case reflect.Int, reflect.Int64:
		return v.Int()
	case reflect.Float64:
		return v.Float()
	case reflect.Bool:
		return v.Bool()
	}
	panic("conformance: BUG: no value of " + v.Type().String())
}

// addMembers adds the members of a struct under their names on the wire, those of
// embedded structs too. Unknown members are not among them.
func addMembers(s structure, v reflect.Value) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if field.Anonymous {
			addMembers(s, v.Field(i))
			continue
		}
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "-" || !field.IsExported() {
			continue
		}
		if name == "" {
			name = field.Name
		}
		if member := toValue(v.Field(i)); member != nil {
			s[name] = member
		}
	}
}

// resolve finds the values at a path, one for each way through its stars, with the
// path of each. What is not there is one nil.
func resolve(root value, path string) (paths []string, values []value) {
	if path == "" {
		return []string{""}, []value{root}
	}
	var walk func(v value, done string, rest []string)
	walk = func(v value, done string, rest []string) {
		if len(rest) == 0 {
			paths, values = append(paths, done), append(values, v)
			return
		}
		seg := unescapePointer(rest[0])
		list, isList := v.([]value)
		switch {
		case seg == "*":
			for i, item := range list {
				walk(item, done+"/"+strconv.Itoa(i), rest[1:])
			}
		case isList:
			var item value
			if i, err := strconv.Atoi(seg); err == nil && i >= 0 && i < len(list) {
				item = list[i]
			}
			walk(item, done+"/"+seg, rest[1:])
		default:
			s, _ := v.(structure)
			walk(s[seg], done+"/"+rest[0], rest[1:])
		}
	}
	walk(root, "", strings.Split(strings.TrimPrefix(path, "/"), "/"))
	return paths, values
}

func unescapePointer(s string) string {
	return strings.NewReplacer("~1", "/", "~0", "~").Replace(s)
}

// equal compares two values. Numbers compare by what they are worth, a time with a
// text by the instant that the text stands for.
func equal(a, b value) bool {
	switch a := a.(type) {
	case int64:
		switch b := b.(type) {
		case int64:
			return a == b
		case float64:
			return float64(a) == b
		}
		return false
	case float64:
		switch b := b.(type) {
		case int64:
			return a == float64(b)
		case float64:
			return a == b
		}
		return false
	case time.Time:
		switch b := b.(type) {
		case time.Time:
			return a.Equal(b)
		case string:
			ts, ok := wire.ParseTimestamp(b)
			return ok && a.Equal(ts.Time())
		}
		return false
	case string:
		if t, ok := b.(time.Time); ok {
			return equal(t, a)
		}
		s, ok := b.(string)
		return ok && a == s
	case []value:
		b, ok := b.([]value)
		if !ok || len(a) != len(b) {
			return false
		}
		for i := range a {
			if !equal(a[i], b[i]) {
				return false
			}
		}
		return true
	case structure:
		b, ok := b.(structure)
		if !ok || len(a) != len(b) {
			return false
		}
		for name := range a {
			if other, ok := b[name]; !ok || !equal(a[name], other) {
				return false
			}
		}
		return true
	}
	return a == b // nil, bool
}

// describe writes a value for people, its kind before it.
func describe(v value) string {
	switch v := v.(type) {
	case nil:
		return "none"
	case string:
		return "text " + wire.Quote(v)
	case int64:
		return "integer " + strconv.FormatInt(v, 10)
	case float64:
		return "number " + strconv.FormatFloat(v, 'g', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return "time " + v.UTC().Format(time.RFC3339Nano)
	case []value:
		return fmt.Sprintf("list of %d", len(v))
	case structure:
		names := make([]string, 0, len(v))
		for name := range v {
			names = append(names, name)
		}
		sort.Strings(names)
		return "structure of " + strings.Join(names, ", ")
	}
	return fmt.Sprint(v)
}

// fromYAML makes a value of what yaml.v3 decodes into any.
func fromYAML(v any) value {
	switch v := v.(type) {
	case int:
		return int64(v)
	case uint64:
		return float64(v)
	case []any:
		list := make([]value, len(v))
		for i := range v {
			list[i] = fromYAML(v[i])
		}
		return list
	case map[string]any:
		s := structure{}
		for name, member := range v {
			s[name] = fromYAML(member)
		}
		return s
	case map[any]any:
		s := structure{}
		for name, member := range v {
			s[fmt.Sprint(name)] = fromYAML(member)
		}
		return s
	}
	return v
}
