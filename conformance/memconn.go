package conformance

import (
	"context"
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// memConn is one end of a connection in memory. Unlike those of [net.Pipe] it has
// buffers, so that a server can write more than is read, and its two directions
// end apart.
type memConn struct {
	in, out *memBuffer
}

// newMemConn gives the two ends of a connection.
func newMemConn() (client, server net.Conn) {
	a, b := newMemBuffer(), newMemBuffer()
	return &memConn{in: a, out: b}, &memConn{in: b, out: a}
}

func (c *memConn) Read(p []byte) (int, error)  { return c.in.read(p) }
func (c *memConn) Write(p []byte) (int, error) { return c.out.write(p) }

// Close ends both directions. What was written can still be read.
func (c *memConn) Close() error {
	c.in.close(net.ErrClosed)
	c.out.close(io.EOF)
	return nil
}

// CloseWrite tells the other end that nothing more is coming.
func (c *memConn) CloseWrite() error {
	c.out.close(io.EOF)
	return nil
}

func (c *memConn) LocalAddr() net.Addr  { return memAddr{} }
func (c *memConn) RemoteAddr() net.Addr { return memAddr{} }

func (c *memConn) SetDeadline(t time.Time) error {
	c.SetReadDeadline(t)
	return c.SetWriteDeadline(t)
}

func (c *memConn) SetReadDeadline(t time.Time) error {
	c.in.setDeadline(t)
	return nil
}

// SetWriteDeadline has nothing to do: writing never waits.
func (c *memConn) SetWriteDeadline(time.Time) error { return nil }

// memListener hands the server's ends of connections to a server.
type memListener struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func (l *memListener) dial(ctx context.Context) (net.Conn, error) {
	client, server := newMemConn()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *memListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *memListener) Addr() net.Addr { return memAddr{} }

func (l *memListener) Close() error {
	l.once.Do(func() { close(l.done) })
	return nil
}

type memAddr struct{}

func (memAddr) Network() string { return "memory" }
func (memAddr) String() string  { return "127.0.0.1:0" }

// memBuffer is one direction of a connection.
type memBuffer struct {
	mu       sync.Mutex
	ready    sync.Cond // something came, ended, or is too late
	data     []byte
	end      error // what reading gives after the data
	gone     bool  // the reader has closed
	late     bool  // the deadline is over
	deadline *time.Timer
	epoch    int // counts deadlines, so that a timer that fired late is ignored
}

func newMemBuffer() *memBuffer {
	b := &memBuffer{}
	b.ready.L = &b.mu
	return b
}

func (b *memBuffer) read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.data) == 0 && b.end == nil && !b.late {
		b.ready.Wait()
	}
	switch {
	case b.late:
		return 0, os.ErrDeadlineExceeded
	case b.gone:
		return 0, net.ErrClosed
	case len(b.data) == 0:
		return 0, b.end
	}
	n := copy(p, b.data)
	b.data = b.data[n:]
	if len(b.data) == 0 {
		b.data = nil
	}
	return n, nil
}

func (b *memBuffer) write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.end != nil {
		return 0, io.ErrClosedPipe
	}
	b.data = append(b.data, p...)
	b.ready.Broadcast()
	return len(p), nil
}

// close ends the direction. The reader's own closing throws away what was not
// read.
func (b *memBuffer) close(end error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if end == net.ErrClosed {
		b.gone, b.data = true, nil
		if b.deadline != nil {
			b.deadline.Stop()
		}
	}
	if b.end == nil {
		b.end = end
	}
	b.ready.Broadcast()
}

func (b *memBuffer) setDeadline(t time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.epoch++
	if b.deadline != nil {
		b.deadline.Stop()
		b.deadline = nil
	}
	b.late = false
	if t.IsZero() {
		return
	}
	left := time.Until(t)
	if left <= 0 {
		b.late = true
		b.ready.Broadcast()
		return
	}
	epoch := b.epoch
	b.deadline = time.AfterFunc(left, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.epoch == epoch {
			b.late = true
			b.ready.Broadcast()
		}
	})
}
