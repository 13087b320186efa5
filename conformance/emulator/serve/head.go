package serve

import (
	"bytes"
	"encoding/binary"
	"net/url"
	"strings"

	"wireproof/codec/wire"
)

// head judges the head of one request, line by line as its bytes come. What it
// lets through is a subset of what net/http takes.
type head struct {
	limits *Limits

	at      int // lines before this offset are judged
	scanned int // no LF lies between at and this offset

	method, target int // where they end in the request line, once it is judged
	fields         int // field lines
	hosts          int
	http10         bool
	lengths        int   // Content-Length fields
	length         int64 // value of the last of them
	codings        int   // Transfer-Encoding fields, all chunked
}

// fault is what is wrong with a request.
type fault struct {
	cause   Cause
	message string
}

// reset begins the next request.
func (h *head) reset() { *h = head{limits: h.limits} }

// scan goes on judging; buf is all that has come of the head and what may follow
// it. end is where the head ends, or 0 where it is not yet complete.
func (h *head) scan(buf []byte) (end int, f *fault) {
	for {
		i := bytes.IndexByte(buf[h.scanned:], '\n')
		if i < 0 {
			h.scanned = len(buf)
			if len(buf) >= h.limits.Head {
				return 0, h.tooLarge()
			}
			return 0, nil
		}
		lf := h.scanned + i
		if lf >= h.limits.Head {
			return 0, h.tooLarge()
		}
		line := buf[h.at:lf]
		if len(line) == 0 || line[len(line)-1] != '\r' {
			return 0, &fault{Malformed, "a line of the head ends with LF alone"}
		}
		line = line[:len(line)-1]
		first := h.at == 0
		h.at, h.scanned = lf+1, lf+1
		switch {
		case first:
			f = h.requestLine(line)
		case len(line) == 0:
			return lf + 1, h.framing()
		default:
			f = h.field(line)
		}
		if f != nil {
			return 0, f
		}
	}
}

func (h *head) tooLarge() *fault {
	if h.at == 0 {
		return &fault{TargetTooLong, "the request line is longer than the limit"}
	}
	return &fault{HeadTooLarge, "the head is larger than the limit"}
}

// requestLine: RFC 9112 section 3.
func (h *head) requestLine(line []byte) *fault {
	i, j := bytes.IndexByte(line, ' '), bytes.LastIndexByte(line, ' ')
	if i <= 0 || i == j || !all(line[:i], isToken) {
		return &fault{Malformed, "the request line is not METHOD TARGET HTTP/1.1 with single spaces"}
	}
	version := line[j+1:]
	h.http10 = string(version) == "HTTP/1.0"
	if !h.http10 && string(version) != "HTTP/1.1" {
		if len(version) == 8 && string(version[:5]) == "HTTP/" && isDigit(version[5]) && version[6] == '.' && isDigit(version[7]) {
			return &fault{UnknownVersion, "only HTTP/1.1 and HTTP/1.0 are spoken here"}
		}
		return &fault{Malformed, "the request line does not end with an HTTP version"}
	}
	target := line[i+1 : j]
	if !all(target, isTarget) {
		return &fault{Malformed, "the request target has a character outside visible ASCII, or a fragment"}
	}
	if !isOrigin(target) && !isAbsolute(line[:i], target) && !(string(target) == "*" && string(line[:i]) == "OPTIONS") {
		return &fault{Malformed, "the request target is neither a path nor an http URL, or has a bad escape"}
	}
	h.method, h.target = i, j
	return nil
}

// isOrigin: a path, of which the query does not matter here.
func isOrigin(target []byte) bool {
	path, _, _ := bytes.Cut(target, []byte("?"))
	return len(path) > 0 && path[0] == '/' && goodEscapes(path)
}

// isAbsolute: an http URL. They are rare enough to be parsed twice.
func isAbsolute(method, target []byte) bool {
	if len(target) < 8 || !is(target[:7], "http://") || string(method) == "CONNECT" {
		return false
	}
	u, err := url.ParseRequestURI(string(target))
	return err == nil && u.Host != ""
}

// sent takes method and path out of a judged request line.
func (h *head) sent(buf []byte) (method, path string) {
	if h.target == 0 {
		return "", ""
	}
	path, _, _ = strings.Cut(string(buf[h.method+1:h.target]), "?")
	return string(buf[:h.method]), pathOf(path)
}

// pathOf takes scheme and host off a target without query.
func pathOf(target string) string {
	_, rest, absolute := strings.Cut(target, "://")
	if !absolute || target[0] == '/' {
		return target
	}
	_, path, _ := strings.Cut(rest, "/")
	return "/" + path
}

func goodEscapes(s []byte) bool {
	for {
		i := bytes.IndexByte(s, '%')
		if i < 0 {
			return true
		}
		if len(s) < i+3 || !isHex(s[i+1]) || !isHex(s[i+2]) {
			return false
		}
		s = s[i+3:]
	}
}

