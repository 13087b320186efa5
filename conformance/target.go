package conformance

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// Target is what is held against the rules.
type Target interface {
	// Dial opens a connection. It is called for nearly every case.
	Dial(ctx context.Context) (net.Conn, error)
	// URL is where requests are addressed to. Its path, without a slash at the end,
	// goes before every request's.
	URL() *url.URL
}

// Sentinels of this package.
var (
	// ErrAWS: the endpoint is AWS's own. A purchase there costs money, so nothing is
	// ever sent to one.
	ErrAWS = errors.New("the endpoint is AWS's own")
	// ErrUnreachable: no connection, or nothing but silence.
	ErrUnreachable = errors.New("the target cannot be reached")
	// ErrNothing: the selection has no case.
	ErrNothing = errors.New("nothing is selected")
	// ErrUsage: options or configuration that cannot be followed.
	ErrUsage = errors.New("wrong usage")
)

// EndpointOptions say how to reach an endpoint.
type EndpointOptions struct {
	// CA are the certificates that one of an https endpoint may be signed with,
	// besides those of the system.
	CA *x509.CertPool
	// Resolver looks up names; nil means the system's.
	Resolver Resolver
}

// Resolver is the part of a [net.Resolver] that is needed to see where a name
// leads.
type Resolver interface {
	LookupCNAME(ctx context.Context, host string) (string, error)
}

type endpoint struct {
	url  *url.URL
	addr string
	tls  *tls.Config
}

// Endpoint is a target at an http or https URL; a path prefix is kept. It refuses,
// with [ErrAWS], any host of AWS's, by its name or by the name that it leads to.
func Endpoint(ctx context.Context, rawURL string, o EndpointOptions) (Target, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUsage, err)
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("%w: endpoint %q: give a URL with http:// or https://", ErrUsage, rawURL)
	case u.Hostname() == "":
		return nil, fmt.Errorf("%w: endpoint %q has no host", ErrUsage, rawURL)
	case u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return nil, fmt.Errorf("%w: endpoint %q: only scheme, host, port and path can be given", ErrUsage, rawURL)
	}
	if err := refuseAWS(ctx, u.Hostname(), o.Resolver); err != nil {
		return nil, err
	}
	e := &endpoint{url: &url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimRight(u.Path, "/"), RawPath: strings.TrimRight(u.RawPath, "/")}}
	port := u.Port()
	if u.Scheme == "https" {
		e.tls = &tls.Config{ServerName: u.Hostname(), RootCAs: o.CA, NextProtos: []string{"http/1.1"}}
		if port == "" {
			port = "443"
		}
	}
	if port == "" {
		port = "80"
	}
	e.addr = net.JoinHostPort(u.Hostname(), port)
	return e, nil
}

func (e *endpoint) URL() *url.URL { return e.url }

func (e *endpoint) Dial(ctx context.Context) (net.Conn, error) {
	if e.tls != nil {
		return (&tls.Dialer{Config: e.tls}).DialContext(ctx, "tcp", e.addr)
	}
	return (&net.Dialer{}).DialContext(ctx, "tcp", e.addr)
}

// HandlerTarget serves a handler over connections in memory. Close it when the run
// is over.
type HandlerTarget struct {
	server   *http.Server
	listener *memListener
}

// Handler makes a target of a handler, served by an [http.Server] over connections
// in memory.
func Handler(h http.Handler) *HandlerTarget {
	t := &HandlerTarget{
		server:   &http.Server{Handler: h, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)},
		listener: &memListener{conns: make(chan net.Conn), done: make(chan struct{})},
	}
	go t.server.Serve(t.listener)
	return t
}

// URL gives a name that no real host can have.
func (t *HandlerTarget) URL() *url.URL { return &url.URL{Scheme: "http", Host: "target.invalid"} }

// Dial opens a connection to the handler.
func (t *HandlerTarget) Dial(ctx context.Context) (net.Conn, error) { return t.listener.dial(ctx) }

// Close ends the server and its connections.
func (t *HandlerTarget) Close() error {
	t.listener.Close() // first, so that a server that has not begun finds it closed
	return t.server.Close()
}
