package schemas_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"wireproof/schemas"
)

// compiled holds every schema, compiled by a compiler that knows all of them and
// fetches nothing.
var compiled = sync.OnceValues(func() (map[string]*jsonschema.Schema, error) {
	c := jsonschema.NewCompiler()
	c.Draft = jsonschema.Draft2020
	c.LoadURL = func(url string) (io.ReadCloser, error) { return nil, errors.New("nothing is fetched: " + url) }
	for _, name := range schemas.Names() {
		text, err := schemas.Read(name)
		if err != nil {
			return nil, err
		}
		if err := c.AddResource(schemas.Base+name+".json", bytes.NewReader(text)); err != nil {
			return nil, err
		}
	}
	all := map[string]*jsonschema.Schema{}
	for _, name := range schemas.Names() {
		s, err := c.Compile(schemas.Base + name + ".json")
		if err != nil {
			return nil, err
		}
		all[name] = s
	}
	return all, nil
})

func compile(t testing.TB, name string) *jsonschema.Schema {
	t.Helper()
	all, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	if all[name] == nil {
		t.Fatalf("no schema is called %s", name)
	}
	return all[name]
}

// check validates a JSON text and gives the places, as JSON pointers, that the
// schema refuses; none where it validates.
func check(t testing.TB, s *jsonschema.Schema, text []byte) []string {
	t.Helper()
	value, err := decode(text)
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	var invalid *jsonschema.ValidationError
	switch err := s.Validate(value); {
	case err == nil:
		return nil
	case !errors.As(err, &invalid):
		t.Fatal(err)
	}
	return places(invalid)
}

func decode(text []byte) (value any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	return value, nil
}

func places(e *jsonschema.ValidationError) (all []string) {
	if len(e.Causes) == 0 {
		return []string{e.InstanceLocation}
	}
	for _, c := range e.Causes {
		all = append(all, places(c)...)
	}
	return all
}

// Every schema is valid 2020-12 and says what it is of; every reference in it
// leads somewhere.
func TestSchemasCompile(t *testing.T) {
	names := schemas.Names()
	if !slices.IsSorted(names) {
		t.Errorf("names are not sorted: %v", names)
	}
	for _, name := range names {
		if s := compile(t, name); s.Draft != jsonschema.Draft2020 {
			t.Errorf("%s is not 2020-12", name)
		}
		text, _ := schemas.Read(name)
		var head struct {
			Schema      string `json:"$schema"`
			ID          string `json:"$id"`
			Title       string
			Description string
		}
		if err := json.Unmarshal(text, &head); err != nil {
			t.Fatal(err)
		}
		if head.Schema != "https://json-schema.org/draft/2020-12/schema" || head.Title == "" || head.Description == "" {
			t.Errorf("%s: $schema %q, title %q, description %q", name, head.Schema, head.Title, head.Description)
		}
		if head.ID != "" {
			t.Errorf("%s has an $id, which breaks relative references in editors", name)
		}
	}
}

// Every member of every object says what it is, in itself or where it refers to.
func TestMembersAreDescribed(t *testing.T) {
	for _, name := range schemas.Names() {
		text, _ := schemas.Read(name)
		value, err := decode(text)
		if err != nil {
			t.Fatal(err)
		}
		described(t, name, value)
	}
}

func described(t *testing.T, where string, node any) {
	switch node := node.(type) {
	case []any:
		for i, n := range node {
			described(t, fmt.Sprintf("%s/%d", where, i), n)
		}
	case map[string]any:
		if members, ok := node["properties"].(map[string]any); ok {
			for member, schema := range members {
				s, ok := schema.(map[string]any)
				if !ok || s["description"] == nil && s["$ref"] == nil {
					t.Errorf("%s: %s has no description", where, member)
				}
			}
		}
		for key, n := range node {
			if key == "$defs" {
				for def, schema := range n.(map[string]any) {
					if schema.(map[string]any)["description"] == nil {
						t.Errorf("%s: $defs/%s has no description", where, def)
					}
				}
			}
			described(t, where+"/"+key, n)
		}
	}
}

func TestReadUnknownName(t *testing.T) {
	for _, name := range []string{"", "mediaconnect", "mediaconnect/Nothing", "../schemas", "mediaconnect/Error.json"} {
		if _, err := schemas.Read(name); !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("Read(%q): %v", name, err)
		}
	}
}

// Every schema on disk has a name.
func TestEachFileHasAName(t *testing.T) {
	err := filepath.WalkDir(".", func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == "testdata":
			return filepath.SkipDir
		case filepath.Ext(file) != ".json":
			return nil
		}
		name := filepath.ToSlash(file[:len(file)-len(".json")])
		onDisk, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if text, err := schemas.Read(name); err != nil || !slices.Contains(schemas.Names(), name) || !bytes.Equal(text, onDisk) {
			t.Errorf("%s is on disk and not to be had: %v", name, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
