package report_test

import (
	"os"
	"time"

	"wireproof/codec/wire"
	"wireproof/conformance"
	"wireproof/conformance/report"
	"wireproof/conformance/rule"
)

// A report as [conformance.Run] gives it, here with one failure, for people.
func ExampleConsole() {
	c := conformance.Check{Check: rule.Check{
		ID: "mediaconnect.errors.type-header", Level: rule.Must, Verdict: rule.Fail,
		Rule:        "An error has its type in the header x-amzn-ErrorType.",
		Differences: []rule.Difference{{Part: wire.Header, Path: "x-amzn-ErrorType", Offset: -1, Want: "NotFoundException"}},
	}}
	r := &conformance.Report{
		Suite: "0.4.0", Rulebook: "1", Cases: "3f9c1a", Target: "http://127.0.0.1:5000", Took: 800 * time.Millisecond,
		Available: 1, Selected: 1, Verdict: conformance.NotConformant,
		Counts:  conformance.Counts{Must: conformance.LevelCounts{Fail: 1}},
		Results: []conformance.Result{{Case: "mediaconnect.describe-offering.unknown", Level: rule.Must, Steps: []conformance.StepResult{{Step: "1", Checks: []conformance.Check{c}}}}},
	}
	if err := (report.Console{Quiet: true}).Write(os.Stdout, r); err != nil {
		panic(err)
	}
	// Output:
	// FAIL  mediaconnect.errors.type-header  mediaconnect.describe-offering.unknown 1  header x-amzn-ErrorType: want NotFoundException, got none
	// not conformant
}

func ExampleCompare() {
	check := report.Line{Case: "rds.offerings.minimal", Step: "1", ID: "http.content-length", Level: rule.Must, Verdict: rule.Pass}
	old := &report.Recorded{Checks: []report.Line{check}}
	check.Verdict = rule.Fail
	new := &report.Recorded{Checks: []report.Line{check}}
	if err := report.Compare(old, new).Write(os.Stdout); err != nil {
		panic(err)
	}
	// Output:
	// regressions: 1
	//   rds.offerings.minimal 1  http.content-length: pass -> fail
}
