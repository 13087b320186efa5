package casefile

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"wireproof/conformance/inspect"
)

// The functions below take YAML nodes apart. Each adds a problem where the node
// is not what it takes, and then gives what is nearest to nothing.

// member finds a member of a mapping, or gives nil.
func member(n *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return nil
}

// object calls visit for each member of a mapping. names are those that it may
// have; nil allows every name.
func (l *loader) object(n *yaml.Node, what string, names []string, visit func(name string, key, value *yaml.Node)) bool {
	if n.Kind != yaml.MappingNode {
		l.fault(n, "write it as name: value", "%s has to be an object", what)
		return false
	}
	seen := make(map[string]bool, 8)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case key.Kind != yaml.ScalarNode:
			l.fault(key, "", "a name has to be a text")
		case names != nil && !slices.Contains(names, key.Value):
			l.fault(key, oneOf(key.Value, names), "%s has no %q", what, key.Value)
		case seen[key.Value]:
			l.fault(key, "", "%q is there twice", key.Value)
		default:
			seen[key.Value] = true
			visit(key.Value, key, value)
		}
	}
	return true
}

// oneOf says which names there are, or which was meant.
func oneOf(got string, names []string) string {
	if near := inspect.Nearest(got, names); near != "" {
		return "did you mean " + near + "?"
	}
	return "there are " + strings.Join(names, ", ")
}

// text takes any scalar but null as it is written: a date or a number needs no
// quotes.
func (l *loader) text(n *yaml.Node, what string) string {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		l.fault(n, "", "%s has to be a text", what)
		return ""
	}
	return n.Value
}

// word takes one of a few words.
func (l *loader) word(n *yaml.Node, what string, words []string) string {
	got := l.text(n, what)
	if got != "" && !slices.Contains(words, got) {
		l.fault(n, oneOf(got, words), "%s cannot be %q", what, got)
		return ""
	}
	return got
}

// flag takes true: what is not so is left out.
func (l *loader) flag(n *yaml.Node, what string) bool {
	if n.Tag != "!!bool" || n.Value != "true" {
		l.fault(n, "write true, or leave it out", "%s has to be true", what)
		return false
	}
	return true
}

// boolean takes true or false: where a case comes of rows, some can say false.
func (l *loader) boolean(n *yaml.Node, what string) bool {
	return !(n.Tag == "!!bool" && n.Value == "false") && l.flag(n, what)
}

func (l *loader) integer(n *yaml.Node, what string, least, most int) int {
	i, err := strconv.Atoi(n.Value)
	if n.Tag != "!!int" || err != nil || i < least || i > most {
		l.fault(n, "", "%s has to be a number from %d to %d", what, least, most)
		return 0
	}
	return i
}

func (l *loader) number(n *yaml.Node, what string) *float64 {
	f, err := strconv.ParseFloat(n.Value, 64)
	if n.Tag != "!!int" && n.Tag != "!!float" || err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		l.fault(n, "", "%s has to be a number", what)
		return nil
	}
	return &f
}

// items calls visit for each element of a list, or for n itself where it is a
// scalar.
func (l *loader) items(n *yaml.Node, what string, visit func(*yaml.Node)) {
	switch n.Kind {
	case yaml.ScalarNode:
		visit(n)
	case yaml.SequenceNode:
		if len(n.Content) == 0 {
			l.fault(n, "", "%s lists nothing", what)
		}
		for _, item := range n.Content {
			visit(item)
		}
	default:
		l.fault(n, "", "%s has to be a value or a list", what)
	}
}

// list is items without the short form.
func (l *loader) list(n *yaml.Node, what string, visit func(*yaml.Node)) {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		l.fault(n, "write each on a line of its own after a hyphen", "%s has to be a list", what)
		return
	}
	l.items(n, what, visit)
}

// value gives what encoding/json would make of the same JSON, but integers as
// int. A date without quotes is a text.
func (l *loader) value(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := make(map[string]any, len(n.Content)/2)
		l.object(n, "the value", nil, func(name string, _, value *yaml.Node) { m[name] = l.value(value) })
		return m
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, item := range n.Content {
			list[i] = l.value(item)
		}
		return list
	}
	switch n.Tag {
	case "!!null":
		return nil
	case "!!bool":
		return n.Value == "true" || n.Value == "True" || n.Value == "TRUE"
	case "!!int":
		if i, err := strconv.ParseInt(n.Value, 0, 64); err == nil && int64(int(i)) == i {
			return int(i)
		}
		l.fault(n, "put it in quotes if it is a text", "%s is no integer that can be read", n.Value)
		return nil
	case "!!float":
		if f := l.number(n, "the value"); f != nil {
			return *f
		}
		return nil
	}
	return n.Value
}
