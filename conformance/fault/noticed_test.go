package fault_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"wireproof/conformance/fault"
	"wireproof/conformance/rule"
)

// The table of what notices what names each fault once, in order, and no check that
// the rulebook does not have.
func TestNoticed(t *testing.T) {
	raw, err := os.ReadFile("noticed.txt")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for line := range strings.Lines(string(raw)) {
		if !strings.HasPrefix(line, "#") {
			id, _, _ := strings.Cut(line, ":")
			ids = append(ids, id)
		}
	}
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Error("the lines are not in order, or a fault comes twice")
	}
	for _, id := range ids {
		if fault.ByID(id) == nil {
			t.Errorf("there is no fault %s", id)
		}
	}
	book, err := rule.New()
	if err != nil {
		t.Fatal(err)
	}
	known := func(pattern string) bool {
		_, id, withCase := strings.Cut(pattern, ":")
		if withCase {
			pattern = id
		}
		if strings.HasPrefix(pattern, "expect.") || strings.HasPrefix(pattern, "survey.") || pattern == "http.answered" {
			return true // those of the engine
		}
		return !withCase && slices.ContainsFunc(book.Rules(), func(r *rule.Rule) bool { return fault.Match([]string{pattern}, "", r.ID) })
	}
	for _, f := range fault.Faults() {
		for _, p := range slices.Concat(f.Checks, f.Also) {
			if !known(p) {
				t.Errorf("%s: no rule matches %s", f.ID, p)
			}
		}
	}
}
