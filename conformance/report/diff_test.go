package report_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"wireproof/codec/wire"
	"wireproof/conformance"
	"wireproof/conformance/report"
	"wireproof/conformance/rule"
)

// recorded reads rows of "case step id verdict": a note where the verdict is note,
// a should where it is warn, declared with a plus behind the verdict.
func recorded(rows ...string) *report.Recorded {
	r := &report.Recorded{}
	for _, row := range rows {
		f := strings.Fields(row)
		verdict, declared := strings.CutSuffix(f[3], "+")
		line := report.Line{Case: f[0], Step: f[1], ID: f[2], Level: rule.Must, Verdict: rule.Verdict(verdict)}
		switch verdict {
		case "note":
			line.Level, line.Verdict = rule.Note, rule.Pass
		case "warn":
			line.Level = rule.Should
		case "excused":
			line.Verdict, line.Excused = rule.Skip, true
		}
		if declared {
			line.Expected = &conformance.Expectation{Reason: "known"}
		}
		if verdict == "fail" || verdict == "warn" {
			line.Differences = []rule.Difference{{Part: wire.Body, Path: "/a", Want: "b", Got: "c\x1b"}}
		}
		r.Checks = append(r.Checks, line)
	}
	return r
}

func names(all []report.Change) (ids []string) {
	for _, c := range all {
		line := c.New
		if line == nil {
			line = c.Old
		}
		ids = append(ids, line.Case+" "+line.Step+" "+line.ID)
	}
	return ids
}

func TestCompare(t *testing.T) {
	for _, row := range []struct {
		reason                          string
		old, new                        []string
		regressions, fixes, added, gone []string
	}{
		{reason: "the same", old: []string{"a 1 x pass", "a 1 y fail"}, new: []string{"a 1 y fail", "a 1 x pass"}},
		{reason: "a pass that fails", old: []string{"a 1 x pass"}, new: []string{"a 1 x fail"}, regressions: []string{"a 1 x"}},
		{reason: "a pass that warns", old: []string{"a 1 x pass"}, new: []string{"a 1 x warn"}, regressions: []string{"a 1 x"}},
		{reason: "a pass that is skipped is verified no longer", old: []string{"a 1 x pass"}, new: []string{"a 1 x skip"}, regressions: []string{"a 1 x"}},
		{reason: "a warning that fails", old: []string{"a 1 x warn"}, new: []string{"a 1 x fail"}, regressions: []string{"a 1 x"}},
		{reason: "a pass that ends in an error", old: []string{"a 1 x pass"}, new: []string{"a 1 x error"}, regressions: []string{"a 1 x"}},
		{reason: "a failure that passes", old: []string{"a 1 x fail"}, new: []string{"a 1 x pass"}, fixes: []string{"a 1 x"}},
		{reason: "neither of error and failure is better", old: []string{"a 1 x error", "a 1 y fail"}, new: []string{"a 1 x fail", "a 1 y error"}},
		{reason: "a failure that is declared now is none", old: []string{"a 1 x pass"}, new: []string{"a 1 x fail+"}},
		{reason: "the same check in two steps", old: []string{"a 1 x pass", "a 2 x pass"}, new: []string{"a 1 x pass", "a 2 x fail"}, regressions: []string{"a 2 x"}},
		{reason: "the same name twice in a step", old: []string{"a 1 x pass", "a 1 x pass"}, new: []string{"a 1 x pass", "a 1 x fail"}, regressions: []string{"a 1 x"}},
		{reason: "a new case that fails", old: []string{"a 1 x pass"}, new: []string{"a 1 x pass", "b 1 x fail"}, added: []string{"b 1 x"}},
		{reason: "a new rule that an old case breaks", old: []string{"a 1 x pass"}, new: []string{"a 1 x pass", "a 1 y fail"}, added: []string{"a 1 y"}},
		{reason: "an answer of another kind breaks another known rule", old: []string{"a 1 x pass", "b 1 y pass"}, new: []string{"a 1 y fail", "b 1 y pass"},
			regressions: []string{"a 1 y"}, gone: []string{"a 1 x"}},
		{reason: "a case that was played is skipped", old: []string{"a 1 x pass"}, new: []string{"a 0 case.played skip"}, regressions: []string{"a 0 case.played"}, gone: []string{"a 1 x"}},
		{reason: "unless the configuration says so", old: []string{"a 1 x pass"}, new: []string{"a 0 case.played excused"}, added: []string{"a 0 case.played"}, gone: []string{"a 1 x"}},
		{reason: "a case that was skipped before", old: []string{"a 0 case.played skip"}, new: []string{"a 0 case.played skip"}},
		{reason: "notes have no verdict", old: []string{"a 1 x pass"}, new: []string{"a 1 x pass", "a 1 n note"}},
	} {
		d := report.Compare(recorded(row.old...), recorded(row.new...))
		for _, list := range []struct {
			name      string
			got, want []string
		}{{"regressions", names(d.Regressions), row.regressions}, {"fixes", names(d.Fixes), row.fixes}, {"new", names(d.New), row.added}, {"gone", names(d.Gone), row.gone}} {
			if !slices.Equal(list.got, list.want) {
				t.Errorf("%s: %s %q, want %q", row.reason, list.name, list.got, list.want)
			}
		}
		if d.Regression() != (len(row.regressions) > 0) {
			t.Errorf("%s: regression %v", row.reason, d.Regression())
		}
	}
}

func TestDiffText(t *testing.T) {
	old := recorded("a 1 x pass", "a 1 y fail", "a 1 z pass", "c 1 x pass")
	new := recorded("a 1 x fail", "a 1 y pass", "a 1 z pass", "b 1 x fail", "b 1 y pass")
	var b bytes.Buffer
	if err := report.Compare(old, new).Write(&b); err != nil {
		t.Fatal(err)
	}
	golden(t, "diff", b.Bytes())
	b.Reset()
	if err := report.Compare(old, old).Write(&b); err != nil || b.String() != "no change\n" {
		t.Errorf("%q, %v", b.String(), err)
	}
	if err := report.Compare(old, new).Write(&full{3}); err == nil {
		t.Error("a full disk is no error")
	}
}

// A report compared with itself, read back, has no change.
func TestCompareItself(t *testing.T) {
	text := write(t, "jsonl", sample(t))
	one, err := report.Read(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	other, err := report.Read(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if d := report.Compare(one, other); fmt.Sprint(*d) != fmt.Sprint(report.Diff{}) {
		t.Errorf("%+v", d)
	}
}
