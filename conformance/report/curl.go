package report

import (
	"net"
	"net/url"
	"strings"

	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
)

// longBody is from where on a body does not go into a command line.
const longBody = 8 << 10

// curl gives a line for a POSIX shell that sends a request again: the same request
// line, headers and body. Where curl would not send these bytes, the line pipes them
// to nc (or openssl). A target that is no URL becomes $ENDPOINT. It is empty where
// the request is too long for a line.
func curl(target string, x *exchange.Exchange) string {
	scheme, host, base := origin(target)
	r := x.Request
	if r == nil || !sendable(r) {
		return pipe(scheme, host, x.Sent)
	}
	if len(r.Body) > longBody {
		return ""
	}
	words := []string{"curl", "-sS"}
	var stdin string
	switch {
	case r.Method == "HEAD":
		words = append(words, "-I")
	default:
		words = append(words, "-i", "-X", quote(r.Method))
	}
	switch {
	case r.Proto == "HTTP/1.0":
		words = append(words, "--http1.0")
	case scheme == "https":
		words = append(words, "--http1.1")
	}
	line := rawTarget(r)
	switch {
	case !strings.HasPrefix(line, "/") || strings.IndexFunc(line, func(c rune) bool { return c <= ' ' || c >= 0x7f || strings.ContainsRune(`#\"<>^`+"`{|}[]", c) }) >= 0 || strings.HasPrefix(line, "//"):
		words = append(words, "--request-target", quote(line), base+"/")
	case strings.Contains(r.Path+"/", "/./") || strings.Contains(r.Path+"/", "/../"):
		words = append(words, "--path-as-is", join(base, line))
	default:
		words = append(words, join(base, line))
	}
	withBody := r.Body != ""
	for _, h := range r.Headers {
		switch {
		case strings.EqualFold(h.Name, "Host") && h.Value == host:
			continue
		case strings.EqualFold(h.Name, "Content-Length"):
			withBody = true // even of no bytes
			continue
		case strings.EqualFold(h.Name, "Transfer-Encoding"):
			withBody = true
		}
		if h.Value == "" {
			words = append(words, "-H", quote(h.Name+";"))
		} else {
			words = append(words, "-H", quote(h.Name+": "+h.Value))
		}
	}
	for _, name := range []string{"User-Agent", "Accept"} { // what curl adds by itself
		if _, ok := r.Headers.Get(name); !ok {
			words = append(words, "-H", quote(name+":"))
		}
	}
	if withBody {
		if _, ok := r.Headers.Get("Content-Type"); !ok {
			words = append(words, "-H", "Content-Type:")
		}
		if _, ok := r.Headers.Get("Expect"); !ok && len(r.Body) > 1024 { // older ones ask to go on
			words = append(words, "-H", "Expect:")
		}
		switch {
		case !quotable(r.Body):
			stdin = printf(r.Body) + " | "
			words = append(words, "--data-binary", "@-")
		case strings.HasPrefix(r.Body, "@"):
			words = append(words, "--data-raw", quote(r.Body))
		default:
			words = append(words, "--data-binary", quote(r.Body))
		}
	}
	return stdin + strings.Join(words, " ")
}

// origin takes a target apart: a URL, or something else that has no address. base
// is how the URL without its path stands in a command line.
func origin(target string) (scheme, host, base string) {
	u, err := url.Parse(target)
	if err != nil || u.Host == "" {
		return "http", "", `"$ENDPOINT"`
	}
	return u.Scheme, u.Host, quote(u.Scheme + "://" + u.Host)
}

// join puts what is on the request line behind the base of the URL.
func join(base, line string) string {
	if strings.HasPrefix(base, `"`) {
		return base + quote(line)
	}
	return quote(strings.Trim(base, "'") + line)
}

// rawTarget is the target as it stands on the request line.
func rawTarget(r *exchange.Request) string {
	raw := r.Raw
	from, ok := r.RawOffset(wire.Path, "", 0)
	if !ok || from > len(raw) {
		return r.Target()
	}
	from -= len(raw[:from]) - strings.LastIndexByte(raw[:from], ' ') - 1
	to := strings.IndexByte(raw[from:], ' ')
	if to < 0 {
		return r.Target()
	}
	return raw[from : from+to]
}

// sendable: does curl send these bytes, but for its own framing of the body?
func sendable(r *exchange.Request) bool {
	if len(r.Findings) > 0 || r.Proto != "HTTP/1.1" && r.Proto != "HTTP/1.0" || r.Method == "CONNECT" {
		return false
	}
	hosts, lengths, framed := 0, 0, false
	for _, h := range r.Headers {
		switch strings.ToLower(h.Name) {
		case "host":
			hosts++
		case "content-length":
			lengths++
		case "transfer-encoding":
			framed = strings.EqualFold(h.Value, "chunked")
			if !framed {
				return false
			}
		}
		if !quotable(h.Value) {
			return false
		}
	}
	if r.Body != "" && lengths == 0 && !framed || r.Method == "HEAD" && (r.Body != "" || lengths > 0) || framed && r.Proto == "HTTP/1.0" {
		return false
	}
	return hosts == 1 && lengths <= 1
}

// pipe gives a line that sends exactly these bytes.
func pipe(scheme, host, sent string) string {
	if len(sent) > longBody {
		return ""
	}
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = strings.Trim(host, "[]"), map[string]string{"https": "443"}[scheme]
		if port == "" {
			port = "80"
		}
	}
	switch {
	case host == "":
		return printf(sent) + ` | nc -w 5 "$HOST" "$PORT"`
	case scheme == "https":
		return printf(sent) + " | openssl s_client -quiet -connect " + quote(net.JoinHostPort(name, port))
	}
	return printf(sent) + " | nc -w 5 " + quote(name) + " " + port
}
