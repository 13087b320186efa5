package report_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"wireproof/codec/wire"
	"wireproof/conformance"
	"wireproof/conformance/exchange"
	"wireproof/conformance/report"
	"wireproof/conformance/rule"
)

var update = flag.Bool("update", false, "write testdata/*.txt")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := "testdata/" + name + ".txt"
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is different (write it again with -update, and look at what changes):\n%s", file, got)
	}
}

// print writes a report and holds what is true of each: the same bytes every time,
// no secret, nothing that a terminal obeys, and the report itself unchanged.
func print(t *testing.T, c report.Console, r *conformance.Report) []byte {
	t.Helper()
	var b, again bytes.Buffer
	if err := c.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	if err := c.Write(&again, r); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Errorf("written twice, it differs: %v", err)
	}
	noSecrets(t, "console", b.String())
	text := b.String()
	if c.Color {
		for _, code := range []string{"\x1b[31m", "\x1b[33m", "\x1b[32m", "\x1b[1m", "\x1b[0m"} {
			text = strings.ReplaceAll(text, code, "")
		}
	}
	for i, c := range text {
		if c < ' ' && c != '\n' || c == '\u202e' || c == '\ufffd' {
			t.Errorf("%q at byte %d reaches the terminal", c, i)
		}
	}
	return b.Bytes()
}

func noSecrets(t *testing.T, what, text string) {
	t.Helper()
	for _, s := range secrets {
		if i := strings.Index(text, s); i >= 0 {
			t.Errorf("%s has the secret %s: %.200s", what, s, text[max(i-60, 0):])
		}
	}
}

func TestConsole(t *testing.T) {
	golden(t, "console", print(t, report.Console{Exit: 1, Reports: []string{"out/report.jsonl", "out/junit.xml"}}, sample(t)))
}

func TestConsoleNarrow(t *testing.T) {
	golden(t, "narrow", print(t, report.Console{Width: 60, PerCheck: -1}, sample(t)))
}

func TestConsoleQuiet(t *testing.T) {
	golden(t, "quiet", print(t, report.Console{Quiet: true, Exit: 1}, sample(t)))
}

func TestConsoleTrace(t *testing.T) {
	golden(t, "trace", print(t, report.Console{Trace: true}, sample(t)))
}

// Colour adds codes and changes nothing else.
func TestConsoleColor(t *testing.T) {
	r := sample(t)
	colored := string(print(t, report.Console{Color: true}, r))
	for _, code := range []string{"\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[0m"} {
		if !strings.Contains(colored, code) {
			t.Errorf("no %q", code)
		}
		colored = strings.ReplaceAll(colored, code, "")
	}
	if plain := string(print(t, report.Console{}, r)); colored != plain {
		t.Error("without its codes it is another text")
	}
}

// A clean run says so in a few lines.
func TestConsoleClean(t *testing.T) {
	r := &conformance.Report{Suite: "0.4.0", Rulebook: "1", Cases: "3f", Target: "in process", Verdict: conformance.Conformant, Available: 1, Selected: 1,
		Counts: conformance.Counts{Must: conformance.LevelCounts{Pass: 1}}, Results: []conformance.Result{{Case: "a", Steps: []conformance.StepResult{{Checks: []conformance.Check{pass("a.b")}}}}}}
	golden(t, "clean", print(t, report.Console{}, r))
}

