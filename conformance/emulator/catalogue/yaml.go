package catalogue

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"gopkg.in/yaml.v3"

	"wireproof/schemas"
)

// maxDepth is far more than a catalogue has.
const maxDepth = 20

// value makes of a YAML node what encoding/json would make of the same JSON, with
// problems for what JSON does not have. Anchors are not read: a file of a few
// lines could otherwise stand for one of any size.
func (l *loader) value(n *yaml.Node, at string, depth int) any {
	if depth > maxDepth {
		l.problem(n, at, "nested too deeply")
		return nil
	}
	switch n.Kind {
	case yaml.MappingNode:
		m := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			where := at + "/" + escapePointer(key.Value)
			if key.Kind != yaml.ScalarNode || key.Tag != "!!str" {
				l.problem(key, at, "a member's name must be a string")
				continue
			}
			if _, twice := m[key.Value]; twice {
				l.problem(key, where, "the member is there twice")
			}
			m[key.Value] = l.value(value, where, depth+1)
		}
		return m
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, item := range n.Content {
			list[i] = l.value(item, at+"/"+strconv.Itoa(i), depth+1)
		}
		return list
	case yaml.ScalarNode:
		return l.scalar(n, at)
	}
	l.problem(n, at, "anchors and aliases are not read")
	return nil
}

func (l *loader) scalar(n *yaml.Node, at string) any {
	var v any
	var err error
	switch n.Tag {
	case "!!str":
		return n.Value
	case "!!null":
		return nil
	case "!!bool":
		var b bool
		err = n.Decode(&b)
		v = b
	case "!!int":
		var i int
		err = n.Decode(&i)
		v = i
	case "!!float":
		var f float64
		err = n.Decode(&f)
		v = f
		if math.IsNaN(f) || math.IsInf(f, 0) {
			err = errors.New("not finite")
		}
	default: // a date, binary data, a type of somebody's
		l.problem(n, at, "a value of the YAML type "+n.Tag+", which needs quotes if it is to be a string")
		return nil
	}
	if err != nil {
		l.problem(n, at, fmt.Sprintf("%q is no number that can be read", n.Value))
	}
	return v
}

func (l *loader) problem(n *yaml.Node, member, what string) {
	l.problems = append(l.problems, Problem{n.Line, n.Column, member, what})
}

// at adds a problem with the member that a pointer leads to, or with what is
// nearest to it.
func (l *loader) at(root *yaml.Node, member, what string) {
	l.problem(follow(root, member), member, what)
}

func follow(n *yaml.Node, pointer string) *yaml.Node {
	for _, step := range strings.Split(pointer, "/")[1:] {
		step = strings.ReplaceAll(strings.ReplaceAll(step, "~1", "/"), "~0", "~")
		next := child(n, step)
		if next == nil {
			return n
		}
		n = next
	}
	return n
}

func child(n *yaml.Node, step string) *yaml.Node {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == step {
				return n.Content[i+1]
			}
		}
	case yaml.SequenceNode:
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(n.Content) {
			return n.Content[i]
		}
	}
	return nil
}

func escapePointer(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "~", "~0"), "/", "~1")
}

const schemaName = "emulator/Catalogue"

// schema is the JSON Schema of a catalogue file. Nothing is fetched for it.
var schema = sync.OnceValue(func() *jsonschema.Schema {
	text, err := schemas.Read(schemaName)
	if err != nil {
		panic("catalogue: BUG: " + err.Error())
	}
	c := jsonschema.NewCompiler()
	c.Draft = jsonschema.Draft2020
	c.LoadURL = func(url string) (io.ReadCloser, error) { return nil, errors.New("nothing is fetched: " + url) }
	if err := c.AddResource(schemas.Base+schemaName+".json", bytes.NewReader(text)); err != nil {
		panic("catalogue: BUG: " + err.Error())
	}
	return c.MustCompile(schemas.Base + schemaName + ".json")
})

// checkSchema adds a problem for each place that the schema refuses.
func (l *loader) checkSchema(root *yaml.Node, value any) {
	var invalid *jsonschema.ValidationError
	if err := schema().Validate(value); errors.As(err, &invalid) {
		l.leaves(root, invalid)
	} else if err != nil { // a type that the validator does not know
		l.problem(root, "", err.Error())
	}
}

// leaves adds the innermost errors: those above them only say where they are.
func (l *loader) leaves(root *yaml.Node, e *jsonschema.ValidationError) {
	for _, cause := range e.Causes {
		l.leaves(root, cause)
	}
	if len(e.Causes) == 0 {
		l.at(root, e.InstanceLocation, e.Message)
	}
}

var yamlLine = regexp.MustCompile(`^yaml: line (\d+): `)

// syntaxProblem takes the line out of an error of the YAML parser.
func syntaxProblem(err error) Problem {
	text := err.Error()
	p := Problem{What: strings.TrimPrefix(text, "yaml: ")}
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		p.Line, _ = strconv.Atoi(m[1])
		p.What = text[len(m[0]):]
	}
	return p
}
