package auth_test

import (
	"slices"
	"strings"
	"testing"

	"wireproof/codec/wire"
	"wireproof/conformance/emulator/auth"
)

// parts gives all of a request that a signature covers, and the signature.
func parts(r *wire.Request) map[string]*string {
	r.Headers = slices.Clone(r.Headers)
	all := map[string]*string{"method": &r.Method, "path": &r.Path, "query": &r.Query, "body": &r.Body}
	authorization, _ := r.Headers.Get("Authorization")
	_, names, _ := strings.Cut(authorization, "SignedHeaders=")
	names, _, _ = strings.Cut(names, ",")
	for i, h := range r.Headers {
		name := strings.ToLower(h.Name)
		if name == "host" || name == "authorization" || slices.Contains(strings.Split(names, ";"), name) {
			all[name] = &r.Headers[i].Value
		}
	}
	return all
}

// allowed says why a request may be refused in which one bit of a part differs.
// Where it is nothing but a bad signature, the part has no form of its own.
func allowed(version, part string, text string, at int) []auth.Reason {
	own := version == auth.Version2 && inParameters(text, at, "AWSAccessKeyId", "Signature", "SignatureVersion", "SignatureMethod", "Timestamp", "Expires", "SecurityToken") ||
		version == auth.Version4 && part == "query" && strings.Contains(text, "X-Amz-Signature=") && at >= strings.Index(text, "X-Amz-")-1
	switch {
	case part == "authorization":
		return []auth.Reason{auth.Malformed, auth.Ambiguous, auth.WrongScope, auth.UnknownKey, auth.BadSignature}
	case part == "x-amz-date":
		return []auth.Reason{auth.Malformed, auth.WrongScope, auth.BadSignature}
	case part == "x-amz-security-token":
		return []auth.Reason{auth.BadToken}
	case part == "x-amz-content-sha256":
		return []auth.Reason{auth.BadPayload}
	case own:
		return []auth.Reason{auth.Missing, auth.Malformed, auth.Ambiguous, auth.WrongScope, auth.UnknownKey, auth.BadToken, auth.BadPayload, auth.BadSignature}
	case part == "method" && version == auth.Version2: // neither GET nor POST
		return []auth.Reason{auth.Malformed, auth.Missing}
	case part == "host" && version == auth.Version2 && strings.TrimSpace(text) == "":
		return []auth.Reason{auth.Malformed}
	case part == "path", part == "body":
		return []auth.Reason{auth.BadSignature, auth.BadPayload}
	}
	return []auth.Reason{auth.BadSignature}
}

// inParameters reports whether at is in one of these pairs, or on the ampersand
// beside one.
func inParameters(text string, at int, names ...string) bool {
	offset := 0
	for pair := range strings.SplitSeq(text, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if slices.Contains(names, name) && offset-1 <= at && at <= offset+len(pair) {
			return true
		}
		offset += len(pair) + 1
	}
	return false
}

// flip checks one request with one bit changed, unless that changes nothing that
// is signed.
func flip(t *testing.T, v *auth.Verifier, s signedRequest, part string, at, bit int) (refused bool) {
	r := s.request
	before := canonical(&r)
	into := parts(&r)[part]
	original := *into
	changed := []byte(original)
	changed[at] ^= 1 << bit
	*into = string(changed)
	_, failure := v.Check(&r)
	switch {
	case failure == nil && canonical(&r) != before:
		t.Errorf("%s: %s %q verifies, signed as %q", s.name, part, *into, original)
	case failure != nil && !slices.Contains(allowed(s.version, part, original, at), failure.Reason):
		t.Errorf("%s: %s %q, signed as %q: %v", s.name, part, *into, original, failure)
	}
	return failure != nil
}

// Each bit of what is signed counts, and of the signature: in each form all of
// them, in captures and vectors one of each byte.
func TestFlips(t *testing.T) {
	refused, accepted := 0, 0
	count := func(is bool) {
		if is {
			refused++
		} else {
			accepted++
		}
	}
	for _, f := range forms() {
		s := signedRequest{name: f.name, request: f.signed(t, func(s *signing) { s.token = "a/b+c" }), version: f.version}
		v := verifier(t, now, withToken("a/b+c"))
		if _, failure := v.Check(&s.request); failure != nil {
			t.Fatal(failure)
		}
		for part, text := range parts(&s.request) {
			for i := range 8 * len(*text) {
				count(flip(t, v, s, part, i/8, i%8))
			}
		}
	}
	for i, s := range append(captured(t), vectors(t)...) {
		if s.service == "" || testing.Short() && i%10 != 0 {
			continue
		}
		v := verifier(t, s.at, withToken(s.token))
		for part, text := range parts(&s.request) {
			for at := range len(*text) {
				count(flip(t, v, s, part, at, (i+at)%8))
			}
		}
	}
	t.Logf("%d refused, %d mean the same", refused, accepted)
	if refused < 10_000 || accepted > refused/50 {
		t.Errorf("%d refused, %d mean the same", refused, accepted)
	}
}

// FuzzCheck: no panic; no failure in mode off; nothing verifies that is not
// canonically one of the requests that were signed.
func FuzzCheck(f *testing.F) {
	signed := map[string]bool{}
	for _, form := range forms() {
		r := form.signed(f, nil)
		signed[canonical(&r)] = true
		a, _ := r.Headers.Get("Authorization")
		d, _ := r.Headers.Get("X-Amz-Date")
		h, _ := r.Headers.Get("Host")
		c, _ := r.Headers.Get("Content-Type")
		f.Add(r.Method, r.Path, r.Query, r.Body, h, a, d, c)
	}
	v := verifier(f, now, nil)
	off, err := auth.New(auth.Options{})
	must(f, err)
	f.Fuzz(func(t *testing.T, method, path, query, body, host, authorization, date, contentType string) {
		r := wire.Request{Method: method, Path: path, Query: query, Body: body}
		for _, h := range []wire.HeaderField{{Name: "Host", Value: host}, {Name: "Authorization", Value: authorization}, {Name: "X-Amz-Date", Value: date}, {Name: "Content-Type", Value: contentType}} {
			if h.Value != "" {
				r.Headers = append(r.Headers, h)
			}
		}
		id, failure := off.Check(&r)
		if failure != nil || id.Signed || len(id.Account) != 12 || id.Region == "" {
			t.Fatalf("off: %+v, %v", id, failure)
		}
		id, failure = v.Check(&r)
		if id.Signed != (failure == nil) {
			t.Fatalf("%+v, %v", id, failure)
		}
		if failure == nil && !signed[canonical(&r)] {
			t.Fatalf("verifies: %+v\n%q", r, canonical(&r))
		}
		if failure != nil && (failure.Shape(auth.RDS) == nil || failure.Shape(auth.MediaConnect) == nil) {
			t.Fatal(failure)
		}
	})
}
