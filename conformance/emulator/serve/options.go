package serve

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"wireproof/codec/wire"
)

// DefaultAddr is where a server listens unless told otherwise.
const DefaultAddr = "127.0.0.1:4599"

// ErrOptions is wrapped by the errors about options that no server can be made of.
var ErrOptions = errors.New("bad option")

// Options say how to serve. Only Handler is required.
type Options struct {
	Handler http.Handler
	// Addr is host:port. Without a host it is the loopback address 127.0.0.1,
	// never every interface: for that say 0.0.0.0 or [::]. Port 0 takes a free
	// one. Empty is [DefaultAddr].
	Addr string
	// Log gets one line for each request, and what goes wrong. nil is silent.
	Log *slog.Logger
	// Limits left at zero have their defaults.
	Limits Limits
	// Chaos makes failures on purpose; its zero value makes none.
	Chaos Chaos
	// Refuse makes the answer to a request that the handler does not get. nil is
	// [AWS].
	Refuse func(Refusal) wire.Response
	// Name is the Server header, such as Wireproof/1.0. Empty is Wireproof.
	Name string
}

// The default limits.
const (
	// DefaultHeadTimeout: a head is one packet or a few; slower ones are attacks.
	DefaultHeadTimeout = 10 * time.Second
	// DefaultReadTimeout is for head and body together: 1 MiB at 35 KB/s.
	DefaultReadTimeout = 30 * time.Second
	// DefaultWriteTimeout is for a page of 100 records, 130 KB, on a slow link,
	// with time for a debugger's user to look at it.
	DefaultWriteTimeout = time.Minute
	// DefaultIdleTimeout is longer than clients keep idle connections: 90 s in
	// aws-sdk-go-v2. A server that closes first makes their next request fail.
	DefaultIdleTimeout = 2 * time.Minute
	// DefaultDrain is how long a shutdown waits for answers under way; Docker and
	// systemd wait at least that long before they kill.
	DefaultDrain = 10 * time.Second
	// DefaultHead is 64 KiB: four times what a session token, a signature and the
	// longest query that clients send take together.
	DefaultHead = 64 << 10
	// DefaultFields: clients send about 12; 100 is Apache's limit too.
	DefaultFields = 100
	// DefaultBody is 1 MiB: about five times a purchase with 50 tags of the
	// longest keys and values, all of it escaped.
	DefaultBody = 1 << 20
	// DefaultConnections bounds memory: with heads and bodies at their limits
	// about 1 GiB. Load generators use up to 256.
	DefaultConnections = 512
)

// Limits bound what clients can make the server do. A timeout below zero is none.
type Limits struct {
	HeadTimeout  time.Duration // for the head of a request
	ReadTimeout  time.Duration // for head and body
	WriteTimeout time.Duration // for the answer, from the end of the head on
	IdleTimeout  time.Duration // between two requests on a connection
	Drain        time.Duration // for answers under way at shutdown
	Head         int           // bytes of request line and headers
	Fields       int           // header fields
	Body         int64         // bytes of body
	Connections  int           // connections at once; more wait in the kernel's queue
}

func (l Limits) withDefaults() Limits {
	l.HeadTimeout = orDefault(l.HeadTimeout, DefaultHeadTimeout)
	l.ReadTimeout = orDefault(l.ReadTimeout, DefaultReadTimeout)
	l.WriteTimeout = orDefault(l.WriteTimeout, DefaultWriteTimeout)
	l.IdleTimeout = orDefault(l.IdleTimeout, DefaultIdleTimeout)
	l.Drain = orDefault(l.Drain, DefaultDrain)
	l.Head = orDefault(l.Head, DefaultHead)
	l.Fields = orDefault(l.Fields, DefaultFields)
	l.Body = orDefault(l.Body, DefaultBody)
	l.Connections = orDefault(l.Connections, DefaultConnections)
	return l
}

func orDefault[T comparable](v, def T) T {
	var zero T
	if v == zero {
		return def
	}
	return v
}

// withDefaults checks the options and fills in what was left out.
func (o Options) withDefaults() (Options, error) {
	o.Limits = o.Limits.withDefaults()
	o.Name = orDefault(o.Name, "Wireproof")
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Refuse == nil {
		o.Refuse = AWS
	}
	l := &o.Limits
	switch {
	case o.Handler == nil:
		return o, fmt.Errorf("serve: %w: no handler", ErrOptions)
	case l.Head < 0 || l.Fields < 0 || l.Body < 0 || l.Connections < 0:
		return o, fmt.Errorf("serve: %w: a limit below zero", ErrOptions)
	}
	host, port, err := net.SplitHostPort(orDefault(o.Addr, DefaultAddr))
	if err != nil {
		return o, fmt.Errorf("serve: %w: address %q is not host:port", ErrOptions, o.Addr)
	}
	if _, err := net.LookupPort("tcp", port); err != nil {
		return o, fmt.Errorf("serve: %w: address %q has no such port", ErrOptions, o.Addr)
	}
	o.Addr = net.JoinHostPort(orDefault(host, "127.0.0.1"), port)
	o.Chaos, err = o.Chaos.withDefaults()
	return o, err
}
