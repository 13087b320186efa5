package conformance

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"wireproof/conformance/rule"
)

// ReadExpectations reads a file of expected failures, a list of entries in YAML.
// schemas/ExpectedFailures.json is its schema. What is wrong with it is a
// [*FileError], which wraps [ErrUsage].
func ReadExpectations(r io.Reader) ([]Expectation, error) {
	n, err := readYAML(r)
	if err != nil || n == nil {
		return nil, err
	}
	if n.Kind != yaml.SequenceNode {
		return nil, fault(n, "begin each entry with a hyphen", "expected failures have to be a list")
	}
	all := make([]Expectation, len(n.Content))
	for i, item := range n.Content {
		if err := all[i].read(item); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (e *Expectation) read(n *yaml.Node) error {
	e.Line = n.Line
	names := []string{"check", "case", "reason", "issue", "expires", "flaky"}
	err := object(n, "an entry", names, map[string]reader{
		"check":   text(&e.Check, "check", nil),
		"case":    text(&e.Case, "case", nil),
		"reason":  text(&e.Reason, "reason", nil),
		"expires": text(&e.Expires, "expires", dayProblem),
		"issue": func(n *yaml.Node) error {
			if n.Tag == "!!int" { // its number in some tracker
				e.Issue = n.Value
				return nil
			}
			return text(&e.Issue, "issue", nil)(n)
		},
		"flaky": func(n *yaml.Node) error {
			if n.Tag != "!!bool" {
				return fault(n, "", "flaky has to be true or false")
			}
			return n.Decode(&e.Flaky)
		},
	})
	switch {
	case err != nil:
		return err
	case e.Check == "" && e.Case == "":
		return fault(n, "", "the entry says neither which check nor which case it is about")
	case e.Reason == "":
		return fault(n, "", "the entry has no reason")
	}
	return nil
}

func dayProblem(s string) (hint, problem string) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "write one such as 2026-12-31", fmt.Sprintf("%q is no day", s)
	}
	return "", ""
}