// field: RFC 9112 section 5 and RFC 9110 section 5.5.
func (h *head) field(line []byte) *fault {
	if h.fields++; h.fields > h.limits.Fields {
		return &fault{HeadTooLarge, "the head has more fields than the limit"}
	}
	if line[0] == ' ' || line[0] == '\t' {
		return &fault{Malformed, "a folded header line"}
	}
	colon := bytes.IndexByte(line, ':')
	if colon <= 0 || !all(line[:colon], isToken) {
		return &fault{Malformed, "a header line is not a name of token characters, a colon and a value"}
	}
	name, value := line[:colon], line[colon+1:]
	if !isClean(value) {
		return &fault{Malformed, "a control character in a header value"}
	}
	switch len(name) {
	case len("Host"):
		if is(name, "Host") {
			h.hosts++
			if !all(trim(value), isHost) {
				return &fault{Malformed, "the Host header is no host"}
			}
		}
	case len("Content-Length"):
		if is(name, "Content-Length") {
			return h.contentLength(trim(value))
		}
	case len("Content-Encoding"):
		if v := trim(value); is(name, "Content-Encoding") && len(v) > 0 && !is(v, "identity") {
			return &fault{Encoded, "a Content-Encoding; send the body as it is"}
		}
	case len("Transfer-Encoding"):
		if is(name, "Transfer-Encoding") {
			if h.codings++; h.codings > 1 {
				return &fault{Malformed, "more than one Transfer-Encoding"}
			}
			if !is(trim(value), "chunked") {
				return &fault{UnknownTransfer, "a Transfer-Encoding other than chunked"}
			}
		}
	}
	return nil
}

// contentLength: RFC 9110 section 8.6.
func (h *head) contentLength(value []byte) *fault {
	if h.lengths++; h.lengths > 1 {
		return &fault{Malformed, "more than one Content-Length"}
	}
	if len(value) == 0 || !all(value, isDecimal) {
		return &fault{Malformed, "a Content-Length that is no number"}
	}
	h.length = 0
	for _, c := range value {
		// Past the limit it is only looked at whether digits follow.
		h.length = min(h.length*10+int64(c-'0'), h.limits.Body+1)
	}
	return nil
}

// framing judges what can be judged only when all fields are known: RFC 9112
// section 6.
func (h *head) framing() *fault {
	switch {
	case h.hosts > 1:
		return &fault{Malformed, "more than one Host"}
	case h.hosts == 0 && !h.http10:
		return &fault{Malformed, "no Host"}
	case h.codings > 0 && h.lengths > 0:
		return &fault{Malformed, "both Content-Length and Transfer-Encoding"}
	case h.codings > 0 && h.http10:
		return &fault{Malformed, "Transfer-Encoding in HTTP/1.0"}
	case h.length > h.limits.Body:
		return &fault{BodyTooLarge, "the body is larger than the limit"}
	}
	return nil
}

// The classes of bytes.
const (
	isToken   = 1 << iota // RFC 9110 section 5.6.2
	isTarget              // visible ASCII without #
	isValue               // RFC 9110 section 5.5: no control character but the tab
	isHost                // RFC 3986 section 3.2.2, with the port's colon
	isDecimal             // a digit
)

var classes = func() (t [256]uint8) {
	for c := range t {
		b := byte(c)
		alnum := isDigit(b) || b|0x20 >= 'a' && b|0x20 <= 'z'
		if alnum || b != 0 && strings.IndexByte("!#$%&'*+-.^_`|~", b) >= 0 {
			t[c] |= isToken
		}
		if b > ' ' && b < 0x7f && b != '#' {
			t[c] |= isTarget
		}
		if b == '\t' || b >= ' ' && b != 0x7f {
			t[c] |= isValue
		}
		if alnum || b != 0 && strings.IndexByte("-._~!$%&'()*+,;=:[]", b) >= 0 {
			t[c] |= isHost
		}
		if isDigit(b) {
			t[c] |= isDecimal
		}
	}
	return t
}()

func all(s []byte, class uint8) bool {
	for _, c := range s {
		if classes[c]&class == 0 {
			return false
		}
	}
	return true
}

// isClean is all(s, isValue), eight bytes at a time: values are most of a head.
func isClean(s []byte) bool {
	for len(s) >= 8 {
		x := binary.LittleEndian.Uint64(s)
		if wire.Below8(x, spaces)|wire.Equal8(x, dels) != 0 && !all(s[:8], isValue) {
			return false
		}
		s = s[8:]
	}
	return all(s, isValue)
}

var spaces, dels = wire.Spread(' '), wire.Spread(0x7f)

// is compares without regard to case.
func is(b []byte, text string) bool { return len(b) == len(text) && strings.EqualFold(string(b), text) }

func trim(b []byte) []byte { return bytes.Trim(b, " \t") }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isHex(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }
