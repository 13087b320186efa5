package rds

import (
	"strings"

	"wireproof/codec/wire"
)

// Call is what a request has besides the members of its operation. WIRE.md
// section B.7.
type Call struct {
	Action  wire.Opt[string] `json:",omitzero"`
	Version wire.Opt[string] `json:",omitzero"` // as sent; see ReadAs
	// ContentType is JSON where boto 2's rds2 asks for a JSON answer.
	ContentType wire.Opt[string] `json:",omitzero"`

	// Signature Version 2. Package sigv2 verifies it.
	AWSAccessKeyId   wire.Opt[string] `json:",omitzero"`
	SignatureVersion wire.Opt[string] `json:",omitzero"`
	SignatureMethod  wire.Opt[string] `json:",omitzero"`
	Timestamp        wire.Opt[string] `json:",omitzero"`
	Expires          wire.Opt[string] `json:",omitzero"`
	SecurityToken    wire.Opt[string] `json:",omitzero"`
	Signature        wire.Opt[string] `json:",omitzero"`

	// Signature Version 4, presigned.
	XAmzAlgorithm     wire.Opt[string] `json:"X-Amz-Algorithm,omitzero"`
	XAmzCredential    wire.Opt[string] `json:"X-Amz-Credential,omitzero"`
	XAmzDate          wire.Opt[string] `json:"X-Amz-Date,omitzero"`
	XAmzExpires       wire.Opt[string] `json:"X-Amz-Expires,omitzero"`
	XAmzSignedHeaders wire.Opt[string] `json:"X-Amz-SignedHeaders,omitzero"`
	XAmzSignature     wire.Opt[string] `json:"X-Amz-Signature,omitzero"`
	XAmzSecurityToken wire.Opt[string] `json:"X-Amz-Security-Token,omitzero"`

	// ReadAs is the version that the request was read as, and the one to answer
	// in: the one sent where it has the form of a date, known or not, else
	// [Oldest].
	ReadAs Version `json:"-"`
	// Operation is the one that Action names, or 0.
	Operation Operation `json:"-"`
}

// presigned starts the names of the parameters of a presigned request.
const presigned = "X-Amz-"

// parameter finds the common parameter with this name, or nil.
func (c *Call) parameter(name string) *wire.Opt[string] {
	switch name {
	case "Action":
		return &c.Action
	case "Version":
		return &c.Version
	case "ContentType":
		return &c.ContentType
	case "AWSAccessKeyId":
		return &c.AWSAccessKeyId
	case "SignatureVersion":
		return &c.SignatureVersion
	case "SignatureMethod":
		return &c.SignatureMethod
	case "Timestamp":
		return &c.Timestamp
	case "Expires":
		return &c.Expires
	case "SecurityToken":
		return &c.SecurityToken
	case "Signature":
		return &c.Signature
	}
	if strings.HasPrefix(name, presigned) {
		return c.presigned(name[len(presigned):])
	}
	return nil
}

func (c *Call) presigned(name string) *wire.Opt[string] {
	switch name {
	case "Algorithm":
		return &c.XAmzAlgorithm
	case "Credential":
		return &c.XAmzCredential
	case "Date":
		return &c.XAmzDate
	case "Expires":
		return &c.XAmzExpires
	case "SignedHeaders":
		return &c.XAmzSignedHeaders
	case "Signature":
		return &c.XAmzSignature
	case "Security-Token":
		return &c.XAmzSecurityToken
	}
	return nil
}

// dated reports whether v has the form of an API version, YYYY-MM-DD, so that it
// can be compared with those known.
func dated(v string) bool {
	if len(v) != len("2014-10-31") {
		return false
	}
	for i := 0; i < len(v); i++ {
		dash := i == 4 || i == 7
		if dash != (v[i] == '-') || !dash && v[i]-'0' > 9 {
			return false
		}
	}
	return true
}
