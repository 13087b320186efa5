package sigv4

import (
	"testing"

	"wireproof/codec/wire"
	"wireproof/fixtures"
)

// Each vector has the canonical request that botocore and independent code made.
func TestCanonicalVectors(t *testing.T) {
	all, err := fixtures.SigningVectors()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range all {
		if v.Kind != "sigv4" {
			continue
		}
		r := wire.Request{Method: v.Method, Path: v.Path, Query: v.Query, Body: v.Body}
		r.Headers.Set("Authorization", v.Authorization)
		for name, value := range v.Headers {
			r.Headers.Set(name, value)
		}
		s, err := Read(&r)
		if err != nil {
			t.Fatal(err)
		}
		c, err := s.canonical(&r)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(c.request(r.Path)); got != v.CanonicalRequest {
			t.Errorf("%s:\ngot  %q\nwant %q", v.Name, got, v.CanonicalRequest)
		}
	}
}

// botocore/auth.py, remove_dot_segments; the results are those of botocore 1.43.11.
func TestCleanPath(t *testing.T) {
	for _, tt := range []struct{ path, want string }{
		{"/", "/"},
		{"/a", "/a"},
		{"/a/", "/a/"},
		{"//", "/"},
		{"/a//b", "/a/b"},
		{"/a/./b/../c", "/a/c"},
		{"/..", "/"},
		{"/a/..", "/"},
		{"/a/../", "/"},
		{"/a/.", "/a"},
		{"/.a/..b", "/.a/..b"},
		{"/%2e%2e/a", "/%2e%2e/a"},
		{"a/../b", "b"},
	} {
		if got := cleanPath(tt.path); got != tt.want {
			t.Errorf("cleanPath(%q) = %q, want %q", tt.path, got, tt.want)
		}
	}
}

// A sorted query is sorted by what is escaped, name before value.
func TestCanonicalQuery(t *testing.T) {
	for _, tt := range []struct{ reason, query, want string }{
		{"empty", "", ""},
		{"no equals sign", "a", "a="},
		{"escaped, é comes before ~", "~=1&%C3%A9=1", "%C3%A9=1&~=1"},
		{"a-b=1 comes before a=1 as text, a before a-b as name", "a-b=1&a=1", "a=1&a-b=1"},
		{"values of one name", "a=2&a=1&a=10", "a=1&a=10&a=2"},
		{"a plus is a space", "a=b+c%2B", "a=b%20c%2B"},
		{"escapes are normalised", "%61=%7e%2f", "a=~%2F"},
		{"the signature is left out, in exactly this spelling", "X-Amz-Signature=1&x-amz-signature=2", "x-amz-signature=2"},
	} {
		all, err := pairs(tt.query)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(canonicalQuery(all)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.reason, got, tt.want)
		}
	}
}
