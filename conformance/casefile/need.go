package casefile

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/conformance/rule"
)

// NeedKind says what sort of thing a case needs.
type NeedKind uint8

// The kinds of needs.
const (
	OwnState    NeedKind = iota + 1 // own-state
	TwoAccounts                     // two-accounts
	Offerings                       // rds.offerings>=21
	Reservation                     // rds.reservation
	Provokes                        // provokes.Throttling
)

// ParsedNeed is a [Need] taken apart.
type ParsedNeed struct {
	Kind NeedKind
	// Service is that of Offerings and Reservation: rds or mediaconnect.
	Service string
	// Count is how many Offerings, at least.
	Count int
	// Code is that of the error that the target Provokes.
	Code string
}

// ErrNeed is wrapped where a need is none of those that there are.
var ErrNeed = errors.New("no such need")

// Parse takes a need apart. The error wraps [ErrNeed].
func (n Need) Parse() (ParsedNeed, error) {
	switch n {
	case "own-state":
		return ParsedNeed{Kind: OwnState}, nil
	case "two-accounts":
		return ParsedNeed{Kind: TwoAccounts}, nil
	}
	if code, ok := strings.CutPrefix(string(n), "provokes."); ok {
		if rds.ShapeOf(code) == nil && mediaconnect.ShapeOf(code) == nil {
			return ParsedNeed{}, fmt.Errorf("%w: neither service has an error %q", ErrNeed, code)
		}
		return ParsedNeed{Kind: Provokes, Code: code}, nil
	}
	service, what, _ := strings.Cut(string(n), ".")
	if service != rule.RDS && service != rule.MediaConnect {
		return ParsedNeed{}, fmt.Errorf("%w: %q", ErrNeed, string(n))
	}
	if what == "reservation" {
		return ParsedNeed{Kind: Reservation, Service: service}, nil
	}
	if count, ok := strings.CutPrefix(what, "offerings>="); ok {
		if c, err := strconv.Atoi(count); err == nil && c > 0 && strconv.Itoa(c) == count {
			return ParsedNeed{Kind: Offerings, Service: service, Count: c}, nil
		}
	}
	return ParsedNeed{}, fmt.Errorf("%w: %q", ErrNeed, string(n))
}
