// Package sigv4 signs and verifies requests with Signature Version 4, by the
// signer of aws-sdk-go-v2. It stands outside the codec so that the codec has no
// dependency; Signature Version 2, which no SDK signs with any more, is
// codec/sigv2.
//
// Credentials come from the caller alone: no AWS_* variable and no profile is
// read. WIRE.md section B.10 is what the signature has to be.
package sigv4

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"wireproof/codec/nethttp"
	"wireproof/codec/wire"
)

// Sentinels of this package.
var (
	// ErrNotSigned: a request without a Version 4 signature in its headers, or
	// with one that has not the form of one. Presigned queries count as such.
	ErrNotSigned = errors.New("no Signature Version 4 in the headers")
	// ErrMismatch: a signature that these credentials do not make.
	ErrMismatch = errors.New("signature does not match")
	// ErrRequest: a request that cannot be signed, such as one without a Host.
	ErrRequest = errors.New("request cannot be signed")
)

const (
	algorithm = "AWS4-HMAC-SHA256"
	isoBasic  = "20060102T150405Z" // of X-Amz-Date
)

// Credentials are what a request is signed with.
type Credentials struct {
	AccessKey, SecretKey string
	// SessionToken belongs to temporary credentials; others have none.
	SessionToken string
}

// Scope is what a signature is good for besides the request itself.
type Scope struct {
	Service string // mediaconnect or rds
	Region  string // us-east-1
}

// Sign puts X-Amz-Date, Authorization and, with a session token,
// X-Amz-Security-Token into r's headers. It signs Host, Content-Type and every
// X-Amz- header, as boto3 does. r needs its Host header.
func Sign(ctx context.Context, r *wire.Request, c Credentials, s Scope, at time.Time) error {
	r.Headers = slices.DeleteFunc(r.Headers, func(h wire.HeaderField) bool {
		return strings.EqualFold(h.Name, "Authorization")
	})
	r.Headers.Set("X-Amz-Date", at.UTC().Format(isoBasic))
	if c.SessionToken != "" {
		r.Headers.Set("X-Amz-Security-Token", c.SessionToken)
	}
	signed := []string{"host"}
	for _, h := range r.Headers {
		name := strings.ToLower(h.Name)
		if (name == "content-type" || strings.HasPrefix(name, "x-amz-")) && !slices.Contains(signed, name) {
			signed = append(signed, name)
		}
	}
	authorization, err := authorize(ctx, r, c, s, at, signed)
	if err != nil {
		return err
	}
	r.Headers.Set("Authorization", authorization)
	return nil
}

// Verify proves that r carries the signature that c makes of it; the scope, the
// time and the headers that are signed are those that r names. It does not say
// whether time and scope are acceptable, and gives them back for that.
func Verify(ctx context.Context, r *wire.Request, c Credentials) (s Scope, at time.Time, err error) {
	got, _ := r.Headers.Get("Authorization")
	fields, ok := parse(got)
	date, _ := r.Headers.Get("X-Amz-Date")
	at, timeErr := time.Parse(isoBasic, date)
	scope := strings.Split(fields["Credential"], "/")
	if !ok || timeErr != nil || len(scope) != 5 || scope[4] != "aws4_request" {
		return Scope{}, at, ErrNotSigned
	}
	s = Scope{Region: scope[2], Service: scope[3]}
	if scope[0] != c.AccessKey {
		return s, at, fmt.Errorf("%w: access key %q", ErrMismatch, scope[0])
	}
	c.SessionToken, _ = r.Headers.Get("X-Amz-Security-Token")
	want, err := authorize(ctx, r, c, s, at, strings.Split(fields["SignedHeaders"], ";"))
	if err != nil {
		return s, at, err
	}
	wantFields, _ := parse(want)
	for _, name := range []string{"Credential", "SignedHeaders", "Signature"} {
		if subtle.ConstantTimeCompare([]byte(fields[name]), []byte(wantFields[name])) != 1 {
			return s, at, fmt.Errorf("%w: %s", ErrMismatch, name)
		}
	}
	return s, at, nil
}

// parse takes the three fields of an Authorization header. Some clients put a
// comma and a space between them, boto 2 a comma alone.
func parse(authorization string) (map[string]string, bool) {
	rest, ok := strings.CutPrefix(authorization, algorithm+" ")
	if !ok {
		return nil, false
	}
	fields := map[string]string{}
	for f := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(f), "=")
		fields[name] = value
	}
	return fields, fields["Credential"] != "" && fields["SignedHeaders"] != "" && fields["Signature"] != ""
}

// authorize gives the Authorization header over these headers, named in lower
// case.
func authorize(ctx context.Context, r *wire.Request, c Credentials, s Scope, at time.Time, signed []string) (string, error) {
	host, ok := r.Headers.Get("Host")
	if !ok || host == "" {
		return "", fmt.Errorf("%w: it has no Host header", ErrRequest)
	}
	partial := wire.Request{Method: r.Method, Path: r.Path, Query: r.Query}
	for _, h := range r.Headers {
		if slices.Contains(signed, strings.ToLower(h.Name)) {
			partial.Headers = append(partial.Headers, wire.HeaderField{Name: http.CanonicalHeaderKey(h.Name), Value: h.Value})
		}
	}
	req, err := nethttp.NewRequest(ctx, "https://"+host, partial)
	if err != nil || req.URL.Opaque != "" {
		return "", fmt.Errorf("%w: target %q is not well escaped", ErrRequest, r.Target())
	}
	if slices.Contains(signed, "content-length") {
		req.ContentLength = int64(len(r.Body))
	}
	sum := sha256.Sum256([]byte(r.Body))
	credentials := aws.Credentials{AccessKeyID: c.AccessKey, SecretAccessKey: c.SecretKey, SessionToken: c.SessionToken}
	err = v4.NewSigner().SignHTTP(ctx, credentials, req, hex.EncodeToString(sum[:]), s.Service, s.Region, at)
	if err != nil {
		return "", err
	}
	return req.Header.Get("Authorization"), nil
}
