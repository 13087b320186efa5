package journal

import (
	"context"
	"errors"
	"math"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestRoundTrip(t *testing.T) {
	path := filled(t, 50)
	var want []Record
	for i := uint64(1); i <= 50; i++ {
		want = append(want, record(i))
	}
	j := mustOpen(t, path)
	if d := diff(want, load(t, j)); d != "" {
		t.Error(d)
	}
	j.Close()
	if d := diff(want, load(t, mustOpen(t, path))); d != "" {
		t.Error("opened again:", d)
	}
}

func TestLoadIsInOrderOfSequence(t *testing.T) {
	j := mustOpen(t, temporary(t))
	for _, n := range []uint64{300, 1, math.MaxUint64, 2, 256, 255} {
		if err := j.Append(t.Context(), record(n)); err != nil {
			t.Fatal(err)
		}
	}
	var got []uint64
	for _, r := range load(t, j) {
		got = append(got, r.Sequence)
	}
	if d := diff([]uint64{1, 2, 255, 256, 300, math.MaxUint64}, got); d != "" {
		t.Error(d)
	}
}

func TestTimesComeBackInUTC(t *testing.T) {
	j := mustOpen(t, temporary(t))
	r := record(1)
	r.Purchased = time.Now().In(time.FixedZone("", 7200))
	if err := j.Append(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	got := load(t, j)[0].Purchased
	if !got.Equal(r.Purchased) || got.Location() != time.UTC {
		t.Errorf("got %v for %v", got, r.Purchased)
	}
}

func TestLoadStops(t *testing.T) {
	j := mustOpen(t, filled(t, 3))
	stop := errors.New("stop")
	calls := 0
	if err := j.Load(func(Record) error { calls++; return stop }); err != stop || calls != 1 {
		t.Errorf("got %v after %d calls", err, calls)
	}
	func() { // a panic of the caller's is no damage of the file
		defer func() {
			if recover() != "mine" {
				t.Error("the panic did not arrive")
			}
		}()
		j.Load(func(Record) error { panic("mine") })
	}()
	if got := len(load(t, j)); got != 3 {
		t.Errorf("%d records afterwards", got)
	}
}

func TestAppendRefuses(t *testing.T) {
	j := mustOpen(t, filled(t, 1))
	with := func(n uint64, change func(*Record)) Record {
		r := record(n)
		change(&r)
		return r
	}
	for _, tt := range []struct {
		reason string
		r      Record
		want   error
	}{
		{"no number", record(0), ErrSequence},
		{"a number that is taken", with(1, func(r *Record) { r.ID = "another" }), ErrSequence},
		{"encoding/json would change it", with(9, func(r *Record) { r.ID = "\xff" }), ErrRecord},
		{"in a tag too", with(9, func(r *Record) { r.Tags = []Tag{{"k", "\xff"}} }), ErrRecord},
		{"RFC 3339 has no such year", with(9, func(r *Record) { r.Purchased = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }), ErrRecord},
	} {
		if err := j.Append(t.Context(), tt.r); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.reason, err, tt.want)
		}
	}
	if d := diff([]Record{record(1)}, load(t, j)); d != "" {
		t.Error(d)
	}
}

func TestClose(t *testing.T) {
	before := runtime.NumGoroutine()
	path := temporary(t)
	j := mustOpen(t, path)
	var wg sync.WaitGroup
	var kept atomic.Int64
	for i := range uint64(8) {
		wg.Go(func() {
			for n := i + 1; ; n += 8 {
				if err := j.Append(context.Background(), record(n)); errors.Is(err, ErrClosed) {
					return
				} else if err != nil {
					t.Error(err)
					return
				}
				kept.Add(1)
			}
		})
	}
	for kept.Load() < 20 {
		time.Sleep(time.Millisecond)
	}
	if err := j.Close(); err != nil {
		t.Error(err)
	}
	wg.Wait()
	if err := j.Close(); err != nil {
		t.Errorf("closed again: %v", err)
	}
	if err := j.Load(func(Record) error { return nil }); !errors.Is(err, ErrClosed) {
		t.Errorf("Load: %v", err)
	}
	if err := j.Append(t.Context(), record(1<<40)); !errors.Is(err, ErrClosed) {
		t.Errorf("Append: %v", err)
	}
	for deadline := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), before)
		}
	}
	if got := len(load(t, mustOpen(t, path))); int64(got) != kept.Load() {
		t.Errorf("%d records, %d were kept", got, kept.Load())
	}
}

