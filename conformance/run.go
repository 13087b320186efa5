package conformance

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"os/exec"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/conformance/casefile"
	"wireproof/conformance/exchange"
	"wireproof/conformance/rawhttp"
	"wireproof/conformance/rule"
)

// runner is a run on its way.
type runner struct {
	target   Target
	options  Options
	report   *Report
	services map[string]bool // of the selected cases
	// vs are the variables that every case has.
	vs variables
	// done and total count cases for Options.Progress.
	done, total int
	// waiting: the MediaConnect purchase of the survey is still to be made.
	waiting  bool
	skew     time.Duration // how far the target's clock is ahead
	clockSet bool
	// linger is how long a target is given to close a connection.
	linger atomic.Int64
	// silent counts exchanges in a row that the transport ended; see giveUp.
	silent atomic.Int32
	// kept is how many bytes of exchanges the report holds.
	kept atomic.Int64
}

// giveUp is how many exchanges in a row may get no answer in time before the run
// ends: a target that hangs would otherwise take hours.
const giveUp = 8

// maxKept bounds the bytes of exchanges in a report. What passes it keeps its
// beginning, and its checks.
const (
	maxKept  = 256 << 20
	shortend = 4 << 10
)

// errGone ends a run whose target answers no more.
var errGone = fmt.Errorf("%w any more: %d requests in a row were not answered in time", ErrUnreachable, giveUp)

// Run holds a target against the cases and the rules. The report is whole where
// err is nil, whatever it says of the target. Errors wrap [ErrUsage] and
// [ErrNothing] for what was asked, [ErrUnreachable] for a target that does not
// answer, and the context's; a report comes with the last two, of what was done
// until then, with the verdict [Incomplete].
func Run(ctx context.Context, target Target, options Options) (*Report, error) {
	options, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	cases, err := selectCases(&options)
	if err != nil {
		return nil, err
	}
	if err := checkExpectations(&options); err != nil {
		return nil, err
	}
	r := newRunner(target, options)
	for _, c := range cases {
		r.services[c.Service] = true
	}
	r.report.Available, r.report.Selected = len(options.Cases), len(cases)
	started := time.Now()
	survey, err := r.survey(ctx)
	results := []Result{*survey}
	if err == nil {
		var more []Result
		more, err = r.playInOrder(ctx, survey, cases)
		results = append(results, more...)
	}
	results[0] = *survey
	r.report.Results = results
	r.judgeRun()
	r.report.Took = time.Since(started)
	r.conclude(cases, err != nil)
	return r.report, err
}

func newRunner(target Target, options Options) *runner {
	r := &runner{target: target, options: options, vs: variables{}, services: map[string]bool{}}
	r.linger.Store(int64(maxLinger))
	r.report = &Report{Suite: suiteVersion(), Rulebook: rule.Version, Cases: options.CasesHash, Target: target.URL().String(),
		Started: options.Now(), Strict: options.Strict, Survey: Survey{OwnState: map[string]bool{}, Offerings: map[string]int{}}}
	if _, ok := target.(*HandlerTarget); ok {
		r.report.Target = "in process"
	}
	return r
}

// suiteVersion is that of this module, as it was built.
func suiteVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, m := range append(info.Deps, &info.Main) {
		if m.Path == "wireproof" && m.Version != "" {
			return m.Version
		}
	}
	return "(devel)"
}

// now is the target's time, as far as it is known.
func (r *runner) now() time.Time { return r.options.Now().Add(r.skew) }

// serves reports whether a case of the service is to be played. What is not asked for
// is not surveyed: nothing is bought there.
func (r *runner) serves(service string) bool { return r.services[service] }

// dial opens a connection. The error is a *[exchange.TransportError].
func (r *runner) dial(ctx context.Context) (*rawhttp.Conn, error) {
	dialing, cancel := context.WithTimeout(ctx, r.options.Timeout)
	defer cancel()
	conn, err := r.target.Dial(dialing)
	if err != nil {
		trouble := exchange.Unreachable
		if ctx.Err() != nil {
			trouble, err = exchange.Canceled, context.Cause(ctx)
		}
		return nil, &exchange.TransportError{Trouble: trouble, Doing: "connecting", Err: err}
	}
	return rawhttp.New(conn, rawhttp.Limits{Timeout: r.options.Timeout}, r.options.Now), nil
}

