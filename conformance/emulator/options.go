package emulator

import (
	"context"
	"math"
	"time"

	"wireproof/conformance/emulator/auth"
	"wireproof/conformance/emulator/catalogue"
	"wireproof/conformance/emulator/journal"
)

// Options say how an emulator behaves. The zero Options are a complete emulator
// in memory that asks nobody who they are.
type Options struct {
	// Catalogue is what is for sale; nil means [catalogue.Default].
	Catalogue *catalogue.Catalogue
	// Journal keeps what is purchased; nil keeps it in memory alone. The emulator
	// loads it once, in [New], and closes it in [Emulator.Close].
	Journal journal.Journal
	// Auth says who is calling; nil means mode [auth.Off].
	Auth *auth.Verifier

	// Now is the clock; nil means [time.Now]. States, windows and generated ids
	// follow it. It is called once or twice a request and must be safe for
	// concurrent use.
	Now func() time.Time
	// NewID makes request ids and is what ARNs of reservations are derived from;
	// nil means random UUIDs. It must be safe for concurrent use. What it returns
	// goes into headers, XML and JSON, so it may not hold control characters.
	NewID func() string
	// TokenKey is what Marker and nextToken are sealed with, of any length; nil
	// means a random key, with which tokens die with the emulator.
	TokenKey []byte

	// ActiveAfter is how long a reservation is payment-pending (RDS) or PROCESSING
	// (MediaConnect) before it is active. 0 means [DefaultActiveAfter], less than
	// 0 not at all.
	ActiveAfter time.Duration
	// RDSQuota is how many DB instances an account can have reserved in a region,
	// DBInstanceCount added up over all reservations. 0 means [DefaultRDSQuota].
	RDSQuota int64
	// MaxReservations is how many reservations are kept, of all accounts and both
	// services; 0 means [DefaultMaxReservations].
	MaxReservations int
	// MaxAccounts is how many accounts can have reservations at a service, each
	// region of an account counted by itself; 0 means [DefaultMaxAccounts].
	MaxAccounts int
	// OnOperation is told which operation a request is for before it is answered,
	// with the request's context; nil means nobody is. A request that no operation
	// has is not told of.
	OnOperation func(ctx context.Context, operation string)
	// MaxBody is the largest request body in bytes; 0 means [DefaultMaxBody].
	MaxBody int64
}

// The defaults of [Options].
const (
	// undocumented: active-after. Nothing says how long a payment takes.
	DefaultActiveAfter = 5 * time.Second
	// undocumented: quota. The quota of a real account is 40 or so; this one lets a
	// load test run on and is still exceeded by one large DBInstanceCount.
	DefaultRDSQuota = 10_000_000
	// DefaultMaxReservations and DefaultMaxAccounts bound the memory: whoever may send
	// any access key may be any account. A reservation takes about 200 bytes and an
	// account's first one 1 KB (BenchmarkPage, BenchmarkAccounts), so that both full
	// are 1.2 GB, and twice that with what the garbage collector lets pile up.
	//
	// undocumented: capacity. Past either, a purchase is ServiceUnavailable and
	// nothing is bought. To forget old accounts would break the promise that what
	// was answered is there. What a journal holds is loaded whatever the limit.
	DefaultMaxReservations = 5_000_000
	DefaultMaxAccounts     = 100_000
	// DefaultMaxBody is ample: the longest request of a client is about 2 KB.
	DefaultMaxBody = 1 << 20
)

func (o Options) withDefaults() Options {
	if o.Catalogue == nil {
		o.Catalogue = catalogue.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.NewID == nil {
		o.NewID = randomID
	}
	switch {
	case o.ActiveAfter == 0:
		o.ActiveAfter = DefaultActiveAfter
	case o.ActiveAfter < 0:
		o.ActiveAfter = 0
	}
	if o.RDSQuota == 0 {
		o.RDSQuota = DefaultRDSQuota
	}
	if o.MaxReservations == 0 {
		o.MaxReservations = DefaultMaxReservations
	}
	o.MaxReservations = min(o.MaxReservations, math.MaxInt32) // [groups] counts so far
	if o.MaxAccounts == 0 {
		o.MaxAccounts = DefaultMaxAccounts
	}
	if o.MaxBody == 0 {
		o.MaxBody = DefaultMaxBody
	}
	return o
}
