package serve

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"wireproof/codec/nethttp"
)

// callKey finds the call in a request's context.
type callKey struct{}

// call is the request that a connection is answering, for the log. HTTP/1.1 has
// one at a time, so one is enough for each connection.
type call struct {
	http.ResponseWriter
	status    int
	bytes     int64
	operation string
	debug     bool // whether the log wants to know more
	received  int64
	details   []slog.Attr
}

// SetOperation says which operation a request is for, so that the log can tell.
// It does nothing in a handler that this package does not serve, and must be
// called in the goroutine of the handler.
func SetOperation(ctx context.Context, operation string) {
	if c, ok := ctx.Value(callKey{}).(*call); ok {
		c.operation = operation
	}
}

// WriteHeader notes the status.
func (c *call) WriteHeader(status int) {
	if c.status == 0 && status >= 200 {
		c.status = status
	}
	c.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes.
func (c *call) Write(p []byte) (int, error) {
	c.written()
	n, err := c.ResponseWriter.Write(p)
	c.bytes += int64(n)
	return n, err
}

// WriteString counts the bytes, and keeps net/http from copying them.
func (c *call) WriteString(s string) (int, error) {
	c.written()
	n, err := io.WriteString(c.ResponseWriter, s)
	c.bytes += int64(n)
	return n, err
}

func (c *call) written() {
	if c.status == 0 {
		c.status = http.StatusOK
	}
}

// Unwrap lets an [http.ResponseController] find the rest.
func (c *call) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// serveHTTP stands between net/http and the handler.
func (s *Server) serveHTTP(w http.ResponseWriter, r *http.Request) {
	c, ok := r.Context().Value(callKey{}).(*call)
	if !ok {
		c = new(call)
	}
	*c = call{ResponseWriter: w}
	w.Header()["Server"] = s.nameList
	var begin time.Time
	logs := s.log.Enabled(r.Context(), slog.LevelInfo)
	if logs {
		begin = time.Now()
		c.debug = s.log.Enabled(r.Context(), slog.LevelDebug)
		c.received = max(0, r.ContentLength)
	}
	s.handle(c, r)
	if logs || c.status >= 500 {
		s.logRequest(c, r, begin)
	}
	c.ResponseWriter, c.details = nil, nil
}

// handle answers with the handler or in its place, also where it panics.
func (s *Server) handle(c *call, r *http.Request) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(p)
		}
		s.log.Error("the handler panicked", "panic", p, "stack", string(debug.Stack()))
		if c.status != 0 {
			panic(http.ErrAbortHandler) // half an answer: only closing tells the client
		}
		c.Header().Set("Connection", "close")
		s.refuseHTTP(c, r, Failed, "an internal error; the server's log tells more")
	}()
	if r.ContentLength < 0 {
		if f := s.readChunked(c, r); f != nil {
			c.Header().Set("Connection", "close")
			s.refuseHTTP(c, r, f.cause, f.message)
			return
		}
	}
	if f := s.chaos.strike(r); f != nil {
		s.refuseHTTP(c, r, f.cause, f.message)
		return
	}
	s.handler.ServeHTTP(c, r)
}

// readChunked reads a body of which the length is not known beforehand.
func (s *Server) readChunked(c *call, r *http.Request) *fault {
	// The response that MaxBytesReader is given closes the connection.
	body, err := io.ReadAll(http.MaxBytesReader(c.ResponseWriter, r.Body, s.limits.Body))
	switch {
	case err == nil:
		r.Body = io.NopCloser(bytes.NewReader(body))
		c.received = int64(len(body))
		return nil
	case errors.As(err, new(*http.MaxBytesError)):
		return &fault{BodyTooLarge, "the body is larger than the limit"}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &fault{TimedOut, "the body did not come in time"}
	}
	return &fault{Malformed, "the chunked body is malformed or cut short"}
}

// refuseHTTP answers in place of the handler where net/http has the request.
func (s *Server) refuseHTTP(c *call, r *http.Request, cause Cause, message string) {
	refusal := Refusal{Cause: cause, Message: message, Method: r.Method, Path: sentPath(r),
		Service: scopeOf(r), RequestID: newRequestID()}
	nethttp.WriteResponse(c, s.refuse(refusal)) // where the client is gone there is nobody to tell
}

// sentPath is the escaped path as it was sent, without what may be secret.
func sentPath(r *http.Request) string {
	target, _, _ := strings.Cut(r.RequestURI, "?")
	if target == "" {
		return r.URL.EscapedPath()
	}
	return pathOf(target)
}

// logRequest writes the line of a request. Neither query nor headers nor body
// are in it: they hold signatures and tokens. At level debug it has more; see
// [call.appendDetails].
func (s *Server) logRequest(c *call, r *http.Request, begin time.Time) {
	level := slog.LevelInfo
	if c.status >= 500 {
		level = slog.LevelWarn
	}
	if c.status == 0 {
		c.status = http.StatusOK // net/http's, of a handler that wrote nothing
	}
	attrs := []slog.Attr{
		slog.String("method", printable(r.Method)),
		slog.String("path", printable(sentPath(r))),
		slog.Int("status", c.status),
		slog.Int64("bytes", c.bytes),
		slog.String("remote", r.RemoteAddr),
	}
	if !begin.IsZero() {
		attrs = append(attrs, slog.Duration("duration", time.Since(begin)))
	}
	if c.operation != "" {
		attrs = append(attrs, slog.String("operation", printable(c.operation)))
	}
	for name, values := range c.Header() {
		if strings.EqualFold(name, "x-amzn-RequestId") && len(values) > 0 {
			attrs = append(attrs, slog.String("requestId", values[0]))
		}
	}
	if c.debug {
		attrs = c.appendDetails(attrs, r)
	}
	s.log.LogAttrs(r.Context(), level, "request", attrs...)
}

// logRefusal writes the line of a request that never reached net/http.
func (s *Server) logRefusal(remote net.Addr, r *Refusal, status int) {
	s.log.LogAttrs(context.Background(), slog.LevelWarn, "refused",
		slog.String("cause", r.Cause.String()), slog.String("why", r.Message),
		slog.String("method", printable(r.Method)), slog.String("path", printable(r.Path)),
		slog.Int("status", status), slog.String("remote", remote.String()), slog.String("requestId", r.RequestID))
}
