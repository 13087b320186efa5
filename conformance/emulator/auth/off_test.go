package auth

import (
	"strings"
	"testing"

	"wireproof/codec/wire"
	"wireproof/conformance/sigv4"
)

// What mode Off reads by hand is what sigv4.Read reads, for every cut and every
// changed byte of a header; where it reads nothing, sigv4.Read is asked.
func TestCredentialOf(t *testing.T) {
	const header = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20200305/us-east-1/rds/aws4_request, SignedHeaders=host;x-amz-date, Signature=00"
	read := 0
	check := func(value string) {
		r := wire.Request{Method: "POST", Path: "/", Headers: wire.Headers{{Name: "Authorization", Value: value}}}
		got, ok := credentialOf(&r)
		want, _ := sigv4.Read(&r)
		if !ok {
			return
		}
		read++
		if got.AccessKey != want.AccessKey || got.Scope != want.Scope {
			t.Errorf("%q: got %q %+v, want %q %+v", value, got.AccessKey, got.Scope, want.AccessKey, want.Scope)
		}
	}
	for i := range len(header) + 1 {
		check(header[:i])
		for _, c := range []string{"/", ",", "=", " ", "x", "Credential=", ", Credential=a/b/c/d/e"} {
			check(header[:i] + c + header[min(i+1, len(header)):])
			check(header[:i] + c + header[i:])
		}
	}
	check(strings.Replace(header, ", ", ",", -1))
	if read < 500 {
		t.Errorf("only %d headers were read", read)
	}
	twice := wire.Request{Headers: wire.Headers{{Name: "Authorization", Value: header}, {Name: "authorization", Value: header}}}
	if _, ok := credentialOf(&twice); ok {
		t.Error("two headers were read")
	}
}
