package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wireproof/codec/wire"
	"wireproof/conformance"
	"wireproof/conformance/exchange"
	"wireproof/conformance/rule"
)

// mostPlaces is how many places of one difference are listed, mostWindows how many
// of them are shown in the bytes.
const (
	mostPlaces  = 20
	mostWindows = 5
)

// block tells of one finding in full. Of a warning or a note it leaves out what it
// takes to repeat and accept it, since nothing has to be.
func (p *printer) block(g *group) {
	c := g.check
	p.head(g)
	p.prose("", c.Rule)
	p.evidence(c.Evidence)
	p.where(g)
	if c.Verdict == rule.Error {
		p.prose("", cause(g))
	}
	windows := p.differences(g)
	full := g.outcome == failed || g.outcome == broken
	if full {
		p.request(g.step.Exchange)
	} else {
		p.line("")
	}
	p.response(g.step, windows, g.outcome == broken)
	if g.outcome != broken {
		p.clients(c.Clients)
	}
	if full {
		p.repeat(g)
	}
	if g.outcome == failed || g.outcome == warned && p.report.Strict {
		p.accept(g)
	}
	p.more(g)
	p.line("")
}

// head is the line with the id. What ended an exchange stands before the id, so
// that nobody takes it for a statement about the target's bytes.
func (p *printer) head(g *group) {
	id := g.check.ID
	if g.outcome == broken {
		if x := g.step.Exchange; x != nil && x.Err != nil {
			id = "transport: " + id
		} else {
			id = "harness: " + id
		}
	}
	word := p.word(g.outcome)
	pad := max(p.Width-6-len(id)-len(g.check.Level)-1, 2)
	p.line("%s  %s%s%s", word, p.paint(bold, id), strings.Repeat(" ", pad), strings.ToUpper(string(g.check.Level)))
}

func cause(g *group) string {
	why := trouble(g.step.Exchange)
	if g.check.Reason != "" && !strings.Contains(why, g.check.Reason) {
		if why == "" {
			return g.check.Reason
		}
		return g.check.Reason + " (" + why + ")"
	}
	return why
}

const indent = "      "

// prose prints text below a label, wrapped.
func (p *printer) prose(label, text string) {
	if text == "" {
		return
	}
	if label != "" {
		label = fmt.Sprintf("%-10s", label)
	}
	for _, line := range wrap(plain(text), p.Width-len(indent)-len(label)) {
		p.line("%s%s%s", indent, label, line)
		label = strings.Repeat(" ", len(label))
	}
}

func (p *printer) evidence(all []rule.Evidence) {
	label := "evidence"
	for _, e := range all {
		text := string(e.Kind) + ": " + e.Source
		if e.Says != "" {
			text += ": " + e.Says
		}
		p.prose(label, text)
		label = " "
	}
}

func (p *printer) where(g *group) {
	what := g.result.Case
	if g.step.Step != "" {
		what += "  step " + g.step.Step
	}
	if called := strings.TrimSpace(g.step.Operation + " " + g.step.Version); called != "" {
		what += "  (" + called + ")"
	}
	p.line("%s%-10s%s", indent, "case", plain(what))
	p.prose(" ", g.result.About)
}

// place is an offset to show, and the number of the difference that it is of.
type place struct{ offset, number int }

