package nethttp_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/nethttp"
	"wireproof/codec/wire"
)

// echo runs a loopback server that hands over what FromRequest makes of each
// request, with the raw request line that net/http saw.
func echo(t *testing.T, limit int64) (base string, last func() (wire.Request, string, error)) {
	t.Helper()
	var got wire.Request
	var line string
	var err error
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		line = r.RequestURI
		got, err = nethttp.FromRequest(r, limit)
	}))
	t.Cleanup(srv.Close)
	return srv.URL, func() (wire.Request, string, error) { return got, line, err }
}

func send(t *testing.T, base string, r wire.Request) {
	t.Helper()
	req, err := nethttp.NewRequest(t.Context(), base, r)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
}

// What is sent arrives byte for byte: the labels of WIRE.md section A.3.
func TestTargetIsKept(t *testing.T) {
	base, last := echo(t, 1<<10)
	for _, tt := range []struct{ path, query, reason string }{
		{"/", "", "RDS"},
		{"/v1/offerings/arn%3Aaws%3Amediaconnect%3Aus-east-1%3A1%3Aoffering%3Aa", "", "colons are escaped in a label"},
		{"/v1/offerings/arn:aws:x", "", "a colon may stand in a path; it is not escaped anew"},
		{"/v1/offerings/a%2Fb", "", "an escaped slash is not a separator"},
		{"/v1/offerings/a%2fb", "", "lower-case hexadecimal stays so"},
		{"/v1/offerings/..%2Freservations", "", "an escaped dot segment is not removed"},
		{"/v1/offerings/../reservations", "", "nor is a plain one"},
		{"/v1/offerings/%2E%2E/x", "", "nor is one of escaped dots"},
		{"/v1/offerings/", "", "an empty label"},
		{"//v1//offerings//", "", "doubled slashes"},
		{"/v1/offerings/a+b%20c%2B", "", "a plus is a plus"},
		{"/v1/offerings/~!$&'()*,;=@", "", "what RFC 3986 allows in a segment"},
		{"/v1/offerings/%C3%A9%F0%9F%98%80", "", "UTF-8, escaped"},
		{"/v1/offerings/%FF", "", "an escaped byte that is no UTF-8"},
		{"/v1/offerings/%00%0A", "", "escaped control characters"},
		{"/v1/offerings/a\"b", "", "a character that net/url would escape"},
		{"/v1/offerings/a|b[c]", "", "characters that net/url would escape"},
		{"/v1/offerings", "nextToken=", "an empty value"},
		{"/v1/offerings", "nextToken", "no equals sign"},
		{"/v1/offerings", "a=b+c%20d%2b&a=;&&=", "a query is not parsed"},
		{"/", "a=%zz", "not even checked"},
	} {
		send(t, base, wire.Request{Method: "GET", Path: tt.path, Query: tt.query})
		got, line, err := last()
		if err != nil {
			t.Fatal(err)
		}
		if want := (&wire.Request{Path: tt.path, Query: tt.query}).Target(); line != want {
			t.Errorf("%s: sent %q, want %q", tt.reason, line, want)
		}
		if got.Path != tt.path || got.Query != tt.query {
			t.Errorf("%s: read %q ? %q, want %q ? %q", tt.reason, got.Path, got.Query, tt.path, tt.query)
		}
	}
}

func TestTargetThatCannotBeSent(t *testing.T) {
	for _, tt := range []struct{ path, query, reason string }{
		{"/a b", "", "a space ends the target"},
		{"/a", "b\r\nX: 1", "a line end makes another header"},
		{"/a\x00", "", "a control character"},
		{"/a#b", "", "net/http cuts a fragment off"},
		{"//a%zz", "", "net/http would send the absolute form"},
	} {
		_, err := nethttp.NewRequest(t.Context(), "http://127.0.0.1", wire.Request{Method: "GET", Path: tt.path, Query: tt.query})
		if !errors.Is(err, nethttp.ErrTarget) {
			t.Errorf("%q ? %q: got %v (%s)", tt.path, tt.query, err, tt.reason)
		}
	}
	// A bad escape is sent as it is; servers are to be tested with it.
	r, err := nethttp.NewRequest(t.Context(), "http://127.0.0.1", wire.Request{Method: "GET", Path: "/a%zz"})
	if err != nil || r.URL.RequestURI() != "/a%zz" {
		t.Errorf("bad escape: got %v, %v", r, err)
	}
}

// A handler below StripPrefix gets the path that is left, still escaped.
func TestStripPrefix(t *testing.T) {
	for _, tt := range []struct{ uri, want string }{
		{"/base/v1/offerings/a%2Fb", "/v1/offerings/a%2Fb"},
		{"http://h/base/v1/offerings/a%2Fb", "/v1/offerings/a%2Fb"},
	} {
		h := http.StripPrefix("/base", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if got, err := nethttp.FromRequest(r, 0); err != nil || got.Path != tt.want {
				t.Errorf("%s: got %q, %v, want %q", tt.uri, got.Path, err, tt.want)
			}
		}))
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", tt.uri, nil))
	}
}

