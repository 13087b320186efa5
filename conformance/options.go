package conformance

import (
	"fmt"
	"time"

	"wireproof/codec/wire"
	"wireproof/conformance/casefile"
	"wireproof/conformance/rule"
	"wireproof/fixtures"
)

// The ways to sign requests.
const (
	SignV4  = "v4"  // Signature Version 4
	SignV2  = "v2"  // Version 2 for RDS, 4 for MediaConnect
	SignOff = "off" // not at all; a target then has to tell the service by the path
)

// The secret that the documentation prints, and the region, unless told others.
const (
	DummySecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
	DefaultRegion  = "us-east-1"
)

// DefaultTimeout is for one exchange.
const DefaultTimeout = 10 * time.Second

// Options say what is run and how. The zero Options run every case of this module
// one after another.
type Options struct {
	// Cases are what there is to choose from; nil means those of this module, see
	// [Cases].
	Cases []*casefile.Case
	// CasesHash names what Cases holds, in reports; see [casefile.Hash].
	CasesHash string
	// Book is the rulebook; nil means [rule.New].
	Book *rule.Book

	// Run selects cases by patterns of their ids, all where it is empty; Skip takes
	// out of those. A pattern that matches nothing is an error. See [Match].
	Run, Skip []string
	// Services selects by service; empty means both.
	Services []string
	// Shard of Shards, from 1, selects a part of the cases by a hash of their ids.
	Shard, Shards int

	// Config says what the target has.
	Config Config
	// Expectations are the failures that are known.
	Expectations []Expectation

	// Strict makes warnings fail.
	Strict bool
	// FailFast plays no further case after the first that fails.
	FailFast bool
	// Parallel is how many cases are played at once; 0 means one. Targets with one
	// state for all get one at a time whatever it says.
	Parallel int
	// Timeout is for one exchange; 0 means [DefaultTimeout].
	Timeout time.Duration

	// Sign is [SignV4] unless set.
	Sign string
	// AccessKey and SecretKey sign; without an access key, each case has one of its
	// own of twelve digits, which many targets take for an account.
	AccessKey, SecretKey string
	// Region is [DefaultRegion] unless set.
	Region string
	// Headers are put into every request, unsigned.
	Headers wire.Headers
	// NoCaseHeader leaves out X-Wireproof-Case, which says which case a request is
	// of.
	NoCaseHeader bool

	// Now is the clock; nil means [time.Now].
	Now func() time.Time
	// Seed makes the accounts and identifiers of this run; two runs against one
	// target need different ones. Empty means that Now makes it.
	Seed string
	// Progress is told of every case that is over, one at a time; nil means nobody
	// is.
	Progress func(done, total int, r *Result)
}

func (o Options) withDefaults() (Options, error) {
	if o.Cases == nil {
		var err error
		if o.Cases, err = Cases(); err != nil {
			return o, err
		}
		if o.CasesHash, err = casefile.Hash(fixtures.Cases()); err != nil {
			return o, err
		}
	}
	if o.Book == nil {
		var err error
		if o.Book, err = rule.New(); err != nil {
			return o, err
		}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Seed == "" {
		o.Seed = o.Now().UTC().Format(time.RFC3339Nano)
	}
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	if o.Region == "" {
		o.Region = DefaultRegion
	}
	if o.SecretKey == "" {
		o.SecretKey = DummySecretKey
	}
	o.Parallel = max(o.Parallel, 1)
	switch o.Sign {
	case "":
		o.Sign = SignV4
	case SignV4, SignV2, SignOff:
	default:
		return o, fmt.Errorf("%w: sign with %q: give v4, v2 or off", ErrUsage, o.Sign)
	}
	if o.Shards < 0 || o.Shards > 0 && (o.Shard < 1 || o.Shard > o.Shards) {
		return o, fmt.Errorf("%w: shard %d of %d: give one from 1 to %d", ErrUsage, o.Shard, o.Shards, max(o.Shards, 1))
	}
	return o, o.Config.check()
}