// Three hundred of the same finding are one block; more of one check than PerCheck
// are lines.
func TestConsoleGroups(t *testing.T) {
	broken := func(n int, got func(int) string) *conformance.Report {
		r := &conformance.Report{Target: "in process", Verdict: conformance.NotConformant, Started: began}
		for i := range n {
			x := talk(t, form(fmt.Sprintf("Action=DescribeReservedDBInstances&MaxRecords=%d", 20+i)), response("200 OK", "text/xml", "<a/>"))
			r.Results = append(r.Results, conformance.Result{Case: fmt.Sprintf("rds.subject.case-%03d", i), Level: rule.Must, Steps: []conformance.StepResult{{
				Step: "1", Exchange: x, Service: "rds", Operation: "DescribeReservedDBInstances",
				Checks: []conformance.Check{check("rds.a.b", rule.Must, rule.Fail, "It is so.", rule.Difference{Part: wire.Body, Path: fmt.Sprintf("/a[%d]", i), Offset: 150 + i%3, Want: "b", Got: got(i)})},
			}}})
		}
		return r
	}
	for _, row := range []struct {
		reason        string
		n             int
		got           func(int) string
		blocks, lines int
	}{
		{"the same", 300, func(int) string { return "c" }, 1, 0},
		{"another request id each time", 300, func(i int) string { return fmt.Sprintf(`"5f4b9f2e-7d0a-11e4-9d4f-6a1a1a1a%04x"`, i) }, 1, 0},
		{"the operation's name in it", 300, func(i int) string { return "DescribeReservedDBInstancesResult" }, 1, 0},
		{"few, which are named", 39, func(int) string { return "c" }, 1, 0},
		{"a difference that matters", 8, func(i int) string { return fmt.Sprintf("status 40%d", i) }, 5, 3},
	} {
		text := string(print(t, report.Console{}, broken(row.n, row.got)))
		if blocks := strings.Count(text, "rerun"); blocks != row.blocks {
			t.Errorf("%s: %d blocks, want %d", row.reason, blocks, row.blocks)
		}
		if lines := strings.Count(text, "FAIL  rds.a.b  rds.subject.case-"); lines != row.lines {
			t.Errorf("%s: %d lines, want %d", row.reason, lines, row.lines)
		}
		for i := range row.n {
			if id := fmt.Sprintf("rds.subject.case-%03d", i); row.n < 40 && !strings.Contains(text, id) {
				t.Errorf("%s: %s is not named", row.reason, id)
			}
		}
		if row.n == 300 && !strings.Contains(text, "and 299 more cases: rds.subject.** (299)\n") {
			t.Errorf("%s: the other cases are not told:\n%s", row.reason, text)
		}
	}
}

// Of a finding in the survey and in cases, a case is told, since it can be played by
// itself.
func TestConsoleSurveyComesLast(t *testing.T) {
	r := &conformance.Report{Target: "http://a.test"}
	for _, id := range []string{conformance.SurveyID, "rds.one", "rds.two"} {
		r.Results = append(r.Results, conformance.Result{Case: id, Level: rule.Must, Steps: []conformance.StepResult{{Step: "1", Checks: []conformance.Check{check("rds.a.b", rule.Must, rule.Fail, "It is so.")}}}})
	}
	text := string(print(t, report.Console{}, r))
	if !strings.Contains(text, "wireproof run --endpoint http://a.test --run rds.one\n") || !strings.Contains(text, "and 2 more cases: survey rds.two\n") {
		t.Error(text)
	}
}

// A service that is not there at all is one finding.
func TestConsoleServiceNotThere(t *testing.T) {
	r := &conformance.Report{Target: "http://a.test", Verdict: conformance.NotConformant}
	for _, o := range []string{"A", "B", "C"} {
		r.Survey.Operations = append(r.Survey.Operations, conformance.SurveyedOperation{Service: "rds", Operation: o, Answered: "404 text/plain: no " + o})
	}
	text := string(print(t, report.Console{}, r))
	if n := strings.Count(text, "FAIL"); n != 1 || !strings.Contains(text, "rds is not there: none of A, B, C.") {
		t.Errorf("%d findings:\n%s", n, text)
	}
	r.Survey.Operations[1].Implemented = true
	text = string(print(t, report.Console{}, r))
	if n := strings.Count(text, "FAIL"); n != 2 {
		t.Errorf("%d findings, want one for each of A and C:\n%s", n, text)
	}
}

// What came is shown whatever it is, also nothing.
func TestConsoleNoResponse(t *testing.T) {
	r := &conformance.Report{Target: "http://127.0.0.1:4566", Verdict: conformance.NotConformant, Started: began}
	add := func(id string, x *exchange.Exchange, c conformance.Check) {
		r.Results = append(r.Results, conformance.Result{Case: id, Level: rule.Must, Steps: []conformance.StepResult{{Step: "1", Exchange: x, Checks: []conformance.Check{c}}}})
	}
	answered := func(got string) conformance.Check {
		return check("http.answered", rule.Must, rule.Fail, "A request is answered.", rule.Difference{Part: exchange.Message, Offset: 0, Want: "a response in HTTP/1.1", Got: got})
	}
	reset := talk(t, get("/v1/offerings"), "")
	reset.Err = &exchange.TransportError{Trouble: exchange.Reset, Doing: "reading", Err: errors.New("connection reset by peer")}
	add("a.reset", reset, answered("the end of the connection"))
	add("b.garbage", talk(t, "\x00no HTTP", "\x15\x03\x01\x00\x02\x02\x0a"), answered(`"\x15\x03\x01\x00\x02\x02\n"`))
	add("c.unreachable", nil, check("http.answered", rule.Must, rule.Error, "A request is answered."))
	r.Results[2].Steps[0].Checks[0].Reason = "unreachable while connecting: connection refused"
	golden(t, "noresponse", print(t, report.Console{}, r))
}

