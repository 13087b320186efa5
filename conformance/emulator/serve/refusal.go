package serve

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator/auth"
	"wireproof/conformance/exchange"
)

// Cause is why a request is not handed to the handler.
type Cause uint8

// The causes. The first ones are the client's fault, the last ones are failures
// on demand and, for Failed, a handler that panicked.
const (
	Malformed       Cause = iota + 1 // not HTTP/1.1, or framed in a way that readers disagree about
	TimedOut                         // the head or a chunked body did not come in time
	BodyTooLarge                     // more body than Limits.Body
	TargetTooLong                    // a request line past Limits.Head
	Encoded                          // a compressed body
	HeadTooLarge                     // a head past Limits.Head or Limits.Fields
	UnknownTransfer                  // a transfer coding other than chunked
	UnknownVersion                   // HTTP, but neither 1.0 nor 1.1
	Throttled                        // Chaos.Throttle or Chaos.ErrorRate
	Failed                           // Chaos.ErrorRate, or a panic
	Unavailable                      // Chaos.ErrorRate
)

// answers says how each cause is answered. A status of 0 is that of the shape:
// those errors are the services' own. RDS has no codes for faults of HTTP;
// InvalidQueryParameter is documented for what "does not adhere to AWS
// standards". WIRE.md sections A.8 and B.16.
//
// undocumented: no-http. Which error a service answers to a request that is no
// HTTP, or too large, or compressed.
var answers = [...]struct {
	name         string
	status       int
	plain        int // status where no service is known
	mediaconnect *wire.ErrorShape
	rds          *wire.ErrorShape
}{
	Malformed:       {"malformed", 400, 400, mediaconnect.MalformedHttpRequestException, rds.InvalidQueryParameter},
	TimedOut:        {"timed out", 408, 408, mediaconnect.RequestTimeoutException, rds.InvalidQueryParameter},
	BodyTooLarge:    {"body too large", 413, 413, mediaconnect.RequestEntityTooLargeException, rds.InvalidQueryParameter},
	TargetTooLong:   {"target too long", 414, 414, mediaconnect.MalformedHttpRequestException, rds.InvalidQueryParameter},
	Encoded:         {"encoded", 415, 415, mediaconnect.MalformedHttpRequestException, rds.InvalidQueryParameter},
	HeadTooLarge:    {"head too large", 431, 431, mediaconnect.MalformedHttpRequestException, rds.InvalidQueryParameter},
	UnknownTransfer: {"unknown transfer coding", 501, 501, mediaconnect.MalformedHttpRequestException, rds.InvalidQueryParameter},
	UnknownVersion:  {"unknown version", 505, 505, mediaconnect.MalformedHttpRequestException, rds.InvalidQueryParameter},
	Throttled:       {"throttled", 0, 429, mediaconnect.TooManyRequestsException, rds.Throttling},
	Failed:          {"failed", 0, 500, mediaconnect.InternalServerErrorException, rds.InternalFailure},
	Unavailable:     {"unavailable", 0, 503, mediaconnect.ServiceUnavailableException, rds.ServiceUnavailable},
}

// String gives the cause in a word or two.
func (c Cause) String() string {
	if c == 0 || int(c) >= len(answers) {
		return "Cause(" + strconv.Itoa(int(c)) + ")"
	}
	return answers[c].name
}

// Refusal is a request that is answered without the handler.
type Refusal struct {
	Cause Cause
	// Message says what is wrong. It repeats nothing that the client sent.
	Message string
	// Method and Path are as they were sent, the path escaped; empty where the
	// request line cannot be read.
	Method, Path string
	// Service is that of the credential scope, where the request has one and was
	// read so far: mediaconnect or rds.
	Service string
	// RequestID is new for each refusal.
	RequestID string
}

// AWS answers in the protocol of the service that the credential scope or the
// path suggests: MediaConnect below /v1, RDS at the root, and plain text
// anywhere else. It is what [Options].Refuse is by default.
func AWS(r Refusal) wire.Response {
	a := &answers[r.Cause]
	var resp wire.Response
	var err error
	switch serviceOf(r.Service, r.Path) {
	case auth.MediaConnect:
		e := mediaconnect.NewError(a.mediaconnect, r.Message, r.RequestID)
		if a.status != 0 {
			e.Status = a.status
		}
		resp, err = mediaconnect.Encoder{}.EncodeError(e)
	case auth.RDS:
		e := rds.NewError(a.rds, r.Message, r.RequestID)
		if a.status != 0 {
			e.Status = a.status
		}
		resp, err = rds.Encoder{}.EncodeError(e)
	default:
		return PlainText(r)
	}
	if err != nil {
		return PlainText(r)
	}
	return resp
}

// PlainText answers with the message alone.
func PlainText(r Refusal) wire.Response {
	return wire.Response{Status: answers[r.Cause].plain, Body: r.Message + "\n",
		Headers: wire.Headers{{Name: "Content-Type", Value: "text/plain; charset=utf-8"}}}
}

// serviceOf gives the service of a credential scope, else that of a path.
func serviceOf(scope, path string) string {
	if scope == "" && path != "" {
		return auth.ServiceOfPath(path)
	}
	return scope
}

// unverified reads the scope of requests and believes it.
var unverified = func() *auth.Verifier {
	v, err := auth.New(auth.Options{})
	if err != nil {
		panic(err) // the zero options are good
	}
	return v
}()

// scopeOf finds the service that a request is signed for, in the header or the
// query.
func scopeOf(r *http.Request) string {
	req := wire.Request{Method: r.Method, Path: sentPath(r), Query: r.URL.RawQuery}
	if a := r.Header.Get("Authorization"); a != "" {
		req.Headers = wire.Headers{{Name: "Authorization", Value: a}}
	}
	identity, _ := unverified.Check(&req) // mode Off never fails
	return identity.Service
}

// appendRefusal writes the whole answer to a request that net/http never sees.
func appendRefusal(dst []byte, resp wire.Response, method, server string) []byte {
	h := wire.Headers{
		{Name: "Date", Value: time.Now().UTC().Format(http.TimeFormat)},
		{Name: "Server", Value: server},
		{Name: "Connection", Value: "close"},
		{Name: "Content-Length", Value: strconv.Itoa(len(resp.Body))},
	}
	for _, f := range resp.Headers {
		if !strings.EqualFold(f.Name, "Content-Length") && !strings.EqualFold(f.Name, "Date") {
			h = append(h, f)
		}
	}
	resp.Headers = h
	if method == http.MethodHead {
		resp.Body = ""
	}
	return exchange.AppendResponse(dst, &resp)
}

// newRequestID makes a random UUID, the form of both services' request ids.
func newRequestID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	text := hex.EncodeToString(b[:])
	return fmt.Sprintf("%s-%s-%s-%s-%s", text[:8], text[8:12], text[12:16], text[16:20], text[20:])
}

// printable keeps what a client sent from doing anything in a log: only visible
// ASCII stays, everything else becomes \xNN, and the rest past a limit is cut.
func printable(s string) string {
	const limit = 512
	cut := ""
	if len(s) > limit {
		s, cut = s[:limit], "..."
	}
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		clean = s[i] > ' ' && s[i] < 0x7f
	}
	if clean {
		return s + cut
	}
	var b bytes.Buffer
	for i := 0; i < len(s); i++ {
		if c := s[i]; c > ' ' && c < 0x7f {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, `\x%02x`, c)
		}
	}
	return b.String() + cut
}
