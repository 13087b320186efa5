package conformance

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"wireproof/conformance/rule"
)

// Test runs the cases against a target, with a subtest for each case, named by its
// id, and one for the survey. A failed check fails its subtest; a warning is logged
// and fails only with Options.Strict. Cases that cannot be played are skipped with
// their reason. It gives the report, nil where there is none.
//
// To play one case: go test -run 'TestEmulator/rds.purchase.minimal'. Options.Run
// keeps the others from being played at all.
func Test(t *testing.T, target Target, options ...Options) *Report {
	t.Helper()
	var o Options
	if len(options) > 0 {
		o = options[0]
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	report, err := Run(ctx, target, o)
	if report == nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Error(err)
	}
	for i := range report.Results {
		result := &report.Results[i]
		t.Run(result.Case, func(t *testing.T) {
			if result.Skipped != "" {
				t.Skip(result.Skipped)
			}
			for _, step := range result.Steps {
				for k := range step.Checks {
					tell(t, report, &step, &step.Checks[k])
				}
			}
			if result.Stopped != "" && !failedOrExpected(result) {
				t.Error("the case ended early: " + result.Stopped)
			}
		})
	}
	for _, e := range report.Expectations {
		if e.Problem != "" {
			t.Errorf("expected failure in line %d (%s%s): %s", e.Line, e.Check, e.Case, e.Problem)
		}
	}
	if !t.Failed() && report.Verdict != Conformant && report.Verdict != Expected {
		t.Logf("the target is %s: cases were skipped that the configuration does not excuse", report.Verdict)
	}
	return report
}

// tell writes a check that did not pass into a test's log.
func tell(t *testing.T, report *Report, step *StepResult, c *Check) {
	t.Helper()
	text := checkText(step, c)
	switch {
	case c.Verdict == rule.Pass, c.Level == rule.Note:
	case c.Expected != nil:
		t.Logf("expected (%s): %s", c.Expected.Reason, text)
	case c.Verdict == rule.Fail, c.Verdict == rule.Error, c.Verdict == rule.Warn && report.Strict:
		t.Error(text)
	default:
		t.Log(text)
	}
}

func checkText(step *StepResult, c *Check) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s (%s) in step %s\n  %s\n", c.Verdict, c.ID, c.Level, step.Step, c.Rule)
	if c.Reason != "" {
		fmt.Fprintf(&b, "  %s\n", c.Reason)
	}
	for _, d := range c.Differences {
		fmt.Fprintf(&b, "  %s %s", d.Part, d.Path)
		if d.Offset >= 0 {
			fmt.Fprintf(&b, " byte %d", d.Offset)
		}
		fmt.Fprintf(&b, ": want %s, got %s\n", d.Want, d.Got)
	}
	return strings.TrimSuffix(b.String(), "\n")
}
