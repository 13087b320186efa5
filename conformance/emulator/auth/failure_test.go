package auth_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"wireproof/codec/wire"
	"wireproof/conformance/emulator/auth"
	"wireproof/fixtures"
)

// shapes are code and status that each service answers: RDS by WIRE.md section
// B.16 (the template of 2012 to 2014, and its row for SignatureDoesNotMatch),
// MediaConnect by section A.8.
var shapes = map[auth.Reason][2]struct {
	code   string
	status int
}{
	auth.Missing:      {{"MissingAuthenticationToken", 403}, {"MissingAuthenticationTokenException", 403}},
	auth.Ambiguous:    {{"IncompleteSignature", 400}, {"IncompleteSignature", 403}},
	auth.Unreadable:   {{"MalformedQueryString", 404}, {"MalformedHttpRequestException", 400}},
	auth.Malformed:    {{"IncompleteSignature", 400}, {"IncompleteSignature", 403}},
	auth.WrongScope:   {{"SignatureDoesNotMatch", 403}, {"InvalidSignatureException", 403}},
	auth.UnknownKey:   {{"InvalidClientTokenId", 403}, {"UnrecognizedClientException", 403}},
	auth.BadToken:     {{"InvalidClientTokenId", 403}, {"UnrecognizedClientException", 403}},
	auth.TokenExpired: {{"ExpiredToken", 403}, {"ExpiredTokenException", 403}},
	auth.BadPayload:   {{"SignatureDoesNotMatch", 403}, {"InvalidSignatureException", 403}},
	auth.BadSignature: {{"SignatureDoesNotMatch", 403}, {"InvalidSignatureException", 403}},
	auth.Expired:      {{"RequestExpired", 400}, {"RequestExpired", 400}},
	auth.Skewed:       {{"RequestExpired", 400}, {"RequestExpired", 400}},
}

func TestShapes(t *testing.T) {
	if len(auth.Reasons()) != len(shapes) {
		t.Errorf("%d reasons, %d in the table", len(auth.Reasons()), len(shapes))
	}
	for _, r := range auth.Reasons() {
		f := &auth.Failure{Reason: r}
		for i, service := range []string{auth.RDS, auth.MediaConnect} {
			s, want := f.Shape(service), shapes[r][i]
			if s.Code != want.code || s.Status != want.status || !s.Sender {
				t.Errorf("%v, %s: got %+v, want %v", r, service, s, want)
			}
		}
	}
}

