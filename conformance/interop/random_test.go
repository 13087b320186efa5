package interop

import (
	"flag"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

var (
	rounds = flag.Int("rounds", 300, "random values of each operation and direction")
	seed   = flag.Uint64("seed", 1, "of the random values")
)

// random makes values that both XML and JSON can carry and that every client can
// hold: no control characters but those of XML, years 1 to 9999, integers of 32
// bits.
type random struct {
	*rand.Rand
	nulls bool // JSON's null may stand for a member
}

func newRandom(round int) random {
	return random{Rand: rand.New(rand.NewPCG(*seed, uint64(round)))}
}

// maybe leaves a member out now and then.
func maybe[T any](r random, make func() T) (o wire.Opt[T]) {
	switch n := r.IntN(10); {
	case n < 2:
	case n < 3 && r.nulls:
		o = wire.NullOf[T]()
	default:
		o.Set(make())
	}
	return o
}

var pieces = []string{"a", "Z", "0", " ", "  ", "\t", "\n", "\r", "\r\n", "&", "<", ">", `"`, "'", "]]>", "&amp;", "&#10;", "%", "%2F", "+", "/", "\\", "\\n",
	"=", ";", "?", "#", ":", ",", "~", "*", "(", "é", "ß", "e\u0301", "\u0085", "\u00a0", "\u2028", "\ufeff", "\ufffd", "日本", "😀", "\U0010FFFD", "arn:aws:rds:us-east-1:1:ri:x", "null", "true"}

func (r random) text() string {
	switch r.IntN(8) {
	case 0:
		return ""
	case 1:
		return string(rune(0x20 + r.IntN(0xd7df)))
	}
	var b strings.Builder
	for range 1 + r.IntN(12) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

func (r random) texter() texter {
	return func(string) wire.Opt[string] { return maybe(r, r.text) }
}

func (r random) integer() int64 {
	switch r.IntN(4) {
	case 0:
		return int64(r.IntN(3)) - 1
	case 1:
		return int64(r.IntN(100_000_000))
	}
	return int64(int32(r.Uint32()))
}

func (r random) double() float64 {
	switch r.IntN(5) {
	case 0:
		return doubleValues[r.IntN(len(doubleValues))]
	case 1:
		return math.Float64frombits(r.Uint64())
	case 2:
		return float64(r.integer())
	}
	return float64(r.IntN(1e9)) / math.Pow10(r.IntN(9))
}

func (r random) boolean() bool { return r.IntN(2) == 0 }

func (r random) timestamp() wire.Timestamp {
	const first, last = -62135596800, 253402300799 // the years 1 to 9999
	t := wire.Timestamp{Unix: first + r.Int64N(last-first+1), Digits: []uint8{0, 3, 3, uint8(r.IntN(10))}[r.IntN(4)]}
	scale := int32(math.Pow10(9 - int(t.Digits)))
	t.Nano = r.Int32N(1e9) / scale * scale
	return t
}

func list[T any](r random, make func() T) []T {
	items := []T{}
	for range r.IntN(4) {
		items = append(items, make())
	}
	return items
}

func (r random) charge() rds.RecurringCharge {
	c := charge(r.texter(), 0)
	c.RecurringChargeAmount = maybe(r, r.double)
	return c
}

func (r random) charges() []rds.RecurringCharge { return list(r, r.charge) }

func (r random) instance() rds.ReservedDBInstance {
	v := instance(r.texter())
	v.StartTime = maybe(r, r.timestamp)
	v.Duration, v.DBInstanceCount = maybe(r, r.integer), maybe(r, r.integer)
	v.FixedPrice, v.UsagePrice = maybe(r, r.double), maybe(r, r.double)
	v.MultiAZ = maybe(r, r.boolean)
	v.RecurringCharges = maybe(r, r.charges)
	return v
}

func (r random) rdsOffering() rds.ReservedDBInstancesOffering {
	v := rdsOffering(r.texter())
	v.Duration = maybe(r, r.integer)
	v.FixedPrice, v.UsagePrice = maybe(r, r.double), maybe(r, r.double)
	v.MultiAZ = maybe(r, r.boolean)
	v.RecurringCharges = maybe(r, r.charges)
	return v
}

func (r random) spec() mediaconnect.ResourceSpecification {
	v := spec(r.texter())
	v.ReservedBitrate = maybe(r, r.integer)
	return v
}

func (r random) reservation() mediaconnect.Reservation {
	v := reservation(r.texter())
	v.Duration = maybe(r, r.integer)
	v.ResourceSpecification = maybe(r, r.spec)
	return v
}

func (r random) offering() mediaconnect.Offering {
	v := offering(r.texter())
	v.Duration = maybe(r, r.integer)
	v.ResourceSpecification = maybe(r, r.spec)
	return v
}

func (r random) offerings() []mediaconnect.Offering       { return list(r, r.offering) }
func (r random) reservations() []mediaconnect.Reservation { return list(r, r.reservation) }
func (r random) instances() []rds.ReservedDBInstance      { return list(r, r.instance) }
func (r random) rdsOfferings() []rds.ReservedDBInstancesOffering {
	return list(r, r.rdsOffering)
}

// outputs makes an output of every operation.
func (r random) outputs() []any {
	all := []any{
		&rds.DescribeReservedDBInstancesOfferingsOutput{Marker: maybe(r, r.text), ReservedDBInstancesOfferings: maybe(r, r.rdsOfferings)},
		&rds.PurchaseReservedDBInstancesOfferingOutput{ReservedDBInstance: maybe(r, r.instance)},
		&rds.DescribeReservedDBInstancesOutput{Marker: maybe(r, r.text), ReservedDBInstances: maybe(r, r.instances)},
	}
	r.nulls = true
	return append(all,
		&mediaconnect.ListOfferingsOutput{NextToken: maybe(r, r.text), Offerings: maybe(r, r.offerings)},
		&mediaconnect.DescribeOfferingOutput{Offering: maybe(r, r.offering)},
		&mediaconnect.PurchaseOfferingOutput{Reservation: maybe(r, r.reservation)},
		&mediaconnect.ListReservationsOutput{NextToken: maybe(r, r.text), Reservations: maybe(r, r.reservations)},
		&mediaconnect.DescribeReservationOutput{Reservation: maybe(r, r.reservation)},
	)
}

// some makes a text that clients do not refuse as a required one.
func (r random) some() wire.Opt[string] { return wire.Some("x" + r.text()) }

func (r random) filter() rds.Filter {
	return rds.Filter{Name: wire.Some(r.text()), Values: wire.Some(list(r, r.text))}
}

func (r random) filters() []rds.Filter { return list(r, r.filter) }

// tag has a member at least: without one it leaves no trace.
func (r random) tag() rds.Tag { return rds.Tag{Key: wire.Some(r.text()), Value: maybe(r, r.text)} }

func (r random) tags() []rds.Tag { return list(r, r.tag) }

// inputs makes an input of every operation with its required members.
func (r random) inputs() []any {
	all := inputsOf(r.texter())
	for _, in := range all {
		switch in := in.(type) {
		case *rds.DescribeReservedDBInstancesOfferingsInput:
			in.MultiAZ, in.MaxRecords, in.Filters = maybe(r, r.boolean), maybe(r, r.integer), maybe(r, r.filters)
		case *rds.PurchaseReservedDBInstancesOfferingInput:
			in.ReservedDBInstancesOfferingId, in.DBInstanceCount, in.Tags = r.some(), maybe(r, r.integer), maybe(r, r.tags)
		case *rds.DescribeReservedDBInstancesInput:
			in.MultiAZ, in.MaxRecords, in.Filters = maybe(r, r.boolean), maybe(r, r.integer), maybe(r, r.filters)
		case *mediaconnect.ListOfferingsInput:
			in.MaxResults = maybe(r, r.integer)
		case *mediaconnect.DescribeOfferingInput:
			in.OfferingArn = r.some()
		case *mediaconnect.PurchaseOfferingInput:
			in.OfferingArn, in.ReservationName, in.Start = r.some(), r.some(), r.some()
		case *mediaconnect.ListReservationsInput:
			in.MaxResults = maybe(r, r.integer)
		case *mediaconnect.DescribeReservationInput:
			in.ReservationArn = r.some()
		}
	}
	return all
}

func TestRandomResponses(t *testing.T) {
	client := newSDK()
	for round := range *rounds {
		for _, out := range newRandom(round).outputs() {
			if !sdkReads(t, client, forms[round%len(forms)], out) || t.Failed() {
				t.Fatalf("round %d of seed %d: %T", round, *seed, out)
			}
		}
	}
}

func TestRandomRequests(t *testing.T) {
	client := goClient(newSDK())
	for round := range *rounds {
		for _, in := range newRandom(round).inputs() {
			if row := (requestRow{reason: "random", in: in}); !row.compare(t, client) || t.Failed() {
				t.Fatalf("round %d of seed %d: %T", round, *seed, in)
			}
		}
	}
}

// The generator makes the same values again from the same seed, and others from
// another.
func TestRandomIsRepeatable(t *testing.T) {
	one, again, other := newRandom(1).outputs(), newRandom(1).outputs(), newRandom(2).outputs()
	if diff := cmp.Diff(one, again, ourValues); diff != "" {
		t.Errorf("(-one +again):\n%s", diff)
	}
	if cmp.Equal(one, other, ourValues) {
		t.Error("two rounds are alike")
	}
}
