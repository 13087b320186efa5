package serve

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// buffer collects log lines.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write appends.
func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(b, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func (b *buffer) text() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// records waits until the log is quiet: a line is written after its answer.
func (b *buffer) records(t *testing.T) []map[string]any {
	t.Helper()
	for last := -1; last != len(b.text()); time.Sleep(20 * time.Millisecond) {
		last = len(b.text())
	}
	var all []map[string]any
	for line := range strings.Lines(b.text()) {
		m := map[string]any{}
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%v: %q", err, line)
		}
		all = append(all, m)
	}
	return all
}

func TestLogLine(t *testing.T) {
	var log buffer
	s := Test(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		SetOperation(r.Context(), "PurchaseOffering")
		w.Header()["x-amzn-RequestId"] = []string{"id-1"}
		w.WriteHeader(http.StatusCreated)
		fmt.Fprint(w, "12345")
	}), Options{Log: log.logger()})
	talk(t, s.Addr(), "POST http://user:password@h/v1/offerings/a%2Fb?x=y HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab")
	lines := log.records(t)
	if len(lines) != 1 {
		t.Fatalf("want one line, got %v", lines)
	}
	for name, want := range map[string]any{"level": "INFO", "msg": "request", "method": "POST", "path": "/v1/offerings/a%2Fb",
		"status": 201.0, "bytes": 5.0, "operation": "PurchaseOffering", "requestId": "id-1"} {
		if lines[0][name] != want {
			t.Errorf("%s: got %v, want %v", name, lines[0][name], want)
		}
	}
	if d, ok := lines[0]["duration"].(float64); !ok || d <= 0 || !strings.HasPrefix(fmt.Sprint(lines[0]["remote"]), "127.0.0.1:") {
		t.Errorf("got %v", lines[0])
	}
	if strings.Contains(log.text(), "password") {
		t.Errorf("a password is in the log: %s", log.text())
	}
}

// One line for each request, at the level of its outcome; the operation of one
// request is not that of the next on the connection.
func TestLogLevels(t *testing.T) {
	var log buffer
	s := Test(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/500":
			SetOperation(r.Context(), "first")
			w.WriteHeader(500)
		case "/404":
			w.WriteHeader(404)
		}
	}), Options{Log: log.logger()})
	var raw string
	for _, path := range []string{"/500", "/404", "/", "/\xff"} {
		raw += "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n"
	}
	talk(t, s.Addr(), raw)
	var got string
	for _, l := range log.records(t) {
		got += fmt.Sprintln(l["level"], l["msg"], l["status"], l["operation"])
	}
	want := "WARN request 500 first\nINFO request 404 <nil>\nINFO request 200 <nil>\nWARN refused 400 <nil>\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// What travels in headers, queries and bodies is in no line, whatever the level
// and whether the request is good, refused, damaged or makes the handler fail.
func TestNoSecretsInLog(t *testing.T) {
	const secret = "s3cr3t"
	var log buffer
	s := Test(t, new(seen), Options{Log: log.logger()})
	broken := Test(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("broken") }), Options{Log: log.logger()})
	auth := "Authorization: AWS4-HMAC-SHA256 Credential=AKID/20200101/us-east-1/rds/aws4_request, SignedHeaders=host, Signature=" + secret + "\r\nX-Amz-Security-Token: " + secret + "\r\n"
	for _, head := range []string{
		"GET /?Action=X&Signature=" + secret + "&SecurityToken=" + secret + " HTTP/1.1\r\nHost: h\r\n",
		"GET /?X-Amz-Signature=" + secret + "&X-Amz-Security-Token=" + secret + " HTTP/1.1\r\nHost: h\r\n" + auth,
		"GET http://a:" + secret + "@h/?X-Amz-Signature=" + secret + " HTTP/1.1\r\nHost: h\r\n",
		"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 16\r\n" + auth,
	} {
		for _, tail := range []string{
			"\r\nSignature=" + secret,
			"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nSignature=" + secret,
			"Content-Encoding: " + secret + "\r\n\r\n",
			"Authorization\x00: " + secret + "\r\n\r\n",
			"Authorization: \x00" + secret + "\r\n\r\n",
			" " + secret + "\r\n\r\n",
			"Transfer-Encoding: " + secret + "\r\n\r\n",
			"Host: " + secret + " \r\n\r\n",
			"Expect: " + secret + "\r\n\r\n",
			secret,
		} {
			talk(t, s.Addr(), head+tail)
			talk(t, broken.Addr(), head+tail)
		}
	}
	if n := len(log.records(t)); n < 60 {
		t.Errorf("only %d lines were looked at", n)
	}
	if i := strings.Index(log.text(), secret); i >= 0 {
		t.Errorf("a secret is in the log: %s", log.text()[max(0, i-300):i+10])
	}
}

// What a client sends cannot forge a line or reach the terminal.
func TestLogEscapes(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"/v1/a%0Ab", "/v1/a%0Ab"},
		{"/a\nlevel=ERROR", `/a\x0alevel=ERROR`},
		{"/\x1b[31m\x00\x7f é\xff", `/\x1b[31m\x00\x7f\x20\xc3\xa9\xff`},
		{strings.Repeat("x", 600), strings.Repeat("x", 512) + "..."},
		{"", ""},
	} {
		if got := printable(tt.in); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
	var b bytes.Buffer
	s := Test(t, new(seen), Options{Log: slog.New(slog.NewTextHandler(&b, nil))})
	talk(t, s.Addr(), "GET /"+strings.Repeat("%0A", 2000)+" HTTP/1.1\r\nHost: h\r\n\r\n")
	talk(t, s.Addr(), "G\x1bT /\nlevel=ERROR HTTP/1.1\r\nHost: h\r\n\r\n")
	s.Close()
	if n := strings.Count(b.String(), "\n"); n != 2 || strings.Contains(b.String(), "\x1b") || len(b.String()) > 2000 {
		t.Errorf("%d lines: %q", n, b.String())
	}
}

// With the log off, or above the level of requests, nothing is written.
func TestLogOff(t *testing.T) {
	var log buffer
	s := Test(t, new(seen), Options{Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn}))})
	talk(t, s.Addr(), "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
	s.Close()
	if log.text() != "" {
		t.Errorf("got %q", log.text())
	}
}
