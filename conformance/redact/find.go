package redact

import (
	"slices"
	"strings"

	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
)

// secretHeaders are the headers of a request that are secret as a whole, and
// Authorization, of which a part is.
var secretHeaders = []string{"authorization", "proxy-authorization", "cookie", "x-amz-security-token", "x-amz-signature"}

// secretParameters are those of a query string or form. WIRE.md section B.10;
// Signature Version 2 and presigned Version 4.
var secretParameters = []string{"signature", "securitytoken", "awsaccesskeyid", "x-amz-signature", "x-amz-security-token"}

// find finds what is secret in the bytes of a request. It reads no more than it
// needs to, since a request can be malformed on purpose.
func find(raw string, headers []string) []span {
	head, body := raw, ""
	at := len(raw)
	for _, end := range []string{"\r\n\r\n", "\n\n"} {
		if i := strings.Index(raw, end); i >= 0 && i+len(end) < at {
			at = i + len(end)
			head, body = raw[:i], raw[at:]
		}
	}
	var spans []span
	secret := ""
	for pos := 0; pos < len(head); {
		end := len(head)
		if i := strings.IndexByte(head[pos:], '\n'); i >= 0 {
			end = pos + i
		}
		line := strings.TrimSuffix(head[pos:end], "\r")
		name, value, ok := strings.Cut(line, ":")
		folded := pos > 0 && line != "" && (line[0] == ' ' || line[0] == '\t')
		switch {
		case pos == 0:
			spans = append(spans, inPairs(line, 0)...)
		case folded && secret != "":
			spans = append(spans, inHeader(secret, line, pos)...)
		case ok && !folded:
			secret = strings.ToLower(strings.Trim(name, " \t"))
			if !slices.Contains(secretHeaders, secret) && !slices.ContainsFunc(headers, func(h string) bool { return strings.EqualFold(h, secret) }) {
				secret = ""
				break
			}
			spans = append(spans, inHeader(secret, value, pos+len(name)+1)...)
		}
		pos = end + 1
	}
	return append(spans, inPairs(body, at)...)
}

// inHeader finds what is secret in a header's value, which stands at offset at.
func inHeader(name, value string, at int) []span {
	trimmed := strings.TrimLeft(value, " \t")
	at += len(value) - len(trimmed)
	value = strings.TrimRight(trimmed, " \t")
	if name != "authorization" && name != "proxy-authorization" {
		return one(value, at, nil)
	}
	// The scheme is no secret; of Version 4 neither are the scope and the names of
	// the signed headers.
	scheme, rest, _ := strings.Cut(value, " ")
	if rest == "" {
		return one(value, at, nil)
	}
	at += len(value) - len(rest)
	if !strings.HasPrefix(scheme, "AWS4-") {
		return one(rest, at, nil)
	}
	var spans []span
	for part := range strings.SplitSeq(rest, ",") {
		label, v, ok := strings.Cut(part, "=")
		start := at + len(label) + 1
		at += len(part) + 1
		switch label = strings.Trim(label, " \t"); {
		case !ok:
			spans = one(strings.TrimSpace(part), start-len(strings.TrimLeft(part, " \t"))-1, spans)
		case strings.EqualFold(label, "SignedHeaders"):
		case strings.EqualFold(label, "Credential"):
			spans = accessKey(v, start, spans)
		default:
			spans = one(strings.TrimRight(v, " \t"), start, spans)
		}
	}
	return spans
}

// inPairs finds the secret parameters among name=value pairs.
func inPairs(text string, at int) []span {
	var spans []span
	for pos := 0; pos < len(text); {
		end := len(text)
		if i := strings.IndexAny(text[pos:], "&?; \r\n"); i >= 0 {
			end = pos + i
		}
		if name, value, ok := strings.Cut(text[pos:end], "="); ok {
			var a wire.Arena
			plain, _ := wire.UnescapeForm(name, &a)
			plain = strings.ToLower(plain)
			start := at + pos + len(name) + 1
			switch {
			case plain == "x-amz-credential" || plain == "awsaccesskeyid":
				spans = accessKey(value, start, spans)
			case slices.Contains(secretParameters, plain):
				spans = one(value, start, spans)
			}
		}
		pos = end + 1
	}
	return spans
}

// inBody finds the secret parameters of a chunked form, whose pairs chunks may
// part.
func inBody(r *exchange.Request) []span {
	var spans []span
	for _, s := range inPairs(r.Body, 0) {
		for i := s.from; i < s.to; i++ {
			raw, _ := r.RawOffset(wire.Body, "", i)
			spans = append(spans, span{raw, raw + 1, ""})
		}
		spans = append(spans, span{0, 0, s.value})
	}
	return spans
}

// accessKey takes the access key id out of a credential, which goes on with its
// scope after a slash.
func accessKey(credential string, at int, spans []span) []span {
	key := credential
	for _, slash := range []string{"/", "%2F", "%2f"} {
		key, _, _ = strings.Cut(key, slash)
	}
	if isAccount(key) {
		return spans
	}
	return one(key, at, spans)
}

func isAccount(key string) bool {
	return len(key) == 12 && strings.Trim(key, "0123456789") == ""
}

func one(value string, at int, spans []span) []span {
	if value == "" {
		return spans
	}
	return append(spans, span{at, at + len(value), value})
}
