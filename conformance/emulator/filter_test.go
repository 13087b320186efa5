package emulator_test

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator/catalogue"
)

// The pages of a filter, put together, are what this test picks from the list of
// everything, in its order; reservations that are bought between two pages come
// behind.
func TestFilteredPages(t *testing.T) {
	b := newBench(t)
	random := rand.New(rand.NewPCG(3, 9))
	all := catalogue.Default().RDS()
	buySome := func(n int) {
		for range n {
			// A few offerings often, the others rarely.
			i := random.IntN(len(all))
			if random.IntN(3) > 0 {
				i %= 5
			}
			if _, e := b.callRDS(rds.Encoder{}, &rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: all[i].ReservedDBInstancesOfferingId}, alice); e != nil {
				t.Fatal(e)
			}
		}
	}
	list := func(in rds.DescribeReservedDBInstancesInput, between func()) (ids []string, records []rds.ReservedDBInstance) {
		for {
			out, e := b.callRDS(rds.Encoder{}, &in, alice)
			if e != nil {
				t.Fatal(e)
			}
			page := out.(*rds.DescribeReservedDBInstancesOutput)
			for _, r := range page.ReservedDBInstances.Value {
				ids = append(ids, r.ReservedDBInstanceId.Value)
			}
			records = append(records, page.ReservedDBInstances.Value...)
			if in.Marker = page.Marker; !page.Marker.IsPresent() {
				return ids, records
			}
			between()
		}
	}
	nothing := func() {}
	buySome(400)
	for round := range 60 {
		_, everything := list(rds.DescribeReservedDBInstancesInput{}, nothing)
		sample := everything[random.IntN(len(everything))]
		in := rds.DescribeReservedDBInstancesInput{MaxRecords: wire.Some(int64(20 + random.IntN(81)))}
		wanted := []func(*rds.ReservedDBInstance) bool{}
		asks := func(yes bool, ask func(), want func(r *rds.ReservedDBInstance) bool) {
			if yes {
				ask()
				wanted = append(wanted, want)
			}
		}
		which := round % 64
		asks(which&1 != 0, func() { in.DBInstanceClass = sample.DBInstanceClass }, func(r *rds.ReservedDBInstance) bool { return r.DBInstanceClass == sample.DBInstanceClass })
		asks(which&2 != 0, func() { in.Duration = wire.Some(strconv.FormatInt(sample.Duration.Value, 10)) }, func(r *rds.ReservedDBInstance) bool { return r.Duration == sample.Duration })
		asks(which&4 != 0, func() { in.ProductDescription = sample.ProductDescription }, func(r *rds.ReservedDBInstance) bool { return r.ProductDescription == sample.ProductDescription })
		asks(which&8 != 0, func() { in.OfferingType = sample.OfferingType }, func(r *rds.ReservedDBInstance) bool { return r.OfferingType == sample.OfferingType })
		asks(which&16 != 0, func() { in.MultiAZ = sample.MultiAZ }, func(r *rds.ReservedDBInstance) bool { return r.MultiAZ == sample.MultiAZ })
		asks(which&32 != 0, func() { in.ReservedDBInstancesOfferingId = sample.ReservedDBInstancesOfferingId }, func(r *rds.ReservedDBInstance) bool {
			return r.ReservedDBInstancesOfferingId == sample.ReservedDBInstancesOfferingId
		})
		pick := func(records []rds.ReservedDBInstance) (ids []string) {
			for i := range records {
				ok := true
				for _, want := range wanted {
					ok = ok && want(&records[i])
				}
				if ok {
					ids = append(ids, records[i].ReservedDBInstanceId.Value)
				}
			}
			return ids
		}
		if got, _ := list(in, nothing); strings.Join(got, " ") != strings.Join(pick(everything), " ") {
			t.Fatalf("%+v: got %d, want %d", in, len(got), len(pick(everything)))
		}
		// Each page sees more than the one before, and what was there stays in its place.
		got, _ := list(in, func() { buySome(1) })
		_, later := list(rds.DescribeReservedDBInstancesInput{}, nothing)
		want := pick(later)
		if before := len(pick(everything)); len(got) < before || len(got) > len(want) || strings.Join(got, " ") != strings.Join(want[:len(got)], " ") {
			t.Fatalf("%+v, while buying: got %d, there were %d and are %d", in, len(got), before, len(want))
		}
		// Together with an id, a filter that fits gives the one, another none.
		in.Marker, in.ReservedDBInstanceId = wire.Opt[string]{}, sample.ReservedDBInstanceId
		if got, _ := list(in, nothing); len(got) != 1 || got[0] != sample.ReservedDBInstanceId.Value {
			t.Fatalf("%+v: got %v", in, got)
		}
		in.DBInstanceClass = wire.Some("db.none")
		if got, _ := list(in, nothing); len(got) != 0 {
			t.Fatalf("%+v: got %v", in, got)
		}
	}
}
