package serve

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// good are streams of requests that net/http and this package have to take alike.
var good = []struct{ raw, reason string }{
	{"GET / HTTP/1.1\r\nHost: h\r\n\r\n", "the smallest request"},
	{"GET / HTTP/1.0\r\n\r\n", "HTTP/1.0 needs no Host"},
	{"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /2 HTTP/1.0\r\n\r\n", "and can be kept alive"},
	{"GET / HTTP/1.1\r\nHost:\r\n\r\n", "an empty Host"},
	{"GET / HTTP/1.1\r\nHOST: [::1]:4599\r\n\r\n", "an address and a port"},
	{"GET /v1/offerings/arn%3Aaws%2Fx%00%ff?a=%zz&b=\"<>|^`{}[]\\' HTTP/1.1\r\nHost: h\r\n\r\n", "a query may hold anything visible"},
	{"GET //a//../%2e%2e/./b+c HTTP/1.1\r\nHost: h\r\n\r\n", "unclean paths are as they are"},
	{"GET /a|b[c]\"d\" HTTP/1.1\r\nHost: h\r\n\r\n", "characters that should be escaped and are not"},
	{"GET http://other/a%2Fb?c HTTP/1.1\r\nHost: h\r\n\r\n", "3.2.2: absolute form"},
	{"GET HTTP://other:80 HTTP/1.1\r\nHost: h\r\n\r\n", "without a path"},
	{"OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", "3.2.4: the asterisk"},
	{"CONNECT / HTTP/1.1\r\nHost: h\r\n\r\n", "CONNECT with a path"},
	{"FOO!#$%&'*+-.^_`|~ / HTTP/1.1\r\nHost: h\r\n\r\n", "any token is a method"},
	{"HEAD / HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n", "HEAD"},
	{"GET / HTTP/1.1\r\nHost: h\r\nX: \t a \t b \t \r\nY:\r\nx: \x80\xff\r\n\r\n", "RFC 9110 5.5: tabs, empty values, bytes above ASCII"},
	{"GET / HTTP/1.1\r\nHost: h\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n", "an upgrade that is not made"},
	{"GET / HTTP/1.1\r\nHost: h\r\nContent-Encoding: identity\r\n\r\n", "no coding"},
	{"GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc", "GET with a body"},
	{"POST / HTTP/1.1\r\nHost: h\r\n\r\n", "POST without one"},
	{"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n", "an empty one"},
	{"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \t 0003 \r\n\r\na\r\n", "leading zeros; line ends are bytes of a body"},
	{"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nabcdeGET /2 HTTP/1.1\r\nHost: h\r\n\r\nGET /3 HTTP/1.1\r\nHost: h\r\n\r\n", "three at once"},
	{"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nConnection: close\r\n\r\nabcdeGET /2 HTTP/1.1\r\nHost: h\r\n\r\n", "nothing after a close"},
	{"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n", "2.2: an empty line after a POST"},
	{"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\nab", "100-continue"},
	{"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 70000\r\n\r\n" + strings.Repeat("0123456789", 7000) + "GET /2 HTTP/1.1\r\nHost: h\r\n\r\n", "a body larger than every buffer"},
	{"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nabcde\r\n0A;x=\"y\"\r\n0123456789\r\n0\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n", "chunks"},
	{"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n", "no chunks"},
	{"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n00000002\r\nab\r\n000;z\r\nX: y\r\nZ:\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n", "leading zeros and a trailer"},
	{"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + strings.Repeat("3e8\r\n"+strings.Repeat("x", 1000)+"\r\n", 50) + "0\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n", "many chunks"},
	{"GET / HTTP/1.1\r\nHost: h\r\nX: " + strings.Repeat("y", 60_000) + "\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n", "a large head"},
	{"GET / HTTP/1.1\r\nHost: h\r\n" + strings.Repeat("X: y\r\n", 99) + "\r\n", "as many fields as may be"},
}

// A good request reaches the handler as it would from net/http alone, however
// its bytes come, and so does the answer.
func TestSameAsNetHTTP(t *testing.T) {
	var want, got seen
	theirs, ours := plain(t, &want), Test(t, &got).Addr()
	rng := rand.New(rand.NewPCG(3, 4))
	for _, tt := range good {
		wantAnswer := strip(talk(t, theirs, tt.raw))
		wantSeen := want.take()
		if len(wantSeen) == 0 {
			t.Errorf("%s: net/http takes nothing: %q", tt.reason, wantAnswer)
		}
		for way, pieces := range [][]string{{tt.raw}, cut(rng, tt.raw), cut(rng, tt.raw), strings.Split(tt.raw[:min(400, len(tt.raw))], "")} {
			if way == 3 {
				pieces = append(pieces, tt.raw[min(400, len(tt.raw)):])
			}
			gotAnswer := strip(talk(t, ours, pieces...))
			if diff := cmp.Diff(wantSeen, got.take()); diff != "" {
				t.Errorf("%s, in %d pieces (-net/http +ours):\n%s", tt.reason, len(pieces), diff)
			}
			if diff := cmp.Diff(wantAnswer, gotAnswer); diff != "" {
				t.Errorf("%s, in %d pieces (-net/http +ours):\n%s", tt.reason, len(pieces), diff)
			}
		}
	}
}

// cut cuts at random places.
func cut(rng *rand.Rand, s string) []string {
	var pieces []string
	for s != "" {
		n := 1 + rng.IntN(min(len(s), 1+rng.IntN(3000)))
		pieces, s = append(pieces, s[:n]), s[n:]
	}
	return pieces
}

// strip takes off what differs by design.
func strip(raw string) string {
	lines := strings.SplitAfter(raw, "\n")
	kept := lines[:0]
	for _, l := range lines {
		if !strings.HasPrefix(l, "Date: ") && !strings.HasPrefix(l, "Server: ") {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "")
}

// FuzzStream holds any bytes on a connection against net/http: what the handler
// gets is what it would have got, from the first request to the one that is
// refused, and net/http itself refuses nothing.
func FuzzStream(f *testing.F) {
	var want, got seen
	theirs, ours := plain(f, &want), Test(f, &got).Addr()
	for _, tt := range good {
		if len(tt.raw) < 4000 {
			f.Add([]byte(tt.raw))
		}
	}
	for _, tt := range hostile {
		if len(tt.raw) < 4000 {
			f.Add([]byte(tt.raw))
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		talk(t, theirs, string(raw))
		wantSeen := want.take()
		answer := talk(t, ours, string(raw))
		gotSeen := got.take()
		if len(gotSeen) > len(wantSeen) {
			t.Fatalf("%q: more requests than from net/http:\n%q\n%q", raw, gotSeen, wantSeen)
		}
		if !slices.Equal(wantSeen[:len(gotSeen)], gotSeen) {
			t.Fatalf("%q (-net/http +ours):\n%s", raw, cmp.Diff(wantSeen[:len(gotSeen)], gotSeen))
		}
		if bytes.Contains(raw, []byte("HEAD")) {
			answer = "" // what answers a HEAD cannot be told from its bytes
		}
		answers := answersIn(t, answer)
		for _, a := range answers {
			if a.header.Get("Server") == "" && a.status != 417 {
				t.Fatalf("%q: net/http answered by itself: %d %q", raw, a.status, a.body)
			}
		}
		refused := answer == "" || len(answers) > 0 && answers[len(answers)-1].status >= 400
		if !refused && len(gotSeen) != len(wantSeen) {
			t.Fatalf("%q: requests were lost: %d of %d", raw, len(gotSeen), len(wantSeen))
		}
	})
}

// The pieces of a head are judged once each: a head that drips costs no more
// than one that comes at once.
func TestDrip(t *testing.T) {
	l := Limits{}.withDefaults()
	raw := []byte("GET / HTTP/1.1\r\nHost: h\r\nX: " + strings.Repeat("y", 50_000) + "\r\n\r\n")
	h := head{limits: &l}
	for i := 1; i < len(raw); i++ {
		if end, f := h.scan(raw[:i]); end != 0 || f != nil || h.scanned != i && h.scanned != h.at {
			t.Fatalf("after %d bytes: end %d, %v, scanned %d", i, end, f, h.scanned)
		}
	}
	if end, f := h.scan(raw); end != len(raw) || f != nil {
		t.Errorf("end %d, %v, want %d", end, f, len(raw))
	}
}

// The fast check of values is the slow one, for every byte at every place.
func TestIsClean(t *testing.T) {
	for n := range 20 {
		for at := range n {
			for c := range 256 {
				b := bytes.Repeat([]byte("y"), n)
				b[at] = byte(c)
				if isClean(b) != all(b, isValue) {
					t.Fatalf("byte %#x at %d of %d: %v", c, at, n, isClean(b))
				}
			}
		}
	}
}

// A client that sends requests without waiting for answers gets them in order,
// and the refusal of a later one only after them, even where the handler is slow.
func TestRefusalWaitsItsTurn(t *testing.T) {
	release := make(chan struct{})
	s := Test(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-release
		if r.Context().Err() != nil {
			t.Error("the request before was cancelled")
		}
		fmt.Fprint(w, "slow")
	}))
	c := dial(t, s.Addr())
	fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n")
	close(release)
	c.CloseWrite()
	raw := make([]byte, 0, 4096)
	for buf := make([]byte, 512); ; {
		n, err := c.Read(buf)
		raw = append(raw, buf[:n]...)
		if err != nil {
			break
		}
	}
	all := answersIn(t, string(raw))
	if len(all) != 2 || all[0].body != "slow" || all[1].status != 400 {
		t.Errorf("got %q", raw)
	}
}