// The stanza is an entry that a file of expected failures can have as it stands.
func TestAccept(t *testing.T) {
	for _, row := range []struct {
		reason, id string
		cases      []string
		want       conformance.Expectation
	}{
		{"one case", "rds.a.b", []string{"rds.one"}, conformance.Expectation{Check: "rds.a.b", Case: "rds.one"}},
		{"several cases", "rds.a.b", []string{"rds.one", "rds.two"}, conformance.Expectation{Check: "rds.a.b"}},
		{"an assertion, whose id comes in every case", "expect.error", []string{"rds.one", "rds.two"}, conformance.Expectation{Check: "expect.error", Case: "rds.one"}},
		{"ids that YAML would take for something else", "1.5", []string{"- a: b"}, conformance.Expectation{Check: "1.5", Case: "- a: b"}},
	} {
		r := &conformance.Report{Started: began}
		for _, id := range row.cases {
			r.Results = append(r.Results, conformance.Result{Case: id, Steps: []conformance.StepResult{{Step: "1", Checks: []conformance.Check{check(row.id, rule.Must, rule.Fail, "It is so.")}}}})
		}
		_, stanza, ok := strings.Cut(string(print(t, report.Console{}, r)), "accept    ")
		if !ok {
			t.Fatalf("%s: no stanza", row.reason)
		}
		stanza, _, _ = strings.Cut(strings.Repeat(" ", 16)+stanza, "\n\n")
		stanza, _, _ = strings.Cut(stanza, "\n      and ")
		d := yaml.NewDecoder(strings.NewReader(stanza))
		d.KnownFields(true)
		var got []conformance.Expectation
		if err := d.Decode(&got); err != nil {
			t.Fatalf("%s: %v in\n%s", row.reason, err, stanza)
		}
		if len(got) != 1 || got[0].Reason == "" || got[0].Issue == "" || got[0].Expires != "2027-02-21" {
			t.Errorf("%s: %+v", row.reason, got)
			continue
		}
		if got[0].Check != row.want.Check || got[0].Case != row.want.Case {
			t.Errorf("%s: %+v", row.reason, got[0])
		}
	}
}

// A URL's password is in no report.
func TestTargetPassword(t *testing.T) {
	r := sample(t)
	r.Target = "http://me:hunter22@127.0.0.1:4566/prefix"
	for _, kind := range report.Kinds() {
		text := string(write(t, kind, r))
		if strings.Contains(text, "hunter22") || !strings.Contains(text, "http://me:********@127.0.0.1:4566/prefix") {
			t.Errorf("%s: %s", kind, text[:min(len(text), 400)])
		}
	}
}

var errFull = errors.New("disk full")

// full is a disk with room for n bytes.
type full struct{ n int }

func (f *full) Write(p []byte) (int, error) {
	if len(p) > f.n {
		return f.n, errFull
	}
	f.n -= len(p)
	return len(p), nil
}

// Every kind hands on what the writer fails with, wherever it fails.
func TestWriterFails(t *testing.T) {
	r := sample(t)
	for _, kind := range report.Kinds() {
		var b bytes.Buffer
		if err := report.Write(&b, kind, r); err != nil {
			t.Fatal(err)
		}
		for _, room := range []int{0, 10, b.Len() / 2, b.Len() - 1} {
			if err := report.Write(&full{room}, kind, r); !errors.Is(err, errFull) {
				t.Errorf("%s with room for %d bytes: %v", kind, room, err)
			}
		}
		if err := report.Write(&full{b.Len()}, kind, r); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
	if err := report.Write(&bytes.Buffer{}, "html", r); err == nil {
		t.Error("there is no kind html")
	}
}

func TestProgress(t *testing.T) {
	var b bytes.Buffer
	p := report.Progress{W: &b}
	p.Case(1, 2)
	p.Clear()
	if b.Len() > 0 {
		t.Errorf("no terminal, but %q", b.String())
	}
	p.Terminal = true
	p.Clear()
	p.Case(0, 1000)
	p.Case(1, 1000) // the same percentage
	p.Case(1000, 1000)
	p.Clear()
	want := "\r  0%  0 of 1000 cases" + "\r100%  1000 of 1000 cases" + "\r" + strings.Repeat(" ", 24) + "\r"
	if b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}
