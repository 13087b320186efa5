package report_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"wireproof/conformance"
	"wireproof/conformance/report"
	"wireproof/conformance/rule"
)

// lint validates XML against a schema with libxml2.
func lint(t *testing.T, schema string, text []byte) (string, error) {
	t.Helper()
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Skip("xmllint is not here")
	}
	file := filepath.Join(t.TempDir(), "junit.xml")
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("xmllint", "--nonet", "--noout", "--schema", schema, file).CombinedOutput()
	return string(out), err
}

func TestJUnitMeetsItsSchema(t *testing.T) {
	const schema = "../../schemas/JUnit.xsd"
	strict := sample(t)
	strict.Strict = true
	for _, r := range []*conformance.Report{sample(t), strict, {Verdict: conformance.Incomplete}} {
		if out, err := lint(t, schema, write(t, "junit", r)); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	}
	text := write(t, "junit", sample(t))
	for _, row := range []struct{ old, new string }{
		{` tests="`, ` test="`}, {"<failure", "<fail"}, {`errors="`, `errors="-`}, {"<testcase classname", "<testcase class"}, {"</system-out>", "<a/></system-out>"},
	} {
		bad := bytes.Replace(text, []byte(row.old), []byte(row.new), 1)
		if out, err := lint(t, schema, bad); err == nil {
			t.Errorf("with %s for %s it is valid too: %s", row.new, row.old, out)
		}
	}
}

// junit is what Python's ElementTree, an independent reader, makes of a document.
const junit = `
import sys, xml.etree.ElementTree as E
root = E.fromstring(sys.stdin.buffer.read())
for s in root:
    kinds = [c[0].tag if len(c) else 'pass' for c in s.iter('testcase')]
    n = {k: kinds.count(k) for k in set(kinds)}
    assert int(s.get('tests')) == len(kinds), s.get('name')
    assert int(s.get('failures')) == n.get('failure', 0), s.get('name')
    assert int(s.get('errors')) == n.get('error', 0), s.get('name')
    assert int(s.get('skipped')) == n.get('skipped', 0), s.get('name')
for a in ('tests', 'failures', 'errors'):
    assert int(root.get(a)) == sum(int(s.get(a)) for s in root), a
kinds = [c[0].tag if len(c) else 'pass' for c in root.iter('testcase')]
print(*(kinds.count(k) for k in ('pass', 'system-out', 'failure', 'error', 'skipped')))
for c in root.iter('testcase'):
    if c.find('skipped') is not None: print(c.get('classname'), '|', c.get('name'), '|', c.find('skipped').get('message'))
`

func TestJUnitCounts(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not here")
	}
	cmd := exec.Command(python, "-c", junit)
	cmd.Stdin = bytes.NewReader(write(t, "junit", sample(t)))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	// Passed 4+1, warned 1, failed 8 and one stale declaration, errors 2, skipped
	// 3+1 and declared 1+1.
	want := `5 1 9 2 6
mediaconnect.offerings.minimal | 1 http.date | expected failure: no clock & no date (https://example.test/7), until 2027-01-31
mediaconnect.offerings.minimal | 1 http.server | expected failure: no clock & no date (https://example.test/7), until 2027-01-31
mediaconnect.purchase.again | case.played | PurchaseOffering is not there
mediaconnect.purchase.minimal | case.played | PurchaseOffering is not there
rds.accounts.apart | case.played | the target has one account
rds.pages.21 | case.played | the target sells 2 offerings, and 21 are needed
`
	if string(out) != want {
		t.Errorf("got\n%swant\n%s", out, want)
	}
}

// A warning of a strict run is a failure.
func TestJUnitStrict(t *testing.T) {
	r := sample(t)
	r.Strict = true
	text := write(t, "junit", r)
	if n := bytes.Count(text, []byte("<failure ")); n != 8+1+1 {
		t.Errorf("%d failures, want 8, the warning and the stale declaration", n)
	}
}

// What XML cannot hold is escaped, in attributes and in text.
func TestJUnitCharacters(t *testing.T) {
	const odd = "a\x00\x1b\ufffe\xff\u202e<&>\"']]>\r\nb"
	c := check("a.b", rule.Must, rule.Fail, odd, rule.Difference{Path: odd, Offset: -1, Want: odd, Got: odd})
	r := &conformance.Report{Target: odd, Results: []conformance.Result{
		{Case: odd, About: odd, Level: rule.Must, Steps: []conformance.StepResult{{Step: odd, Checks: []conformance.Check{c}}}},
		{Case: "b", Level: rule.Must, Skipped: odd},
	}}
	var b bytes.Buffer
	if err := report.WriteJUnit(&b, r); err != nil {
		t.Fatal(err)
	}
	seen := false
	for d := xml.NewDecoder(&b); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "skipped" {
			const want = `a\x00\x1b\ufffe\xff\u202e<&>"']]>\r\nb`
			seen = e.Attr[0].Value == want
			if !seen {
				t.Errorf("got %q, want %q", e.Attr[0].Value, want)
			}
		}
	}
	if !seen || strings.ContainsAny(b.String(), "\x00\x1b\ufffe") {
		t.Error("the message is not there as it should be")
	}
}
