package main

import (
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"wireproof/conformance"
	"wireproof/conformance/fault"
	"wireproof/conformance/rule"
)

// witnesses reads the cases that notice each fault.
func witnesses(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/witnesses.txt")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for line := range strings.Lines(string(text)) {
		if id, cases, ok := strings.Cut(strings.TrimSpace(line), ":"); ok && !strings.HasPrefix(line, "#") {
			all[id] = strings.Fields(cases)
		}
	}
	return all
}

// Each fault turns red the checks that it declares, and none but those and the
// consequences that it lists. The whole matrix, every fault against every case, is
// make mutants.
func TestFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("600 runs")
	}
	known := witnesses(t)
	for _, f := range fault.Faults() {
		t.Run(f.ID, func(t *testing.T) {
			t.Parallel()
			cases, ok := known[f.ID]
			if !ok {
				t.Fatal("nothing is known of this fault: run go run ./conformance/mutants -witnesses conformance/mutants/testdata/witnesses.txt")
			}
			got, err := playWitnesses(t.Context(), f, cases)
			if err != nil {
				t.Fatal(err)
			}
			j := judge(f, got)
			if j.noEffect {
				t.Error("the fault never took effect")
			}
			for _, p := range j.missed {
				t.Errorf("stayed green: %s", p)
			}
			for _, r := range j.stray {
				t.Errorf("red, but not declared: %s in %s", r.id, r.kase)
			}
			if got.err == nil && got.verdict != conformance.NotConformant && got.verdict != conformance.Conformant && got.verdict != conformance.Incomplete {
				t.Errorf("verdict %s", got.verdict)
			}
		})
	}
	for id := range known {
		if fault.ByID(id) == nil {
			t.Errorf("testdata/witnesses.txt knows %s, which is no fault", id)
		}
	}
}

// Every rule with a verdict, and every family of assertions, has a fault that turns
// it red.
func TestEveryCheckHasAFault(t *testing.T) {
	book, err := rule.New()
	if err != nil {
		t.Fatal(err)
	}
	notes := map[string]bool{}
	for _, r := range book.Rules() {
		notes[r.ID] = r.Level == rule.Note
	}
	// Nothing is said of an assertion that no case makes.
	used, err := asserted()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range conformance.CheckIDs(book) {
		if notes[id] || strings.HasPrefix(id, "expect.") && !used[id] {
			continue
		}
		if !slices.ContainsFunc(fault.Faults(), func(f *fault.Fault) bool { return fault.Match(f.Checks, "any.case", id) || declares(f, id) }) {
			t.Errorf("no fault turns %s red", id)
		}
	}
}

// asserted gives the families of assertions that cases make.
func asserted() (map[string]bool, error) {
	cases, err := conformance.Cases()
	used := map[string]bool{}
	for _, c := range cases {
		for _, s := range c.Steps {
			e := &s.Expect
			used[conformance.ExpectAnswer] = true
			used[conformance.ExpectStatus] = used[conformance.ExpectStatus] || len(e.Status) > 0
			used[conformance.ExpectMembers] = used[conformance.ExpectMembers] || len(e.Members) > 0
			used[conformance.ExpectHeaders] = used[conformance.ExpectHeaders] || len(e.Headers) > 0
			used[conformance.ExpectOutcomes] = used[conformance.ExpectOutcomes] || e.Outcomes != nil
			used[conformance.ExpectPages] = used[conformance.ExpectPages] || s.Follow
			used[conformance.ExpectConnection] = used[conformance.ExpectConnection] || e.Kept || e.Closed
		}
	}
	return used, err
}

// declares reports whether a fault names the check in some case.
func declares(f *fault.Fault, id string) bool {
	return slices.ContainsFunc(f.Checks, func(p string) bool {
		_, check, ok := strings.Cut(p, ":")
		return ok && fault.Match([]string{check}, "", id)
	})
}

// A harmless variation leaves everything green. Here a part of the cases is played,
// each variation another one.
func TestVariations(t *testing.T) {
	if testing.Short() {
		t.Skip("85 runs")
	}
	for i, v := range fault.Variations() {
		t.Run(v.ID, func(t *testing.T) {
			t.Parallel()
			o := options(v.Service)
			o.Shard, o.Shards = i%4+1, 4
			got, err := play(t.Context(), v.Handler, o)
			if err == nil && got.effects == 0 { // these cases never come to it
				got, err = play(t.Context(), v.Handler, options(v.Service))
			}
			if err != nil || got.err != nil {
				t.Fatal(err, got.err)
			}
			if got.effects == 0 {
				t.Error("the variation never took effect")
			}
			for _, r := range slices.Concat(got.reds, got.errors) {
				t.Errorf("red: %s in %s", r.id, r.kase)
			}
		})
	}
}

// Without a fault nothing is red, and what is measured is the emulator.
func TestNoFault(t *testing.T) {
	got, err := play(t.Context(), func(h http.Handler) *fault.Injector { return fault.Handler(h, nil) }, options(""))
	if err != nil || got.err != nil || len(got.reds) > 0 || got.verdict != conformance.Conformant {
		t.Errorf("%v, %v, %s, %v", err, got.err, got.verdict, got.reds)
	}
}
