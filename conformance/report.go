package conformance

import (
	"time"

	"wireproof/conformance/exchange"
	"wireproof/conformance/rule"
)

// Verdict is the outcome of a run.
type Verdict string

// The verdicts of a run.
const (
	// Conformant: every must that was selected was held and passed.
	Conformant Verdict = "conformant"
	// Expected: all failures are the declared ones.
	Expected Verdict = "expected"
	// NotConformant: something failed that was not declared, or a declaration is
	// stale.
	NotConformant Verdict = "not conformant"
	// Incomplete: a must could not be made, and the configuration does not say that
	// the target lacks what it needs.
	Incomplete Verdict = "incomplete"
)

// Report is what a run found.
type Report struct {
	// Suite is the version of this module, Rulebook of the rules, and Cases a hash
	// of the cases that there were to choose from.
	Suite    string
	Rulebook string
	Cases    string
	// Target is the URL, or "in process".
	Target  string
	Started time.Time
	Took    time.Duration
	// Strict: warnings count as failures.
	Strict bool
	// Available and Selected count cases.
	Available, Selected int

	// Survey is what was found out first. Its checks say which operations are not
	// there.
	Survey Survey
	// Results are those of the selected cases, in the order of their ids. The
	// survey's exchanges are a result of their own, with the id "survey", first.
	Results []Result
	// Expectations are those that were declared, and what became of them.
	Expectations []Expectation

	Counts  Counts
	Verdict Verdict
}

// Result is what became of one case.
type Result struct {
	Case  string // id
	About string
	Level rule.Level
	// Skipped says why the case was not played; then there are no steps. Excused
	// is true where the configuration says that the target lacks what it needs.
	Skipped string
	Excused bool
	// Stopped says why a case ended before its last step, where no check of its own
	// tells.
	Stopped string
	Steps   []StepResult
	Took    time.Duration
}

// StepResult is one exchange of a step. A step that sends several requests has
// several.
type StepResult struct {
	// Step is the step's name; page or parallel requests have their number behind
	// it: "all.2".
	Step string
	// Exchange has its secrets replaced by as many asterisks.
	Exchange *exchange.Exchange
	// Service, Operation and Version are what was called, as far as it is known.
	Service, Operation, Version string
	Checks                      []Check
}

// Check is a check of a rule or of an assertion, with what was declared about it.
type Check struct {
	rule.Check
	// Expected is the declaration that accepts the failure, or nil. Its verdict
	// stays what it is.
	Expected *Expectation
}

// Survey is what a target was found to be.
type Survey struct {
	Operations []SurveyedOperation
	// OwnState says whether accounts are kept apart, by service.
	OwnState map[string]bool
	// Offerings counts what is for sale, by service, as far as it was looked.
	Offerings map[string]int
}

// SurveyedOperation says whether a target has an operation.
type SurveyedOperation struct {
	Service, Operation string
	Implemented        bool
	// Answered is what it answered its minimal valid request, where that is neither
	// the operation's document nor one of its errors.
	Answered string
}

// Counts are the checks of a run. Those that a declaration accepts count as
// Expected, not as Fail or Warn. A case that was skipped counts as one skip of its
// level.
type Counts struct {
	Must   LevelCounts `json:"must"`
	Should LevelCounts `json:"should"`
}

// LevelCounts are the checks of one level. Fail is of musts, Warn of shoulds.
type LevelCounts struct {
	Pass, Fail, Warn, Skip, Error, Expected int
}

// Expectation is one entry of a file of expected failures.
type Expectation struct {
	// Check and Case are patterns of ids, at least one of them.
	Check  string `yaml:"check,omitempty" json:"check,omitempty"`
	Case   string `yaml:"case,omitempty" json:"case,omitempty"`
	Reason string `yaml:"reason" json:"reason"`
	Issue  string `yaml:"issue,omitempty" json:"issue,omitempty"`
	// Expires is the last day on which it holds, as 2006-01-02.
	Expires string `yaml:"expires,omitempty" json:"expires,omitempty"`
	// Flaky: it may pass as well.
	Flaky bool `yaml:"flaky,omitempty" json:"flaky,omitempty"`

	// Line is where it stands in the file. Failed counts the checks that it matched
	// and that failed, Passed those that passed.
	Line           int `yaml:"-" json:"line"`
	Failed, Passed int `yaml:"-" json:"-"`
	// Problem says why the entry itself fails the run: stale, expired, matches
	// nothing. Empty where it is in order.
	Problem string `yaml:"-" json:"problem,omitempty"`
}
