package conformance

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"wireproof/codec/wire"
	"wireproof/conformance/casefile"
	"wireproof/conformance/exchange"
	"wireproof/conformance/rawhttp"
	"wireproof/conformance/redact"
	"wireproof/conformance/rule"
)

// Checks that the engine itself makes.
const (
	// CheckAnswered: what came back is an HTTP response. It fails for bytes that are
	// none and for a connection that is closed instead; what only did not come in
	// time is an error of the transport.
	CheckAnswered = "http.answered"
	// CheckImplemented: the target has the operation. Held once, by the survey.
	CheckImplemented = "survey.implemented"
)

// maxPages bounds the following of pages that have no end.
const maxPages = 2000

// play is one case being played.
type play struct {
	*runner
	c      *casefile.Case
	vs     variables
	who    identity
	other  identity
	conn   *rawhttp.Conn
	result *Result
	// readings are those of result.Steps, in their order.
	readings []*rule.Reading
	reads    []*read
}

// read is an exchange with what is known of it before it is judged: judging waits
// until the connection has ended, because bytes may come late.
type read struct {
	step     string
	exchange *exchange.Exchange
	hint     rule.Hint
	checks   []rule.Check
	// unjudged leaves the rulebook out: what came is no answer of the service.
	unjudged bool
}

// errStopped ends a case after a step whose answer is not what later steps need.
var errStopped = errors.New("stopped")

// run plays the steps and judges what came.
func (p *play) run(ctx context.Context) error {
	started := time.Now()
	err := p.steps(ctx)
	p.hangUp()
	p.judge()
	p.result.Took = time.Since(started)
	if errors.Is(err, errStopped) {
		return nil
	}
	return err
}

