package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wireproof/codec/wire"
)

// ParseRequest reads one request. The target in absolute form is reduced to path
// and query; the other target forms stay whole in Path. What is odd goes to
// Findings; err is a [*ParseError] and says that there is no request.
// RFC 9112 section 3.
func ParseRequest(raw string) (*Request, error) {
	r := &Request{Frame: Frame{Raw: raw}}
	s, err := r.begin()
	if err != nil {
		return nil, err
	}
	start := s.pos
	line := s.line()
	method, rest, ok := strings.Cut(line, " ")
	if !ok || !isToken(method) {
		return nil, &ParseError{start, ErrRequestLine, "want METHOD TARGET HTTP/1.1, got " + wire.Quote(line)}
	}
	target := rest
	if i := strings.LastIndexByte(rest, ' '); i >= 0 && strings.HasPrefix(rest[i+1:], "HTTP/") {
		target, r.Proto = rest[:i], rest[i+1:]
	}
	at := start + len(method) + 1
	trimmed := strings.TrimLeft(target, " ")
	at += len(target) - len(trimmed)
	target = strings.TrimRight(trimmed, " ")
	if target == "" {
		return nil, &ParseError{at, ErrRequestLine, "no target in " + wire.Quote(line)}
	}
	switch {
	case r.Proto == "":
		r.note(StartLine, wire.Departure, start+len(line), "HTTP/1.1 at the end of the request line", wire.Quote(line))
	case !isProto(r.Proto):
		r.note(StartLine, wire.Departure, start+len(line)-len(r.Proto), "HTTP/1.1 or HTTP/1.0", wire.Quote(r.Proto))
	}
	if i := strings.IndexFunc(target, notInTarget); i >= 0 || len(target) != len(rest)-len(r.Proto)-min(len(r.Proto), 1) {
		r.note(StartLine, wire.Departure, at+max(i, 0), "a target of visible ASCII between single spaces", wire.Quote(line))
	}
	r.Method, r.method = method, start
	path, query, hasQuery := strings.Cut(target, "?")
	r.path = at
	if i := strings.Index(path, "://"); i > 0 && isToken(path[:i]) {
		slash := strings.IndexByte(path[i+3:], '/')
		if slash < 0 {
			slash = len(path) - i - 3
		}
		r.path += i + 3 + slash
		path = path[i+3+slash:]
	}
	r.Path, r.Query, r.query = path, query, r.path+len(path)
	if hasQuery {
		r.query++
	}
	if r.Path == "" {
		r.Path = "/"
	}
	r.Headers = s.headers()
	r.BodyOffset = s.pos
	r.Body = r.body(s, r.Headers, false)
	r.sort()
	return r, nil
}

// ParseResponse reads one response. It must not be the answer to a HEAD, whose
// Content-Length counts bytes that do not come. What is odd goes to Findings;
// err is a [*ParseError] and says that there is no response.
// RFC 9112 section 4.
func ParseResponse(raw string) (*Response, error) {
	r := &Response{Frame: Frame{Raw: raw}}
	s, err := r.begin()
	if err != nil {
		return nil, err
	}
	start := s.pos
	line := s.line()
	proto, rest, _ := strings.Cut(line, " ")
	code := strings.TrimLeft(rest, " ")
	at := start + len(line) - len(code)
	code, reason, spaced := strings.Cut(code, " ")
	status, err := strconv.Atoi(code)
	if !strings.HasPrefix(proto, "HTTP/") || err != nil || len(code) != 3 || status < 100 {
		return nil, &ParseError{start, ErrStatusLine, "want HTTP/1.1 STATUS REASON, got " + wire.Quote(line)}
	}
	if !isProto(proto) {
		r.note(StartLine, wire.Departure, start, "HTTP/1.1 or HTTP/1.0", wire.Quote(proto))
	}
	if !spaced || at != start+len(proto)+1 {
		r.note(StartLine, wire.Departure, at, "single spaces before and after the status code", wire.Quote(line))
	}
	r.Proto, r.Status, r.Reason, r.status = proto, status, reason, at
	r.Headers = s.headers()
	r.BodyOffset = s.pos
	if status < 200 || status == 204 || status == 304 {
		if s.pos < len(raw) {
			r.note(NoBody, wire.Departure, s.pos, "no body with status "+code, fmt.Sprintf("%d bytes", len(raw)-s.pos))
		}
	} else {
		r.Body = r.body(s, r.Headers, true)
	}
	r.sort()
	return r, nil
}

