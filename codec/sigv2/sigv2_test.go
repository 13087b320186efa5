package sigv2_test

import (
	"errors"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"wireproof/codec/querywire"
	"wireproof/codec/sigv2"
	"wireproof/codec/wire"
	"wireproof/fixtures"
)

// requestOf makes the request of a vector; signature is left out where empty.
func requestOf(v fixtures.SigningVector, signature string) *wire.Request {
	var names []string
	for name := range v.Params {
		names = append(names, name)
	}
	sort.Strings(names)
	var w querywire.Writer
	for i := range names { // backwards: the order on the wire does not count
		name := names[len(names)-1-i]
		w.Pair(name, v.Params[name])
	}
	if signature != "" {
		w.Pair("Signature", signature)
	}
	req := &wire.Request{Method: v.Method, Path: v.Path, Headers: wire.Headers{{Name: "Host", Value: v.Host}}}
	if v.Method == "POST" {
		req.Body = string(w.Buf)
	} else {
		req.Query = string(w.Buf)
	}
	return req
}

func vectors(t testing.TB) (list []fixtures.SigningVector) {
	all, err := fixtures.SigningVectors()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range all {
		if v.Kind == "sigv2" {
			list = append(list, v)
		}
	}
	if len(list) < 6 {
		t.Fatalf("%d vectors", len(list))
	}
	return list
}

func TestVectors(t *testing.T) {
	for _, v := range vectors(t) {
		req := requestOf(v, v.Signature)
		text, err := sigv2.StringToSign(req)
		if err != nil || text != v.StringToSign {
			t.Errorf("%s: string to sign\n%s\n%v, want\n%s", v.Name, text, err, v.StringToSign)
		}
		if err := sigv2.Verify(req, fixtures.SecretKey); err != nil {
			t.Errorf("%s: %v", v.Name, err)
		}
		if err := sigv2.Verify(req, fixtures.SecretKey+"x"); !errors.Is(err, sigv2.ErrMismatch) {
			t.Errorf("%s: another secret: %v", v.Name, err)
		}
	}
}

// TestSignVectors signs what the vectors sign, and must come to the same
// signature. Those with milliseconds have a Timestamp that Sign does not write.
func TestSignVectors(t *testing.T) {
	signed := 0
	for _, v := range vectors(t) {
		now, err := time.Parse("2006-01-02T15:04:05Z", v.Params["Timestamp"])
		if err != nil {
			t.Fatal(err)
		}
		if now.Nanosecond() != 0 {
			continue
		}
		signed++
		own := v
		own.Params = map[string]string{}
		for name, value := range v.Params {
			switch name {
			case "AWSAccessKeyId", "SignatureVersion", "SignatureMethod", "Timestamp", "SecurityToken":
			default:
				own.Params[name] = value
			}
		}
		req := requestOf(own, "")
		signer := sigv2.Signer{
			AccessKeyID: v.Params["AWSAccessKeyId"], SecretAccessKey: fixtures.SecretKey,
			SecurityToken: v.Params["SecurityToken"], Method: sigv2.Method(v.Params["SignatureMethod"]),
		}
		if err := signer.Sign(req, now); err != nil {
			t.Fatal(err)
		}
		p, err := sigv2.ReadParameters(req)
		if err != nil || p.Signature.Value != v.Signature {
			t.Errorf("%s: %q, %v, want %q", v.Name, p.Signature.Value, err, v.Signature)
		}
	}
	if signed == 0 {
		t.Error("no vector was signed")
	}
}

// captured gives the captured requests with a Version 2 signature.
func captured(t testing.TB) map[string]*wire.Request {
	all, err := fixtures.Captures()
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]*wire.Request{}
	for _, c := range all {
		if !strings.Contains(c.Name, "sigv2") {
			continue
		}
		req := &wire.Request{Method: c.Method}
		req.Path, req.Query, _ = strings.Cut(c.Target, "?")
		for _, h := range c.Headers {
			req.Headers = append(req.Headers, wire.HeaderField(h))
		}
		_, req.Body, _ = strings.Cut(string(c.Raw), "\r\n\r\n")
		list[c.Name] = req
	}
	if len(list) < 4 {
		t.Fatalf("%d captures", len(list))
	}
	return list
}

