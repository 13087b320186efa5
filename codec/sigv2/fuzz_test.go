package sigv2_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"sort"
	"strings"
	"testing"
	"time"

	"wireproof/codec/sigv2"
	"wireproof/codec/wire"
	"wireproof/fixtures"
)

// FuzzCanonical: no panic; what Sign signs, Verify accepts, and so does a second
// implementation over net/url where that reads the parameters; no other secret
// verifies.
func FuzzCanonical(f *testing.F) {
	for _, req := range captured(f) {
		f.Add(req.Query, req.Body, "h")
	}
	f.Add("Action=A&b=1&a=2&b=0&a-b=3", "", "Host:80")
	f.Add("a=%zz&;&&=", "x", "h")
	f.Fuzz(func(t *testing.T, query, body, host string) {
		for _, req := range []wire.Request{{Method: "GET", Query: query, Body: body}, {Method: "POST", Query: query, Body: body}, {Method: "GET", Query: query}} {
			req.Headers = wire.Headers{{Name: "Host", Value: host}}
			sigv2.Verify(&req, fixtures.SecretKey)
			text := req.Query + req.Body
			if err := (sigv2.Signer{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: fixtures.SecretKey}).Sign(&req, time.Unix(1e9, 0)); err != nil {
				continue
			}
			if err := sigv2.Verify(&req, fixtures.SecretKey); err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			if err := sigv2.Verify(&req, "another"); err == nil {
				t.Fatalf("%q verifies with another secret", text)
			}
			if want, ok := reference(&req); ok {
				if p, _ := sigv2.ReadParameters(&req); p.Signature.Value != want {
					t.Fatalf("%q: signature %s, want %s", text, p.Signature.Value, want)
				}
			}
		}
	})
}

// reference signs by the five steps of WIRE.md section B.9, with net/url.
func reference(req *wire.Request) (string, bool) {
	text := req.Query
	if req.Method == "POST" {
		text = req.Body
	}
	values, err := url.ParseQuery(text)
	if err != nil {
		return "", false
	}
	values.Del("Signature")
	var pairs [][2]string
	for name, list := range values {
		for _, value := range list {
			pairs = append(pairs, [2]string{name, value})
		}
	}
	sort.Slice(pairs, func(i, j int) bool {
		if pairs[i][0] != pairs[j][0] {
			return pairs[i][0] < pairs[j][0]
		}
		return pairs[i][1] < pairs[j][1]
	})
	var encoded []string
	for _, p := range pairs {
		encoded = append(encoded, escape(p[0])+"="+escape(p[1]))
	}
	host, _ := req.Headers.Get("Host")
	path := req.Path
	if path == "" {
		path = "/"
	}
	mac := hmac.New(sha256.New, []byte(fixtures.SecretKey))
	mac.Write([]byte(strings.Join([]string{req.Method, strings.ToLower(host), path, strings.Join(encoded, "&")}, "\n")))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil)), true
}

// escape is RFC 3986 by way of QueryEscape, which differs in the space alone.
func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
