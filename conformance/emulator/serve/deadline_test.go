package serve

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// told makes a deadline and a record of what a connection is told.
func told() (d *deadline, times *[]time.Time) {
	times = new([]time.Time)
	return &deadline{set: func(t time.Time) error { *times = append(*times, t); return nil }}, times
}

// A connection is told of a deadline only where the one it has strikes too late.
func TestDeadlineTold(t *testing.T) {
	now := time.Now()
	in := func(s int) time.Time { return now.Add(time.Duration(s) * time.Second) }
	for _, tt := range []struct {
		reason string
		wants  []time.Time // one before each call
		told   int
	}{
		{"none", []time.Time{{}, {}}, 0},
		{"the first", []time.Time{in(9)}, 1},
		{"later ones", []time.Time{in(9), in(10), {}, in(11)}, 1},
		{"an earlier one", []time.Time{in(9), in(8)}, 2},
		{"an earlier one, and the first again", []time.Time{in(9), in(8), in(9)}, 2},
	} {
		d, times := told()
		for _, w := range tt.wants {
			d.want(w)
			d.begin()
			if d.end(nil) {
				t.Errorf("%s: again without an error", tt.reason)
			}
		}
		if len(*times) != tt.told {
			t.Errorf("%s: told %d times, want %d", tt.reason, len(*times), tt.told)
		}
	}
}

// A call that was struck is made again if, and only if, nobody wanted that.
func TestDeadlineStruck(t *testing.T) {
	for _, tt := range []struct {
		reason string
		wanted time.Time
		err    error
		again  bool
	}{
		{"wanted later", time.Now().Add(time.Hour), os.ErrDeadlineExceeded, true},
		{"not wanted", time.Time{}, os.ErrDeadlineExceeded, true},
		{"wanted", time.Now().Add(-time.Hour), os.ErrDeadlineExceeded, false},
		{"another error", time.Now().Add(time.Hour), net.ErrClosed, false},
		{"no error", time.Time{}, nil, false},
	} {
		d, times := told()
		d.want(time.Now().Add(time.Minute))
		d.begin()
		d.end(nil)
		d.want(tt.wanted)
		d.begin()
		if got := d.end(tt.err); got != tt.again {
			t.Errorf("%s: again %v", tt.reason, got)
		}
		if d.begin(); tt.again && !(*times)[len(*times)-1].Equal(tt.wanted) {
			t.Errorf("%s: the connection was told %v", tt.reason, *times)
		}
	}
}

// Over a connection: a stale deadline does not end a read, a wanted one does at
// its time, also when it is wanted only while the read is under way.
func TestDeadlineOverConnection(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	client, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	nc, err := ln.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	c := &conn{Conn: nc, readBy: deadline{set: nc.SetReadDeadline}, writeBy: deadline{set: nc.SetWriteDeadline}}
	b := make([]byte, 1)
	begin := time.Now()
	took := func(what string, least, most time.Duration) {
		t.Helper()
		if d := time.Since(begin); d < least || d > most {
			t.Errorf("%s took %v", what, d)
		}
		begin = time.Now()
	}

	c.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
	if _, err := c.receive(b); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatal(err)
	}
	took("a read to its deadline", 20*time.Millisecond, 2*time.Second)

	c.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
	c.readBy.begin()
	c.readBy.end(nil) // the connection knows it
	c.SetReadDeadline(time.Time{})
	time.AfterFunc(60*time.Millisecond, func() { client.Write([]byte("x")) })
	if n, err := c.receive(b); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	took("a read past a stale deadline", 60*time.Millisecond, 2*time.Second)

	time.AfterFunc(20*time.Millisecond, func() { c.SetDeadline(time.Unix(1, 0)) })
	if _, err := c.receive(b); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatal(err)
	}
	took("a read that is ended", 20*time.Millisecond, 2*time.Second)
	if _, err := c.Write(b); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error("a write past its deadline:", err)
	}
	c.SetDeadline(time.Time{})
	if n, err := c.Write(b); n != 1 || err != nil {
		t.Error("a write without a deadline:", n, err)
	}
}

func TestPause(t *testing.T) {
	d, _ := told()
	for range 3 { // it is used again and again
		d.want(time.Time{})
		if d.pause(time.Millisecond) {
			t.Error("no deadline has passed")
		}
		time.AfterFunc(5*time.Millisecond, func() { d.want(time.Unix(1, 0)) })
		if !d.pause(time.Minute) {
			t.Error("a deadline passed in the pause")
		}
		if !d.pause(time.Minute) {
			t.Error("a deadline passed before the pause")
		}
		d.want(time.Time{})
	}
	for range 1000 { // both at once
		d.want(time.Time{})
		go func() { time.Sleep(50 * time.Microsecond); d.want(time.Unix(1, 0)) }()
		for !d.pause(50 * time.Microsecond) {
		}
	}
}

// A handler that takes long learns that its client has gone away, although
// nobody looks at once; a quick one is answered, and the connection goes on.
func TestClientGone(t *testing.T) {
	gone := make(chan error, 1)
	s := Test(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		if r.URL.Path == "/quick" {
			return
		}
		select {
		case <-r.Context().Done():
			gone <- nil
		case <-time.After(5 * time.Second):
			gone <- errors.New("the context goes on")
		}
	}))
	c := dial(t, s.Addr())
	answer := make([]byte, 1024)
	for range 3 {
		io.WriteString(c, "POST /quick HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx")
		if n, err := c.Read(answer); err != nil || !strings.HasPrefix(string(answer[:n]), "HTTP/1.1 200") {
			t.Fatalf("%q, %v", answer[:n], err)
		}
	}
	io.WriteString(c, "POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx")
	time.Sleep(20 * time.Millisecond)
	c.Close()
	if err := <-gone; err != nil {
		t.Error(err)
	}
}
