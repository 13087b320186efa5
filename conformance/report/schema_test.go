package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"wireproof/conformance"
	"wireproof/conformance/report"
	"wireproof/schemas"
)

// compile compiles a schema with its formats checked.
func compile(t *testing.T, name string, text []byte) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat = true
	url := schemas.Base + name
	if err := c.AddResource(url, bytes.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(url)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func lineSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := schemas.Read("Report")
	if err != nil {
		t.Fatal(err)
	}
	return compile(t, "Report.json", text)
}

func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	return compile(t, "sarif.json", text)
}

func validate(t *testing.T, s *jsonschema.Schema, text []byte) error {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var value any
	if err := d.Decode(&value); err != nil {
		t.Fatalf("%v in %.200s", err, text)
	}
	err := s.Validate(value)
	var invalid *jsonschema.ValidationError
	if err != nil && !errors.As(err, &invalid) {
		t.Fatal(err)
	}
	return err
}

func write(t testing.TB, kind string, r *conformance.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.Write(&b, kind, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLinesMeetTheirSchema(t *testing.T) {
	s := lineSchema(t)
	for _, r := range []*conformance.Report{sample(t), {Verdict: conformance.Incomplete}} {
		for line := range bytes.Lines(write(t, "jsonl", r)) {
			if err := validate(t, s, line); err != nil {
				t.Errorf("%v: %.300s", err, line)
			}
		}
	}
}

// The schema refuses what is no line: it can fail.
func TestLineSchemaRefuses(t *testing.T) {
	s := lineSchema(t)
	const check = `{"type":"check","case":"a","step":"1","id":"a.b","level":"must","verdict":"pass","rule":"","evidence":[],"clients":{},"differences":[]}`
	if err := validate(t, s, []byte(check)); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ reason, old, new string }{
		{"another type", `"type":"check"`, `"type":"chek"`},
		{"a verdict that there is not", `"pass"`, `"passed"`},
		{"a should that fails", `"level":"must","verdict":"pass"`, `"level":"should","verdict":"fail"`},
		{"a skip without its reason", `"pass"`, `"skip"`},
		{"a difference without its offset", `"differences":[]`, `"differences":[{"part":"body","path":"/a","want":"","got":""}]`},
		{"an offset before the start", `"differences":[]`, `"differences":[{"part":"body","path":"/a","offset":-2,"want":"","got":""}]`},
		{"an id that is no id", `"a.b"`, `"a b"`},
		{"an unknown member", `"rule":""`, `"rule":"","rul":""`},
	} {
		text := bytes.Replace([]byte(check), []byte(row.old), []byte(row.new), 1)
		if validate(t, s, text) == nil {
			t.Errorf("%s: %s validates", row.reason, text)
		}
	}
}

func TestSARIFMeetsItsSchema(t *testing.T) {
	s := sarifSchema(t)
	for _, r := range []*conformance.Report{sample(t), {Verdict: conformance.Incomplete}} {
		text := write(t, "sarif", r)
		if err := validate(t, s, text); err != nil {
			t.Errorf("%#v", err)
		}
		if bad := bytes.Replace(text, []byte(`"version": "2.1.0"`), []byte(`"version": "2.0.0"`), 1); validate(t, s, bad) == nil {
			t.Error("the schema accepts version 2.0.0")
		}
	}
}

// What SARIF says besides its form: each result has its rule, failures and warnings
// are results, the bytes of the place are those of the difference.
func TestSARIF(t *testing.T) {
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct {
					Rules []struct{ ID string }
				}
			}
			Invocations []struct {
				ExecutionSuccessful           bool
				ToolExecutionNotifications    []struct{ Message struct{ Text string } }
				ToolConfigurationNotification []any `json:"toolConfigurationNotifications"`
			}
			Artifacts []struct {
				Length   int
				Contents struct {
					Text   string
					Binary []byte
				}
			}
			Results []struct {
				RuleID       string
				RuleIndex    int
				Level        string
				Suppressions []struct{ Justification string }
				Locations    []struct {
					PhysicalLocation *struct {
						ArtifactLocation struct{ Index int }
						Region           *struct{ ByteOffset int }
					}
					LogicalLocations []struct{ FullyQualifiedName string }
				}
			}
		}
	}
	if err := json.Unmarshal(write(t, "sarif", sample(t)), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	levels := map[string]int{}
	suppressed := 0
	for _, r := range run.Results {
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("rule %d is not %s", r.RuleIndex, r.RuleID)
		}
		if len(r.Suppressions) > 0 {
			suppressed++
		} else {
			levels[r.Level]++
		}
		if r.RuleID == "mediaconnect.members.integer" {
			at := r.Locations[0].PhysicalLocation
			text := run.Artifacts[at.ArtifactLocation.Index].Contents.Text
			if got := text[at.Region.ByteOffset:][:4]; got != `"12"` {
				t.Errorf("the place is %q", got)
			}
			if got := r.Locations[0].LogicalLocations[0].FullyQualifiedName; got != "mediaconnect.list.long#all.2 /offerings/700/duration" {
				t.Errorf("the logical location is %s", got)
			}
		}
	}
	if levels["error"] != 8 || levels["warning"] != 1 || len(levels) != 2 || suppressed != 2 {
		t.Errorf("levels %v, %d suppressed; the sample has 8 failures, 1 warning and 2 that are declared", levels, suppressed)
	}
	i := run.Invocations[0]
	if i.ExecutionSuccessful || len(i.ToolExecutionNotifications) != 2 || len(i.ToolConfigurationNotification) != 1 {
		t.Errorf("%+v; the sample has 2 errors and 1 stale declaration", i)
	}
	binary := 0
	for _, a := range run.Artifacts {
		if a.Length != len(a.Contents.Text)+len(a.Contents.Binary) {
			t.Errorf("length %d of %d bytes", a.Length, len(a.Contents.Text)+len(a.Contents.Binary))
		}
		if len(a.Contents.Binary) > 0 {
			binary++
		}
	}
	if binary != 1 {
		t.Errorf("%d artifacts are binary, want the one that is no UTF-8", binary)
	}
	strict := sample(t)
	strict.Strict = true
	again := log
	again.Runs = nil
	if err := json.Unmarshal(write(t, "sarif", strict), &again); err != nil {
		t.Fatal(err)
	}
	for _, r := range again.Runs[0].Results {
		if r.Level != "error" {
			t.Errorf("%s is a %s in a strict run", r.RuleID, r.Level)
		}
	}
}
