package rule

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
	"wireproof/fixtures"
)

// notMeasured is the impact where no recorded response breaks the rule.
const notMeasured = "not measured"

var measuredClients = []string{"boto3", "aws-cli", "aws-sdk-go-v2", "aws-sdk-js-v3"}

// impact tells what breaks do to clients, from the recorded responses: those that
// break the same rule, judged as any exchange is. They are judged when they are
// first asked for, since a target that conforms never asks.
type impact struct {
	book     *Book
	once     sync.Once
	variants []measured
}

// measured is a recorded response.
type measured struct {
	name    string
	service string
	failed  bool // an error response
	// broken are what rules it breaks besides those that the response it was made
	// from does.
	broken  map[string][]Difference
	effects map[string]effect
}

// effect is what a client did; the higher the rank, the worse.
type effect struct {
	rank int
	text string
}

// Impact says what breaks of a rule do to clients, by client. It is nil where
// there is no such rule.
func (b *Book) Impact(id string) map[string]string {
	rule := b.Rule(id)
	if rule == nil {
		return nil
	}
	return summary(b.impact.candidates(rule, ""))
}

// of says what this break of a rule does to clients.
func (i *impact) of(rule *Rule, r *Reading, differences []Difference) map[string]string {
	list := i.candidates(rule, r.Service)
	list = narrow(list, func(m *measured) bool { return m.failed == (r.Error != nil || r.Exchange.Response.IsError()) })
	list = narrow(list, func(m *measured) bool { return alike(m.broken[rule.ID], differences, sameKind) })
	list = narrow(list, func(m *measured) bool { return alike(m.broken[rule.ID], differences, sameGist) })
	list = narrow(list, func(m *measured) bool { return alike(m.broken[rule.ID], differences, sameGot) })
	return summary(list)
}

// candidates are the recorded responses that show what a break does: those that
// the rule names, and of a rule with kinds of findings those that break it and
// nothing else.
func (i *impact) candidates(rule *Rule, service string) (list []*measured) {
	i.once.Do(i.measure)
	for k := range i.variants {
		m := &i.variants[k]
		alone := len(rule.Kinds) > 0 && len(m.broken) == 1 && m.broken[rule.ID] != nil
		if (service == "" || m.service == service) && (alone || slices.Contains(rule.Variants, m.name)) {
			list = append(list, m)
		}
	}
	return list
}

// narrow keeps what is asked for, or all where that would be nothing.
func narrow(list []*measured, keep func(*measured) bool) []*measured {
	var some []*measured
	for _, m := range list {
		if keep(m) {
			some = append(some, m)
		}
	}
	if len(some) == 0 {
		return list
	}
	return some
}

func alike(xs, ys []Difference, same func(x, y *Difference) bool) bool {
	for i := range xs {
		for j := range ys {
			if same(&xs[i], &ys[j]) {
				return true
			}
		}
	}
	return false
}

func sameKind(x, y *Difference) bool { return x.Kind == y.Kind && lastStep(x.Path) == lastStep(y.Path) }
func sameGist(x, y *Difference) bool { return x.Kind == y.Kind && gist(x.Got) == gist(y.Got) }
func sameGot(x, y *Difference) bool  { return x.Kind == y.Kind && x.Got == y.Got }

