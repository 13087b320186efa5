package wire

import (
	"fmt"
	"slices"
)

// Kind names one way to depart from the wire format. Kinds are stable: they
// are never renamed or given another meaning. Each format's package lists its
// own.
type Kind string

// Level tells what a departure does to real clients, and so which reading
// reports it. The levels come from measured reactions, recorded in
// fixtures/reactions.
type Level uint8

const (
	// Departure: all measured clients hand over the same value. Only strict
	// reading reports it.
	Departure Level = iota + 1
	// Split: the measured clients disagree. The value handed over is the one a
	// careful client can defend; both readings report it.
	Split
	// Unreadable: no value can be handed over, so the member stays absent. Both
	// readings report it.
	Unreadable
)

// String gives the level's name in lower case.
func (l Level) String() string {
	switch l {
	case Departure:
		return "departure"
	case Split:
		return "split"
	case Unreadable:
		return "unreadable"
	}
	return "invalid"
}

// MarshalText gives the level's name.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// Part is the part of an HTTP message that a finding is about.
type Part string

// The parts of a message. Offsets count from the start of the part; those in a
// header count from the start of its value.
const (
	Body   Part = "body"
	Query  Part = "query"  // the query string, without its question mark
	Path   Part = "path"   // the escaped path
	Header Part = "header" // the finding's Path is the header's name
	Status Part = "status"
	Method Part = "method"
)

// Finding is one departure from the wire format in a well-formed message.
type Finding struct {
	Kind  Kind  `json:"kind"`
	Level Level `json:"level"`
	Part  Part  `json:"part"`
	// Offset is the byte offset in the part where the departure starts.
	Offset int `json:"offset"`
	// Path leads to the departure: an RFC 6901 pointer in JSON, /A/B[2]/C in
	// XML, a parameter's name in a query string, a header's name.
	Path string `json:"path"`
	// Want says what the wire format asks for, Got what is there.
	Want string `json:"want"`
	Got  string `json:"got"`
}

// String gives the finding on one line. The text may change between versions.
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s at %s offset %d: want %s, got %s", f.Kind, f.Path, f.Part, f.Offset, f.Want, f.Got)
}

// Lenient returns the findings that lenient reading reports, in their order.
func Lenient(all []Finding) []Finding {
	var some []Finding
	for _, f := range all {
		if f.Level != Departure {
			some = append(some, f)
		}
	}
	return some
}

// SortFindings orders findings by part and offset, keeping the order of those
// at one place.
func SortFindings(fs []Finding) {
	slices.SortStableFunc(fs, func(a, b Finding) int {
		if a.Part != b.Part {
			return partOrder(a.Part) - partOrder(b.Part)
		}
		return a.Offset - b.Offset
	})
}

// partOrder is the order in which a message travels.
func partOrder(p Part) int {
	return slices.Index([]Part{Method, Status, Path, Query, Header, Body}, p)
}

// Quote shortens s for Want and Got: at most 60 bytes of it, in Go syntax.
func Quote(s string) string {
	const most = 60
	if len(s) <= most {
		return fmt.Sprintf("%q", s)
	}
	return fmt.Sprintf("%q... (%d bytes)", s[:most], len(s))
}
