package report

import (
	"regexp"
	"slices"
	"strings"

	"wireproof/conformance"
	"wireproof/conformance/redact"
	"wireproof/conformance/rule"
)

// occurrence is one check that did not pass, and where.
type occurrence struct {
	result *conformance.Result
	step   *conformance.StepResult // masked
	check  *conformance.Check
}

// group is the same finding in one or several places: the same check with the same
// differences, but for numbers and ids in them.
type group struct {
	outcome outcome
	occurrence
	more []occurrence
}

// others names the cases of the further places, each once; own says how many of
// these are in the first one's case.
func (g *group) others() (cases []string, own int) {
	for _, o := range g.more {
		switch {
		case o.result.Case == g.result.Case:
			own++
		case !slices.Contains(cases, o.result.Case):
			cases = append(cases, o.result.Case)
		}
	}
	return cases, own
}

// groups puts together what belongs together, in the order of first occurrence:
// failures, errors, warnings, notes.
func groups(r *conformance.Report) []*group {
	var all []*group
	known := map[string]*group{}
	for i := range r.Results {
		result := &r.Results[i]
		for j := range result.Steps {
			step := &result.Steps[j]
			if !slices.ContainsFunc(step.Checks, shown) {
				continue
			}
			step = masked(step)
			for k := range step.Checks {
				check := &step.Checks[k]
				if !shown(*check) {
					continue
				}
				o := occurrence{result, step, check}
				key := keyOf(o)
				if g := known[key]; g != nil {
					if g.result.Case == conformance.SurveyID && result.Case != conformance.SurveyID {
						g.occurrence, o = o, g.occurrence // a case can be played by itself
					}
					g.more = append(g.more, o)
					continue
				}
				g := &group{outcome: outcomeOf(check), occurrence: o}
				known[key] = g
				all = append(all, g)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *group) int { return rank(a) - rank(b) })
	return all
}

// shown: is there something to tell of this check?
func shown(c conformance.Check) bool {
	switch outcomeOf(&c) {
	case failed, warned, broken:
		return true
	}
	return c.Level == rule.Note && len(c.Differences) > 0
}

func rank(g *group) int {
	switch g.outcome {
	case failed:
		return 0
	case broken:
		return 1
	case warned:
		return 2
	}
	return 3
}

func keyOf(o occurrence) string {
	parts := []string{string(outcomeOf(o.check)), o.check.ID}
	operation := o.step.Operation
	if o.check.Verdict == rule.Error {
		return strings.Join(append(parts, alike(o.check.Reason, operation), alike(trouble(o.step.Exchange), operation)), "\x00")
	}
	var differences []string
	for _, d := range o.check.Differences {
		key := differenceKey(d, operation)
		if !slices.Contains(differences, key) {
			differences = append(differences, key)
		}
	}
	slices.Sort(differences)
	return strings.Join(append(parts, differences...), "\x00")
}

func differenceKey(d rule.Difference, operation string) string {
	path := digits.ReplaceAllString(d.Path, "#")
	if operation != "" {
		path = strings.ReplaceAll(path, operation, "<>")
	}
	return strings.Join([]string{string(d.Kind), string(d.Part), path, alike(d.Want, operation), alike(d.Got, operation)}, "\x01")
}

var (
	digits = regexp.MustCompile(`[0-9]+`)
	// ids are what differs from answer to answer without being another finding.
	ids = regexp.MustCompile(`[0-9a-fA-F]{8}-[0-9a-fA-F-]{20,}|[0-9a-fA-F]{12,}|[0-9]{4,}`)
)

// alike takes out of a text what differs from answer to answer, and the operation.
func alike(s, operation string) string {
	if operation != "" {
		s = strings.ReplaceAll(s, operation, "<>")
	}
	return ids.ReplaceAllString(s, "#")
}

// missing is an operation, or all of a service, that is not there.
type missing struct {
	service    string
	operations []string
	answered   string
	whole      bool
	at         *occurrence // the survey's exchange, where there is one
}

// notThere lists what a target has not: each operation by itself, or a service as a
// whole where it has none of its operations and answers all in the same way.
func notThere(r *conformance.Report) []*missing {
	var all []*missing
	has := map[string]bool{}
	for _, o := range r.Survey.Operations {
		has[o.Service] = has[o.Service] || o.Implemented
	}
	for _, o := range r.Survey.Operations {
		if o.Implemented {
			continue
		}
		same := slices.IndexFunc(all, func(m *missing) bool {
			return !has[o.Service] && m.service == o.Service
		})
		if same >= 0 {
			all[same].operations = append(all[same].operations, o.Operation)
			continue
		}
		all = append(all, &missing{service: o.Service, operations: []string{o.Operation}, answered: answered(r, o), at: surveyed(r, o)})
	}
	for _, m := range all {
		operations := 0
		for _, o := range r.Survey.Operations {
			if o.Service == m.service {
				operations++
			}
		}
		m.whole = len(m.operations) == operations
	}
	return all
}

// surveyed finds the survey's exchange with an operation, and the check of it that
// did not pass.
func surveyed(r *conformance.Report, o conformance.SurveyedOperation) *occurrence {
	for i := range r.Results {
		result := &r.Results[i]
		if result.Case != conformance.SurveyID {
			continue
		}
		for j := range result.Steps {
			step := &result.Steps[j]
			if step.Operation != o.Operation || step.Service != "" && step.Service != o.Service {
				continue
			}
			step = masked(step)
			at := &occurrence{result: result, step: step}
			for k := range step.Checks {
				if c := &step.Checks[k]; c.Verdict == rule.Fail && (at.check == nil || strings.HasPrefix(c.ID, conformance.SurveyID+".")) {
					at.check = c
				}
			}
			return at
		}
	}
	return nil
}

// answered is what the operation answered, with its secrets taken out.
func answered(r *conformance.Report, o conformance.SurveyedOperation, headers ...string) string {
	for i := range r.Results {
		for j := range r.Results[i].Steps {
			s := &r.Results[i].Steps[j]
			if r.Results[i].Case == conformance.SurveyID && s.Operation == o.Operation && s.Exchange != nil {
				_, mask := redact.Exchange(s.Exchange, headers...)
				o.Answered = mask.Text(o.Answered)
			}
		}
	}
	return o.Answered
}
