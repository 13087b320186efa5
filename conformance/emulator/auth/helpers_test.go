package auth_test

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"wireproof/codec/sigv2"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator/auth"
	"wireproof/conformance/exchange"
	"wireproof/conformance/sigv4"
	"wireproof/fixtures"
)

var now = time.Date(2026, 11, 21, 22, 0, 0, 0, time.UTC)

// verifier makes one in mode verify, with the clock at a time.
func verifier(t testing.TB, at time.Time, credentials map[string]auth.Secret) *auth.Verifier {
	t.Helper()
	v, err := auth.New(auth.Options{Mode: auth.Verify, Credentials: credentials, Now: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// withToken has the dummy pair as temporary credentials.
func withToken(token string) map[string]auth.Secret {
	if token == "" {
		return nil
	}
	return map[string]auth.Secret{fixtures.AccessKey: auth.NewSecret(fixtures.SecretKey).WithToken(token, time.Time{})}
}

// signing is what a request is signed with and how.
type signing struct {
	key, secret, token string
	at                 time.Time
	lifetime           time.Duration // 0: no Expires
	scope              sigv4.Scope
}

// form is a way to sign a request to a service.
type form struct {
	name    string
	service string
	version string
	// presigned forms can have a lifetime.
	presigned bool
	request   wire.Request
	sign      func(testing.TB, *wire.Request, signing)
}

func (f form) signed(t testing.TB, change func(*signing)) wire.Request {
	t.Helper()
	s := signing{key: fixtures.AccessKey, secret: fixtures.SecretKey, at: now, scope: sigv4.Scope{Service: f.service, Region: "eu-west-1"}}
	if change != nil {
		change(&s)
	}
	r := f.request
	r.Headers = slices.Clone(r.Headers)
	f.sign(t, &r, s)
	return r
}

func forms() []form {
	const query = "Action=DescribeReservedDBInstances&Version=2014-10-31&OfferingType=Medium+Utilization"
	host := wire.Headers{{Name: "Host", Value: "127.0.0.1:4599"}}
	typed := append(slices.Clone(host), wire.HeaderField{Name: "Content-Type", Value: "application/x-www-form-urlencoded"})
	get := wire.Request{Method: "GET", Path: "/", Query: query, Headers: host}
	post := wire.Request{Method: "POST", Path: "/", Body: query, Headers: typed}
	mc := wire.Request{Method: "POST", Path: "/v1/offerings/arn%3Aaws%3Aa%2Fb", Body: `{"start":"x"}`, Headers: host}
	version2 := func(method sigv2.Method) func(testing.TB, *wire.Request, signing) {
		return func(t testing.TB, r *wire.Request, s signing) {
			signer := sigv2.Signer{AccessKeyID: s.key, SecretAccessKey: s.secret, SecurityToken: s.token, Method: method, Lifetime: s.lifetime}
			must(t, signer.Sign(r, s.at))
		}
	}
	header := func(t testing.TB, r *wire.Request, s signing) {
		must(t, sigv4.Sign(t.Context(), r, sigv4.Credentials{AccessKey: s.key, SecretKey: s.secret, SessionToken: s.token}, s.scope, s.at))
	}
	presign := func(t testing.TB, r *wire.Request, s signing) {
		must(t, sigv4.Presign(r, sigv4.Credentials{AccessKey: s.key, SecretKey: s.secret, SessionToken: s.token}, s.scope, s.at, s.lifetime))
	}
	return []form{
		{"V2 GET SHA-256", auth.RDS, auth.Version2, true, get, version2(sigv2.HmacSHA256)},
		{"V2 GET SHA-1", auth.RDS, auth.Version2, true, get, version2(sigv2.HmacSHA1)},
		{"V2 POST SHA-256", auth.RDS, auth.Version2, true, post, version2(sigv2.HmacSHA256)},
		{"V2 POST SHA-1", auth.RDS, auth.Version2, true, post, version2(sigv2.HmacSHA1)},
		{"V4 RDS GET", auth.RDS, auth.Version4, false, get, header},
		{"V4 RDS POST", auth.RDS, auth.Version4, false, post, header},
		{"V4 MediaConnect", auth.MediaConnect, auth.Version4, false, mc, header},
		{"V4 RDS presigned", auth.RDS, auth.Version4, true, get, presign},
		{"V4 MediaConnect presigned", auth.MediaConnect, auth.Version4, true, mc, presign},
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// signedRequest is a request that a client signed, with all to verify it.
type signedRequest struct {
	name    string
	request wire.Request
	at      time.Time
	token   string
	region  string
	service string
	version string
}

// captured gives all captures. Some have a service in their scope that is none
// here, awsssoportal or 127: those of js3new, whose client stood in for a newer one
// of MediaConnect, and those of boto 2, which takes it from the host 127.0.0.1.
func captured(t testing.TB) []signedRequest {
	t.Helper()
	captures, err := fixtures.Captures()
	must(t, err)
	var all []signedRequest
	for _, c := range captures {
		r, err := exchange.ParseRequest(string(c.Raw))
		must(t, err)
		s := signedRequest{name: c.Name, request: r.Request, service: c.Service, version: auth.Version4, region: "us-east-1"}
		stamp, _ := r.Request.Headers.Get("X-Amz-Date")
		if strings.Contains(c.Name, "-token-") {
			s.token = "SESSION/TOKEN+=="
		}
		for _, p := range c.Pairs {
			switch p.Name {
			case "Timestamp":
				s.version = auth.Version2
				stamp = strings.NewReplacer("-", "", ":", "").Replace(p.Value)
			case "X-Amz-Date":
				stamp = p.Value
			}
		}
		if s.at, err = time.Parse("20060102T150405Z", stamp); err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		if c.Client == "js3new" || c.Client == "boto2" && s.version == auth.Version4 {
			s.service = ""
		}
		if c.Client == "boto2" && s.version == auth.Version4 {
			s.region = "0"
		}
		all = append(all, s)
	}
	return all
}

// vectors gives all signing vectors as requests.
func vectors(t testing.TB) []signedRequest {
	t.Helper()
	list, err := fixtures.SigningVectors()
	must(t, err)
	var all []signedRequest
	for _, v := range list {
		s := signedRequest{name: v.Name, version: auth.Version4, region: "us-east-1"}
		s.service, _, _ = strings.Cut(v.Host, ".")
		s.request = wire.Request{Method: v.Method, Path: v.Path, Query: v.Query, Body: v.Body}
		s.request.Headers.Set("Host", v.Host)
		if v.Kind == "sigv2" {
			s.version = auth.Version2
			values := url.Values{}
			for name, value := range v.Params {
				values.Set(name, value)
			}
			s.token = v.Params["SecurityToken"]
			text := values.Encode() + "&Signature=" + v.SignatureURLEncoded
			if v.Method == "GET" {
				s.request.Query = text
			} else {
				s.request.Body = text
			}
			s.at, err = time.Parse(time.RFC3339, v.Params["Timestamp"])
		} else {
			s.request.Headers.Set("Authorization", v.Authorization)
			for name, value := range v.Headers {
				s.request.Headers.Set(name, value)
			}
			s.token = v.Headers["x-amz-security-token"]
			s.at, err = time.Parse("20060102T150405Z", v.Headers["x-amz-date"])
		}
		must(t, err)
		all = append(all, s)
	}
	return all
}

// canonical says in its own way, with net/url and path, what a signature covers:
// requests with the same text may verify with the same signature, others not.
func canonical(r *wire.Request) string {
	authorization, header := r.Headers.Get("Authorization")
	host, _ := r.Headers.Get("Host")
	p := path.Clean(r.Path)
	if strings.HasSuffix(r.Path, "/") && p != "/" {
		p += "/"
	}
	query := parameters(r.Query)
	lines := []string{r.Method, p, query}
	switch {
	case !header && !strings.Contains(query, "X-Amz-Signature"):
		return strings.Join([]string{r.Method, strings.ToLower(host), r.Path, query, parameters(r.Body)}, "\n")
	case header:
		_, names, _ := strings.Cut(authorization, "SignedHeaders=")
		names, _, _ = strings.Cut(names, ",")
		stamp, _ := r.Headers.Get("X-Amz-Date")
		lines = append(lines, strings.Join(strings.Fields(strings.ReplaceAll(authorization, ",", ", ")), " "), stamp)
		for name := range strings.SplitSeq(names, ";") {
			var values []string
			for _, h := range r.Headers {
				if strings.EqualFold(h.Name, name) {
					values = append(values, strings.Join(strings.FieldsFunc(h.Value, func(r rune) bool { return r == ' ' }), " "))
				}
			}
			lines = append(lines, name+":"+strings.Join(values, ","))
		}
	default:
		lines = append(lines, host)
	}
	return strings.Join(append(lines, r.Body), "\n")
}

// parameters sorts the decoded pairs. A text that net/url refuses is its own form.
func parameters(text string) string {
	values, err := url.ParseQuery(text)
	if err != nil {
		return text
	}
	var pairs []string
	for name, list := range values {
		for _, value := range list {
			pairs = append(pairs, url.QueryEscape(name)+"="+url.QueryEscape(value))
		}
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}
