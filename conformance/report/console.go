package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"wireproof/conformance"
	"wireproof/conformance/rule"
)

// Console writes a report for people. It needs no colour to be read and moves no
// cursor. The same finding in many places is told once.
type Console struct {
	// Width is how wide a line of prose or bytes may be; 100 where it is 0. Ids,
	// paths and commands are never broken.
	Width int
	Color bool
	// Trace prints every exchange before the findings.
	Trace bool
	// Quiet prints one line for each failure and warning, and the verdict.
	Quiet bool
	// PerCheck is how many different findings of one check are told in full, the
	// others in one line each; 5 where it is 0, none in full where it is -1.
	PerCheck int
	// Rerun is the command that made the run, without what selected the cases;
	// where it is empty, it is made up from the target.
	Rerun string
	// Exit is the exit code that the last line names, where it is not 0.
	Exit int
	// Reports are the files that were written besides, for the last line.
	Reports []string
}

// defaults fills in what was not said.
func (c Console) defaults(r *conformance.Report) Console {
	if c.Width == 0 {
		c.Width = 100
	}
	c.Width = max(c.Width, 40)
	if c.PerCheck == 0 {
		c.PerCheck = 5
	}
	if c.Rerun == "" {
		c.Rerun = "wireproof run"
		if target := targetOf(r); strings.Contains(target, "://") {
			c.Rerun += " --endpoint " + quote(target)
		}
	}
	return c
}

// Write writes the report.
func (c Console) Write(w io.Writer, r *conformance.Report) error {
	c = c.defaults(r)
	p := &printer{w: bufio.NewWriter(w), Console: c, report: r}
	if c.Trace && !c.Quiet {
		p.trace()
	}
	p.findings()
	if !c.Quiet {
		p.skips()
	}
	p.expectations()
	p.summary()
	return p.w.Flush()
}

// printer writes one report. Errors of the writer are kept by bufio.
type printer struct {
	Console
	w      *bufio.Writer
	report *conformance.Report
	signer bool // was told how to sign
}

func (p *printer) line(format string, args ...any) {
	fmt.Fprintf(p.w, format, args...)
	_ = p.w.WriteByte('\n')
}

// Colours of the words that start a finding.
const (
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	green  = "\x1b[32m"
	bold   = "\x1b[1m"
)

func (p *printer) paint(color, s string) string {
	if !p.Color {
		return s
	}
	return color + s + "\x1b[0m"
}

func (p *printer) findings() {
	absent := notThere(p.report)
	for _, m := range absent {
		p.missing(m)
	}
	blocks := map[string]int{}
	var rest []*group
	for _, g := range groups(p.report) {
		if p.isMissing(absent, g) {
			continue
		}
		if p.Quiet {
			if g.outcome != passed {
				p.brief(g)
			}
			continue
		}
		if blocks[g.check.ID]++; blocks[g.check.ID] > p.PerCheck {
			rest = append(rest, g)
			continue
		}
		p.block(g)
	}
	for i, g := range rest {
		if i == 0 {
			p.line("More of the checks above, in one line each; all of it is in the jsonl report:")
		}
		p.brief(g)
	}
	if len(rest) > 0 {
		p.line("")
	}
}

// isMissing: was the finding told as an operation that is not there? What the
// survey's check says of it, the block about the operation says already.
func (p *printer) isMissing(absent []*missing, g *group) bool {
	if g.result.Case != conformance.SurveyID || !strings.HasPrefix(g.check.ID, conformance.SurveyID+".") {
		return false
	}
	return slices.ContainsFunc(absent, func(m *missing) bool {
		return (g.step.Service == "" || g.step.Service == m.service) && slices.Contains(m.operations, g.step.Operation)
	})
}

// brief is a finding on one line.
func (p *printer) brief(g *group) {
	where := ""
	if len(g.check.Differences) > 0 {
		d := g.check.Differences[0]
		where = fmt.Sprintf("  %s: want %s, got %s", locate(d), orNone(d.Want), orNone(d.Got))
	} else if g.check.Reason != "" {
		where = "  " + plain(g.check.Reason)
	}
	more := ""
	if n := len(g.more); n > 0 {
		more = fmt.Sprintf("  (and %d more)", n)
	}
	p.line("%s  %s  %s %s%s%s", p.word(g.outcome), g.check.ID, g.result.Case, g.step.Step, where, more)
}

func (p *printer) word(o outcome) string {
	switch o {
	case failed:
		return p.paint(red, "FAIL")
	case broken:
		return p.paint(red, "ERROR")
	case warned:
		return p.paint(yellow, "WARN")
	}
	return "NOTE"
}

