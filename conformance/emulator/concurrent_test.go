package emulator_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator"
	"wireproof/conformance/emulator/journal"
)

// together runs f n times at once and waits.
func together(n int, f func(i int)) {
	var ready, done sync.WaitGroup
	ready.Add(n)
	done.Add(n)
	for i := range n {
		go func() {
			defer done.Done()
			ready.Done()
			ready.Wait()
			f(i)
		}()
	}
	done.Wait()
}

// slow is a journal that takes its time, so that purchases at once meet in it.
type slow struct{}

func (slow) Load(func(journal.Record) error) error { return nil }
func (slow) Close() error                          { return nil }
func (slow) Append(context.Context, journal.Record) error {
	time.Sleep(time.Millisecond)
	return nil
}

func slowly(o *emulator.Options) { o.Journal = slow{} }

// Of many purchases under one id one wins, and the others are told so.
func TestOnePurchaseWins(t *testing.T) {
	t.Run("in memory", func(t *testing.T) { onePurchaseWins(t, newBench(t)) })
	t.Run("in a journal", func(t *testing.T) { onePurchaseWins(t, newBench(t, slowly)) })
}

func onePurchaseWins(t *testing.T, b *bench) {
	for round := range 20 {
		var won, lost atomic.Int64
		id := fmt.Sprint("id", round)
		together(16, func(int) {
			_, e := b.callRDS(rds.Encoder{}, &rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: wire.Some(documented), ReservedDBInstanceId: wire.Some(id)}, alice)
			switch {
			case e == nil:
				won.Add(1)
			case e.Shape() == rds.ReservedDBInstanceAlreadyExistsFault:
				lost.Add(1)
			default:
				t.Error(e)
			}
		})
		if won.Load() != 1 || lost.Load() != 15 {
			t.Errorf("%d won and %d lost", won.Load(), lost.Load())
		}
	}
	if list := b.instancesOf("", rds.DescribeReservedDBInstancesInput{}, alice); len(list) != 20 {
		t.Errorf("%d reservations", len(list))
	}
}

// The same for MediaConnect, where an account has one reservation at a time.
func TestOneReservationWins(t *testing.T) {
	t.Run("in memory", func(t *testing.T) { oneReservationWins(t, newBench(t)) })
	t.Run("in a journal", func(t *testing.T) { oneReservationWins(t, newBench(t, slowly)) })
}

func oneReservationWins(t *testing.T, b *bench) {
	var won atomic.Int64
	together(16, func(int) {
		_, e := b.callMC(purchaseOf(offeringArn, "2020-03-05T23:30:00Z"), alice)
		if e == nil {
			won.Add(1)
		} else if e.Shape() != mediaconnect.ForbiddenException {
			t.Error(e)
		}
	})
	if won.Load() != 1 {
		t.Errorf("%d won", won.Load())
	}
}

// Many accounts buy and look at once; nothing is lost, nothing comes twice, and no
// page is out of order.
func TestConcurrentUse(t *testing.T) {
	b := newBench(t)
	const buyers, each = 8, 40
	together(2*buyers, func(i int) {
		account := fmt.Sprintf("%012d", i%4)
		if i >= buyers {
			for range each {
				seen := map[string]bool{}
				for _, r := range b.instancesOf("", rds.DescribeReservedDBInstancesInput{MaxRecords: wire.Some[int64](20)}, account) {
					if seen[r.ReservedDBInstanceId.Value] {
						t.Errorf("%s twice", r.ReservedDBInstanceId.Value)
					}
					seen[r.ReservedDBInstanceId.Value] = true
				}
			}
			return
		}
		for n := range each {
			r := b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{}, account)
			if n%8 == 0 {
				in := rds.DescribeReservedDBInstancesInput{ReservedDBInstanceId: r.ReservedDBInstanceId}
				if list := b.instancesOf("", in, account); len(list) != 1 {
					t.Errorf("what was answered is not there: %v", r.ReservedDBInstanceId)
				}
			}
		}
	})
	total := 0
	for i := range 4 {
		ids := map[string]bool{}
		for _, r := range b.instancesOf("", rds.DescribeReservedDBInstancesInput{}, fmt.Sprintf("%012d", i)) {
			ids[r.ReservedDBInstanceId.Value] = true
			total++
		}
		if len(ids) != buyers*each/4 {
			t.Errorf("account %d has %d ids", i, len(ids))
		}
	}
	if total != buyers*each {
		t.Errorf("%d reservations", total)
	}
}

// The same requests get the same answers, byte for byte, from another emulator
// with the same clock and ids.
func TestDeterministic(t *testing.T) {
	run := func() string {
		b := newBench(t)
		var all strings.Builder
		for _, req := range []wire.Request{
			form(buyOne), form(buyOne + "&ReservedDBInstanceId=x"), form(buyOne + "&ReservedDBInstanceId=x"), form(instances + "&MaxRecords=20"), query(offerings + "&MaxRecords=20"),
			buy(goodBuy), buy(goodBuy), list("/v1/reservations", ""), list("/v1/offerings", "maxResults=3"), list("/v1/x", ""),
		} {
			resp := b.send(req)
			fmt.Fprintln(&all, resp.Status, resp.Headers, resp.Body)
		}
		return all.String()
	}
	first := run()
	if diff := difference(first, run()); diff != "" {
		t.Errorf("(-once +again):\n%s", diff)
	}
	if !strings.Contains(first, "payment-pending") || !strings.Contains(first, "PROCESSING") || !strings.Contains(first, "<Marker>") {
		t.Errorf("not what this is about:\n%s", first)
	}
}

// What a reservation keeps does not keep the request alive that it came with.
func TestNothingOfTheRequestIsKept(t *testing.T) {
	b := newBench(t)
	const n, padding = 50, 900_000
	before := heap()
	for i := range n {
		req := form(fmt.Sprintf("%s&ReservedDBInstanceId=id%d&Padding=%s", buyOne, i, strings.Repeat("p", padding)), scope(fmt.Sprintf("%012d", i), "us-east-1", "rds"))
		if resp := b.send(req); resp.Status != http.StatusOK {
			t.Fatal(resp.Body)
		}
		req = buy(fmt.Sprintf(`{"reservationName":"name%d","start":"2020-03-05T23:30:00Z","padding":"%s"}`, i, strings.Repeat("p", padding)))
		req.Headers = append(req.Headers, scope(fmt.Sprintf("%012d", i), "us-east-1", "mediaconnect"))
		if resp := b.send(req); resp.Status != http.StatusCreated {
			t.Fatal(resp.Body)
		}
	}
	if kept := heap() - before; kept > n*padding/5 {
		t.Errorf("%d bytes are kept of %d requests of %d bytes", kept, 2*n, padding)
	}
}
