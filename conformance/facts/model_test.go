package facts

import (
	"encoding/json"
	"flag"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write testdata/facts.json from ../shared/models")

const (
	frozen = "testdata/facts.json"
	shared = "../../../shared/models/"
)

// facts is what the codec has to agree with, by model.
type facts map[string]model

type model struct {
	Operations map[string]operation
	Structures map[string][]member // in the order of the model
	Lists      map[string]string   // the item's element name
	Enums      map[string][]string
	Errors     map[string]failure
}

type operation struct {
	Method, Path  string
	Status        int `json:",omitempty"`
	Input, Output string
	ResultWrapper string `json:",omitempty"`
	Errors        []string
}

type member struct {
	Name     string // in the SDKs
	Wire     string // on the wire
	In       string `json:",omitempty"` // uri or querystring, else the body
	Type     string
	Required bool `json:",omitempty"`
}

type failure struct {
	Code      string
	Status    int
	Sender    bool
	Retryable bool `json:",omitempty"`
}

// load gives the frozen facts.
func load(t *testing.T) (f facts) {
	t.Helper()
	text, err := os.ReadFile(frozen)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFrozenFactsAreTheModels(t *testing.T) {
	if _, err := os.Stat(shared); err != nil {
		t.Skip("the models are not here: ", err)
	}
	got := facts{}
	for _, name := range []string{"mediaconnect-2018-11-14", "rds-2014-09-01", "rds-2014-10-31"} {
		got[name] = extract(t, shared+name+".json")
	}
	if *update {
		text, err := json.MarshalIndent(got, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(frozen, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(got, load(t)); diff != "" {
		t.Errorf("facts (-models +frozen):\n%s", diff)
	}
}

// extract reads a model in botocore's form.
func extract(t *testing.T, file string) model {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	type ref struct {
		Shape, LocationName, Location, ResultWrapper string
	}
	var m struct {
		Operations map[string]struct {
			HTTP struct {
				Method, RequestURI string
				ResponseCode       int
			}
			Input, Output ref
			Errors        []ref
		}
		Shapes map[string]struct {
			Type     string
			Required []string
			Members  json.RawMessage
			Member   ref
			Enum     []string
			Error    *struct {
				Code           string
				HTTPStatusCode int
				SenderFault    bool
			}
			Exception bool
			Fault     bool
			Retryable *struct{ Throttling bool }
		}
	}
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	f := model{map[string]operation{}, map[string][]member{}, map[string]string{}, map[string][]string{}, map[string]failure{}}
	for name, o := range m.Operations {
		op := operation{
			Method: o.HTTP.Method, Path: o.HTTP.RequestURI, Status: o.HTTP.ResponseCode,
			Input: o.Input.Shape, Output: o.Output.Shape, ResultWrapper: o.Output.ResultWrapper,
		}
		for _, e := range o.Errors {
			op.Errors = append(op.Errors, e.Shape)
		}
		slices.Sort(op.Errors)
		f.Operations[name] = op
	}
	for name, s := range m.Shapes {
		switch {
		case s.Error != nil:
			code := s.Error.Code
			if code == "" {
				code = name
			}
			f.Errors[name] = failure{Code: code, Status: s.Error.HTTPStatusCode, Sender: s.Error.SenderFault, Retryable: s.Retryable != nil}
		case s.Type == "structure":
			for _, key := range order(t, s.Members) {
				var members map[string]ref
				if err := json.Unmarshal(s.Members, &members); err != nil {
					t.Fatal(err)
				}
				r := members[key]
				wireName := r.LocationName
				if wireName == "" {
					wireName = key
				}
				typ := m.Shapes[r.Shape].Type
				if typ == "structure" || typ == "list" || len(m.Shapes[r.Shape].Enum) > 0 {
					typ = r.Shape
				}
				f.Structures[name] = append(f.Structures[name], member{
					Name: key, Wire: wireName, In: r.Location, Type: typ, Required: slices.Contains(s.Required, key),
				})
			}
		case s.Type == "list":
			f.Lists[name] = s.Member.LocationName
		case len(s.Enum) > 0:
			f.Enums[name] = s.Enum
		}
	}
	return f
}

// order gives the names of a JSON object in their order.
func order(t *testing.T, object json.RawMessage) (names []string) {
	t.Helper()
	if len(object) == 0 {
		return nil
	}
	var values map[string]json.RawMessage
	if err := json.Unmarshal(object, &values); err != nil {
		t.Fatal(err)
	}
	for name := range values {
		names = append(names, name)
	}
	at := func(name string) int {
		key, _ := json.Marshal(name)
		return indexOf(string(object), string(key)+":")
	}
	slices.SortFunc(names, func(a, b string) int { return at(a) - at(b) })
	return names
}
