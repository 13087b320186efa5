package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestAddress(t *testing.T) {
	for _, tt := range []struct {
		addr     string
		loopback bool
		reason   string
	}{
		{":0", true, "without a host it is not every interface"},
		{"127.0.0.1:0", true, "a free port"},
		{"localhost:0", true, "a name"},
		{"0.0.0.0:0", false, "every interface, asked for"},
	} {
		s, err := Listen(Options{Handler: new(seen), Addr: tt.addr})
		if err != nil {
			t.Errorf("%s: %v", tt.addr, err)
			continue
		}
		_, port, err := net.SplitHostPort(s.Addr())
		if err != nil || port == "0" || s.Loopback() != tt.loopback || s.URL() != "http://127.0.0.1:"+port {
			t.Errorf("%s: got %s, loopback %v, %v (%s)", tt.addr, s.Addr(), s.Loopback(), err, tt.reason)
		}
		s.Close()
	}
}

func TestBadOptions(t *testing.T) {
	h := new(seen)
	for _, tt := range []struct {
		o      Options
		reason string
	}{
		{Options{}, "no handler"},
		{Options{Handler: h, Addr: "4599"}, "no colon"},
		{Options{Handler: h, Addr: "127.0.0.1:99999"}, "no such port"},
		{Options{Handler: h, Addr: "127.0.0.1:no-such-service"}, "no such service"},
		{Options{Handler: h, Limits: Limits{Connections: -1}}, "a limit below zero"},
		{Options{Handler: h, Chaos: Chaos{ErrorRate: 1.5}}, "a rate above one"},
		{Options{Handler: h, Chaos: Chaos{ErrorRate: -0.1}}, "a rate below zero"},
		{Options{Handler: h, Chaos: Chaos{Latency: Range{Min: -1}}}, "time backwards"},
		{Options{Handler: h, Chaos: Chaos{Throttle: map[string]Rate{"Purchase": {PerSecond: 1}}}}, "no operation"},
		{Options{Handler: h, Chaos: Chaos{Throttle: map[string]Rate{"PurchaseOffering": {}}}}, "never"},
	} {
		tt.o.Addr = orDefault(tt.o.Addr, "127.0.0.1:0")
		if s, err := Listen(tt.o); !errors.Is(err, ErrOptions) {
			t.Errorf("%s: got %v", tt.reason, err)
			s.Close()
		}
	}
}

func TestAddressInUse(t *testing.T) {
	s := Test(t, new(seen))
	if _, err := Listen(Options{Handler: new(seen), Addr: s.Addr()}); !errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, ErrOptions) {
		t.Errorf("got %v", err)
	}
}

// serving runs a server until stop is called, which returns what Serve did and
// how long it took to end.
func serving(t *testing.T, o Options) (s *Server, stop func() (time.Duration, error)) {
	t.Helper()
	o.Addr = ":0"
	s, err := Listen(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	result := make(chan error, 1)
	go func() { result <- s.Serve(ctx) }()
	t.Cleanup(func() { cancel(); s.Close() })
	return s, func() (time.Duration, error) {
		begin := time.Now()
		cancel()
		select {
		case err := <-result:
			return time.Since(begin), err
		case <-time.After(10 * time.Second):
			t.Fatal("Serve does not end")
			return 0, nil
		}
	}
}

// An answer under way is finished; connections that wait, silent or kept alive,
// hold nothing up; nothing is left.
func TestShutdown(t *testing.T) {
	began, release := make(chan struct{}), make(chan struct{})
	s, stop := serving(t, Options{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			close(began)
			<-release
		}
		fmt.Fprint(w, "whole")
	})})
	idle, slow := dial(t, s.Addr()), dial(t, s.Addr())
	dial(t, s.Addr()) // silent
	io.WriteString(idle, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
	idle.Read(make([]byte, 512))
	io.WriteString(slow, "GET /slow HTTP/1.1\r\nHost: h\r\n\r\n")
	<-began
	time.AfterFunc(100*time.Millisecond, func() { close(release) })
	took, err := stop()
	if err != nil || took < 80*time.Millisecond || took > 3*time.Second {
		t.Errorf("Serve: %v after %v", err, took)
	}
	if raw, err := io.ReadAll(slow); err != nil || !strings.HasSuffix(string(raw), "whole") {
		t.Errorf("the answer under way: %q, %v", raw, err)
	}
	if _, err := net.Dial("tcp", s.Addr()); err == nil {
		t.Error("the address still answers")
	}
	noGoroutines(t)
}

