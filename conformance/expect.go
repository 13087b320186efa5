package conformance

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"wireproof/codec/wire"
	"wireproof/conformance/casefile"
	"wireproof/conformance/rule"
)

// The checks that assertions of cases make. Their ids are stable as those of rules
// are.
const (
	ExpectAnswer     = "expect.answer"     // success, or which error
	ExpectStatus     = "expect.status"     // one of these statuses
	ExpectMembers    = "expect.members"    // members and their values
	ExpectHeaders    = "expect.headers"    // headers and their values
	ExpectOutcomes   = "expect.outcomes"   // of requests sent at once
	ExpectPages      = "expect.pages"      // paging comes to an end, in pages of the size asked for
	ExpectConnection = "expect.connection" // kept or closed
)

// Assertions lists the ids of the checks that cases make, with what each holds.
func Assertions() map[string]string {
	return map[string]string{
		ExpectAnswer:     "The request is answered with what the case expects: a success, or one of the errors it names.",
		ExpectStatus:     "The response has a status that the case expects.",
		ExpectMembers:    "The members of the answer have the values that the case expects.",
		ExpectHeaders:    "The headers of the response have the values that the case expects.",
		ExpectOutcomes:   "Requests sent at once are answered as the case expects, each so many times.",
		ExpectPages:      "Paging comes to an end, with no page longer than was asked for.",
		ExpectConnection: "The connection is kept or closed as the case expects.",
		CheckAnswered:    "A request is answered with an HTTP response.",
		CheckImplemented: "The target has the operation.",
	}
}

// assertion makes the check of an assertion.
func assertion(c *casefile.Case, id string, differences []rule.Difference) rule.Check {
	check := rule.Check{ID: id, Level: levelOf(c), Verdict: rule.Pass, Rule: c.About, Evidence: c.Evidence}
	if len(differences) == 0 {
		return check
	}
	check.Differences = differences
	check.Verdict = rule.Fail
	if check.Level == rule.Should {
		check.Verdict = rule.Warn
	}
	return check
}

func levelOf(c *casefile.Case) rule.Level {
	if c.Level == "" {
		return rule.Must
	}
	return c.Level
}

// answered tells an answer in a word for people, and whether it is a success and
// which error it is.
func answered(r *rule.Reading) (word string, success bool, code string) {
	status := r.Exchange.Response.Status
	switch {
	case r.Error != nil:
		code, _ = r.Error.Code.Get()
		if code == "" {
			return fmt.Sprintf("an error without a code, status %d", status), false, ""
		}
		return fmt.Sprintf("error %s, status %d", code, status), false, code
	case r.Problem != nil:
		return fmt.Sprintf("a body that cannot be read, status %d", status), status >= 200 && status < 300, ""
	case r.Output == nil:
		return fmt.Sprintf("status %d", status), status >= 200 && status < 300, ""
	}
	return fmt.Sprintf("a success, status %d", status), true, ""
}

// expectAnswer holds the kind of an answer. An answer of the right kind that cannot
// be read is for the rulebook alone to tell of, and is skipped here.
func expectAnswer(c *casefile.Case, e *casefile.Expect, r *rule.Reading, vs variables) (check rule.Check, goOn bool) {
	word, success, code := answered(r)
	status := r.Exchange.Response.Status
	unreadable := r.Error == nil && r.Output == nil
	want, ok := "", false
	switch answer := answerOf(e); answer {
	case "any":
		want, ok = "an answer", true
	case "refused":
		want = "an error with a status of 4xx"
		ok = !success && status >= 400 && status < 500
	case "error":
		want = "error " + strings.Join(e.Error, " or ")
		ok = unreadable && !success || slices.Contains(e.Error, code)
	default:
		want, ok = "a success", success
	}
	if ok && unreadable {
		check = assertion(c, ExpectAnswer, nil)
		check.Verdict, check.Reason = rule.Skip, "the answer cannot be read: see the other checks of this step"
		return check, false
	}
	if ok {
		return assertion(c, ExpectAnswer, nil), true
	}
	difference := rule.Difference{Part: wire.Status, Path: "", Offset: 0, Want: want, Got: word}
	if r.Error != nil {
		if message, has := r.Error.Message.Get(); has {
			difference.Got += ": " + wire.Quote(message)
		}
		difference.Offset = locate(r, "/"+codeMember(r))
	}
	return assertion(c, ExpectAnswer, []rule.Difference{difference}), false
}