// ways are the ways to be wrong. Those with a sign function change what is signed,
// the others what was signed already.
var ways = []struct {
	reason string
	want   auth.Reason
	sign   func(*signing)
	send   func(*wire.Request)
	// only says which forms can be wrong so: part of the form's name.
	only        string
	credentials map[string]auth.Secret
}{
	{reason: "another key", want: auth.UnknownKey, sign: func(s *signing) { s.key = "AKIDOTHER" }},
	{reason: "no key", want: auth.Malformed, sign: func(s *signing) { s.key = "" }},
	{reason: "another secret", want: auth.BadSignature, sign: func(s *signing) { s.secret += "x" }},
	{reason: "another secret, and late too", want: auth.BadSignature, sign: func(s *signing) { s.secret, s.at = "x", now.AddDate(-1, 0, 0) }},
	{reason: "a year late", want: auth.Expired, sign: func(s *signing) { s.at = now.AddDate(-1, 0, 0) }},
	{reason: "a year early", want: auth.Skewed, sign: func(s *signing) { s.at = now.AddDate(1, 0, 0) }},
	{reason: "a token that the key has not", want: auth.BadToken, sign: func(s *signing) { s.token = "t" }},
	{reason: "no token, where the key has one", want: auth.BadToken, credentials: withToken("t")},
	{reason: "another token", want: auth.BadToken, sign: func(s *signing) { s.token = "u" }, credentials: withToken("t")},
	{reason: "a longer token", want: auth.BadToken, sign: func(s *signing) { s.token = "tt" }, credentials: withToken("t")},
	{reason: "a token past its time", want: auth.TokenExpired, sign: func(s *signing) { s.token = "t" },
		credentials: map[string]auth.Secret{fixtures.AccessKey: auth.NewSecret(fixtures.SecretKey).WithToken("t", now.Add(-time.Second))}},
	{reason: "another service than was signed", want: auth.BadSignature, only: "V4 RDS", send: swap("rds", "s3")},
	{reason: "a service that is none", want: auth.WrongScope, only: "V4", sign: func(s *signing) { s.scope.Service = "R DS" }},
	{reason: "a region that is none", want: auth.WrongScope, only: "V4", sign: func(s *signing) { s.scope.Region = "EU West" }},
	{reason: "another region than was signed", want: auth.BadSignature, only: "V4", send: swap("eu-west-1", "eu-west-2")},
	{reason: "another date in the scope", want: auth.WrongScope, only: "V4", send: swap("20261121/", "20261122/")},
	{reason: "another date in the scope", want: auth.WrongScope, only: "presigned", send: swap("20261121%2F", "20261122%2F")},
	{reason: "another end of the scope", want: auth.WrongScope, only: "V4", send: swap("aws4_request", "aws5_request")},
	{reason: "another algorithm", want: auth.Malformed, only: "V4", send: swap("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512")},
	{reason: "another method of Version 2", want: auth.Malformed, only: "V2", send: swap("HmacSHA", "HmacMD")},
	{reason: "Version 1", want: auth.Malformed, only: "V2", send: swap("SignatureVersion=2", "SignatureVersion=1")},
	{reason: "a time that is none", want: auth.Malformed, only: "V2", send: swap("Timestamp=2026", "Timestamp=x")},
	{reason: "Timestamp and Expires", want: auth.Malformed, only: "V2", send: swap("Timestamp=", "Expires=2027-01-01T00%3A00%3A00Z&Timestamp=")},
	{reason: "no time", want: auth.Malformed, only: "V2", send: swap("Timestamp=", "Time=")},
	{reason: "no signature", want: auth.Malformed, send: swap("Signature=", "Sig=")},
	{reason: "another signature", want: auth.BadSignature, send: swap("Signature=", "Signature=0")},
	{reason: "no host", want: auth.Malformed, only: "V2", send: func(r *wire.Request) { r.Headers.Set("Host", "") }},
	{reason: "another host", want: auth.BadSignature, send: func(r *wire.Request) { r.Headers.Set("Host", "127.0.0.1") }},
	{reason: "another method", want: auth.BadSignature, only: "V4", send: func(r *wire.Request) { r.Method = "PUT" }},
	{reason: "another body", want: auth.BadSignature, only: "V4", send: func(r *wire.Request) { r.Body += "x" }},
	{reason: "a parameter more", want: auth.BadSignature, only: "V4", send: func(r *wire.Request) { r.Query += "&x=y" }},
	{reason: "a body beside the query", want: auth.Malformed, only: "V2 GET", send: func(r *wire.Request) { r.Body = "x=y" }},
	{reason: "a query beside the body", want: auth.Malformed, only: "V2 POST", send: func(r *wire.Request) { r.Query = "x=y" }},
	{reason: "a path of nobody", want: auth.BadSignature, send: func(r *wire.Request) { r.Path = "/v2" }},
	{reason: "a key twice", want: auth.Malformed, only: "V2", send: swap("AWSAccessKeyId=", "AWSAccessKeyId=a&AWSAccessKeyId=")},
	{reason: "a token twice", want: auth.Malformed, only: "V2", send: swap("AWSAccessKeyId=", "SecurityToken=a&SecurityToken=b&AWSAccessKeyId=")},
	{reason: "a date twice", want: auth.Ambiguous, only: "presigned", send: func(r *wire.Request) { r.Query += "&X-Amz-Date=20261121T220000Z" }},
	{reason: "both versions", want: auth.Ambiguous, only: "V4", send: func(r *wire.Request) { r.Query += "&AWSAccessKeyId=a" }},
	{reason: "both versions, one in the form", want: auth.Ambiguous, only: "V4 RDS POST", send: func(r *wire.Request) { r.Body += "&AWSAccessKeyId=a" }},
	{reason: "Version 4 in the header of a request of Version 2", want: auth.Ambiguous, only: "V2", send: func(r *wire.Request) {
		r.Headers.Set("Authorization", "AWS4-HMAC-SHA256 Credential=a/20261121/r/rds/aws4_request, SignedHeaders=host, Signature=x")
	}},
	{reason: "a header of a presigned request", want: auth.Ambiguous, only: "presigned", send: func(r *wire.Request) { r.Headers.Set("Authorization", "x") }},
	{reason: "another scheme", want: auth.Malformed, only: "V4 RDS POST", send: func(r *wire.Request) { r.Headers.Set("Authorization", "Bearer "+fixtures.SecretKey) }},
	{reason: "a lifetime past seven days", want: auth.Malformed, only: "presigned", send: func(r *wire.Request) { r.Query += "&X-Amz-Expires=604801" }},
	{reason: "an X-Amz- header that is not signed", want: auth.BadSignature, only: "V4", send: func(r *wire.Request) { r.Headers.Set("X-Amz-Target", "x") }},
	{reason: "a hash of another body", want: auth.BadPayload, only: "V4", send: hashed(strings.Repeat("0", 64))},
	{reason: "no hash", want: auth.BadPayload, only: "V4", send: hashed("UNSIGNED-PAYLOAD")},
	{reason: "too many parameters", want: auth.Unreadable, only: "V4", send: func(r *wire.Request) { r.Query += strings.Repeat("&a=", wire.MaxParameters+1) }},
	{reason: "too many parameters", want: auth.Unreadable, only: "V2", send: func(r *wire.Request) {
		r.Query += strings.Repeat("&a=", wire.MaxParameters+1)
		r.Body += strings.Repeat("&a=", wire.MaxParameters+1)
	}},
	{reason: "Version 2, of MediaConnect", want: auth.Missing, only: "V2", send: func(r *wire.Request) { r.Path = "/v1/offerings" }},
	{reason: "not signed", want: auth.Missing, send: func(r *wire.Request) { *r = wire.Request{Method: r.Method, Path: r.Path, Headers: r.Headers[:1]} }},
	{reason: "not signed, no words either", want: auth.Missing, send: func(r *wire.Request) { *r = wire.Request{} }},
}

