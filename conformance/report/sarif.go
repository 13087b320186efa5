package report

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"unicode/utf8"

	"wireproof/conformance"
	"wireproof/conformance/exchange"
	"wireproof/conformance/rule"
)

// sarifSchema is where the schema of the standard with its errata is published.
const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// WriteSARIF writes SARIF 2.1.0: a rule for each check that did not pass, and a
// result for each failure and warning. A result's place is a byte of the raw
// response, which is an artifact of the report with its content; its logical
// location is the case, the step and the path. Declared failures are results that
// are suppressed. What ended an exchange is a notification of the invocation: it is
// no statement about the target.
func WriteSARIF(w io.Writer, r *conformance.Report) error {
	s := &sarif{report: r, rules: map[string]int{}, run: sarifRun{
		Tool:       sarifTool{Driver: sarifDriver{Name: "wireproof", Version: r.Suite, Rules: []sarifRule{}}},
		Artifacts:  []sarifArtifact{},
		Results:    []sarifResult{},
		ColumnKind: "unicodeCodePoints",
		Properties: map[string]any{"rulebook": r.Rulebook, "cases": r.Cases, "target": plain(targetOf(r)), "verdict": r.Verdict, "counts": countsOf(r.Counts)},
	}}
	s.invocation = sarifInvocation{
		ExecutionSuccessful: true,
		StartTime:           r.Started.UTC().Format("2006-01-02T15:04:05.000Z"),
		EndTime:             r.Started.Add(r.Took).UTC().Format("2006-01-02T15:04:05.000Z"),
		Execution:           []sarifNotification{},
		Configuration:       []sarifNotification{},
	}
	for i := range r.Results {
		s.result(&r.Results[i])
	}
	for _, e := range r.Expectations {
		if e.Problem != "" {
			s.invocation.Configuration = append(s.invocation.Configuration, sarifNotification{
				Level:   "error",
				Message: sarifText{plain(fmt.Sprintf("expected failure in line %d (%s %s): %s", e.Line, e.Check, e.Case, e.Problem))},
			})
		}
	}
	s.run.Invocations = []sarifInvocation{s.invocation}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{s.run}})
}

// sarif is a log in the making.
type sarif struct {
	report     *conformance.Report
	run        sarifRun
	invocation sarifInvocation
	rules      map[string]int
}

func (s *sarif) result(r *conformance.Result) {
	for i := range r.Steps {
		step := masked(&r.Steps[i])
		artifact := -1
		for j := range step.Checks {
			c := &step.Checks[j]
			if !counted(c) {
				continue
			}
			switch c.Verdict {
			case rule.Error:
				s.invocation.ExecutionSuccessful = false
				s.invocation.Execution = append(s.invocation.Execution, sarifNotification{
					Level:   "error",
					Message: sarifText{plain(cause(&group{occurrence: occurrence{r, step, c}}))},
					Rule:    &sarifRuleReference{ID: c.ID, Index: s.rule(c)},
					Where:   []sarifLocation{{Logical: []sarifLogical{logical(r, step, "")}}},
				})
			case rule.Fail, rule.Warn:
				if artifact < 0 {
					artifact = s.artifact(r, step)
				}
				s.finding(occurrence{r, step, c}, artifact)
			}
		}
	}
}

// rule gives the index of a check's rule, and adds it where it is new.
func (s *sarif) rule(c *conformance.Check) int {
	if i, ok := s.rules[c.ID]; ok {
		return i
	}
	text := plain(c.Rule)
	if text == "" {
		text = c.ID
	}
	r := sarifRule{ID: c.ID, Short: sarifText{text}, Full: sarifText{text}, Configuration: sarifConfiguration{levelOf(c)}}
	r.Properties.Level = c.Level
	r.Properties.Evidence = c.Evidence
	if r.Properties.Evidence == nil {
		r.Properties.Evidence = []rule.Evidence{}
	}
	s.run.Tool.Driver.Rules = append(s.run.Tool.Driver.Rules, r)
	s.rules[c.ID] = len(s.run.Tool.Driver.Rules) - 1
	return s.rules[c.ID]
}

