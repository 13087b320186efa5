package conformance_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"wireproof/codec/wire"
	"wireproof/conformance"
	"wireproof/conformance/casefile"
	"wireproof/conformance/embedded"
	"wireproof/conformance/emulator"
	"wireproof/conformance/rule"
)

// newEmulator gives the emulator as the suite knows it, and what a run has to know.
func newEmulator(t *testing.T) http.Handler {
	t.Helper()
	e, err := emulator.New(emulator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return embedded.Provoking(e)
}

func run(t *testing.T, h http.Handler, o conformance.Options) (*conformance.Report, error) {
	t.Helper()
	target := conformance.Handler(h)
	defer target.Close()
	return conformance.Run(t.Context(), target, o)
}

// checks lists those that were made, with the case and the verdict.
func checks(r *conformance.Report, wanted func(*conformance.Check) bool) (all []string) {
	for _, result := range r.Results {
		for _, s := range result.Steps {
			for _, c := range s.Checks {
				if wanted(&c) {
					all = append(all, fmt.Sprintf("%s %s %s %s", result.Case, s.Step, c.ID, c.Verdict))
				}
			}
		}
	}
	return all
}

func red(c *conformance.Check) bool { return c.Verdict == rule.Fail || c.Verdict == rule.Warn }

// Answers of real emulators to operations that they do not have are told once an
// operation, and everything else is skipped.
func TestNotImplemented(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"html 404": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(404)
			io.WriteString(w, "<!doctype html>\n<title>404 Not Found</title>\n")
		},
		"generic 200": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/xml")
			io.WriteString(w, "<GenericResponse><ResponseMetadata/></GenericResponse>")
		},
		"list of buckets": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/xml")
			io.WriteString(w, `<?xml version="1.0"?><ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>`)
		},
		"no such bucket": func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(404)
			io.WriteString(w, `<Error><Code>NoSuchBucket</Code><Message>bucket "v1" not found</Message></Error>`)
		},
		"invalid action": func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(400)
			io.WriteString(w, `<ErrorResponse><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>no</Message></Error><RequestId>x</RequestId></ErrorResponse>`)
		},
		"not implemented": func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(501) },
		"empty 200":       func(w http.ResponseWriter, r *http.Request) {},
		"hang up":         func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) },
	} {
		t.Run(name, func(t *testing.T) {
			r, err := run(t, answer, conformance.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if r.Verdict != conformance.NotConformant {
				t.Errorf("verdict %s", r.Verdict)
			}
			told := map[string]int{}
			for _, o := range r.Survey.Operations {
				if o.Implemented || o.Answered == "" {
					t.Errorf("%+v", o)
				}
				told[o.Operation]++
			}
			if len(told) != 8 || len(r.Survey.Operations) != 8 {
				t.Errorf("operations %v", told)
			}
			if got := checks(r, red); len(got) != 8 {
				t.Errorf("%d findings, want one an operation: %v", len(got), got)
			}
			for _, result := range r.Results[1:] {
				if result.Skipped == "" {
					t.Errorf("%s was played", result.Case)
				}
			}
		})
	}
}

// oneAccount is a target with one state for all, which counts successful purchases.
type oneAccount struct {
	http.Handler
	bought atomic.Int64
}

func (o *oneAccount) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if auth := r.Header.Get("Authorization"); auth != "" {
		_, rest, _ := strings.Cut(auth, "Credential=")
		key, _, _ := strings.Cut(rest, "/")
		r.Header.Set("Authorization", strings.Replace(auth, key, "123456789012", 1))
	}
	counter := &statusWriter{ResponseWriter: w}
	o.Handler.ServeHTTP(counter, r)
	if counter.status == http.StatusCreated {
		o.bought.Add(1)
	}
}

type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// A target with one state for all is tested with a single MediaConnect purchase.
// What it cannot show is skipped, and only a configuration excuses that.
func TestOneStateForAll(t *testing.T) {
	target := &oneAccount{Handler: newEmulator(t)}
	r, err := run(t, target, conformance.Options{Parallel: 8})
	if err != nil {
		t.Fatal(err)
	}
	if got := checks(r, red); len(got) > 0 {
		t.Errorf("findings: %v", got)
	}
	if r.Verdict != conformance.Incomplete || r.Survey.OwnState["rds"] || r.Survey.OwnState["mediaconnect"] {
		t.Errorf("%s, %v", r.Verdict, r.Survey.OwnState)
	}
	if n := target.bought.Load(); n != 1 {
		t.Errorf("%d purchases", n)
	}
	played := 0
	for _, result := range r.Results {
		if result.Skipped == "" {
			played++
		}
	}
	if played < 600 {
		t.Errorf("only %d cases could be played", played)
	}
	config := embedded.Config()
	config.Accounts = "shared"
	config.Lacks = []string{"own-state", "two-accounts"}
	r, err = run(t, &oneAccount{Handler: newEmulator(t)}, conformance.Options{Config: config})
	if err != nil || r.Verdict != conformance.Conformant {
		t.Errorf("with a configuration: %v, %v", r.Verdict, err)
	}
}

