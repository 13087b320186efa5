package wire

// State tells how a member was on the wire.
type State uint8

// The states of a member. Empty and zero are values, so they are [Present].
const (
	Absent  State = iota // not on the wire
	Null                 // JSON null; XML and query strings have no such thing
	Present              // on the wire with a value, which may be empty or zero
)

// String gives the state's name in lower case.
func (s State) String() string {
	switch s {
	case Absent:
		return "absent"
	case Null:
		return "null"
	case Present:
		return "present"
	}
	return "invalid"
}

// Opt is an optional member. The zero Opt is absent. Value is the zero value
// of T unless State is [Present], except that a list keeps its capacity for
// reuse, with length zero.
type Opt[T any] struct {
	Value T
	State State
}

// Some returns a present member.
func Some[T any](v T) Opt[T] { return Opt[T]{Value: v, State: Present} }

// NullOf returns a member that is JSON null.
func NullOf[T any]() Opt[T] { return Opt[T]{State: Null} }

// Set makes the member present.
func (o *Opt[T]) Set(v T) { o.Value, o.State = v, Present }

// IsPresent reports whether the member has a value.
func (o Opt[T]) IsPresent() bool { return o.State == Present }

// IsAbsent reports whether the member was not on the wire at all.
func (o Opt[T]) IsAbsent() bool { return o.State == Absent }

// Get returns the value and whether there is one.
func (o Opt[T]) Get() (T, bool) { return o.Value, o.State == Present }

// Or returns the value, or def where the member is absent or null.
func (o Opt[T]) Or(def T) T {
	if o.State == Present {
		return o.Value
	}
	return def
}

// Unknown is a member that no model names, kept as it was on the wire.
type Unknown struct {
	// Name is the member's name: a JSON name without its quotes and escapes, an
	// XML element's name as written (with its prefix), a query parameter's
	// decoded name.
	Name string
	// Raw is the member's value as written: a JSON value, a whole XML element
	// from its start tag to its end tag (with the namespace prefixes that it uses
	// from outside declared on it), a query value before decoding.
	Raw string
	// Offset is where Raw starts in the document, in bytes.
	Offset int
}
