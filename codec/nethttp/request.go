package nethttp

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"wireproof/codec/wire"
)

// FromRequest reads a request that a server received, with at most limit bytes
// of body. The path is the escaped one, exactly as it was sent, or what
// [http.StripPrefix] left of it. Host comes first among the headers, the others
// follow by name, in net/http's spelling. A body past the limit gives a
// [*TooLargeError]; errors of reading come as they are.
func FromRequest(r *http.Request, limit int64) (wire.Request, error) {
	return new(Reader).Request(r, limit)
}

// Reader reads one request after the other into the same room. The zero Reader is
// ready; it is not for concurrent use.
type Reader struct {
	// Only names the headers that are wanted, in net/http's spelling and in the
	// order in which they are to come; Host is among them if it is named. nil
	// stands for all headers, as of [FromRequest].
	Only []string

	headers wire.Headers
	body    []byte
}

// Request is [FromRequest]. The headers of the request before are overwritten;
// all strings stay.
func (d *Reader) Request(r *http.Request, limit int64) (wire.Request, error) {
	body, err := d.read(r.Body, limit, r.ContentLength)
	if err != nil {
		return wire.Request{}, err
	}
	clear(d.headers)
	if d.headers = d.headers[:0]; d.Only == nil {
		d.headers = append(d.headers, wire.HeaderField{Name: "Host", Value: r.Host})
		d.headers = appendHeaders(d.headers, r.Header)
	}
	for _, name := range d.Only {
		if name == "Host" {
			d.headers = append(d.headers, wire.HeaderField{Name: name, Value: r.Host})
		}
		for _, value := range r.Header[name] {
			d.headers = append(d.headers, wire.HeaderField{Name: name, Value: value})
		}
	}
	return wire.Request{Method: r.Method, Path: sentPath(r), Query: r.URL.RawQuery, Headers: d.headers, Body: body}, nil
}

// sentPath finds the path as it was sent. URL.EscapedPath escapes anew what a
// client should have escaped, so the request line is asked first; it no longer
// counts where a handler has changed URL.Path.
func sentPath(r *http.Request) string {
	sent, _, _ := strings.Cut(r.RequestURI, "?")
	if i := strings.Index(sent, "://"); i > 0 && sent[0] != '/' {
		_, path, _ := strings.Cut(sent[i+3:], "/")
		sent = "/" + path
	}
	if sent != "" && standsFor(sent, r.URL.Path) {
		return sent
	}
	return r.URL.EscapedPath()
}

// standsFor reports whether an escaped path means a plain one.
func standsFor(escaped, plain string) bool {
	for {
		i := strings.IndexByte(escaped, '%')
		if i < 0 {
			return escaped == plain
		}
		if len(plain) <= i || escaped[:i] != plain[:i] || len(escaped) < i+3 {
			return false
		}
		high, low := hexValue(escaped[i+1]), hexValue(escaped[i+2])
		if high|low > 15 || high<<4|low != plain[i] {
			return false
		}
		escaped, plain = escaped[i+3:], plain[i+1:]
	}
}

// hexValue gives the value of a hexadecimal digit, or more than 15.
func hexValue(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10
	}
	return 0xff
}

// NewRequest makes the request that a client sends to the server at baseURL,
// which is a scheme, a host and perhaps a path that is put before the request's.
// Path and query are sent as they are; where net/http has no way to do so (a
// space, a control character, a fragment), err wraps [ErrTarget]. A Host header
// becomes the request's Host; Content-Length is net/http's to write.
func NewRequest(ctx context.Context, baseURL string, r wire.Request) (*http.Request, error) {
	base, err := url.Parse(baseURL)
	if err != nil {
		return nil, err
	}
	if base.Scheme == "" || base.Host == "" {
		return nil, fmt.Errorf("nethttp: base URL %q has no scheme or no host", baseURL)
	}
	target, err := keepTarget(base, r)
	if err != nil {
		return nil, err
	}
	// The address is put in after the check of NewRequestWithContext, which
	// would parse the target anew.
	req, err := http.NewRequestWithContext(ctx, r.Method, base.Scheme+"://"+base.Host, strings.NewReader(r.Body))
	if err != nil {
		return nil, err
	}
	req.URL = target
	if r.Body == "" {
		req.Body, req.GetBody = http.NoBody, nil
	}
	for _, h := range r.Headers {
		switch {
		case strings.EqualFold(h.Name, "Host"):
			req.Host = h.Value
		case strings.EqualFold(h.Name, "Content-Length"):
		default:
			addHeader(req.Header, h)
		}
	}
	return req, nil
}

// keepTarget makes a URL of which net/http sends exactly the path and query of r.
func keepTarget(base *url.URL, r wire.Request) (*url.URL, error) {
	path := strings.TrimSuffix(base.EscapedPath(), "/") + r.Path
	for _, s := range []string{path, r.Query} {
		if i := strings.IndexFunc(s, func(c rune) bool { return c <= ' ' || c == 0x7f || c == '#' }); i >= 0 {
			return nil, fmt.Errorf("%w: %q at offset %d of %q", ErrTarget, s[i], i, s)
		}
	}
	u := &url.URL{Scheme: base.Scheme, Host: base.Host, User: base.User, RawQuery: r.Query}
	if plain, err := url.PathUnescape(path); err == nil {
		u.Path, u.RawPath = plain, path
		if u.EscapedPath() == path {
			return u, nil
		}
		u.Path, u.RawPath = "", ""
	}
	// net/url would escape this path anew; an opaque one it leaves alone.
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.Contains(path, "?") {
		return nil, fmt.Errorf("%w: path %q", ErrTarget, path)
	}
	u.Opaque = path
	return u, nil
}

// most is the room for a body that is made or kept unseen.
const most = 64 << 10

// read reads at most limit bytes. length is how many there are to be, or less than
// 0; it only says how much room to make, and is believed up to a point.
func (d *Reader) read(body io.Reader, limit, length int64) (string, error) {
	if body == nil || body == http.NoBody {
		return "", nil
	}
	b := d.body[:0]
	if want := int(min(max(length+1, 512), most)); cap(b) < want { // one more, to see the end
		b = make([]byte, 0, want)
	}
	for {
		n, err := body.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		switch {
		case int64(len(b)) > limit:
			return "", &TooLargeError{limit}
		case err == io.EOF:
			if cap(b) <= most {
				d.body = b
			}
			return string(b), nil
		case err != nil:
			return "", err
		}
		if len(b) == cap(b) {
			b = slices.Grow(b, len(b))
		}
	}
}

// appendHeaders appends the headers by name, since a map has no order.
func appendHeaders(dst wire.Headers, h http.Header) wire.Headers {
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range h[name] {
			dst = append(dst, wire.HeaderField{Name: name, Value: value})
		}
	}
	return dst
}

// addHeader keeps the spelling of a name, except of those that net/http itself
// looks for in its own spelling.
func addHeader(h http.Header, f wire.HeaderField) {
	name := f.Name
	switch canonical := textproto.CanonicalMIMEHeaderKey(name); canonical {
	case "Content-Type", "Date", "User-Agent", "Connection", "Accept-Encoding", "Content-Encoding",
		"Transfer-Encoding", "Trailer", "Expect", "Upgrade":
		name = canonical
	}
	h[name] = append(h[name], f.Value)
}
