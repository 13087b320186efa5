package readings

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/fixtures"
)

var update = flag.Bool("update", false, "write fixtures/reactions/READINGS.md")

const table = "../../fixtures/reactions/READINGS.md"

// reading is what came of one variant.
type reading struct {
	value    string // of the watched member, or of the error
	findings []wire.Finding
	err      error // a refusal
}

// TestVariants holds lenient reading against the rule: where the independent
// clients hand over one value, it hands over the same and finds nothing; where
// they differ, it hands over what one of them does and says that they differ, or
// that nothing can be read.
func TestVariants(t *testing.T) {
	variants, reasons := load(t)
	for _, v := range variants {
		t.Run(v.Name, func(t *testing.T) {
			lenient, strict := read(t, v, true), read(t, v, false)
			if lenient.value != strict.value {
				t.Errorf("lenient hands over %s, strict %s", lenient.value, strict.value)
			}
			if want := wire.Lenient(strict.findings); !slices.Equal(lenient.findings, want) {
				t.Errorf("lenient findings %v, those of strict %v", lenient.findings, want)
			}
			checkFindings(t, strict.findings, v.Response.Body)
			problem, reason := disagreement(clientValues(v), lenient), reasons[v.Name]
			delete(reasons, v.Name)
			switch {
			case problem != "" && reason == "":
				t.Errorf("%s\nclients: %q\nours: %+v", problem, clientValues(v), lenient)
			case problem == "" && reason != "":
				t.Errorf("an exception that excuses nothing: %s", reason)
			}
		})
	}
	for name := range reasons {
		t.Errorf("an exception for %s, which is no variant", name)
	}
}

