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
	body, err := read(r.Body, limit, r.ContentLength)
	if err != nil {
		return wire.Request{}, err
	}
	headers := append(make(wire.Headers, 0, 1+len(r.Header)), wire.HeaderField{Name: "Host", Value: r.Host})
	return wire.Request{
		Method:  r.Method,
		Path:    sentPath(r),
		Query:   r.URL.RawQuery,
		Headers: appendHeaders(headers, r.Header),
		Body:    body,
	}, nil
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
	if plain, err := url.PathUnescape(sent); err == nil && plain == r.URL.Path && sent != "" {
		return sent
	}
	return r.URL.EscapedPath()
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

// read reads at most limit bytes. length is how many there are to be, or less than
// 0; it only says how much room to make, and is believed up to a point.
func read(body io.Reader, limit, length int64) (string, error) {
	if body == nil || body == http.NoBody {
		return "", nil
	}
	const least, most = 512, 64 << 10
	b := make([]byte, 0, min(max(length+1, least), most)) // one more, to see the end
	for {
		n, err := body.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		switch {
		case int64(len(b)) > limit:
			return "", &TooLargeError{limit}
		case err == io.EOF:
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