func lastStep(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// gist leaves out the details of what is wrong with a syntax.
func gist(got string) string {
	got, _, _ = strings.Cut(got, ": ")
	got, _, _ = strings.Cut(got, ", at ")
	return got
}

// summary says the worst that happened in each client.
func summary(list []*measured) map[string]string {
	said := make(map[string]string, len(measuredClients))
	for _, client := range measuredClients {
		worst, alike := effect{rank: -1, text: notMeasured}, true
		for _, m := range list {
			e, ok := m.effects[client]
			if !ok {
				continue
			}
			alike = alike && (worst.rank < 0 || worst.text == e.text)
			if e.rank > worst.rank {
				worst = e
			}
		}
		if !alike {
			worst.text += fmt.Sprintf(" (the worst of %d responses)", len(list))
		}
		said[client] = worst.text
	}
	return said
}

// measure judges the recorded responses. They are embedded, so that reading them
// cannot fail.
func (i *impact) measure() {
	variants, err := fixtures.Variants()
	if err != nil {
		return
	}
	bases := map[string]*fixtures.Variant{}
	for k := range variants {
		switch v := &variants[k]; v.Name {
		case "mc-base", "rds-base", "mcerr-hdr", "rdserr-base":
			bases[v.Service+v.Kind] = v
		}
	}
	own := map[string]map[string][]Difference{}
	for key, v := range bases {
		own[key] = i.judge(readVariant(v))
	}
	for k := range variants {
		v := &variants[k]
		base := bases[v.Service+v.Kind]
		r := readVariant(v)
		broken := i.judge(r)
		for id := range own[v.Service+v.Kind] {
			delete(broken, id)
		}
		m := measured{name: v.Name, service: v.Service, failed: v.Kind == "error", broken: broken, effects: map[string]effect{}}
		for client, reaction := range v.Reactions {
			m.effects[client] = effectOf(v, r, reaction, base, base.Reactions[client])
		}
		i.variants = append(i.variants, m)
	}
}

// judge gives what rules a recorded response breaks.
func (i *impact) judge(r *Reading) map[string][]Difference {
	broken := map[string][]Difference{}
	for _, rule := range i.book.rules {
		if rule.Level != Note && rule.about(r) {
			if d := rule.broken(r); len(d) > 0 {
				broken[rule.ID] = d
			}
		}
	}
	return broken
}

// readVariant reads a recorded response as it was sent, but for the Date that
// every server sends and that was not kept.
func readVariant(v *fixtures.Variant) *Reading {
	response := wire.Response{Status: v.Response.Status, Body: string(v.Response.Body)}
	for _, h := range v.Response.Headers {
		response.Headers = append(response.Headers, wire.HeaderField{Name: h.Name, Value: h.Value})
	}
	response.Headers.Set("Date", "Thu, 08 Oct 2026 16:09:59 GMT")
	x := &exchange.Exchange{Received: string(exchange.AppendResponse(nil, &response))}
	x.Response, _ = exchange.ParseResponse(x.Received)
	hint := Hint{Service: v.Service, Operation: v.Operation}
	if v.Service == RDS {
		hint.Version = rds.Latest
	}
	return Read(x, hint)
}

// effectOf says in few words what a client did with a response, compared with what
// it did with the one that it was made from.
func effectOf(v *fixtures.Variant, r *Reading, got fixtures.Reaction, base *fixtures.Variant, usual fixtures.Reaction) effect {
	detail := strings.TrimPrefix(got.Detail, "ERR ")
	switch {
	case strings.HasPrefix(detail, "NO ERROR"), v.Kind == "error" && got.Outcome != fixtures.OutcomeError:
		return effect{5, "takes it for an empty success"}
	case got.Outcome == fixtures.OutcomeAbsent:
		return effect{4, "silently absent"}
	case got.Outcome == fixtures.OutcomeValue && v.Watched == base.Watched && got.Detail != usual.Detail:
		return effect{3, "reads " + shorten(detail) + " instead"}
	case got.Outcome == fixtures.OutcomeValue && v.Watched == base.Watched:
		return effect{0, "reads it"}
	case got.Outcome == fixtures.OutcomeValue:
		return effect{1, "reads " + shorten(detail)}
	case r.Error == nil || v.Kind != "error" || failure.MatchString(got.Detail):
		return effect{3, "fails: " + shorten(strings.TrimPrefix(strings.TrimPrefix(detail, "ERR"), "(deserialization): "))}
	}
	return effectOfError(r, detail)
}

// effectOfError is effectOf for an error response that a client reported as an
// error of the service. Clients print it as NAME code=CODE msg="MESSAGE" and
// details, some without the code; aws-cli without the name.
func effectOfError(r *Reading, detail string) effect {
	text := incidental.ReplaceAllString(detail, "")
	what, message, _ := strings.Cut(text, " msg=")
	name, _, _ := strings.Cut(what, " ")
	want := []string{}
	code := strings.TrimSpace(r.Error.Code.Or(""))
	if shape := meant(code); shape != nil && shape.Name != "" {
		want = []string{shape.Name, shape.Code, "code=" + shape.Code}
	} else if code != "" {
		want = []string{code, "code=" + code, "ClientError", "smithy.GenericAPIError"} // as good as it gets
	}
	switch {
	case r.Error.Message.Or("") == "" && strings.Contains(text, "An error occurred ("+code+")"):
		return effect{1, "reads it, without a message"}
	case !slices.Contains(want, name):
		return effect{2, "reports " + shorten(text)}
	case strings.Trim(message, `"`) != r.Error.Message.Or(""):
		return effect{1, "reads it, with the message " + shorten(message)}
	case noRequestID.MatchString(detail):
		return effect{1, "reads it, without a request id"}
	}
	return effect{0, "reads it"}
}

// meant finds the error that a code stands for, also where it is the name of a
// shape or in another case.
func meant(code string) *wire.ErrorShape {
	for _, s := range mediaconnect.ModeledErrors() {
		if strings.EqualFold(s.Code, code) {
			return s
		}
	}
	return rds.ShapeOf(strings.TrimSuffix(code, "Fault"))
}

var (
	// incidental is what clients print of an error besides what it is.
	incidental = regexp.MustCompile(` (status|rid|fault|type)=\S*`)
	// failure tells an error of a client's parser from the service's error.
	failure     = regexp.MustCompile(`^ERR\(|^ERR '|TypeError|SyntaxError|KeyError|[Pp]arse|not iterable|deserializ`)
	noRequestID = regexp.MustCompile(`rid=(None|∅)`)
	// tagged is how values are printed that JSON does not have.
	tagged = regexp.MustCompile(`^"(?:NUM|DT|T):(.*)"$`)
)

// shorten keeps a text on one line, of at most 72 characters.
func shorten(s string) string {
	s = tagged.ReplaceAllString(strings.Join(strings.Fields(s), " "), "$1")
	if runes := []rune(s); len(runes) > 72 {
		return string(runes[:72]) + "..."
	}
	return s
}
