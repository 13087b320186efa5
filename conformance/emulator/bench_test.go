package emulator_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator"
)

// sink is a ResponseWriter that counts.
type sink struct {
	header http.Header
	status int
	n      int
}

func (s *sink) Header() http.Header               { return s.header }
func (s *sink) WriteHeader(status int)            { s.status = status }
func (s *sink) Write(p []byte) (int, error)       { s.n += len(p); return len(p), nil }
func (s *sink) WriteString(p string) (int, error) { s.n += len(p); return len(p), nil }

// shot is a request that a handler can be given again and again.
type shot struct {
	r    *http.Request
	body string
	sink sink
}

func aim(b testing.TB, req wire.Request) *shot {
	b.Helper()
	u, err := url.ParseRequestURI("http://emulator.test" + req.Target())
	if err != nil {
		b.Fatal(err)
	}
	r := httptest.NewRequest(req.Method, "/", nil)
	r.URL, r.RequestURI = u, req.Target()
	for _, h := range req.Headers {
		r.Header.Add(h.Name, h.Value)
	}
	return &shot{r: r, body: req.Body}
}

func (s *shot) fire(b *testing.B, h http.Handler, want int) {
	s.sink = sink{header: http.Header{}}
	s.r.Body = io.NopCloser(strings.NewReader(s.body))
	h.ServeHTTP(&s.sink, s.r)
	if s.sink.status != want {
		b.Fatalf("status %d: %s", s.sink.status, s.body)
	}
}

func real(b testing.TB) *emulator.Emulator {
	e, err := emulator.New(emulator.Options{RDSQuota: 1 << 40})
	if err != nil {
		b.Fatal(err)
	}
	return e
}

// fill makes n reservations of alice, each bought as clients buy.
func fill(b testing.TB, e *emulator.Emulator, n int) {
	b.Helper()
	for i := range n {
		s := aim(b, form(fmt.Sprintf("%s&ReservedDBInstanceId=reservation-%d", buyOne, i), scope(alice, "us-east-1", "rds")))
		s.sink = sink{header: http.Header{}}
		s.r.Body = io.NopCloser(strings.NewReader(s.body))
		e.ServeHTTP(&s.sink, s.r)
		if s.sink.status != 200 {
			b.Fatal(s.sink.status)
		}
	}
}

func BenchmarkPurchase(b *testing.B) {
	e := real(b)
	s := aim(b, form(buyOne, scope(alice, "us-east-1", "rds")))
	b.ReportAllocs()
	for b.Loop() {
		s.fire(b, e, 200)
	}
}

func BenchmarkDescribeOne(b *testing.B) {
	e := real(b)
	fill(b, e, 1000)
	s := aim(b, form(instances+"&ReservedDBInstanceId=reservation-500", scope(alice, "us-east-1", "rds")))
	b.ReportAllocs()
	for b.Loop() {
		s.fire(b, e, 200)
	}
	b.SetBytes(int64(s.sink.n))
}

func BenchmarkDescribe100(b *testing.B) {
	e := real(b)
	fill(b, e, 1000)
	s := aim(b, form(instances, scope(alice, "us-east-1", "rds")))
	b.ReportAllocs()
	for b.Loop() {
		s.fire(b, e, 200)
	}
	b.SetBytes(int64(s.sink.n))
}

func BenchmarkOfferings100(b *testing.B) {
	e := real(b)
	s := aim(b, form(offerings, scope(alice, "us-east-1", "rds")))
	b.ReportAllocs()
	for b.Loop() {
		s.fire(b, e, 200)
	}
	b.SetBytes(int64(s.sink.n))
}

// BenchmarkPurchaseOffering is of a clock that has moved on by a term before each.
func BenchmarkPurchaseOffering(b *testing.B) {
	var now time.Time
	e, err := emulator.New(emulator.Options{Now: func() time.Time { return now }})
	if err != nil {
		b.Fatal(err)
	}
	s := aim(b, buy(goodBuy))
	month := 0
	b.ReportAllocs()
	for b.Loop() {
		if month += 12; month > 90_000 { // the year 9999 comes near
			month = 0
			if e, err = emulator.New(emulator.Options{Now: func() time.Time { return now }}); err != nil {
				b.Fatal(err)
			}
		}
		now = time.Date(2020, 1+time.Month(month), 1, 0, 0, 0, 0, time.UTC)
		s.body = `{"reservationName":"R","start":"` + mediaconnect.FormatStart(now) + `"}`
		s.fire(b, e, 201)
	}
}

func BenchmarkDescribeOffering(b *testing.B) {
	e := real(b)
	s := aim(b, list(label, ""))
	b.ReportAllocs()
	for b.Loop() {
		s.fire(b, e, 200)
	}
}

func BenchmarkListOfferings(b *testing.B) {
	e := real(b)
	s := aim(b, list("/v1/offerings", ""))
	b.ReportAllocs()
	for b.Loop() {
		s.fire(b, e, 200)
	}
}

// BenchmarkPage is the cost of a page in the middle and what a reservation takes
// in memory, with more and more of them. Neither may grow.
func BenchmarkPage(b *testing.B) {
	fill(b, real(b), 1) // what is made once is made
	for _, n := range []int{100, 10_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			before := heap()
			e := real(b)
			fill(b, e, n)
			each := float64(heap()-before) / float64(n)
			h := newBench(b)
			h.e = e
			marker := middle(h, n)
			body := instances + "&MaxRecords=20"
			if marker != "" {
				body += "&Marker=" + marker
			}
			s := aim(b, form(body, scope(alice, "us-east-1", "rds")))
			b.ReportAllocs()
			for b.Loop() {
				s.fire(b, e, 200)
			}
			b.ReportMetric(each, "B/reservation")
		})
	}
}

// middle pages on, so that the page is not the first.
func middle(b *bench, n int) string {
	in := rds.DescribeReservedDBInstancesInput{}
	for i := 0; i+100 < n/2; i += 100 {
		out, e := b.callRDS(rds.Encoder{}, &in, alice)
		if e != nil {
			b.Fatal(e)
		}
		in.Marker = out.(*rds.DescribeReservedDBInstancesOutput).Marker
		if i == 0 {
			in.MaxRecords.Set(100)
		}
	}
	return in.Marker.Value
}