// skips tells of what was not verified, by reason.
func (p *printer) skips() {
	type skip struct {
		reason  string
		excused bool
		cases   []string
		checks  int
	}
	var all []*skip
	add := func(reason string, excused bool, id string, checks int) {
		i := slices.IndexFunc(all, func(s *skip) bool { return s.reason == reason && s.excused == excused })
		if i < 0 {
			all = append(all, &skip{reason: reason, excused: excused})
			i = len(all) - 1
		}
		if !slices.Contains(all[i].cases, id) {
			all[i].cases = append(all[i].cases, id)
		}
		all[i].checks += checks
	}
	for i := range p.report.Results {
		result := &p.report.Results[i]
		if result.Skipped != "" {
			add(result.Skipped, result.Excused, result.Case, 0)
		} else if result.Stopped != "" {
			add("not played to its end: "+result.Stopped, false, result.Case, 0)
		}
		for j := range result.Steps {
			for k := range result.Steps[j].Checks {
				if c := &result.Steps[j].Checks[k]; c.Verdict == rule.Skip && counted(c) {
					add(c.Reason, false, result.Case, 1)
				}
			}
		}
	}
	for _, s := range all {
		what := count(len(s.cases), "case")
		if s.checks > 0 {
			what = count(s.checks, "check") + " of " + what
		}
		if s.excused {
			p.line("SKIP  %s, excused by the configuration: %s", what, orNone(s.reason))
			continue
		}
		p.line("SKIP  %s: %s", what, orNone(s.reason))
		p.prose("", fold(s.cases))
	}
	if len(all) > 0 {
		p.line("")
	}
}

// manyCases is from how many on the ids of cases are folded.
const manyCases = 40

// fold lists ids; of many, how many there are under each subject.
func fold(ids []string) string {
	if len(ids) < manyCases {
		return strings.Join(ids, " ")
	}
	var subjects []string
	counts := map[string]int{}
	for _, id := range ids {
		segments := strings.SplitN(id, ".", 3)
		subject := id
		if len(segments) == 3 {
			subject = segments[0] + "." + segments[1] + ".**"
		}
		if counts[subject]++; counts[subject] == 1 {
			subjects = append(subjects, subject)
		}
	}
	for i, s := range subjects {
		if counts[s] > 1 {
			subjects[i] = fmt.Sprintf("%s (%d)", s, counts[s])
		}
	}
	return strings.Join(subjects, " ")
}

// expectations tells of declarations that fail the run themselves.
func (p *printer) expectations() {
	for _, e := range p.report.Expectations {
		if e.Problem == "" {
			continue
		}
		p.line("%s  line %d of the expected failures: %s", p.paint(red, "FAIL"), e.Line, plain(e.Problem))
		if p.Quiet {
			continue
		}
		if e.Check != "" {
			p.line("      check   %s", plain(e.Check))
		}
		if e.Case != "" {
			p.line("      case    %s", plain(e.Case))
		}
		if e.Reason != "" {
			p.line("      reason  %s", plain(e.Reason))
		}
		if e.Expires != "" {
			p.line("      expires %s", plain(e.Expires))
		}
		p.line("")
	}
}

// summary is the end: what was held, the counts, the verdict.
func (p *printer) summary() {
	r := p.report
	if !p.Quiet {
		p.line("suite %s  rulebook %s  cases %s  target %s", orNone(r.Suite), orNone(r.Rulebook), orNone(r.Cases[:min(len(r.Cases), 12)]), orNone(targetOf(r)))
		m, s := r.Counts.Must, r.Counts.Should
		checks := m.Pass + m.Fail + m.Skip + m.Error + m.Expected + s.Pass + s.Warn + s.Skip + s.Error + s.Expected
		p.line("selected %d of %s, %s in %s", r.Selected, count(r.Available, "case"), count(checks, "check"), took(r.Took))
		stale := 0
		for _, e := range r.Expectations {
			if e.Problem != "" {
				stale++
			}
		}
		p.line("MUST    %6d passed  %6d failed    %6d errors  %6d skipped  %6d expected failures", m.Pass, m.Fail, m.Error, m.Skip, m.Expected)
		p.line("SHOULD  %6d passed  %6d warnings  %6d errors  %6d skipped  %6d expected warnings", s.Pass, s.Warn, s.Error, s.Skip, s.Expected)
		if stale > 0 {
			p.line("%s not in order", count(stale, "declared failure"))
		}
		if r.Strict {
			p.line("strict: a warning counts as a failure")
		}
	}
	color := green
	if r.Verdict != conformance.Conformant && r.Verdict != conformance.Expected {
		color = red
	}
	line := p.paint(color, string(r.Verdict))
	if p.Exit != 0 {
		line += fmt.Sprintf("  (exit %d)", p.Exit)
	}
	if len(p.Reports) > 0 {
		line += "  reports: " + strings.Join(p.Reports, ", ")
	}
	p.line("%s", line)
}

// orNone is plain text, or the word none in its absence.
func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return plain(s)
}

func took(d time.Duration) string {
	switch {
	case d < time.Second:
		return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return d.Round(time.Second).String()
}
