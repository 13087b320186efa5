package exchange

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/wire"
)

// found is a finding reduced to what tests hold on to. The offset is given as
// the bytes before it.
type found struct {
	kind   wire.Kind
	level  wire.Level
	before string
}

func reduce(raw string, fs []wire.Finding) []found {
	var out []found
	for _, f := range fs {
		out = append(out, found{f.Kind, f.Level, raw[:f.Offset]})
	}
	return out
}

var requestTests = []struct {
	name, reason string
	raw          string
	want         wire.Request
	found        []found
}{
	{
		name: "get", reason: "the plain case: target kept, header case and order kept",
		raw: "GET /v1/offerings/a%2Fb?x=1&y HTTP/1.1\r\nhost: h\r\nX-B: 2\r\nx-a:\t 1 \r\n\r\n",
		want: wire.Request{Method: "GET", Path: "/v1/offerings/a%2Fb", Query: "x=1&y",
			Headers: wire.Headers{{Name: "host", Value: "h"}, {Name: "X-B", Value: "2"}, {Name: "x-a", Value: "1"}}},
	},
	{
		name: "post", reason: "the body has the length that Content-Length says",
		raw: "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\na=b",
		want: wire.Request{Method: "POST", Path: "/", Body: "a=b",
			Headers: wire.Headers{{Name: "Content-Length", Value: "3"}}},
	},
	{
		name: "path not cleaned", reason: "dot segments, doubled slashes and a plus are the sender's",
		raw:  "GET //a/../b+c/..%2F HTTP/1.1\r\n\r\n",
		want: wire.Request{Method: "GET", Path: "//a/../b+c/..%2F"},
	},
	{
		name: "absolute form", reason: "RFC 9112 section 3.2.2: servers must take it",
		raw:  "GET http://h:1/p?q=? HTTP/1.1\r\n\r\n",
		want: wire.Request{Method: "GET", Path: "/p", Query: "q=?"},
	},
	{
		name: "absolute form without a path", reason: "the path is then /",
		raw:  "GET http://h?q HTTP/1.1\r\n\r\n",
		want: wire.Request{Method: "GET", Path: "/", Query: "q"},
	},
	{
		name: "LF alone", reason: "a text editor does that; told once, at the first line",
		raw: "GET / HTTP/1.1\nA: 1\nB: 2\n\n",
		want: wire.Request{Method: "GET", Path: "/",
			Headers: wire.Headers{{Name: "A", Value: "1"}, {Name: "B", Value: "2"}}},
		found: []found{{BareLF, wire.Departure, "GET / HTTP/1.1"}},
	},
	{
		name: "CR in a line", reason: "RFC 9112 section 2.2: a bare CR is not a line end",
		raw: "GET / HTTP/1.1\r\nA: 1\r2\r\n\r\n",
		want: wire.Request{Method: "GET", Path: "/",
			Headers: wire.Headers{{Name: "A", Value: "1\r2"}}},
		found: []found{{BareCR, wire.Departure, "GET / HTTP/1.1\r\nA: 1"}, {HeaderLine, wire.Departure, "GET / HTTP/1.1\r\nA: 1"}},
	},
	{
		name: "no empty line", reason: "a saved head often lacks it",
		raw: "GET / HTTP/1.1\r\nA: 1",
		want: wire.Request{Method: "GET", Path: "/",
			Headers: wire.Headers{{Name: "A", Value: "1"}}},
		found: []found{{UnendedHead, wire.Departure, "GET / HTTP/1.1\r\nA: 1"}},
	},
	{
		name: "empty line first", reason: "RFC 9112 section 2.2: servers skip it",
		raw:   "\r\nGET / HTTP/1.1\r\n\r\n",
		want:  wire.Request{Method: "GET", Path: "/"},
		found: []found{{StartLine, wire.Departure, ""}},
	},
	{
		name: "no protocol", reason: "a hand-written request line",
		raw:   "GET /x\r\n\r\n",
		want:  wire.Request{Method: "GET", Path: "/x"},
		found: []found{{StartLine, wire.Departure, "GET /x"}},
	},
	{
		name: "HTTP/2.0", reason: "no such line in HTTP/1",
		raw:   "GET /x HTTP/2.0\r\n\r\n",
		want:  wire.Request{Method: "GET", Path: "/x"},
		found: []found{{StartLine, wire.Departure, "GET /x "}},
	},
	{
		name: "space in the target", reason: "a label that was not escaped",
		raw:   "GET /a b HTTP/1.1\r\n\r\n",
		want:  wire.Request{Method: "GET", Path: "/a b"},
		found: []found{{StartLine, wire.Departure, "GET /a"}},
	},
	{
		name: "two spaces", reason: "single spaces separate the three parts",
		raw:   "GET  /a HTTP/1.1\r\n\r\n",
		want:  wire.Request{Method: "GET", Path: "/a"},
		found: []found{{StartLine, wire.Departure, "GET  "}},
	},
	{
		name: "line without a colon", reason: "it is no header, and left out",
		raw: "GET / HTTP/1.1\r\nnonsense\r\nA: 1\r\n\r\n",
		want: wire.Request{Method: "GET", Path: "/",
			Headers: wire.Headers{{Name: "A", Value: "1"}}},
		found: []found{{HeaderLine, wire.Departure, "GET / HTTP/1.1\r\n"}},
	},
	{
		name: "space before the colon", reason: "RFC 9112 section 5.1 refuses it",
		raw: "GET / HTTP/1.1\r\nA : 1\r\n\r\n",
		want: wire.Request{Method: "GET", Path: "/",
			Headers: wire.Headers{{Name: "A", Value: "1"}}},
		found: []found{{HeaderLine, wire.Departure, "GET / HTTP/1.1\r\n"}},
	},
	{
		name: "folded", reason: "RFC 9112 section 5.2: replaced by a space",
		raw: "GET / HTTP/1.1\r\nA: 1\r\n\t2\r\n\r\n",
		want: wire.Request{Method: "GET", Path: "/",
			Headers: wire.Headers{{Name: "A", Value: "1 2"}}},
		found: []found{{Folded, wire.Departure, "GET / HTTP/1.1\r\nA: 1\r\n"}},
	},
	{
		name: "short body", reason: "Content-Length counts more than there is",
		raw: "POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\na=b",
		want: wire.Request{Method: "POST", Path: "/", Body: "a=b",
			Headers: wire.Headers{{Name: "Content-Length", Value: "4"}}},
		found: []found{{ShortBody, wire.Split, "POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\na=b"}},
	},
	{
		name: "bytes after the body", reason: "Content-Length counts less than there is",
		raw: "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\na=b",
		want: wire.Request{Method: "POST", Path: "/", Body: "a=",
			Headers: wire.Headers{{Name: "Content-Length", Value: "2"}}},
		found: []found{{AfterBody, wire.Split, "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\na="}},
	},
	{
		name: "line end after the body", reason: "a text editor adds one",
		raw: "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\na=b\n",
		want: wire.Request{Method: "POST", Path: "/", Body: "a=b",
			Headers: wire.Headers{{Name: "Content-Length", Value: "3"}}},
		found: []found{{AfterBody, wire.Departure, "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\na=b"}},
	},
	{
		name: "no length", reason: "a server sees no body, a reader of files does",
		raw:   "POST / HTTP/1.1\r\n\r\na=b",
		want:  wire.Request{Method: "POST", Path: "/", Body: "a=b"},
		found: []found{{NoLength, wire.Split, "POST / HTTP/1.1\r\n\r\n"}},
	},
	{
		name: "length twice", reason: "the way of request smuggling, even with equal values",
		raw: "POST / HTTP/1.1\r\nContent-Length: 3\r\ncontent-length: 3\r\n\r\na=b",
		want: wire.Request{Method: "POST", Path: "/", Body: "a=b",
			Headers: wire.Headers{{Name: "Content-Length", Value: "3"}, {Name: "content-length", Value: "3"}}},
		found: []found{{ContentLength, wire.Split, "POST / HTTP/1.1\r\nContent-Length: 3\r\ncontent-length: "}},
	},
	{
		name: "length with a plus", reason: "RFC 9110 section 8.6: digits only",
		raw: "POST / HTTP/1.1\r\nContent-Length: +3\r\n\r\na=b",
		want: wire.Request{Method: "POST", Path: "/", Body: "a=b",
			Headers: wire.Headers{{Name: "Content-Length", Value: "+3"}}},
		found: []found{{ContentLength, wire.Split, "POST / HTTP/1.1\r\nContent-Length: "}, {NoLength, wire.Split, "POST / HTTP/1.1\r\nContent-Length: +3\r\n\r\n"}},
	},
	{
		name: "length beside chunked", reason: "RFC 9112 section 6.3: Transfer-Encoding wins",
		raw: "POST / HTTP/1.1\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n",
		want: wire.Request{Method: "POST", Path: "/", Body: "a=b",
			Headers: wire.Headers{{Name: "Content-Length", Value: "9"}, {Name: "Transfer-Encoding", Value: "chunked"}}},
		found: []found{{ContentLength, wire.Split, "POST / HTTP/1.1\r\nContent-Length: "}},
	},
}