// CheckIDs lists the ids of all checks that there can be: rules and assertions.
func CheckIDs(b *rule.Book) []string {
	var ids []string
	for _, r := range b.Rules() {
		ids = append(ids, r.ID)
	}
	for id := range Assertions() {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// checkExpectations refuses entries that can match nothing at all.
func checkExpectations(o *Options) error {
	checks := CheckIDs(o.Book)
	cases := []string{SurveyID}
	for _, c := range o.Cases {
		cases = append(cases, c.ID)
	}
	for _, e := range o.Expectations {
		for _, one := range []struct {
			pattern string
			ids     []string
		}{{e.Check, checks}, {e.Case, cases}} {
			if one.pattern != "" && !slices.ContainsFunc(one.ids, newMatcher(one.pattern)) {
				return fmt.Errorf("expected failures, line %d: %w", e.Line, &PatternError{Pattern: one.pattern, Nearest: Nearest(one.pattern, one.ids)})
			}
		}
	}
	return nil
}

// accepts tells which checks of which cases an entry is about.
type accepts struct {
	*Expectation
	check, kase matcher
}

func (a *accepts) matches(result *Result, check *Check) bool {
	return (a.Check == "" || a.check(check.ID)) && (a.Case == "" || a.kase(result.Case))
}

// accept marks the checks that declarations accept, and finds the declarations that
// are not in order. whole says whether everything that a pattern of cases is about
// was played: of anything less nobody can say that a declaration is stale.
func (r *Report) accept(declared []Expectation, now time.Time, whole func(cases matcher) bool) {
	r.Expectations = slices.Clone(declared)
	all := make([]accepts, len(r.Expectations))
	for i := range r.Expectations {
		e := &r.Expectations[i]
		all[i] = accepts{e, newMatcher(e.Check), newMatcher(e.Case)}
		if last, err := time.Parse(time.DateOnly, e.Expires); err == nil && !now.Before(last.AddDate(0, 0, 1)) {
			e.Problem = "expired on " + e.Expires
		}
	}
	for i := range r.Results {
		result := &r.Results[i]
		for j := range result.Steps {
			for k := range result.Steps[j].Checks {
				r.acceptCheck(all, result, &result.Steps[j].Checks[k])
			}
		}
	}
	for i := range all {
		a := &all[i]
		about := a.kase
		if a.Case == "" {
			about = func(string) bool { return true }
		}
		switch {
		case a.Failed > 0, a.Flaky && a.Passed > 0, !whole(about):
		case a.Passed > 0:
			a.Problem = "stale: what it declares passes now"
		default:
			a.Problem = "matches no check of this run"
		}
	}
}

func (r *Report) acceptCheck(all []accepts, result *Result, check *Check) {
	for i := range all {
		a := &all[i]
		if !a.matches(result, check) {
			continue
		}
		switch check.Verdict {
		case rule.Pass:
			a.Passed++
		case rule.Fail, rule.Warn:
			a.Failed++
			if a.Problem == "" && check.Expected == nil {
				check.Expected = a.Expectation
			}
		case rule.Error:
			a.Failed++ // not stale; but nobody can expect what was not found out
		}
	}
}

// Unexplained is the reason in entries that UpdateExpectations adds.
const Unexplained = "not yet explained: written by --update-expected"

// UpdateExpectations gives the text of a file of expected failures that accepts all
// that failed in a run. file is what the file was when the run read it, nil where
// there was none. Its entries stay as they are, with their comments, but for those
// that are stale or match nothing: these go. An entry that has expired stays too,
// since whether to go on with it is for people to say. Failures that no entry
// matches get one, with [Unexplained] for its reason: one for a check in one case,
// or for a rule wherever it is broken where that is in three cases or more.
func UpdateExpectations(r *Report, file []byte) ([]byte, error) {
	list, err := readYAML(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	if list == nil {
		list = &yaml.Node{Kind: yaml.SequenceNode}
	}
	var expired []accepts
	for i := range r.Expectations {
		e := &r.Expectations[i]
		switch {
		case e.Problem == "":
		case e.Failed > 0: // expired
			expired = append(expired, accepts{e, newMatcher(e.Check), newMatcher(e.Case)})
		case strings.HasPrefix(e.Problem, "expired") && e.Passed == 0: // not found out
		default:
			list.Content = slices.DeleteFunc(list.Content, func(n *yaml.Node) bool { return n.Line == e.Line })
		}
	}
	for _, e := range undeclared(r, expired) {
		var n yaml.Node
		if err := n.Encode(e); err != nil {
			return nil, err
		}
		list.Content = append(list.Content, &n)
	}
	if len(list.Content) == 0 {
		return []byte("[]\n"), nil
	}
	list.Style &^= yaml.FlowStyle
	var text bytes.Buffer
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	if err := encoder.Encode(list); err != nil {
		return nil, err
	}
	return text.Bytes(), nil
}

// undeclared makes entries for the failures that have none.
func undeclared(r *Report, expired []accepts) (entries []Expectation) {
	cases := map[string][]string{}
	var checks []string
	for i := range r.Results {
		result := &r.Results[i]
		for _, s := range result.Steps {
			for _, c := range s.Checks {
				switch {
				case c.Expected != nil, c.Verdict != rule.Fail && !(r.Strict && c.Verdict == rule.Warn):
				case slices.ContainsFunc(expired, func(a accepts) bool { return a.matches(result, &c) }):
				case cases[c.ID] == nil:
					checks = append(checks, c.ID)
					cases[c.ID] = []string{result.Case}
				case !slices.Contains(cases[c.ID], result.Case):
					cases[c.ID] = append(cases[c.ID], result.Case)
				}
			}
		}
	}
	slices.Sort(checks)
	for _, id := range checks {
		// What a case expects is another thing in each of them.
		if _, isAssertion := Assertions()[id]; len(cases[id]) >= 3 && !isAssertion {
			entries = append(entries, Expectation{Check: id, Reason: Unexplained})
			continue
		}
		for _, c := range cases[id] {
			entries = append(entries, Expectation{Check: id, Case: c, Reason: Unexplained})
		}
	}
	return entries
}
