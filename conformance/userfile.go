package conformance

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"wireproof/conformance/inspect"
)

// FileError says what is wrong with a configuration, or with a file of expected
// failures. It wraps [ErrUsage].
type FileError struct {
	// Line and Column count from 1; 0 where the file as a whole is meant, or the
	// YAML parser does not say.
	Line, Column int
	What         string
	// Hint says what to write instead, or is empty.
	Hint string
}

// Error gives line:column: what; hint.
func (e *FileError) Error() string {
	text := e.What
	if e.Line > 0 && e.Column > 0 {
		text = fmt.Sprintf("%d:%d: %s", e.Line, e.Column, text)
	} else if e.Line > 0 {
		text = fmt.Sprintf("%d: %s", e.Line, text)
	}
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

// Unwrap gives ErrUsage.
func (e *FileError) Unwrap() error { return ErrUsage }

// fault is a FileError about a node.
func fault(n *yaml.Node, hint, format string, args ...any) error {
	return &FileError{Line: n.Line, Column: n.Column, What: fmt.Sprintf(format, args...), Hint: hint}
}

var (
	yamlLine  = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)
	yamlStart = []byte("\ufeff")
)

// readYAML reads the one document of a file. It is nil where there is nothing but
// comments.
func readYAML(r io.Reader) (*yaml.Node, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUsage, err)
	}
	d := yaml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, yamlStart)))
	var first, second yaml.Node
	if err := d.Decode(&first); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, syntaxFault(err)
	}
	if err := d.Decode(&second); err == nil {
		return nil, fault(&second, "", "a second document begins here, and there can be only one")
	} else if !errors.Is(err, io.EOF) {
		return nil, syntaxFault(err)
	}
	n := first.Content[0]
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return nil, nil
	}
	return n, nil
}

func syntaxFault(err error) error {
	e := &FileError{What: "no YAML: " + yamlLine.ReplaceAllString(err.Error(), "")}
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil && m[1] != "" {
		e.Line, _ = strconv.Atoi(m[1])
	}
	return e
}

// reader reads the value of one member.
type reader func(*yaml.Node) error

// object reads a mapping, each member by the reader of its name.
func object(n *yaml.Node, what string, names []string, members map[string]reader) error {
	return eachMember(n, what, func(key, value *yaml.Node) error {
		read, ok := members[key.Value]
		if !ok {
			return fault(key, meant(key.Value, names), "%s has no %q", what, key.Value)
		}
		return read(value)
	})
}

// eachMember reads a mapping of any names.
func eachMember(n *yaml.Node, what string, visit func(key, value *yaml.Node) error) error {
	if n.Kind != yaml.MappingNode {
		return fault(n, "write it as name: value", "%s has to be an object", what)
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if seen[key.Value] {
			return fault(key, "", "%q is there twice", key.Value)
		}
		seen[key.Value] = true
		if err := visit(key, n.Content[i+1]); err != nil {
			return err
		}
	}
	return nil
}

// meant says which name was meant, or which there are.
func meant(got string, names []string) string {
	if near := inspect.Nearest(got, names); near != "" {
		return "did you mean " + near + "?"
	}
	return "there are " + strings.Join(names, ", ")
}

// text reads a text that is not empty. A date is one.
func text(into *string, what string, check func(string) (hint, problem string)) reader {
	return func(n *yaml.Node) error {
		switch {
		case n.Kind != yaml.ScalarNode || n.Tag == "!!null":
			return fault(n, "", "%s has to be a text", what)
		case n.Tag != "!!str" && n.Tag != "!!timestamp":
			return fault(n, "put it in quotes", "%s has to be a text", what)
		case n.Value == "":
			return fault(n, "", "%s is empty", what)
		}
		*into = n.Value
		if check != nil {
			if hint, problem := check(n.Value); problem != "" {
				return fault(n, hint, "%s: %s", what, problem)
			}
		}
		return nil
	}
}

// texts reads a list of them that is not empty.
func texts(into *[]string, what string, check func(string) (hint, problem string)) reader {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
			return fault(n, "write [a, b], or each on a line of its own after a hyphen", "%s has to be a list", what)
		}
		*into = make([]string, len(n.Content))
		for i, item := range n.Content {
			if err := text(&(*into)[i], what, check)(item); err != nil {
				return err
			}
		}
		return nil
	}
}
