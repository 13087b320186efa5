package wire

import (
	"encoding/json"
	"math"
)

// The JSON of this file is the view for people and schemas that the command
// line prints and reads; it is not a wire format. Struct fields take the tag
// `json:",omitzero"`, so that an absent member leaves no trace.

// IsZero reports whether the member is absent.
func (o Opt[T]) IsZero() bool { return o.State == Absent }

// MarshalJSON writes the value, or null. A double that JSON has no number for
// is written as the string that awsQuery has for it, such as "NaN".
func (o Opt[T]) MarshalJSON() ([]byte, error) {
	if o.State != Present {
		return []byte("null"), nil
	}
	if f, ok := any(o.Value).(float64); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
		return append(AppendDouble([]byte{'"'}, f), '"'), nil
	}
	text, err := json.Marshal(o.Value)
	if string(text) == "null" { // a list without room for items
		return []byte("[]"), err
	}
	return text, err
}

// UnmarshalJSON reads what MarshalJSON writes.
func (o *Opt[T]) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*o = NullOf[T]()
		return nil
	}
	if f, ok := any(&o.Value).(*float64); ok && len(text) > 1 && text[0] == '"' {
		v, known := ParseDouble(string(text[1 : len(text)-1]))
		if !known || !math.IsNaN(v) && !math.IsInf(v, 0) {
			return &EncodeError{What: "no double: " + string(text)}
		}
		*f, o.State = v, Present
		return nil
	}
	var v T
	if err := json.Unmarshal(text, &v); err != nil {
		return err
	}
	o.Set(v)
	return nil
}

// UnmarshalText reads the wire's own form and nothing else.
func (t *Timestamp) UnmarshalText(text []byte) error {
	v, ok := ParseTimestamp(string(text))
	if !ok {
		return &EncodeError{What: "want YYYY-MM-DDThh:mm:ss[.f]Z, got " + Quote(string(text))}
	}
	*t = v
	return nil
}
