package casefile

import (
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"wireproof/codec/wire"
	"wireproof/conformance/inspect"
)

// The values of [Expect].Answer.
const (
	success = "success"
	refused = "refused"
	failure = "error"
	either  = "any"
)

var (
	answerNames  = []string{success, refused, failure, either}
	expectNames  = []string{"answer", "error", "status", "members", "headers", "outcomes", "page-size", "kept", "closed"}
	matcherNames = []string{"equal", "match", "present", "absent", "empty", "one-of", "not", "includes", "excludes", "at-least", "at-most", "distinct", "agrees", "except", "months-after"}
)

// expect reads what has to come back; output is the shape of a success, or nil
// where it is not known.
func (l *loader) expect(n *yaml.Node, service string, output *shape) Expect {
	e := Expect{Answer: success}
	if n.Kind == yaml.ScalarNode {
		e.Answer = l.word(n, "expect", answerNames)
		if e.Answer == failure {
			l.fault(n, "write {error: Code}, or refused where the code does not matter", "which error is not said")
		}
		return e
	}
	var members *yaml.Node
	said := false
	l.object(n, "expect", expectNames, func(name string, _, value *yaml.Node) {
		switch name {
		case "answer":
			e.Answer, said = l.word(value, name, answerNames), true
		case "error":
			l.items(value, name, func(n *yaml.Node) {
				code := l.text(n, "a code")
				l.code(n, code, service)
				e.Error = append(e.Error, code)
			})
		case "status":
			l.items(value, name, func(n *yaml.Node) { e.Status = append(e.Status, l.integer(n, "a status", 100, 599)) })
		case "members":
			members = value
		case "headers":
			l.object(value, name, nil, func(name string, key, value *yaml.Node) {
				e.Headers = append(e.Headers, Member{Path: name, Matcher: l.matcher(value), Line: key.Line})
			})
		case "outcomes":
			e.Outcomes = map[string]int{}
			l.object(value, name, nil, func(name string, key, value *yaml.Node) {
				if name != success && name != refused {
					l.code(key, name, service)
				}
				e.Outcomes[name] = l.integer(value, "the number of outcomes", 0, maxParallel)
			})
		case "page-size":
			e.PageSize = l.integer(value, name, 1, 1<<30)
		case "kept":
			e.Kept = l.flag(value, name)
		case "closed":
			e.Closed = l.flag(value, name)
		}
	})
	switch {
	case len(e.Error) > 0 && said && e.Answer != failure:
		l.fault(n, "leave answer out", "an error and %s cannot both be", e.Answer)
	case len(e.Error) > 0:
		e.Answer = failure
	case e.Answer == failure:
		l.fault(n, "write error: Code, or answer: refused where the code does not matter", "which error is not said")
	case e.Kept && e.Closed:
		l.fault(n, "", "the connection cannot be kept and closed")
	}
	if members != nil {
		switch e.Answer {
		case refused, failure:
			output = model().failure
		case either:
			output = nil
		}
		l.object(members, "members", nil, func(path string, key, value *yaml.Node) {
			l.path(key, path, output)
			e.Members = append(e.Members, Member{Path: path, Matcher: l.matcher(value), Line: key.Line})
		})
	}
	return e
}

// code checks an error code: a misspelt one would never be met.
func (l *loader) code(n *yaml.Node, code, service string) {
	codes := model().codes[service]
	if code == "" || slices.Contains(codes, code) {
		return
	}
	hint := "write refused where the code does not matter"
	if near := inspect.Nearest(code, codes); near != "" {
		hint = "did you mean " + near + "?"
	}
	l.fault(n, hint, "%s has no error %s", service, wire.Quote(code))
}

// matcher reads what a value has to be.
func (l *loader) matcher(n *yaml.Node) (m Matcher) {
	if n.Kind != yaml.MappingNode {
		m.Equal = l.operand(n)
		return m
	}
	if len(n.Content) == 0 {
		l.fault(n, oneOf("", matcherNames), "what the value has to be is not said")
	}
	l.object(n, "a matcher", matcherNames, func(name string, _, value *yaml.Node) {
		switch name {
		case "equal":
			m.Equal = l.operand(value)
		case "match":
			m.Match = l.text(value, name)
			l.expression(value)
		case "present":
			m.Present = l.flag(value, name)
		case "absent":
			m.Absent = l.flag(value, name)
		case "empty":
			m.Empty = l.flag(value, name)
		case "one-of":
			l.list(value, name, func(n *yaml.Node) { m.OneOf = append(m.OneOf, l.value(l.operand(n))) })
		case "not":
			m.Not = l.operand(value)
		case "includes":
			m.Includes = l.operand(value)
		case "excludes":
			m.Excludes = l.operand(value)
		case "at-least":
			m.AtLeast = l.number(value, name)
		case "at-most":
			m.AtMost = l.number(value, name)
		case "distinct":
			m.Distinct = l.flag(value, name)
		case "agrees":
			m.Agrees = l.operand(value)
		case "except":
			l.items(value, name, func(n *yaml.Node) { m.Except = append(m.Except, l.text(n, "a member")) })
		case "months-after":
			m.MonthsAfter = l.monthsAfter(value)
		}
	})
	if m.Except != nil && m.Agrees == nil {
		l.fault(n, "write agrees:", "except is of agrees")
	}
	return m
}

// operand is a value to compare with.
func (l *loader) operand(n *yaml.Node) *yaml.Node {
	if n.Tag == "!!null" {
		l.fault(n, "write {absent: true}", "nothing is equal to null")
	}
	return n
}

// expression checks a regular expression, with a letter for each variable.
func (l *loader) expression(n *yaml.Node) {
	if _, err := regexp.Compile(anyVariable.ReplaceAllString(n.Value, "x")); err != nil {
		l.fault(n, "it is read as RE2", "the regular expression cannot be read: %v", err)
	}
}

var anyVariable = regexp.MustCompile(`\$\{[^{}]*\}`)

func (l *loader) monthsAfter(n *yaml.Node) *MonthsAfter {
	m := new(MonthsAfter)
	l.object(n, "months-after", []string{"start", "months"}, func(name string, _, value *yaml.Node) {
		path := l.text(value, name)
		if !strings.HasPrefix(path, "/") {
			l.fault(value, "", "%s has to be a path", name)
		}
		if name == "start" {
			m.Start = path
		} else {
			m.Months = path
		}
	})
	l.lacks(n, "months-after", "start", m.Start == "", "months", m.Months == "")
	return m
}
