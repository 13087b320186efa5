// Package wire holds what the JSON, XML and query formats share: optional
// values, findings, syntax errors with their positions, limits, percent-coding,
// the text forms of scalars, and HTTP messages reduced to what travels.
//
// # Words
//
// A document is one body held in memory. A [SyntaxError] says that a document
// does not follow its standard (RFC 8259, XML 1.0, RFC 3986): nothing can be
// read from it. A [Finding] says that a well-formed document departs from the
// AWS wire format: reading went on. Every error and every finding has a byte
// offset and a path.
//
// # Two readings
//
// Strict reading reports every finding. Lenient reading reports only those
// whose [Level] is [Split] or [Unreadable], that is, those about which the
// measured clients disagree. Both hand over the same value.
//
// # Ownership
//
// Decoders read a string, and the values they hand over are substrings of it,
// so a small value keeps the whole document alive; use [strings.Clone] to let
// go of it. Values that hold an escape or an entity come from an [Arena].
package wire
