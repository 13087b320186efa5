package serve

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

const host = "Host: h\r\n"

// hostile are requests that net/http repairs, refuses in words of its own, or
// takes although readers disagree about them. RFC 9112 unless said otherwise.
var hostile = []struct {
	raw    string
	status int
	reason string
}{
	// Framing.
	{"POST / HTTP/1.1\r\n" + host + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n", 400, "6.1: both lengths; net/http runs the rest as a request"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", 400, "6.1: both, the other order"},
	{"POST / HTTP/1.1\r\n" + host + "content-length: 4\r\ntRANSFER-eNCODING: CHUNKED\r\n\r\n0\r\n\r\n", 400, "names and codings have no case"},
	{"POST / HTTP/1.1\r\n" + host + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400, "6.3: lengths that differ"},
	{"POST / HTTP/1.1\r\n" + host + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd", 400, "RFC 9110 8.6: equal ones may be refused"},
	{"POST / HTTP/1.1\r\n" + host + "Content-Length: 4, 4\r\n\r\nabcd", 400, "a list"},
	{"POST / HTTP/1.1\r\n" + host + "Content-Length: +4\r\n\r\nabcd", 400, "a sign"},
	{"POST / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", 400, "below zero"},
	{"POST / HTTP/1.1\r\n" + host + "Content-Length: 0x4\r\n\r\nabcd", 400, "hexadecimal"},
	{"POST / HTTP/1.1\r\n" + host + "Content-Length: 4 4\r\n\r\nabcd", 400, "two numbers"},
	{"POST / HTTP/1.1\r\n" + host + "Content-Length:\r\n\r\nabcd", 400, "empty"},
	{"POST / HTTP/1.1\r\n" + host + "Content-Length: four\r\n\r\nabcd", 400, "no number"},
	{"POST / HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999999999999999\r\n\r\n", 413, "more than 64 bits hold"},
	{"POST / HTTP/1.1\r\n" + host + "Content-Length: 9223372036854775808\r\n\r\n", 413, "2^63"},
	{"POST / HTTP/1.1\r\n" + host + "Content-Length: 1099511627776\r\n\r\na", 413, "1 TiB, judged before it is read"},
	{"POST / HTTP/1.1\r\n" + host + "Expect: 100-continue\r\nContent-Length: 1099511627776\r\n\r\n", 413, "and before 100 Continue"},
	{"POST / HTTP/1.1\r\n" + host + "Content-Length : 4\r\n\r\nabcd", 400, "5.1: white space before the colon"},
	{"POST / HTTP/1.1\r\n" + host + "Content-Length\t: 4\r\n\r\nabcd", 400, "a tab before the colon"},
	{"POST / HTTP/1.1\r\n" + host + " Content-Length: 4\r\n\r\nabcd", 400, "5.2: a folded line"},
	{"POST / HTTP/1.1\r\n" + host + "X: y\r\n\tz\r\n\r\n", 400, "5.2: a folded line with a tab"},
	{"POST / HTTP/1.1\r\n X: y\r\n" + host + "\r\n", 400, "2.2: white space before the first field"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501, "6.1: a coding that is not known"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: identity\r\n\r\n", 501, "gone since RFC 7230"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 501, "chunked twice"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "two fields"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n", 400, "a vertical tab before the coding"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501, "nearly chunked"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding:\r\n\r\n", 501, "empty"},
	{"POST / HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "6.1: chunked in HTTP/1.0; net/http ignores it and takes the body for a request"},

	// Chunks.
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400, "no size"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n\r\n", 400, "an empty size"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n", 400, "a sign"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n", 400, "a prefix"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1 \r\na\r\n0\r\n\r\n", 400, "white space after the size"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n", 400, "LF alone after the size"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1\r\na\n0\r\n\r\n", 400, "LF alone after the data"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n", 400, "more data than the size"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n5\r\nab\r\n", 400, "cut short"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n", 400, "no last chunk"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n", 400, "no end of the trailer"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\na\r\n0\r\n\r\n", 400, "2^64-1"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n10000000000000001\r\na\r\n0\r\n\r\n", 400, "2^64+1, which overflows to 1"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n000000001\r\na\r\n0\r\n\r\n", 400, "zeros without end"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1;" + strings.Repeat("x", 300) + "\r\na\r\n0\r\n\r\n", 400, "a long extension"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1;a\nb\r\na\r\n0\r\n\r\n", 400, "LF in an extension"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: y\n\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "LF alone in the trailer, where net/http ends it"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n X: y\r\n\r\n", 400, "a folded trailer"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + strings.Repeat("y", 3000) + "\r\n\r\n", 400, "a long trailer"},
	{"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n" + strings.Repeat("40000\r\n"+strings.Repeat("x", 1<<18)+"\r\n", 5) + "0\r\n\r\n", 413, "5 chunks of 256 KiB"},

	// Line ends and characters.
	{"GET / HTTP/1.1\nHost: h\n\n", 400, "2.2: LF alone"},
	{"GET / HTTP/1.1\r\nHost: h\n\r\n", 400, "LF alone after a field"},
	{"GET / HTTP/1.1\r\nHost: h\r\n\n", 400, "LF alone at the end"},
	{"GET / HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n", 400, "2.2: CR alone"},
	{"GET / HTTP/1.1\r\nHost: h\r\nX: a\r\r\n\r\n", 400, "CR twice"},
	{"GET / HTTP/1.1\r\nHost: h\r\nX: a\x00b\r\n\r\n", 400, "NUL in a value"},
	{"GET / HTTP/1.1\r\nHost: h\r\nX\x00: a\r\n\r\n", 400, "NUL in a name"},
	{"GET / HTTP/1.1\r\nHost: h\r\nX: \x1b[31m\r\n\r\n", 400, "an escape sequence for the reader of the log"},
	{"GET / HTTP/1.1\r\nHost: h\r\nX: a\x7f\r\n\r\n", 400, "DEL"},
	{"GET / HTTP/1.1\r\nHost: h\r\n: a\r\n\r\n", 400, "no name"},
	{"GET / HTTP/1.1\r\nHost: h\r\nX\r\n\r\n", 400, "no colon"},
	{"GET / HTTP/1.1\r\nHost: h\r\nX y: a\r\n\r\n", 400, "a space in a name"},
	{"GET / HTTP/1.1\r\nHost: h\r\nX\xc3\xa9: a\r\n\r\n", 400, "UTF-8 in a name"},
	{"GET / HTTP/1.1\r\nHost: h\r\n\"X\": a\r\n\r\n", 400, "a quoted name"},

	// Request line.
	{"\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "2.2: an empty line before the first request"},
	{"\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "LF alone before the request"},
	{" GET / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "a space before the method"},
	{"GET  / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "two spaces"},
	{"GET / HTTP/1.1 \r\nHost: h\r\n\r\n", 400, "a space at the end"},
	{"GET\t/\tHTTP/1.1\r\nHost: h\r\n\r\n", 400, "tabs"},
	{"GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", 400, "a space in the target"},
	{"GET /\r\n\r\n", 400, "HTTP/0.9"},
	{"GET / HTTP/1.1\r\r\nHost: h\r\n\r\n", 400, "CR in the request line"},
	{"GET / HTTP/2.0\r\nHost: h\r\n\r\n", 505, "another version"},
	{"GET / HTTP/1.2\r\nHost: h\r\n\r\n", 505, "a version that there is not"},
	{"GET / HTTP/0.9\r\nHost: h\r\n\r\n", 505, "an old version"},
	{"GET / HTTP/1.10\r\nHost: h\r\n\r\n", 400, "two digits"},
	{"GET / http/1.1\r\nHost: h\r\n\r\n", 400, "2.3: the name has case"},
	{"GET / HTTQ/1.1\r\nHost: h\r\n\r\n", 400, "another protocol"},
	{"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "the preface of HTTP/2"},
	{"G(T / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "no token"},
	{" / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "no method"},
	{"GET  HTTP/1.1\r\nHost: h\r\n\r\n", 400, "no target"},
	{"GET v1/offerings HTTP/1.1\r\nHost: h\r\n\r\n", 400, "no slash"},
	{"GET * HTTP/1.1\r\nHost: h\r\n\r\n", 400, "3.2.4: an asterisk is for OPTIONS"},
	{"GET ?x HTTP/1.1\r\nHost: h\r\n\r\n", 400, "a query alone"},
	{"CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n", 400, "no proxy"},
	{"GET https://h/ HTTP/1.1\r\nHost: h\r\n\r\n", 400, "another scheme"},
	{"GET http:///x HTTP/1.1\r\nHost: h\r\n\r\n", 400, "no host"},
	{"GET http://h:port/x HTTP/1.1\r\nHost: h\r\n\r\n", 400, "a port that is none"},
	{"GET http://h/%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400, "a bad escape in absolute form"},
	{"GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400, "a bad escape, which net/http refuses in text"},
	{"GET /% HTTP/1.1\r\nHost: h\r\n\r\n", 400, "half an escape"},
	{"GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n", 400, "a fragment"},
	{"GET /\x00 HTTP/1.1\r\nHost: h\r\n\r\n", 400, "NUL"},
	{"GET /\x7f HTTP/1.1\r\nHost: h\r\n\r\n", 400, "DEL"},
	{"GET /\xff HTTP/1.1\r\nHost: h\r\n\r\n", 400, "no UTF-8"},
	{"GET /v1/\xc3\xa9 HTTP/1.1\r\nHost: h\r\n\r\n", 400, "UTF-8 that is not escaped"},
	{"GET /?a=\xff HTTP/1.1\r\nHost: h\r\n\r\n", 400, "no UTF-8 in the query"},

	// Host.
	{"GET / HTTP/1.1\r\n\r\n", 400, "3.2: no Host"},
	{"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400, "3.2: two"},
	{"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "no host"},
	{"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400, "a path"},
	{"GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400, "a user"},
	{"GET / HTTP/1.1\r\nHost: <script>\r\n\r\n", 400, "no host"},

	// Sizes.
	{"GET / HTTP/1.1\r\nHost: h\r\nX: " + strings.Repeat("y", DefaultHead) + "\r\n\r\n", 431, "a long value"},
	{"GET / HTTP/1.1\r\nHost: h\r\n" + strings.Repeat("y", DefaultHead+10), 431, "a line without end"},
	{"GET /" + strings.Repeat("y", DefaultHead) + " HTTP/1.1\r\nHost: h\r\n\r\n", 414, "a long target"},
	{"GET /?" + strings.Repeat("a=b&", 20000) + " HTTP/1.1\r\nHost: h\r\n\r\n", 414, "20,000 parameters"},
	{strings.Repeat("y", DefaultHead+10), 414, "no line at all"},
	{"GET / HTTP/1.1\r\nHost: h\r\n" + strings.Repeat("X: y\r\n", 1000) + "\r\n", 431, "1,000 headers"},
	{"GET / HTTP/1.1\r\nHost: h\r\n" + strings.Repeat("a:\r\n", 100_000) + "\r\n", 431, "100,000 headers of one letter"},

	// Codings.
	{"POST / HTTP/1.1\r\n" + host + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd", 415, "gzip"},
	{"POST /v1/offerings/a HTTP/1.1\r\n" + host + "Content-Encoding: GZIP\r\nContent-Length: 4\r\n\r\nabcd", 415, "in capitals"},
	{"POST / HTTP/1.1\r\n" + host + "Content-Encoding: identity, gzip\r\nContent-Length: 4\r\n\r\nabcd", 415, "two codings"},

	// No HTTP at all.
	{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n\n", 400, "TLS"},
	{"\x00\x00\x00\x00\n", 400, "NULs"},
	{"SSH-2.0-OpenSSH_9.2\r\n", 400, "SSH"},
	{"{\"json\": true}\n", 400, "JSON"},
}

// cutShort end before their empty line does.
var cutShort = []string{"G", "GET / HTTP/1.1", "GET / HTTP/1.1\r\nHost: h\r\n", "GET / HTTP/1.1\r\nHost: h\r\n\r"}

func TestCutShort(t *testing.T) {
	var h seen
	s := Test(t, &h)
	for _, raw := range cutShort {
		got := one(t, talk(t, s.Addr(), raw))
		if got.status != 400 || !got.closes || len(h.take()) > 0 {
			t.Errorf("%q: got %d %q", raw, got.status, got.body)
		}
	}
}

// A hostile request gets one answer in the protocol of its service, and the
// connection ends; the handler sees nothing of it or after it.
func TestHostile(t *testing.T) {
	var h seen
	s := Test(t, &h)
	for _, tt := range hostile {
		got := one(t, talk(t, s.Addr(), tt.raw, "GET /after HTTP/1.1\r\nHost: h\r\n\r\n"))
		if got.status != tt.status || !got.closes {
			t.Errorf("%s: %s got %d, want %d; %v %q", tt.reason, wire.Quote(tt.raw), got.status, tt.status, got.header, got.body)
		}
		if got.header.Get("Server") != "Wireproof" || got.header.Get("Date") == "" {
			t.Errorf("%s: headers %v", tt.reason, got.header)
		}
		if all := h.take(); len(all) > 0 {
			t.Errorf("%s: %s: the handler got %q", tt.reason, wire.Quote(tt.raw), all)
		}
	}
}

// The rows that net/http itself takes are what this package is for. Were there
// none, it could go.
func TestNetHTTPTakesSome(t *testing.T) {
	var h seen
	addr := plain(t, &h)
	taken := 0
	for _, tt := range hostile {
		talk(t, addr, tt.raw)
		if len(h.take()) > 0 {
			taken++
		}
	}
	t.Logf("net/http takes %d of %d", taken, len(hostile))
	if taken < 10 {
		t.Errorf("net/http takes %d of %d", taken, len(hostile))
	}
}

// The answer is that of the service: read by the codec, strictly, without a
// finding.
func TestRefusalsAreTheServices(t *testing.T) {
	s := Test(t, new(seen))
	for _, tt := range []struct {
		target, service string
	}{
		{"/", "rds"}, {"/?Action=DescribeReservedDBInstances", "rds"}, {"http://h/?x", "rds"}, {"http://h", "rds"},
		{"/v1/offerings", "mediaconnect"}, {"/v1/offerings/a%2Fb?x=y", "mediaconnect"}, {"/v1", "mediaconnect"},
		{"http://h/v1/offerings", "mediaconnect"},
		{"/v1x", ""}, {"/favicon.ico", ""}, {"//v1/", ""}, {"/?\x00", ""},
	} {
		got := one(t, talk(t, s.Addr(), "POST "+tt.target+" HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"))
		resp := wire.Response{Status: got.status, Body: got.body}
		for name, values := range got.header {
			resp.Headers = append(resp.Headers, wire.HeaderField{Name: name, Value: values[0]})
		}
		code, findings := "", []wire.Finding(nil)
		switch tt.service {
		case "rds":
			var d rds.Decoder
			var e rds.Error
			if err := d.DecodeError(&resp, &e); err != nil {
				t.Errorf("%s: %v", tt.target, err)
			}
			code, findings = e.Code.Or(""), d.Findings()
			if want := "InvalidQueryParameter"; code != want || len(e.RequestID.Or("")) != 36 {
				t.Errorf("%s: got %v, want %s", tt.target, &e, want)
			}
		case "mediaconnect":
			var d mediaconnect.Decoder
			var e mediaconnect.Error
			if err := d.DecodeError(&resp, &e); err != nil {
				t.Errorf("%s: %v", tt.target, err)
			}
			code, findings = e.Code.Or(""), d.Findings()
			if want := "MalformedHttpRequestException"; code != want || len(e.RequestID.Or("")) != 36 {
				t.Errorf("%s: got %v, want %s", tt.target, &e, want)
			}
		default:
			if ct := got.header.Get("Content-Type"); !strings.HasPrefix(ct, "text/plain") {
				t.Errorf("%s: got %s %q", tt.target, ct, got.body)
			}
		}
		if len(findings) > 0 && got.status == 400 {
			t.Errorf("%s: %v", tt.target, findings)
		}
	}
}

// Random damage to good requests: whatever it makes of them, one clear answer to
// each or a close, and nothing left behind.
func TestDamaged(t *testing.T) {
	good := []string{
		"GET / HTTP/1.1\r\nHost: h\r\nAccept: */*\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 41\r\n\r\nAction=DescribeReservedDBInstances&A=B&C=D",
		"POST /v1/offerings/arn%3Aaws HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n3;x=y\r\nabc\r\n0\r\nX: y\r\n\r\n",
	}
	bits := []string{"\r", "\n", "\r\n", "\r\n\r\n", "\x00", " ", "\t", ":", "%", "\xff", ";", "0", "9999999999", "Content-Length: 1\r\n",
		"Transfer-Encoding: chunked\r\n", "Host: x\r\n", "HTTP/1.0", "#", "?", "/", "-", ","}
	var h seen
	s := Test(t, &h)
	rng := rand.New(rand.NewPCG(1, 2))
	before := heap()
	for i := range 600 {
		raw := good[i%len(good)]
		for range 1 + rng.IntN(3) {
			at, to := rng.IntN(len(raw)+1), 0
			if to = at; rng.IntN(2) == 0 {
				to = min(len(raw), at+rng.IntN(4))
			}
			raw = raw[:at] + bits[rng.IntN(len(bits))] + raw[to:]
		}
		for _, a := range answersIn(t, talk(t, s.Addr(), raw)) {
			if a.status != 200 && (a.status < 400 || a.header.Get("Server") != "Wireproof") {
				t.Fatalf("%q: got %d %v %q", raw, a.status, a.header, a.body)
			}
		}
	}
	h.take()
	if grown := heap() - before; grown > 8<<20 {
		t.Errorf("the heap grew by %d bytes", grown)
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// Hundreds of hostile connections at once leave nothing behind.
func TestNothingIsLeft(t *testing.T) {
	t.Run("attack", func(t *testing.T) {
		s := Test(t, new(seen), Options{Limits: Limits{HeadTimeout: 200 * time.Millisecond, ReadTimeout: 300 * time.Millisecond}})
		for i := range 300 {
			c := dial(t, s.Addr())
			switch i % 4 {
			case 0: // silent
			case 1:
				fmt.Fprint(c, "GET / HT")
			case 2:
				fmt.Fprint(c, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\nabc")
			default:
				tt := hostile[i%len(hostile)]
				go fmt.Fprint(c, tt.raw)
			}
		}
		time.Sleep(50 * time.Millisecond)
	})
	noGoroutines(t)
}
