package serve

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// errorOf reads an answer as an error of a service, strictly.
func errorOf(t *testing.T, service string, a answer) (code string) {
	t.Helper()
	resp := wire.Response{Status: a.status, Body: a.body}
	for name, values := range a.header {
		resp.Headers = append(resp.Headers, wire.HeaderField{Name: name, Value: values[0]})
	}
	if service == "rds" {
		var d rds.Decoder
		var e rds.Error
		if err := d.DecodeError(&resp, &e); err != nil || len(d.Findings()) > 0 {
			t.Errorf("%v, %v: %q", err, d.Findings(), a.body)
		}
		return e.Code.Or("")
	}
	var d mediaconnect.Decoder
	var e mediaconnect.Error
	if err := d.DecodeError(&resp, &e); err != nil || len(d.Findings()) > 0 {
		t.Errorf("%v, %v: %q", err, d.Findings(), a.body)
	}
	return e.Code.Or("")
}

// dice gives numbers in turn.
type dice struct {
	mu      sync.Mutex
	numbers []float64
}

func (d *dice) next() float64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := d.numbers[0]
	d.numbers = d.numbers[1:]
	return n
}

func request(method, target, body string) string {
	return fmt.Sprintf("%s %s HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n%s", method, target, len(body), body)
}

const scoped = "Authorization: AWS4-HMAC-SHA256 Credential=AKID/20200101/us-east-1/%s/aws4_request, SignedHeaders=host, Signature=x\r\n"

// Which error comes is the second number; each service has its own.
func TestErrorRate(t *testing.T) {
	var h seen
	d := &dice{}
	s := Test(t, &h, Options{Chaos: Chaos{ErrorRate: 0.5, Random: d.next}})
	for _, tt := range []struct {
		raw     string
		numbers []float64
		service string
		status  int
		code    string
	}{
		{request("GET", "/v1/offerings", ""), []float64{0.5}, "", 200, ""},
		{request("GET", "/v1/offerings", ""), []float64{0.49, 0}, "mediaconnect", 500, "InternalServerErrorException"},
		{request("GET", "/v1/offerings", ""), []float64{0, 0.5}, "mediaconnect", 503, "ServiceUnavailableException"},
		{request("GET", "/v1/offerings", ""), []float64{0, 0.99}, "mediaconnect", 429, "TooManyRequestsException"},
		{request("POST", "/", "Action=X"), []float64{0, 0}, "rds", 500, "InternalFailure"},
		{request("POST", "/", "Action=X"), []float64{0, 0.5}, "rds", 503, "ServiceUnavailable"},
		{request("POST", "/", "Action=X"), []float64{0, 0.99}, "rds", 400, "Throttling"},
		{request("POST", "/?Action=X", ""), []float64{0, 0}, "rds", 500, "InternalFailure"},
		{"GET /v1/x HTTP/1.1\r\nHost: h\r\n" + fmt.Sprintf(scoped, "rds") + "\r\n", []float64{0, 0}, "rds", 500, "InternalFailure"},
		{"GET / HTTP/1.1\r\nHost: h\r\n" + fmt.Sprintf(scoped, "mediaconnect") + "\r\n", []float64{0, 0}, "mediaconnect", 500, "InternalServerErrorException"},
		{request("GET", "/_wireproof/health", ""), nil, "", 200, ""},
	} {
		d.numbers = tt.numbers
		got := one(t, talk(t, s.Addr(), tt.raw))
		if got.status != tt.status || len(d.numbers) > 0 {
			t.Errorf("%q: got %d, want %d; %d numbers left", tt.raw, got.status, tt.status, len(d.numbers))
			continue
		}
		if n := len(h.take()); n != map[bool]int{true: 1, false: 0}[tt.status == 200] {
			t.Errorf("%q with %d: the handler got %d requests", tt.raw, got.status, n)
		}
		if tt.service != "" {
			if code := errorOf(t, tt.service, got); code != tt.code {
				t.Errorf("%q: got %s, want %s", tt.raw, code, tt.code)
			}
		}
	}
}

// The real source makes about the share that was asked for.
func TestErrorRateShare(t *testing.T) {
	x := newChaos(must(Chaos{ErrorRate: 0.3}.withDefaults()))
	r, _ := http.NewRequest("GET", "/v1/offerings", nil)
	counts := map[Cause]int{}
	for range 10_000 {
		if f := x.strike(r); f != nil {
			counts[f.cause]++
		}
	}
	for _, c := range []Cause{Failed, Unavailable, Throttled} {
		if n := counts[c]; n < 800 || n > 1200 {
			t.Errorf("%v: %d of 10,000, want about 1,000", c, n)
		}
	}
}

func must(c Chaos, err error) Chaos {
	if err != nil {
		panic(err)
	}
	return c
}

// clock is a clock that stands still.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) time() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }

