package auth

import (
	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// Reason is why a request is not to be trusted.
type Reason uint8

// The reasons, in the order in which they are looked for.
const (
	// Unreadable: the parameters of the request pass a limit, so that no signature
	// can be found among them.
	Unreadable Reason = iota + 1
	// Missing: the request is not signed, or only in a way that the service never
	// took.
	Missing
	// Ambiguous: it is signed in more than one way.
	Ambiguous
	// Malformed: the signature lacks a part, has one twice, or one that has not
	// its form.
	Malformed
	// WrongScope: the scope has another date than the request, a region or a service
	// that is none, or another end than aws4_request. Which service it names is no
	// matter: see [Identity].
	WrongScope
	// UnknownKey: no credential has this access key.
	UnknownKey
	// BadToken: the session token is not that of the credential, or one of both
	// has none.
	BadToken
	// TokenExpired: the credential was temporary, and its time has passed.
	TokenExpired
	// BadPayload: the body is not the one whose hash the request gives.
	BadPayload
	// BadSignature: the signature is not that of this request and this secret.
	BadSignature
	// Expired: the request was signed too long ago, or its lifetime has passed.
	Expired
	// Skewed: the request was signed too far ahead of the clock.
	Skewed
)

var reasons = [...]string{
	Unreadable: "unreadable", Missing: "missing", Ambiguous: "ambiguous", Malformed: "malformed",
	WrongScope: "wrong scope", UnknownKey: "unknown key", BadToken: "bad token", TokenExpired: "token expired",
	BadPayload: "bad payload", BadSignature: "bad signature", Expired: "expired", Skewed: "skewed",
}

// String gives the reason in words.
func (r Reason) String() string {
	if r == 0 || int(r) >= len(reasons) {
		return "no reason"
	}
	return reasons[r]
}

// Reasons lists all reasons.
func Reasons() []Reason {
	var all []Reason
	for r := Unreadable; int(r) < len(reasons); r++ {
		all = append(all, r)
	}
	return all
}

// Failure says why a request is not to be trusted.
type Failure struct {
	Reason Reason
	// Message is for people and goes into the answer. What clients sent is quoted
	// and cut in it; it has nothing that is secret.
	Message string
}

// Error gives the failure on one line.
func (f *Failure) Error() string { return "auth: " + f.Reason.String() + ": " + f.Message }

// Shape gives the error that the service answers: [RDS], or [MediaConnect] for
// anything else.
func (f *Failure) Shape(service string) *wire.ErrorShape {
	if service == RDS {
		return rdsShape(f.Reason)
	}
	return mediaConnectShape(f.Reason)
}

// rdsShape follows the common errors of query services. WIRE.md section B.16.
func rdsShape(r Reason) *wire.ErrorShape {
	switch r {
	case Missing:
		return rds.MissingAuthenticationToken
	case Unreadable:
		return rds.MalformedQueryString
	// undocumented: auth-twice. The code of a request that is signed twice. IncompleteSignature
	// is documented as "does not conform to AWS standards", which it does not.
	case Ambiguous, Malformed:
		return rds.IncompleteSignature
	// undocumented: auth-token. The code of a token that is not the key's. An access key that
	// is known only together with its token is not in the records without it.
	case UnknownKey, BadToken:
		return rds.InvalidClientTokenId
	case TokenExpired:
		return rds.ExpiredToken
	// undocumented: auth-skew. The code where the clock is behind the request. The template's
	// text of RequestExpired names this case; its code says the contrary.
	case Expired, Skewed:
		return rds.RequestExpired
	}
	// undocumented: auth-scope. The code of a wrong scope and of a wrong payload hash, and the
	// status of SignatureDoesNotMatch itself (403).
	return rds.SignatureDoesNotMatch
}

// mediaConnectShape follows the newer template of common errors and what clients
// were measured with. WIRE.md section A.8.
//
// undocumented: auth-mediaconnect. Which of them MediaConnect really answers.
func mediaConnectShape(r Reason) *wire.ErrorShape {
	switch r {
	case Missing:
		return mediaconnect.MissingAuthenticationTokenException
	case Unreadable:
		return mediaconnect.MalformedHttpRequestException
	case Ambiguous, Malformed:
		return mediaconnect.IncompleteSignature
	case UnknownKey, BadToken:
		return mediaconnect.UnrecognizedClientException
	case TokenExpired:
		return mediaconnect.ExpiredTokenException
	case Expired, Skewed:
		return mediaconnect.RequestExpired
	}
	return mediaconnect.InvalidSignatureException
}
