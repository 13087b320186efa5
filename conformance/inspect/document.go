package inspect

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"

	"wireproof/codec/jsonwire"
	"wireproof/codec/wire"
)

// InputError says where a JSON or YAML document to be encoded is wrong, and what
// to do about it.
type InputError struct {
	Line, Column int    // from 1, the column in bytes
	Path         string // RFC 6901 pointer
	What, Hint   string
}

// Error gives the error on one line.
func (e *InputError) Error() string {
	text := fmt.Sprintf("line %d, column %d: ", e.Line, e.Column)
	if e.Path != "" {
		text += e.Path + ": "
	}
	text += e.What
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

// node is a value of a JSON or YAML document.
type node struct {
	kind         byte   // '{' '[' '"' '0' 'b' (boolean) 'n' (null)
	text         string // of a string, number or boolean
	names        []*node
	items        []*node // values of an object's members, or a list's elements
	line, column int
}

func (n *node) fault(path, hint, format string, args ...any) error {
	return &InputError{Line: n.line, Column: n.column, Path: path, What: fmt.Sprintf(format, args...), Hint: hint}
}

// String says what the node is, for a person.
func (n *node) String() string {
	switch n.kind {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case '"':
		return "the string " + wire.Quote(n.text)
	case '0':
		return "the number " + n.text
	case 'b':
		return "the boolean " + n.text
	}
	return "null"
}

// member finds a member of an object.
func (n *node) member(name string) *node {
	for i := range n.names {
		if n.names[i].text == name {
			return n.items[i]
		}
	}
	return nil
}

// json writes a scalar as JSON.
func (n *node) json() []byte {
	switch n.kind {
	case '"':
		text, _ := json.Marshal(n.text)
		return text
	case 'n':
		return []byte("null")
	}
	return []byte(n.text)
}

// maxDepth is how deep a document to be encoded may nest; our deepest has five
// levels.
const maxDepth = 100

// parseDocument reads JSON where the text begins with a brace, and YAML
// otherwise.
func parseDocument(text string) (*node, error) {
	trimmed := strings.TrimSpace(text)
	switch {
	case trimmed == "":
		return nil, &InputError{Line: 1, Column: 1, What: "the document is empty", Hint: "give JSON or YAML in a file or on standard input"}
	case trimmed[0] == '{':
		return parseJSON(text)
	}
	return parseYAML(text)
}

func parseJSON(text string) (*node, error) {
	var r jsonwire.Reader
	r.Reset(text)
	p := jsonParser{text: text, r: &r}
	root, err := p.value(0)
	if err == nil {
		_, err = r.Next() // nothing may follow
	}
	var syntax *wire.SyntaxError
	if errors.As(err, &syntax) {
		line, column := wire.LineColumn(text, syntax.Offset)
		what := syntax.Err.Error()
		if syntax.What != "" {
			what += ": " + syntax.What
		}
		return nil, &InputError{Line: line, Column: column, Path: syntax.Path, What: "not JSON: " + what}
	}
	return root, err
}

type jsonParser struct {
	text string
	r    *jsonwire.Reader
}

func (p *jsonParser) here(kind byte, text string) *node {
	line, column := wire.LineColumn(p.text, p.r.Offset())
	return &node{kind: kind, text: text, line: line, column: column}
}

// value reads the next value.
func (p *jsonParser) value(depth int) (*node, error) {
	kind, err := p.r.Next()
	if err != nil {
		return nil, err
	}
	return p.from(kind, depth)
}

func (p *jsonParser) from(kind jsonwire.Kind, depth int) (*node, error) {
	switch kind {
	case jsonwire.String:
		return p.here('"', p.r.Text()), nil
	case jsonwire.Number:
		return p.here('0', p.r.Raw()), nil
	case jsonwire.True, jsonwire.False:
		return p.here('b', p.r.Raw()), nil
	case jsonwire.Null:
		return p.here('n', ""), nil
	}
	n := p.here(byte(kind), "")
	if depth == maxDepth {
		return nil, n.fault("", "", "nested too deeply")
	}
	for {
		kind, err := p.r.Next()
		if err != nil {
			return nil, err
		}
		if kind == jsonwire.ObjectEnd || kind == jsonwire.ArrayEnd {
			return n, nil
		}
		if p.r.IsName() {
			name := p.here('"', p.r.Text())
			if n.member(name.text) != nil {
				return nil, name.fault("", "remove one of them", "the name %q comes twice", name.text)
			}
			n.names = append(n.names, name)
			if kind, err = p.r.Next(); err != nil {
				return nil, err
			}
		}
		item, err := p.from(kind, depth+1)
		if err != nil {
			return nil, err
		}
		n.items = append(n.items, item)
	}
}

func parseYAML(text string) (*node, error) {
	d := yaml.NewDecoder(strings.NewReader(text))
	var doc, more yaml.Node
	if err := d.Decode(&doc); err != nil {
		return nil, yamlFault(err)
	}
	if d.Decode(&more) == nil {
		return nil, &InputError{Line: more.Line, Column: max(more.Column, 1), What: "a second document", Hint: "give one message at a time"}
	}
	return fromYAML(&doc, 0)
}

// yamlFault takes the line out of yaml.v3's message: "yaml: line 3: ...".
func yamlFault(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 1
	if n, _ := fmt.Sscanf(text, "line %d:", &line); n == 1 {
		_, text, _ = strings.Cut(text, ": ")
	}
	return &InputError{Line: line, Column: 1, What: "not YAML: " + text, Hint: "JSON begins with {"}
}

func fromYAML(y *yaml.Node, depth int) (*node, error) {
	n := &node{text: y.Value, line: y.Line, column: y.Column}
	if depth > maxDepth {
		return nil, n.fault("", "", "nested too deeply")
	}
	switch y.Kind {
	case yaml.DocumentNode:
		return fromYAML(y.Content[0], depth)
	case yaml.AliasNode:
		return nil, n.fault("", "write the value out", "aliases are not supported")
	case yaml.SequenceNode:
		n.kind = '['
		for _, c := range y.Content {
			item, err := fromYAML(c, depth+1)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, item)
		}
		return n, nil
	case yaml.MappingNode:
		return n, yamlMembers(n, y, depth)
	}
	switch y.ShortTag() {
	case "!!str", "!!timestamp":
		n.kind = '"'
	case "!!null":
		n.kind = 'n'
	case "!!bool":
		n.kind, n.text = 'b', strings.ToLower(y.Value)
	case "!!int", "!!float":
		// Only what JSON has too: YAML's other spellings (0x1F, 1_000, .inf) would
		// not mean the same to everyone.
		n.kind = '0'
		if jsonwire.Check(y.Value) != nil {
			return nil, n.fault("", "write a plain decimal number, or put it in quotes", "no number of JSON: %s", y.Value)
		}
	default:
		return nil, n.fault("", "", "values of type %s are not supported", y.ShortTag())
	}
	return n, nil
}

func yamlMembers(n *node, y *yaml.Node, depth int) error {
	n.kind = '{'
	for i := 0; i+1 < len(y.Content); i += 2 {
		name := &node{kind: '"', text: y.Content[i].Value, line: y.Content[i].Line, column: y.Content[i].Column}
		switch {
		case y.Content[i].Kind != yaml.ScalarNode || y.Content[i].ShortTag() == "!!merge":
			return name.fault("", "", "a member's name has to be plain text")
		case n.member(name.text) != nil:
			return name.fault("", "remove one of them", "the name %q comes twice", name.text)
		}
		item, err := fromYAML(y.Content[i+1], depth+1)
		if err != nil {
			return err
		}
		n.names, n.items = append(n.names, name), append(n.items, item)
	}
	return nil
}