func (p *play) steps(ctx context.Context) error {
	for i := range p.c.Steps {
		step := &p.c.Steps[i]
		name := step.Name
		if name == "" {
			name = strconv.Itoa(i + 1)
		}
		var err error
		switch {
		case step.Parallel > 1:
			err = p.parallel(ctx, name, step)
		case step.Follow:
			err = p.follow(ctx, name, step)
		default:
			err = p.single(ctx, name, step)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// hangUp ends the connection of the case. Targets that do not close theirs in time
// are not waited for again.
func (p *play) hangUp() {
	if p.conn == nil {
		return
	}
	if !p.conn.Finish(time.Duration(p.linger.Load())) {
		p.linger.Store(int64(minLinger))
	}
	p.conn = nil
}

// The longest waits for a target to close its side: until one was not kept, and
// afterwards.
const (
	maxLinger = 100 * time.Millisecond
	minLinger = time.Millisecond
)

// connect gives the connection of the case, or a new one.
func (p *play) connect(ctx context.Context, fresh bool) (*rawhttp.Conn, error) {
	if p.conn != nil && !fresh && p.conn.Usable() {
		return p.conn, nil
	}
	p.hangUp()
	conn, err := p.dial(ctx)
	if err != nil {
		return nil, err
	}
	p.conn = conn
	return conn, nil
}

// send makes one exchange. Errors are about the case, not about the target.
func (p *play) send(ctx context.Context, name string, s *casefile.Send, vs variables, own bool) (*read, *rule.Reading, error) {
	who := p.who
	if s.As == "other" {
		who = p.other
	}
	request, hint, err := p.compose(ctx, p.c, s, vs, who)
	if err != nil {
		return nil, nil, err
	}
	var x *exchange.Exchange
	var conn *rawhttp.Conn
	if own {
		if conn, err = p.dial(ctx); err == nil {
			x = conn.Do(ctx, request)
			conn.Finish(time.Duration(p.linger.Load()))
		}
	} else if conn, err = p.connect(ctx, s.Fresh); err == nil {
		x = conn.Do(ctx, request)
		if closedBefore(x) {
			// A target may close an idle connection at any time, without saying so. RFC
			// 9112 section 9.3.1.
			if conn, err = p.connect(ctx, true); err == nil {
				x = conn.Do(ctx, request)
			}
		}
	}
	if err != nil {
		x = &exchange.Exchange{Sent: request.Bytes, At: p.options.Now(), Err: err}
		x.Request, _ = exchange.ParseRequest(request.Bytes)
	}
	one := &read{step: name, exchange: x, hint: hint}
	return one, rule.Read(x, hint), nil
}

// closedBefore reports whether a request went over a connection that the target had
// closed since the last one.
func closedBefore(x *exchange.Exchange) bool {
	var t *exchange.TransportError
	return x.Reused && x.Received == "" && errors.As(x.Err, &t) && t.Trouble == exchange.Reset
}

// broken makes the checks of an exchange without a response, or gives false.
func (p *play) broken(one *read) bool {
	x := one.exchange
	if x.Err == nil && x.Response != nil {
		return false
	}
	check := rule.Check{ID: CheckAnswered, Level: levelOf(p.c), Rule: Assertions()[CheckAnswered],
		Evidence: []rule.Evidence{{Kind: rule.Standard, Source: "RFC 9110 section 3.4", Says: "a request is answered with a response"}}}
	var t *exchange.TransportError
	switch {
	case x.Err == nil, errors.As(x.Err, &t) && t.Trouble == exchange.Reset && t.Doing == "reading" && x.Response == nil:
		check.Verdict = rule.Fail
		if check.Level == rule.Should {
			check.Verdict = rule.Warn
		}
		got := "the end of the connection"
		if x.Received != "" {
			got = wire.Quote(x.Received)
		}
		check.Differences = []rule.Difference{{Part: exchange.Message, Offset: 0, Want: "a response in HTTP/1.1", Got: got}}
	default:
		check.Verdict, check.Reason = rule.Error, x.Err.Error()
		p.troubled(x.Err)
	}
	one.checks = append(one.checks, check)
	return x.Response == nil || x.Err != nil
}

// single plays a step of one request.
func (p *play) single(ctx context.Context, name string, step *casefile.Step) error {
	send := p.provoked(step)
	one, r, err := p.send(ctx, name, send, p.vs, false)
	if err != nil {
		return p.fault(step, err)
	}
	p.reads = append(p.reads, one)
	if p.broken(one) {
		return errStopped
	}
	p.untroubled()
	goOn, err := p.hold(one, r, step)
	if err != nil {
		return p.fault(step, err)
	}
	if !goOn {
		return errStopped
	}
	return p.capture(step, viewOf(r))
}

// hold makes the assertions of a step about one answer.
func (p *play) hold(one *read, r *rule.Reading, step *casefile.Step) (goOn bool, err error) {
	e := &step.Expect
	if r.Exchange.Request != nil && r.Exchange.Request.Method == "HEAD" {
		// There is no body to read; what is expected is a status or a header.
		goOn = true
	} else {
		var check rule.Check
		check, goOn = expectAnswer(p.c, e, r, p.vs)
		one.checks = append(one.checks, check)
	}
	if len(e.Status) > 0 {
		var differences []rule.Difference
		if got := r.Exchange.Response.Status; !slices.Contains(e.Status, got) {
			differences = append(differences, rule.Difference{Part: wire.Status, Offset: max(r.Offset(wire.Status, "", 0), 0), Want: numbers(e.Status), Got: strconv.Itoa(got)})
		}
		one.checks = append(one.checks, assertion(p.c, ExpectStatus, differences))
	}
	if goOn && len(e.Members) > 0 {
		differences, err := hold(viewOf(r), e.Members, p.vs, func(path string) int { return locate(r, path) })
		if err != nil {
			return false, err
		}
		one.checks = append(one.checks, assertion(p.c, ExpectMembers, differences))
	}
	if len(e.Headers) > 0 {
		differences, err := holdHeaders(r, e.Headers, p.vs)
		if err != nil {
			return false, err
		}
		one.checks = append(one.checks, assertion(p.c, ExpectHeaders, differences))
	}
	if e.Kept || e.Closed {
		one.checks = append(one.checks, assertion(p.c, ExpectConnection, p.connection(e, r)))
	}
	return goOn, nil
}

// connection holds whether the target kept its side open. It may close it if it
// says so.
func (p *play) connection(e *casefile.Expect, r *rule.Reading) []rule.Difference {
	wait := closingWait
	if e.Kept {
		wait = keptWait
	}
	closed := p.conn == nil || p.conn.Ended(wait)
	announced, _ := r.Exchange.Response.Headers.Get("Connection")
	if e.Closed == closed || e.Kept && strings.EqualFold(announced, "close") {
		return nil
	}
	words := map[bool]string{true: "closed", false: "open"}
	return []rule.Difference{{Part: exchange.Message, Offset: -1, Want: "the connection " + words[e.Closed], Got: words[closed]}}
}

// How long a target has to close a connection that it is to close, and how long one
// is watched that it is to keep.
const (
	closingWait = 100 * time.Millisecond
	keptWait    = 2 * time.Millisecond
)

func numbers(list []int) string {
	text := ""
	for i, n := range list {
		if i > 0 {
			text += " or "
		}
		text += strconv.Itoa(n)
	}
	return text
}

// capture keeps values for later steps. One that is not there ends the case.
func (p *play) capture(step *casefile.Step, view value) error {
	for name, path := range step.Capture {
		_, found := resolve(view, path)
		if len(found) != 1 || found[0] == nil {
			p.result.Stopped = fmt.Sprintf("the answer has no %s", path)
			return errStopped
		}
		p.vs[name] = found[0]
	}
	return nil
}

// fault ends a case that cannot be played on. A variable that is missing is no
// fault of the case: it was to come from the target.
func (p *play) fault(step *casefile.Step, err error) error {
	var missing *missingError
	if errors.As(err, &missing) {
		p.result.Stopped = missing.Error()
		return errStopped
	}
	return fmt.Errorf("case %s (%s:%d): %w", p.c.ID, p.c.File, p.c.Line, err)
}

// provoked adds what the configuration says gives the error that the step waits
// for, where the case needs that.
func (p *play) provoked(step *casefile.Step) *casefile.Send {
	send := &step.Send
	for _, code := range step.Expect.Error {
		how, ok := p.options.Config.Provokes[code]
		if !ok || !slices.Contains(p.c.Needs, casefile.Need("provokes."+code)) {
			continue
		}
		changed := *send
		changed.Headers = slices.Clone(send.Headers)
		for _, name := range sortedKeys(how.Headers) {
			changed.Headers = append(changed.Headers, casefile.Pair{Name: name, Values: []string{how.Headers[name]}})
		}
		if how.Count > 0 {
			changed.With = maps.Clone(send.With)
			changed.With["DBInstanceCount"] = how.Count
		}
		send = &changed
	}
	return send
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

// secretHeaders names the headers that the user gave: their values are nobody
// else's business.
func (r *runner) secretHeaders() (names []string) {
	for _, h := range r.options.Headers {
		names = append(names, h.Name)
	}
	return names
}

// judge holds the rulebook against every exchange, and puts the steps into the
// result.
func (p *play) judge() {
	for _, one := range p.reads {
		r := rule.Read(one.exchange, one.hint) // again, with what came late
		step := StepResult{Step: one.step, Exchange: one.exchange, Service: r.Service, Operation: r.Operation, Version: string(r.Version)}
		checks := one.checks
		if one.exchange.Response != nil && one.exchange.Err == nil && !one.unjudged {
			checks = append(checks, p.options.Book.Judge(r)...)
		}
		slices.SortStableFunc(checks, func(a, b rule.Check) int { return compare(a.ID, b.ID) })
		x, mask := redact.Exchange(one.exchange, p.secretHeaders()...)
		step.Exchange = x
		for _, c := range checks {
			c.Reason = mask.Text(c.Reason)
			for i := range c.Differences {
				d := &c.Differences[i]
				d.Path, d.Want, d.Got = mask.Text(d.Path), mask.Text(d.Want), mask.Text(d.Got)
			}
			step.Checks = append(step.Checks, Check{Check: c})
		}
		p.result.Steps = append(p.result.Steps, step)
		p.readings = append(p.readings, r)
	}
}