// A target that hangs is given up soon, at the start and in the middle.
func TestHanging(t *testing.T) {
	e := newEmulator(t)
	for name, after := range map[string]int64{"at once": 0, "later": 100} {
		t.Run(name, func(t *testing.T) {
			var served atomic.Int64
			h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if served.Add(1) > after {
					<-r.Context().Done()
					return
				}
				e.ServeHTTP(w, r)
			})
			started := time.Now()
			r, err := run(t, h, conformance.Options{Timeout: 30 * time.Millisecond, Parallel: 4})
			if !errors.Is(err, conformance.ErrUnreachable) || r == nil || r.Verdict == conformance.Conformant {
				t.Fatalf("%v", err)
			}
			if took := time.Since(started); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestUnreachable(t *testing.T) {
	target := conformance.Handler(newEmulator(t))
	target.Close()
	if r, err := conformance.Run(t.Context(), target, conformance.Options{}); !errors.Is(err, conformance.ErrUnreachable) || r.Verdict != conformance.Incomplete {
		t.Errorf("%v", err)
	}
}

func TestCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	target := conformance.Handler(newEmulator(t))
	defer target.Close()
	r, err := conformance.Run(ctx, target, conformance.Options{Progress: func(done, _ int, _ *conformance.Result) {
		if done == 10 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || r == nil || r.Verdict != conformance.Incomplete {
		t.Fatalf("%v", err)
	}
	if r.Counts.Must.Pass == 0 || r.Counts.Must.Skip == 0 {
		t.Errorf("%+v", r.Counts)
	}
}

// A response without end is no reason to fill the memory.
func TestFlood(t *testing.T) {
	flood := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		chunk := strings.Repeat("x", 1<<20)
		for range 100 {
			if _, err := io.WriteString(w, chunk); err != nil {
				return
			}
		}
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r, err := run(t, flood, conformance.Options{Run: []string{"rds.purchase.full.**", "mediaconnect.list-offerings.**"}})
	runtime.GC()
	runtime.ReadMemStats(&after)
	if err != nil || r.Verdict != conformance.NotConformant {
		t.Errorf("%v, %v", r, err)
	}
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 400<<20 {
		t.Errorf("%d MB are kept", grown>>20)
	}
}

// breaking changes the name of the currency in every answer.
func breaking(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b := &bodyWriter{ResponseWriter: w, status: 200}
		h.ServeHTTP(b, r)
		body := strings.ReplaceAll(b.body.String(), "CurrencyCode>", "currencycode>")
		w.Header().Set("Content-Length", fmt.Sprint(len(body)))
		w.WriteHeader(b.status)
		io.WriteString(w, body)
	})
}

type bodyWriter struct {
	http.ResponseWriter
	status int
	body   strings.Builder
}

func (w *bodyWriter) WriteHeader(status int)            { w.status = status }
func (w *bodyWriter) Write(p []byte) (int, error)       { return w.body.Write(p) }
func (w *bodyWriter) WriteString(s string) (int, error) { return w.body.WriteString(s) }

func TestExpectations(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	some := []string{"rds.describe-offerings.full.**"}
	r, err := run(t, breaking(newEmulator(t)), conformance.Options{Run: some, Config: embedded.Config()})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, result := range r.Results {
		for _, s := range result.Steps {
			for _, c := range s.Checks {
				if red(&c) && !slices.Contains(ids, c.ID) {
					ids = append(ids, c.ID)
				}
			}
		}
	}
	if len(ids) == 0 || r.Verdict != conformance.NotConformant {
		t.Fatalf("%v, %s", ids, r.Verdict)
	}
	var all []conformance.Expectation
	for _, id := range ids {
		all = append(all, conformance.Expectation{Check: id, Reason: "known"})
	}
	with := func(more ...conformance.Expectation) []conformance.Expectation {
		return append(slices.Clone(all), more...)
	}
	for _, tt := range []struct {
		name     string
		declared []conformance.Expectation
		verdict  conformance.Verdict
		problem  string
	}{
		{"all declared", all, conformance.Expected, ""},
		{"good on its last day", []conformance.Expectation{{Check: "**", Reason: "known", Expires: "2026-11-22"}}, conformance.Expected, ""},
		{"expired", []conformance.Expectation{{Check: "**", Reason: "known", Expires: "2026-11-21"}}, conformance.NotConformant, "expired on 2026-11-21"},
		{"stale", with(conformance.Expectation{Check: "http.status-line", Case: some[0], Reason: "known"}), conformance.NotConformant, "stale: what it declares passes now"},
		{"flaky", with(conformance.Expectation{Check: "http.status-line", Reason: "known", Flaky: true}), conformance.Expected, ""},
		{"stale, but not all was played", with(conformance.Expectation{Check: "http.status-line", Reason: "known"}), conformance.Expected, ""},
		{"of a case that is not selected", with(conformance.Expectation{Case: "rds.purchase.**", Reason: "known"}), conformance.Expected, ""},
		{"of nothing that was held", with(conformance.Expectation{Check: "mediaconnect.json.well-formed", Case: some[0], Reason: "known"}), conformance.NotConformant, "matches no check of this run"},
	} {
		r, err := run(t, breaking(newEmulator(t)), conformance.Options{Run: some, Expectations: tt.declared, Config: embedded.Config(), Now: func() time.Time { return now }})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		problem := ""
		for _, e := range r.Expectations {
			problem += e.Problem
		}
		if r.Verdict != tt.verdict || problem != tt.problem {
			t.Errorf("%s: %s, problem %q, counts %+v", tt.name, r.Verdict, problem, r.Counts)
		}
	}
	var pattern *conformance.PatternError
	if _, err := run(t, newEmulator(t), conformance.Options{Expectations: []conformance.Expectation{{Check: "rds.envelope.result-wraper", Reason: "x"}}}); !errors.As(err, &pattern) || pattern.Nearest != "rds.envelope.result-wrapper" {
		t.Errorf("%v", err)
	}
}

func TestFailFast(t *testing.T) {
	r, err := run(t, breaking(newEmulator(t)), conformance.Options{FailFast: true, Run: []string{"rds.describe-offerings.**"}, Config: embedded.Config()})
	if err != nil {
		t.Fatal(err)
	}
	played := 0
	for _, result := range r.Results[1:] {
		if result.Skipped == "" {
			played++
		}
	}
	if played != 1 || r.Verdict != conformance.NotConformant {
		t.Errorf("%d cases were played, %s", played, r.Verdict)
	}
}

// Every request names its case, unsigned, unless that is turned off; the user's own
// headers are in each, and in no report.
func TestHeaders(t *testing.T) {
	e := newEmulator(t)
	var mu sync.Mutex
	var named, secret, signed, all int
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		all++
		if r.Header.Get("X-Wireproof-Case") != "" {
			named++
		}
		if r.Header.Get("X-Token") == "hunter2hunter2" {
			secret++
		}
		if strings.Contains(r.Header.Get("Authorization"), "x-wireproof-case") || strings.Contains(r.Header.Get("Authorization"), "x-token") {
			signed++
		}
		mu.Unlock()
		e.ServeHTTP(w, r)
	})
	o := conformance.Options{Run: []string{"rds.describe-offerings.**"}, Config: embedded.Config(), Headers: wire.Headers{{Name: "X-Token", Value: "hunter2hunter2"}}}
	r, err := run(t, h, o)
	if err != nil {
		t.Fatal(err)
	}
	// Cases of exact bytes write their own headers.
	if named < all*9/10 || secret != named || signed != 0 {
		t.Errorf("%d requests, %d with the case, %d with the header, %d signed them", all, named, secret, signed)
	}
	for _, result := range r.Results {
		for _, s := range result.Steps {
			if strings.Contains(s.Exchange.Sent, "hunter2") {
				t.Fatalf("the header's value is in the report: %q", s.Exchange.Sent)
			}
			if _, rest, ok := strings.Cut(s.Exchange.Sent, "Signature="); ok && !strings.HasPrefix(rest, "***") && !strings.Contains(s.Exchange.Sent, "Signature=\r\n") {
				t.Fatalf("a signature is in the report: %q", s.Exchange.Sent)
			}
		}
	}
	all, named = 0, 0
	o.NoCaseHeader = true
	if _, err := run(t, h, o); err != nil || named != 0 || all == 0 {
		t.Errorf("%d of %d requests name their case", named, all)
	}
}

