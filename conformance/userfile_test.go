package conformance

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v5"
	"gopkg.in/yaml.v3"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/schemas"
)

// schemaOf compiles a schema with formats asserted, as editors do.
func schemaOf(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	text, err := schemas.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat = true
	if err := c.AddResource(name, bytes.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// plainYAML reads YAML as editors do, by its core schema, in which a date is a text.
func plainYAML(t *testing.T, n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plainYAML(t, n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			list = append(list, plainYAML(t, item))
		}
		return list
	}
	if n.Tag == "!!timestamp" {
		return n.Value
	}
	var v any
	if err := n.Decode(&v); err != nil {
		t.Fatal(err)
	}
	if _, ok := v.(int); ok {
		return json.Number(n.Value)
	}
	return v
}

func accepted(t *testing.T, s *jsonschema.Schema, text string) bool {
	t.Helper()
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	return s.Validate(plainYAML(t, document.Content[0])) == nil
}

// userFile is a row: a file, and where it is wrong; nowhere where Line is 0.
type userFile struct {
	why          string
	text         string
	line, column int
}

// holdFiles reads each row, and holds it against the schema as well: both have to
// take the same files.
func holdFiles(t *testing.T, schema string, rows []userFile, read func(string) error) {
	s := schemaOf(t, schema)
	for _, tt := range rows {
		err := read(tt.text)
		var fault *FileError
		switch {
		case tt.line == 0 && err != nil:
			t.Errorf("%s: %v", tt.why, err)
		case tt.line > 0 && (!errors.As(err, &fault) || !errors.Is(err, ErrUsage) || fault.Line != tt.line || fault.Column != tt.column):
			t.Errorf("%s: got %v, want it at %d:%d", tt.why, err, tt.line, tt.column)
		}
		if accepted(t, s, tt.text) != (tt.line == 0) {
			t.Errorf("%s: the schema takes it: %t", tt.why, tt.line > 0)
		}
	}
}

func TestReadConfig(t *testing.T) {
	rows := []userFile{
		{"nothing is said", "{}", 0, 0},
		{"one service", "services: [rds]", 0, 0},
		{"both", "services:\n  - rds\n  - mediaconnect", 0, 0},
		{"services as a word", "services: rds", 1, 11},
		{"no services", "services: []", 1, 11},
		{"another service", "services: [rds, s3]", 1, 17},
		{"a number for a service", "services: [1]", 1, 12},
		{"an unknown member", "accounts: shared\nservice: [rds]", 2, 1},
		{"operations and needs", "lacks: [PurchaseOffering, own-state, 'rds.offerings>=21', rds.reservation, provokes.Throttling]", 0, 0},
		{"an operation in another case", "lacks: [purchaseOffering]", 1, 9},
		{"a need without a number", "lacks: ['rds.offerings>=']", 1, 9},
		{"a need of nothing", "lacks: ['rds.offerings>=0']", 1, 9},
		{"accounts apart", "accounts: separate", 0, 0},
		{"accounts otherwise", "accounts: none", 1, 11},
		{"accounts as a flag", "accounts: true", 1, 11},
		{"accounts null", "accounts:", 1, 10},
		{"offerings", "offerings: {rds: [a, b], mediaconnect: ['arn:x']}", 0, 0},
		{"no offerings of a service", "offerings: {rds: []}", 1, 18},
		{"an empty id", "offerings: {rds: ['']}", 1, 19},
		{"offerings of another service", "offerings: {ec2: [a]}", 1, 13},
		{"offerings as a list", "offerings: [a]", 1, 12},
		{"a request", "reset: {request: POST /reset}", 0, 0},
		{"a command", "reset: {command: [sh, -c, reset]}", 0, 0},
		{"a request and a command", "reset: {request: POST /reset, command: [x]}", 1, 8},
		{"neither", "reset: {}", 1, 8},
		{"no command", "reset: {command: []}", 1, 18},
		{"a request without a method", "reset: {request: /reset}", 1, 18},
		{"a request with a line of its own", "reset: {request: \"POST /a HTTP/1.1\\r\\nX: y\"}", 1, 18},
		{"reset as a text", "reset: POST /reset", 1, 8},
		{"provoked by headers", "provokes: {Throttling: {headers: {X-Fail: throttle}}}", 0, 0},
		{"provoked by a count", "provokes: {ReservedDBInstanceQuotaExceeded: {count: 1000}}", 0, 0},
		{"provoked by both", "provokes:\n  Throttling:\n    count: 1\n    headers: {A: b}", 0, 0},
		{"no such error", "provokes:\n  Throttle: {count: 1}", 2, 3},
		{"provoked by nothing", "provokes: {Throttling: {}}", 1, 24},
		{"no header", "provokes: {Throttling: {headers: {}}}", 1, 34},
		{"no header beside a count", "provokes: {Throttling: {headers: {}, count: 1}}", 1, 34},
		{"a header of a number", "provokes: {Throttling: {headers: {X: 1}}}", 1, 38},
		{"a header with a line break", "provokes: {Throttling: {headers: {X: \"a\\nb\"}}}", 1, 38},
		{"a name that is none", "provokes: {Throttling: {headers: {'X Y': z}}}", 1, 35},
		{"a count of nothing", "provokes: {Throttling: {count: 0}}", 1, 32},
		{"a count as a text", "provokes: {Throttling: {count: '5'}}", 1, 32},
		{"a count past 32 bits", "provokes: {Throttling: {count: 2147483648}}", 1, 32},
		{"a list", "- services", 1, 1},
	}
	for _, o := range rds.Operations() {
		rows = append(rows, userFile{"an operation", "lacks: [" + o.String() + "]", 0, 0})
		for _, s := range o.Errors() {
			rows = append(rows, userFile{"an error", "provokes: {" + s.Code + ": {count: 1}}", 0, 0})
		}
	}
	for _, o := range mediaconnect.Operations() {
		rows = append(rows, userFile{"an operation", "lacks: [" + o.String() + "]", 0, 0})
	}
	for _, s := range append(append(rds.CommonErrors(), mediaconnect.CommonErrors()...), mediaconnect.ModeledErrors()...) {
		rows = append(rows, userFile{"an error", "provokes: {" + s.Code + ": {count: 1}}", 0, 0})
	}
	holdFiles(t, "Config", rows, func(text string) error { _, err := ReadConfig(strings.NewReader(text)); return err })
}

// A whole configuration comes as it was written; what is no document is told with
// its line, where the parser knows it.
func TestReadConfigValues(t *testing.T) {
	got, err := ReadConfig(strings.NewReader(`# of our emulator
services: [rds]
lacks: [own-state]
accounts: shared
offerings: {rds: [a, b]}
reset: {command: [sh, -c, "rm -rf state"]}
provokes:
  Throttling: {headers: {X-Fail: throttle}, count: 7}
`))
	want := Config{Services: []string{"rds"}, Lacks: []string{"own-state"}, Accounts: "shared",
		Offerings: map[string][]string{"rds": {"a", "b"}}, Reset: &Reset{Command: []string{"sh", "-c", "rm -rf state"}},
		Provokes: map[string]Provocation{"Throttling": {Headers: map[string]string{"X-Fail": "throttle"}, Count: 7}}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	for _, empty := range []string{"", "# nothing\n", "---\n", "\ufeff"} {
		if got, err := ReadConfig(strings.NewReader(empty)); err != nil || !cmp.Equal(got, Config{}) {
			t.Errorf("%q: %v, %v", empty, got, err)
		}
	}
	for text, line := range map[string]int{"services: [\n": 2, "a: b\n\tc: d\n": 2, "accounts: shared\n---\naccounts: separate\n": 3, "accounts: shared\naccounts: separate\n": 2} {
		var fault *FileError
		if _, err := ReadConfig(strings.NewReader(text)); !errors.As(err, &fault) || fault.Line < line-1 || fault.Line > line {
			t.Errorf("%q: got %v, want line %d", text, err, line)
		}
	}
}

// A Config that was not read from a file is held against the same demands.
func TestConfigInCode(t *testing.T) {
	for _, tt := range []struct {
		why  string
		c    Config
		good bool
	}{
		{"the zero Config", Config{}, true},
		{"a request", Config{Reset: &Reset{Request: "POST /x"}}, true},
		{"another service", Config{Services: []string{"s3"}}, false},
		{"lacks what there is not", Config{Lacks: []string{"Everything"}}, false},
		{"accounts", Config{Accounts: "many"}, false},
		{"offerings of another service", Config{Offerings: map[string][]string{"s3": {"a"}}}, false},
		{"an unknown code", Config{Provokes: map[string]Provocation{"Oops": {Count: 1}}}, false},
		{"an empty reset", Config{Reset: &Reset{}}, false},
		{"a request that would be two", Config{Reset: &Reset{Request: "POST /x HTTP/1.1\r\n\r\nPOST /y"}}, false},
	} {
		_, err := Options{Config: tt.c}.withDefaults()
		if tt.good != (err == nil) || !tt.good && !errors.Is(err, ErrUsage) {
			t.Errorf("%s: %v", tt.why, err)
		}
	}
}

func TestReadExpectations(t *testing.T) {
	holdFiles(t, "ExpectedFailures", []userFile{
		{"none", "[]", 0, 0},
		{"a check", "- {check: http.date, reason: x}", 0, 0},
		{"a case", "- {case: 'rds.**', reason: x}", 0, 0},
		{"all of it", "- {check: a, case: b, reason: c, issue: d, expires: 2026-12-31, flaky: true}", 0, 0},
		{"a date in quotes", "- {check: a, reason: c, expires: '2026-12-31'}", 0, 0},
		{"the number of an issue", "- {check: a, reason: c, issue: 12}", 0, 0},
		{"not flaky", "- {check: a, reason: c, flaky: false}", 0, 0},
		{"neither check nor case", "- reason: x", 1, 3},
		{"no reason", "- {check: a, reason: x}\n- check: b", 2, 3},
		{"an empty reason", "- {check: a, reason: ''}", 1, 22},
		{"a reason that is a number", "- {check: a, reason: 5}", 1, 22},
		{"no such day", "- {check: a, reason: x, expires: 2026-02-30}", 1, 34},
		{"a time", "- {check: a, reason: x, expires: 2026-12-31T00:00:00Z}", 1, 34},
		{"a day in words", "- {check: a, reason: x, expires: tomorrow}", 1, 34},
		{"flaky in words", "- {check: a, reason: x, flaky: sometimes}", 1, 32},
		{"an unknown member", "- check: a\n  reason: x\n  until: 2026-12-31", 3, 3},
		{"a check of a list", "- {check: [a], reason: x}", 1, 11},
		{"an object", "check: a", 1, 1},
		{"a text for an entry", "- a", 1, 3},
	}, func(text string) error { _, err := ReadExpectations(strings.NewReader(text)); return err })

	got, err := ReadExpectations(strings.NewReader("# known\n- check: http.date\n  reason: none\n\n- case: rds.**\n  reason: x\n  issue: 12\n  expires: 2026-12-31\n  flaky: true\n"))
	want := []Expectation{{Check: "http.date", Reason: "none", Line: 2}, {Case: "rds.**", Reason: "x", Issue: "12", Expires: "2026-12-31", Flaky: true, Line: 5}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}