func codeMember(r *rule.Reading) string {
	if r.Service == rule.RDS {
		return "Code"
	}
	return "code"
}

func answerOf(e *casefile.Expect) string {
	if e.Answer == "" && len(e.Error) > 0 {
		return "error"
	}
	return e.Answer
}

// viewOf makes of an answer what cases see of it.
func viewOf(r *rule.Reading) value {
	if r.Output != nil {
		return toValue(reflect.ValueOf(r.Output))
	}
	s := structure{}
	if e := r.Error; e != nil {
		for name, o := range map[string]wire.Opt[string]{"code": e.Code, "message": e.Message, "requestId": e.RequestID, "type": e.Type} {
			if v, ok := o.Get(); ok {
				s[name] = v
			}
		}
	}
	return s
}

// hold holds members against an answer, or against what several make together. at
// finds the offset of a path.
func hold(root value, members []casefile.Member, vs variables, at func(path string) int) ([]rule.Difference, error) {
	var differences []rule.Difference
	for i := range members {
		m := &members[i]
		path, err := vs.text(m.Path)
		if err != nil {
			return nil, err
		}
		found, err := holdMember(root, path, &m.Matcher, vs)
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			d.Part, d.Offset = wire.Body, at(d.Path)
			differences = append(differences, d)
		}
	}
	return differences, nil
}

// holdMember holds one matcher, all of whose demands must be met.
func holdMember(root value, path string, m *casefile.Matcher, vs variables) ([]rule.Difference, error) {
	paths, values := resolve(root, path)
	var out []rule.Difference
	miss := func(path, want string, got value) {
		out = append(out, rule.Difference{Path: path, Want: want, Got: describe(got)})
	}
	each := func(want string, ok func(v value) bool) {
		for i, v := range values {
			if !ok(v) {
				miss(paths[i], want, v)
			}
		}
	}
	want := func(n *yaml.Node) (value, error) { return nodeValue(n, vs) }
	if m.Equal != nil {
		w, err := want(m.Equal)
		if err != nil {
			return nil, err
		}
		each(describe(w), func(v value) bool { return equal(v, w) })
	}
	if m.Not != nil {
		w, err := want(m.Not)
		if err != nil {
			return nil, err
		}
		each("anything but "+describe(w), func(v value) bool { return !equal(v, w) })
	}
	if m.Match != "" {
		text, err := vs.text(m.Match)
		if err != nil {
			return nil, err
		}
		re, err := regexp.Compile(text)
		if err != nil {
			return nil, err
		}
		each("text that matches "+text, func(v value) bool { return v != nil && re.MatchString(plain(v)) })
	}
	if m.Present {
		each("a value", func(v value) bool { return v != nil })
	}
	if m.Absent {
		each("none", func(v value) bool { return v == nil })
	}
	if m.Empty {
		each("none, or an empty text", func(v value) bool { return v == nil || v == "" })
	}
	if len(m.OneOf) > 0 {
		var words []string
		var options []value
		for _, o := range m.OneOf {
			w, err := vs.value(fromYAML(o))
			if err != nil {
				return nil, err
			}
			options, words = append(options, w), append(words, describe(w))
		}
		each(strings.Join(words, " or "), func(v value) bool {
			return slices.ContainsFunc(options, func(o value) bool { return equal(v, o) })
		})
	}
	elements := values
	if len(values) == 1 && !strings.Contains(path, "*") {
		elements, _ = values[0].([]value)
	}
	if m.Includes != nil {
		w, err := want(m.Includes)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(elements, func(v value) bool { return equal(v, w) }) {
			miss(path, "at least one: "+describe(w), fmt.Sprintf("%d others", len(elements)))
		}
	}
	if m.Excludes != nil {
		w, err := want(m.Excludes)
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(elements, func(v value) bool { return equal(v, w) }); i >= 0 {
			miss(elementPath(paths, path, i), "no "+describe(w), elements[i])
		}
	}
	if m.Distinct {
		for i, v := range elements {
			if j := slices.IndexFunc(elements[:i], func(o value) bool { return equal(v, o) }); j >= 0 {
				miss(elementPath(paths, path, i), "a value that no other has", v)
			}
		}
	}
	if m.AtLeast != nil || m.AtMost != nil {
		each(boundsText(m), func(v value) bool {
			n, ok := measure(v)
			return ok && (m.AtLeast == nil || n >= *m.AtLeast) && (m.AtMost == nil || n <= *m.AtMost)
		})
	}
	if m.Agrees != nil {
		w, err := want(m.Agrees)
		if err != nil {
			return nil, err
		}
		for i, v := range values {
			a, isA := v.(structure)
			b, isB := w.(structure)
			if !isA || !isB {
				miss(paths[i], describe(w), v)
				continue
			}
			for _, name := range sortedNames(b) {
				if got, has := a[name]; has && !slices.Contains(m.Except, name) && !equal(got, b[name]) {
					miss(paths[i]+"/"+name, describe(b[name])+", as in the other structure", got)
				}
			}
		}
	}
	if m.MonthsAfter != nil {
		out = append(out, holdMonths(root, paths, values, m.MonthsAfter)...)
	}
	return out, nil
}

