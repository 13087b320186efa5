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

var dummy = sigv4.Credentials{AccessKey: fixtures.AccessKey, SecretKey: fixtures.SecretKey}

// vectorRequest makes the request of a vector, without its signature.
func vectorRequest(v fixtures.SigningVector) wire.Request {
	r := wire.Request{Method: v.Method, Path: v.Path, Query: v.Query, Body: v.Body}
	r.Headers.Set("Host", v.Host)
	if ct, ok := v.Headers["content-type"]; ok {
		r.Headers.Set("Content-Type", ct)
	}
	return r
}

func vectors(t testing.TB) []fixtures.SigningVector {
	t.Helper()
	all, err := fixtures.SigningVectors()
	if err != nil {
		t.Fatal(err)
	}
	var of4 []fixtures.SigningVector
	for _, v := range all {
		if v.Kind == "sigv4" {
			of4 = append(of4, v)
		}
	}
	if len(of4) != 5 {
		t.Fatalf("%d vectors of Version 4, want 5", len(of4))
	}
	return of4
}

// Each vector's signature was made by botocore and by independent code.
func TestSignVectors(t *testing.T) {
	for _, v := range vectors(t) {
		r := vectorRequest(v)
		c := dummy
		c.SessionToken = v.Headers["x-amz-security-token"]
		service, _, _ := strings.Cut(v.Host, ".")
		scope := sigv4.Scope{Service: service, Region: "us-east-1"}
		at, err := time.Parse("20060102T150405Z", v.Headers["x-amz-date"])
		if err != nil {
			t.Fatal(err)
		}
		if err := sigv4.Sign(t.Context(), &r, c, scope, at); err != nil {
			t.Errorf("%s: %v", v.Name, err)
			continue
		}
		if got, _ := r.Headers.Get("Authorization"); got != v.Authorization {
			t.Errorf("%s:\ngot  %s\nwant %s", v.Name, got, v.Authorization)
		}
		if gotScope, gotAt, err := sigv4.Verify(&r, c); gotScope != scope || !gotAt.Equal(at) || err != nil {
			t.Errorf("%s: verified as %v, %v, %v", v.Name, gotScope, gotAt, err)
		}
	}
}

// credentialsOf gives the credentials that a capture was signed with: the pair of
// the documentation, and for some a session token.
func credentialsOf(r *wire.Request) sigv4.Credentials {
	c := dummy
	if _, ok := r.Headers.Get("X-Amz-Security-Token"); ok {
		c.SessionToken = "SESSION/TOKEN+=="
	}
	return c
}

func captures(t testing.TB) map[string]wire.Request {
	t.Helper()
	all, err := fixtures.Captures()
	if err != nil {
		t.Fatal(err)
	}
	requests := map[string]wire.Request{}
	for _, capture := range all {
		r, err := exchange.ParseRequest(string(capture.Raw))
		if err != nil {
			t.Fatal(err)
		}
		requests[capture.Name] = r.Request
	}
	return requests
}

// Every client's own choice of headers, spelling and separators verifies.
func TestVerifyCaptures(t *testing.T) {
	inHeaders, presigned := 0, 0
	for name, r := range captures(t) {
		c := credentialsOf(&r)
		if strings.Contains(name, "sigv2") {
			if _, _, err := sigv4.Verify(&r, c); !errors.Is(err, sigv4.ErrNotSigned) {
				t.Errorf("%s: got %v, want %v", name, err, sigv4.ErrNotSigned)
			}
			continue
		}
		s, err := sigv4.Read(&r)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if s.Presigned {
			presigned++
		} else {
			inHeaders++
		}
		if _, _, err := sigv4.Verify(&r, c); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		r.Body += "x"
		if _, _, err := sigv4.Verify(&r, c); !errors.Is(err, sigv4.ErrMismatch) && !errors.Is(err, sigv4.ErrPayload) {
			t.Errorf("%s with another body: got %v", name, err)
		}
	}
	// 174 captures, without four of Version 2.
	if inHeaders != 169 || presigned != 1 {
		t.Errorf("%d and %d captures verified, want 169 and 1", inHeaders, presigned)
	}
}

