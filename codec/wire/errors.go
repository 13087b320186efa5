package wire

import (
	"errors"
	"fmt"
)

// Format names a syntax.
type Format string

// The formats of this module.
const (
	JSON      Format = "json"  // RFC 8259
	XML       Format = "xml"   // XML 1.0 fifth edition with Namespaces in XML 1.0
	QueryForm Format = "query" // application/x-www-form-urlencoded, WHATWG URL
)

// Sentinels that more than one format wraps in a [SyntaxError].
var (
	ErrTruncated   = errors.New("unexpected end of document")
	ErrInvalidUTF8 = errors.New("invalid UTF-8")
	ErrIllegalChar = errors.New("character not allowed")
	ErrUnexpected  = errors.New("unexpected character")
	ErrTrailing    = errors.New("data after the document")
	ErrEmpty       = errors.New("empty document")
	ErrDepth       = errors.New("nested too deeply")
	ErrTooLarge    = errors.New("document too large")
	ErrTooMany     = errors.New("too many members")
)

// SyntaxError says that a document does not follow its standard, or passes a
// limit. Nothing that was read from the document before it is to be trusted.
type SyntaxError struct {
	Format Format
	// Offset is the byte offset where the problem starts, 0 <= Offset <= length.
	Offset int
	// Path leads to the innermost value or element that was open there.
	Path string
	// Err is the sentinel of the rule that was broken.
	Err error
	// What says more where the sentinel alone does not: `'x'`, `</b> closes <a>`.
	What string
}

// Error gives the error on one line. The text may change between versions: test
// with errors.Is, Offset and Path.
func (e *SyntaxError) Error() string {
	what := ""
	if e.What != "" {
		what = ": " + e.What
	}
	within := ""
	if e.Path != "" {
		within = " within " + e.Path
	}
	return fmt.Sprintf("%s: %v%s%s at offset %d", e.Format, e.Err, what, within, e.Offset)
}

// Unwrap returns the sentinel.
func (e *SyntaxError) Unwrap() error { return e.Err }

// ErrShape is wrapped by a [ShapeError].
var ErrShape = errors.New("not a document of this operation")

// ErrValue is wrapped by an [EncodeError].
var ErrValue = errors.New("value has no form on the wire")

// ShapeError says that a well-formed document is nothing that the operation
// can be read from, such as a JSON array where an object belongs. No measured
// client reads such a document.
type ShapeError struct {
	Kind   Kind
	Part   Part
	Offset int
	Path   string
	Want   string
	Got    string
}

// Error gives the error on one line.
func (e *ShapeError) Error() string {
	return fmt.Sprintf("%s: %v: want %s, got %s at offset %d", e.Kind, ErrShape, e.Want, e.Got, e.Offset)
}

// Unwrap returns [ErrShape].
func (e *ShapeError) Unwrap() error { return ErrShape }

// EncodeError says that a value cannot be written: a character that XML does
// not allow, an integer outside 32 bits, a required member that is absent.
type EncodeError struct {
	// Path leads to the member: an RFC 6901 pointer, /A/B, a parameter's name.
	Path string
	// What says what is wrong with the value.
	What string
}

// Error gives the error on one line.
func (e *EncodeError) Error() string { return fmt.Sprintf("%s: %v: %s", e.Path, ErrValue, e.What) }

// Unwrap returns [ErrValue].
func (e *EncodeError) Unwrap() error { return ErrValue }
