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

// MaxLifetime is the longest that a presigned request can be good for: seven days,
// since a signing key is.
const MaxLifetime = 7 * 24 * time.Hour

// Signature is what a request says about its signature.
type Signature struct {
	AccessKey string
	Scope
	// At is when the request was signed.
	At time.Time
	// Presigned is true where the signature stands in the query string.
	Presigned bool
	// Lifetime is how long a presigned request is good for from At on:
	// X-Amz-Expires, or 0 where it has none, as those that aws-sdk-go-v2 makes.
	Lifetime time.Duration
	// Token is the session token, or empty.
	Token string
	// SignedHeaders are in lower case and sorted.
	SignedHeaders []string

	date, at  string // yyyymmdd of the scope; X-Amz-Date
	signature string
	pairs     []querywire.Pair // of the query
}

// Read finds the signature of a request, in the Authorization header or in the
// query string, and does not verify it. It fails with [ErrNotSigned], [ErrTwice],
// [ErrMalformed] or [ErrScope]; with a *[wire.SyntaxError] where the query string
// passes a limit. What can be read is in the Signature then too.
func Read(r *wire.Request) (*Signature, error) {
	s := &Signature{}
	var err error
	if s.pairs, err = pairs(r.Query); err != nil {
		return s, err
	}
	authorization, count := field(r, "Authorization")
	s.Presigned = slices.ContainsFunc(s.pairs, func(p querywire.Pair) bool {
		return p.Name == "X-Amz-Algorithm" || p.Name == "X-Amz-Credential" || p.Name == "X-Amz-Signature"
	})
	switch {
	case s.Presigned && count > 0:
		s.Presigned = false
		s.readHeaders(r, authorization)
		err = fmt.Errorf("%w: in the Authorization header and in the query string", ErrTwice)
	case s.Presigned:
		err = s.readQuery(r)
	case count > 1:
		err = fmt.Errorf("%w: %d Authorization headers", ErrTwice, count)
	case count == 1:
		err = s.readHeaders(r, authorization)
	default:
		err = ErrNotSigned
	}
	return s, err
}

// field gives the value of a header, and how often the header is there.
func field(r *wire.Request, name string) (value string, count int) {
	for _, h := range r.Headers {
		if strings.EqualFold(h.Name, name) {
			value = strings.Trim(h.Value, " \t")
			count++
		}
	}
	return value, count
}

func pairs(query string) ([]querywire.Pair, error) {
	if query == "" {
		return nil, nil
	}
	var r querywire.Reader
	r.Reset(query, wire.Query)
	var all []querywire.Pair
	var p querywire.Pair
	for r.Next(&p) {
		all = append(all, p)
	}
	return all, r.Err()
}

// readHeaders takes the signature from the headers. Some clients put a comma and a
// space between the parts of Authorization, boto 2 a comma alone.
func (s *Signature) readHeaders(r *wire.Request, authorization string) error {
	rest, ok := strings.CutPrefix(authorization, algorithm+" ")
	if !ok {
		scheme, _, _ := strings.Cut(authorization, " ")
		return fmt.Errorf("%w: Authorization is %s, not %s", ErrMalformed, wire.Quote(scheme), algorithm)
	}
	parts := map[string]string{}
	for f := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.Trim(f, " \t"), "=")
		if _, twice := parts[name]; twice {
			return fmt.Errorf("%w: %s in Authorization", ErrTwice, wire.Quote(name))
		}
		parts[name] = value
	}
	for _, name := range []string{"X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256", "Host"} {
		if _, count := field(r, name); count > 1 {
			return fmt.Errorf("%w: %d headers %s", ErrTwice, count, name)
		}
	}
	date, _ := field(r, "X-Amz-Date")
	s.Token, _ = field(r, "X-Amz-Security-Token")
	return s.set(parts["Credential"], date, parts["SignedHeaders"], parts["Signature"])
}