// differences lists all differences, those that are alike together, and returns the
// places to show.
func (p *printer) differences(g *group) (windows []place) {
	all := g.check.Differences
	if len(all) == 0 {
		return nil
	}
	raw := received(g.step.Exchange)
	p.line("")
	p.line("%s%s", indent, count(len(all), "difference"))
	done := make([]bool, len(all))
	number := 0
	for i, d := range all {
		if done[i] {
			continue
		}
		number++
		key := differenceKey(d, g.step.Operation)
		p.line("%s%-3d%s%s", indent, number, locate(d), at(raw, d.Offset))
		p.value("want", d.Want)
		p.value("got", d.Got)
		if d.Offset >= 0 && raw != "" && len(windows) < mostWindows {
			windows = append(windows, place{d.Offset, number})
		}
		same := 0
		for j := i + 1; j < len(all); j++ {
			if done[j] || differenceKey(all[j], g.step.Operation) != key {
				continue
			}
			done[j] = true
			if same++; same <= mostPlaces {
				p.line("%s   also %s%s%s", indent, locate(all[j]), at(raw, all[j].Offset), unlike(d, all[j]))
			}
		}
		if same > mostPlaces {
			p.line("%s   and %s; the jsonl report has all", indent, count(same-mostPlaces, "more place"))
		}
	}
	return windows
}

// unlike says what is got where a place is like the first one but for its ids.
func unlike(a, b rule.Difference) string {
	if a.Want == b.Want && a.Got == b.Got {
		return ""
	}
	return "  want " + orNone(b.Want) + ", got " + orNone(b.Got)
}

func (p *printer) value(label, text string) {
	p.line("%s     %-6s%s", indent, label, orNone(text))
}

// locate names the part where the path alone does not say what it leads through.
func locate(d rule.Difference) string {
	path := plain(d.Path)
	switch d.Part {
	case wire.Body:
		if path == "" {
			path = "the whole body"
		}
		return path
	case wire.Header:
		return "header " + path
	case wire.Status:
		return strings.TrimSpace("status " + path)
	case exchange.Message:
		return strings.TrimSpace("message " + path)
	}
	return strings.TrimSpace(string(d.Part) + " " + path)
}

// at says where in the raw response an offset is.
func at(raw string, offset int) string {
	if offset < 0 || raw == "" {
		return ""
	}
	line, _ := wire.LineColumn(raw, offset)
	end := ""
	if offset >= len(raw) {
		end = " (the end)"
	}
	return fmt.Sprintf("   byte %d%s, line %d", offset, end, line)
}

func (p *printer) request(x *exchange.Exchange) {
	p.line("")
	if x == nil {
		p.line("%s%-10s%s", indent, "request", "none was sent")
		return
	}
	line, _, _ := strings.Cut(x.Sent, "\n")
	line, _ = lead(strings.TrimSuffix(line, "\r"), 2*p.Width)
	p.line("%s%-10s%s   (%s)", indent, "request", line, count(len(x.Sent), "byte"))
	if x.Request == nil {
		return
	}
	body := x.Request.Body
	if text, n := lead(body, 4*p.Width); n > 0 {
		if n < len(body) {
			text += fmt.Sprintf(" ... (%s)", count(len(body), "byte"))
		}
		p.line("%s%-10s%s", indent, "", text)
	}
}

// response prints the status line and the bytes around the places. Where there is
// no place it prints the beginning of the body, and without a response what came. told
// says that the reader knows already what ended the exchange.
func (p *printer) response(s *conformance.StepResult, windows []place, told bool) {
	x := s.Exchange
	if x == nil {
		return
	}
	if x.Response == nil {
		p.noResponse(x, windows, told)
		return
	}
	r := x.Response
	status, _ := lead(strings.TrimSpace(fmt.Sprintf("%s %d %s", r.Proto, r.Status, r.Reason)), p.Width)
	media, ok := r.Headers.Get("Content-Type")
	if !ok {
		media = "none"
	}
	p.line("%s%-10s%s   (%s, %s)   Content-Type: %s", indent, "response", status, count(len(r.Raw), "byte"), took(x.Took), cut(plain(media), p.Width))
	p.windows(r.Raw, windows)
	if len(windows) == 0 && r.Body != "" {
		p.start(r.Body)
	}
	if x.Err != nil && !told {
		p.prose(" ", "ended: "+trouble(x))
	}
}

