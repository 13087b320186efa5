package nethttp_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/nethttp"
	"wireproof/codec/wire"
)

// A Reader reads one request after the other as FromRequest does, and what it has
// given stays, but for the headers.
func TestReader(t *testing.T) {
	var all nethttp.Reader
	some := nethttp.Reader{Only: []string{"X-B", "Host", "X-None"}}
	var bodies, want []string
	for _, body := range []string{strings.Repeat("long", 1000), "", "short", strings.Repeat("x", 100_000), "end"} {
		request := func() *http.Request {
			r := httptest.NewRequest("POST", "http://h/p?q", strings.NewReader(body))
			r.Header["X-A"], r.Header["X-B"] = []string{body}, []string{"1", "2"}
			return r
		}
		from, err := nethttp.FromRequest(request(), 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		got, err := all.Request(request(), 1<<20)
		if diff := cmp.Diff(from, got); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
		bodies, want = append(bodies, got.Body), append(want, body)
		from.Headers = wire.Headers{{Name: "X-B", Value: "1"}, {Name: "X-B", Value: "2"}, {Name: "Host", Value: "h"}}
		got, err = some.Request(request(), 1<<20)
		if diff := cmp.Diff(from, got); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
	}
	if diff := cmp.Diff(want, bodies); diff != "" {
		t.Error(diff)
	}
}

// The path as it was sent counts exactly where net/url reads the URL's path in it.
func FuzzSentPath(f *testing.F) {
	for _, sent := range []string{"/", "/a%2Fb", "/a%2fb", "/%", "/%2", "/%zz", "/a b", "/%C3%A9", "/%00", "//", "/a%25"} {
		f.Add(sent, "/a/b")
		f.Add(sent, sent)
	}
	f.Fuzz(func(t *testing.T, sent, path string) {
		if sent == "" || strings.ContainsAny(sent, "?") || strings.Contains(sent, "://") {
			return
		}
		for _, plain := range []string{path, unescaped(sent)} {
			r := &http.Request{Method: "GET", RequestURI: sent, URL: &url.URL{Path: plain}}
			got, err := nethttp.FromRequest(r, 0)
			if err != nil {
				t.Fatal(err)
			}
			want := r.URL.EscapedPath()
			if p, err := url.PathUnescape(sent); err == nil && p == plain {
				want = sent
			}
			if got.Path != want {
				t.Errorf("sent %q, path %q: got %q, want %q", sent, plain, got.Path, want)
			}
		}
	})
}

func unescaped(s string) string {
	p, _ := url.PathUnescape(s)
	return p
}
