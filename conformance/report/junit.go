package report

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"wireproof/conformance"
)

// WriteJUnit writes the XML that CI systems read as the result of JUnit:
// schemas/JUnit.xsd. Each case is a testsuite and each check a testcase, so that the
// numbers are those of [conformance.Counts]:
//
//	pass      a testcase
//	fail      failure; so is a warning of a strict run
//	warn      a testcase with the warning as its system-out
//	error     error
//	skip      skipped, with the reason
//	expected  skipped, with the reason of the declaration
//
// Notes are the system-out of their testsuite. A declared failure that is stale is a
// failure of the testsuite "expectations", which counts nowhere else: the run fails
// by it.
func WriteJUnit(w io.Writer, r *conformance.Report) error {
	var suites []*suite
	for i := range r.Results {
		suites = append(suites, suiteOf(r, &r.Results[i]))
	}
	if s := staleSuite(r); s.tests > 0 {
		suites = append(suites, s)
	}
	total := &suite{}
	for _, s := range suites {
		total.tests += s.tests
		total.failures += s.failures
		total.errors += s.errors
	}
	b := bufio.NewWriterSize(w, 1<<16)
	fmt.Fprintf(b, "%s<testsuites name=\"wireproof\" tests=\"%d\" failures=\"%d\" errors=\"%d\" time=\"%s\">\n",
		xml.Header, total.tests, total.failures, total.errors, seconds(r.Took))
	for i, s := range suites {
		fmt.Fprintf(b, "<testsuite name=\"%s\" id=\"%d\" package=\"wireproof\" hostname=\"%s\" timestamp=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\" time=\"%s\">\n",
			attribute(s.name), i, attribute(orNone(targetOf(r))), r.Started.UTC().Format("2006-01-02T15:04:05"), s.tests, s.failures, s.errors, s.skipped, seconds(s.took))
		fmt.Fprintf(b, "<properties>\n<property name=\"about\" value=\"%s\"/>\n<property name=\"suite\" value=\"%s\"/>\n<property name=\"rulebook\" value=\"%s\"/>\n</properties>\n",
			attribute(s.about), attribute(r.Suite), attribute(r.Rulebook))
		_, _ = b.Write(s.body.Bytes())
		fmt.Fprintf(b, "<system-out>%s</system-out>\n<system-err></system-err>\n</testsuite>\n", content(s.notes))
	}
	_, _ = b.WriteString("</testsuites>\n")
	return b.Flush()
}

// suite is one testsuite in the making.
type suite struct {
	name, about                      string
	tests, failures, errors, skipped int
	took                             time.Duration
	body                             bytes.Buffer
	notes                            string
}

func suiteOf(r *conformance.Report, result *conformance.Result) *suite {
	s := &suite{name: result.Case, about: result.About, took: result.Took}
	for i := range result.Steps {
		step := masked(&result.Steps[i])
		for j := range step.Checks {
			took := time.Duration(0)
			if j == 0 && step.Exchange != nil { // an exchange is told once
				took = step.Exchange.Took
			}
			s.check(r, occurrence{result, step, &step.Checks[j]}, took)
		}
	}
	if c, ok := unplayed(result); ok {
		s.check(r, occurrence{result, &conformance.StepResult{}, &c}, 0)
	}
	return s
}

func (s *suite) check(r *conformance.Report, o occurrence, took time.Duration) {
	c := o.check
	if !counted(c) {
		if len(c.Differences) > 0 {
			s.notes += blockOf(r, o)
		} else if c.Reason != "" {
			s.notes += "not played to its end: " + c.Reason + "\n"
		}
		return
	}
	s.tests++
	what := outcomeOf(c)
	if what == warned && r.Strict {
		what = failed
	}
	name := strings.TrimSpace(o.step.Step + " " + c.ID)
	fmt.Fprintf(&s.body, "<testcase classname=\"%s\" name=\"%s\" time=\"%s\"", attribute(s.name), attribute(name), seconds(took))
	switch what {
	case failed:
		s.failures++
		s.child("failure", string(c.ID), summaryOf(c), blockOf(r, o))
	case broken:
		s.errors++
		s.child("error", string(c.ID), summaryOf(c), blockOf(r, o))
	case skipped:
		s.skipped++
		s.child("skipped", "", orNone(c.Reason), "")
	case expected:
		s.skipped++
		s.child("skipped", "", acceptance(c.Expected), "")
	case warned:
		fmt.Fprintf(&s.body, ">\n<system-out>%s</system-out>\n</testcase>\n", content(blockOf(r, o)))
	default:
		s.body.WriteString("/>\n")
	}
}

func (s *suite) child(element, kind, message, text string) {
	if kind != "" {
		kind = ` type="` + attribute(kind) + `"`
	}
	fmt.Fprintf(&s.body, ">\n<%s%s message=\"%s\">%s</%s>\n</testcase>\n", element, kind, attribute(message), content(text), element)
}

func staleSuite(r *conformance.Report) *suite {
	s := &suite{name: "expectations", about: "Every declared failure is in order."}
	for _, e := range r.Expectations {
		if e.Problem == "" {
			continue
		}
		s.tests++
		s.failures++
		name := strings.TrimSpace(fmt.Sprintf("line %d %s %s", e.Line, e.Check, e.Case))
		fmt.Fprintf(&s.body, "<testcase classname=\"expectations\" name=\"%s\" time=\"0\"", attribute(name))
		s.child("failure", "expectation", e.Problem, acceptance(&e))
	}
	return s
}

// blockOf is what the console says of one check.
func blockOf(r *conformance.Report, o occurrence) string {
	var b bytes.Buffer
	c := Console{}.defaults(r)
	p := &printer{w: bufio.NewWriter(&b), Console: c, report: r}
	p.block(&group{outcome: outcomeOf(o.check), occurrence: o})
	_ = p.w.Flush() // to memory
	return b.String()
}

// summaryOf says on one line what a check found.
func summaryOf(c *conformance.Check) string {
	if len(c.Differences) == 0 {
		return orNone(c.Reason)
	}
	d := c.Differences[0]
	text := fmt.Sprintf("%s: want %s, got %s", locate(d), orNone(d.Want), orNone(d.Got))
	if n := len(c.Differences); n > 1 {
		text += fmt.Sprintf(" (and %s)", count(n-1, "more difference"))
	}
	return text
}

// acceptance says why a failure is expected.
func acceptance(e *conformance.Expectation) string {
	text := "expected failure: " + e.Reason
	if e.Issue != "" {
		text += " (" + e.Issue + ")"
	}
	if e.Expires != "" {
		text += ", until " + e.Expires
	}
	return text
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.6f", d.Seconds()) }

// attribute and content escape for XML. What XML cannot hold is escaped as in Go
// first, so that it is still seen.
func attribute(s string) string { return escape(plain(s)) }

func content(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = escape(plain(lines[i]))
	}
	return strings.Join(lines, "\n")
}

func escape(s string) string { return escaper.Replace(s) }

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
