package serve

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// seen is what a handler was handed.
type seen struct {
	mu       sync.Mutex
	requests []string
}

func (s *seen) take() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.requests
	s.requests = nil
	return all
}

// ServeHTTP notes everything of a request that can be read, and answers with it.
// A body that cannot be read is not noted: it is no request.
func (s *seen) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.Header().Set("Connection", "close")
		http.Error(w, "body: "+err.Error(), 400)
		return
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s %s host=%s close=%v te=%q cl=%d\n", r.Method, r.RequestURI, r.Proto, r.Host, r.Close, r.TransferEncoding, r.ContentLength)
	r.Header.Write(&b) // sorted
	fmt.Fprintf(&b, "%q", body)
	s.mu.Lock()
	s.requests = append(s.requests, b.String())
	s.mu.Unlock()
	fmt.Fprintf(w, "ok %d", len(body))
}

// plain serves a handler with net/http alone.
func plain(t testing.TB, h http.Handler) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := &http.Server{Handler: h, ErrorLog: nil, DisableGeneralOptionsHandler: true}
	done := make(chan struct{})
	go func() { srv.Serve(ln); close(done) }()
	t.Cleanup(func() { srv.Close(); <-done })
	return ln.Addr().String()
}

func dial(t testing.TB, addr string) *net.TCPConn {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	c.SetDeadline(time.Now().Add(20 * time.Second))
	t.Cleanup(func() { c.Close() })
	return c.(*net.TCPConn)
}

// talk sends pieces on a connection of its own, ends its side, and returns all
// that comes back until the server closes. A reset after some bytes is an end.
func talk(t testing.TB, addr string, pieces ...string) string {
	t.Helper()
	c := dial(t, addr)
	defer c.Close()
	for _, p := range pieces {
		if _, err := io.WriteString(c, p); err != nil {
			break // the server has refused already
		}
	}
	c.CloseWrite()
	got, err := io.ReadAll(c)
	if ne, ok := err.(net.Error); ok && ne.Timeout() {
		t.Fatalf("the server neither answers nor closes; got %q", got)
	}
	return string(got)
}

// answer is one response, read with net/http.
type answer struct {
	status int
	header http.Header
	body   string
	closes bool // it has Connection: close
}

// answersIn reads every response of a connection.
func answersIn(t testing.TB, raw string) []answer {
	t.Helper()
	var all []answer
	for r := bufio.NewReader(strings.NewReader(raw)); ; {
		if _, err := r.Peek(1); err != nil {
			return all
		}
		resp, err := http.ReadResponse(r, nil)
		if err != nil {
			t.Fatalf("%v in %q", err, raw)
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatalf("%v in %q", err, raw)
		}
		if resp.StatusCode != 100 {
			all = append(all, answer{resp.StatusCode, resp.Header, string(body), resp.Close})
		}
	}
}

func one(t testing.TB, raw string) answer {
	t.Helper()
	all := answersIn(t, raw)
	if len(all) != 1 {
		t.Fatalf("want one response, got %d: %q", len(all), raw)
	}
	return all[0]
}

// noGoroutines fails when goroutines of a server are left. Those of other tests
// in parallel would be seen too, so its users do not run in parallel.
func noGoroutines(t testing.TB) {
	t.Helper()
	var left string
	for range 200 {
		buf := make([]byte, 1<<20)
		buf = buf[:runtime.Stack(buf, true)]
		left = ""
		for _, g := range strings.Split(string(buf), "\n\n") {
			if strings.Contains(g, "net/http.(*conn)") || strings.Contains(g, "net/http.(*connReader)") ||
				strings.Contains(g, "net/http.(*Server)") || strings.Contains(g, "serve.(*") {
				left += g + "\n\n"
			}
		}
		if left == "" {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("goroutines are left:\n%s", left)
}