// A handler that takes longer than the drain is cut off, and its context ends.
func TestDrainEnds(t *testing.T) {
	began, ended := make(chan struct{}), make(chan struct{})
	s, stop := serving(t, Options{Limits: Limits{Drain: 100 * time.Millisecond},
		Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			close(began)
			<-r.Context().Done()
			close(ended)
		})})
	io.WriteString(dial(t, s.Addr()), "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
	<-began
	if took, err := stop(); err != nil || took < 80*time.Millisecond || took > 3*time.Second {
		t.Errorf("Serve: %v after %v", err, took)
	}
	<-ended
	noGoroutines(t)
}

// Listening without serving, closing twice and closing under load are all right.
func TestClose(t *testing.T) {
	s, err := Listen(Options{Handler: new(seen), Addr: ":0"})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if err := s.Serve(t.Context()); err != nil {
		t.Errorf("Serve after Close: %v", err)
	}
	for range 20 {
		s, stop := serving(t, Options{Handler: new(seen)})
		go func() {
			for {
				c, err := net.Dial("tcp", s.Addr())
				if err != nil {
					return
				}
				io.WriteString(c, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
				defer c.Close()
			}
		}()
		time.Sleep(2 * time.Millisecond)
		if _, err := stop(); err != nil {
			t.Error(err)
		}
	}
	noGoroutines(t)
}

// Test ends with the test, and tells of a handler that does not.
func TestTest(t *testing.T) {
	var addr string
	t.Run("in a test", func(t *testing.T) {
		s := Test(t, new(seen))
		addr = s.Addr()
		resp, err := http.Get(s.URL())
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		http.DefaultClient.CloseIdleConnections()
	})
	if _, err := net.Dial("tcp", addr); err == nil {
		t.Error("the server outlives its test")
	}
	noGoroutines(t)
}

// A panic is answered with a 500 of the service, and logged; half an answer is
// cut off, so that nobody takes it for a whole one.
func TestPanic(t *testing.T) {
	var log buffer
	s := Test(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/v1/half" {
			w.Header().Set("Content-Length", "10")
			io.WriteString(w, "half")
		}
		panic("no\nway")
	}), Options{Log: log.logger()})
	got := one(t, talk(t, s.Addr(), "GET /v1/offerings HTTP/1.1\r\nHost: h\r\n\r\n"))
	if got.status != 500 || got.header.Get("X-Amzn-ErrorType") != "InternalServerErrorException" || !got.closes {
		t.Errorf("got %+v", got)
	}
	if got := talk(t, s.Addr(), "GET /v1/half HTTP/1.1\r\nHost: h\r\n\r\n"); strings.Contains(got, "HTTP/1.1 500") {
		t.Errorf("got %q", got)
	}
	lines := log.records(t)
	if len(lines) < 2 || lines[0]["panic"] != "no\nway" || !strings.Contains(fmt.Sprint(lines[0]["stack"]), "TestPanic") {
		t.Errorf("got %v", lines)
	}
}

func ExampleListen() {
	s, err := Listen(Options{Addr: ":0", Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "hello")
	})})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	done := make(chan error)
	go func() { done <- s.Serve(ctx) }()
	resp, err := http.Get(s.URL())
	if err != nil {
		fmt.Println(err)
		return
	}
	body, _ := io.ReadAll(resp.Body)
	fmt.Println(string(body), resp.Header.Get("Server"))
	stop()
	fmt.Println(<-done)
	// Output:
	// hello Wireproof
	// <nil>
}
