package emulator_test

import (
	"errors"
	"fmt"
	"testing"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator"
)

// reserveInstance buys for an account and gives the error's shape, or nil.
func (b *bench) reserveInstance(account string, count int64) *wire.ErrorShape {
	b.Helper()
	_, e := b.callRDS(rds.Encoder{}, &rds.PurchaseReservedDBInstancesOfferingInput{
		ReservedDBInstancesOfferingId: wire.Some(documented), DBInstanceCount: wire.Some(count)}, account)
	if e == nil {
		return nil
	}
	return e.Shape()
}

func (b *bench) reserve(account string) *wire.ErrorShape {
	b.Helper()
	_, e := b.callMC(&mediaconnect.PurchaseOfferingInput{OfferingArn: wire.Some(offeringArn),
		ReservationName: wire.Some("R"), Start: wire.Some(mediaconnect.FormatStart(noon))}, account)
	if e == nil {
		return nil
	}
	return e.Shape()
}

// bought counts what an account has.
func (b *bench) bought(account string) int {
	b.Helper()
	out, e := b.callRDS(rds.Encoder{}, &rds.DescribeReservedDBInstancesInput{}, account)
	if e != nil {
		b.Fatal(e)
	}
	mc, f := b.callMC(&mediaconnect.ListReservationsInput{}, account)
	if f != nil {
		b.Fatal(f)
	}
	return len(out.(*rds.DescribeReservedDBInstancesOutput).ReservedDBInstances.Value) +
		len(mc.(*mediaconnect.ListReservationsOutput).Reservations.Value)
}

// One account more than there may be buys nothing, at either service; those that
// have bought go on. Who is refused takes no place.
func TestMaxAccounts(t *testing.T) {
	const most = 3
	b := newBench(t, func(o *emulator.Options) { o.MaxAccounts, o.RDSQuota = most, 100 })
	account := func(i int) string { return fmt.Sprintf("%012d", i) }
	for i := range 20 {
		if got := b.reserveInstance(account(100+i), 101); got != rds.ReservedDBInstanceQuotaExceededFault {
			t.Fatalf("past the quota: %v", got)
		}
		b.bought(account(200 + i))
	}
	for i := 1; i <= most+1; i++ {
		var wantRDS, wantMC *wire.ErrorShape
		if i > most {
			wantRDS, wantMC = rds.ServiceUnavailable, mediaconnect.ServiceUnavailableException
		}
		if got := b.reserveInstance(account(i), 1); got != wantRDS {
			t.Errorf("account %d at RDS: %v", i, got)
		}
		if got := b.reserve(account(i)); got != wantMC {
			t.Errorf("account %d at MediaConnect: %v", i, got)
		}
	}
	if got := b.reserveInstance(account(1), 1); got != nil {
		t.Errorf("an account that is there: %v", got)
	}
	for i, want := range map[int]int{1: 3, 2: 2, most: 2, most + 1: 0} {
		if got := b.bought(account(i)); got != want {
			t.Errorf("account %d has %d reservations, not %d", i, got, want)
		}
	}
}

// The same for reservations, of whatever account and service. A purchase that
// fails takes no place; what a journal holds is there, and nothing comes behind it.
func TestMaxReservations(t *testing.T) {
	const most = 4
	m := &memory{}
	b := newBench(t, func(o *emulator.Options) { o.MaxReservations, o.Journal = most, m })
	m.fail = errors.New("disk full")
	for range 2 * most {
		if r, mc := b.reserveInstance(alice, 1), b.reserve(alice); r != rds.InternalFailure || mc != mediaconnect.InternalServerErrorException {
			t.Fatal(r, mc)
		}
	}
	m.fail = nil
	if got := b.reserve(bob); got != nil {
		t.Fatal(got)
	}
	for i := 2; i <= most; i++ {
		if got := b.reserveInstance(alice, 1); got != nil {
			t.Errorf("reservation %d: %v", i, got)
		}
	}
	full := func(b *bench) {
		t.Helper()
		if r, mc := b.reserveInstance(alice, 1), b.reserve(alice); r != rds.ServiceUnavailable || mc != mediaconnect.ServiceUnavailableException {
			t.Errorf("past the limit: %v, %v", r, mc)
		}
		if x, y := b.bought(alice), b.bought(bob); x != most-1 || y != 1 || len(m.records) != most {
			t.Errorf("%d and %d reservations, %d in the journal", x, y, len(m.records))
		}
	}
	full(b)
	full(newBench(t, func(o *emulator.Options) { o.MaxReservations, o.Journal = most, m }))
	full(newBench(t, func(o *emulator.Options) { o.MaxReservations, o.MaxAccounts, o.Journal = 1, 1, m }))
}
