package interop

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"

	"wireproof/codec/nethttp"
	"wireproof/codec/wire"
)

// wiretap stands between clients and a server and keeps the bytes of both sides.
// It knows nothing of HTTP while it does, so that neither side can tell.
type wiretap struct {
	listener net.Listener
	server   string
	ended    sync.WaitGroup

	mu     sync.Mutex
	tapped []*tapped
	closed bool
}

// tapped is one connection: what the client and what the server has said, and
// how much of it was taken.
type tapped struct {
	client, server net.Conn
	said           [2]bytes.Buffer
}

// taken is an exchange as it went over a connection.
type taken struct {
	req  wire.Request
	resp wire.Response
}

// tap starts a wiretap before the server at the address, until the test ends.
func tap(t *testing.T, server string) *wiretap {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wiretap{listener: listener, server: server}
	w.ended.Add(1)
	go w.accept()
	t.Cleanup(w.close)
	return w
}

func (w *wiretap) addr() string { return w.listener.Addr().String() }

func (w *wiretap) accept() {
	defer w.ended.Done()
	for {
		client, err := w.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", w.server)
		if err != nil {
			client.Close()
			continue
		}
		c := &tapped{client: client, server: server}
		w.mu.Lock()
		if w.closed {
			client.Close()
			server.Close()
		}
		w.tapped = append(w.tapped, c)
		w.ended.Add(2)
		w.mu.Unlock()
		go w.carry(server, client, &c.said[0])
		go w.carry(client, server, &c.said[1])
	}
}

// carry copies what one side says. It is kept before it goes on: a client that
// has its answer has it in said too.
func (w *wiretap) carry(to, from net.Conn, said *bytes.Buffer) {
	defer w.ended.Done()
	defer to.Close()
	defer from.Close()
	piece := make([]byte, 32<<10)
	for {
		n, err := from.Read(piece)
		w.mu.Lock()
		said.Write(piece[:n])
		w.mu.Unlock()
		if _, failed := to.Write(piece[:n]); err != nil || failed != nil {
			return
		}
	}
}

func (w *wiretap) close() {
	w.listener.Close()
	w.mu.Lock()
	w.closed = true
	for _, c := range w.tapped {
		c.client.Close()
		c.server.Close()
	}
	w.mu.Unlock()
	w.ended.Wait()
}

// take gives the exchanges since the last call. No client may be waiting.
func (w *wiretap) take(t *testing.T) (all []taken) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.tapped {
		requests := bufio.NewReader(bytes.NewReader(c.said[0].Bytes()))
		responses := bufio.NewReader(bytes.NewReader(c.said[1].Bytes()))
		for {
			req, err := http.ReadRequest(requests)
			if err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("a request that cannot be read: %v\n%s", err, c.said[0].Bytes())
			}
			var x taken
			if x.req, err = nethttp.FromRequest(req, wire.MaxDocument); err != nil {
				t.Fatalf("a request that cannot be read: %v\n%s", err, c.said[0].Bytes())
			}
			resp, err := http.ReadResponse(responses, req)
			if err != nil {
				t.Fatalf("no answer to %s %s: %v\n%s", x.req.Method, x.req.Target(), err, c.said[1].Bytes())
			}
			if x.resp, err = nethttp.FromResponse(resp, wire.MaxDocument); err != nil {
				t.Fatalf("an answer that cannot be read: %v\n%s", err, c.said[1].Bytes())
			}
			all = append(all, x)
		}
		if rest, _ := io.ReadAll(responses); len(rest) > 0 {
			t.Errorf("more than the answers: %q", rest)
		}
		c.said[0].Reset()
		c.said[1].Reset()
	}
	return all
}
