package inspect

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"

	"wireproof/codec/wire"
)

// Structure is one of the codec's structs: a pointer to an input, an output, an
// error or a call. In JSON it is what encoding/json makes of it, except that an
// element of a list that was null on the wire is null again.
type Structure struct{ Of any }

// IsZero reports whether there is none.
func (s Structure) IsZero() bool { return s.Of == nil }

// MarshalJSON writes the members that are there.
func (s Structure) MarshalJSON() ([]byte, error) {
	if s.IsZero() {
		return []byte("null"), nil
	}
	return render(nil, reflect.ValueOf(s.Of))
}

func render(dst []byte, v reflect.Value) ([]byte, error) {
	var err error
	switch {
	case v.Kind() == reflect.Pointer:
		return render(dst, v.Elem())
	case isOptional(v.Type()) && v.FieldByName("State").Interface() == wire.Present && v.FieldByName("Value").Kind() != reflect.Float64:
		return render(dst, v.FieldByName("Value")) // a double may be NaN, which its Opt knows to write
	case v.Kind() == reflect.Slice:
		dst = append(dst, '[')
		for i := range v.Len() {
			if i > 0 {
				dst = append(dst, ',')
			}
			if dst, err = render(dst, v.Index(i)); err != nil {
				return nil, err
			}
		}
		return append(dst, ']'), nil
	case isNested(v.Addr()) && !isOptional(v.Type()):
		return renderStruct(dst, v)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err = e.Encode(v.Interface())
	return append(dst, bytes.TrimSpace(b.Bytes())...), err
}

// isNested: does the value that p points to hold other values, or one?
func isNested(p reflect.Value) bool {
	return p.Elem().Kind() == reflect.Slice || p.Elem().Kind() == reflect.Struct && !isText(p.Elem())
}

func renderStruct(dst []byte, v reflect.Value) ([]byte, error) {
	if null := v.FieldByName("Null"); null.IsValid() && null.Kind() == reflect.Bool && null.Bool() {
		return append(dst, "null"...), nil
	}
	dst = append(dst, '{')
	dst, err := renderMembers(dst, v)
	return append(dst, '}'), err
}

func renderMembers(dst []byte, v reflect.Value) ([]byte, error) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		name := memberName(field)
		var err error
		switch {
		case field.Anonymous:
			dst, err = renderMembers(dst, v.Field(i))
		case name == "" || v.Field(i).IsZero() && strings.HasSuffix(field.Tag.Get("json"), ",omitzero"):
		default:
			if dst[len(dst)-1] != '{' {
				dst = append(dst, ',')
			}
			dst = append(dst, '"')
			dst = append(dst, name...)
			dst = append(dst, '"', ':')
			dst, err = render(dst, v.Field(i))
		}
		if err != nil {
			return nil, err
		}
	}
	return dst, nil
}
