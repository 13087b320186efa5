package mediaconnect

import (
	"errors"
	"fmt"
	"time"

	"wireproof/codec/wire"
)

// Sentinels of [CheckStart].
var (
	// ErrStartForm: a start is written YYYY-MM-DDTHH:mm:ssZ.
	ErrStartForm = errors.New("not of the form YYYY-MM-DDTHH:mm:ssZ")
	// ErrStartWindow: a start lies between the first day of the current month and
	// now.
	ErrStartWindow = errors.New("outside the current month up to now")
)

// ParseStart reads a start or an end in the documented form
// YYYY-MM-DDTHH:mm:ssZ: UTC, 24 hours, no fraction, no offset. The model calls
// both plain strings and clients send and hand over anything. WIRE.md section
// A.6.
func ParseStart(s string) (t wire.Timestamp, ok bool) {
	t, ok = wire.ParseTimestamp(s)
	if !ok || t.Digits > 0 {
		return wire.Timestamp{}, false
	}
	return t, true
}

// FormatStart writes t as a start, in UTC and without its fraction of a second.
func FormatStart(t time.Time) string {
	return wire.Timestamp{Unix: t.Unix()}.String()
}

// StartWindow returns the first and the last start that a purchase may ask for
// at the given time: from midnight UTC on the first day of the current month up
// to now, both inclusive. WIRE.md section A.6.
func StartWindow(now time.Time) (from, to time.Time) {
	now = now.UTC()
	return time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC), now
}

// CheckStart reports whether a purchase may ask for this start at the given
// time. The error wraps [ErrStartForm] or [ErrStartWindow]. Which error the
// service answers is not established.
func CheckStart(s string, now time.Time) error {
	t, ok := ParseStart(s)
	if !ok {
		return fmt.Errorf("start %s: %w", wire.Quote(s), ErrStartForm)
	}
	from, to := StartWindow(now)
	if at := t.Time(); at.Before(from) || at.After(to) {
		return fmt.Errorf("start %s: %w: %s to %s", s, ErrStartWindow, FormatStart(from), FormatStart(to))
	}
	return nil
}