func TestAbsoluteForm(t *testing.T) {
	r, err := http.ReadRequest(bufio.NewReader(strings.NewReader("GET http://h/a\"b%2F?x HTTP/1.1\r\nHost: h\r\n\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := nethttp.FromRequest(r, 0); err != nil || got.Path != `/a"b%2F` || got.Query != "x" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestBaseURL(t *testing.T) {
	for _, tt := range []struct{ base, want string }{
		{"http://h", "http://h/v1/offerings"},
		{"http://h/", "http://h/v1/offerings"},
		{"https://h:1/a%2Fb/", "https://h:1/a%2Fb/v1/offerings"},
	} {
		r, err := nethttp.NewRequest(t.Context(), tt.base, wire.Request{Method: "GET", Path: "/v1/offerings"})
		if err != nil || r.URL.String() != tt.want {
			t.Errorf("%s: got %v, %v, want %s", tt.base, r.URL, err, tt.want)
		}
	}
	for _, base := range []string{"", "h", "/x", "http://", "127.0.0.1:80", "http://a b"} {
		if r, err := nethttp.NewRequest(t.Context(), base, wire.Request{Method: "GET", Path: "/"}); err == nil {
			t.Errorf("%q is taken: %v", base, r.URL)
		}
	}
}

func TestRequestRoundTrip(t *testing.T) {
	base, last := echo(t, 1<<10)
	send(t, base, wire.Request{Method: "POST", Path: "/", Body: "a=\x00b", Headers: wire.Headers{
		{Name: "host", Value: "rds.us-east-1.amazonaws.com"},
		{Name: "content-type", Value: "application/x-www-form-urlencoded"},
		{Name: "content-length", Value: "999"},
		{Name: "user-agent", Value: "ua"},
		{Name: "accept-encoding", Value: "identity"},
		{Name: "X-Amz-Date", Value: "d"},
		{Name: "x-two", Value: "1"}, {Name: "x-two", Value: "2"},
	}})
	got, _, err := last()
	if err != nil {
		t.Fatal(err)
	}
	want := wire.Request{Method: "POST", Path: "/", Body: "a=\x00b", Headers: wire.Headers{
		{Name: "Host", Value: "rds.us-east-1.amazonaws.com"},
		{Name: "Accept-Encoding", Value: "identity"},
		{Name: "Content-Length", Value: "4"},
		{Name: "Content-Type", Value: "application/x-www-form-urlencoded"},
		{Name: "User-Agent", Value: "ua"},
		{Name: "X-Amz-Date", Value: "d"},
		{Name: "X-Two", Value: "1"}, {Name: "X-Two", Value: "2"},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLimit(t *testing.T) {
	base, last := echo(t, 8)
	for n, tooLarge := range map[int]bool{7: false, 8: false, 9: true} {
		send(t, base, wire.Request{Method: "POST", Path: "/", Body: strings.Repeat("x", n)})
		_, _, err := last()
		var tle *nethttp.TooLargeError
		if errors.As(err, &tle) != tooLarge || errors.Is(err, wire.ErrTooLarge) != tooLarge || tooLarge && tle.Limit != 8 {
			t.Errorf("%d bytes with a limit of 8: got %v", n, err)
		}
	}
}

// The bytes that a client sees, read without net/http's header map.
func TestWriteResponse(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := nethttp.WriteResponse(w, wire.Response{Status: 404, Body: "{}", Headers: wire.Headers{
			{Name: "x-amzn-RequestId", Value: "id"}, {Name: "content-length", Value: "77"}, {Name: "date", Value: "now"}}})
		if err != nil {
			t.Error(err)
		}
	}))
	defer srv.Close()
	c, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
	raw, err := io.ReadAll(bufio.NewReader(c))
	if err != nil {
		t.Fatal(err)
	}
	want := "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nDate: now\r\nx-amzn-RequestId: id\r\nConnection: close\r\n\r\n{}"
	if string(raw) != want {
		t.Errorf("got %q\nwant %q", raw, want)
	}
}

func TestWriteResponseWithoutBody(t *testing.T) {
	for _, status := range []int{204, 304} {
		w := httptest.NewRecorder()
		if err := nethttp.WriteResponse(w, wire.Response{Status: status, Body: "left out"}); err != nil || w.Code != status || w.Body.Len() != 0 {
			t.Errorf("%d: got %v, %d, %q", status, err, w.Code, w.Body)
		}
	}
	for _, status := range []int{0, 100, 199, 1000} {
		w := httptest.NewRecorder()
		if err := nethttp.WriteResponse(w, wire.Response{Status: status}); !errors.Is(err, nethttp.ErrStatus) {
			t.Errorf("%d: got %v", status, err)
		}
	}
}

func TestFromResponse(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/short" {
			w.Header().Set("Content-Length", "5")
		}
		w.Header().Set("Date", "now")
		w.Header()["Content-Type"] = nil
		w.WriteHeader(503)
		io.WriteString(w, "{}")
	}))
	defer srv.Close()
	get := func(path string, limit int64) (wire.Response, error) {
		r, err := http.Get(srv.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		return nethttp.FromResponse(r, limit)
	}
	got, err := get("/", 2)
	want := wire.Response{Status: 503, Body: "{}", Headers: wire.Headers{{Name: "Content-Length", Value: "2"}, {Name: "Date", Value: "now"}}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if _, err := get("/", 1); !errors.Is(err, wire.ErrTooLarge) {
		t.Errorf("past the limit: got %v", err)
	}
	if _, err := get("/short", 9); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a body cut short: got %v", err)
	}
}

func ExampleNewRequest() {
	r, err := nethttp.NewRequest(context.Background(), "http://127.0.0.1:5000", wire.Request{
		Method: "GET", Path: "/v1/offerings/a%2Fb", Query: "x=1"})
	fmt.Println(r.URL, err)
	// Output: http://127.0.0.1:5000/v1/offerings/a%2Fb?x=1 <nil>
}