// readQuery takes the signature from the query string.
func (s *Signature) readQuery(r *wire.Request) error {
	parts := map[string]string{}
	for _, p := range s.pairs {
		if !strings.HasPrefix(p.Name, "X-Amz-") {
			continue
		}
		if _, twice := parts[p.Name]; twice {
			return fmt.Errorf("%w: %s in the query string", ErrTwice, wire.Quote(p.Name))
		}
		parts[p.Name] = p.Value
	}
	for _, name := range []string{"X-Amz-Security-Token", "X-Amz-Content-Sha256"} {
		if _, count := field(r, name); count > 0 {
			return fmt.Errorf("%w: %s is a header of a presigned request", ErrTwice, name)
		}
	}
	if _, count := field(r, "Host"); count > 1 {
		return fmt.Errorf("%w: %d headers Host", ErrTwice, count)
	}
	s.Token = parts["X-Amz-Security-Token"]
	if err := s.set(parts["X-Amz-Credential"], parts["X-Amz-Date"], parts["X-Amz-SignedHeaders"], parts["X-Amz-Signature"]); err != nil {
		return err
	}
	if a := parts["X-Amz-Algorithm"]; a != algorithm {
		return fmt.Errorf("%w: X-Amz-Algorithm is %s, not %s", ErrMalformed, wire.Quote(a), algorithm)
	}
	if text, ok := parts["X-Amz-Expires"]; ok {
		n, err := strconv.ParseUint(text, 10, 32)
		s.Lifetime = time.Duration(n) * time.Second
		if err != nil || n == 0 || s.Lifetime > MaxLifetime {
			return fmt.Errorf("%w: X-Amz-Expires %s is not 1 to %d seconds", ErrMalformed, wire.Quote(text), MaxLifetime/time.Second)
		}
	}
	return nil
}

// set takes the four parts that both forms have.
func (s *Signature) set(credential, at, headers, signature string) error {
	scope := strings.Split(credential, "/")
	s.AccessKey = scope[0]
	if len(scope) == 5 {
		s.date, s.Region, s.Service = scope[1], scope[2], scope[3]
	}
	s.SignedHeaders, s.signature, s.at = strings.Split(headers, ";"), signature, at
	for _, part := range [...]struct{ name, value string }{
		{"Credential", credential}, {"SignedHeaders", headers}, {"Signature", signature}, {"X-Amz-Date", at},
	} {
		if part.value == "" {
			return fmt.Errorf("%w: no %s", ErrMalformed, part.name)
		}
	}
	var err error
	if s.At, err = time.Parse(isoBasic, at); err != nil || len(at) != len(isoBasic) {
		return fmt.Errorf("%w: X-Amz-Date %s is not yyyymmddThhmmssZ", ErrMalformed, wire.Quote(at))
	}
	for i, name := range s.SignedHeaders {
		if name == "" || name != strings.ToLower(name) || i > 0 && name <= s.SignedHeaders[i-1] {
			return fmt.Errorf("%w: SignedHeaders %s are not sorted names in lower case", ErrMalformed, wire.Quote(headers))
		}
	}
	switch {
	case len(scope) != 5 || s.AccessKey == "":
		return fmt.Errorf("%w: Credential %s has not five parts", ErrMalformed, wire.Quote(credential))
	case s.date != at[:8]:
		return fmt.Errorf("%w: date %s is not that of X-Amz-Date %s", ErrScope, wire.Quote(s.date), at)
	case !isName(s.Region):
		return fmt.Errorf("%w: region %s", ErrScope, wire.Quote(s.Region))
	case !isName(s.Service):
		return fmt.Errorf("%w: service %s", ErrScope, wire.Quote(s.Service))
	case scope[4] != terminator:
		return fmt.Errorf("%w: it ends with %s, not %s", ErrScope, wire.Quote(scope[4]), terminator)
	}
	return nil
}

// isName reports whether s can be a region or a service.
func isName(s string) bool {
	for i := range len(s) {
		if c := s[i]; !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-') {
			return false
		}
	}
	return s != ""
}