func TestParseRequest(t *testing.T) {
	for _, tt := range requestTests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ParseRequest(tt.raw)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got.Request); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
			}
			if diff := cmp.Diff(tt.found, reduce(tt.raw, got.Findings), cmp.AllowUnexported(found{})); diff != "" {
				t.Errorf("%s: findings (-want +got):\n%s", tt.reason, diff)
			}
		})
	}
}

const chunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

var responseTests = []struct {
	name, reason string
	raw          string
	status       int
	body         string
	found        []found
}{
	{name: "length", reason: "the plain case", raw: "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}", status: 201, body: "{}"},
	{name: "to the end", reason: "a response without a length ends with the connection", raw: "HTTP/1.1 200 OK\r\n\r\n{}", status: 200, body: "{}"},
	{name: "no reason phrase", reason: "RFC 9112 section 4: the space stays", raw: "HTTP/1.1 200 \r\n\r\n", status: 200},
	{name: "no space after the status", reason: "RFC 9112 section 4: the space stays", raw: "HTTP/1.1 200\r\n\r\n", status: 200,
		found: []found{{StartLine, wire.Departure, "HTTP/1.1 "}}},
	{name: "HTTP/2", reason: "curl -i prints it so for a response in HTTP/2", raw: "HTTP/2 200 \r\n\r\n", status: 200,
		found: []found{{StartLine, wire.Departure, ""}}},
	{name: "chunks", reason: "sizes in hexadecimal, extensions left out", raw: chunkedHead + "3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n", status: 200, body: "abc0123456789"},
	{name: "trailer", reason: "no service of ours sends one", raw: chunkedHead + "0\r\nA: 1\r\n\r\n", status: 200,
		found: []found{{Chunk, wire.Departure, chunkedHead + "0\r\n"}}},
	{name: "no chunk", reason: "the size is missing", raw: chunkedHead + "{}", status: 200,
		found: []found{{Chunk, wire.Split, chunkedHead}}},
	{name: "chunk too long", reason: "its data go on past its size", raw: chunkedHead + "1\r\n{}\r\n0\r\n\r\n", status: 200, body: "{",
		found: []found{{Chunk, wire.Split, chunkedHead + "1\r\n{"}}},
	{name: "chunk cut off", reason: "its data end before its size", raw: chunkedHead + "5\r\n{}", status: 200, body: "{}",
		found: []found{{ShortBody, wire.Split, chunkedHead + "5\r\n{}"}}},
	{name: "last chunk missing", reason: "the body is not known to be complete", raw: chunkedHead + "2\r\n{}\r\n", status: 200, body: "{}",
		found: []found{{ShortBody, wire.Split, chunkedHead + "2\r\n{}\r\n"}}},
	{name: "empty line missing", reason: "the trailer part has no end", raw: chunkedHead + "0\r\n", status: 200,
		found: []found{{Chunk, wire.Departure, chunkedHead + "0\r\n"}}},
	{name: "after chunks", reason: "the last chunk ends the body", raw: chunkedHead + "0\r\n\r\n{}", status: 200,
		found: []found{{AfterBody, wire.Split, chunkedHead + "0\r\n\r\n"}}},
	{name: "chunk size overflows", reason: "no 64-bit size", raw: chunkedHead + "FFFFFFFFFFFFFFFFF\r\n{}", status: 200,
		found: []found{{Chunk, wire.Split, chunkedHead}}},
	{name: "gzip transfer", reason: "a coding that nobody here takes off", raw: "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nxx", status: 200, body: "xx",
		found: []found{{Coding, wire.Split, "HTTP/1.1 200 OK\r\nTransfer-Encoding: "}}},
	{name: "gzip content", reason: "the body is not the document", raw: "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nxx", status: 200, body: "xx",
		found: []found{{Coding, wire.Departure, "HTTP/1.1 200 OK\r\nContent-Encoding: "}}},
	{name: "204 with a body", reason: "RFC 9112 section 6.3: never one", raw: "HTTP/1.1 204 No Content\r\n\r\n{}", status: 204,
		found: []found{{NoBody, wire.Departure, "HTTP/1.1 204 No Content\r\n\r\n"}}},
}

