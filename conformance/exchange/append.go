package exchange

import (
	"net/http"
	"strconv"
	"strings"

	"wireproof/codec/wire"
)

// AppendRequest appends a request in HTTP/1.1. The headers are written as they
// are; where neither Content-Length nor Transfer-Encoding is among them and the
// request has a body, or its method usually has one, a Content-Length comes
// last. A Host has to be among them: a request is not valid without it.
// With "Transfer-Encoding: chunked" the body is written as one chunk. Nothing
// else is checked, so that odd messages can be written on purpose.
func AppendRequest(dst []byte, r *wire.Request) []byte {
	dst = append(dst, r.Method...)
	dst = append(dst, ' ')
	dst = append(dst, r.Target()...)
	dst = append(dst, " HTTP/1.1\r\n"...)
	withBody := r.Body != "" || r.Method == "POST" || r.Method == "PUT"
	return appendRest(dst, r.Headers, r.Body, withBody)
}

// AppendResponse appends a response in HTTP/1.1 with the usual reason phrase. A
// Content-Length is added as in [AppendRequest], unless the status says that
// there is no body.
func AppendResponse(dst []byte, r *wire.Response) []byte {
	dst = append(dst, "HTTP/1.1 "...)
	dst = strconv.AppendInt(dst, int64(r.Status), 10)
	dst = append(dst, ' ')
	dst = append(dst, http.StatusText(r.Status)...)
	dst = append(dst, "\r\n"...)
	withBody := r.Body != "" || r.Status >= 200 && r.Status != 204 && r.Status != 304
	return appendRest(dst, r.Headers, r.Body, withBody)
}

func appendRest(dst []byte, headers wire.Headers, body string, withBody bool) []byte {
	for _, h := range headers {
		dst = append(dst, h.Name...)
		dst = append(dst, ": "...)
		dst = append(dst, h.Value...)
		dst = append(dst, "\r\n"...)
	}
	if withBody && index(headers, "Content-Length") < 0 && index(headers, "Transfer-Encoding") < 0 {
		dst = append(dst, "Content-Length: "...)
		dst = strconv.AppendInt(dst, int64(len(body)), 10)
		dst = append(dst, "\r\n"...)
	}
	dst = append(dst, "\r\n"...)
	if i := index(headers, "Transfer-Encoding"); i >= 0 && strings.EqualFold(headers[i].Value, "chunked") {
		return appendChunked(dst, body)
	}
	return append(dst, body...)
}

func appendChunked(dst []byte, body string) []byte {
	if body != "" {
		dst = strconv.AppendInt(dst, int64(len(body)), 16)
		dst = append(dst, "\r\n"...)
		dst = append(dst, body...)
		dst = append(dst, "\r\n"...)
	}
	return append(dst, "0\r\n\r\n"...)
}
