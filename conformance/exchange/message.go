package exchange

import (
	"errors"
	"fmt"

	"wireproof/codec/wire"
)

// Sentinels that a [ParseError] wraps.
var (
	ErrRequestLine = errors.New("no request line")
	ErrStatusLine  = errors.New("no status line")
)

// ParseError says that bytes are no HTTP message at all. A message past
// [wire.MaxDocument] gives one that wraps [wire.ErrTooLarge].
type ParseError struct {
	Offset int
	Err    error
	// What says what stands there instead.
	What string
}

// Error gives the error on one line.
func (e *ParseError) Error() string {
	return fmt.Sprintf("http: %v: %s at offset %d", e.Err, e.What, e.Offset)
}

// Unwrap returns the sentinel.
func (e *ParseError) Unwrap() error { return e.Err }

// Request is a request with the bytes it was read from.
type Request struct {
	wire.Request
	Frame
}

// Response is a response with the bytes it was read from.
type Response struct {
	wire.Response
	// Reason is the reason phrase of the status line.
	Reason string
	Frame
}

// Frame tells where the pieces of a message lie in its bytes.
type Frame struct {
	// Raw is the whole message.
	Raw string
	// Proto is the protocol version of the start line, "HTTP/1.1"; empty where
	// the line has none.
	Proto string
	// BodyOffset is where the body starts in Raw: after the empty line, and with
	// chunked framing after the first chunk's size line.
	BodyOffset int
	// Findings are about framing only, in the order of their offsets. They say
	// nothing about what the headers and the body mean.
	Findings []wire.Finding

	method, status, path, query int   // offsets in Raw
	values                      []int // of each header's value
	pieces                      []piece
}

// piece is a run of body bytes without framing in it.
type piece struct{ raw, body, length int }

// RawOffset turns an offset in a part of the message into one in Raw. For the
// part [wire.Header] name is the header's name, in any case; other parts ignore
// it. ok is false for a header that is not there.
func (r *Request) RawOffset(part wire.Part, name string, offset int) (raw int, ok bool) {
	return r.rawOffset(r.Headers, part, name, offset)
}

// RawOffset turns an offset in a part of the message into one in Raw, as
// [Request.RawOffset] does.
func (r *Response) RawOffset(part wire.Part, name string, offset int) (raw int, ok bool) {
	return r.rawOffset(r.Headers, part, name, offset)
}

func (f *Frame) rawOffset(headers wire.Headers, part wire.Part, name string, offset int) (int, bool) {
	switch part {
	case Message:
		return f.clamp(offset), true
	case wire.Method:
		return f.clamp(f.method + offset), true
	case wire.Status:
		return f.clamp(f.status + offset), true
	case wire.Path:
		return f.clamp(f.path + offset), true
	case wire.Query:
		return f.clamp(f.query + offset), true
	case wire.Header:
		for i, h := range headers {
			if equalName(h.Name, name) && i < len(f.values) {
				return f.clamp(f.values[i] + offset), true
			}
		}
		return 0, false
	}
	for _, p := range f.pieces {
		if offset < p.body+p.length {
			return f.clamp(p.raw + offset - p.body), true
		}
	}
	if n := len(f.pieces); n > 0 {
		last := f.pieces[n-1]
		return f.clamp(last.raw + offset - last.body), true
	}
	return f.clamp(f.BodyOffset + offset), true
}

func (f *Frame) clamp(offset int) int { return min(max(offset, 0), len(f.Raw)) }

func (f *Frame) note(kind wire.Kind, level wire.Level, offset int, want, got string) {
	f.Findings = append(f.Findings, wire.Finding{Kind: kind, Level: level, Part: Message,
		Offset: f.clamp(offset), Want: want, Got: got})
}