func (c *clock) add(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.now = c.now.Add(d) }

// The body of a throttled form is still there for the handler.
func TestThrottle(t *testing.T) {
	var h seen
	c := &clock{now: time.Unix(1e9, 0)}
	s := Test(t, &h, Options{Chaos: Chaos{Now: c.time, Throttle: map[string]Rate{
		"PurchaseOffering":                    {PerSecond: 2},
		"PurchaseReservedDBInstancesOffering": {PerSecond: 0.5},
		"*":                                   {PerSecond: 1, Burst: 3},
	}}})
	const form = "Version=2014-10-31&%41ction=PurchaseReservedDBInstancesOffering&x=y"
	purchase, db, dbGet, list := request("POST", "/v1/offerings/arn", "{}"), request("POST", "/", form),
		request("GET", "/?"+form, ""), request("GET", "/v1/offerings", "")
	for i, tt := range []struct {
		wait   time.Duration
		raw    string
		status int
		reason string
	}{
		{0, purchase, 200, "two at once"},
		{0, purchase, 200, "two at once"},
		{0, purchase, 429, "and no third"},
		{0, request("GET", "/v1/offerings/arn", ""), 200, "the same path, another operation: the first of three others"},
		{0, db, 200, "half a token a second: one at once"},
		{0, db, 400, "and no second"},
		{0, dbGet, 400, "nor in the query"},
		{400 * time.Millisecond, purchase, 429, "not yet"},
		{100 * time.Millisecond, purchase, 200, "a token after half a second"},
		{0, purchase, 429, "one alone"},
		{-time.Hour, purchase, 429, "a clock that goes back gives nothing"},
		{time.Hour + 1500*time.Millisecond, dbGet, 200, "a token after two seconds"},
		{0, list, 200, "the rest has a bucket of its own, now full again"},
		{0, list, 200, "second"},
		{0, request("POST", "/", "Action=Unknown"), 200, "an unknown operation counts there too"},
		{0, list, 429, "four"},
	} {
		c.add(tt.wait)
		h.take()
		got := one(t, talk(t, s.Addr(), tt.raw))
		if got.status != tt.status {
			t.Errorf("%d, %s: got %d, want %d", i, tt.reason, got.status, tt.status)
			continue
		}
		switch got.status {
		case 429:
			if code := errorOf(t, "mediaconnect", got); code != "TooManyRequestsException" {
				t.Errorf("%d: got %s", i, code)
			}
		case 400:
			if code := errorOf(t, "rds", got); code != "Throttling" {
				t.Errorf("%d: got %s", i, code)
			}
		default:
			if all := h.take(); len(all) != 1 || strings.HasPrefix(tt.raw, "POST / ") && !strings.Contains(all[0], "ction=") {
				t.Errorf("%d: the handler got %q", i, all)
			}
		}
	}
}

// A body that breaks off while its Action is looked for breaks off for the
// handler too.
func TestThrottleKeepsBodyErrors(t *testing.T) {
	s := Test(t, new(seen), Options{Chaos: Chaos{Throttle: map[string]Rate{"*": {PerSecond: 1000}}}})
	got := one(t, talk(t, s.Addr(), "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nAction=X"))
	if got.status != 400 || !strings.Contains(got.body, io.ErrUnexpectedEOF.Error()) {
		t.Errorf("got %d %q", got.status, got.body)
	}
}

func TestLatency(t *testing.T) {
	var slept []time.Duration
	d := &dice{numbers: []float64{0, 0.5, 0.999}}
	o := Options{Chaos: Chaos{Random: d.next, Latency: Range{Min: 100 * time.Millisecond, Max: 300 * time.Millisecond},
		Sleep: func(_ context.Context, d time.Duration) { slept = append(slept, d) }}}
	s := Test(t, new(seen), o)
	for range 3 {
		talk(t, s.Addr(), request("GET", "/v1/offerings", ""))
	}
	want := []time.Duration{100 * time.Millisecond, 200 * time.Millisecond, 299800 * time.Microsecond}
	if fmt.Sprint(slept) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", slept, want)
	}

	// A fixed one, really slept, that is longer than the timeouts.
	s = Test(t, new(seen), Options{Limits: Limits{ReadTimeout: 50 * time.Millisecond, WriteTimeout: 50 * time.Millisecond},
		Chaos: Chaos{Latency: Range{Min: 200 * time.Millisecond}}})
	begin := time.Now()
	c := dial(t, s.Addr()) // stays open: a client that ends its side is taken for gone
	io.WriteString(c, request("GET", "/v1/offerings", ""))
	got := make([]byte, 12)
	if _, err := io.ReadFull(c, got); err != nil || string(got) != "HTTP/1.1 200" || time.Since(begin) < 200*time.Millisecond {
		t.Errorf("got %q, %v after %v", got, err, time.Since(begin))
	}
}
