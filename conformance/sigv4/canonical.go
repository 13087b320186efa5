package sigv4

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"wireproof/codec/querywire"
	"wireproof/codec/wire"
)

// canonical is what a signature is made over, but for the path, of which there
// are two readings.
type canonical struct {
	method  string
	query   []byte
	headers []byte // lines, an empty line, and the names
	payload string // hash in lower-case hexadecimal
}

// request gives the canonical request with this path.
func (c *canonical) request(path string) []byte {
	b := make([]byte, 0, 128+3*len(path)+len(c.query)+len(c.headers))
	b = append(append(b, c.method...), '\n')
	b = append(appendPath(b, path), '\n')
	b = append(append(b, c.query...), '\n')
	b = append(append(b, c.headers...), '\n')
	return append(b, c.payload...)
}

// appendPath escapes an escaped path once more, slashes excepted.
func appendPath(dst []byte, path string) []byte {
	if path == "" {
		return append(dst, '/')
	}
	for {
		segment, rest, more := strings.Cut(path, "/")
		dst = wire.AppendEscaped(dst, segment)
		if !more {
			return dst
		}
		dst = append(dst, '/')
		path = rest
	}
}

// cleanPath takes dot segments and doubled slashes out of a path, as botocore does
// before it signs; the SDKs for Go and JavaScript sign what they send.
// botocore/auth.py, remove_dot_segments.
func cleanPath(path string) string {
	var kept []string
	for segment := range strings.SplitSeq(path, "/") {
		switch segment {
		case "", ".":
		case "..":
			kept = kept[:max(0, len(kept)-1)]
		default:
			kept = append(kept, segment)
		}
	}
	clean := strings.Join(kept, "/")
	if strings.HasPrefix(path, "/") {
		clean = "/" + clean
	}
	if strings.HasSuffix(path, "/") && len(kept) > 0 {
		clean += "/"
	}
	return clean
}

// canonicalQuery escapes the pairs, without the one of the signature itself, and
// sorts them in their escaped form, by name and then by value.
func canonicalQuery(pairs []querywire.Pair) []byte {
	if len(pairs) == 0 {
		return nil
	}
	type pair struct{ name, value string }
	escaped := make([]pair, 0, len(pairs))
	for _, p := range pairs {
		if p.Name != "X-Amz-Signature" {
			escaped = append(escaped, pair{escape(p.Name), escape(p.Value)})
		}
	}
	slices.SortFunc(escaped, func(a, b pair) int {
		if c := strings.Compare(a.name, b.name); c != 0 {
			return c
		}
		return strings.Compare(a.value, b.value)
	})
	var b []byte
	for i, p := range escaped {
		if i > 0 {
			b = append(b, '&')
		}
		b = append(append(append(b, p.name...), '='), p.value...)
	}
	return b
}

func escape(s string) string {
	if wire.SkipUnreserved(s, 0) == len(s) {
		return s
	}
	return string(wire.AppendEscaped(nil, s))
}

// canonicalHeaders gives a line for each of the names, an empty line, and the
// names. Values of the same name are joined with commas in their order. all is
// false where the request does not have one of them: it was lost on the way.
func canonicalHeaders(r *wire.Request, names []string) (b []byte, all bool) {
	for _, name := range names {
		found := false
		for _, h := range r.Headers {
			if !strings.EqualFold(h.Name, name) {
				continue
			}
			if found {
				b = append(b, ',')
			} else {
				b = append(append(b, name...), ':')
			}
			b = appendFolded(b, strings.Trim(h.Value, " \t"))
			found = true
		}
		if !found && name == "content-length" { // net/http keeps it elsewhere
			b = strconv.AppendInt(append(b, "content-length:"...), int64(len(r.Body)), 10)
			found = true
		}
		if !found {
			return nil, false
		}
		b = append(b, '\n')
	}
	b = append(b, '\n')
	for i, name := range names {
		if i > 0 {
			b = append(b, ';')
		}
		b = append(b, name...)
	}
	return b, true
}

// appendFolded makes one space of each run of spaces.
func appendFolded(dst []byte, s string) []byte {
	for i := range len(s) {
		if s[i] != ' ' || i == 0 || s[i-1] != ' ' {
			dst = append(dst, s[i])
		}
	}
	return dst
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// sign gives the signature of a canonical request.
func sign(secret, at, date string, s Scope, request []byte) string {
	sum := sha256.Sum256(request)
	text := make([]byte, 0, 192)
	text = append(append(text, algorithm...), '\n')
	text = append(append(text, at...), '\n')
	text = append(append(append(append(text, date...), '/'), s.Region...), '/')
	text = append(append(append(append(text, s.Service...), '/'), terminator...), '\n')
	text = hex.AppendEncode(text, sum[:])
	key := mac([]byte("AWS4"+secret), date)
	for _, part := range [...]string{s.Region, s.Service, terminator, string(text)} {
		key = mac(key, part)
	}
	return hex.EncodeToString(key)
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}
