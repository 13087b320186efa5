package rule

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
)

// singles are the headers of responses whose value is no list. That of
// x-amzn-ErrorType has a rule of its own.
var singles = []string{"Content-Type", "Date", "x-amzn-RequestId", "Server", "Location", "ETag", "Last-Modified", "Age", "Expires", "Retry-After"}

// expectsContinue is about requests with a body to hold back. RFC 9110 section
// 10.1.1 has servers of HTTP/1.0 requests ignore the expectation.
func expectsContinue(r *Reading) bool {
	q := r.Exchange.Request
	if q == nil || q.Proto != "HTTP/1.1" || q.Body == "" {
		return false
	}
	v, ok := q.Headers.Get("Expect")
	return ok && strings.EqualFold(v, "100-continue")
}

func continueWaited(r *Reading) []Difference {
	if !r.Exchange.Waited {
		return nil
	}
	return []Difference{{Part: exchange.Message, Offset: 0, Want: "100 Continue, or the response", Got: "nothing until the body was sent"}}
}

func repeatedHeaders(r *Reading) (differences []Difference) {
	for _, name := range singles {
		for i, at := range headerOffsets(r, name) {
			if i > 0 {
				differences = append(differences, Difference{Part: wire.Header, Path: name, Offset: at, Want: "the header once", Got: "once more"})
			}
		}
	}
	return differences
}

// headerOffsets gives where the header's lines begin in the raw response.
func headerOffsets(r *Reading, name string) (offsets []int) {
	raw := r.Exchange.Response.Raw
	for at := 0; at < len(raw); {
		line, _, _ := strings.Cut(raw[at:], "\n")
		if at > 0 && strings.TrimRight(line, "\r") == "" {
			break
		}
		if before, _, ok := strings.Cut(line, ":"); ok && strings.EqualFold(before, name) {
			offsets = append(offsets, at)
		}
		at += len(line) + 1
	}
	return offsets
}

// header makes the difference about a header, at its value where there is one.
func (r *Reading) header(name, want, got string) Difference {
	return Difference{Part: wire.Header, Path: name, Offset: r.Offset(wire.Header, name, 0), Want: want, Got: got}
}

func bodiless(status int) bool { return status < 200 || status == 204 }

func lengthWithoutBody(r *Reading) []Difference {
	response := r.Exchange.Response
	if v, ok := response.Headers.Get("Content-Length"); ok && bodiless(response.Status) {
		return []Difference{r.header("Content-Length", fmt.Sprintf("no such header with status %d", response.Status), wire.Quote(v))}
	}
	return nil
}

func bodyOfHead(r *Reading) []Difference {
	raw := r.Exchange.Response.Raw
	end := strings.Index(raw, "\r\n\r\n") + 4
	if !r.head() || end < 4 || end == len(raw) || r.has(exchange.NoBody) {
		return nil
	}
	return []Difference{{Part: exchange.Message, Offset: end, Want: "no body in response to a HEAD", Got: fmt.Sprintf("%d bytes", len(raw)-end)}}
}

// trailer reports whether a finding about chunks is about a field after the last.
func trailer(r *Reading, f wire.Finding) bool {
	return f.Level == wire.Departure && f.Offset < len(r.Exchange.Response.Raw)
}

func chunkedUnasked(r *Reading) []Difference {
	response := r.Exchange.Response
	v, ok := response.Headers.Get("Transfer-Encoding")
	switch {
	case !ok:
		return nil
	case bodiless(response.Status):
		return []Difference{r.header("Transfer-Encoding", fmt.Sprintf("no such header with status %d", response.Status), wire.Quote(v))}
	case r.Exchange.Request != nil && r.Exchange.Request.Proto == "HTTP/1.0":
		return []Difference{r.header("Transfer-Encoding", "no such header in answer to HTTP/1.0", wire.Quote(v))}
	}
	return nil
}

// codedUnasked reports whether a finding is about a content coding that the
// request's Accept-Encoding does not name.
func codedUnasked(r *Reading, f wire.Finding) bool {
	if f.Level != wire.Departure {
		return false
	}
	coding, _ := r.Exchange.Response.Headers.Get("Content-Encoding")
	if r.Exchange.Request == nil {
		return true
	}
	asked, _ := r.Exchange.Request.Headers.Get("Accept-Encoding")
	return !slices.ContainsFunc(strings.Split(asked, ","), func(s string) bool {
		name, _, _ := strings.Cut(s, ";")
		return strings.EqualFold(strings.TrimSpace(name), coding)
	})
}

func dateMissing(r *Reading) []Difference {
	if _, ok := r.Exchange.Response.Headers.Get("Date"); ok {
		return nil
	}
	return []Difference{r.header("Date", "the time of the response", "no such header")}
}

func dateForm(r *Reading) []Difference {
	v, _ := r.Exchange.Response.Headers.Get("Date")
	if t, err := time.Parse(http.TimeFormat, v); err == nil && t.Format(http.TimeFormat) == v {
		return nil
	}
	return []Difference{r.header("Date", "a date such as Thu, 08 Oct 2026 16:09:59 GMT", wire.Quote(v))}
}

// requestIDMissing looks where the codec does not: at an answer it could not
// read, and at an empty id of MediaConnect.
func requestIDMissing(r *Reading) []Difference {
	v, ok := r.Exchange.Response.Headers.Get("x-amzn-RequestId")
	if v != "" || r.has(wire.KindRequestID) {
		return nil
	}
	got := "no such header"
	if ok {
		got = `""`
	}
	d := r.header("x-amzn-RequestId", "a request id", got)
	d.Kind = wire.KindRequestID
	return []Difference{d}
}

func errorStatus(r *Reading) []Difference {
	if s := r.Exchange.Response.Status; s < 400 || s > 599 {
		return []Difference{{Kind: wire.KindStatus, Part: wire.Status, Offset: r.Offset(wire.Status, "", 0),
			Want: "a status from 400 to 599", Got: strconv.Itoa(s)}}
	}
	return nil
}