// begin refuses what is too large and skips empty lines before the start line,
// as RFC 9112 section 2.2 asks servers to do.
func (f *Frame) begin() (*scanner, error) {
	if len(f.Raw) > wire.MaxDocument {
		return nil, &ParseError{wire.MaxDocument, wire.ErrTooLarge, fmt.Sprintf("%d bytes", len(f.Raw))}
	}
	s := &scanner{f: f}
	for s.pos < len(f.Raw) && (f.Raw[s.pos] == '\n' || strings.HasPrefix(f.Raw[s.pos:], "\r\n")) {
		s.line()
	}
	if s.pos > 0 {
		f.note(StartLine, wire.Departure, 0, "the start line", "an empty line")
	}
	return s, nil
}

func (f *Frame) sort() {
	slices.SortStableFunc(f.Findings, func(a, b wire.Finding) int { return a.Offset - b.Offset })
}

// scanner reads the lines of a head.
type scanner struct {
	f      *Frame
	pos    int
	bareLF bool // told already
}

// line returns the next line without its end, or what is left.
func (s *scanner) line() string {
	raw := s.f.Raw[s.pos:]
	end := strings.IndexByte(raw, '\n')
	if end < 0 {
		start := s.pos
		s.pos = len(s.f.Raw)
		line := strings.TrimSuffix(raw, "\r")
		s.checkCR(line, start)
		return line
	}
	line := raw[:end]
	if strings.HasSuffix(line, "\r") {
		line = line[:end-1]
	} else if !s.bareLF {
		s.bareLF = true
		s.f.note(BareLF, wire.Departure, s.pos+end, "CR LF at the end of a line", "LF alone")
	}
	s.checkCR(line, s.pos)
	s.pos += end + 1
	return line
}

func (s *scanner) checkCR(line string, start int) {
	if i := strings.IndexByte(line, '\r'); i >= 0 {
		s.f.note(BareCR, wire.Departure, start+i, "CR only before LF", "CR alone")
	}
}

// headers reads up to and past the empty line that ends the head.
func (s *scanner) headers() wire.Headers {
	var headers wire.Headers
	for s.pos < len(s.f.Raw) {
		start := s.pos
		line := s.line()
		if line == "" {
			return headers
		}
		if line[0] == ' ' || line[0] == '\t' {
			s.f.note(Folded, wire.Departure, start, "one line for each header", "a folded line")
			if n := len(headers); n > 0 {
				headers[n-1].Value += " " + strings.Trim(line, " \t")
			}
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			s.f.note(HeaderLine, wire.Departure, start, "name: value", wire.Quote(line))
			continue
		}
		if !isToken(name) {
			s.f.note(HeaderLine, wire.Departure, start, "a header name of token characters", wire.Quote(name))
			name = strings.TrimRight(name, " \t")
		}
		left := strings.TrimLeft(value, " \t")
		at := start + len(line) - len(left)
		value = strings.TrimRight(left, " \t")
		if i := strings.IndexFunc(value, isControl); i >= 0 {
			s.f.note(HeaderLine, wire.Departure, at+i, "a header value without control characters", wire.Quote(value))
		}
		headers = append(headers, wire.HeaderField{Name: name, Value: value})
		s.f.values = append(s.f.values, at)
	}
	s.f.note(UnendedHead, wire.Departure, s.pos, "an empty line after the headers", "the end of the message")
	return headers
}

// isToken: RFC 9110 section 5.6.2.
func isToken(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`"(),/:;<=>?@[\]{}`, c) >= 0 {
			return false
		}
	}
	return s != ""
}

func isProto(s string) bool { return s == "HTTP/1.1" || s == "HTTP/1.0" }

func notInTarget(r rune) bool { return r <= ' ' || r >= 0x7f }

func isControl(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }

func equalName(a, b string) bool { return strings.EqualFold(a, b) }
