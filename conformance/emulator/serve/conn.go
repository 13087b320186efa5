package serve

import (
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// errRefused ends a connection on which a request was refused.
var errRefused = errors.New("request refused")

const (
	// firstBuffer holds a whole head of every client that was measured; with a
	// signature and a session token it takes about 2 KiB.
	firstBuffer = 4 << 10
	// refusalTimeout is how long the answer to a refused request may take to be
	// sent, a few hundred bytes that fit any socket's buffer.
	refusalTimeout = 5 * time.Second
	// lingerTimeout and lingerBytes bound what is read and dropped after a
	// refusal. Closing a connection with unread bytes resets it, and the client
	// may lose the answer. RFC 9112 section 9.6. The time is net/http's.
	lingerTimeout = 500 * time.Millisecond
	lingerBytes   = 256 << 10
	// watchAfter is how long a handler runs before it is looked whether its client
	// goes away. net/http looks at once, and nearly always for nothing.
	watchAfter = 5 * time.Millisecond
)

// conn is a connection that judges each request's head before net/http sees it.
//
// net/http reads from one goroutine at a time. While a handler runs it asks for
// one byte, the first of the next request, to learn whether the client goes away;
// so that byte is handed over as it comes, and a head is judged only when more
// than one is asked for. By then the answer before it has been sent, and the
// answer to a refused request cannot get ahead of it.
type conn struct {
	net.Conn
	server *Server
	call   call // the request that is being answered

	readBy, writeBy deadline

	// buf[r:ok] may be handed over, buf[ok:w] has come and waits.
	buf      []byte
	r, ok, w int

	head    head
	inHead  bool // the first byte of a head was handed over
	posted  bool // the request before was a POST
	body    int64
	chunked bool
	chunks  chunks
	err     error // ends the connection

	begun   atomic.Bool // a request has begun and is not refused
	refused atomic.Bool
	once    sync.Once
}

// Read hands over what net/http may see.
func (c *conn) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for c.r == c.ok {
		switch {
		case c.err != nil:
			return 0, c.err
		case c.body > 0 && c.r == c.w:
			n, err := c.receive(p[:min(int64(len(p)), c.body)])
			c.body -= int64(n)
			return n, err
		case c.body > 0:
			c.releaseBody()
		case c.chunked:
			if err := c.readChunks(); err != nil {
				return 0, err
			}
		default:
			if err := c.readHead(len(p)); err != nil {
				return 0, err
			}
		}
	}
	n := copy(p, c.buf[c.r:c.ok])
	if c.inHead && p[0] == '\n' {
		// net/http would answer an empty line at once. Whatever stands here
		// instead, the next Read refuses.
		p[0] = 'X'
	}
	c.r += n
	return n, nil
}

// releaseBody releases what has come of a body whose length is known.
func (c *conn) releaseBody() {
	n := min(c.body, int64(c.w-c.ok))
	c.body -= n
	c.ok += int(n)
}

func (c *conn) readChunks() error {
	if c.r == c.w {
		c.r, c.ok, c.w = 0, 0, 0
		if err := c.fill(); err != nil {
			return err
		}
	}
	n, err := c.chunks.scan(c.buf[c.r:c.w])
	c.ok = c.r + n
	if err != nil {
		// The handler's read of the body fails, and net/http closes.
		c.err = err
		if n == 0 {
			return err
		}
	}
	c.chunked = c.chunks.state != chunksDone
	return nil
}

// readHead releases the first byte of a head where no more is asked for, and
// else the whole head and what has come of the body.
func (c *conn) readHead(asked int) error {
	if !c.inHead {
		c.pack()
		if asked == 1 && c.w == 0 && c.readBy.pause(watchAfter) {
			return os.ErrDeadlineExceeded
		}
		if err := c.firstByte(); err != nil {
			return err
		}
		c.begun.Store(true)
		if asked == 1 {
			c.inHead, c.ok = true, 1
			return nil
		}
	}
	for waited := false; ; {
		end, f := c.head.scan(c.buf[:c.w])
		if f != nil {
			return c.refuse(f)
		}
		if end > 0 {
			c.ok = end
			c.posted = string(c.buf[:c.head.method]) == "POST"
			c.body, c.chunked, c.chunks = c.head.length, c.head.codings > 0, chunks{}
			c.head.reset()
			c.inHead = false
			c.releaseBody()
			return nil
		}
		if d := c.server.limits.HeadTimeout; !waited && d > 0 {
			// net/http sets this deadline too, but for a request after the first
			// one only when it has seen four bytes.
			c.SetReadDeadline(time.Now().Add(d))
			waited = true
		}
		switch err := c.fill(); {
		case err == nil:
		case errors.Is(err, io.EOF):
			return c.refuse(&fault{Malformed, "the head ends before its empty line"})
		case errors.Is(err, os.ErrDeadlineExceeded):
			return c.refuse(&fault{TimedOut, "the head did not come in time"})
		default:
			return err
		}
	}
}

