package serve

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// padded is a request with a head of exactly n bytes.
func padded(n int) string {
	const start, end = "GET / HTTP/1.1\r\nHost: h\r\nX: ", "\r\n\r\n"
	return start + strings.Repeat("y", n-len(start)-len(end)) + end
}

func posted(n int) string {
	return fmt.Sprintf("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n%s", n, strings.Repeat("x", n))
}

func chunked(n int) string {
	return fmt.Sprintf("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", n, strings.Repeat("x", n))
}

func fields(n int) string {
	return "GET / HTTP/1.1\r\nHost: h\r\n" + strings.Repeat("X: y\r\n", n-1) + "\r\n"
}

// Each limit at one less, exact, and one more.
func TestLimits(t *testing.T) {
	small := Options{Limits: Limits{Head: 5000, Fields: 7, Body: 9000}}
	tiny := Options{Limits: Limits{Head: 100, Body: 1}} // less than the first buffer
	for _, tt := range []struct {
		options Options
		limit   int
		request func(int) string
		status  int
		reason  string
	}{
		{small, 5000, padded, 431, "a head"},
		{tiny, 100, padded, 431, "a small head"},
		{Options{}, DefaultHead, padded, 431, "a head by default"},
		{small, 7, fields, 431, "fields"},
		{Options{}, DefaultFields, fields, 431, "fields by default"},
		{small, 9000, posted, 413, "a body"},
		{tiny, 1, posted, 413, "a small body"},
		{Options{}, DefaultBody, posted, 413, "a body by default"},
		{small, 9000, chunked, 413, "a chunked body"},
		{Options{}, DefaultBody, chunked, 413, "a chunked body by default"},
	} {
		s := Test(t, new(seen), tt.options)
		for n := tt.limit - 1; n <= tt.limit+1; n++ {
			want := 200
			if n > tt.limit {
				want = tt.status
			}
			if got := one(t, talk(t, s.Addr(), tt.request(n))); got.status != want || got.closes != (n > tt.limit) {
				t.Errorf("%s of %d with a limit of %d: got %d, want %d", tt.reason, n, tt.limit, got.status, want)
			}
		}
	}
}

// A refusal reaches a client that is still sending and only reads afterwards: the
// connection is not reset under it.
func TestRefusalArrives(t *testing.T) {
	s := Test(t, new(seen), Options{Limits: Limits{Body: 1000}})
	for _, raw := range []string{posted(100_000), chunked(100_000), posted(3_000_000)} {
		c := dial(t, s.Addr())
		io.WriteString(c, raw)
		head := make([]byte, 12)
		if _, err := io.ReadFull(c, head); string(head) != "HTTP/1.1 413" && len(raw) < 1<<20 {
			t.Errorf("%d bytes: got %q, %v", len(raw), head, err)
		}
	}
}

// With every place taken the next connection waits, and gets its turn.
func TestConnections(t *testing.T) {
	s := Test(t, new(seen), Options{Limits: Limits{Connections: 2}})
	request := "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
	ask := func(c net.Conn, d time.Duration) error {
		c.SetReadDeadline(time.Now().Add(d))
		_, err := c.Read(make([]byte, 512))
		return err
	}
	first, second, third := dial(t, s.Addr()), dial(t, s.Addr()), dial(t, s.Addr())
	for _, c := range []net.Conn{first, second} {
		io.WriteString(c, request)
		if err := ask(c, 5*time.Second); err != nil {
			t.Fatal(err)
		}
	}
	io.WriteString(third, request)
	if ask(third, 100*time.Millisecond) == nil {
		t.Error("a third connection was answered")
	}
	first.Close()
	if err := ask(third, 5*time.Second); err != nil {
		t.Errorf("the third connection is not answered after the first has gone: %v", err)
	}
}

// Slow clients are answered or closed, in time. The times are net/http's and
// this package's together.
func TestTimeouts(t *testing.T) {
	s := Test(t, new(seen), Options{Limits: Limits{HeadTimeout: 150 * time.Millisecond,
		ReadTimeout: 300 * time.Millisecond, IdleTimeout: 450 * time.Millisecond}})
	const ask = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
	for _, tt := range []struct {
		send     string
		min, max time.Duration
		statuses string
		reason   string
	}{
		{"", 150, 400, "", "nothing: closed after the time for a head"},
		{"GET / HT", 150, 400, "408", "half a head"},
		{ask, 450, 900, "200", "idle after a request"},
		{ask + "GET / HT", 150, 400, "200 408", "half of the second head: not the time for idling"},
		{ask + "G", 150, 400, "200 408", "one byte of it, which net/http waits for with the time for idling"},
		{"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab", 300, 900, "400", "half a body: the handler answers"},
		{"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", 300, 900, "408", "half a chunked body"},
	} {
		c := dial(t, s.Addr())
		begin := time.Now()
		io.WriteString(c, tt.send)
		raw, err := io.ReadAll(c)
		took := time.Since(begin)
		var statuses []string
		for _, a := range answersIn(t, string(raw)) {
			statuses = append(statuses, fmt.Sprint(a.status))
		}
		if got := strings.Join(statuses, " "); got != tt.statuses || err != nil {
			t.Errorf("%s: got %q, %v, want %q", tt.reason, got, err, tt.statuses)
		}
		if lo, hi := tt.min*time.Millisecond, tt.max*time.Millisecond+2*time.Second; took < lo-20*time.Millisecond || took > hi {
			t.Errorf("%s: closed after %v, want %v to %v", tt.reason, took, lo, hi)
		}
	}
}

// A client that does not read what it asked for is given up.
func TestWriteTimeout(t *testing.T) {
	wrote := make(chan error, 1)
	s := Test(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var err error
		for page := strings.Repeat("x", 1<<20); err == nil; {
			_, err = io.WriteString(w, page)
		}
		wrote <- err
	}), Options{Limits: Limits{WriteTimeout: 200 * time.Millisecond}})
	io.WriteString(dial(t, s.Addr()), "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
	select {
	case <-wrote:
	case <-time.After(5 * time.Second):
		t.Error("the handler is still writing")
	}
}
