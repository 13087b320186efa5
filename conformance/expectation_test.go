package conformance

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"wireproof/conformance/rule"
)

var everything = func(matcher) bool { return true }

// reportOf makes a report: a case for each, its checks as id=verdict.
func reportOf(cases ...string) *Report {
	r := &Report{}
	for _, text := range cases {
		id, checks, _ := strings.Cut(text, ": ")
		step := StepResult{Step: "1"}
		for check := range strings.FieldsSeq(checks) {
			name, verdict, _ := strings.Cut(check, "=")
			step.Checks = append(step.Checks, Check{Check: rule.Check{ID: name, Level: rule.Must, Verdict: rule.Verdict(verdict)}})
		}
		r.Results = append(r.Results, Result{Case: id, Level: rule.Must, Steps: []StepResult{step}})
	}
	return r
}

func TestAccept(t *testing.T) {
	now := time.Date(2026, 6, 30, 23, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		why      string
		e        Expectation
		whole    bool
		problem  string
		accepted int
	}{
		{"a check, wherever it fails", Expectation{Check: "http.date"}, true, "", 2},
		{"in one case", Expectation{Check: "http.date", Case: "rds.a"}, true, "", 1},
		{"a pattern", Expectation{Check: "http.*", Case: "rds.**"}, true, "", 3},
		{"a case with all its checks", Expectation{Case: "rds.b"}, true, "", 1},
		{"the last day", Expectation{Check: "http.date", Expires: "2026-06-30"}, true, "", 2},
		{"the day after", Expectation{Check: "http.date", Expires: "2026-06-29"}, true, "expired on 2026-06-29", 0},
		{"what passes", Expectation{Check: "http.body-length"}, true, "stale: what it declares passes now", 0},
		{"what passes, but not all was played", Expectation{Check: "http.body-length"}, false, "", 0},
		{"what passes, and may", Expectation{Check: "http.body-length", Flaky: true}, true, "", 0},
		{"what was not held", Expectation{Check: "rds.envelope.root"}, true, "matches no check of this run", 0},
		{"what was not found out", Expectation{Check: "http.answered"}, true, "", 0},
	} {
		r := reportOf("rds.a: http.date=fail http.body-length=pass http.error-status=fail", "rds.b: http.date=warn http.answered=error")
		tt.e.Reason = "x"
		r.accept([]Expectation{tt.e}, now, func(matcher) bool { return tt.whole })
		accepted := 0
		for _, result := range r.Results {
			for _, c := range result.Steps[0].Checks {
				if c.Expected != nil {
					accepted++
				}
			}
		}
		if got := r.Expectations[0].Problem; got != tt.problem || accepted != tt.accepted {
			t.Errorf("%s: %q and %d accepted, want %q and %d", tt.why, got, accepted, tt.problem, tt.accepted)
		}
	}
}

func TestUpdateExpectations(t *testing.T) {
	const before = `# what we know
- check: http.date # our framework
  reason: no clock
- check: http.body-length
  reason: fixed since
- check: http.error-status
  case: rds.a
  reason: late
  expires: 2020-01-01
`
	const after = `# what we know
- check: http.date # our framework
  reason: no clock
- check: http.error-status
  case: rds.a
  reason: late
  expires: 2020-01-01
- check: expect.members
  case: rds.a
  reason: 'not yet explained: written by --update-expected'
- check: expect.members
  case: rds.b
  reason: 'not yet explained: written by --update-expected'
- check: expect.members
  case: rds.c
  reason: 'not yet explained: written by --update-expected'
- check: http.error-status
  case: rds.b
  reason: 'not yet explained: written by --update-expected'
- check: rds.envelope.root
  reason: 'not yet explained: written by --update-expected'
`
	made := func() *Report {
		return reportOf("rds.a: http.date=fail http.body-length=pass http.error-status=fail expect.members=fail rds.envelope.root=fail",
			"rds.b: http.error-status=fail expect.members=fail rds.envelope.root=fail http.header-lines=warn", "rds.c: expect.members=fail rds.envelope.root=fail")
	}
	run := func(file string) *Report {
		t.Helper()
		declared, err := ReadExpectations(strings.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		r := made()
		r.accept(declared, time.Now(), everything)
		return r
	}
	got, err := UpdateExpectations(run(before), []byte(before))
	if err != nil || string(got) != after {
		t.Fatalf("%v\n%s", err, got)
	}
	// Once more changes nothing, and all but the expired one is accepted.
	r := run(after)
	if got, err := UpdateExpectations(r, []byte(after)); err != nil || string(got) != after {
		t.Errorf("%v\n%s", err, got)
	}
	for _, e := range r.Expectations {
		if (e.Problem != "") != (e.Expires != "") {
			t.Errorf("%s: %s", e.Check, e.Problem)
		}
	}
	// In a strict run a warning is a failure.
	strict := run("")
	strict.Strict = true
	if got, err := UpdateExpectations(strict, nil); err != nil || !bytes.Contains(got, []byte("- check: http.header-lines\n  case: rds.b\n")) {
		t.Errorf("%v\n%s", err, got)
	}
	// Nothing to declare is an empty list.
	if got, err := UpdateExpectations(reportOf("rds.a: http.date=pass"), nil); err != nil || string(got) != "[]\n" {
		t.Errorf("%v\n%s", err, got)
	}
}

func TestNearest(t *testing.T) {
	ids := []string{"http.date", "rds.describe-instances.minimal.get", "rds.purchase.listed", "rds.purchase.minimal.get"}
	for pattern, want := range map[string]string{
		"http.dat": "http.date", "rds.purchse.**": "rds.purchase.listed", "rds.purchase.minimal": "rds.purchase.minimal.get",
		"rds.purchase.minmal.*": "rds.purchase.minimal.get", "rds.describe-instance.**": "rds.describe-instances.minimal.get",
	} {
		if got := Nearest(pattern, ids); got != want {
			t.Errorf("%s: %s, want %s", pattern, got, want)
		}
	}
	if got := Nearest("x", nil); got != "" {
		t.Errorf("of nothing: %s", got)
	}
}
