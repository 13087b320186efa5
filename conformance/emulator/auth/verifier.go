package auth

import (
	"errors"
	"fmt"
	"maps"
	"time"

	"wireproof/codec/wire"
	"wireproof/conformance/sigv4"
)

// Mode says how much a [Verifier] asks of a request.
type Mode uint8

// The modes.
const (
	// Off reads credentials for account and region and believes them.
	Off Mode = iota
	// Verify refuses what is not signed with one of the credentials.
	Verify
)

// ParseMode reads off or verify.
func ParseMode(s string) (Mode, error) {
	switch s {
	case "off":
		return Off, nil
	case "verify":
		return Verify, nil
	}
	return Off, fmt.Errorf("auth: mode %s is neither off nor verify", wire.Quote(s))
}

// String gives off or verify.
func (m Mode) String() string {
	if m == Verify {
		return "verify"
	}
	return "off"
}

// DefaultSkew is how far the time of a request may be from the clock, to either
// side. WIRE.md section B.16, "RequestExpired".
//
// undocumented: skew. Whether the last second of it counts. It does here.
const DefaultSkew = 15 * time.Minute

// Options are what a [Verifier] is made of. The zero Options are mode [Off].
type Options struct {
	Mode Mode
	// Credentials are the secrets by access key; [DefaultCredentials] where there
	// are none. In mode [Off] only their accounts count.
	Credentials map[string]Secret
	// Skew is [DefaultSkew] where it is 0.
	Skew time.Duration
	// Now is the clock; time.Now where it is nil.
	Now func() time.Time
}

// Verifier says who sent a request. It is for concurrent use.
type Verifier struct {
	mode        Mode
	credentials map[string]Secret
	skew        time.Duration
	now         func() time.Time
}

// New makes a verifier. It fails for a negative skew and for credentials without
// access key or secret key or with an account that is not twelve digits.
func New(o Options) (*Verifier, error) {
	v := &Verifier{mode: o.Mode, credentials: maps.Clone(o.Credentials), skew: o.Skew, now: o.Now}
	if o.Mode > Verify {
		return nil, fmt.Errorf("auth: no mode %d", o.Mode)
	}
	if o.Skew < 0 {
		return nil, fmt.Errorf("auth: negative skew %v", o.Skew)
	}
	if len(v.credentials) == 0 {
		v.credentials = DefaultCredentials()
	}
	if v.skew == 0 {
		v.skew = DefaultSkew
	}
	if v.now == nil {
		v.now = time.Now
	}
	for key, secret := range v.credentials {
		if err := checkCredential(key, secret); err != nil {
			return nil, err
		}
	}
	return v, nil
}

func checkCredential(key string, s Secret) error {
	p := s.parts()
	switch {
	case key == "":
		return errors.New("auth: a credential without an access key")
	case p.key == "":
		return fmt.Errorf("auth: access key %s has no secret key", wire.Quote(key))
	case p.account != "" && !isAccount(p.account):
		return fmt.Errorf("auth: access key %s has an account that is not twelve digits", wire.Quote(key))
	}
	return nil
}

// Mode gives the mode that the verifier was made with.
func (v *Verifier) Mode() Mode { return v.mode }

// Check says who sent a request, which it does not change. In mode [Off] there is
// never a failure. With a failure, the identity is what the request claims, as
// far as it can be read.
func (v *Verifier) Check(req *wire.Request) (Identity, *Failure) {
	if v.mode == Off {
		if s, ok := credentialOf(req); ok {
			return v.claimed(req, &s), nil
		}
	}
	s, err := sigv4.Read(req)
	id := v.claimed(req, s)
	if v.mode == Off {
		return id, nil
	}
	failure := v.check(req, s, err)
	id.Signed = failure == nil
	return id, failure
}

// claimed is what a request says of its sender. What is not well-formed does not
// count.
func (v *Verifier) claimed(req *wire.Request, s *sigv4.Signature) Identity {
	id := Identity{AccessKey: s.AccessKey, Region: DefaultRegion}
	if id.AccessKey != "" {
		id.Version = Version4
		if isRegion(s.Region) {
			id.Region = s.Region
		}
		if s.Service == RDS || s.Service == MediaConnect {
			id.Service = s.Service
		}
	} else if p, _ := version2(req); p.key != "" {
		id.AccessKey, id.Version, id.Service = p.key, Version2, RDS
	}
	id.Account = account(id.AccessKey)
	if a := v.credentials[id.AccessKey].parts().account; a != "" {
		id.Account = a
	}
	return id
}

// isRegion keeps what clients send out of ARNs unless it looks like a region.
func isRegion(s string) bool {
	for i := range len(s) {
		if c := s[i]; !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-') {
			return false
		}
	}
	return s != "" && len(s) <= 64
}