func TestCaptures(t *testing.T) {
	for name, req := range captured(t) {
		if err := sigv2.Verify(req, fixtures.SecretKey); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFlippedBits: no bit of what is signed can change. A flip that leaves the
// decoded parameters as they were (the case of an escape's digits) is none.
func TestFlippedBits(t *testing.T) {
	for name, req := range captured(t) {
		original, err := sigv2.StringToSign(req)
		if err != nil {
			t.Fatal(err)
		}
		signature, _ := sigv2.ReadParameters(req)
		flipped, same := 0, 0
		flip := func(field *string) {
			text := *field
			for i := range len(text) * 8 {
				b := []byte(text)
				b[i/8] ^= 1 << (i % 8)
				*field = string(b)
				err := sigv2.Verify(req, fixtures.SecretKey)
				now, _ := sigv2.StringToSign(req)
				p, _ := sigv2.ReadParameters(req)
				if now == original && p == signature {
					same++
					if err != nil {
						t.Errorf("%s: %s: the same request, but %v", name, *field, err)
					}
				} else if flipped++; err == nil {
					t.Errorf("%s: %s verifies", name, *field)
				}
			}
			*field = text
		}
		flip(&req.Method)
		flip(&req.Path)
		flip(&req.Query)
		flip(&req.Body)
		for i := range req.Headers {
			if req.Headers[i].Name == "Host" {
				flip(&req.Headers[i].Value)
			}
		}
		if flipped < 1000 || same > flipped/20 {
			t.Errorf("%s: %d flips that count, %d that do not", name, flipped, same)
		}
	}
}

func TestHost(t *testing.T) {
	v := vectors(t)[0]
	req := requestOf(v, v.Signature)
	req.Headers.Set("Host", "RDS.AmazonAWS.com")
	if err := sigv2.Verify(req, fixtures.SecretKey); err != nil {
		t.Errorf("the host is signed in lower case: %v", err)
	}
	req.Headers.Set("Host", v.Host+":8080")
	if err := sigv2.Verify(req, fixtures.SecretKey); !errors.Is(err, sigv2.ErrMismatch) {
		t.Errorf("the port is part of the host: %v", err)
	}
	req = requestOf(v, v.Signature)
	req.Path = ""
	if err := sigv2.Verify(req, fixtures.SecretKey); err != nil {
		t.Errorf("an empty path is /: %v", err)
	}
}

const complete = "Action=A&AWSAccessKeyId=AKIDEXAMPLE&SignatureVersion=2&SignatureMethod=HmacSHA256&Timestamp=2011-05-10T18%3A31%3A36Z&Signature=eA%3D%3D"

func TestVerifyErrors(t *testing.T) {
	without := func(name string) string {
		var kept []string
		for _, p := range strings.Split(complete, "&") {
			if !strings.HasPrefix(p, name+"=") {
				kept = append(kept, p)
			}
		}
		return strings.Join(kept, "&")
	}
	host := wire.Headers{{Name: "host", Value: "h"}}
	for _, tt := range []struct {
		name   string
		req    wire.Request
		err    error
		about  string
		reason string
	}{
		{"mismatch", wire.Request{Method: "GET", Query: complete, Headers: host}, sigv2.ErrMismatch, "Signature", "all is there but the right signature"},
		{"no key", wire.Request{Method: "GET", Query: without("AWSAccessKeyId"), Headers: host}, sigv2.ErrMissing, "AWSAccessKeyId", "whose secret?"},
		{"no version", wire.Request{Method: "GET", Query: without("SignatureVersion"), Headers: host}, sigv2.ErrMissing, "SignatureVersion", "required"},
		{"no method", wire.Request{Method: "GET", Query: without("SignatureMethod"), Headers: host}, sigv2.ErrMissing, "SignatureMethod", "required"},
		{"no signature", wire.Request{Method: "GET", Query: without("Signature"), Headers: host}, sigv2.ErrMissing, "Signature", "required"},
		{"empty signature", wire.Request{Method: "GET", Query: without("Signature") + "&Signature=", Headers: host}, sigv2.ErrMissing, "Signature", "empty is none"},
		{"no time", wire.Request{Method: "GET", Query: without("Timestamp"), Headers: host}, sigv2.ErrMissing, "Timestamp", "neither Timestamp nor Expires"},
		{"both times", wire.Request{Method: "GET", Query: complete + "&Expires=2011-05-10T18%3A31%3A36Z", Headers: host}, sigv2.ErrTimestampAndExpires, "Expires", "one or the other"},
		{"version 1", wire.Request{Method: "GET", Query: strings.Replace(complete, "Version=2", "Version=1", 1), Headers: host}, sigv2.ErrSignatureVersion, "SignatureVersion", "only 2"},
		{"MD5", wire.Request{Method: "GET", Query: strings.Replace(complete, "SHA256", "MD5", 1), Headers: host}, sigv2.ErrSignatureMethod, "SignatureMethod", "two methods"},
		{"no host", wire.Request{Method: "GET", Query: complete}, sigv2.ErrMissing, "Host", "the host is signed"},
		{"repeated", wire.Request{Method: "GET", Query: complete + "&Signature=x", Headers: host}, sigv2.ErrRepeated, "Signature", "which one counts?"},
		{"PUT", wire.Request{Method: "PUT", Query: complete, Headers: host}, sigv2.ErrMethod, "", "GET and POST only"},
		{"body of a GET", wire.Request{Method: "GET", Query: complete, Body: "Action=B", Headers: host}, sigv2.ErrUnsigned, "", "a body would not be signed"},
		{"query of a POST", wire.Request{Method: "POST", Body: complete, Query: "Action=B", Headers: host}, sigv2.ErrUnsigned, "", "a query would not be signed"},
		{"too many", wire.Request{Method: "POST", Body: strings.Repeat("a=b&", wire.MaxParameters) + complete, Headers: host}, wire.ErrTooMany, "", "the limit holds here too"},
	} {
		err := sigv2.Verify(&tt.req, fixtures.SecretKey)
		if !errors.Is(err, tt.err) {
			t.Errorf("%s: %v, want %v: %s", tt.name, err, tt.err, tt.reason)
		}
		var e *sigv2.Error
		if errors.As(err, &e) && e.Name != tt.about {
			t.Errorf("%s: about %q, want %q", tt.name, e.Name, tt.about)
		}
	}
}

func TestCheckTime(t *testing.T) {
	now := time.Date(2011, 5, 10, 18, 31, 36, 0, time.UTC)
	at := func(d time.Duration) wire.Opt[string] {
		return wire.Some(now.Add(d).Format("2006-01-02T15:04:05Z"))
	}
	const skew = 15 * time.Minute
	for _, tt := range []struct {
		name string
		p    sigv2.Parameters
		err  error
	}{
		{"now", sigv2.Parameters{Timestamp: at(0)}, nil},
		{"milliseconds", sigv2.Parameters{Timestamp: wire.Some("2011-05-10T18:31:36.118Z")}, nil},
		{"as old as allowed", sigv2.Parameters{Timestamp: at(-skew)}, nil},
		{"older", sigv2.Parameters{Timestamp: at(-skew - time.Second)}, sigv2.ErrExpired},
		{"as far ahead as allowed", sigv2.Parameters{Timestamp: at(skew)}, nil},
		{"further", sigv2.Parameters{Timestamp: at(skew + time.Second)}, sigv2.ErrFuture},
		{"expires now", sigv2.Parameters{Expires: at(0)}, nil},
		{"expires next year", sigv2.Parameters{Expires: at(365 * 24 * time.Hour)}, nil},
		{"expired", sigv2.Parameters{Expires: at(-time.Second)}, sigv2.ErrExpired},
		{"both", sigv2.Parameters{Expires: at(0), Timestamp: at(0)}, sigv2.ErrTimestampAndExpires},
		{"neither", sigv2.Parameters{}, sigv2.ErrMissing},
		{"no time", sigv2.Parameters{Timestamp: wire.Some("yesterday")}, sigv2.ErrTimeFormat},
		{"empty", sigv2.Parameters{Expires: wire.Some("")}, sigv2.ErrTimeFormat},
	} {
		if err := tt.p.CheckTime(now, skew); !errors.Is(err, tt.err) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.err)
		}
	}
}