func elementPath(paths []string, path string, i int) string {
	if len(paths) > i && strings.Contains(path, "*") {
		return paths[i]
	}
	return fmt.Sprintf("%s/%d", path, i)
}

func boundsText(m *casefile.Matcher) string {
	switch {
	case m.AtMost == nil:
		return fmt.Sprintf("at least %v", *m.AtLeast)
	case m.AtLeast == nil:
		return fmt.Sprintf("at most %v", *m.AtMost)
	}
	return fmt.Sprintf("%v to %v", *m.AtLeast, *m.AtMost)
}

// measure gives a number, or how many elements a list has; an absent list has none.
func measure(v value) (float64, bool) {
	switch v := v.(type) {
	case nil:
		return 0, true
	case int64:
		return float64(v), true
	case float64:
		return v, !math.IsNaN(v)
	case []value:
		return float64(len(v)), true
	}
	return 0, false
}

// holdMonths holds a time against another so many calendar months before it. Where
// the day does not exist in the later month, and for services that count the end
// in, up to a day is forgiven: no source says which day it is then.
func holdMonths(root value, paths []string, values []value, m *casefile.MonthsAfter) (out []rule.Difference) {
	_, starts := resolve(root, m.Start)
	_, months := resolve(root, m.Months)
	for i, v := range values {
		if i >= len(starts) || i >= len(months) {
			return out
		}
		start, okStart := instant(starts[i])
		n, okMonths := months[i].(int64)
		if !okStart || !okMonths {
			continue // nothing to count from: the rulebook says so
		}
		first := time.Date(start.Year(), start.Month(), 1, start.Hour(), start.Minute(), start.Second(), start.Nanosecond(), time.UTC).AddDate(0, int(n), 0)
		last := first.AddDate(0, 1, -1).Day()
		want := first.AddDate(0, 0, min(start.Day(), last)-1)
		got, ok := instant(v)
		if !ok || got.Sub(want).Abs() > 24*time.Hour {
			out = append(out, rule.Difference{Path: paths[i], Want: fmt.Sprintf("time %s, %d months after %s", want.Format(time.RFC3339), n, m.Start), Got: describe(v)})
		}
	}
	return out
}

func instant(v value) (time.Time, bool) {
	switch v := v.(type) {
	case time.Time:
		return v, true
	case string:
		ts, ok := wire.ParseTimestamp(v)
		return ts.Time(), ok
	}
	return time.Time{}, false
}

func sortedNames(s structure) []string {
	names := make([]string, 0, len(s))
	for name := range s {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// nodeValue makes a value of what a case file says.
func nodeValue(n *yaml.Node, vs variables) (value, error) {
	var v any
	if err := n.Decode(&v); err != nil {
		return nil, err
	}
	return vs.value(fromYAML(v))
}

// holdHeaders holds headers against a response. A header that comes several times
// has the first one's value.
func holdHeaders(r *rule.Reading, headers []casefile.Member, vs variables) ([]rule.Difference, error) {
	var differences []rule.Difference
	for i := range headers {
		h := &headers[i]
		s := structure{}
		if v, ok := r.Exchange.Response.Headers.Get(h.Path); ok {
			s["value"] = v
		}
		found, err := holdMember(s, "/value", &h.Matcher, vs)
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			d.Part, d.Path = wire.Header, h.Path
			d.Offset = r.Offset(wire.Header, h.Path, 0)
			differences = append(differences, d)
		}
	}
	return differences, nil
}
