package mediaconnect

import (
	"strconv"
	"strings"

	"wireproof/codec/wire"
)

const (
	contentType     = "application/json"
	requestIDHeader = "x-amzn-RequestId"
	errorTypeHeader = "X-Amzn-ErrorType"
)

// status compares the status, where it is known. No client does.
func (d *Decoder) status(resp *wire.Response, want int, level wire.Level) {
	if resp.Status != 0 && resp.Status != want {
		d.found(wire.Finding{Kind: wire.KindStatus, Level: level, Part: wire.Status, Want: strconv.Itoa(want), Got: strconv.Itoa(resp.Status)})
	}
}

// responseType looks at the media type of a response with a body. No client does.
// WIRE.md section A.10.
func (d *Decoder) responseType(resp *wire.Response) {
	if resp.Status != 0 && resp.Body != "" {
		d.mediaType(resp.Headers)
	}
}

func (d *Decoder) mediaType(headers wire.Headers) {
	if d.Lenient {
		return
	}
	media, ok := headers.MediaType()
	if media == contentType {
		return
	}
	got := "no such header"
	if ok {
		got = wire.Quote(media)
	}
	d.found(wire.Finding{Kind: wire.KindContentType, Level: wire.Departure, Part: wire.Header, Path: "Content-Type", Want: contentType, Got: got})
}

// requestID reads the request id. All clients read x-amzn-RequestId alone, but
// the SDK for JavaScript takes two other spellings in its place. WIRE.md section
// A.10.
func (d *Decoder) requestID(resp *wire.Response) (id wire.Opt[string]) {
	if v, ok := resp.Headers.Get(requestIDHeader); ok {
		return wire.Some(v)
	}
	if resp.Status == 0 {
		return id
	}
	f := wire.Finding{Kind: wire.KindRequestID, Level: wire.Departure, Part: wire.Header, Path: requestIDHeader, Want: "a request id", Got: "no such header"}
	for _, other := range []string{"x-amzn-request-id", "x-amz-request-id"} {
		if _, ok := resp.Headers.Get(other); ok {
			f.Level, f.Got = wire.Split, other
		}
	}
	d.found(f)
	return id
}

// header returns the first field with this name as it stands, and how many there
// are.
func header(headers wire.Headers, name string) (value string, n int) {
	for _, f := range headers {
		if strings.EqualFold(f.Name, name) {
			if n == 0 {
				value = f.Value
			}
			n++
		}
	}
	return value, n
}
