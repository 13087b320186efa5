package sigv2

import (
	"errors"
	"fmt"

	"wireproof/codec/wire"
)

// The ways in which a request can be wrong, wrapped in an [Error].
var (
	// ErrMissing: a parameter, or the Host header, is not there.
	ErrMissing = errors.New("missing")
	// ErrRepeated: a parameter of the signature comes more than once.
	ErrRepeated = errors.New("more than once")
	// ErrUnsigned: parameters outside the part that is signed.
	ErrUnsigned = errors.New("not signed")
	// ErrMethod: neither GET nor POST.
	ErrMethod = errors.New("method cannot be signed")
	// ErrSignatureVersion: SignatureVersion is not 2.
	ErrSignatureVersion = errors.New("signature version not supported")
	// ErrSignatureMethod: SignatureMethod is neither HmacSHA256 nor HmacSHA1.
	ErrSignatureMethod = errors.New("signature method not supported")
	// ErrMismatch: the signature is not that of the request and the secret.
	ErrMismatch = errors.New("signature does not match")
	// ErrTimestampAndExpires: both are there, where each takes the other's place.
	ErrTimestampAndExpires = errors.New("both Timestamp and Expires")
	// ErrTimeFormat: no time of the form YYYY-MM-DDThh:mm:ss[.f]Z.
	ErrTimeFormat = errors.New("not a time")
	// ErrExpired: the time of Expires has passed, or Timestamp is too old.
	ErrExpired = errors.New("expired")
	// ErrFuture: Timestamp is too far ahead.
	ErrFuture = errors.New("in the future")
	// ErrSigned: a request to be signed has a parameter of the signature.
	ErrSigned = errors.New("signed already")
)

// Error says why a request cannot be signed or is not to be trusted.
type Error struct {
	// Err is one of the sentinels above.
	Err error
	// Name is the parameter that it is about, or Host, or empty.
	Name string
	// Got is what was there instead, never the expected signature.
	Got string
}

// Error gives the error on one line.
func (e *Error) Error() string {
	switch {
	case e.Name == "":
		return fmt.Sprintf("sigv2: %v", e.Err)
	case e.Got == "":
		return fmt.Sprintf("sigv2: %s: %v", e.Name, e.Err)
	}
	return fmt.Sprintf("sigv2: %s: %v: %s", e.Name, e.Err, wire.Quote(e.Got))
}

// Unwrap returns the sentinel.
func (e *Error) Unwrap() error { return e.Err }
