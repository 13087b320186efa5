package casefile

import (
	"gopkg.in/yaml.v3"

	"wireproof/conformance/rule"
)

var (
	sendNames = []string{"operation", "with", "version", "get", "parameters", "plus", "method", "path", "query", "body",
		"headers", "bytes", "as", "http", "chunked", "continue", "fresh"}
	// besideBytes are those that mean something beside bytes: how the answer is to
	// be read, and over which connection.
	besideBytes = map[string]bool{"bytes": true, "operation": true, "version": true, "fresh": true}
	// ofRDS are those that only RDS's protocol has.
	ofRDS = map[string]bool{"version": true, "get": true, "parameters": true, "plus": true}
)

func (l *loader) send(n *yaml.Node, c *Case) (s Send) {
	var with *yaml.Node
	bytes := n.Kind == yaml.MappingNode && member(n, "bytes") != nil
	whole := func(value *yaml.Node, name string) *string {
		if value.Kind != yaml.ScalarNode || value.Tag == "!!null" {
			l.fault(value, "", "%s has to be a text", name)
			return nil
		}
		return &value.Value
	}
	if !l.object(n, "send", sendNames, func(name string, key, value *yaml.Node) {
		if bytes && !besideBytes[name] {
			l.fault(key, "", "bytes are the whole request, and %s changes nothing", name)
		}
		if c.Service != rule.RDS && ofRDS[name] {
			l.fault(key, "", "only requests of rds have %s", name)
		}
		switch name {
		case "operation":
			s.Operation = l.word(value, name, model().names[c.Service])
		case "with":
			with = value
		case "version":
			s.Version = l.word(value, name, versions)
		case "get":
			s.Get = l.boolean(value, name)
		case "parameters":
			s.Parameters = l.pairs(value, name)
		case "plus":
			s.Plus = l.boolean(value, name)
		case "method":
			s.Method = whole(value, name)
		case "path":
			s.Path = whole(value, name)
		case "query":
			s.Query = whole(value, name)
		case "body":
			s.Body = whole(value, name)
		case "headers":
			s.Headers = l.pairs(value, name)
		case "bytes":
			s.Bytes = whole(value, name)
		case "as":
			s.As = l.word(value, name, []string{"other", "none"})
		case "http":
			s.HTTP = l.word(value, name, []string{"1.0", "1.1"})
		case "chunked":
			s.Chunked = l.boolean(value, name)
		case "continue":
			s.Continue = l.boolean(value, name)
		case "fresh":
			s.Fresh = l.boolean(value, name)
		}
	}) {
		return s
	}
	if !bytes && member(n, "operation") == nil {
		l.fault(n, "write operation:; what is to be another can be changed beside it", "what is sent is not said")
	}
	if o, ok := model().operations[s.Operation]; ok && with != nil {
		l.check(o.input, with, "with")
		if with.Kind == yaml.MappingNode {
			s.With, _ = l.value(with).(map[string]any)
		}
	}
	if s.As == "other" && !needs(c, TwoAccounts) {
		l.fault(n, "write two-accounts under needs", "the step is sent from another account")
	}
	return s
}

func needs(c *Case, kind NeedKind) bool {
	for _, n := range c.Needs {
		if p, err := n.Parse(); err == nil && p.Kind == kind {
			return true
		}
	}
	return false
}

// pairs takes names with a value each, a list of values, or null.
func (l *loader) pairs(n *yaml.Node, what string) (all Pairs) {
	l.object(n, what, nil, func(name string, _, value *yaml.Node) {
		p := Pair{Name: name}
		if value.Tag != "!!null" {
			l.items(value, name, func(n *yaml.Node) { p.Values = append(p.Values, l.text(n, "the value of "+name)) })
		}
		all = append(all, p)
	})
	return all
}