// firstByte waits for the first byte of a request. After a POST an empty line is
// skipped, as net/http does: RFC 9112 section 2.2 tells of clients that send one.
func (c *conn) firstByte() error {
	for {
		for c.w == 0 || c.w == 1 && c.buf[0] == '\r' && c.posted {
			if err := c.fill(); err != nil {
				return err
			}
		}
		if !c.posted || c.buf[0] != '\r' || c.buf[1] != '\n' {
			return nil
		}
		c.w = copy(c.buf, c.buf[2:c.w])
		c.posted = false
	}
}

// pack moves what is left in the buffer to its start, and lets a large buffer go.
func (c *conn) pack() {
	left := c.buf[c.r:c.w]
	if len(c.buf) > firstBuffer && len(left) <= firstBuffer {
		c.buf = make([]byte, firstBuffer)
	}
	c.r, c.ok, c.w = 0, 0, copy(c.buf, left)
}

// fill reads once, behind what is there.
func (c *conn) fill() error {
	if c.w == len(c.buf) {
		size := min(max(firstBuffer, 2*len(c.buf)), max(c.server.limits.Head, firstBuffer))
		c.buf = append(make([]byte, 0, size), c.buf...)[:size]
	}
	n, err := c.receive(c.buf[c.w:])
	c.w += n
	if n > 0 {
		return nil // an error comes again
	}
	return err
}

// refuse answers in place of the handler and ends the connection.
func (c *conn) refuse(f *fault) error {
	c.err = &net.OpError{Op: "read", Net: "tcp", Err: errRefused} // of which net/http makes no answer
	c.refused.Store(true)
	r := Refusal{Cause: f.cause, Message: f.message, RequestID: newRequestID()}
	r.Method, r.Path = c.head.sent(c.buf[:c.w])
	resp := c.server.refuse(r)
	c.server.logRefusal(c.RemoteAddr(), &r, resp.Status)
	c.Conn.SetDeadline(time.Now().Add(refusalTimeout))
	if _, err := c.Conn.Write(appendRefusal(nil, resp, r.Method, c.server.name)); err != nil {
		return c.err
	}
	c.CloseWrite()
	c.Conn.SetReadDeadline(time.Now().Add(lingerTimeout))
	io.CopyN(io.Discard, c.Conn, lingerBytes)
	return c.err
}

// receive reads from the connection.
func (c *conn) receive(p []byte) (int, error) {
	for {
		c.readBy.begin()
		n, err := c.Conn.Read(p)
		if again := c.readBy.end(err); n > 0 || !again {
			return n, err
		}
	}
}

// Write drops what net/http would say to a refused request.
func (c *conn) Write(p []byte) (n int, err error) {
	if c.refused.Load() {
		return 0, errRefused
	}
	for {
		c.writeBy.begin()
		k, err := c.Conn.Write(p[n:])
		n += k
		if again := c.writeBy.end(err); !again {
			return n, err
		}
	}
}

// SetReadDeadline notes the deadline of reads; see [deadline].
func (c *conn) SetReadDeadline(t time.Time) error { return c.readBy.want(t) }

// SetWriteDeadline notes the deadline of writes.
func (c *conn) SetWriteDeadline(t time.Time) error { return c.writeBy.want(t) }

// SetDeadline notes the deadline of both.
func (c *conn) SetDeadline(t time.Time) error {
	return errors.Join(c.readBy.want(t), c.writeBy.want(t))
}

// CloseWrite lets net/http end its side first where a body was not read.
func (c *conn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// Close closes the connection and gives its place to another one.
func (c *conn) Close() error {
	err := net.ErrClosed
	c.once.Do(func() {
		err = c.Conn.Close()
		c.server.listener.release()
	})
	return err
}
