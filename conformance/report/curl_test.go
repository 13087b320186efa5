package report_test

import (
	"bytes"
	"fmt"
	"net"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"wireproof/conformance"
	"wireproof/conformance/exchange"
	"wireproof/conformance/redact"
	"wireproof/conformance/report"
	"wireproof/conformance/rule"
	"wireproof/fixtures"
)

// catcher keeps the bytes of the last request that came over a connection.
type catcher struct {
	net.Listener
	mu   sync.Mutex
	last string
	got  chan string
}

func newCatcher(t *testing.T) *catcher {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Skip(err)
	}
	c := &catcher{Listener: l, got: make(chan string, 1)}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go c.serve(conn)
		}
	}()
	return c
}

// serve reads until the request is whole or nothing more comes, and answers.
func (c *catcher) serve(conn net.Conn) {
	defer conn.Close()
	var all []byte
	buf := make([]byte, 1<<16)
	for {
		wait := 2 * time.Second
		if len(all) > 0 {
			wait = 150 * time.Millisecond
		}
		_ = conn.SetReadDeadline(time.Now().Add(wait))
		n, err := conn.Read(buf)
		all = append(all, buf[:n]...)
		if bytes.Contains(bytes.ToLower(all), []byte("expect: 100-continue")) && bytes.HasSuffix(all, []byte("\r\n\r\n")) {
			_, _ = conn.Write([]byte("HTTP/1.1 100 Continue\r\n\r\n"))
		}
		if r, perr := exchange.ParseRequest(string(all)); err != nil || perr == nil && whole(r) {
			break
		}
	}
	_, _ = conn.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
	c.got <- string(all)
}

// whole: is there nothing more to come?
func whole(r *exchange.Request) bool {
	if len(r.Findings) > 0 {
		return false
	}
	_, length := r.Headers.Get("Content-Length")
	_, framed := r.Headers.Get("Transfer-Encoding")
	return length || framed || r.Method == "GET" || r.Method == "HEAD"
}

// lineOf finds the curl line of a failed exchange in what the console says.
func lineOf(t *testing.T, target, sent string) string {
	t.Helper()
	r := &conformance.Report{Target: target, Results: []conformance.Result{{Case: "a", Steps: []conformance.StepResult{{
		Exchange: talk(t, sent, "HTTP/1.1 200 OK\r\n\r\n"), Checks: []conformance.Check{check("a.b", rule.Must, rule.Fail, "It is so.")}}}}}}
	var b bytes.Buffer
	if err := (report.Console{}).Write(&b, r); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		for _, label := range []string{"      curl      ", "      send      "} {
			if rest, ok := strings.CutPrefix(line, label); ok {
				return strings.TrimSuffix(rest, "\n")
			}
		}
	}
	t.Fatalf("no line:\n%s", b.String())
	return ""
}

// same compares what came with what was sent, but for curl's own framing: the place
// and presence of Host, and how chunks are cut.
func same(want, got *exchange.Request) string {
	plain := func(r *exchange.Request) string {
		var b strings.Builder
		line, _, _ := strings.Cut(r.Raw, "\n")
		fmt.Fprintln(&b, line)
		for _, h := range r.Headers {
			if strings.EqualFold(h.Name, "Host") || strings.EqualFold(h.Name, "Content-Length") {
				continue
			}
			fmt.Fprintf(&b, "%s: %s\n", h.Name, h.Value)
		}
		for _, name := range []string{"Host", "Content-Length"} {
			value, ok := r.Headers.Get(name)
			fmt.Fprintln(&b, name, value, ok)
		}
		return b.String() + "\n" + r.Body
	}
	if w, g := plain(want), plain(got); w != g {
		return fmt.Sprintf("want\n%q\ngot\n%q", w, g)
	}
	return ""
}