func TestSignErrors(t *testing.T) {
	signer := sigv2.Signer{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: fixtures.SecretKey}
	now := time.Date(2011, 5, 10, 18, 31, 36, 0, time.UTC)
	host := wire.Headers{{Name: "Host", Value: "h"}}
	for _, tt := range []struct {
		name   string
		signer sigv2.Signer
		req    wire.Request
		err    error
	}{
		{"signed already", signer, wire.Request{Method: "GET", Query: complete, Headers: host}, sigv2.ErrSigned},
		{"signature alone", signer, wire.Request{Method: "GET", Query: "Signature=x", Headers: host}, sigv2.ErrSigned},
		{"no host", signer, wire.Request{Method: "GET", Query: "Action=A"}, sigv2.ErrMissing},
		{"method", sigv2.Signer{Method: "HmacMD5"}, wire.Request{Method: "GET", Headers: host}, sigv2.ErrSignatureMethod},
		{"HTTP method", signer, wire.Request{Method: "DELETE", Headers: host}, sigv2.ErrMethod},
	} {
		before := tt.req.Query
		if err := tt.signer.Sign(&tt.req, now); !errors.Is(err, tt.err) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.err)
		}
		if tt.req.Query != before {
			t.Errorf("%s: the request has changed: %s", tt.name, tt.req.Query)
		}
	}
}

