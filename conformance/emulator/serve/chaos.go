package serve

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/querywire"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator/auth"
)

// Chaos makes failures that clients have to live with. They strike before the
// handler: a request that fails here has changed nothing. A request for neither
// service, such as one for the health path, is left alone.
type Chaos struct {
	// Latency delays every answer.
	Latency Range
	// ErrorRate is the share of requests, 0 to 1, that get one of these by chance:
	// MediaConnect InternalServerErrorException 500, ServiceUnavailableException
	// 503, TooManyRequestsException 429; RDS InternalFailure 500,
	// ServiceUnavailable 503, Throttling 400.
	ErrorRate float64
	// Throttle limits operations by name, or all others together under "*". A
	// request past the limit gets TooManyRequestsException or Throttling.
	Throttle map[string]Rate
	// Random gives numbers from 0 up to 1; nil is math/rand/v2.
	Random func() float64
	// Now is the clock of Throttle; nil is the machine's.
	Now func() time.Time
	// Sleep waits, or returns earlier when ctx ends; nil sleeps for real.
	Sleep func(ctx context.Context, d time.Duration)
}

// Range is a delay between Min and Max. A Max below Min is taken to be Min.
type Range struct{ Min, Max time.Duration }

// Rate is how often something may happen: Burst times at once, and then
// PerSecond. A Burst of 0 is PerSecond, rounded up.
type Rate struct {
	PerSecond float64
	Burst     int
}

func (c Chaos) withDefaults() (Chaos, error) {
	c.Latency.Max = max(c.Latency.Min, c.Latency.Max)
	if c.Latency.Min < 0 {
		return c, fmt.Errorf("serve: %w: latency below zero", ErrOptions)
	}
	if !(c.ErrorRate >= 0 && c.ErrorRate <= 1) {
		return c, fmt.Errorf("serve: %w: an error rate is from 0 to 1", ErrOptions)
	}
	for name, rate := range c.Throttle {
		if !isOperation(name) && name != "*" {
			return c, fmt.Errorf("serve: %w: no operation %q to throttle", ErrOptions, name)
		}
		if !(rate.PerSecond > 0 && rate.PerSecond <= 1e9) || rate.Burst < 0 {
			return c, fmt.Errorf("serve: %w: the rate of %s has to be above zero", ErrOptions, name)
		}
	}
	if c.Random == nil {
		c.Random = rand.Float64
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Sleep == nil {
		c.Sleep = sleep
	}
	return c, nil
}

func isOperation(name string) bool {
	_, mc := mediaconnect.ParseOperation(name)
	_, db := rds.ParseOperation(name)
	return mc || db
}

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// chaos is Chaos at work. nil does nothing.
type chaos struct {
	Chaos
	mu      sync.Mutex
	buckets map[string]*bucket
}

func newChaos(c Chaos) *chaos {
	if c.Latency.Max == 0 && c.ErrorRate == 0 && len(c.Throttle) == 0 {
		return nil
	}
	x := &chaos{Chaos: c, buckets: map[string]*bucket{}}
	for name, rate := range c.Throttle {
		x.buckets[name] = newBucket(rate, c.Now())
	}
	return x
}

// strike delays a request, and says how it fails if it does.
func (x *chaos) strike(r *http.Request) *fault {
	if x == nil {
		return nil
	}
	service := serviceOf(scopeOf(r), sentPath(r))
	if service == "" {
		return nil
	}
	if l := x.Latency; l.Max > 0 {
		d := l.Min
		if l.Max > l.Min {
			d += time.Duration(x.Random() * float64(l.Max-l.Min))
		}
		x.Sleep(r.Context(), d)
	}
	if len(x.buckets) > 0 && !x.take(operationOf(r, service)) {
		return &fault{Throttled, "Rate exceeded"}
	}
	if x.ErrorRate > 0 && x.Random() < x.ErrorRate {
		return [...]*fault{
			{Failed, "An internal error, made on demand"},
			{Unavailable, "The service is unavailable, on demand"},
			{Throttled, "Rate exceeded"},
		}[min(int(x.Random()*3), 2)]
	}
	return nil
}

// take reports whether an operation may go on.
func (x *chaos) take(operation string) bool {
	b, ok := x.buckets[operation]
	if !ok {
		if b, ok = x.buckets["*"]; !ok {
			return true
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	return b.take(x.Now())
}

// bucket holds tokens; one is taken each time and they come back with time.
type bucket struct {
	rate   float64
	size   float64
	tokens float64
	last   time.Time
}

func newBucket(r Rate, now time.Time) *bucket {
	size := float64(r.Burst)
	if r.Burst == 0 {
		size = float64(int64(r.PerSecond))
		if size < r.PerSecond {
			size++
		}
	}
	return &bucket{rate: r.PerSecond, size: size, tokens: size, last: now}
}

func (b *bucket) take(now time.Time) bool {
	if d := now.Sub(b.last); d > 0 { // a clock that goes back gives nothing
		b.tokens = min(b.size, b.tokens+d.Seconds()*b.rate)
		b.last = now
	}
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}

// operationOf finds the operation of a request, or "". A form is read for its
// Action and put back.
func operationOf(r *http.Request, service string) string {
	if service == auth.MediaConnect {
		req := wire.Request{Method: r.Method, Path: sentPath(r), Body: "{}"} // only the route counts
		var d mediaconnect.Decoder
		if in, _ := d.DecodeRequest(&req); in != nil {
			return in.Operation().String()
		}
		return ""
	}
	if action := actionIn(r.URL.RawQuery); action != "" || r.Body == nil || r.ContentLength == 0 {
		return action
	}
	body, err := io.ReadAll(r.Body)
	r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), failing{err}))
	return actionIn(string(body))
}

// failing gives the error that reading a body ended with.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	return 0, io.EOF
}

func actionIn(query string) string {
	var q querywire.Reader
	q.Reset(query, wire.Query)
	for p := (querywire.Pair{}); q.Next(&p); {
		if p.Name == "Action" {
			return strings.Clone(p.Value)
		}
	}
	return ""
}