func TestConcurrentAppend(t *testing.T) {
	const workers, each = 8, 25
	path := temporary(t)
	j := mustOpen(t, path)
	var wg sync.WaitGroup
	for w := range uint64(workers) {
		wg.Go(func() {
			for i := range uint64(each) {
				if err := j.Append(t.Context(), record(1+w+workers*i)); err != nil {
					t.Error(err)
				}
				if i%10 == 0 {
					load(t, j)
				}
			}
		})
	}
	wg.Wait()
	got := load(t, j)
	if len(got) != workers*each {
		t.Fatalf("%d records", len(got))
	}
	for i, r := range got {
		if d := diff(record(uint64(i)+1), r); d != "" {
			t.Error(d)
		}
	}
}

// One of those that want the same number gets it, and the others hurt nobody who
// shares their commit.
func TestConcurrentSequence(t *testing.T) {
	j := mustOpen(t, temporary(t))
	var wg sync.WaitGroup
	var won atomic.Int64
	for i := range uint64(16) {
		wg.Go(func() {
			if err := j.Append(t.Context(), record(1)); err == nil {
				won.Add(1)
			} else if !errors.Is(err, ErrSequence) {
				t.Error(err)
			}
			if err := j.Append(t.Context(), record(i+2)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if won.Load() != 1 || len(load(t, j)) != 17 {
		t.Errorf("%d won, %d records", won.Load(), len(load(t, j)))
	}
}

func TestContext(t *testing.T) {
	j := mustOpen(t, temporary(t))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 20 {
		if err := j.Append(ctx, record(1)); !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v", err)
		}
	}
	if got := load(t, j); len(got) != 0 {
		t.Fatalf("%d records", len(got))
	}
	// Cancelled at any moment, a record is there exactly if Append said so.
	var wg sync.WaitGroup
	var mu sync.Mutex
	want := map[uint64]bool{}
	for w := range uint64(4) {
		wg.Go(func() {
			for i := range uint64(50) {
				n := 1 + w + 4*i
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(n*37%1500)*time.Microsecond)
				err := j.Append(ctx, record(n))
				cancel()
				if err != nil && !errors.Is(err, context.DeadlineExceeded) {
					t.Error(err)
				}
				mu.Lock()
				want[n] = err == nil
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	got := map[uint64]bool{}
	for _, r := range load(t, j) {
		got[r.Sequence] = true
	}
	for n, there := range want {
		if got[n] != there {
			t.Errorf("record %d: Append said %v, the file says %v", n, there, got[n])
		}
	}
}

// A disk that is full: what was answered stays, what was refused is not there,
// and nothing more is written until the file is opened again.
func TestDiskFull(t *testing.T) {
	path := temporary(t)
	j, err := openLimited(path, 64<<10)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	var n uint64
	for err == nil && n < 10_000 {
		n++
		err = j.Append(t.Context(), record(n))
	}
	if !errors.Is(err, ErrUncertain) || !strings.Contains(err.Error(), path) {
		t.Fatalf("record %d: %v", n, err)
	}
	if err := j.Append(t.Context(), record(n)); !errors.Is(err, ErrBroken) {
		t.Errorf("afterwards: %v", err)
	}
	if got := len(load(t, j)); got != int(n-1) {
		t.Errorf("%d records, %d were answered", got, n-1)
	}
	j.Close()
	j = mustOpen(t, path)
	if err := j.Append(t.Context(), record(n)); err != nil {
		t.Errorf("opened again: %v", err)
	}
	if got := len(load(t, j)); got != int(n) {
		t.Errorf("opened again: %d records, want %d", got, n)
	}
}
