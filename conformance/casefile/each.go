package casefile

import (
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
)

// row is one of the objects under each: what ${each.key} stands for.
type row struct {
	l      *loader
	at     *yaml.Node
	values map[string]*yaml.Node
	used   map[string]bool
}

// expand gives a case for each row of its each, or the case itself. The cases
// share no node that is changed afterwards.
func (l *loader) expand(n *yaml.Node) []*yaml.Node {
	if n.Kind != yaml.MappingNode {
		return []*yaml.Node{n}
	}
	each := member(n, "each")
	if each == nil {
		return []*yaml.Node{n}
	}
	if each.Kind != yaml.SequenceNode || len(each.Content) == 0 {
		l.fault(each, "each is a list of objects, each with as:", "want a list with at least one row")
		return nil
	}
	if len(each.Content) > MaxCases {
		l.fault(each, "", "a file makes at most %d cases", MaxCases)
		return nil
	}
	var all []*yaml.Node
	for _, item := range each.Content {
		problems := len(l.problems)
		r := row{l: l, at: item, values: map[string]*yaml.Node{}, used: map[string]bool{}}
		l.object(item, "a row of each", nil, func(key string, _, value *yaml.Node) { r.values[key] = value })
		as := r.values["as"]
		if as == nil || as.Kind != yaml.ScalarNode || !kebab.MatchString(as.Value) {
			l.fault(item, "write as: lower-case-words", "a row of each lacks the name that is added to the id")
			continue
		}
		r.used["as"] = true
		one := *n
		one.Content = nil
		for i := 0; i+1 < len(n.Content); i += 2 {
			switch key, value := n.Content[i], n.Content[i+1]; key.Value {
			case "each":
			case "id":
				id := *value
				id.Value += "." + as.Value
				one.Content = append(one.Content, key, &id)
			default:
				one.Content = append(one.Content, r.fill(key), r.fill(value))
			}
		}
		for key, value := range r.values {
			if !r.used[key] {
				l.fault(value, "write ${each."+key+"} somewhere in the case, or leave it out", "the row has %q, which the case does not use", key)
			}
		}
		if len(l.problems) == problems { // else what follows from them would be told, too
			all = append(all, &one)
		}
	}
	return all
}

var eachVariable = regexp.MustCompile(`\$\{each\.([^{}]*)\}`)

// fill puts the row's values into a copy of n. What holds none of them is not
// copied.
func (r *row) fill(n *yaml.Node) *yaml.Node {
	if n.Kind != yaml.ScalarNode {
		for i, c := range n.Content {
			if filled := r.fill(c); filled != c {
				whole := *n
				whole.Content = append([]*yaml.Node(nil), n.Content...)
				whole.Content[i] = filled
				for j := i + 1; j < len(whole.Content); j++ {
					whole.Content[j] = r.fill(n.Content[j])
				}
				return &whole
			}
		}
		return n
	}
	if !strings.Contains(n.Value, "${each.") {
		return n
	}
	if m := eachVariable.FindStringSubmatch(n.Value); m != nil && m[0] == n.Value {
		if value := r.value(n, m[1]); value != nil {
			return value
		}
		return n
	}
	filled := *n
	filled.Tag, filled.Style = "!!str", yaml.DoubleQuotedStyle
	filled.Value = eachVariable.ReplaceAllStringFunc(n.Value, func(variable string) string {
		value := r.value(n, variable[len("${each."):len(variable)-1])
		if value == nil {
			return variable
		}
		if value.Kind != yaml.ScalarNode || value.Tag == "!!null" {
			r.l.fault(value, "only a value of its own can be a list or an object", "what %s stands for is put into a text", variable)
			return variable
		}
		return value.Value
	})
	return &filled
}

func (r *row) value(n *yaml.Node, key string) *yaml.Node {
	value := r.values[key]
	if value == nil {
		r.l.fault(r.at, "", "the row has no %q, which stands in line %d", key, n.Line)
		return nil
	}
	r.used[key] = true
	return value
}