// TestTable keeps the table of all readings true.
func TestTable(t *testing.T) {
	variants, reasons := load(t)
	var b strings.Builder
	b.WriteString(`# What the codec makes of the recorded responses

Made by ` + "`go test ./conformance/readings -update`" + `. A row is one response that four clients were given; all of it
and what they did stands in client-reactions.json. The value is that of the member that was watched, or the error; strict and lenient
reading hand over the same one. "strict" and "lenient" name the findings of each reading. The last column says why lenient reading
takes a variant otherwise than this rule asks: hand over what all three independent parsers hand over (aws-cli has boto3's), and
where they differ hand over one of their values with a finding.

| variant | what was answered | boto3 | Go | JavaScript | value | strict | lenient | why lenient differs |
|---|---|---|---|---|---|---|---|---|
`)
	for _, v := range variants {
		strict, lenient := read(t, v, false), read(t, v, true)
		values := clientValues(v)
		row := []string{v.Name, v.About, values[0], values[1], values[2], strict.value, verdict(strict), verdict(lenient), reasons[v.Name]}
		for i, cell := range row {
			if cell == "" && i < len(row)-1 {
				cell = `""`
			}
			row[i] = strings.NewReplacer("|", `\|`, "\n", "⏎", "\r", "⏎", "<", "&lt;").Replace(cell)
		}
		fmt.Fprintf(&b, "| %s |\n", strings.Join(row, " | "))
	}
	if *update {
		if err := os.WriteFile(table, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(got), b.String()); diff != "" {
		t.Errorf("the table is not true; go test ./conformance/readings -update writes it (-file +now):\n%s", diff)
	}
}

// verdict names the findings of a reading, or the refusal.
func verdict(r reading) string {
	var parts []string
	for _, f := range r.findings {
		part := fmt.Sprintf("%s (%s)", f.Kind, f.Level)
		if !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	var syntax *wire.SyntaxError
	switch {
	case errors.As(r.err, &syntax):
		return fmt.Sprintf("refused: %v at offset %d", syntax.Err, syntax.Offset)
	case r.err != nil:
		return "refused: " + r.err.Error()
	case len(parts) == 0:
		return "clean"
	}
	return strings.Join(parts, ", ")
}

func load(t *testing.T) ([]fixtures.Variant, map[string]string) {
	t.Helper()
	variants, err := fixtures.Variants()
	if err != nil {
		t.Fatal(err)
	}
	if len(variants) != 322 {
		t.Fatalf("%d variants, want 322", len(variants))
	}
	reasons, err := fixtures.Differences()
	if err != nil {
		t.Fatal(err)
	}
	return variants, reasons
}

// read decodes a variant.
func read(t *testing.T, v fixtures.Variant, lenient bool) (r reading) {
	t.Helper()
	resp := &wire.Response{Status: v.Response.Status, Body: string(v.Response.Body)}
	for _, h := range v.Response.Headers {
		resp.Headers = append(resp.Headers, wire.HeaderField{Name: h.Name, Value: h.Value})
	}
	var out any
	var err error
	if v.Service == "rds" {
		d := rds.Decoder{Lenient: lenient}
		op, ok := rds.ParseOperation(v.Operation)
		if !ok {
			t.Fatalf("no operation %s", v.Operation)
		}
		value := op.NewOutput()
		out, err, r.findings = value, d.DecodeResponse(resp, value), slices.Clone(d.Findings())
	} else {
		d := mediaconnect.Decoder{Lenient: lenient}
		op, ok := mediaconnect.ParseOperation(v.Operation)
		if !ok {
			t.Fatalf("no operation %s", v.Operation)
		}
		value := op.NewOutput()
		out, err, r.findings = value, d.DecodeResponse(resp, value), slices.Clone(d.Findings())
	}
	var ofRDS *rds.Error
	var ofMediaConnect *mediaconnect.Error
	switch {
	case errors.As(err, &ofRDS):
		r.value = errorValue(v.Service, ofRDS.Code.Or(""), ofRDS.Message.Or(""), "")
	case errors.As(err, &ofMediaConnect):
		r.value = errorValue(v.Service, ofMediaConnect.Code.Or(""), ofMediaConnect.Message.Or(""), ofMediaConnect.RequestID.Or(""))
	case err != nil:
		r.value, r.err = refused, err
	default:
		r.value = watched(t, v, out)
	}
	return r
}

// watched gives the watched member in its normal form.
func watched(t *testing.T, v fixtures.Variant, out any) string {
	t.Helper()
	if v.Watched == "" {
		return "success"
	}
	text, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	name := ""
	for name = range strings.SplitSeq(v.Watched, ".") {
		members, _ := value.(map[string]any)
		if v.Service == "mediaconnect" {
			name = strings.ToLower(name[:1]) + name[1:]
		}
		if value = members[name]; value == nil {
			return absent
		}
	}
	switch value := value.(type) {
	case []any:
		return fmt.Sprintf("list of %d", len(value))
	case map[string]any:
		return "structure"
	}
	_, member, _ := strings.Cut(v.Watched, ".")
	return normal(member, fmt.Sprint(value))
}

// checkFindings holds what is true of all findings.
func checkFindings(t *testing.T, findings []wire.Finding, body []byte) {
	t.Helper()
	for _, f := range findings {
		if f.Offset < 0 || f.Part == wire.Body && f.Offset > len(body) {
			t.Errorf("finding outside the message: %v", f)
		}
		if f.Kind == "" || f.Level == 0 || f.Part == "" || f.Want == "" || f.Got == "" {
			t.Errorf("incomplete finding: %#v", f)
		}
	}
}

// disagreement says how a lenient reading departs from the rule, or "".
func disagreement(clients []string, got reading) string {
	same := clients[0] == clients[1] && clients[1] == clients[2]
	unreadable := slices.ContainsFunc(got.findings, func(f wire.Finding) bool { return f.Level == wire.Unreadable })
	switch {
	case same && clients[0] == refused:
		if got.value != refused && !(unreadable && got.value == absent) {
			return "all clients fail, and we hand something over"
		}
	case same && got.value != clients[0]:
		return "all clients hand over one value, we another"
	case same && len(got.findings) > 0:
		return "all clients hand over one value, and there is a lenient finding"
	case same:
	case got.value == refused:
		return "the clients differ, we refuse the document"
	case len(got.findings) == 0:
		return "the clients differ, and there is no lenient finding"
	case !slices.Contains(clients, got.value):
		return "the clients differ, we hand over what none does"
	}
	return ""
}
