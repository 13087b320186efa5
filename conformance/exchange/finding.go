package exchange

import "wireproof/codec/wire"

// Message is the part of findings about framing: their offsets count from the
// start of the raw message.
const Message wire.Part = "message"

// The kinds of findings about framing. Those that leave the body's extent in
// doubt are [wire.Split], since readers end it at different places; the others
// are [wire.Departure].
const (
	// BareLF: a line of the head ends with LF alone. Told once a message, at the
	// first such line. RFC 9112 section 2.2.
	BareLF wire.Kind = "http.bare-lf"
	// BareCR: a CR that no LF follows. RFC 9112 section 2.2.
	BareCR wire.Kind = "http.bare-cr"
	// StartLine: a request line or status line that can be read although it is
	// not as RFC 9112 sections 3 and 4 have it.
	StartLine wire.Kind = "http.start-line"
	// UnendedHead: the message ends before the empty line that ends the head.
	UnendedHead wire.Kind = "http.unended-head"
	// HeaderLine: a header line that is none, or has characters that are not
	// allowed. A line without a colon is left out. RFC 9112 section 5.
	HeaderLine wire.Kind = "http.header-line"
	// Folded: a header value goes on in the next line. The lines are joined with
	// one space. RFC 9112 section 5.2.
	Folded wire.Kind = "http.folded-header"
	// ContentLength: a Content-Length that is no number, is there more than once,
	// or stands beside a Transfer-Encoding. RFC 9112 section 6.3.
	ContentLength wire.Kind = "http.content-length"
	// ShortBody: the message ends before the body does.
	ShortBody wire.Kind = "http.short-body"
	// AfterBody: bytes follow the body. It is a [wire.Departure] where they are
	// line ends alone.
	AfterBody wire.Kind = "http.after-body"
	// NoLength: the body of a request has no length, and is taken to be the rest.
	// A server sees no body there. RFC 9112 section 6.3.
	NoLength wire.Kind = "http.no-length"
	// Chunk: chunked framing that is not as RFC 9112 section 7.1 has it.
	Chunk wire.Kind = "http.chunk"
	// Coding: a Transfer-Encoding other than chunked, or a Content-Encoding. The
	// body stays as it was sent.
	Coding wire.Kind = "http.coding"
	// NoBody: bytes where the status says that there is no body. They are not
	// taken as one. RFC 9112 section 6.3.
	NoBody wire.Kind = "http.no-body"
)

// Kinds lists the kinds of findings of this package.
func Kinds() []wire.Kind {
	return []wire.Kind{BareLF, BareCR, StartLine, UnendedHead, HeaderLine, Folded, ContentLength,
		ShortBody, AfterBody, NoLength, Chunk, Coding, NoBody}
}
