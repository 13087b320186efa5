package casefile

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"wireproof/codec/rds"
	"wireproof/conformance/rule"
)

var (
	kebab        = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	variableName = regexp.MustCompile(`^[a-z][a-zA-Z0-9]*(-[a-zA-Z0-9]+)*$`)
	idForm       = regexp.MustCompile(`^(rds|mediaconnect)(\.[a-z0-9]+(-[a-z0-9]+)*){2,}$`)
)

// The members of the objects in a case file.
var (
	fileNames     = []string{"service", "evidence", "level", "cases"}
	caseNames     = []string{"id", "about", "service", "level", "evidence", "needs", "each", "steps"}
	evidenceNames = []string{"kind", "source", "says"}
	stepNames     = []string{"name", "send", "parallel", "follow", "expect", "capture"}
	services      = []string{rule.RDS, rule.MediaConnect}
	levels        = []string{string(rule.Must), string(rule.Should)}
	kinds         = []string{string(rule.Standard), string(rule.Model), string(rule.Document), string(rule.ProtocolTest), string(rule.Recording), string(rule.Clients)}
)

// The most requests that a parallel step sends, each over a connection of its own.
const maxParallel = 64

func (l *loader) readFile(root *yaml.Node) {
	defaults := Case{Level: rule.Must}
	var cases *yaml.Node
	l.object(root, "a case file", fileNames, func(name string, _, value *yaml.Node) {
		switch name {
		case "service":
			defaults.Service = l.word(value, name, services)
		case "level":
			defaults.Level = rule.Level(l.word(value, name, levels))
		case "evidence":
			defaults.Evidence = l.evidence(value)
		case "cases":
			cases = value
		}
	})
	if cases == nil {
		if len(l.problems) == 0 {
			l.fault(root, "write cases:", "the file has no cases")
		}
		return
	}
	if member(root, "service") != nil && defaults.Service == "" {
		return // that is told; every case would lack it
	}
	l.list(cases, "cases", func(n *yaml.Node) {
		for _, one := range l.expand(n) {
			if len(l.cases) == MaxCases {
				l.fault(n, "", "a file makes at most %d cases", MaxCases)
			}
			if len(l.cases) < MaxCases {
				l.cases = append(l.cases, l.readCase(one, n, defaults))
			}
		}
	})
}

// readCase reads a case; at is where it stands, of which n may be a row's copy.
func (l *loader) readCase(n, at *yaml.Node, c Case) *Case {
	c.File, c.Line = l.file, at.Line
	var steps *yaml.Node
	problems, evidence := len(l.problems), c.Evidence
	ok := l.object(n, "a case", caseNames, func(name string, _, value *yaml.Node) {
		switch name {
		case "id":
			if c.ID = l.text(value, "the id"); c.ID != "" && !idForm.MatchString(c.ID) {
				l.fault(value, "write rds.subject.what-is-tried: lower-case words joined by hyphens, segments by dots", "%q is no id", c.ID)
			}
		case "about":
			c.About = strings.TrimSpace(l.text(value, name))
		case "service":
			c.Service = l.word(value, name, services)
		case "level":
			c.Level = rule.Level(l.word(value, name, levels))
		case "evidence":
			evidence = l.evidence(value)
		case "needs":
			l.list(value, name, func(n *yaml.Node) { c.Needs = append(c.Needs, l.need(n)) })
		case "steps":
			steps = value
		}
	})
	if !ok {
		return &c
	}
	c.Evidence = evidence
	l.lacks(n, "a case", "id", c.ID == "", "about", c.About == "", "steps", steps == nil)
	switch {
	case c.Service == "" && len(l.problems) == problems:
		l.fault(n, "write service: rds, here or at the top of the file", "the case does not say which service it is of")
	case c.Service != "" && c.ID != "" && !strings.HasPrefix(c.ID, c.Service+"."):
		l.fault(n, "the id begins with "+c.Service+".", "the id %s is not of the service", c.ID)
	}
	if len(c.Evidence) == 0 {
		l.fault(n, "write evidence:, here or at the top of the file", "the case does not say how it is known")
	}
	if steps != nil && c.Service != "" {
		scope := newScope(c.Needs)
		l.list(steps, "steps", func(n *yaml.Node) { c.Steps = append(c.Steps, l.step(n, &c, scope)) })
	}
	return &c
}

