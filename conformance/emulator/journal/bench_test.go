package journal

import (
	"fmt"
	"sync/atomic"
	"testing"
)

// What an Append costs alone and among others: a sync of the disk, or a share in
// one.
func BenchmarkAppend(b *testing.B) {
	for _, clients := range []int{1, 2, 8, 64} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			j := mustOpen(b, temporary(b))
			var n atomic.Uint64
			b.SetParallelism(clients) // of GOMAXPROCS, set to 1 by -cpu 1
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if err := j.Append(b.Context(), record(n.Add(1))); err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	for _, records := range []uint64{100, 10_000} {
		path := temporary(b)
		j := mustOpen(b, path)
		f := j.(*file)
		for n := uint64(1); n <= records; {
			var batch []*entry
			for ; n <= records && len(batch) < maxBatch; n++ {
				value, err := encode(key(n), record(n))
				if err != nil {
					b.Fatal(err)
				}
				batch = append(batch, &entry{key: key(n), value: value})
			}
			if err := f.put(batch); err != nil {
				b.Fatal(err)
			}
		}
		j.Close()
		b.Run(fmt.Sprintf("records=%d", records), func(b *testing.B) {
			for b.Loop() {
				j, err := Open(path)
				if err != nil {
					b.Fatal(err)
				}
				if err := j.Load(func(Record) error { return nil }); err != nil {
					b.Fatal(err)
				}
				j.Close()
			}
		})
	}
}
