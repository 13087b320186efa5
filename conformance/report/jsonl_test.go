package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"wireproof/codec/wire"
	"wireproof/conformance"
	"wireproof/conformance/exchange"
	"wireproof/conformance/report"
	"wireproof/conformance/rule"
	"wireproof/fixtures"
)

func TestReadBack(t *testing.T) {
	r := sample(t)
	got, err := report.Read(bytes.NewReader(write(t, "jsonl", r)))
	if err != nil {
		t.Fatal(err)
	}
	if got.Header.Suite != "0.4.0" || got.Header.Selected != 15 || len(got.Header.Survey.Operations) != 3 || got.Header.Started != "2026-11-21T12:00:00Z" {
		t.Errorf("header %+v", got.Header)
	}
	if c := got.Footer.Counts; got.Footer.Verdict != conformance.NotConformant ||
		c.Must != (report.MustCounts{Pass: 4, Fail: 8, Skip: 3, Error: 2, Expected: 1}) ||
		c.Should != (report.ShouldCounts{Pass: 1, Warn: 1, Skip: 1, Expected: 1}) {
		t.Errorf("footer %+v", got.Footer)
	}
	var integer *report.Line
	for i := range got.Checks {
		if got.Checks[i].ID == "mediaconnect.members.integer" {
			integer = &got.Checks[i]
		}
	}
	if integer == nil || integer.Step != "all.2" || len(integer.Differences) != 1 || integer.Differences[0].Path != "/offerings/700/duration" {
		t.Errorf("the check is %+v", integer)
	}
}

// The members of the issue, exactly: a reader in another language goes by them.
func TestLines(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(string(write(t, "jsonl", sample(t)))), "\n")
	footer := `{"type":"footer","verdict":"not conformant","counts":{"must":{"pass":4,"fail":8,"skip":3,"error":2,"expected":1},"should":{"pass":1,"warn":1,"skip":1,"error":0,"expected":1}}`
	if got := lines[len(lines)-1]; !strings.HasPrefix(got, footer) {
		t.Errorf("footer %s", got)
	}
	const check = `{"type":"check","case":"mediaconnect.list.long","step":"all.2","id":"mediaconnect.members.integer","level":"must","verdict":"fail","rule":"A member of type integer is a number without a fraction.","evidence":[{"kind":"standard","source":"RFC 9110 section 8.6"}],"clients":{},"differences":[{"kind":"json.type","part":"body","path":"/offerings/700/duration","offset":80062,"want":"integer","got":"string \"12\""}]}`
	found := false
	kinds := map[string]int{}
	for _, line := range lines {
		found = found || line == check
		var head struct{ Type string }
		if err := json.Unmarshal([]byte(line), &head); err != nil {
			t.Fatal(err)
		}
		kinds[head.Type]++
	}
	if !found {
		t.Errorf("no line is\n%s", check)
	}
	if kinds["header"] != 1 || kinds["exchange"] != 11 || kinds["footer"] != 1 {
		t.Errorf("lines: %v", kinds)
	}
}

