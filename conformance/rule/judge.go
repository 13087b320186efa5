package rule

import (
	"slices"
	"strings"

	"wireproof/codec/wire"
)

// Version names the rulebook. It grows with every change of what the rulebook
// says.
const Version = "1"

// Book is the rules. It is immutable and may be shared.
type Book struct {
	rules  []*Rule
	impact *impact
}

// New makes the rulebook.
func New() (*Book, error) {
	b := &Book{rules: slices.Concat(httpRules(), rdsRules(), mediaConnectRules())}
	slices.SortFunc(b.rules, func(x, y *Rule) int { return strings.Compare(x.ID, y.ID) })
	b.impact = &impact{book: b}
	return b, nil
}

// Rules lists the rules by their ids.
func (b *Book) Rules() []*Rule { return slices.Clone(b.rules) }

// Rule finds a rule by its id, or gives nil.
func (b *Book) Rule(id string) *Rule {
	i, ok := slices.BinarySearchFunc(b.rules, id, func(r *Rule, id string) int { return strings.Compare(r.ID, id) })
	if !ok {
		return nil
	}
	return b.rules[i]
}

// Judge holds every rule that applies against an exchange that has a response.
// The checks come in the order of their ids. A note gives a check only where
// there is something to tell.
func (b *Book) Judge(r *Reading) []Check {
	var checks []Check
	for _, rule := range b.rules {
		if !rule.about(r) {
			continue
		}
		differences := rule.broken(r)
		if rule.Level == Note && len(differences) == 0 {
			continue
		}
		checks = append(checks, b.check(rule, r, differences))
	}
	return checks
}

// about reports whether the rule is about this exchange; one about a run is not.
func (rule *Rule) about(r *Reading) bool { return rule.applies != nil && rule.applies(r) }

// broken finds the places where the rule is broken.
func (rule *Rule) broken(r *Reading) (differences []Difference) {
	for _, f := range r.Findings {
		if slices.Contains(rule.Kinds, f.Kind) && (rule.claims == nil || rule.claims(r, f)) {
			differences = append(differences, r.difference(f))
		}
	}
	if rule.look != nil {
		differences = append(differences, rule.look(r)...)
	}
	if len(differences) > 1 { // the codec can come by a place twice
		slices.SortStableFunc(differences, func(x, y Difference) int { return x.Offset - y.Offset })
		differences = slices.Compact(differences)
	}
	return differences
}

// check makes the check of a rule.
func (b *Book) check(rule *Rule, r *Reading, differences []Difference) Check {
	c := Check{ID: rule.ID, Level: rule.Level, Verdict: Pass, Rule: rule.Sentence, Evidence: rule.Evidence}
	if len(differences) == 0 {
		return c
	}
	c.Differences = differences
	switch rule.Level {
	case Must:
		c.Verdict = Fail
	case Should:
		c.Verdict = Warn
	}
	c.Clients = b.impact.of(rule, r, differences)
	return c
}

func (r *Reading) difference(f wire.Finding) Difference {
	return Difference{Kind: f.Kind, Part: f.Part, Path: f.Path, Offset: r.Offset(f.Part, f.Path, f.Offset), Want: f.Want, Got: f.Got}
}
