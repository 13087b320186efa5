package fault

import (
	"bufio"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"wireproof/codec/nethttp"
	"wireproof/codec/wire"
)

// writeTimeout bounds how long an answer may take to be taken.
const writeTimeout = time.Minute

// message is an answer as the bytes that go over the connection.
type message struct {
	proto   string // HTTP/1.1
	status  string // 200 OK: all that follows the protocol's name
	headers wire.Headers
	eol     string // ends the lines of the head
	body    string // with whatever framing it has
	tail    string // follows the body

	// close ends the connection after the answer, reset as hard as that goes.
	close, reset bool
	// cut, where it is not negative, is how many bytes are sent before that.
	cut int
	// pieces is how many bytes are sent at once, with pause between; 0 is all.
	pieces int
	pause  time.Duration
	// endless is sent after the rest, over and over until the client is gone.
	endless string
}

func (m *message) bytes() string {
	var b strings.Builder
	b.WriteString(m.proto + " " + m.status + m.eol)
	for _, h := range m.headers {
		b.WriteString(h.Name + ": " + h.Value + m.eol)
	}
	b.WriteString(m.eol + m.body + m.tail)
	out := b.String()
	if m.cut >= 0 && m.cut < len(out) {
		return out[:m.cut]
	}
	return out
}

// head gives how many bytes come before the body.
func (m *message) head() int { return len(m.bytes()) - len(m.body) - len(m.tail) }

// set, drop and rename change headers; add puts one more behind the others.
func (m *message) set(name, value string) { m.headers.Set(name, value) }
func (m *message) add(name, value string) {
	m.headers = append(m.headers, wire.HeaderField{Name: name, Value: value})
}
func (m *message) drop(name string) { m.headers = without(m.headers, name) }

// chunk frames the body in chunks of a size. Where there is no body, or the client
// does not know chunks, it leaves the message alone.
func (m *message) chunk(size int) {
	if m.body == "" || m.proto == "HTTP/1.0" {
		return
	}
	m.drop("Content-Length")
	m.add("Transfer-Encoding", "chunked")
	var b strings.Builder
	for rest := m.body; rest != ""; {
		n := min(size, len(rest))
		b.WriteString(strconv.FormatInt(int64(n), 16) + "\r\n" + rest[:n] + "\r\n")
		rest = rest[n:]
	}
	m.body = b.String() + "0\r\n\r\n"
}

func without(headers wire.Headers, name string) wire.Headers {
	return slices.DeleteFunc(slices.Clone(headers), func(h wire.HeaderField) bool { return strings.EqualFold(h.Name, name) })
}

// send writes the answer and counts whether it is another one than the handler's.
func (c *call) send() {
	c.marked = c.marked || c.resp.Status != c.first.Status || c.resp.Body != c.first.Body || !slices.Equal(c.resp.Headers, c.first.Headers)
	if c.marked {
		c.h.effects.Add(1)
	}
	if (c.frame != nil || c.taken != nil) && c.take() {
		return
	}
	// A header of the server's own, such as Server, gives way.
	for _, h := range c.resp.Headers {
		delete(c.w.Header(), http.CanonicalHeaderKey(h.Name))
	}
	_ = nethttp.WriteResponse(c.w, c.resp) // fails for a client that has gone
}

// message makes the bytes that net/http would write.
func (c *call) message() *message {
	m := &message{proto: "HTTP/1.1", status: statusLine(c.resp.Status), eol: "\r\n", body: c.resp.Body, cut: -1}
	headers := slices.Clone(c.resp.Headers)
	for name, values := range c.w.Header() {
		if _, ok := headers.Get(name); !ok {
			for _, v := range values {
				headers = append(headers, wire.HeaderField{Name: name, Value: v})
			}
		}
	}
	headers = append(headers, wire.HeaderField{Name: "Content-Length", Value: strconv.Itoa(len(c.resp.Body))})
	slices.SortStableFunc(headers, func(a, b wire.HeaderField) int { return strings.Compare(a.Name, b.Name) })
	if _, ok := headers.Get("Date"); !ok {
		headers = append(headers, wire.HeaderField{Name: "Date", Value: time.Now().UTC().Format(http.TimeFormat)})
	}
	m.close = c.r.Close || !c.r.ProtoAtLeast(1, 1)
	if !c.r.ProtoAtLeast(1, 1) {
		m.proto = "HTTP/1.0"
	} else if m.close {
		headers = append(headers, wire.HeaderField{Name: "Connection", Value: "close"})
	}
	m.headers = headers
	if c.r.Method == http.MethodHead {
		m.body = ""
	}
	return m
}

