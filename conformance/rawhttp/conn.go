package rawhttp

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
)

// MaxResponse is the largest response that is read unless told otherwise: many
// times the longest that any operation has, and little enough that a few hundred do
// no harm. Of a larger one the first shownOfLarge bytes are kept.
const (
	MaxResponse  = 4 << 20
	shownOfLarge = 64 << 10
)

// ContinueWait is how long a request that expects 100 Continue waits for it before
// the body is sent anyway. RFC 9110 section 10.1.1.
const ContinueWait = time.Second

// Limits bound an exchange.
type Limits struct {
	// Timeout is the time from the first byte sent to the last one received; 0 means
	// no limit but the context's.
	Timeout time.Duration
	// MaxResponse is in bytes; 0 means [MaxResponse].
	MaxResponse int
}

// Request is what is to be sent.
type Request struct {
	// Bytes are sent as they are.
	Bytes string
	// Continue holds back what follows the head until 100 Continue comes.
	Continue bool
}

// Conn is a connection that exchanges follow each other on. Not for concurrent use.
type Conn struct {
	conn   net.Conn
	limits Limits
	now    func() time.Time
	used   bool
	over   bool // no further exchange is possible
	last   *exchange.Exchange
	buf    []byte
}

// New takes a connection over.
func New(conn net.Conn, limits Limits, now func() time.Time) *Conn {
	if limits.MaxResponse == 0 {
		limits.MaxResponse = MaxResponse
	}
	return &Conn{conn: conn, limits: limits, now: now}
}

// Usable reports whether another request can be sent.
func (c *Conn) Usable() bool { return !c.over }

// Do sends a request and waits for the whole response. It always gives an
// exchange; what went wrong is in its Err. A request that is no HTTP is sent all
// the same.
func (c *Conn) Do(ctx context.Context, r Request) *exchange.Exchange {
	x := &exchange.Exchange{Sent: r.Bytes, At: c.now(), Reused: c.used}
	x.Request, _ = exchange.ParseRequest(r.Bytes)
	c.used, c.last = true, x
	started := time.Now()
	stop := c.watch(ctx)
	in := &response{head: strings.HasPrefix(r.Bytes, "HEAD ")}
	err := c.send(r, in, x)
	if err == nil {
		err = c.receive(x, in)
	}
	stop()
	x.Took = time.Since(started)
	if errors.Is(err, errTooLarge) {
		in.buf = in.buf[:min(len(in.buf), shownOfLarge)]
		in.start = min(in.start, len(in.buf)) // after interim responses without end there is nothing
	}
	x.Received = string(in.buf)
	c.read(x, in)
	if err != nil {
		c.over = true
		x.Err = classify(ctx, err)
	}
	if !keeps(x) {
		c.over = true
	}
	return x
}

// watch sets the deadline and interrupts the exchange when the context ends.
func (c *Conn) watch(ctx context.Context) (stop func()) {
	deadline := time.Time{}
	if c.limits.Timeout > 0 {
		deadline = time.Now().Add(c.limits.Timeout)
	}
	c.conn.SetDeadline(deadline)
	end := context.AfterFunc(ctx, func() { c.conn.SetDeadline(time.Unix(1, 0)) })
	return func() { end() }
}

// doing is an error with what was being done.
type doing struct {
	what string
	err  error
}

func (d *doing) Error() string { return d.err.Error() }
func (d *doing) Unwrap() error { return d.err }

func (c *Conn) send(r Request, in *response, x *exchange.Exchange) error {
	text := r.Bytes
	if r.Continue {
		if end := headEnd([]byte(text)); end > 0 && end < len(text) {
			if _, err := io.WriteString(c.conn, text[:end]); err != nil {
				return &doing{"sending", err}
			}
			if final := c.awaitContinue(in); final {
				return nil
			}
			x.Waited = !in.interim()
			text = text[end:]
		}
	}
	if _, err := io.WriteString(c.conn, text); err != nil {
		// The target may have answered and closed before it had read all; then the
		// answer is what counts.
		if c.receiveMore(in) == nil || len(in.buf) > 0 {
			return nil
		}
		return &doing{"sending", err}
	}
	return nil
}

// awaitContinue waits for an interim response. It reports true where the final one
// came instead, so that no body is wanted.
func (c *Conn) awaitContinue(in *response) bool {
	c.conn.SetReadDeadline(time.Now().Add(ContinueWait))
	defer func() {
		if c.limits.Timeout > 0 {
			c.conn.SetReadDeadline(time.Now().Add(c.limits.Timeout))
		} else {
			c.conn.SetReadDeadline(time.Time{})
		}
	}()
	for !in.interim() {
		if in.whole() || in.body > 0 {
			return true
		}
		if c.receiveMore(in) != nil {
			return false
		}
		in.whole()
	}
	return false
}

