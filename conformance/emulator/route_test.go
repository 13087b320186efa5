package emulator_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"wireproof/codec/wire"
	"wireproof/conformance/emulator"
)

// Which service answers: by the scope where there is one, else by the path.
func TestService(t *testing.T) {
	b := newBench(t)
	for _, row := range []struct {
		method, path, scope string
		rds                 bool
		why                 string
	}{
		{"GET", "/", "", true, "the root is RDS's"},
		{"POST", "/", "", true, ""},
		{"GET", "/v1/offerings", "", false, "/v1/ is MediaConnect's"},
		{"GET", "/v1/", "", false, ""},
		{"GET", "/v1", "", false, ""},
		{"GET", "/v10", "", true, "no path of MediaConnect's"},
		{"GET", "/V1/offerings", "", true, "paths have a case"},
		{"GET", "//v1/offerings", "", true, "paths are not cleaned"},
		{"GET", "/%761/offerings", "", true, "nor decoded"},
		{"GET", "/x/../v1/offerings", "", true, "nor resolved"},
		{"GET", "/favicon.ico", "", true, "nobody's path"},
		{"GET", "/", "mediaconnect", false, "the scope comes first"},
		{"GET", "/v1/offerings", "rds", true, "the scope comes first"},
		{"GET", "/", "s3", true, "a scope of neither leaves it to the path"},
		{"GET", "/v1/offerings", "s3", false, "a scope of neither leaves it to the path"},
	} {
		req := wire.Request{Method: row.method, Path: row.path}
		if row.scope != "" {
			req.Headers = wire.Headers{scope(alice, "us-east-1", row.scope)}
		}
		resp := b.send(req)
		if media, _ := resp.Headers.MediaType(); (media == "text/xml") != row.rds {
			t.Errorf("%s %s %s: %s: %s", row.method, row.path, row.scope, media, row.why)
		}
	}
}

// The same over a connection, where net/http has its say: no redirect, and the
// path as it was sent.
func TestPathsOverTheWire(t *testing.T) {
	url := live(t, newBench(t).e)
	for _, row := range []struct {
		target string
		status int
		want   string // in the body
	}{
		{"/v1/offerings", 200, `"offerings":[`},
		{"//v1/offerings", 400, "InvalidAction"},
		{"/v1//offerings", 404, "no operation"},
		{"/v1/../v1/offerings", 404, "no operation"},
		{"/v1/%2e%2e/", 404, "no operation"},
		{"/v1/offerings/..%2F..%2Fx", 404, "There is no offering"},
		{"/v1/offerings/%2e%2e", 404, "There is no offering"},
		{"/./", 400, "InvalidAction"},
		{"http://other.test/v1/offerings", 200, `"offerings":[`},
		{"http://other.test?Action=DescribeReservedDBInstances", 200, "<ReservedDBInstances/>"},
		{"*", 400, "InvalidAction"},
	} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		method := "GET"
		if row.target == "*" {
			method = "PATCH" // net/http answers OPTIONS * by itself
		}
		if _, err := io.WriteString(conn, method+" "+row.target+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		if resp.StatusCode != row.status || !strings.Contains(string(body), row.want) {
			t.Errorf("%s: %d %s", row.target, resp.StatusCode, body)
		}
	}
}

func TestHealth(t *testing.T) {
	url := live(t, newBench(t).e) + emulator.HealthPath
	resp, body := get(t, "GET", url)
	var health struct{ Status string }
	if err := json.Unmarshal([]byte(body), &health); err != nil || health.Status != "ok" || resp.StatusCode != 200 || resp.Header.Get("Content-Type") != "application/json" {
		t.Errorf("%d %v %s", resp.StatusCode, resp.Header, body)
	}
	if head, empty := get(t, "HEAD", url); head.StatusCode != 200 || empty != "" || head.Header.Get("Content-Length") != resp.Header.Get("Content-Length") {
		t.Errorf("HEAD: %d %v %q", head.StatusCode, head.Header, empty)
	}
	if resp, _ := get(t, "POST", url); resp.StatusCode != 405 || resp.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d %v", resp.StatusCode, resp.Header)
	}
}

// A HEAD is answered like any method that a service does not have, with the
// header of the answer that a body would have had.
func TestHead(t *testing.T) {
	url := live(t, newBench(t).e)
	for _, row := range []struct {
		path   string
		status int
		media  string
	}{
		{"/?" + instances, 400, "text/xml"},
		{"/v1/offerings", 404, "application/json"},
	} {
		resp, body := get(t, "HEAD", url+row.path)
		if resp.StatusCode != row.status || body != "" || resp.Header.Get("Content-Type") != row.media || resp.Header.Get("X-Amzn-Requestid") == "" || resp.ContentLength < 50 {
			t.Errorf("%s: %d %v %q", row.path, resp.StatusCode, resp.Header, body)
		}
	}
}