// lacks adds a problem for each name with true behind it, where it is not already
// told why it is empty.
func (l *loader) lacks(n *yaml.Node, what string, names ...any) {
	for i := 0; i < len(names); i += 2 {
		if names[i+1].(bool) && member(n, names[i].(string)) == nil {
			l.fault(n, fmt.Sprintf("write %s:", names[i]), "%s has no %s", what, names[i])
		}
	}
}

func (l *loader) evidence(n *yaml.Node) (all []rule.Evidence) {
	l.list(n, "evidence", func(n *yaml.Node) {
		var e rule.Evidence
		l.object(n, "a piece of evidence", evidenceNames, func(name string, _, value *yaml.Node) {
			switch name {
			case "kind":
				e.Kind = rule.EvidenceKind(l.word(value, name, kinds))
			case "source":
				e.Source = l.text(value, name)
			case "says":
				e.Says = l.text(value, name)
			}
		})
		l.lacks(n, "a piece of evidence", "kind", e.Kind == "", "source", e.Source == "")
		all = append(all, e)
	})
	return all
}

func (l *loader) need(n *yaml.Node) Need {
	need := Need(l.text(n, "a need"))
	if _, err := need.Parse(); err != nil && need != "" {
		l.fault(n, "there are own-state, two-accounts, rds.offerings>=21, rds.reservation and provokes.CODE", "%v", err)
	}
	return need
}

func (l *loader) step(n *yaml.Node, c *Case, scope scope) Step {
	s := Step{Name: strconv.Itoa(len(c.Steps) + 1), Expect: Expect{Answer: success}}
	var send, expect, capture *yaml.Node
	if !l.object(n, "a step", stepNames, func(name string, _, value *yaml.Node) {
		switch name {
		case "name":
			if s.Name = l.text(value, name); !kebab.MatchString(s.Name) {
				l.fault(value, "write lower-case words joined by hyphens", "%q is no name of a step", s.Name)
			}
			if slices.ContainsFunc(c.Steps, func(other Step) bool { return other.Name == s.Name }) {
				l.fault(value, "", "two steps are called %s", s.Name)
			}
		case "send":
			send = value
		case "parallel":
			s.Parallel = l.integer(value, name, 2, maxParallel)
		case "follow":
			s.Follow = l.boolean(value, name)
		case "expect":
			expect = value
		case "capture":
			capture = value
		}
	}) {
		return s
	}
	if l.lacks(n, "a step", "send", send == nil); send == nil {
		return s
	}
	if s.Parallel > 0 {
		number := maps.Clone(scope)
		number["n"] = model().variables["id"]
		l.variables(send, number)
	} else {
		l.variables(send, scope)
	}
	s.Send = l.send(send, c)
	var answer *shape
	if o, ok := model().operations[s.Send.Operation]; ok {
		answer = o.output
	}
	if s.Parallel > 0 && answer != nil {
		answer = &shape{kind: listKind, item: answer}
	}
	if expect != nil {
		l.variables(expect, scope)
		s.Expect = l.expect(expect, c.Service, answer)
	}
	l.together(n, &s)
	switch s.Expect.Answer {
	case refused, failure:
		answer = model().failure
	case either:
		answer = nil
	}
	if capture != nil {
		s.Capture = map[string]string{}
		l.capture(capture, s.Capture, scope, answer)
	}
	return s
}

// together refuses what does not go together.
func (l *loader) together(n *yaml.Node, s *Step) {
	e := &s.Expect
	switch {
	case s.Follow && s.Parallel > 0:
		l.fault(n, "", "a step cannot be parallel and follow pages")
	case s.Follow && (e.Answer != success || s.Send.Bytes != nil):
		l.fault(n, "", "only successes of an operation have pages to follow")
	case e.PageSize > 0 && !s.Follow:
		l.fault(n, "write follow: true", "page-size is of a step that follows pages")
	case e.Outcomes != nil && s.Parallel == 0:
		l.fault(n, "write parallel:", "outcomes are of a parallel step")
	case e.Answer == success && e.Outcomes == nil && s.Send.Operation == "" && s.Send.Bytes != nil:
		l.fault(n, "write operation:", "how the answer is to be read is not said")
	}
	sum := 0
	for _, count := range e.Outcomes {
		sum += count
	}
	if s.Parallel > 0 && sum > s.Parallel {
		l.fault(n, "", "%d outcomes of %d requests", sum, s.Parallel)
	}
}

// versions are those that a case may ask for by version.
var versions = func() (all []string) {
	for _, v := range rds.Versions() {
		all = append(all, string(v))
	}
	return all
}()
