package auth

import (
	"strings"

	"wireproof/codec/wire"
	"wireproof/conformance/sigv4"
)

// looked are the headers that mode [Off] looks at.
var looked = []string{"Authorization"}

// Headers names the headers that Check looks at, in net/http's spelling; nil stands
// for all. Whoever makes the [wire.Request] need not copy the others.
func (v *Verifier) Headers() []string {
	if v.mode == Off {
		return looked
	}
	return nil
}

// credentialOf finds the access key and the scope in the one Authorization header
// of a request, where there is nothing unusual about it: in mode [Off] nothing
// else of a signature counts. It is sigv4.Read without its work.
func credentialOf(req *wire.Request) (s sigv4.Signature, ok bool) {
	var value string
	for i := range req.Headers {
		if h := &req.Headers[i]; len(h.Name) == len("Authorization") && strings.EqualFold(h.Name, "Authorization") {
			if value != "" {
				return s, false
			}
			value = h.Value
		}
	}
	rest, ok := strings.CutPrefix(value, "AWS4-HMAC-SHA256 Credential=")
	if !ok || strings.Contains(rest, "Credential=") {
		return s, false
	}
	credential, _, _ := strings.Cut(rest, ",")
	var parts [4]string
	for i := range parts {
		if parts[i], credential, ok = strings.Cut(credential, "/"); !ok {
			return s, false
		}
	}
	if strings.Contains(credential, "/") {
		return s, false
	}
	s.AccessKey, s.Region, s.Service = parts[0], parts[2], parts[3]
	return s, s.AccessKey != ""
}