// Bytes come back as they were, text or not.
func TestBytes(t *testing.T) {
	for _, body := range []string{"", "text", "\x00\x01\u2028<>&", "\xff\xfe", "\xed\xa0\x80"} {
		r := &conformance.Report{Results: []conformance.Result{{Case: "a", Steps: []conformance.StepResult{{Step: "1", Exchange: talk(t, "GET / HTTP/1.1\r\n\r\n", body)}}}}}
		lines := bytes.Split(write(t, "jsonl", r), []byte("\n"))
		var x report.Exchange
		if err := json.Unmarshal(lines[1], &x); err != nil {
			t.Fatal(err)
		}
		if x.Response.String() != body {
			t.Errorf("%q became %q", body, x.Response.String())
		}
		if strings.ToValidUTF8(body, "") == body && x.Response.Text == nil {
			t.Errorf("%q is text", body)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	good := string(write(t, "jsonl", sample(t)))
	lines := strings.SplitAfter(good, "\n")
	lines = lines[:len(lines)-1]
	join := func(l ...string) string { return strings.Join(l, "") }
	for _, row := range []struct {
		reason, text string
		want         error
	}{
		{"nothing", "", report.ErrNoReport},
		{"no JSON", "hello\n", report.ErrNoReport},
		{"no header", join(lines[1:]...), report.ErrNoReport},
		{"another format", strings.Replace(good, `"format":1`, `"format":2`, 1), report.ErrFormat},
		{"no footer", join(lines[:len(lines)-1]...), report.ErrCutShort},
		{"the header alone", lines[0], report.ErrCutShort},
		{"cut in a line", good[:len(good)/2], report.ErrCutShort},
		{"cut in the footer", good[:len(good)-9], report.ErrCutShort},
		{"a broken line in between", join(lines[0], "{\n", join(lines[1:]...)), report.ErrLine},
		{"a line of another type", join(lines[0], `{"type":"chek"}`+"\n", join(lines[1:]...)), report.ErrLine},
		{"a member of another type", join(lines[0], `{"type":"check","case":1}`+"\n", join(lines[1:]...)), report.ErrLine},
		{"a second header", join(lines[0], good), report.ErrLine},
		{"something after the footer", good + lines[1], report.ErrLine},
		{"a check was lost", join(append(lines[:2:2], lines[3:]...)...), report.ErrCounts},
	} {
		got, err := report.Read(strings.NewReader(row.text))
		if !errors.Is(err, row.want) || got != nil {
			t.Errorf("%s: %v, want %v", row.reason, err, row.want)
		}
	}
	if _, err := report.Read(strings.NewReader(good + "\n")); err != nil {
		t.Errorf("with an empty line at the end: %v", err)
	}
	// Cut after any line but the last, it is never a whole report.
	for n := range lines {
		if _, err := report.Read(strings.NewReader(join(lines[:n]...))); err == nil {
			t.Errorf("the first %d of %d lines are read as a report", n, len(lines))
		}
	}
	if _, err := report.Read(&broken{strings.NewReader(good[:500])}); !errors.Is(err, errFull) {
		t.Errorf("a disk that fails: %v", err)
	}
}

type broken struct{ *strings.Reader }

func (b *broken) Read(p []byte) (int, error) {
	if b.Len() == 0 {
		return 0, errFull
	}
	return b.Reader.Read(p)
}

// No report of any kind has the signature, key or token of any captured request,
// although the response and the differences echo them in several forms.
func TestCapturesKeepTheirSecrets(t *testing.T) {
	captures, err := fixtures.Captures()
	if err != nil {
		t.Fatal(err)
	}
	r := &conformance.Report{Target: "http://127.0.0.1:18080", Verdict: conformance.NotConformant, Started: began}
	hidden := map[string]bool{key: true, token: true}
	for _, c := range captures {
		for _, s := range hexOrBase64(string(c.Raw)) {
			hidden[s] = true
		}
		sent := string(c.Raw)
		x := talk(t, sent, response("403 Forbidden", "text/plain", "you sent "+sent))
		r.Results = append(r.Results, conformance.Result{Case: c.Name, Level: rule.Must, Steps: []conformance.StepResult{{
			Step: "1", Exchange: x, Service: c.Service, Operation: c.Operation,
			Checks: []conformance.Check{check("a.b", rule.Must, rule.Fail, "It is so.",
				rule.Difference{Part: wire.Body, Path: "/" + c.Name, Offset: 180, Want: c.Name, Got: sent})},
		}}})
	}
	if len(hidden) < 170 {
		t.Fatalf("only %d secrets were found in the captures", len(hidden))
	}
	outputs := map[string]string{}
	for _, kind := range report.Kinds() {
		outputs[kind] = string(write(t, kind, r))
	}
	var trace bytes.Buffer
	if err := (report.Console{Trace: true, PerCheck: -1}).Write(&trace, r); err != nil {
		t.Fatal(err)
	}
	outputs["trace"] = trace.String()
	for kind, text := range outputs {
		if !strings.Contains(text, "********") {
			t.Errorf("%s has no asterisks", kind)
		}
		for s := range hidden {
			if i := strings.Index(text, s); i >= 0 {
				t.Errorf("%s has the secret %s: %.200q", kind, s, text[max(i-80, 0):])
				break
			}
		}
	}
}

// Headers that the caller names are masked in every kind, with what echoes them.
func TestRedact(t *testing.T) {
	const password = "hunter22-hunter22"
	x := talk(t, "GET / HTTP/1.1\r\nHost: a\r\nX-Api-Key: "+password+"\r\n\r\n", response("403 Forbidden", "text/plain", "no "+password))
	x.Err = &exchange.TransportError{Trouble: exchange.Reset, Doing: "reading", Err: errors.New(password)}
	c := check("a.b", rule.Must, rule.Fail, "It is so.", rule.Difference{Part: wire.Body, Path: "/" + password, Offset: 150, Want: "b", Got: password})
	c.Reason = password
	r := &conformance.Report{Target: "http://a.test", Started: began,
		Survey: conformance.Survey{Operations: []conformance.SurveyedOperation{{Service: "rds", Operation: "A", Answered: "no " + password}}},
		Results: []conformance.Result{
			{Case: conformance.SurveyID, Level: rule.Must, Steps: []conformance.StepResult{{Step: "1", Exchange: x, Operation: "A"}}},
			{Case: "a", Level: rule.Must, Steps: []conformance.StepResult{{Step: "1", Exchange: x, Checks: []conformance.Check{c}}}},
		}}
	redacted := report.Redact(r, "x-api-key")
	for _, kind := range report.Kinds() {
		if text := string(write(t, kind, r)); !strings.Contains(text, password) {
			t.Errorf("%s: without the header's name the value is not known to be secret, and yet it is masked", kind)
		}
		if text := string(write(t, kind, redacted)); strings.Contains(text, password) || !strings.Contains(text, strings.Repeat("*", len(password))) {
			t.Errorf("%s: %s", kind, text)
		}
	}
}

// hexOrBase64 finds signatures without knowing their names: 64 hexadecimal digits
// that are no hash of a payload, or 44 characters of base64, escaped.
func hexOrBase64(raw string) (all []string) {
	for _, f := range strings.FieldsFunc(raw, func(r rune) bool { return strings.ContainsRune("=&, \r\n?", r) }) {
		hex := len(f) == 64 && strings.Trim(f, "0123456789abcdef") == ""
		if hex && !strings.Contains(strings.ToLower(raw), "x-amz-content-sha256: "+f) || strings.HasSuffix(f, "%3D") && len(f) > 44 && !strings.Contains(f, "TOKEN") {
			all = append(all, f)
		}
	}
	return all
}

func ExampleRead() {
	stream := `{"type":"header","format":1,"suite":"0.4.0","rulebook":"1","cases":"3f","target":"http://127.0.0.1:5000","started":"2026-11-21T12:00:00Z","strict":false,"available":1,"selected":1,"survey":{"operations":[],"ownState":{},"offerings":{}}}
{"type":"check","case":"rds.offerings.minimal","step":"1","id":"http.content-length","level":"must","verdict":"pass","rule":"Content-Length is true.","evidence":[],"clients":{},"differences":[]}
`
	_, err := report.Read(strings.NewReader(stream))
	fmt.Println(err)
	// Output: line 2: report is cut short: it has no footer
}