var errTooLarge = errors.New("the response passes the limit")

// receive reads until the response is whole.
func (c *Conn) receive(x *exchange.Exchange, in *response) error {
	for !in.whole() {
		if len(in.buf) > c.limits.MaxResponse {
			return &doing{"reading", errTooLarge}
		}
		err := c.receiveMore(in)
		if errors.Is(err, io.EOF) {
			x.Closed, c.over = true, true
			if len(in.buf) == 0 {
				return &doing{"reading", io.ErrUnexpectedEOF}
			}
			return nil // what is missing is seen in the bytes
		}
		if err != nil {
			return &doing{"reading", err}
		}
	}
	return nil
}

// receiveMore reads once.
func (c *Conn) receiveMore(in *response) error {
	if c.buf == nil {
		c.buf = make([]byte, 32<<10)
	}
	n, err := c.conn.Read(c.buf)
	in.feed(c.buf[:n])
	if n > 0 {
		return nil
	}
	return err
}

// read makes the response of what came.
func (c *Conn) read(x *exchange.Exchange, in *response) {
	raw := x.Received[in.start:]
	if raw == "" {
		return
	}
	var err error
	if in.head {
		x.Response, err = exchange.ParseHeadResponse(raw)
	} else {
		x.Response, err = exchange.ParseResponse(raw)
	}
	if err != nil {
		x.Response = nil
		c.over = true
	}
}

// keeps reports whether the connection is good for another request. RFC 9112
// section 9.3.
func keeps(x *exchange.Exchange) bool {
	if x.Err != nil || x.Closed || x.Response == nil || x.Request == nil {
		return false
	}
	if v, ok := x.Response.Headers.Get("Connection"); ok && strings.EqualFold(v, "close") {
		return false
	}
	if v, ok := x.Request.Headers.Get("Connection"); ok && strings.EqualFold(v, "close") {
		return false
	}
	if x.Response.Proto == "HTTP/1.0" || x.Request.Proto == "HTTP/1.0" {
		v, _ := x.Response.Headers.Get("Connection")
		return strings.EqualFold(v, "keep-alive")
	}
	// Where the end of the response is in doubt, so is the beginning of the next.
	return !slices.ContainsFunc(x.Response.Findings, func(f wire.Finding) bool { return f.Level != wire.Departure })
}

// Finish ends the connection. It tells the target that nothing more is coming and
// reads until the target closes too, at most for the time given; what comes then
// belongs to nothing that was asked, and is put behind the last response. It
// reports whether the target closed in time.
func (c *Conn) Finish(wait time.Duration) bool {
	defer c.conn.Close()
	half, ok := c.conn.(interface{ CloseWrite() error })
	if !ok || c.last == nil || c.last.Err != nil || wait <= 0 {
		return true
	}
	if half.CloseWrite() != nil {
		return true
	}
	c.conn.SetReadDeadline(time.Now().Add(wait))
	in := &response{}
	var err error
	for err == nil && len(in.buf) < 64<<10 {
		err = c.receiveMore(in)
	}
	if x := c.last; len(in.buf) > 0 && x.Response != nil {
		x.Received += string(in.buf)
		tail := &response{head: strings.HasPrefix(x.Sent, "HEAD "), start: len(x.Received) - len(x.Response.Raw) - len(in.buf)}
		c.read(x, tail)
	}
	return !errors.Is(err, os.ErrDeadlineExceeded)
}

// classify makes a transport error of what ended an exchange.
func classify(ctx context.Context, err error) error {
	t := &exchange.TransportError{Trouble: exchange.Reset, Doing: "reading", Err: err}
	var d *doing
	if errors.As(err, &d) {
		t.Doing, t.Err = d.what, d.err
	}
	switch {
	case ctx.Err() != nil:
		t.Trouble, t.Err = exchange.Canceled, context.Cause(ctx)
	case errors.Is(err, os.ErrDeadlineExceeded):
		t.Trouble = exchange.Timeout
	case errors.Is(err, errTooLarge):
		t.Trouble = exchange.TooLarge
	}
	return t
}

// Ended waits for the target to close its side, and reports whether it did.
func (c *Conn) Ended(wait time.Duration) bool {
	if c.over {
		return true
	}
	c.conn.SetReadDeadline(time.Now().Add(wait))
	var one [1]byte
	_, err := c.conn.Read(one[:])
	return err != nil && !errors.Is(err, os.ErrDeadlineExceeded)
}
