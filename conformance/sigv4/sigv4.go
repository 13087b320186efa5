package sigv4

import (
	"context"
	"crypto/sha256"
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
	// ErrNotSigned: a request without a Version 4 signature.
	ErrNotSigned = errors.New("no Signature Version 4")
	// ErrTwice: a request with one in its headers and in its query string, or
	// with a part of it twice.
	ErrTwice = errors.New("signed twice")
	// ErrMalformed: a signature that lacks a part, or whose part has not its form.
	ErrMalformed = errors.New("malformed Signature Version 4")
	// ErrScope: a scope that is not date/region/service/aws4_request, or whose
	// date is not that of the request.
	ErrScope = errors.New("bad scope")
	// ErrUnsigned: Host, or an X-Amz- header, is not among the signed headers.
	ErrUnsigned = errors.New("header is not signed")
	// ErrPayload: the body has not the hash that the request gives, or the request
	// gives no hash but a word such as UNSIGNED-PAYLOAD.
	ErrPayload = errors.New("body has another hash")
	// ErrMismatch: a signature that these credentials do not make.
	ErrMismatch = errors.New("signature does not match")
	// ErrRequest: a request that cannot be signed, such as one without a Host.
	ErrRequest = errors.New("request cannot be signed")
)

const (
	algorithm  = "AWS4-HMAC-SHA256"
	terminator = "aws4_request"
	isoBasic   = "20060102T150405Z" // of X-Amz-Date
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
	authorization, err := authorize(ctx, r, c, s, at, headersToSign(r))
	if err != nil {
		return err
	}
	r.Headers.Set("Authorization", authorization)
	return nil
}

// headersToSign names Host, Content-Type and every X-Amz- header in lower case.
func headersToSign(r *wire.Request) []string {
	signed := []string{"host"}
	for _, h := range r.Headers {
		name := strings.ToLower(h.Name)
		if (name == "content-type" || strings.HasPrefix(name, "x-amz-")) && !slices.Contains(signed, name) {
			signed = append(signed, name)
		}
	}
	return signed
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
	sum := sha256.Sum256([]byte(r.Body))
	credentials := aws.Credentials{AccessKeyID: c.AccessKey, SecretAccessKey: c.SecretKey, SessionToken: c.SessionToken}
	err = v4.NewSigner().SignHTTP(ctx, credentials, req, hex.EncodeToString(sum[:]), s.Service, s.Region, at)
	if err != nil {
		return "", err
	}
	return req.Header.Get("Authorization"), nil
}
