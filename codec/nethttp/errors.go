package nethttp

import (
	"errors"
	"fmt"

	"wireproof/codec/wire"
)

// Sentinels of this package.
var (
	// ErrTarget: a path or query that net/http cannot send as it is.
	ErrTarget = errors.New("request target cannot be sent as it is")
	// ErrStatus: a response without a final status from 200 to 999.
	ErrStatus = errors.New("no status to answer with")
)

// TooLargeError says that a body has more bytes than the caller allows.
type TooLargeError struct {
	// Limit is the number of bytes that were allowed.
	Limit int64
}

// Error gives the error on one line.
func (e *TooLargeError) Error() string {
	return fmt.Sprintf("nethttp: %v: more than %d bytes of body", wire.ErrTooLarge, e.Limit)
}

// Unwrap returns [wire.ErrTooLarge].
func (e *TooLargeError) Unwrap() error { return wire.ErrTooLarge }
