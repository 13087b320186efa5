package exchange

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"wireproof/codec/wire"
)

// Exchange is one request and what came back for it, as bytes.
type Exchange struct {
	// Sent is the request as it was sent. Request is the same, read; nil where
	// it was not meant to be HTTP.
	Sent    string
	Request *Request
	// Received is what came back, bytes after the response included. Response is
	// the same, read; nil where it is no response.
	Received string
	Response *Response

	// At is when the first byte was sent, Took how long it was until the last one
	// had come.
	At   time.Time
	Took time.Duration
	// Reused is true where the connection had carried an exchange before, Closed
	// where the other side ended it after this one.
	Reused, Closed bool
	// Waited is true where the body was held back for a 100 Continue, and sent in the
	// end because neither that nor a response had come.
	Waited bool
	// Err is what ended the exchange before there was a whole response: a
	// *[TransportError]. What had come until then is in Received.
	Err error
}

// Trouble names a way in which an exchange can end without a whole response.
type Trouble string

// The troubles. None of them is a statement about bytes.
const (
	// Unreachable: no connection.
	Unreachable Trouble = "unreachable"
	// Timeout: the response did not end in time.
	Timeout Trouble = "timeout"
	// Reset: the connection broke, or ended before a response had begun.
	Reset Trouble = "reset"
	// TooLarge: the response passes the limit that was set.
	TooLarge Trouble = "too-large"
	// Canceled: the caller gave up.
	Canceled Trouble = "canceled"
)

// TransportError says what ended an exchange.
type TransportError struct {
	Trouble Trouble
	// What happened when, for people: "connecting", "sending", "reading".
	Doing string
	Err   error
}

// Error gives the error on one line.
func (e *TransportError) Error() string {
	return fmt.Sprintf("%s while %s: %v", e.Trouble, e.Doing, e.Err)
}

// Unwrap returns the cause.
func (e *TransportError) Unwrap() error { return e.Err }

// ParseHeadResponse reads the response to a HEAD, which ends with its head
// whatever its headers say. Bytes after it are a finding, not a body. RFC 9112
// section 6.3, rule 1.
func ParseHeadResponse(raw string) (*Response, error) {
	r, err := ParseResponse(raw)
	if err != nil {
		return nil, err
	}
	r.Findings = slices.DeleteFunc(r.Findings, func(f wire.Finding) bool { return f.Kind == ShortBody || f.Kind == AfterBody })
	if rest := raw[r.BodyOffset:]; r.Body != "" || strings.Trim(rest, "\r\n") != "" {
		r.Findings = append(r.Findings, wire.Finding{Kind: NoBody, Level: wire.Split, Part: Message, Offset: r.BodyOffset, Want: "the end of the message, since it answers a HEAD", Got: fmt.Sprintf("%d more bytes", len(rest))})
	}
	r.Body, r.pieces = "", nil
	return r, nil
}
