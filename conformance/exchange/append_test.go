package exchange

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/wire"
)

func TestAppend(t *testing.T) {
	chunked := wire.Headers{{Name: "transfer-encoding", Value: "Chunked"}}
	for _, tt := range []struct{ name, got, want string }{
		{"get", string(AppendRequest(nil, &wire.Request{Method: "GET", Path: "/a%2F", Query: "b", Headers: wire.Headers{{Name: "hOST", Value: "h"}}})),
			"GET /a%2F?b HTTP/1.1\r\nhOST: h\r\n\r\n"},
		{"empty post", string(AppendRequest(nil, &wire.Request{Method: "POST", Path: "/"})),
			"POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n"},
		{"own length", string(AppendRequest(nil, &wire.Request{Method: "POST", Path: "/", Headers: wire.Headers{{Name: "content-length", Value: "7"}}, Body: "{}"})),
			"POST / HTTP/1.1\r\ncontent-length: 7\r\n\r\n{}"},
		{"chunked", string(AppendResponse(nil, &wire.Response{Status: 200, Headers: chunked, Body: "0123456789"})),
			"HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n"},
		{"created", string(AppendResponse(nil, &wire.Response{Status: 201, Body: "{}"})),
			"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}"},
		{"no content", string(AppendResponse(nil, &wire.Response{Status: 204})), "HTTP/1.1 204 No Content\r\n\r\n"},
		{"unnamed status", string(AppendResponse(nil, &wire.Response{Status: 299})), "HTTP/1.1 299 \r\nContent-Length: 0\r\n\r\n"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

func FuzzParseRequest(f *testing.F) {
	for _, tt := range requestTests {
		f.Add(tt.raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		r, err := ParseRequest(raw)
		if err != nil {
			checkError(t, raw, err)
			return
		}
		checkFrame(t, &r.Frame)
		if len(r.Findings) > 0 {
			return
		}
		again, err := ParseRequest(string(AppendRequest(nil, &r.Request)))
		if err != nil {
			t.Fatal(err)
		}
		want := r.Request
		if len(again.Headers) > len(want.Headers) { // the length that was added
			want.Headers = append(want.Headers[:len(want.Headers):len(want.Headers)], again.Headers[len(want.Headers)])
		}
		if diff := cmp.Diff(want, again.Request); diff != "" {
			t.Errorf("written and read again (-want +got):\n%s", diff)
		}
	})
}

func FuzzParseResponse(f *testing.F) {
	for _, tt := range responseTests {
		f.Add(tt.raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		r, err := ParseResponse(raw)
		if err != nil {
			checkError(t, raw, err)
			return
		}
		checkFrame(t, &r.Frame)
		if len(r.Findings) > 0 {
			return
		}
		// net/http refuses some of what RFC 9112 allows; what it reads is the same.
		h, err := http.ReadResponse(bufio.NewReader(strings.NewReader(raw)), nil)
		if err != nil {
			return
		}
		body, err := io.ReadAll(h.Body)
		if err == nil && (h.StatusCode != r.Status || string(body) != r.Body) {
			t.Errorf("net/http reads %d %q, this package %d %q", h.StatusCode, body, r.Status, r.Body)
		}
	})
}

func checkError(t *testing.T, raw string, err error) {
	t.Helper()
	pe, ok := err.(*ParseError)
	if !ok || pe.Offset < 0 || pe.Offset > len(raw) || pe.Error() == "" {
		t.Fatalf("%T %v", err, err)
	}
}

// checkFrame proves that the body is made of the bytes that RawOffset points to
// and that findings lie in the message and in order.
func checkFrame(t *testing.T, f *Frame) {
	t.Helper()
	last := 0
	for _, x := range f.Findings {
		if x.Offset < last || x.Offset > len(f.Raw) || x.Part != Message {
			t.Fatalf("finding %v after offset %d of %d", x, last, len(f.Raw))
		}
		last = x.Offset
	}
	for _, p := range f.pieces {
		if p.raw < 0 || p.raw+p.length > len(f.Raw) {
			t.Fatalf("piece %v of %d bytes", p, len(f.Raw))
		}
	}
}

func ExampleParseResponse() {
	r, err := ParseResponse("HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\n{}")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Status, r.Body)
	for _, f := range r.Findings {
		fmt.Println(f.Kind, f.Offset, f.Want)
	}
	// Output:
	// 201 {}
	// http.short-body 45 9 bytes of body
}