func statusLine(status int) string { return strconv.Itoa(status) + " " + http.StatusText(status) }

// take takes the connection over and writes the answer as bytes. It reports false
// where the server does not let go of its connections.
func (c *call) take() bool {
	m := c.message()
	before, closing := m.bytes(), m.close
	if !c.hijack() {
		return false
	}
	conn := c.taken.conn
	if c.frame != nil {
		c.frame(m)
	}
	out := m.bytes()
	if !c.marked && (out != before || m.close != closing || m.pieces > 0 || m.endless != "") {
		c.h.effects.Add(1)
	}
	if err := m.write(conn, out); err != nil || m.close {
		end(conn, m.reset)
		return true
	}
	c.h.giveBack(conn, c.taken.rest)
	return true
}

// taken is a connection that net/http has let go of.
type taken struct {
	conn net.Conn
	rest *bufio.ReadWriter
}

func (c *call) hijack() bool {
	if c.taken == nil {
		conn, rest, err := http.NewResponseController(c.w).Hijack()
		if err != nil {
			return false
		}
		c.taken = &taken{conn, rest}
	}
	return true
}

// readSilently reads the body of a request that expects 100 Continue, which
// net/http would send as soon as it is asked for the body.
func (c *call) readSilently() {
	length := c.r.ContentLength
	if length < 0 || length > maxBody || !c.hijack() {
		return
	}
	r := *c.r
	r.Body = io.NopCloser(io.LimitReader(c.taken.rest, length))
	c.r, c.marked = &r, true
}

// write sends the bytes, perhaps in pieces.
func (m *message) write(conn net.Conn, out string) error {
	_ = conn.SetWriteDeadline(time.Now().Add(writeTimeout))
	defer conn.SetWriteDeadline(time.Time{})
	size := m.pieces
	if size == 0 {
		size = max(len(out), 1)
	}
	for piece := range slices.Chunk([]byte(out), size) {
		if _, err := conn.Write(piece); err != nil {
			return err
		}
		if m.pause > 0 {
			time.Sleep(m.pause)
		}
	}
	for m.endless != "" {
		if _, err := io.WriteString(conn, m.endless); err != nil {
			return err
		}
		if m.pause > 0 {
			time.Sleep(m.pause)
		}
	}
	return nil
}

// end closes a connection so that the client gets what was sent, or resets it.
func end(conn net.Conn, reset bool) {
	if g, ok := conn.(*given); ok && reset {
		conn = g.Conn
	}
	if hard, ok := conn.(interface{ SetLinger(int) error }); ok && reset {
		_ = hard.SetLinger(0)
	} else if half, ok := conn.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
		_ = conn.SetReadDeadline(time.Now().Add(lingerTimeout))
		_, _ = io.CopyN(io.Discard, conn, maxBody)
	}
	_ = conn.Close()
}

// lingerTimeout is how long what the client still sends is read and dropped:
// closing a connection with unread bytes resets it.
const lingerTimeout = 100 * time.Millisecond

// afterServer serves connections that were taken over and given back.
func afterServer(h http.Handler) *http.Server {
	return &http.Server{Handler: h, DisableGeneralOptionsHandler: true, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)}
}

// giveBack lets net/http read the next request of a connection.
func (h *Injector) giveBack(conn net.Conn, rest *bufio.ReadWriter) {
	ahead, _ := rest.Reader.Peek(rest.Reader.Buffered())
	// Serve takes the one connection, hears that there will be no other, and
	// returns; the connection goes on in its own goroutine.
	_ = h.after.Serve(&once{conn: &given{Conn: conn, ahead: string(ahead)}})
}

// errNoMore ends a [once].
var errNoMore = errors.New("fault: no more connections")

// once is a listener that has one connection.
type once struct{ conn net.Conn }

func (o *once) Accept() (net.Conn, error) {
	if o.conn == nil {
		return nil, errNoMore
	}
	conn := o.conn
	o.conn = nil
	return conn, nil
}

func (o *once) Close() error   { return nil }
func (o *once) Addr() net.Addr { return &net.TCPAddr{} }

// given is a connection of which some bytes were read ahead.
type given struct {
	net.Conn
	ahead string
}

func (g *given) Read(p []byte) (int, error) {
	if g.ahead != "" {
		n := copy(p, g.ahead)
		g.ahead = g.ahead[n:]
		return n, nil
	}
	return g.Conn.Read(p)
}

// CloseWrite ends one side, where the connection can.
func (g *given) CloseWrite() error {
	if half, ok := g.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}