// The line that is printed, run by a shell, sends the request again.
func TestCurl(t *testing.T) {
	for _, tool := range []string{"sh", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not here")
		}
	}
	server := newCatcher(t)
	host := server.Addr().String()
	const agent = "User-Agent: x/1\r\n"
	requests := map[string]string{
		"dots":              "GET /v1/../v1/./a%2Fb HTTP/1.1\r\nHost: HOST\r\n\r\n",
		"two slashes":       "GET //a//b HTTP/1.1\r\nHost: HOST\r\n\r\n",
		"brackets":          "GET /?a[]={b}&c=[1-3] HTTP/1.1\r\nHost: HOST\r\n\r\n",
		"quotes":            "GET /?a='b'&c=$HOME`id` HTTP/1.1\r\nHost: HOST\r\nX-A: it's \"$HOME\" \\ !\r\n\r\n",
		"backslash":         "GET /\\a?b=\"c\" HTTP/1.1\r\nHost: HOST\r\n\r\n",
		"another host":      "GET / HTTP/1.1\r\nHost: rds.test:99\r\n" + agent + "\r\n",
		"headers twice":     "GET / HTTP/1.1\r\nHost: HOST\r\nX-A: 1\r\nx-a: 2\r\nX-Empty:\r\nAccept: */*\r\n\r\n",
		"HEAD":              "HEAD /v1/offerings HTTP/1.1\r\nHost: HOST\r\n\r\n",
		"DELETE":            "DELETE /v1/offerings HTTP/1.1\r\nHost: HOST\r\n\r\n",
		"HTTP/1.0":          "GET / HTTP/1.0\r\nHost: HOST\r\n\r\n",
		"GET with a body":   "GET / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 3\r\n\r\na=b",
		"POST without body": "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n",
		"POST, no length":   "POST / HTTP/1.1\r\nHost: HOST\r\n\r\n",
		"no content type":   "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 3\r\n\r\na=b",
		"at sign":           "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\n\r\n@/etc",
		"binary":            "PUT / HTTP/1.1\r\nHost: HOST\r\nContent-Type: a/b\r\nContent-Length: 17\r\n\r\n\x00\x01%s\\n'\n\r\t\xff\xfe%%\xe2\x80\xae",
		"line ends":         "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\n\r\na\r\nb\n",
		"long":              "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5000\r\n\r\n" + strings.Repeat("a", 5000),
		"expect":            "POST / HTTP/1.1\r\nHost: HOST\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\na=b",
		"chunked":           "POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n",
		"json":              "PUT /v1/offerings/arn%3Aaws HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"a\":\"\u6771\"}\n",
	}
	captures, err := fixtures.Captures()
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range captures {
		if i%4 == 0 {
			requests[c.Name] = string(c.Raw)
		}
	}
	for name, sent := range requests {
		sent = strings.ReplaceAll(sent, "HOST", host)
		x, _ := redact.Exchange(talk(t, sent, ""))
		if x.Request == nil || len(x.Request.Findings) > 0 {
			t.Fatalf("%s is not as it should be: %q", name, sent)
		}
		line := lineOf(t, "http://"+host, sent)
		if !strings.HasPrefix(line, "curl ") && !strings.Contains(line, "| curl ") {
			t.Errorf("%s: not curl: %s", name, line)
			continue
		}
		got := run(t, server, line)
		r, err := exchange.ParseRequest(got)
		if err != nil {
			t.Errorf("%s: %v\n%s\n%q", name, err, line, got)
			continue
		}
		if diff := same(x.Request, r); diff != "" {
			t.Errorf("%s: %s\n%s", name, line, diff)
		}
	}
}

func run(t *testing.T, server *catcher, line string) string {
	t.Helper()
	if strings.Contains(line, "\n") {
		t.Errorf("not one line: %q", line)
	}
	cmd := exec.Command("sh", "-c", line)
	cmd.Env = append(cmd.Environ(), "http_proxy=", "HOME=/nowhere")
	if out, err := cmd.CombinedOutput(); err != nil && !strings.Contains(string(out), "Empty reply") {
		t.Errorf("%s: %v: %s", line, err, out)
	}
	select {
	case got := <-server.got:
		return got
	case <-time.After(3 * time.Second):
		return ""
	}
}

// What curl does not send is piped, byte for byte.
func TestPipe(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip(err)
	}
	for _, sent := range []string{
		"GET / HTTP/1.1\nHost: a\n\n",
		"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na",
		"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
		"GET / HTTP/1.1\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
		"\x00\xff no HTTP '%s' \\ \n",
	} {
		line := lineOf(t, "http://127.0.0.1:4566/prefix", sent)
		command, ok := strings.CutSuffix(line, " | nc -w 5 127.0.0.1 4566")
		if !ok {
			t.Errorf("%q: %s", sent, line)
			continue
		}
		out, err := exec.Command("sh", "-c", command).Output()
		if err != nil || string(out) != sent {
			t.Errorf("%s: %q, %v, want %q", command, out, err, sent)
		}
	}
}

// Where there is no URL, the line has a variable in its place.
func TestCurlInProcess(t *testing.T) {
	const sent = "GET /v1/offerings?maxResults=1 HTTP/1.1\r\nHost: in-process\r\nUser-Agent: a\r\nAccept: b\r\n\r\n"
	want := `curl -sS -i -X GET "$ENDPOINT"'/v1/offerings?maxResults=1' -H 'Host: in-process' -H 'User-Agent: a' -H 'Accept: b'`
	if got := lineOf(t, "in process", sent); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
