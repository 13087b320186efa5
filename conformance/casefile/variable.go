package casefile

import (
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"wireproof/codec/wire"
	"wireproof/conformance/inspect"
)

// scope is which variables there are at a place in a case, with the shapes of
// their values; nil for one whose shape is not known.
type scope map[string]*shape

// newScope has the variables that are there for every case with these needs.
func newScope(needs []Need) scope {
	s := maps.Clone(scope(model().variables))
	for _, n := range needs {
		if p, err := n.Parse(); err == nil && p.Kind == Reservation {
			s[p.Service+".reservation"] = reservations()[p.Service]
		} else if err == nil && p.Kind == Provokes {
			s["provokes"] = nil // what the configuration says
		}
	}
	return s
}

// variables checks every variable in the texts below n.
func (l *loader) variables(n *yaml.Node, s scope) {
	for _, c := range n.Content {
		l.variables(c, s)
	}
	if n.Kind != yaml.ScalarNode {
		return
	}
	for text := n.Value; ; {
		_, rest, found := strings.Cut(text, "${")
		if !found {
			return
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			l.fault(n, "write ${name}", "a variable is not closed")
			return
		}
		l.variable(n, name, s)
		text = after
	}
}

func (l *loader) variable(n *yaml.Node, name string, s scope) {
	name, in, _ := strings.Cut(name, "|")
	for _, form := range strings.Split(in, "|") {
		if form != "" && !slices.Contains(forms, form) {
			l.fault(n, oneOf(form, forms), "no variable has the form %s", wire.Quote(form))
		}
	}
	base, members := name, ""
	for {
		if at, ok := s[base]; ok {
			if at != nil && members != "" {
				if _, problem, hint := at.at(members); problem != "" {
					l.fault(n, hint, "${%s}: %s", name, problem)
				}
			}
			return
		}
		i := strings.LastIndexByte(base, '.')
		if i < 0 {
			break
		}
		base, members = base[:i], "/"+base[i+1:]+members
	}
	hint := "a variable is one of the fixed ones, or captured in an earlier step"
	switch {
	case strings.HasPrefix(name, "each."):
		hint = "the case has no each"
	case strings.HasPrefix(name, "rds.reservation"), strings.HasPrefix(name, "mediaconnect.reservation"):
		service, _, _ := strings.Cut(name, ".")
		hint = "write " + service + ".reservation under needs"
	default:
		if near := inspect.Nearest(name, slices.Sorted(maps.Keys(s))); near != "" {
			hint = "did you mean ${" + near + "}? What a step captures is there for later steps"
		}
	}
	l.fault(n, hint, "there is no variable %s", wire.Quote(name))
}

// capture adds what a step keeps. answer is the shape of its answer.
func (l *loader) capture(n *yaml.Node, into map[string]string, s scope, answer *shape) {
	l.object(n, "capture", nil, func(name string, key, value *yaml.Node) {
		if !variableName.MatchString(name) {
			l.fault(key, "write letters, digits and hyphens", "a variable cannot be called %s", wire.Quote(name))
		}
		if _, fixed := model().variables[name]; fixed {
			l.fault(key, "", "the variable %s is a fixed one", name)
		}
		path := l.text(value, "a path")
		s[name] = l.path(value, path, answer)
		into[name] = path
	})
}

// path checks a path into an answer, and gives the shape of what is there.
func (l *loader) path(n *yaml.Node, path string, answer *shape) *shape {
	if answer == nil {
		answer = &shape{}
		if path == "" || path[0] == '/' {
			return nil
		}
	}
	at, problem, hint := answer.at(path)
	if problem != "" {
		l.fault(n, hint, "%s", problem)
	}
	return at
}