// noResponse tells what came where it is no response. The engine keeps no more
// than the beginning of very long ones.
func (p *printer) noResponse(x *exchange.Exchange, windows []place, told bool) {
	why := "nothing came back"
	switch {
	case strings.HasPrefix(x.Received, "HTTP/"):
		why = "none as a whole: " + count(len(x.Received), "byte")
	case x.Received != "":
		why = "none: " + count(len(x.Received), "byte") + " that are no HTTP"
	}
	p.line("%s%-10s%s   (%s)", indent, "response", why, took(x.Took))
	if x.Err != nil && !told {
		p.prose(" ", "ended: "+trouble(x))
	}
	p.windows(x.Received, windows)
	if len(windows) == 0 && x.Received != "" {
		p.start(x.Received)
	}
}

func (p *printer) windows(raw string, windows []place) {
	for _, w := range windows {
		label := fmt.Sprintf("byte %d", w.offset)
		if len(windows) > 1 {
			label += fmt.Sprintf(" (%d)", w.number)
		}
		for _, line := range window(raw, w.offset, p.Width-len(indent)-10, label) {
			p.line("%s%-10s%s", indent, "", line)
		}
	}
}

// start shows the first bytes of what came, up to the end of the second line.
func (p *printer) start(s string) {
	for range 2 {
		text, n := lead(s, p.Width-len(indent)-14)
		text, rest := upToLine(s, text, n)
		p.line("%s%-10s| %s", indent, "", text)
		if s = rest; s == "" {
			return
		}
	}
}

// upToLine ends text, which renders the first n bytes of s, at the end of the line.
func upToLine(s, text string, n int) (string, string) {
	if i := strings.IndexByte(s[:n], '\n'); i >= 0 {
		text, _ = lead(strings.TrimSuffix(s[:i], "\r"), len(text))
		return text, s[i+1:]
	}
	if n < len(s) {
		return text + " ...", ""
	}
	return text, ""
}

func (p *printer) clients(says map[string]string) {
	names := clientsOf(says)
	if len(names) == 0 {
		return
	}
	label := "clients"
	for len(names) > 0 {
		same := []string{names[0]}
		for _, n := range names[1:] {
			if says[n] == says[names[0]] {
				same = append(same, n)
			}
		}
		p.prose(label, strings.Join(same, ", ")+": "+says[same[0]])
		label = " "
		names = slices.DeleteFunc(names, func(n string) bool { return slices.Contains(same, n) })
	}
}

// repeat says how to send the request again and how to play the case again.
func (p *printer) repeat(g *group) {
	if x := g.step.Exchange; x != nil && x.Sent != "" {
		line := curl(p.report.Target, x)
		label, _, _ := strings.Cut(line, " ")
		switch {
		case line == "":
			p.line("%s%-10sthe request has %s: too long for a line; the jsonl report has it", indent, "curl", count(len(x.Sent), "byte"))
		default:
			if label == "printf" && !strings.Contains(line, "| curl ") {
				label = "send"
			} else {
				label = "curl"
			}
			p.line("%s%-10s%s", indent, label, line)
			if signer := signerOf(x); signer != "" && !p.signer {
				p.signer = true
				p.prose(" ", "(the signature is masked; where the target verifies it, put "+signer+" in the place of the header Authorization)")
			}
		}
	}
	line := p.Rerun
	if g.result.Case != conformance.SurveyID {
		line += " --run " + quote(g.result.Case)
	}
	p.line("%s%-10s%s", indent, "rerun", line)
}

// signerOf gives curl's options that sign as the request was signed, where its
// signature is Version 4 in the header.
func signerOf(x *exchange.Exchange) string {
	if x.Request == nil {
		return ""
	}
	authorization, _ := x.Request.Headers.Get("Authorization")
	_, credential, ok := strings.Cut(authorization, "Credential=")
	credential, _, _ = strings.Cut(credential, ",")
	scope := strings.Split(credential, "/")
	if !ok || len(scope) != 5 || !strings.HasPrefix(authorization, "AWS4-HMAC-SHA256 ") {
		return ""
	}
	key := scope[0]
	if strings.Trim(key, "*") == "" {
		key = "KEY"
	}
	return "--aws-sigv4 " + quote("aws:amz:"+scope[2]+":"+scope[3]) + " --user " + quote(key+":SECRET")
}