func TestParseResponse(t *testing.T) {
	for _, tt := range responseTests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ParseResponse(tt.raw)
			if err != nil {
				t.Fatal(err)
			}
			if got.Status != tt.status || got.Body != tt.body {
				t.Errorf("%s: got %d %q, want %d %q", tt.reason, got.Status, got.Body, tt.status, tt.body)
			}
			if diff := cmp.Diff(tt.found, reduce(tt.raw, got.Findings), cmp.AllowUnexported(found{})); diff != "" {
				t.Errorf("%s: findings (-want +got):\n%s", tt.reason, diff)
			}
		})
	}
}

func TestNoMessage(t *testing.T) {
	for _, tt := range []struct {
		name   string
		parse  func(string) error
		raw    string
		want   error
		offset int
	}{
		{"empty request", requestErr, "", ErrRequestLine, 0},
		{"method alone", requestErr, "GET\r\n", ErrRequestLine, 0},
		{"no token", requestErr, "{} / HTTP/1.1\r\n", ErrRequestLine, 0},
		{"no target", requestErr, "\r\nGET  HTTP/1.1\r\n", ErrRequestLine, len("\r\nGET ")},
		{"empty response", responseErr, "", ErrStatusLine, 0},
		{"status of two digits", responseErr, "HTTP/1.1 20 OK\r\n", ErrStatusLine, 0},
		{"signed status", responseErr, "HTTP/1.1 +20 OK\r\n", ErrStatusLine, 0},
		{"a request", responseErr, "GET / HTTP/1.1\r\n", ErrStatusLine, 0},
	} {
		var pe *ParseError
		err := tt.parse(tt.raw)
		if !errors.Is(err, tt.want) || !errors.As(err, &pe) || pe.Offset != tt.offset {
			t.Errorf("%s: got %v, want %v at offset %d", tt.name, err, tt.want, tt.offset)
		}
	}
}

