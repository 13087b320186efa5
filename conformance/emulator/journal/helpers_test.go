package journal

import (
	"fmt"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

var epoch = time.Date(2026, 1, 31, 23, 59, 59, 123456789, time.UTC)

// record is a record that can be told by its number alone.
func record(n uint64) Record {
	r := Record{Sequence: n, Account: "123456789012", Region: "us-east-1", Purchased: epoch.Add(time.Duration(n))}
	if n%2 == 0 {
		r.Service, r.ID, r.OfferingID = "mediaconnect", fmt.Sprintf("arn:reservation:%d", n), "arn:offering"
		r.Name, r.Start = "<é&\u2028😀>", "2026-01-01T00:00:00Z"
		r.MediaConnectOffering = &mediaconnect.Offering{
			PricePerUnit: wire.Some("0.02"), Duration: wire.Some[int64](12), CurrencyCode: wire.NullOf[string](),
			ResourceSpecification: wire.Some(mediaconnect.ResourceSpecification{ReservedBitrate: wire.Some[int64](50)}),
		}
		return r
	}
	r.Service, r.ID, r.OfferingID, r.Count = "rds", fmt.Sprintf("ri-%d", n), "438012d3", int64(n)
	r.Tags = []Tag{{"k", ""}, {"", "v\x00"}}
	r.RDSOffering = &rds.ReservedDBInstancesOffering{
		FixedPrice: wire.Some(0.1 + float64(n)), MultiAZ: wire.Some(false), ProductDescription: wire.Some(""),
		RecurringCharges: wire.Some([]rds.RecurringCharge{{RecurringChargeAmount: wire.Some(0.123)}}),
	}
	return r
}

func temporary(t testing.TB) string { return filepath.Join(t.TempDir(), "state.db") }

func mustOpen(t testing.TB, path string) Journal {
	t.Helper()
	j, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	})
	return j
}

func load(t testing.TB, j Journal) []Record {
	t.Helper()
	var all []Record
	if err := j.Load(func(r Record) error { all = append(all, r); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

// filled makes a journal with the records 1 to n, closed.
func filled(t testing.TB, n uint64) string {
	path := temporary(t)
	j := mustOpen(t, path)
	for i := uint64(1); i <= n; i++ {
		if err := j.Append(t.Context(), record(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func diff(want, got any) string {
	if reflect.DeepEqual(want, got) { // much faster
		return ""
	}
	return cmp.Diff(want, got)
}