// artifact adds the response of an exchange and gives its index, or -1 where
// nothing came back.
func (s *sarif) artifact(r *conformance.Result, step *conformance.StepResult) int {
	raw := received(step.Exchange)
	if raw == "" {
		return -1
	}
	a := sarifArtifact{Location: sarifArtifactLocation{URI: addressOf(r, step)}, Length: len(raw), Roles: []string{"analysisTarget"}}
	if utf8.ValidString(raw) {
		a.Contents.Text = &raw
	} else {
		a.Contents.Binary = []byte(raw)
	}
	s.run.Artifacts = append(s.run.Artifacts, a)
	return len(s.run.Artifacts) - 1
}

// addressOf is a relative reference that nothing is to be fetched from.
func addressOf(r *conformance.Result, step *conformance.StepResult) string {
	address := "exchanges/" + url.PathEscape(r.Case)
	if step.Step != "" {
		address += "/" + url.PathEscape(step.Step)
	}
	return address + "/response"
}

func logical(r *conformance.Result, step *conformance.StepResult, path string) sarifLogical {
	name := r.Case
	if step.Step != "" {
		name += "#" + step.Step
	}
	if path != "" {
		name += " " + path
	}
	return sarifLogical{Name: plain(r.Case), Full: plain(name), Kind: "member"}
}

func (s *sarif) finding(o occurrence, artifact int) {
	c := o.check
	level := levelOf(c)
	if c.Verdict == rule.Warn && s.report.Strict {
		level = "error"
	}
	f := sarifResult{
		RuleID: c.ID, RuleIndex: s.rule(c), Kind: "fail", Level: level,
		Message:      sarifText{plain(c.Rule) + " " + summaryOf(c)},
		Fingerprints: map[string]string{"check/v1": o.result.Case + "#" + o.step.Step + "#" + c.ID},
	}
	f.Properties.Clients, f.Properties.Differences = c.Clients, c.Differences
	if f.Properties.Clients == nil {
		f.Properties.Clients = map[string]string{}
	}
	if f.Properties.Differences == nil {
		f.Properties.Differences = []rule.Difference{}
	}
	for i, d := range c.Differences {
		if i == mostPlaces { // the properties have all
			break
		}
		where := sarifLocation{Logical: []sarifLogical{logical(o.result, o.step, locate(d))}}
		if artifact >= 0 {
			where.Physical = &sarifPhysical{Artifact: sarifArtifactLocation{URI: addressOf(o.result, o.step), Index: &artifact}}
			if d.Offset >= 0 {
				where.Physical.Region = &sarifRegion{ByteOffset: min(d.Offset, len(received(o.step.Exchange)))}
			}
		}
		f.Locations = append(f.Locations, where)
	}
	if len(f.Locations) == 0 {
		f.Locations = []sarifLocation{{Logical: []sarifLogical{logical(o.result, o.step, "")}}}
	}
	if x := o.step.Exchange; x != nil && x.Request != nil {
		f.Request = requestOf(x)
	}
	if c.Expected != nil {
		f.Suppressions = []sarifSuppression{{Kind: "external", Status: "accepted", Justification: plain(acceptance(c.Expected))}}
	}
	s.run.Results = append(s.run.Results, f)
}

func requestOf(x *exchange.Exchange) *sarifRequest {
	r := &sarifRequest{Method: plain(x.Request.Method), Target: plain(x.Request.Target())}
	if utf8.ValidString(x.Request.Body) {
		r.Body.Text = &x.Request.Body
	} else {
		r.Body.Binary = []byte(x.Request.Body)
	}
	return r
}

// levelOf is how SARIF calls what a check weighs.
func levelOf(c *conformance.Check) string {
	switch c.Level {
	case rule.Must:
		return "error"
	case rule.Should:
		return "warning"
	}
	return "note"
}