// Two runs say the same, in the same order, however many cases are played at once.
func TestDeterministic(t *testing.T) {
	var lists [2][]string
	for i := range lists {
		r, err := run(t, newEmulator(t), conformance.Options{Parallel: 1 + 7*i, Config: embedded.Config(), Seed: "seed"})
		if err != nil {
			t.Fatal(err)
		}
		lists[i] = checks(r, func(*conformance.Check) bool { return true })
	}
	if !slices.Equal(lists[0], lists[1]) {
		for i := range lists[0] {
			if i >= len(lists[1]) || lists[0][i] != lists[1][i] {
				t.Fatalf("check %d: %q and %q", i, lists[0][i], lists[1][min(i, len(lists[1])-1)])
			}
		}
	}
}

// A run leaves no goroutine behind.
func TestNothingLeft(t *testing.T) {
	before := runtime.NumGoroutine()
	if _, err := run(t, newEmulator(t), conformance.Options{Parallel: 4, Run: []string{"rds.**"}}); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(2 * time.Second); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines before, %d after", before, runtime.NumGoroutine())
		}
	}
}

func load(t *testing.T, text string) []*casefile.Case {
	t.Helper()
	cases, err := casefile.Load(fstest.MapFS{"x.yaml": {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

// What a case expects and does not get is told with a path and an offset.
func TestAssertions(t *testing.T) {
	const head = `
service: rds
evidence: [{kind: document, source: test}]
cases:
  - id: rds.test.case
    about: It is so.
    steps:
      - send: {operation: PurchaseReservedDBInstancesOffering, with: {ReservedDBInstancesOfferingId: "${rds.offering.ReservedDBInstancesOfferingId}", ReservedDBInstanceId: "${id}"}}
`
	for _, tt := range []struct {
		name, expect string
		check        string // red, or empty
		path, want   string
	}{
		{"success", "success", "", "", ""},
		{"refused", "refused", "expect.answer", "", "an error with a status of 4xx"},
		{"error", "{error: ReservedDBInstanceQuotaExceeded}", "expect.answer", "", "error ReservedDBInstanceQuotaExceeded"},
		{"status", "{status: [201, 202]}", "expect.status", "", "201 or 202"},
		{"equal", "{members: {/ReservedDBInstance/DBInstanceCount: 1}}", "", "", ""},
		{"not equal", "{members: {/ReservedDBInstance/DBInstanceCount: 2}}", "expect.members", "/ReservedDBInstance/DBInstanceCount", "integer 2"},
		{"absent", "{members: {/ReservedDBInstance/State: {absent: true}}}", "expect.members", "/ReservedDBInstance/State", "none"},
		{"match", "{members: {/ReservedDBInstance/State: {match: ^failed}}}", "expect.members", "/ReservedDBInstance/State", "text that matches ^failed"},
		{"variable", `{members: {/ReservedDBInstance/ReservedDBInstanceId: "${id}"}}`, "", "", ""},
		{"header", "{headers: {Content-Type: text/plain}}", "expect.headers", "Content-Type", `text "text/plain"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cases := load(t, head+"        expect: "+tt.expect+"\n")
			r, err := run(t, newEmulator(t), conformance.Options{Cases: cases, Config: embedded.Config()})
			if err != nil {
				t.Fatal(err)
			}
			got := checks(r, red)
			if tt.check == "" {
				if len(got) > 0 {
					t.Errorf("%v", got)
				}
				return
			}
			if len(got) != 1 || got[0] != "rds.test.case 1 "+tt.check+" fail" {
				t.Fatalf("%v", got)
			}
			step := r.Results[1].Steps[0]
			for _, c := range step.Checks {
				if c.ID != tt.check {
					continue
				}
				d := c.Differences[0]
				if len(c.Differences) != 1 || d.Path != tt.path || d.Want != tt.want {
					t.Errorf("%+v", c.Differences)
				}
				if name := d.Path[strings.LastIndexByte(d.Path, '/')+1:]; d.Part == wire.Body && !strings.HasPrefix(step.Exchange.Response.Raw[d.Offset:], "<"+name+">") {
					t.Errorf("offset %d points at %q", d.Offset, step.Exchange.Response.Raw[d.Offset:][:20])
				}
			}
		})
	}
}