func TestSignRoundTrip(t *testing.T) {
	now := time.Date(2011, 5, 10, 18, 31, 36, 118e6, time.FixedZone("", 7200))
	for _, method := range []sigv2.Method{"", sigv2.HmacSHA1, sigv2.HmacSHA256} {
		for _, lifetime := range []time.Duration{0, time.Minute} {
			signer := sigv2.Signer{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: fixtures.SecretKey, SecurityToken: "a+b/c=", Method: method, Lifetime: lifetime}
			for _, req := range []*wire.Request{
				{Method: "GET", Path: "/", Query: "Action=A&x=a+b", Headers: wire.Headers{{Name: "Host", Value: "h"}}},
				{Method: "POST", Path: "/", Body: "Action=A", Headers: wire.Headers{{Name: "Host", Value: "h"}, {Name: "Content-Length", Value: "8"}}},
			} {
				if err := signer.Sign(req, now); err != nil {
					t.Fatal(err)
				}
				if err := sigv2.Verify(req, fixtures.SecretKey); err != nil {
					t.Errorf("%s %s%s: %v", req.Method, req.Query, req.Body, err)
				}
				p, _ := sigv2.ReadParameters(req)
				if err := p.CheckTime(now, time.Second); err != nil {
					t.Error(err)
				}
				if p.Expires.IsPresent() != (lifetime > 0) {
					t.Errorf("lifetime %v: %+v", lifetime, p)
				}
				if length, ok := req.Headers.Get("Content-Length"); ok && length != strconv.Itoa(len(req.Body)) {
					t.Errorf("Content-Length %s of %d bytes", length, len(req.Body))
				}
			}
		}
	}
}
