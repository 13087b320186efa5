package auth

import (
	"fmt"
	"io"
	"log/slog"
	"time"
)

// redacted is all that a [Secret] ever prints.
const redacted = "[secret]"

// Secret is what belongs to an access key: the secret key, perhaps a session
// token and when it expires, perhaps an account. It prints as [secret], whatever
// the verb, the logger or the encoder. fmt does not ask a value in an unexported
// field how it wants to be printed, and follows pointers there for some verbs; so
// the parts stand in a function, which nothing looks into.
//
// The zero Secret is none.
type Secret struct{ reveal func() parts }

type parts struct {
	key     string
	token   string
	account string
	expires time.Time
}

func newSecret(p parts) Secret { return Secret{func() parts { return p }} }

// parts gives what is hidden; nothing of the zero Secret.
func (s Secret) parts() parts {
	if s.reveal == nil {
		return parts{}
	}
	return s.reveal()
}

// NewSecret makes a secret from a secret key.
func NewSecret(key string) Secret { return newSecret(parts{key: key}) }

// WithToken gives the secret of temporary credentials: requests have to carry the
// session token, until expires unless that is zero.
func (s Secret) WithToken(token string, expires time.Time) Secret {
	p := s.parts()
	p.token, p.expires = token, expires
	return newSecret(p)
}

// WithAccount gives the secret of a key of this account, twelve digits. Without
// it, the account is told by the key: see [Identity].
func (s Secret) WithAccount(account string) Secret {
	p := s.parts()
	p.account = account
	return newSecret(p)
}

// String tells nothing.
func (Secret) String() string { return redacted }

// GoString tells nothing.
func (Secret) GoString() string { return redacted }

// Format tells nothing, whatever the verb.
func (Secret) Format(f fmt.State, _ rune) { io.WriteString(f, redacted) }

// LogValue tells nothing.
func (Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText tells nothing. Encoders of JSON and of YAML use it.
func (Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }
