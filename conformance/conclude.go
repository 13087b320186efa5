package conformance

import (
	"slices"
	"strings"

	"wireproof/conformance/casefile"
	"wireproof/conformance/rule"
)

// judgeRun holds the rules about the run as a whole, in the order of the results.
func (r *runner) judgeRun() {
	var steps []*StepResult
	var readings []*rule.Reading
	for i := range r.report.Results {
		result := &r.report.Results[i]
		for j := range result.Steps {
			step := &result.Steps[j]
			if step.Exchange.Response == nil || step.Exchange.Err != nil {
				continue
			}
			steps = append(steps, step)
			readings = append(readings, &rule.Reading{Exchange: step.Exchange, Service: step.Service, Operation: step.Operation})
		}
	}
	for _, found := range r.options.Book.JudgeAll(readings) {
		if len(steps) == 0 {
			continue
		}
		at := steps[max(found.Reading, 0)] // one that is kept is told once, at the start
		at.Checks = append(at.Checks, Check{Check: found.Check})
	}
}

// conclude counts the checks and comes to a verdict.
func (r *runner) conclude(cases []*casefile.Case, cutShort bool) {
	report := r.report
	left := map[string]bool{} // cases that nothing is known of
	for _, c := range r.options.Cases {
		left[c.ID] = true
	}
	played := map[string]bool{}
	for _, result := range report.Results {
		if !strings.HasPrefix(result.Skipped, notPlayed) {
			delete(left, result.Case)
			played[result.Case] = result.Skipped == ""
		}
	}
	report.accept(r.options.Expectations, r.options.Now(), func(about matcher) bool {
		any := false
		for id := range left {
			if about(id) {
				return false
			}
		}
		for id, yes := range played {
			any = any || yes && about(id)
		}
		return any && !cutShort
	})
	unmade := cutShort // a must that could not be made, and that nothing excuses
	for i := range report.Results {
		result := &report.Results[i]
		if result.Skipped != "" {
			report.Counts.of(result.Level).Skip++
			unmade = unmade || result.Level == rule.Must && !result.Excused
			continue
		}
		for j := range result.Steps {
			for k := range result.Steps[j].Checks {
				check := &result.Steps[j].Checks[k]
				report.Counts.add(check)
				if check.Level == rule.Must && check.Expected == nil && (check.Verdict == rule.Error || check.Verdict == rule.Skip && !broken(&result.Steps[j])) {
					unmade = true
				}
			}
		}
		if result.Stopped != "" && result.Level == rule.Must && !failedOrExpected(result) {
			unmade = true
		}
	}
	c := &report.Counts
	problem := slices.ContainsFunc(report.Expectations, func(e Expectation) bool { return e.Problem != "" })
	nothing := !slices.ContainsFunc(report.Results, func(result Result) bool { return result.Case != SurveyID && result.Skipped == "" })
	switch {
	case c.Must.Fail > 0, problem, report.Strict && c.Should.Warn > 0:
		report.Verdict = NotConformant
	case unmade, nothing, c.Must.Pass+c.Must.Expected == 0:
		report.Verdict = Incomplete
	case c.Must.Expected > 0, report.Strict && c.Should.Expected > 0:
		report.Verdict = Expected
	default:
		report.Verdict = Conformant
	}
}

// broken reports whether a check of an exchange failed, declared or not: what could
// then not be held counts as told.
func broken(s *StepResult) bool {
	return slices.ContainsFunc(s.Checks, func(c Check) bool { return c.Verdict == rule.Fail })
}

// failedOrExpected reports whether a check tells already why a case ended early.
func failedOrExpected(result *Result) bool {
	for _, s := range result.Steps {
		for _, c := range s.Checks {
			if c.Verdict == rule.Fail || c.Verdict == rule.Warn || c.Verdict == rule.Error || c.Verdict == rule.Skip {
				return true
			}
		}
	}
	return false
}

// of gives the counts of a level. Notes count nowhere.
func (c *Counts) of(level rule.Level) *LevelCounts {
	switch level {
	case rule.Must:
		return &c.Must
	case rule.Should:
		return &c.Should
	}
	return &LevelCounts{}
}

func (c *Counts) add(check *Check) {
	n := c.of(check.Level)
	switch {
	case check.Expected != nil:
		n.Expected++
	case check.Verdict == rule.Pass:
		n.Pass++
	case check.Verdict == rule.Fail:
		n.Fail++
	case check.Verdict == rule.Warn:
		n.Warn++
	case check.Verdict == rule.Skip:
		n.Skip++
	case check.Verdict == rule.Error:
		n.Error++
	}
}

// Exchanges counts the exchanges of a report, and the bytes that came.
func (r *Report) Exchanges() (count int, received int64) {
	for i := range r.Results {
		for _, s := range r.Results[i].Steps {
			count++
			received += int64(len(s.Exchange.Received))
		}
	}
	return count, received
}
