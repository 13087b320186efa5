package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"wireproof/codec/wire"
)

// Server serves a handler on one address.
type Server struct {
	handler  http.Handler
	limits   Limits
	chaos    *chaos
	log      *slog.Logger
	refuse   func(Refusal) wire.Response
	name     string
	nameList []string // the header's value, never changed

	http     *http.Server
	listener *listener
	cancel   context.CancelFunc // of every request's context

	mu     sync.Mutex
	conns  map[*conn]struct{}
	closed bool           // no more connections
	ended  sync.WaitGroup // connections whose goroutine has not ended
}

// Listen takes the address; requests wait until Serve. An error of the options
// wraps [ErrOptions]; others are those of [net.Listen].
func Listen(o Options) (*Server, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	ln, err := net.Listen("tcp", o.Addr)
	if err != nil {
		return nil, fmt.Errorf("serve: %w", err)
	}
	s := &Server{
		handler: o.Handler, limits: o.Limits, log: o.Log, refuse: o.Refuse,
		name: o.Name, nameList: []string{o.Name}, conns: map[*conn]struct{}{},
	}
	s.chaos = newChaos(o.Chaos)
	s.listener = &listener{Listener: ln, server: s, closed: make(chan struct{}),
		places: make(chan struct{}, o.Limits.Connections)}
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel = cancel
	s.http = &http.Server{
		Handler:                      http.HandlerFunc(s.serveHTTP),
		DisableGeneralOptionsHandler: true,
		ReadHeaderTimeout:            o.Limits.HeadTimeout,
		// A handler that is made to wait must not run into these.
		ReadTimeout:    prolong(o.Limits.ReadTimeout, o.Chaos.Latency.Max),
		WriteTimeout:   prolong(o.Limits.WriteTimeout, o.Chaos.Latency.Max),
		IdleTimeout:    o.Limits.IdleTimeout,
		MaxHeaderBytes: o.Limits.Head, // never reached: conn refuses before
		ErrorLog:       slog.NewLogLogger(o.Log.Handler(), slog.LevelWarn),
		BaseContext:    func(net.Listener) context.Context { return ctx },
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			return context.WithValue(ctx, callKey{}, &c.(*conn).call)
		},
		ConnState: s.connState,
		Protocols: new(http.Protocols),
	}
	s.http.Protocols.SetHTTP1(true)
	return s, nil
}

func prolong(timeout, by time.Duration) time.Duration {
	if timeout < 0 {
		return timeout
	}
	return timeout + by
}

// Addr is the address as host:port, with the port that was taken.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// URL is the address as clients on this machine want it: http://127.0.0.1:4599,
// also where the server listens on every interface.
func (s *Server) URL() string {
	host, port, _ := net.SplitHostPort(s.Addr())
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1" // a socket of both versions of IP hears it too
	}
	return "http://" + net.JoinHostPort(host, port)
}

// Loopback reports whether only this machine reaches the server.
func (s *Server) Loopback() bool {
	a, ok := s.listener.Addr().(*net.TCPAddr)
	return ok && a.IP.IsLoopback()
}

// Serve answers requests until ctx ends or Close is called, and returns nil
// then. At the end of ctx it takes no more connections, lets answers under way
// be finished for at most Limits.Drain, and closes what is left. It can be called
// once.
func (s *Server) Serve(ctx context.Context) error {
	result := make(chan error, 1)
	go func() { result <- s.http.Serve(s.listener) }()
	var err error
	select {
	case err = <-result:
	case <-ctx.Done():
		s.drain()
		<-result
	}
	s.Close()
	if errors.Is(err, http.ErrServerClosed) || errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// drain lets answers be finished. net/http would wait five seconds for
// connections that never sent anything; those are closed at once.
func (s *Server) drain() {
	s.closeConns(func(c *conn) bool { return !c.begun.Load() })
	ctx, cancel := context.Background(), context.CancelFunc(func() {})
	if s.limits.Drain > 0 {
		ctx, cancel = context.WithTimeout(ctx, s.limits.Drain)
	}
	defer cancel()
	if s.http.Shutdown(ctx) != nil {
		s.log.Warn("answers were cut off: they were not finished in time", "waited", s.limits.Drain)
	}
}

// closeTimeout is how long Close waits for handlers; it is only reached by one
// that ignores its request's context.
const closeTimeout = 5 * time.Second

// ErrBusy says that a handler was still running when Close gave up waiting.
var ErrBusy = errors.New("serve: a handler does not end")

// Close closes the listener and every connection, ends the requests' contexts
// and waits until no goroutine of the server is left. It can be called again.
func (s *Server) Close() error {
	s.http.Close()
	s.closeConns(func(*conn) bool { return true })
	s.cancel()
	done := make(chan struct{})
	go func() { s.ended.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-time.After(closeTimeout):
		return ErrBusy
	}
}

// closeConns takes no more connections and closes some that are there.
func (s *Server) closeConns(which func(*conn) bool) {
	s.listener.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for c := range s.conns {
		if which(c) {
			c.Close()
		}
	}
}

// admit notes a new connection, unless it comes too late.
func (s *Server) admit(c *conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.conns[c] = struct{}{}
	s.ended.Add(1)
	return true
}

// connState notes the end of connections. StateClosed is the last thing that a
// connection's goroutine does.
func (s *Server) connState(nc net.Conn, state http.ConnState) {
	c := nc.(*conn)
	switch state {
	case http.StateIdle:
		c.begun.Store(false)
	case http.StateClosed, http.StateHijacked:
		s.mu.Lock()
		delete(s.conns, c)
		s.mu.Unlock()
		s.ended.Done()
	}
}

// listener hands out judged connections, as many at once as there are places.
type listener struct {
	net.Listener
	server *Server
	places chan struct{}
	closed chan struct{}
	once   sync.Once
}

// Accept waits for a place first, so that what waits costs nothing here.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case l.places <- struct{}{}:
	case <-l.closed:
		return nil, net.ErrClosed
	}
	nc, err := l.Listener.Accept()
	if err != nil {
		l.release()
		return nil, err
	}
	s := l.server
	c := &conn{Conn: nc, server: s, head: head{limits: &s.limits},
		readBy: deadline{set: nc.SetReadDeadline}, writeBy: deadline{set: nc.SetWriteDeadline}}
	if !s.admit(c) {
		c.Close()
		return nil, net.ErrClosed
	}
	return c, nil
}

func (l *listener) release() { <-l.places }

// Close stops Accept.
func (l *listener) Close() error {
	err := net.ErrClosed
	l.once.Do(func() {
		close(l.closed)
		err = l.Listener.Close()
	})
	return err
}
