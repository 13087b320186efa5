package report

import (
	"bufio"
	"fmt"
	"io"

	"wireproof/conformance/rule"
)

// Diff is what changed between two reports. Checks are the same where case, step and
// check id are; notes are left out, since they have no verdict. The lists are in the
// order of the reports.
type Diff struct {
	// Regressions are checks that came out worse: a pass that no longer is one, a
	// warning that became a failure. So are failures of checks that the old report
	// has in other places only, where it played the same case: an answer of another
	// kind is held against other rules. A failure that is declared as expected is
	// none.
	Regressions []Change
	// Fixes are checks that came out better.
	Fixes []Change
	// New are checks that the old report has not, Gone those that the new one has
	// not.
	New, Gone []Change
}

// Change is one check in two reports. Old or New is nil where a report has not got
// it.
type Change struct{ Old, New *Line }

// Regression reports whether something became worse.
func (d *Diff) Regression() bool { return len(d.Regressions) > 0 }

// checkKey identifies a check. n counts those of the same name, which several
// findings about a run can make.
type checkKey struct {
	where, step, id string
	n               int
}

// Compare says what changed from one report to the other.
func Compare(old, new *Recorded) *Diff {
	before, keys := index(old)
	cases, ids := map[string]bool{}, map[string]bool{}
	for i := range old.Checks {
		c := &old.Checks[i]
		ids[c.ID] = true
		if c.ID != Played {
			cases[c.Case] = true
		}
	}
	after, order := index(new)
	d := &Diff{}
	for _, key := range order {
		now := after[key]
		was := before[key]
		switch {
		case was == nil && cases[now.Case] && (now.ID == Played && !now.Excused || ids[now.ID] && badness(now) > 1):
			d.Regressions = append(d.Regressions, Change{nil, now})
		case was == nil:
			d.New = append(d.New, Change{nil, now})
		case badness(now) > badness(was):
			d.Regressions = append(d.Regressions, Change{was, now})
		case badness(now) < badness(was):
			d.Fixes = append(d.Fixes, Change{was, now})
		}
	}
	for _, key := range keys {
		if after[key] == nil {
			d.Gone = append(d.Gone, Change{before[key], nil})
		}
	}
	return d
}

func index(r *Recorded) (map[checkKey]*Line, []checkKey) {
	all := map[checkKey]*Line{}
	var order []checkKey
	for i := range r.Checks {
		c := &r.Checks[i]
		if c.Level == rule.Note {
			continue
		}
		key := checkKey{c.Case, c.Step, c.ID, 0}
		for all[key] != nil {
			key.n++
		}
		all[key] = c
		order = append(order, key)
	}
	return all, order
}

// badness orders outcomes. A skip is worse than a pass: what was verified no longer
// is. Neither of a failure and an error is better than the other. What is declared
// weighs as little as a pass.
func badness(c *Line) int {
	switch {
	case c.Expected != nil:
		return 0
	case c.Verdict == rule.Skip:
		return 1
	case c.Verdict == rule.Warn:
		return 2
	case c.Verdict == rule.Fail, c.Verdict == rule.Error:
		return 3
	}
	return 0
}

// Write writes the differences for people: regressions and fixes one by one, the
// others by number, but for those that do not pass.
func (d *Diff) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	list := func(title string, all []Change, one bool) {
		if len(all) == 0 {
			return
		}
		fmt.Fprintf(b, "%s: %d\n", title, len(all))
		for _, c := range all {
			if one || c.New != nil && badness(c.New) > 0 {
				fmt.Fprintf(b, "  %s\n", c)
			}
		}
	}
	list("regressions", d.Regressions, true)
	list("fixes", d.Fixes, true)
	list("new checks", d.New, false)
	list("checks that are gone", d.Gone, false)
	if len(d.Regressions)+len(d.Fixes)+len(d.New)+len(d.Gone) == 0 {
		fmt.Fprintln(b, "no change")
	}
	return b.Flush()
}

// String gives the change on one line.
func (c Change) String() string {
	at := c.New
	if at == nil {
		at = c.Old
	}
	text := fmt.Sprintf("%s  %s: %s -> %s", plain(at.Case+" "+at.Step), plain(at.ID), verdictOf(c.Old), verdictOf(c.New))
	if c.New == nil {
		return text
	}
	if len(c.New.Differences) > 0 && badness(c.New) > 0 {
		d := c.New.Differences[0]
		text += fmt.Sprintf("  %s: want %s, got %s", locate(d), orNone(d.Want), orNone(d.Got))
	} else if c.New.Reason != "" {
		text += "  " + plain(c.New.Reason)
	}
	return text
}

func verdictOf(c *Line) string {
	switch {
	case c == nil:
		return "none"
	case c.Expected != nil:
		return string(expected)
	}
	return string(c.Verdict)
}
