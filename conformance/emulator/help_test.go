package emulator_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/nethttp"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator"
)

// The clock of the tests, unless they set it: in the month of the captured
// purchases.
var noon = time.Date(2020, 3, 15, 12, 0, 0, 0, time.UTC)

// clock is a clock that stands still until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func (c *clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// counter makes request ids: 1, 2, 3.
func counter() func() string {
	var mu sync.Mutex
	n := 0
	return func() string {
		mu.Lock()
		defer mu.Unlock()
		n++
		return "request-" + strconv.Itoa(n)
	}
}

// bench is an emulator under test with the clock it goes by.
type bench struct {
	testing.TB
	e     *emulator.Emulator
	clock *clock
}

func newBench(t testing.TB, change ...func(*emulator.Options)) *bench {
	t.Helper()
	b := &bench{TB: t, clock: &clock{now: noon}}
	o := emulator.Options{Now: b.clock.Now, NewID: counter(), TokenKey: []byte("a key for tests")}
	for _, f := range change {
		f(&o)
	}
	e, err := emulator.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	b.e = e
	return b
}

// send gives the handler a request as net/http would, and checks what every
// answer has to have.
func (b *bench) send(req wire.Request) wire.Response {
	b.Helper()
	target := req.Target()
	r := httptest.NewRequest(http.MethodGet, "/", strings.NewReader(req.Body))
	u, err := url.ParseRequestURI("http://emulator.test" + target) // does not clean
	if err != nil {
		b.Fatalf("%s: %v", target, err)
	}
	r.Method, r.URL, r.RequestURI, r.ContentLength = req.Method, u, target, int64(len(req.Body))
	r.Host = "emulator.test"
	for _, h := range req.Headers {
		if strings.EqualFold(h.Name, "Host") {
			r.Host = h.Value
			continue
		}
		r.Header.Add(h.Name, h.Value)
	}
	w := httptest.NewRecorder()
	b.e.ServeHTTP(w, r)
	resp, err := nethttp.FromResponse(w.Result(), 1<<30)
	if err != nil {
		b.Fatal(err)
	}
	if resp.Status/100 == 3 {
		b.Errorf("%s %s is redirected", req.Method, target)
	}
	return resp
}

// sendable reports whether net/http would hand the request to a handler.
func (b *bench) sendable(req wire.Request) bool {
	_, err := url.ParseRequestURI("http://emulator.test" + req.Target())
	return err == nil
}

// noFindings fails for whatever a strict reading noticed.
func (b *bench) noFindings(resp *wire.Response, all []wire.Finding) {
	b.Helper()
	for _, f := range all {
		b.Errorf("finding: %v\nin %d %v\n%s", f, resp.Status, resp.Headers, resp.Body)
	}
}

// callRDS sends a request of RDS and reads the answer strictly.
func (b *bench) callRDS(e rds.Encoder, in rds.Input, account string) (rds.Output, *rds.Error) {
	b.Helper()
	req, err := e.EncodeRequest(in)
	if err != nil {
		b.Fatal(err)
	}
	req.Headers = append(req.Headers, scope(account, "us-east-1", "rds"))
	return b.readRDS(b.send(req), in.Operation(), e.Version)
}

// readRDS reads an answer of RDS: strictly, without findings, with the members,
// the namespace and the request ids that every answer has.
func (b *bench) readRDS(resp wire.Response, op rds.Operation, v rds.Version) (rds.Output, *rds.Error) {
	b.Helper()
	if v == "" {
		v = rds.Latest
	}
	if !strings.Contains(resp.Body, ` xmlns="http://rds.amazonaws.com/doc/`+string(v)+`/">`) {
		b.Errorf("no namespace of %s in %s", v, resp.Body)
	}
	var d rds.Decoder
	header, _ := resp.Headers.Get("x-amzn-RequestId")
	if resp.Status >= 400 {
		e := &rds.Error{}
		if err := d.DecodeError(&resp, e); err != nil {
			b.Fatalf("%v\n%s", err, resp.Body)
		}
		b.noFindings(&resp, d.Findings())
		if e.RequestID.Or("") != header || header == "" {
			b.Errorf("request id %q in the body and %q in the header", e.RequestID.Or(""), header)
		}
		if shape := e.Shape(); shape == nil || shape.Status != resp.Status {
			b.Errorf("status %d for %s", resp.Status, e.Code.Or(""))
		}
		return nil, e
	}
	out := op.NewOutput()
	if err := d.DecodeResponse(&resp, out); err != nil {
		b.Fatalf("%v\n%s", err, resp.Body)
	}
	b.noFindings(&resp, d.Findings())
	var meta rds.Metadata
	switch out := out.(type) {
	case *rds.DescribeReservedDBInstancesOfferingsOutput:
		meta = out.Metadata
		for i := range out.ReservedDBInstancesOfferings.Value {
			b.complete(&out.ReservedDBInstancesOfferings.Value[i])
		}
	case *rds.PurchaseReservedDBInstancesOfferingOutput:
		meta = out.Metadata
		b.completeInstance(&out.ReservedDBInstance.Value, v)
	case *rds.DescribeReservedDBInstancesOutput:
		meta = out.Metadata
		for i := range out.ReservedDBInstances.Value {
			b.completeInstance(&out.ReservedDBInstances.Value[i], v)
		}
	}
	// Pages are put together from pieces: the codec would have written the same.
	if again, err := (rds.Encoder{Version: v, Indent: true}).AppendBody(nil, out); err != nil || string(again) != resp.Body {
		b.Errorf("%v (-codec +answer):\n%s", err, cmp.Diff(string(again), resp.Body))
	}
	if meta.RequestID.Or("") != header || header == "" {
		b.Errorf("request id %q in the body and %q in the header", meta.RequestID.Or(""), header)
	}
	if len(meta.Unknown)+len(meta.UnknownEnvelope) > 0 {
		b.Errorf("unknown members: %v %v", meta.Unknown, meta.UnknownEnvelope)
	}
	return out, nil
}