// swap replaces a text wherever the signature is.
func swap(old, new string) func(*wire.Request) {
	return func(r *wire.Request) {
		a, _ := r.Headers.Get("Authorization")
		if a != "" {
			r.Headers.Set("Authorization", strings.Replace(a, old, new, 1))
		}
		r.Query, r.Body = strings.Replace(r.Query, old, new, 1), strings.Replace(r.Body, old, new, 1)
	}
}

// hashed gives the hash of the body where the form has its place for it, and says
// that it is signed.
func hashed(hash string) func(*wire.Request) {
	return func(r *wire.Request) {
		if _, ok := r.Headers.Get("Authorization"); ok {
			swap("host;", "host;x-amz-content-sha256;")(r)
			r.Headers.Set("X-Amz-Content-Sha256", hash)
			return
		}
		r.Query += "&X-Amz-Content-Sha256=" + hash
	}
}

// Every way to be wrong gives its reason, in every form that can be wrong so, and
// no word of what is secret.
func TestWays(t *testing.T) {
	seen := map[auth.Reason]bool{}
	for _, way := range ways {
		checked := 0
		for _, f := range forms() {
			if !strings.Contains(f.name, way.only) || strings.HasPrefix(way.reason, "another date") && way.only == "V4" && f.presigned {
				continue
			}
			r := f.signed(t, way.sign)
			if way.send != nil {
				before := fmt.Sprint(r)
				way.send(&r)
				if fmt.Sprint(r) == before {
					t.Errorf("%s, %s: nothing has changed", f.name, way.reason)
				}
			}
			id, failure := verifier(t, now, way.credentials).Check(&r)
			if reasonOf(failure) != way.want {
				t.Errorf("%s, %s: got %v, want %v", f.name, way.reason, failure, way.want)
				continue
			}
			checked++
			seen[way.want] = true
			if id.Signed || id.Account == "" || id.Region == "" {
				t.Errorf("%s, %s: identity %+v", f.name, way.reason, id)
			}
			for _, secret := range []string{fixtures.SecretKey, "SecurityToken=", `"t"`, `"u"`} {
				if strings.Contains(failure.Error(), secret) {
					t.Errorf("%s, %s: it says %s", f.name, way.reason, failure)
				}
			}
			if failure.Message == "" || len(failure.Message) > 300 {
				t.Errorf("%s, %s: message %q", f.name, way.reason, failure.Message)
			}
			off, err := auth.New(auth.Options{})
			must(t, err)
			if id, failure := off.Check(&r); failure != nil || id.Signed || id.Account == "" || id.Region == "" {
				t.Errorf("%s, %s, off: %+v, %v", f.name, way.reason, id, failure)
			}
		}
		if checked == 0 {
			t.Errorf("%s: no form was wrong so", way.reason)
		}
	}
	for _, r := range auth.Reasons() {
		if !seen[r] {
			t.Errorf("no way to be %v", r)
		}
	}
}
