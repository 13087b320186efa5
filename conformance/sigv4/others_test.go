package sigv4_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"wireproof/codec/wire"
	"wireproof/conformance/sigv4"
)

var signedAt = time.Date(2026, 11, 21, 22, 1, 15, 0, time.UTC)

// What botocore presigned verifies, and is what we presign, byte for byte: see
// testdata/presigned.py.
func TestBotocorePresigned(t *testing.T) {
	text, err := os.ReadFile("testdata/presigned.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Requests []struct {
			Name, Service, Host, Path, Query, Token string
			Headers                                 map[string]string
			Lifetime                                int
		}
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Requests) < 6 {
		t.Fatalf("%d requests", len(file.Requests))
	}
	for _, tt := range file.Requests {
		r := wire.Request{Method: "GET", Path: tt.Path, Query: tt.Query, Headers: wire.Headers{{Name: "Host", Value: tt.Host}}}
		for name, value := range tt.Headers {
			r.Headers.Set(name, value)
		}
		c := dummy
		c.SessionToken = tt.Token
		if _, _, err := sigv4.Verify(&r, c); err != nil {
			t.Errorf("%s: %v", tt.Name, err)
		}
		want := r.Query
		before, _, _ := strings.Cut(want, "X-Amz-Algorithm=")
		r.Query = strings.TrimSuffix(before, "&")
		if tt.Name == "dots" { // botocore signs this path, and sends the other
			r.Path = "/v1/a/c/"
		}
		err := sigv4.Presign(&r, c, sigv4.Scope{Service: tt.Service, Region: "us-east-1"}, signedAt, time.Duration(tt.Lifetime)*time.Second)
		if err != nil || r.Query != want {
			t.Errorf("%s: %v\ngot  %s\nwant %s", tt.Name, err, r.Query, want)
		}
	}
}

// FuzzSDK: what the SDK for Go signs and presigns verifies; a changed body, path,
// query or method does not; what we presign verifies; nothing panics.
func FuzzSDK(f *testing.F) {
	for _, r := range captures(f) {
		host, _ := r.Headers.Get("Host")
		f.Add(r.Method, host, r.Path, r.Query, r.Body, "x  y", "")
	}
	f.Add("GET", "h:80", "/v1//a/../b/%2e", "a=+&a&b=%zz&;&%C3%A9=~&~=1&a-b=1", "", " v ", "t/+=")
	f.Fuzz(func(t *testing.T, method, host, path, query, body, header, token string) {
		r := wire.Request{Method: method, Path: path, Query: query, Body: body,
			Headers: wire.Headers{{Name: "Host", Value: host}, {Name: "X-Amz-Meta", Value: header}, {Name: "Content-Type", Value: "text/plain"}}}
		c := dummy
		c.SessionToken = token
		scope := sigv4.Scope{Service: "rds", Region: "us-east-1"}
		mutate(t, r, c) // not signed, or garbage

		presigned := r
		if err := sigv4.Presign(&presigned, c, scope, signedAt, time.Minute); err == nil {
			if _, _, err := sigv4.Verify(&presigned, c); err != nil {
				t.Fatalf("presigned: %q: %v", presigned.Query, err)
			}
			mutate(t, presigned, c)
		} else if !errors.Is(err, sigv4.ErrRequest) {
			t.Fatal(err)
		}

		// What net/http cannot send, or reads in its own way, the SDK cannot sign.
		req, err := http.NewRequest(method, "https://h/", strings.NewReader(body))
		if err != nil || !sendable(path, query, host, header, token) {
			return
		}
		req.Host, req.URL.RawQuery = host, query
		req.URL.Opaque = "//h" + path
		sum := sha256.Sum256([]byte(body))
		credentials := aws.Credentials{AccessKeyID: c.AccessKey, SecretAccessKey: c.SecretKey, SessionToken: token}
		req.Header.Set("X-Amz-Meta", header)
		req.Header.Set("Content-Type", "text/plain")
		if err := v4.NewSigner().SignHTTP(t.Context(), credentials, req, hex.EncodeToString(sum[:]), "rds", "us-east-1", signedAt); err != nil {
			t.Fatal(err)
		}
		signed := wire.Request{Method: req.Method, Path: path, Query: req.URL.RawQuery, Body: body, Headers: wire.Headers{{Name: "Host", Value: host}}}
		for name, values := range req.Header {
			signed.Headers.Set(name, values[0])
		}
		if _, _, err := sigv4.Verify(&signed, c); err != nil {
			t.Fatalf("the SDK's signature over %+v: %v", signed, err)
		}
		mutate(t, signed, c)
	})
}

// sendable keeps to what a client of net/http sends and net/url reads whole.
func sendable(path, query, host, header, token string) bool {
	if !strings.HasPrefix(path, "/") || strings.ContainsAny(path, "?#") || strings.Contains(query, "#") ||
		host == "" || strings.HasSuffix(host, ":80") || strings.HasSuffix(host, ":443") {
		return false
	}
	for _, s := range []string{path, query, host, header, token} {
		for i := range len(s) {
			if s[i] < ' ' || s[i] >= 0x7f {
				return false
			}
		}
	}
	if strings.Contains(path+query+host, " ") || strings.TrimSpace(token) != token {
		return false
	}
	values, err := url.ParseQuery(query)
	for name := range values {
		if strings.HasPrefix(name, "X-Amz-") {
			return false
		}
	}
	return err == nil
}

// mutate proves that no change of what is signed verifies.
func mutate(t *testing.T, r wire.Request, c sigv4.Credentials) {
	for what, change := range map[string]func(*wire.Request){
		"body":   func(r *wire.Request) { r.Body += "x" },
		"path":   func(r *wire.Request) { r.Path += "x" },
		"method": func(r *wire.Request) { r.Method += "X" },
		"query":  func(r *wire.Request) { r.Query += "&x=y" },
		"host": func(r *wire.Request) {
			r.Headers = append(wire.Headers{{Name: "Host", Value: "other"}}, r.Headers[1:]...)
		},
	} {
		changed := r
		before, _ := r.Headers.Get("Host")
		change(&changed)
		if after, _ := changed.Headers.Get("Host"); what == "host" && after == before {
			continue
		}
		if _, _, err := sigv4.Verify(&changed, c); err == nil {
			t.Fatalf("another %s verifies: %+v", what, changed)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	all := captures(b)
	for _, name := range []string{"gov2-mc-PurchaseOffering-full", "boto3-rds-PurchaseReservedDBInstancesOffering-full", "boto3-rds-presignedv4-GET-DescribeReservedDBInstances"} {
		r, ok := all[name]
		if !ok {
			b.Fatal(name)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := sigv4.Verify(&r, dummy); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