// accept gives the entry for the file of expected failures. It names the case where
// the finding is of one alone, and for assertions, since their ids come in every
// case.
func (p *printer) accept(g *group) {
	cases, _ := g.others()
	assertion := strings.HasPrefix(g.check.ID, "expect.")
	entry := []string{"- check: " + yaml(g.check.ID)}
	if g.result.Case != conformance.SurveyID && (len(cases) == 0 || assertion) {
		entry = append(entry, "  case: "+yaml(g.result.Case))
	}
	entry = append(entry, `  reason: "why it is so, in a sentence"`, `  issue: "where it is tracked"`,
		"  expires: "+p.report.Started.AddDate(0, 3, 0).UTC().Format("2006-01-02"))
	label := "accept"
	for _, line := range entry {
		p.line("%s%-10s%s", indent, label, line)
		label = ""
	}
}

// yaml writes a scalar: ids are plain, anything else is quoted.
func yaml(s string) string {
	if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") == "" && s[0] >= 'A' {
		return s
	}
	return strconv.Quote(s)
}

func (p *printer) more(g *group) {
	cases, own := g.others()
	if own > 0 {
		p.line("%sand %s of this case", indent, count(own, "more exchange"))
	}
	if len(cases) > 0 {
		p.prose("", fmt.Sprintf("and %s: %s", count(len(cases), "more case"), fold(cases)))
	}
}

// missing tells of an operation that is not there, and how many cases need it.
func (p *printer) missing(m *missing) {
	if m.at != nil && m.at.check != nil && m.at.check.Expected != nil {
		return // declared
	}
	id := conformance.SurveyID + ".operation"
	what := fmt.Sprintf("%s %s is not there.", m.service, m.operations[0])
	switch {
	case m.whole && len(m.operations) > 1:
		what = fmt.Sprintf("%s is not there: none of %s.", m.service, strings.Join(m.operations, ", "))
	case len(m.operations) > 1:
		what = fmt.Sprintf("%s: %s are not there.", m.service, strings.Join(m.operations, ", "))
	}
	if m.at != nil && m.at.check != nil && strings.HasPrefix(m.at.check.ID, conformance.SurveyID+".") {
		id = m.at.check.ID
	}
	if p.Quiet {
		p.line("%s  %s  %s", p.word(failed), id, plain(what))
		return
	}
	pad := max(p.Width-6-len(id)-5, 2)
	p.line("%s  %s%sMUST", p.word(failed), p.paint(bold, id), strings.Repeat(" ", pad))
	p.prose("", what)
	if m.at != nil && m.at.check != nil {
		p.evidence(m.at.check.Evidence)
	}
	p.prose("answered", m.answered)
	if strings.HasPrefix(m.answered, "401 ") || strings.HasPrefix(m.answered, "403 ") {
		p.prose("", "It may want other credentials: see --access-key, --secret-key and --sign.")
	}
	if m.at != nil {
		p.request(m.at.step.Exchange)
		p.response(m.at.step, nil, false)
		if m.at.check == nil {
			m.at.check = &conformance.Check{Check: rule.Check{ID: id}}
		}
		p.repeat(&group{occurrence: *m.at})
	}
	declare := "lacks: [" + strings.Join(m.operations, ", ") + "]"
	if m.whole {
		declare = "services: [" + map[string]string{rule.RDS: rule.MediaConnect, rule.MediaConnect: rule.RDS}[m.service] + "]"
	}
	p.line("%s%-10s%s   (in the file of --config, where it is so on purpose)", indent, "accept", declare)
	p.line("")
}
