// Package exchange reads and writes one HTTP message as bytes: the request or
// the response of one exchange.
//
// It does not read with net/http, which merges and reorders headers, changes
// their case and hides what is odd about the framing. Here headers keep their
// order and case, the request target stays as it was sent, and everything odd
// is a finding with an offset (see [Kinds]). Reading fails only where no message
// can be made out.
//
// What is read is HTTP/1.x as RFC 9112 has it, with what a saved file may have
// done to it: line ends of LF alone, a head without its empty line, a body
// without a length.
//
// # Offsets
//
// The findings of this package count from the start of the raw message and have
// the part [Message]. Those of the codec count from the start of their part;
// [Request.RawOffset] and [Response.RawOffset] turn one into the other, through
// chunked framing as well, so that a finding in a body can be shown in the file.
package exchange