// complete fails where an offering lacks a member. WIRE.md section B.11.
func (b *bench) complete(o *rds.ReservedDBInstancesOffering) {
	b.Helper()
	if !o.ReservedDBInstancesOfferingId.IsPresent() || !o.DBInstanceClass.IsPresent() || !o.Duration.IsPresent() || !o.FixedPrice.IsPresent() ||
		!o.UsagePrice.IsPresent() || !o.CurrencyCode.IsPresent() || !o.ProductDescription.IsPresent() || !o.OfferingType.IsPresent() ||
		!o.MultiAZ.IsPresent() || !o.RecurringCharges.IsPresent() || len(o.Unknown) > 0 {
		b.Errorf("incomplete: %+v", o)
	}
}

// completeInstance fails where a reservation lacks a member of its version, or has
// one of a later version. WIRE.md section C.
func (b *bench) completeInstance(r *rds.ReservedDBInstance, v rds.Version) {
	b.Helper()
	b.complete(&rds.ReservedDBInstancesOffering{
		ReservedDBInstancesOfferingId: r.ReservedDBInstancesOfferingId, DBInstanceClass: r.DBInstanceClass, Duration: r.Duration,
		FixedPrice: r.FixedPrice, UsagePrice: r.UsagePrice, CurrencyCode: r.CurrencyCode, ProductDescription: r.ProductDescription,
		OfferingType: r.OfferingType, MultiAZ: r.MultiAZ, RecurringCharges: r.RecurringCharges, Unknown: r.Unknown,
	})
	if !r.ReservedDBInstanceId.IsPresent() || !r.StartTime.IsPresent() || !r.DBInstanceCount.IsPresent() || !r.State.IsPresent() {
		b.Errorf("incomplete: %+v", r)
	}
	if late := v == "2014-10-31"; r.ReservedDBInstanceArn.IsPresent() != late || r.LeaseId.IsPresent() != late {
		b.Errorf("%s: ARN %v, lease %v", v, r.ReservedDBInstanceArn, r.LeaseId)
	}
}

// callMC sends a request of MediaConnect and reads the answer strictly.
func (b *bench) callMC(in mediaconnect.Input, account string) (mediaconnect.Output, *mediaconnect.Error) {
	b.Helper()
	req, err := mediaconnect.Encoder{}.EncodeRequest(in)
	if err != nil {
		b.Fatal(err)
	}
	req.Headers = append(req.Headers, scope(account, "us-east-1", "mediaconnect"))
	return b.readMC(b.send(req), in.Operation())
}

// readMC reads an answer of MediaConnect: strictly, without findings.
func (b *bench) readMC(resp wire.Response, op mediaconnect.Operation) (mediaconnect.Output, *mediaconnect.Error) {
	b.Helper()
	var d mediaconnect.Decoder
	if resp.Status >= 400 {
		e := &mediaconnect.Error{}
		if err := d.DecodeError(&resp, e); err != nil {
			b.Fatalf("%v\n%s", err, resp.Body)
		}
		b.noFindings(&resp, d.Findings())
		if shape := e.Shape(); shape == nil || shape.Status != resp.Status || e.RequestID.Or("") == "" || len(e.Unknown) > 0 {
			b.Errorf("status %d, %+v", resp.Status, e)
		}
		return nil, e
	}
	out := op.NewOutput()
	var failed *mediaconnect.Error
	if err := d.DecodeResponse(&resp, out); errors.As(err, &failed) {
		return nil, failed
	} else if err != nil {
		b.Fatalf("%v\n%s", err, resp.Body)
	}
	b.noFindings(&resp, d.Findings())
	if id, ok := resp.Headers.Get("x-amzn-RequestId"); !ok || id == "" {
		b.Errorf("no request id in %v", resp.Headers)
	}
	return out, nil
}

// scope is a header of Signature Version 4 that says who is calling and is no
// signature.
func scope(account, region, service string) wire.HeaderField {
	return wire.HeaderField{Name: "Authorization", Value: "AWS4-HMAC-SHA256 Credential=" + account + "/20200315/" + region + "/" + service +
		"/aws4_request, SignedHeaders=host;x-amz-date, Signature=0000000000000000000000000000000000000000000000000000000000000000"}
}

// live starts the emulator behind net/http.
func live(t testing.TB, e *emulator.Emulator) string {
	t.Helper()
	s := httptest.NewServer(e)
	t.Cleanup(s.Close)
	return s.URL
}

// get sends a raw request and gives status, headers and body.
func get(t testing.TB, method, url string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

// difference compares; a list that is empty and one that is nil are the same,
// since the state of a member tells absent from empty.
func difference(want, got any) string { return cmp.Diff(want, got, cmpopts.EquateEmpty()) }
