package report

import (
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"wireproof/conformance"
	"wireproof/conformance/exchange"
	"wireproof/conformance/redact"
	"wireproof/conformance/rule"
)

// Played is the id of the check that stands for a case as a whole. It is there for
// cases that were skipped, and as a note for those that ended early.
const Played = "case.played"

// played is the sentence of [Played].
const played = "The case could be played to its end."

// Kinds lists the kinds of reports that [Write] writes.
func Kinds() []string { return []string{"console", "jsonl", "junit", "sarif"} }

// Write writes a report of a kind. It fails where there is no such kind and where
// w fails.
func Write(w io.Writer, kind string, r *conformance.Report) error {
	switch kind {
	case "console":
		return Console{}.Write(w, r)
	case "jsonl":
		return WriteJSONL(w, r)
	case "junit":
		return WriteJUnit(w, r)
	case "sarif":
		return WriteSARIF(w, r)
	}
	return fmt.Errorf("report: no kind %q; choose one of %q", kind, Kinds())
}

// outcome is what a check counts as: its verdict, or expected where a declaration
// accepts its failure.
type outcome string

const (
	passed   = outcome(rule.Pass)
	failed   = outcome(rule.Fail)
	warned   = outcome(rule.Warn)
	skipped  = outcome(rule.Skip)
	broken   = outcome(rule.Error)
	expected = outcome("expected")
)

func outcomeOf(c *conformance.Check) outcome {
	if c.Expected != nil {
		return expected
	}
	return outcome(c.Verdict)
}

// counted: notes are in no count.
func counted(c *conformance.Check) bool { return c.Level != rule.Note }

// unplayed makes the check that stands for a case that was skipped, or, without a
// level that counts, for one that was not played to its end.
func unplayed(r *conformance.Result) (c conformance.Check, ok bool) {
	c.Check = rule.Check{ID: Played, Level: r.Level, Verdict: rule.Skip, Rule: played, Reason: r.Skipped}
	if r.Skipped == "" {
		c.Level, c.Reason = rule.Note, r.Stopped
	}
	return c, c.Reason != ""
}

// Redact returns a copy of the report without secrets, where headers names headers
// of the requests whose values are secret besides those that package redact knows.
// Writers need it for such headers only; all else they mask by themselves.
func Redact(r *conformance.Report, headers ...string) *conformance.Report {
	m := *r
	m.Target = targetOf(r)
	m.Survey.Operations = slices.Clone(r.Survey.Operations)
	for i, o := range m.Survey.Operations {
		m.Survey.Operations[i].Answered = answered(r, o, headers...)
	}
	m.Results = slices.Clone(r.Results)
	for i := range m.Results {
		steps := slices.Clone(m.Results[i].Steps)
		for j := range steps {
			steps[j] = *masked(&steps[j], headers...)
		}
		m.Results[i].Steps = steps
	}
	return &m
}

// masked gives a step with its secrets taken out.
func masked(s *conformance.StepResult, headers ...string) *conformance.StepResult {
	if s.Exchange == nil {
		return s
	}
	x, mask := redact.Exchange(s.Exchange, headers...)
	if x == s.Exchange && mask.Empty() {
		return s
	}
	m := *s
	if x.Err != nil {
		masked := *x
		masked.Err = maskedError{mask.Text(x.Err.Error()), x.Err}
		x = &masked
	}
	m.Exchange = x
	m.Checks = slices.Clone(s.Checks)
	for i := range m.Checks {
		c := &m.Checks[i]
		c.Reason = mask.Text(c.Reason)
		c.Differences = slices.Clone(c.Differences)
		for j := range c.Differences {
			d := &c.Differences[j]
			d.Path, d.Want, d.Got = mask.Text(d.Path), mask.Text(d.Want), mask.Text(d.Got)
		}
	}
	return &m
}

// maskedError is an error whose text has no secret.
type maskedError struct {
	text string
	err  error
}

func (e maskedError) Error() string { return e.text }
func (e maskedError) Unwrap() error { return e.err }

// targetOf is the target without the password that a URL can have.
func targetOf(r *conformance.Report) string {
	u, err := url.Parse(r.Target)
	if err != nil || u.User == nil {
		return r.Target
	}
	if _, ok := u.User.Password(); !ok {
		return r.Target
	}
	rest := strings.TrimPrefix(r.Target, u.Scheme+"://")
	user, at := rest[:strings.IndexByte(rest, ':')], strings.IndexByte(rest, '@')
	return u.Scheme + "://" + user + ":" + strings.Repeat("*", at-len(user)-1) + rest[at:]
}

// trouble says what ended an exchange, or is empty.
func trouble(x *exchange.Exchange) string {
	if x == nil || x.Err == nil {
		return ""
	}
	return x.Err.Error()
}

// clients names the clients of the reactions in the order in which they are told.
var clients = []string{"boto3", "aws-cli", "aws-sdk-go-v2", "aws-sdk-js-v3"}

// clientsOf lists the clients of a check: the known ones first, others by name.
func clientsOf(says map[string]string) []string {
	var names []string
	for _, c := range clients {
		if _, ok := says[c]; ok {
			names = append(names, c)
		}
	}
	var others []string
	for c := range says {
		if !slices.Contains(clients, c) {
			others = append(others, c)
		}
	}
	slices.Sort(others)
	return append(names, others...)
}
