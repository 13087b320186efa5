package main

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// kind is one of the requests under load, how often it comes, and what it may be
// answered.
type kind struct {
	name     string
	weight   int
	make     func() request
	statuses []int // the first one is a success
}

// kinds are what the load is made of. 503 is that the emulator is full, 403 that
// the account has a reservation at MediaConnect.
func kinds() []kind {
	return []kind{
		{"rds purchase", 40, func() request { return request{"POST", form, "rds", purchase} }, []int{200, 503}},
		{"rds describe", 30, func() request { return request{"POST", form, "rds", describe + "&MaxRecords=20"} }, []int{200}},
		{"mediaconnect purchase", 15, func() request {
			start := time.Now().UTC().Format("2006-01-02T15:04:05Z")
			return request{"POST", buyable, "mediaconnect", `{"reservationName":"soak","start":"` + start + `"}`}
		}, []int{201, 403, 503}},
		{"mediaconnect reservations", 10, func() request { return request{"GET", reservations, "mediaconnect", ""} }, []int{200}},
		{"mediaconnect offerings", 5, func() request { return request{"GET", offerings, "mediaconnect", ""} }, []int{200}},
	}
}

// tally counts answers by kind and status.
type tally struct {
	mu     sync.Mutex
	counts map[string]map[int]int64
	total  atomic.Int64
	full   atomic.Int64 // how many purchases found no room
}

func (t *tally) add(other map[string]map[int]int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for name, statuses := range other {
		if t.counts[name] == nil {
			t.counts[name] = map[int]int64{}
		}
		for status, n := range statuses {
			t.counts[name][status] += n
		}
	}
}

// grown is how much the memory may be above what it was when the emulator was
// full, and rhythm what the garbage collector lets pile up on a small heap besides.
const (
	grown  = 1.25
	rhythm = 128 << 20
)

// soak loads the server and watches its memory.
func (p plan) soak(out io.Writer) error {
	s, err := start(p.binary, "--max-reservations", fmt.Sprint(p.reservations), "--max-accounts", fmt.Sprint(p.accounts))
	if err != nil {
		return err
	}
	defer s.cmd.Process.Kill() // does nothing to one that has been stopped
	fmt.Fprintf(out, "load: %d connections for %v, at most %d reservations of %d accounts at a service\n%10s %12s %10s %12s %8s\n",
		p.connections, p.lasts, p.reservations, p.accounts, "time", "answers", "1/s", "no room", "MB")
	files := s.descriptors()
	t := tally{counts: map[string]map[int]int64{}}
	begin := time.Now()
	end := begin.Add(p.lasts)
	errs := make([]error, p.connections)
	var wait sync.WaitGroup
	for i := range errs {
		wait.Go(func() { errs[i] = p.press(s.addr, end, &t) })
	}
	done := make(chan struct{})
	go func() { wait.Wait(); close(done) }()
	fullAt, peak := p.watch(out, s, &t, begin, done)
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for _, k := range kinds() {
		fmt.Fprintf(out, "  %-26s", k.name)
		for _, status := range k.statuses {
			fmt.Fprintf(out, " %d: %-9d", status, t.counts[k.name][status])
		}
		fmt.Fprintln(out)
		if t.counts[k.name][k.statuses[0]] == 0 {
			return fmt.Errorf("no %s was answered with %d", k.name, k.statuses[0])
		}
	}
	time.Sleep(200 * time.Millisecond) // the server notices that the connections are closed
	if left := s.descriptors(); left > files+2 {
		return fmt.Errorf("%d files were open before and %d are after", files, left)
	}
	switch {
	case fullAt == 0:
		fmt.Fprintln(out, "the emulator was not full: nothing is known of its memory; let it run for longer")
	case float64(peak) > grown*float64(fullAt)+rhythm:
		return fmt.Errorf("the memory has grown from %d MB to %d MB while the emulator was full", fullAt>>20, peak>>20)
	default:
		fmt.Fprintf(out, "full at %d MB, at most %d MB afterwards\n", fullAt>>20, peak>>20)
	}
	return s.stop()
}

// press is one connection's part. More accounts ask than are kept: half of them
// find room.
func (p plan) press(addr string, end time.Time, t *tally) error {
	c, err := connect(addr)
	if err != nil {
		return err
	}
	defer c.Close()
	counts := map[string]map[int]int64{}
	defer func() { t.add(counts) }()
	all := kinds()
	for _, k := range all {
		counts[k.name] = map[int]int64{}
	}
	for time.Now().Before(end) {
		at := rand.IntN(100)
		k := &all[0]
		for i := range all {
			if k = &all[i]; at < k.weight {
				break
			}
			at -= k.weight
		}
		status, _, err := c.ask(1+rand.IntN(2*p.accounts), k.make(), false)
		if err != nil {
			return fmt.Errorf("%s: %w", k.name, err)
		}
		expected := false
		for _, want := range k.statuses {
			expected = expected || status == want
		}
		if !expected {
			return fmt.Errorf("%s: status %d", k.name, status)
		}
		counts[k.name][status]++
		t.total.Add(1)
		if status == 503 {
			t.full.Add(1)
		}
	}
	return nil
}

// watch prints the memory about fifteen times and gives what it was when the
// emulator was full (0: never) and the most that it was afterwards. It is full when
// nearly all purchases of a second find no room.
func (p plan) watch(out io.Writer, s *server, t *tally, begin time.Time, done <-chan struct{}) (fullAt, peak int64) {
	every := max(p.lasts/100, 50*time.Millisecond)
	tick := time.NewTicker(every)
	defer tick.Stop()
	var total, full int64 // at the last tick
	for n := 0; ; n++ {
		select {
		case <-done:
			return fullAt, peak
		case <-tick.C:
		}
		rss, nowTotal, nowFull := s.rss(), t.total.Load(), t.full.Load()
		if n%7 == 0 {
			fmt.Fprintf(out, "%10s %12d %10.0f %12d %8d\n", time.Since(begin).Round(100*time.Millisecond), nowTotal,
				float64(nowTotal-total)/every.Seconds(), nowFull, rss>>20)
		}
		// Purchases at RDS are 40 of 100 requests.
		if fullAt == 0 && float64(nowFull-full) > 0.39*float64(nowTotal-total) {
			fullAt = rss
		}
		if fullAt > 0 {
			peak = max(peak, rss)
		}
		total, full = nowTotal, nowFull
	}
}
