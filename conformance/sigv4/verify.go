package sigv4

import (
	"crypto/subtle"
	"fmt"
	"strings"
	"time"

	"wireproof/codec/wire"
)

// Verify proves that the signature is the one that the secret key makes of r, the
// request that it was read from. It compares in constant time, and does not look
// at the clock, the scope, the access key and the token.
//
// Host, and every X-Amz- header that r has, must be among the signed headers, but
// for X-Amz-Date, which is signed in any case. Where r gives the hash of its body,
// it must be right. It fails with [ErrUnsigned], [ErrPayload], [ErrMismatch].
func (s *Signature) Verify(r *wire.Request, secretKey string) error {
	c, err := s.canonical(r)
	if err != nil {
		return err
	}
	if s.matches(c.request(r.Path), secretKey) {
		return nil
	}
	if strings.Contains(r.Path, "//") || strings.Contains(r.Path, "/.") {
		if s.matches(c.request(cleanPath(r.Path)), secretKey) {
			return nil
		}
	}
	return ErrMismatch
}

func (s *Signature) matches(request []byte, secretKey string) bool {
	want := sign(secretKey, s.at, s.date, s.Scope, request)
	return subtle.ConstantTimeCompare([]byte(want), []byte(s.signature)) == 1
}

func (s *Signature) canonical(r *wire.Request) (*canonical, error) {
	c := &canonical{method: r.Method, payload: hash(r.Body)}
	if !s.signs("host") {
		return nil, fmt.Errorf("%w: Host", ErrUnsigned)
	}
	for _, h := range r.Headers {
		if len(h.Name) < 6 || !strings.EqualFold(h.Name[:6], "x-amz-") {
			continue
		}
		name := strings.ToLower(h.Name)
		if !s.signs(name) && (s.Presigned || name != "x-amz-date") {
			return nil, fmt.Errorf("%w: %s", ErrUnsigned, wire.Quote(h.Name))
		}
		if name == "x-amz-content-sha256" && strings.Trim(h.Value, " \t") != c.payload {
			return nil, fmt.Errorf("%w: X-Amz-Content-Sha256 is %s", ErrPayload, wire.Quote(h.Value))
		}
	}
	for _, p := range s.pairs {
		if s.Presigned && p.Name == "X-Amz-Content-Sha256" && p.Value != c.payload {
			return nil, fmt.Errorf("%w: X-Amz-Content-Sha256 is %s", ErrPayload, wire.Quote(p.Value))
		}
	}
	c.query = canonicalQuery(s.pairs)
	all := false
	if c.headers, all = canonicalHeaders(r, s.SignedHeaders); !all {
		return nil, ErrMismatch
	}
	return c, nil
}

func (s *Signature) signs(name string) bool {
	for _, n := range s.SignedHeaders {
		if n == name {
			return true
		}
	}
	return false
}

// Verify proves that r carries, in its headers or its query string, the signature
// that c makes of it. It does not say whether time and scope are acceptable, and
// gives them back for that. It fails as [Read] and [Signature.Verify] do, and with
// [ErrMismatch] where access key or session token are not those of c.
func Verify(r *wire.Request, c Credentials) (Scope, time.Time, error) {
	s, err := Read(r)
	switch {
	case err != nil:
	case s.AccessKey != c.AccessKey:
		err = fmt.Errorf("%w: access key %s", ErrMismatch, wire.Quote(s.AccessKey))
	case subtle.ConstantTimeCompare([]byte(s.Token), []byte(c.SessionToken)) != 1:
		err = fmt.Errorf("%w: session token", ErrMismatch)
	default:
		err = s.Verify(r, c.SecretKey)
	}
	return s.Scope, s.At, err
}
