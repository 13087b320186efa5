package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"wireproof/schemas"
)

// tally counts checks: level and outcome, such as "must pass".
type tally map[string]int

// agree reads the reports of one run, without the project's own readers, and compares
// their numbers: agree CONSOLE JSONL JUNIT SARIF.
func agree(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: agree CONSOLE JSONL JUNIT SARIF")
	}
	shown := consoleTally(ts, ts.ReadFile(args[0]))
	stream, footer := streamTally(ts, ts.ReadFile(args[1]))
	for _, key := range []string{"must pass", "must fail", "must skip", "must error", "must expected", "should pass", "should warn", "should skip", "should error", "should expected"} {
		if shown[key] != footer[key] || stream[key] != footer[key] {
			ts.Fatalf("%s: the console says %d, the footer %d, and the stream has %d", key, shown[key], footer[key], stream[key])
		}
	}
	if footer["must pass"] == 0 || footer["must fail"] == 0 || footer["should expected"] == 0 {
		ts.Fatalf("there is nothing to compare: %v", footer)
	}
	tests, failures, skipped, errs := junitTally(ts, ts.ReadFile(args[2]))
	total := 0
	for _, n := range footer {
		total += n
	}
	wantSkipped := footer["must skip"] + footer["should skip"] + footer["must expected"] + footer["should expected"]
	if tests != total || failures != footer["must fail"] || skipped != wantSkipped || errs != footer["must error"]+footer["should error"] {
		ts.Fatalf("JUnit has %d tests, %d failures, %d skipped, %d errors; the footer %v", tests, failures, skipped, errs, footer)
	}
	var sarif struct {
		Version string
		Runs    []struct {
			Results []struct {
				Level        string
				Suppressions []any
			}
		}
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[3])), &sarif))
	if sarif.Version != "2.1.0" || len(sarif.Runs) != 1 {
		ts.Fatalf("SARIF %s with %d runs", sarif.Version, len(sarif.Runs))
	}
	failed := 0
	for _, r := range sarif.Runs[0].Results {
		if r.Level == "error" && len(r.Suppressions) == 0 {
			failed++
		}
	}
	if failed != footer["must fail"] {
		ts.Fatalf("SARIF has %d errors, the footer %d", failed, footer["must fail"])
	}
}

var summaryLine = regexp.MustCompile(`(?m)^(MUST|SHOULD) +(\d+) passed +(\d+) (failed|warnings) +(\d+) errors +(\d+) skipped +(\d+) expected`)

func consoleTally(ts *testscript.TestScript, text string) tally {
	t := tally{}
	for _, m := range summaryLine.FindAllStringSubmatch(text, -1) {
		level := strings.ToLower(m[1])
		bad := map[string]string{"failed": "fail", "warnings": "warn"}[m[4]]
		for i, outcome := range map[int]string{2: "pass", 3: bad, 5: "error", 6: "skip", 7: "expected"} {
			n, err := strconv.Atoi(m[i])
			ts.Check(err)
			t[level+" "+outcome] = n
		}
	}
	return t
}

// streamTally counts the lines of checks, and reads the footer. Each line has to meet
// the schema.
func streamTally(ts *testscript.TestScript, text string) (stream, footer tally) {
	source, err := schemas.Read("Report")
	ts.Check(err)
	c := jsonschema.NewCompiler()
	ts.Check(c.AddResource("Report.json", bytes.NewReader(source)))
	schema, err := c.Compile("Report.json")
	ts.Check(err)
	stream, footer = tally{}, tally{}
	lines := bufio.NewScanner(strings.NewReader(text))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var line map[string]any
		ts.Check(json.Unmarshal(lines.Bytes(), &line))
		if err := schema.Validate(line); err != nil {
			ts.Fatalf("%v in %s", err, lines.Text())
		}
		switch line["type"] {
		case "check":
			outcome := fmt.Sprint(line["verdict"])
			if line["expected"] != nil {
				outcome = "expected"
			}
			if line["level"] != "note" {
				stream[fmt.Sprint(line["level"], " ", outcome)]++
			}
		case "footer":
			for level, counts := range line["counts"].(map[string]any) {
				for outcome, n := range counts.(map[string]any) {
					footer[level+" "+outcome] = int(n.(float64))
				}
			}
		}
	}
	ts.Check(lines.Err())
	return stream, footer
}

// junitTally counts elements, whatever the attributes say.
func junitTally(ts *testscript.TestScript, text string) (tests, failures, skipped, errs int) {
	d := xml.NewDecoder(strings.NewReader(text))
	inCase := false
	for {
		token, err := d.Token()
		if token == nil {
			return tests, failures, skipped, errs
		}
		ts.Check(err)
		switch t := token.(type) {
		case xml.StartElement:
			switch {
			case t.Name.Local == "testcase":
				inCase = true
				tests++
			case inCase && t.Name.Local == "failure":
				failures++
			case inCase && t.Name.Local == "skipped":
				skipped++
			case inCase && t.Name.Local == "error":
				errs++
			}
		case xml.EndElement:
			inCase = inCase && t.Name.Local != "testcase"
		}
	}
}