func requestErr(raw string) error  { _, err := ParseRequest(raw); return err }
func responseErr(raw string) error { _, err := ParseResponse(raw); return err }

func TestTooLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("needs 256 MB")
	}
	head := "POST / HTTP/1.1\r\n\r\n"
	big := head + strings.Repeat("x", wire.MaxDocument+1-len(head))
	if err := requestErr(big[:wire.MaxDocument]); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	if err := requestErr(big); !errors.Is(err, wire.ErrTooLarge) {
		t.Errorf("past the limit: got %v, want %v", err, wire.ErrTooLarge)
	}
}

// Every byte of every part is found again in the raw message.
func TestRawOffset(t *testing.T) {
	raw := "PUT /pa?qu HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
	r, err := ParseRequest(raw)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		part wire.Part
		name string
		text string
	}{
		{wire.Method, "", "PUT"}, {wire.Path, "", "/pa"}, {wire.Query, "", "qu"},
		{wire.Header, "HOST", "h"}, {wire.Header, "transfer-encoding", "chunked"},
		{wire.Body, "", "abcde"},
	} {
		for i := range len(tt.text) {
			at, ok := r.RawOffset(tt.part, tt.name, i)
			if !ok || raw[at] != tt.text[i] {
				t.Errorf("%s %s byte %d: got offset %d, %v", tt.part, tt.name, i, at, ok)
			}
		}
	}
	if at, _ := r.RawOffset(wire.Body, "", 5); raw[:at] != raw[:strings.Index(raw, "de")+2] {
		t.Errorf("the end of the body: got offset %d", at)
	}
	if _, ok := r.RawOffset(wire.Header, "Nope", 0); ok {
		t.Error("a header that is not there has an offset")
	}
	if raw[r.BodyOffset:r.BodyOffset+3] != "abc" {
		t.Errorf("BodyOffset is %d", r.BodyOffset)
	}
}

// Where this package finds nothing odd, net/http reads the same.
func TestAgreesWithNetHTTP(t *testing.T) {
	compared := 0
	for _, tt := range requestTests {
		if tt.found != nil {
			continue
		}
		compared++
		r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(tt.raw)))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		body, err := io.ReadAll(r.Body)
		got, _ := ParseRequest(tt.raw)
		if err != nil || r.Method != got.Method || string(body) != got.Body || max(r.URL.EscapedPath(), "/") != got.Path || r.URL.RawQuery != got.Query {
			t.Errorf("%s: net/http reads %v %v %q %v", tt.name, r.Method, r.URL, body, err)
		}
		for name, values := range r.Header {
			if v, _ := got.Headers.Get(name); v != values[0] {
				t.Errorf("%s: header %s is %q, net/http has %q", tt.name, name, v, values[0])
			}
		}
	}
	for _, tt := range responseTests {
		if tt.found != nil {
			continue
		}
		compared++
		r, err := http.ReadResponse(bufio.NewReader(strings.NewReader(tt.raw)), nil)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		body, err := io.ReadAll(r.Body)
		if err != nil || r.StatusCode != tt.status || string(body) != tt.body {
			t.Errorf("%s: net/http reads %d %q %v", tt.name, r.StatusCode, body, err)
		}
	}
	if compared < 8 {
		t.Errorf("only %d messages were compared", compared)
	}
}
