package sigv4_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
	"wireproof/conformance/sigv4"
	"wireproof/fixtures"
)

// Each vector's signature was made by botocore and by independent code.
func TestSignVectors(t *testing.T) {
	vectors, err := fixtures.SigningVectors()
	if err != nil {
		t.Fatal(err)
	}
	signed := 0
	for _, v := range vectors {
		if v.Kind != "sigv4" {
			continue
		}
		signed++
		r := wire.Request{Method: v.Method, Path: v.Path, Query: v.Query, Body: v.Body}
		r.Headers.Set("Host", v.Host)
		if ct, ok := v.Headers["content-type"]; ok {
			r.Headers.Set("Content-Type", ct)
		}
		c := sigv4.Credentials{AccessKey: fixtures.AccessKey, SecretKey: fixtures.SecretKey, SessionToken: v.Headers["x-amz-security-token"]}
		service, _, _ := strings.Cut(v.Host, ".")
		at, err := time.Parse("20060102T150405Z", v.Headers["x-amz-date"])
		if err != nil {
			t.Fatal(err)
		}
		if err := sigv4.Sign(t.Context(), &r, c, sigv4.Scope{Service: service, Region: "us-east-1"}, at); err != nil {
			t.Errorf("%s: %v", v.Name, err)
			continue
		}
		if got, _ := r.Headers.Get("Authorization"); got != v.Authorization {
			t.Errorf("%s:\ngot  %s\nwant %s", v.Name, got, v.Authorization)
		}
	}
	if signed != 5 {
		t.Errorf("%d vectors of Version 4, want 5", signed)
	}
}

// Every client's own choice of headers, spelling and separators verifies.
func TestVerifyCaptures(t *testing.T) {
	captures, err := fixtures.Captures()
	if err != nil {
		t.Fatal(err)
	}
	verified := 0
	c := sigv4.Credentials{AccessKey: fixtures.AccessKey, SecretKey: fixtures.SecretKey}
	for _, capture := range captures {
		r, err := exchange.ParseRequest(string(capture.Raw))
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := r.Headers.Get("Authorization"); !ok {
			if _, _, err := sigv4.Verify(t.Context(), &r.Request, c); !errors.Is(err, sigv4.ErrNotSigned) {
				t.Errorf("%s: got %v, want %v", capture.Name, err, sigv4.ErrNotSigned)
			}
			continue
		}
		verified++
		if _, _, err := sigv4.Verify(t.Context(), &r.Request, c); err != nil {
			t.Errorf("%s: %v", capture.Name, err)
		}
		r.Body += "x"
		if _, _, err := sigv4.Verify(t.Context(), &r.Request, c); !errors.Is(err, sigv4.ErrMismatch) {
			t.Errorf("%s with another body: got %v", capture.Name, err)
		}
	}
	// 174 captures, without four of Version 2 and one presigned query.
	if verified != 169 {
		t.Errorf("%d captures verified, want 169", verified)
	}
}

func TestErrors(t *testing.T) {
	c := sigv4.Credentials{AccessKey: "a", SecretKey: "s"}
	s := sigv4.Scope{Service: "rds", Region: "us-east-1"}
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	host := wire.Headers{{Name: "Host", Value: "h"}}
	for _, tt := range []struct {
		name string
		r    wire.Request
		want error
	}{
		{"no host", wire.Request{Method: "GET", Path: "/"}, sigv4.ErrRequest},
		{"bad escape", wire.Request{Method: "GET", Path: "/%zz", Headers: host}, sigv4.ErrRequest},
		{"good", wire.Request{Method: "GET", Path: "/", Headers: host}, nil},
	} {
		if err := sigv4.Sign(t.Context(), &tt.r, c, s, at); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, err, tt.want)
		}
	}
	r := wire.Request{Method: "GET", Path: "/", Headers: host}
	if err := sigv4.Sign(t.Context(), &r, c, s, at); err != nil {
		t.Fatal(err)
	}
	if gotScope, gotAt, err := sigv4.Verify(t.Context(), &r, c); gotScope != s || !gotAt.Equal(at) || err != nil {
		t.Errorf("got %v, %v, %v", gotScope, gotAt, err)
	}
	for _, other := range []sigv4.Credentials{{AccessKey: "b", SecretKey: "s"}, {AccessKey: "a", SecretKey: "t"}} {
		if _, _, err := sigv4.Verify(t.Context(), &r, other); !errors.Is(err, sigv4.ErrMismatch) {
			t.Errorf("%v: got %v", other, err)
		}
	}
	for _, bad := range []string{"", "Basic x", "AWS4-HMAC-SHA256 Credential=a/b", "AWS4-HMAC-SHA256 Credential=a/b/c/d, SignedHeaders=host, Signature=x"} {
		r.Headers.Set("Authorization", bad)
		if _, _, err := sigv4.Verify(t.Context(), &r, c); !errors.Is(err, sigv4.ErrNotSigned) {
			t.Errorf("%q: got %v", bad, err)
		}
	}
}