// newPlay makes ready to play a case.
func (r *runner) newPlay(c *casefile.Case) *play {
	p := &play{runner: r, c: c, vs: make(variables, len(r.vs)+8), result: &Result{Case: c.ID, About: c.About, Level: levelOf(c)}}
	for name, v := range r.vs {
		p.vs[name] = v
	}
	p.who = r.identity(c.ID)
	for _, need := range c.Needs {
		if n, err := need.Parse(); err == nil && n.Kind == casefile.Reservation {
			p.who = r.identity(SurveyID) // whose reservation it is
		}
	}
	p.other = r.identity(c.ID + "/other")
	stem := "wp" + hash(r.options.Seed, c.ID)[:12]
	p.vs["id"], p.vs["id2"], p.vs["id3"] = stem+"-1", stem+"-2", stem+"-3"
	now := r.now().UTC().Truncate(time.Second)
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	p.vs["now"], p.vs["month"] = mediaconnect.FormatStart(now), mediaconnect.FormatStart(month)
	p.vs["account"], p.vs["region"] = p.who.accessKey, p.who.region
	p.vs["host"] = r.target.URL().Host
	return p
}

// identity is who a case's requests are from: an account of its own, unless the
// user gave credentials.
func (r *runner) identity(name string) identity {
	who := identity{accessKey: r.options.AccessKey, secretKey: r.options.SecretKey, region: r.options.Region}
	if who.accessKey == "" {
		sum := sha256.Sum256([]byte(r.options.Seed + "\x00" + name))
		// Twelve digits, the first of which is no zero.
		who.accessKey = fmt.Sprint(100_000_000_000 + binary.BigEndian.Uint64(sum[:8])%900_000_000_000)
	}
	return who
}

func hash(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:])
}

// troubled notes an exchange that the transport ended, untroubled one that it did
// not.
func (r *runner) troubled(err error) {
	var t *exchange.TransportError
	if errors.As(err, &t) && (t.Trouble == exchange.Timeout || t.Trouble == exchange.Unreachable) {
		r.silent.Add(1)
	}
}

func (r *runner) untroubled() { r.silent.Store(0) }

// playInOrder plays the cases. On a target that is not known to keep accounts apart,
// those that only try to buy come before the one purchase of the survey, and the
// others after it. The results come in the order of the cases.
func (r *runner) playInOrder(ctx context.Context, survey *Result, cases []*casefile.Case) ([]Result, error) {
	if !r.waiting {
		return r.playAll(ctx, cases)
	}
	first, rest := split(cases, func(c *casefile.Case) bool {
		return c.Service == rule.MediaConnect && len(c.Needs) == 0 && !slices.ContainsFunc(c.Steps, func(s casefile.Step) bool {
			return s.Send.Operation == "DescribeReservation" // the survey has still to ask for it
		})
	})
	r.total = len(cases)
	results, err := r.playAll(ctx, first)
	if err != nil {
		for _, c := range rest {
			results = append(results, r.unplayed(c, err))
		}
		return sortResults(results), err
	}
	late, err := r.surveyLate(ctx)
	survey.Steps = append(survey.Steps, late.Steps...)
	survey.Took += late.Took
	if err != nil {
		for _, c := range rest {
			results = append(results, r.unplayed(c, err))
		}
		return sortResults(results), err
	}
	more, err := r.playAll(ctx, rest)
	return sortResults(append(results, more...)), err
}

func split(cases []*casefile.Case, wanted func(*casefile.Case) bool) (yes, no []*casefile.Case) {
	for _, c := range cases {
		if wanted(c) {
			yes = append(yes, c)
		} else {
			no = append(no, c)
		}
	}
	return yes, no
}

func sortResults(results []Result) []Result {
	slices.SortFunc(results, func(a, b Result) int { return compare(a.Case, b.Case) })
	return results
}

// notPlayed begins the reason of a case that was not come to.
const notPlayed = "not played: "

// unplayed is the result of a case that was not come to.
func (r *runner) unplayed(c *casefile.Case, err error) Result {
	return Result{Case: c.ID, About: c.About, Level: levelOf(c), Skipped: notPlayed + err.Error()}
}

// playAll plays the cases and gives their results in order.
func (r *runner) playAll(ctx context.Context, cases []*casefile.Case) ([]Result, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	results := make([]Result, len(cases))
	workers := r.options.Parallel
	if r.options.Config.Reset != nil || !r.allApart() {
		workers = 1
	}
	var next atomic.Int64
	var told sync.Mutex
	total := max(r.total, len(cases))
	var group sync.WaitGroup
	for range min(workers, max(len(cases), 1)) {
		group.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(cases) {
					return
				}
				results[i] = r.playOne(ctx, cases[i], cancel)
				told.Lock()
				r.done++
				if r.options.Progress != nil {
					r.options.Progress(r.done, total, &results[i])
				}
				told.Unlock()
				if r.options.FailFast && results[i].failed(r.options.Strict) {
					cancel(errFailFast)
				}
				if r.silent.Load() >= giveUp {
					cancel(errGone)
				}
			}
		})
	}
	group.Wait()
	err := context.Cause(ctx)
	if errors.Is(err, errFailFast) {
		err = nil
	}
	return results, err
}

