package rawhttp

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"wireproof/conformance/exchange"
)

// answer serves one connection: it reads a request, and writes the pieces one after
// another, with a pause between them, so that they come apart.
func answer(t *testing.T, pieces []string, hold bool) *Conn {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		in := bufio.NewReader(conn)
		if _, err := http.ReadRequest(in); err != nil {
			return
		}
		for i, p := range pieces {
			if i > 0 {
				time.Sleep(2 * time.Millisecond)
			}
			io.WriteString(conn, p)
		}
		if hold {
			io.Copy(io.Discard, in)
		}
	}()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		conn.Close()
		l.Close()
		<-done
	})
	return New(conn, Limits{Timeout: 200 * time.Millisecond, MaxResponse: 1000}, time.Now)
}

const get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

func TestEnds(t *testing.T) {
	for _, tt := range []struct {
		name    string
		request string
		pieces  []string
		hold    bool // the target keeps the connection open
		body    string
		kinds   string // findings
		usable  bool
		trouble exchange.Trouble
	}{
		{"length", get, []string{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"}, true, "hello", "", true, ""},
		{"length in pieces", get, []string{"HTTP/1.1 200 OK\r\nContent-", "Length: 5\r\n", "\r\nhel", "lo"}, true, "hello", "", true, ""},
		{"chunks in pieces", get, []string{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3", "\r\nhel\r", "\n2\r\nlo\r\n0\r\n", "\r\n"}, true, "hello", "", true, ""},
		{"chunks with a trailer", get, []string{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: 1\r\n\r\n"}, true, "hello", "[http.chunk]", true, ""},
		{"no size of a chunk", get, []string{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello"}, false, "", "[http.chunk]", false, ""},
		{"end of the connection", get, []string{"HTTP/1.1 200 OK\r\n\r\nhel", "lo"}, false, "hello", "", false, ""},
		{"cut off", get, []string{"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"}, false, "hello", "[http.short-body]", false, ""},
		{"more than said", get, []string{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, world"}, true, "hello", "[http.after-body]", false, ""},
		{"LF alone", get, []string{"HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"}, true, "hello", "[http.bare-lf]", true, ""},
		{"head", "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n", []string{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"}, true, "", "", true, ""},
		{"head with a body", "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n", []string{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"}, true, "", "[http.no-body]", false, ""},
		{"no content", get, []string{"HTTP/1.1 204 No Content\r\n\r\n"}, true, "", "", true, ""},
		{"interim", get, []string{"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"}, true, "ok", "", true, ""},
		{"closing", get, []string{"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"}, true, "ok", "", false, ""},
		{"old", get, []string{"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"}, true, "ok", "", false, ""},
		{"silence", get, nil, true, "", "", false, exchange.Timeout},
		{"half", get, []string{"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"}, true, "hello", "[http.short-body]", false, exchange.Timeout},
		{"nothing", get, nil, false, "", "", false, exchange.Reset},
		{"interim without end", get, []string{strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 9000)}, true, "", "", false, exchange.TooLarge},
		{"head without end", get, []string{"HTTP/1.1 200 OK\r\n" + strings.Repeat("X: 1\r\n", 60000)}, true, "", "[http.unended-head]", false, exchange.TooLarge},
		{"flood", get, []string{"HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("x", 4000)}, true, strings.Repeat("x", 4000), "", false, exchange.TooLarge},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := answer(t, tt.pieces, tt.hold)
			x := c.Do(t.Context(), Request{Bytes: tt.request})
			var te *exchange.TransportError
			if errors.As(x.Err, &te); te == nil != (tt.trouble == "") || te != nil && te.Trouble != tt.trouble {
				t.Fatalf("error %v, want %q", x.Err, tt.trouble)
			}
			if c.Usable() != tt.usable {
				t.Errorf("usable %v", c.Usable())
			}
			if x.Response == nil {
				if tt.body != "" {
					t.Fatalf("no response in %q", x.Received)
				}
				return
			}
			if x.Response.Body != tt.body {
				t.Errorf("body %q, want %q", x.Response.Body, tt.body)
			}
			kinds := ""
			for _, f := range x.Response.Findings {
				kinds += fmt.Sprintf("[%s]", f.Kind)
			}
			if kinds != tt.kinds {
				t.Errorf("findings %s, want %s", kinds, tt.kinds)
			}
		})
	}
}

// What comes after the response, late, is found when the connection ends.
func TestFinishFindsLateBytes(t *testing.T) {
	c := answer(t, []string{"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "late"}, true)
	x := c.Do(t.Context(), Request{Bytes: get})
	if !c.Finish(time.Second) {
		t.Error("the target closed, but that was not seen")
	}
	if len(x.Response.Findings) != 1 || x.Response.Findings[0].Kind != exchange.AfterBody || x.Response.Body != "ok" {
		t.Errorf("%q: %v", x.Received, x.Response.Findings)
	}
}

func TestContinue(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var got string
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = string(body)
		io.WriteString(w, "ok")
	})}
	go s.Serve(l)
	defer s.Close()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	c := New(conn, Limits{Timeout: time.Second}, time.Now)
	x := c.Do(t.Context(), Request{Bytes: "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc", Continue: true})
	if x.Err != nil || got != "abc" || !strings.HasPrefix(x.Received, "HTTP/1.1 100 Continue\r\n") || x.Response.Status != 200 || x.Response.Body != "ok" {
		t.Errorf("%v, body %q, received %q", x.Err, got, x.Received)
	}
	if x.Took > ContinueWait/2 {
		t.Errorf("took %v, as if 100 Continue had not come", x.Took)
	}
	c.Finish(time.Second)
}

func TestCanceled(t *testing.T) {
	c := answer(t, nil, true)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(5*time.Millisecond, cancel)
	x := c.Do(ctx, Request{Bytes: get})
	var te *exchange.TransportError
	if !errors.As(x.Err, &te) || te.Trouble != exchange.Canceled || !errors.Is(x.Err, context.Canceled) {
		t.Errorf("%v", x.Err)
	}
}
