package sigv2

import (
	"strings"

	"wireproof/codec/querywire"
	"wireproof/codec/wire"
)

// Parameters are those of the signature. They are in the request with the
// operation's own.
type Parameters struct {
	AWSAccessKeyId   wire.Opt[string]
	SignatureVersion wire.Opt[string]
	SignatureMethod  wire.Opt[string]
	Timestamp        wire.Opt[string]
	Expires          wire.Opt[string]
	SecurityToken    wire.Opt[string]
	Signature        wire.Opt[string]
}

// parameterNames are the names of the fields of [Parameters].
var parameterNames = [...]string{"AWSAccessKeyId", "SignatureVersion", "SignatureMethod", "Timestamp", "Expires", "SecurityToken", "Signature"}

// named finds the parameter with this name, or nil.
func (p *Parameters) named(name string) *wire.Opt[string] {
	switch name {
	case "AWSAccessKeyId":
		return &p.AWSAccessKeyId
	case "SignatureVersion":
		return &p.SignatureVersion
	case "SignatureMethod":
		return &p.SignatureMethod
	case "Timestamp":
		return &p.Timestamp
	case "Expires":
		return &p.Expires
	case "SecurityToken":
		return &p.SecurityToken
	case "Signature":
		return &p.Signature
	}
	return nil
}

// ReadParameters finds the parameters of the signature, of which a server needs
// AWSAccessKeyId to find the secret. It fails with an *[Error] ([ErrMethod],
// [ErrUnsigned], [ErrRepeated]) or a *[wire.SyntaxError].
func ReadParameters(req *wire.Request) (Parameters, error) {
	_, p, err := read(req)
	return p, err
}

// StringToSign gives the text over which the signature is made: the method, the
// host in lower case as the Host header has it, the path, and the parameters
// without Signature, sorted and escaped, each on a line of its own but the last.
// It fails as [ReadParameters] does, and with [ErrMissing] without a Host.
func StringToSign(req *wire.Request) (string, error) {
	pairs, _, err := read(req)
	if err != nil {
		return "", err
	}
	return stringToSign(req, pairs)
}

func stringToSign(req *wire.Request, pairs []querywire.Pair) (string, error) {
	host, _ := req.Headers.Get("Host")
	if host == "" {
		return "", &Error{Err: ErrMissing, Name: "Host"}
	}
	path := req.Path
	if path == "" {
		path = "/"
	}
	querywire.SortPairs(pairs)
	text := []byte(req.Method + "\n" + strings.ToLower(host) + "\n" + path + "\n")
	return string(querywire.AppendPairs(text, pairs)), nil
}

// read gives all pairs but Signature, and the parameters of the signature.
func read(req *wire.Request) ([]querywire.Pair, Parameters, error) {
	var p Parameters
	signed, other, err := parts(req)
	if err != nil {
		return nil, p, err
	}
	if *other != "" {
		return nil, p, &Error{Err: ErrUnsigned, Got: *other}
	}
	var r querywire.Reader
	r.Reset(*signed, wire.Body)
	var pairs []querywire.Pair
	var pair querywire.Pair
	for r.Next(&pair) {
		if o := p.named(pair.Name); o != nil {
			if o.IsPresent() {
				return nil, p, &Error{Err: ErrRepeated, Name: pair.Name, Got: pair.Value}
			}
			o.Set(pair.Value)
		}
		if pair.Name != "Signature" {
			pairs = append(pairs, pair)
		}
	}
	return pairs, p, r.Err()
}

// parts gives the part of the request that is signed, and the other one.
func parts(req *wire.Request) (signed, other *string, err error) {
	switch req.Method {
	case "GET":
		return &req.Query, &req.Body, nil
	case "POST":
		return &req.Body, &req.Query, nil
	}
	return nil, nil, &Error{Err: ErrMethod, Got: req.Method}
}
