package casefile_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"gopkg.in/yaml.v3"

	"wireproof/conformance/casefile"
	"wireproof/fixtures"
	"wireproof/schemas"
)

var caseSchema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	text, err := schemas.Read("Cases")
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat = true // match is a regular expression
	if err := c.AddResource(schemas.Base+"Cases.json", bytes.NewReader(text)); err != nil {
		return nil, err
	}
	return c.Compile(schemas.Base + "Cases.json")
})

// refusals gives the places of a file that the schema refuses.
func refusals(t *testing.T, text string) (places []string) {
	t.Helper()
	schema, err := caseSchema()
	if err != nil {
		t.Fatal(err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	var invalid *jsonschema.ValidationError
	if err := schema.Validate(jsonOf(t, document.Content[0])); errors.As(err, &invalid) {
		var walk func(e *jsonschema.ValidationError)
		walk = func(e *jsonschema.ValidationError) {
			places = append(places, e.InstanceLocation)
			for _, c := range e.Causes {
				walk(c)
			}
		}
		walk(invalid)
	} else if err != nil {
		t.Fatal(err)
	}
	return places
}

// jsonOf reads YAML as editors do, by its core schema, in which a date is a text.
func jsonOf(t *testing.T, n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = jsonOf(t, n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			list = append(list, jsonOf(t, item))
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

func TestCasesMeetTheSchema(t *testing.T) {
	err := fs.WalkDir(fixtures.Cases(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".yaml") {
			return err
		}
		text, err := fs.ReadFile(fixtures.Cases(), name)
		if places := refusals(t, string(text)); len(places) > 0 {
			t.Errorf("%s is refused at %v", name, places)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The schema refuses what the loader refuses, where one file alone can show it.
func TestSchemaRefuses(t *testing.T) {
	for _, row := range wrongFiles {
		if strings.Contains(row.text, "!!set") {
			continue // no JSON
		}
		places := refusals(t, row.text)
		if row.schema == "-" && len(places) > 0 {
			t.Errorf("%s: the schema refuses it, too: say where of %v", row.why, places)
		}
		if row.schema != "-" && !slices.Contains(places, row.schema) {
			t.Errorf("%s: refused at %v, want %q", row.why, places, row.schema)
		}
	}
}

// What the schema offers is what the loader takes: the operations, their members,
// the versions. A case with each of them loads.
func TestSchemaOffers(t *testing.T) {
	text, err := schemas.Read("Cases")
	if err != nil {
		t.Fatal(err)
	}
	var s struct {
		Defs struct {
			Send struct {
				AllOf []struct {
					If struct {
						Properties struct{ Operation struct{ Const string } }
					}
					Then struct {
						Properties struct {
							With struct {
								AnyOf []struct{ Properties map[string]any }
							}
						}
					}
				}
			}
		} `json:"$defs"`
	}
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	members := 0
	for _, rule := range s.Defs.Send.AllOf {
		for _, with := range rule.Then.Properties.With.AnyOf {
			for name := range with.Properties {
				members++
				file := head + "    steps:\n      - send: {operation: " + rule.If.Properties.Operation.Const + ", with: {" + name + ": null}}\n"
				if !strings.Contains(rule.If.Properties.Operation.Const, "DBInstances") {
					file = strings.NewReplacer("service: rds", "service: mediaconnect", "id: rds.", "id: mediaconnect.").Replace(file)
				}
				if _, err := load(file); err != nil {
					t.Errorf("%s of %s: %v", name, rule.If.Properties.Operation.Const, err)
				}
			}
		}
	}
	if members != 33 { // those of the eight inputs in the models
		t.Errorf("the schema has %d members of inputs", members)
	}
}

func FuzzLoad(f *testing.F) {
	for _, row := range wrongFiles {
		f.Add(row.text)
	}
	err := fs.WalkDir(fixtures.Cases(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".yaml") {
			return err
		}
		text, err := fs.ReadFile(fixtures.Cases(), name)
		f.Add(string(text))
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		cases, err := load(text)
		if err != nil {
			var e *casefile.Error
			if !errors.As(err, &e) || len(e.Problems) == 0 || len(cases) > 0 {
				t.Fatalf("%d cases and %v", len(cases), err)
			}
			lines := strings.Count(text, "\n") + strings.Count(text, "\r") + strings.Count(text, "\u0085") + strings.Count(text, "\u2028") + strings.Count(text, "\u2029") + 1
			for _, p := range e.Problems {
				if p.File == "" || p.What == "" || p.Line < 0 || p.Line > lines+1 || p.Column < 0 {
					t.Fatalf("%+v", p)
				}
			}
			_ = e.Error()
			return
		}
		for i, c := range cases {
			if c.ID == "" || c.About == "" || c.Service == "" || c.Level == "" || len(c.Evidence) == 0 || len(c.Steps) == 0 || i > 0 && cases[i-1].ID >= c.ID {
				t.Fatalf("%+v", c)
			}
			for _, s := range c.Steps {
				if s.Name == "" || s.Expect.Answer == "" || s.Send.Operation == "" && s.Send.Bytes == nil {
					t.Fatalf("%s: %+v", c.ID, s)
				}
			}
		}
	})
}