var errFailFast = errors.New("a case failed, and no further one is played after the first")

// allApart reports whether both services keep accounts apart, as far as they are
// run.
func (r *runner) allApart() bool {
	for service, apart := range r.report.Survey.OwnState {
		if !apart && r.serves(service) && r.options.Config.has(service) {
			return false
		}
	}
	return true
}

// playOne plays a case, or says why not.
func (r *runner) playOne(ctx context.Context, c *casefile.Case, cancel context.CancelCauseFunc) Result {
	if ctx.Err() != nil {
		return r.unplayed(c, context.Cause(ctx))
	}
	p := r.newPlay(c)
	if reason, excused := r.unmet(c); reason != "" {
		p.result.Skipped, p.result.Excused = reason, excused
		return *p.result
	}
	if err := r.reset(ctx, p); err != nil {
		cancel(err)
		return r.unplayed(c, err)
	}
	if err := p.run(ctx); err != nil {
		cancel(err)
		p.result.Stopped = err.Error()
	}
	r.shorten(p.result)
	return *p.result
}

// reset brings the target back to where it began, as the configuration says, and
// makes anew the reservation that the case needs.
func (r *runner) reset(ctx context.Context, p *play) error {
	if r.options.Config.Reset == nil {
		return nil
	}
	if err := r.resetTarget(ctx); err != nil {
		return err
	}
	for _, need := range p.c.Needs {
		n, err := need.Parse()
		if err != nil || n.Kind != casefile.Reservation {
			continue
		}
		buy := r.newPlay(&casefile.Case{ID: SurveyID, Level: rule.Must})
		if n.Service == rule.RDS {
			err = buy.purchaseRDS(ctx, again)
		} else {
			_, err = buy.purchase(ctx, "PurchaseOffering", r.arn(), again)
		}
		buy.hangUp()
		if err != nil {
			return err
		}
		p.vs[n.Service+".reservation"] = r.vs[n.Service+".reservation"]
	}
	return nil
}

func (r *runner) resetTarget(ctx context.Context) error {
	reset := r.options.Config.Reset
	ctx, cancel := context.WithTimeout(ctx, r.options.Timeout)
	defer cancel()
	if len(reset.Command) > 0 {
		if out, err := exec.CommandContext(ctx, reset.Command[0], reset.Command[1:]...).CombinedOutput(); err != nil {
			return fmt.Errorf("harness: the reset command failed: %w: %s", err, out)
		}
		return nil
	}
	method, path, ok := strings.Cut(reset.Request, " ")
	if !ok {
		return fmt.Errorf("%w: configuration: reset: request %q: give a method and a path", ErrUsage, reset.Request)
	}
	conn, err := r.dial(ctx)
	if err != nil {
		return err
	}
	defer conn.Finish(0)
	x := conn.Do(ctx, rawhttp.Request{Bytes: method + " " + r.target.URL().EscapedPath() + path + " HTTP/1.1\r\nHost: " + r.target.URL().Host + "\r\nContent-Length: 0\r\n\r\n"})
	if x.Err != nil {
		return fmt.Errorf("harness: the reset request failed: %w", x.Err)
	}
	if x.Response == nil || x.Response.Status/100 != 2 {
		status := "no response"
		if x.Response != nil {
			status = fmt.Sprint(x.Response.Status, " ", http.StatusText(x.Response.Status))
		}
		return fmt.Errorf("harness: the reset request %q was answered with %s", reset.Request, status)
	}
	return nil
}

// shorten keeps a report within its bounds: of exchanges past them the beginning
// alone is kept.
func (r *runner) shorten(result *Result) {
	for i := range result.Steps {
		x := result.Steps[i].Exchange
		if r.kept.Add(int64(len(x.Received))) <= maxKept || len(x.Received) <= shortend {
			continue
		}
		short := *x
		short.Received = strings.Clone(x.Received[:shortend])
		short.Response = nil
		result.Steps[i].Exchange = &short
	}
}

// failed reports whether a case has a check that fails and that nobody expected.
func (r *Result) failed(strict bool) bool {
	for _, s := range r.Steps {
		for _, c := range s.Checks {
			if c.Expected == nil && (c.Verdict == rule.Fail || strict && c.Verdict == rule.Warn) {
				return true
			}
		}
	}
	return false
}
