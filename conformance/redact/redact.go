package redact

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
)

// Short is the length from which on a secret is looked for outside of its own
// place.
const Short = 6

// Mask knows the secrets of one request.
type Mask struct {
	values  []string         // that are found as they are
	escaped []*regexp.Regexp // that an answer may have escaped
}

// Exchange returns x without its secrets, and the mask for what was said about it.
// headers names further headers of the request whose values are secret. x stays as
// it is, and is returned itself where it has no secret.
func Exchange(x *exchange.Exchange, headers ...string) (*exchange.Exchange, *Mask) {
	spans := find(x.Sent, headers)
	if x.Request != nil && x.Request.Raw == x.Sent {
		spans = append(spans, inBody(x.Request)...)
	}
	m := newMask(spans)
	sent := m.Text(cover(x.Sent, spans))
	received := m.Text(x.Received)
	masked := *x
	if x.Request != nil {
		masked.Request = m.request(x.Request, sent, x.Request.Raw == x.Sent)
		if x.Request.Raw == x.Sent {
			sent = masked.Request.Raw
		}
	}
	if x.Response != nil {
		masked.Response = m.response(x.Response)
		if x.Response.Raw == x.Received {
			received = masked.Response.Raw
		}
	}
	if sent == x.Sent && received == x.Received {
		return x, m
	}
	masked.Sent, masked.Received = sent, received
	return &masked, m
}

// Text returns s with every secret replaced by as many asterisks.
func (m *Mask) Text(s string) string {
	for _, v := range m.values {
		if strings.Contains(s, v) {
			s = strings.ReplaceAll(s, v, stars(len(v)))
		}
	}
	for _, e := range m.escaped {
		s = e.ReplaceAllStringFunc(s, func(found string) string { return stars(len(found)) })
	}
	return s
}

func stars(n int) string { return strings.Repeat("*", n) }

// span is a run of bytes of the request that is secret, and the secret that it is
// of.
type span struct {
	from, to int
	value    string
}

// cover replaces the spans by asterisks.
func cover(raw string, spans []span) string {
	if len(spans) == 0 {
		return raw
	}
	b := []byte(raw)
	for _, s := range spans {
		for i := s.from; i < s.to; i++ {
			b[i] = '*'
		}
	}
	return string(b)
}

func newMask(spans []span) *Mask {
	m := &Mask{}
	add := func(v string) {
		if len(v) < Short || strings.Trim(v, "*") == "" {
			return
		}
		if simple(v) {
			if !slices.Contains(m.values, v) {
				m.values = append(m.values, v)
			}
			return
		}
		e := escapable(v)
		if !slices.ContainsFunc(m.escaped, func(r *regexp.Regexp) bool { return r.String() == e }) {
			m.escaped = append(m.escaped, regexp.MustCompile(e))
		}
	}
	for _, s := range spans {
		var a wire.Arena
		plain, _ := wire.Unescape(s.value, &a)
		form, _ := wire.UnescapeForm(s.value, &a)
		add(s.value)
		add(plain)
		add(form)
	}
	// The longer first: one may be a part of another.
	slices.SortFunc(m.values, func(a, b string) int { return len(b) - len(a) })
	return m
}

// simple: no escaping changes these bytes.
func simple(s string) bool {
	for i := range len(s) {
		if c := s[i]; !('0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z') {
			return false
		}
	}
	return true
}

// escapable is an expression for v in which each byte that some format escapes may
// be escaped in that way: percent-escapes, once or twice, JSON, XML and HTML.
func escapable(v string) string {
	var b strings.Builder
	for _, c := range v {
		literal := regexp.QuoteMeta(string(c))
		if c >= 0x80 || simple(string(c)) {
			b.WriteString(literal)
			continue
		}
		b.WriteString("(?:" + literal)
		fmt.Fprintf(&b, `|(?i:%%(?:25)?%02x)`, c)
		fmt.Fprintf(&b, `|(?i:\\u00%02x)|(?i:\\x%02x)|\\%s`, c, c, literal)
		fmt.Fprintf(&b, `|&#0*%d;|(?i:&#x0*%x;)`, c, c)
		switch c {
		case '&':
			b.WriteString("|&amp;")
		case '<':
			b.WriteString("|&lt;")
		case '>':
			b.WriteString("|&gt;")
		case '"':
			b.WriteString("|&quot;")
		case '\'':
			b.WriteString("|&apos;")
		case ' ':
			b.WriteString(`|\+`)
		}
		b.WriteString(")")
	}
	return b.String()
}

func (m *Mask) request(r *exchange.Request, sent string, same bool) *exchange.Request {
	masked := *r
	if same {
		masked.Raw = m.joined(sent, r.Body, func(i int) int {
			raw, _ := r.RawOffset(wire.Body, "", i)
			return raw
		})
	} else {
		masked.Raw = m.Text(r.Raw)
	}
	// A message of the same length with the same framing reads the same.
	if again, err := exchange.ParseRequest(masked.Raw); err == nil {
		masked.Request = again.Request
	} else {
		masked.Request = wire.Request{Method: m.Text(r.Method), Path: m.Text(r.Path), Query: m.Text(r.Query), Headers: m.headers(r.Headers), Body: m.Text(r.Body)}
	}
	masked.Findings = m.findings(r.Findings)
	return &masked
}

func (m *Mask) response(r *exchange.Response) *exchange.Response {
	masked := *r
	masked.Raw = m.joined(m.Text(r.Raw), r.Body, func(i int) int {
		raw, _ := r.RawOffset(wire.Body, "", i)
		return raw
	})
	masked.Reason, masked.Headers, masked.Body = m.Text(r.Reason), m.headers(r.Headers), m.Text(r.Body)
	masked.Findings = m.findings(r.Findings)
	return &masked
}

// joined masks in raw what is secret in the body once its chunks are joined.
func (m *Mask) joined(raw, body string, at func(int) int) string {
	masked := m.Text(body)
	if masked == body {
		return raw
	}
	b := []byte(raw)
	for i := range len(body) {
		if masked[i] != body[i] {
			b[at(i)] = '*'
		}
	}
	return string(b)
}

func (m *Mask) headers(all wire.Headers) wire.Headers {
	masked := slices.Clone(all)
	for i := range masked {
		masked[i].Name, masked[i].Value = m.Text(masked[i].Name), m.Text(masked[i].Value)
	}
	return masked
}

func (m *Mask) findings(all []wire.Finding) []wire.Finding {
	masked := slices.Clone(all)
	for i := range masked {
		masked[i].Path, masked[i].Got = m.Text(masked[i].Path), m.Text(masked[i].Got)
	}
	return masked
}

// Empty reports whether the request has no secret that Text would mask.
func (m *Mask) Empty() bool { return len(m.values)+len(m.escaped) == 0 }
