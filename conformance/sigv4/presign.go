package sigv4

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"wireproof/codec/querywire"
	"wireproof/codec/wire"
)

// Presign adds the parameters of a signature to r's query string, X-Amz-Signature
// last, in the order of botocore. It signs Host and the X-Amz- headers of r, and
// the body. lifetime is a whole number of seconds up to [MaxLifetime], or 0 for no
// X-Amz-Expires. It fails with [ErrRequest] and leaves r as it was: without a Host,
// with a signature, or with another lifetime.
func Presign(r *wire.Request, c Credentials, s Scope, at time.Time, lifetime time.Duration) error {
	if host, _ := r.Headers.Get("Host"); host == "" {
		return fmt.Errorf("%w: it has no Host header", ErrRequest)
	}
	if lifetime < 0 || lifetime > MaxLifetime || lifetime%time.Second != 0 {
		return fmt.Errorf("%w: lifetime %v", ErrRequest, lifetime)
	}
	present, err := pairs(r.Query)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRequest, err)
	}
	_, signed := r.Headers.Get("Authorization")
	for _, p := range present {
		signed = signed || strings.HasPrefix(p.Name, "X-Amz-")
	}
	if signed {
		return fmt.Errorf("%w: it is signed", ErrRequest)
	}
	names := []string{"host"}
	for _, h := range r.Headers {
		if name := strings.ToLower(h.Name); strings.HasPrefix(name, "x-amz-") && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	stamp := at.UTC().Format(isoBasic)
	date := stamp[:8]

	w := querywire.Writer{Buf: []byte(r.Query)}
	w.Pair("X-Amz-Algorithm", algorithm)
	w.Pair("X-Amz-Credential", c.AccessKey+"/"+date+"/"+s.Region+"/"+s.Service+"/"+terminator)
	w.Pair("X-Amz-Date", stamp)
	if lifetime > 0 {
		w.Pair("X-Amz-Expires", strconv.FormatInt(int64(lifetime.Seconds()), 10))
	}
	w.Pair("X-Amz-SignedHeaders", strings.Join(names, ";"))
	if c.SessionToken != "" {
		w.Pair("X-Amz-Security-Token", c.SessionToken)
	}
	all, err := pairs(string(w.Buf))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRequest, err)
	}
	headers, _ := canonicalHeaders(r, names)
	canonical := canonical{method: r.Method, query: canonicalQuery(all), headers: headers, payload: hash(r.Body)}
	w.Pair("X-Amz-Signature", sign(c.SecretKey, stamp, date, s, canonical.request(r.Path)))
	r.Query = string(w.Buf)
	return nil
}
