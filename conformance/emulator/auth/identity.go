package auth

import "strings"

// The services that the emulator has, as scopes of signatures name them.
const (
	RDS          = "rds"
	MediaConnect = "mediaconnect"
)

// What is taken for granted of a request that does not say.
const (
	// DefaultAccount is the account of every access key that does not name one:
	// the number that AWS's documentation has in its examples.
	DefaultAccount = "123456789012"
	// DefaultRegion is the region of a request without a scope. Signature Version
	// 2 has none.
	DefaultRegion = "us-east-1"
)

// Identity is who sent a request, as far as the request says.
type Identity struct {
	// AccessKey is empty where the request names none.
	AccessKey string
	// Account is the twelve digits of an account, never empty.
	Account string
	// Region is never empty.
	Region string
	// Service is [RDS] or [MediaConnect] where the scope of the signature names
	// one of them, whatever the path, else empty: then the path has to tell, see
	// [ServiceOfPath].
	// Signature Version 2 was for RDS alone and counts as its scope.
	Service string
	// Signed is true where the signature was verified: never in mode [Off].
	Signed bool
	// Version is that of the signature, [Version2] or [Version4], or empty.
	Version string
}

// Versions of signatures.
const (
	Version2 = "2"
	Version4 = "4"
)

// ServiceOfPath gives the service that an escaped path belongs to: [MediaConnect]
// for /v1 and what is below it, [RDS] for / and the empty path, else nothing.
// WIRE.md sections A.2 and B.2.
func ServiceOfPath(path string) string {
	switch {
	case path == "" || path == "/":
		return RDS
	case path == "/v1" || strings.HasPrefix(path, "/v1/"):
		return MediaConnect
	}
	return ""
}

// account gives the account of an access key. A key of twelve digits is the
// number of its account, as in other emulators, so that a client chooses its
// account by choosing its key.
func account(key string) string {
	if isAccount(key) {
		return key
	}
	return DefaultAccount
}

func isAccount(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || '9' < s[i] {
			return false
		}
	}
	return len(s) == 12
}