// botocore presigned this request; we make the same bytes.
func TestPresignCapture(t *testing.T) {
	r := captures(t)["boto3-rds-presignedv4-GET-DescribeReservedDBInstances"]
	want := r.Query
	r.Query, _, _ = strings.Cut(want, "&X-Amz-Algorithm=")
	at := time.Date(2026, 11, 21, 22, 1, 15, 0, time.UTC)
	if err := sigv4.Presign(&r, dummy, sigv4.Scope{Service: "rds", Region: "us-east-1"}, at, 300*time.Second); err != nil {
		t.Fatal(err)
	}
	if r.Query != want {
		t.Errorf("got  %s\nwant %s", r.Query, want)
	}
	s, err := sigv4.Read(&r)
	if err != nil || !s.Presigned || !s.At.Equal(at) || s.Lifetime != 300*time.Second || s.Token != "" {
		t.Errorf("read as %+v, %v", s, err)
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
	for _, tt := range []struct {
		name     string
		r        wire.Request
		lifetime time.Duration
	}{
		{"no host", wire.Request{Method: "GET"}, 0},
		{"signed in the headers", wire.Request{Method: "GET", Headers: append(host, wire.HeaderField{Name: "Authorization", Value: "x"})}, 0},
		{"presigned", wire.Request{Method: "GET", Query: "X-Amz-Signature=x", Headers: host}, 0},
		{"half a second", wire.Request{Method: "GET", Headers: host}, time.Second / 2},
		{"eight days", wire.Request{Method: "GET", Headers: host}, 8 * 24 * time.Hour},
		{"negative", wire.Request{Method: "GET", Headers: host}, -time.Second},
	} {
		before := tt.r.Query
		if err := sigv4.Presign(&tt.r, c, s, at, tt.lifetime); !errors.Is(err, sigv4.ErrRequest) || tt.r.Query != before {
			t.Errorf("presign, %s: got %v, query %s", tt.name, err, tt.r.Query)
		}
	}
	r := wire.Request{Method: "GET", Path: "/", Headers: host}
	if err := sigv4.Sign(t.Context(), &r, c, s, at); err != nil {
		t.Fatal(err)
	}
	for _, other := range []sigv4.Credentials{{AccessKey: "b", SecretKey: "s"}, {AccessKey: "a", SecretKey: "t"}, {AccessKey: "a", SecretKey: "s", SessionToken: "t"}} {
		if _, _, err := sigv4.Verify(&r, other); !errors.Is(err, sigv4.ErrMismatch) {
			t.Errorf("%v: got %v", other, err)
		}
	}
}

// What Read says of headers and of query strings that are not as they should be.
func TestRead(t *testing.T) {
	const (
		credential = "Credential=a/20260102/us-east-1/rds/aws4_request"
		good       = "AWS4-HMAC-SHA256 " + credential + ", SignedHeaders=host;x-amz-date, Signature=x"
		presigned  = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a/20260102/us-east-1/rds/aws4_request&X-Amz-Date=20260102T030405Z&X-Amz-SignedHeaders=host&X-Amz-Signature=x"
	)
	replace := func(s, old, new string) string {
		if !strings.Contains(s, old) {
			t.Fatalf("%q is not in %q", old, s)
		}
		return strings.Replace(s, old, new, 1)
	}
	for _, tt := range []struct {
		reason        string
		authorization string
		query         string
		headers       wire.Headers // instead of X-Amz-Date
		want          error
	}{
		{"as it should be", good, "", nil, nil},
		{"boto 2 writes no space", strings.ReplaceAll(good, ", ", ","), "", nil, nil},
		{"presigned", "", presigned, nil, nil},
		{"presigned, with a lifetime", "", presigned + "&X-Amz-Expires=604800", nil, nil},

		{"nothing", "", "Action=A", nil, sigv4.ErrNotSigned},
		{"X-Amz-Date alone is no signature", "", "X-Amz-Date=20260102T030405Z", nil, sigv4.ErrNotSigned},
		{"both", good, presigned, nil, sigv4.ErrTwice},
		{"two dates", good, "", wire.Headers{{Name: "X-Amz-Date", Value: "20260102T030405Z"}, {Name: "x-amz-date", Value: "20260102T030405Z"}}, sigv4.ErrTwice},
		{"two headers", good, "", wire.Headers{{Name: "X-Amz-Date", Value: "20260102T030405Z"}, {Name: "authorization", Value: good}}, sigv4.ErrTwice},
		{"two hosts", good, "", wire.Headers{{Name: "X-Amz-Date", Value: "20260102T030405Z"}, {Name: "Host", Value: "other"}}, sigv4.ErrTwice},
		{"two signatures", good + ", Signature=y", "", nil, sigv4.ErrTwice},
		{"two parameters", "", presigned + "&X-Amz-Signature=y", nil, sigv4.ErrTwice},
		{"the token of a presigned request in a header", "", presigned, wire.Headers{{Name: "X-Amz-Security-Token", Value: "t"}}, sigv4.ErrTwice},

		{"another scheme", "Basic x", "", nil, sigv4.ErrMalformed},
		{"the asymmetric form", replace(good, "AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"), "", nil, sigv4.ErrMalformed},
		{"an empty header", " ", "", nil, sigv4.ErrMalformed},
		{"no credential", replace(good, credential+", ", ""), "", nil, sigv4.ErrMalformed},
		{"no names", replace(good, "SignedHeaders=host;x-amz-date, ", ""), "", nil, sigv4.ErrMalformed},
		{"no signature", replace(good, ", Signature=x", ""), "", nil, sigv4.ErrMalformed},
		{"four parts of five", replace(good, "/us-east-1", ""), "", nil, sigv4.ErrMalformed},
		{"six parts", replace(good, "/us-east-1", "/us/east-1"), "", nil, sigv4.ErrMalformed},
		{"an empty access key", replace(good, "=a/", "=/"), "", nil, sigv4.ErrMalformed},
		{"no date", good, "", wire.Headers{}, sigv4.ErrMalformed},
		{"a date in the extended form", good, "", wire.Headers{{Name: "X-Amz-Date", Value: "2026-01-02T03:04:05Z"}}, sigv4.ErrMalformed},
		{"a fraction", good, "", wire.Headers{{Name: "X-Amz-Date", Value: "20260102T030405.1Z"}}, sigv4.ErrMalformed},
		{"names in upper case", replace(good, "host;", "Host;"), "", nil, sigv4.ErrMalformed},
		{"names out of order", replace(good, "host;x-amz-date", "x-amz-date;host"), "", nil, sigv4.ErrMalformed},
		{"a name twice", replace(good, "host;", "host;host;"), "", nil, sigv4.ErrMalformed},
		{"another algorithm", "", replace(presigned, "SHA256", "SHA1"), nil, sigv4.ErrMalformed},
		{"no algorithm", "", replace(presigned, "X-Amz-Algorithm=AWS4-HMAC-SHA256&", ""), nil, sigv4.ErrMalformed},
		{"a lifetime of nothing", "", presigned + "&X-Amz-Expires=0", nil, sigv4.ErrMalformed},
		{"a lifetime past seven days", "", presigned + "&X-Amz-Expires=604801", nil, sigv4.ErrMalformed},
		{"a lifetime with a sign", "", presigned + "&X-Amz-Expires=%2B5", nil, sigv4.ErrMalformed},

		{"another date", replace(good, "20260102", "20260103"), "", nil, sigv4.ErrScope},
		{"no region", replace(good, "us-east-1", ""), "", nil, sigv4.ErrScope},
		{"a region in upper case", replace(good, "us-east-1", "US"), "", nil, sigv4.ErrScope},
		{"no service", replace(good, "/rds/", "//"), "", nil, sigv4.ErrScope},
		{"another end", replace(good, "aws4_request", "aws5_request"), "", nil, sigv4.ErrScope},
		{"another end, presigned", "", replace(presigned, "aws4_request", "aws4"), nil, sigv4.ErrScope},

		{"too many parameters", "", strings.Repeat("a=&", wire.MaxParameters+1), nil, wire.ErrTooMany},
	} {
		r := wire.Request{Method: "GET", Path: "/", Query: tt.query, Headers: wire.Headers{{Name: "Host", Value: "h"}}}
		if tt.authorization != "" {
			r.Headers.Set("Authorization", tt.authorization)
		}
		if tt.headers == nil && tt.authorization != "" {
			tt.headers = wire.Headers{{Name: "X-Amz-Date", Value: "20260102T030405Z"}}
		}
		r.Headers = append(r.Headers, tt.headers...)
		s, err := sigv4.Read(&r)
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.reason, err, tt.want)
		}
		if err == nil && (s.AccessKey != "a" || s.Scope != sigv4.Scope{Service: "rds", Region: "us-east-1"}) {
			t.Errorf("%s: read as %+v", tt.reason, s)
		}
	}
}
