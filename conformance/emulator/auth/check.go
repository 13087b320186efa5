package auth

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"time"

	"wireproof/codec/querywire"
	"wireproof/codec/sigv2"
	"wireproof/codec/wire"
	"wireproof/conformance/sigv4"
)

// check gives the first thing that is wrong, in the order of the package comment.
// s and err are what sigv4.Read said.
func (v *Verifier) check(req *wire.Request, s *sigv4.Signature, err error) *Failure {
	p2, err2 := version2(req)
	var unread *wire.SyntaxError
	switch {
	case errors.As(err, &unread), errors.As(err2, &unread):
		return fail(Unreadable, "%v", unread)
	// undocumented: version-2. Version 2 is taken for RDS, in every API version of
	// it, and for MediaConnect never: a request there counts as not signed.
	case errors.Is(err, sigv4.ErrNotSigned) && (!p2.present || ServiceOfPath(req.Path) == MediaConnect):
		return fail(Missing, "the request has no signature that this service takes")
	case errors.Is(err, sigv4.ErrNotSigned):
		return v.check2(req)
	case p2.present:
		return fail(Ambiguous, "the request is signed with Version 4 and has parameters of Version 2")
	case errors.Is(err, sigv4.ErrTwice):
		return fail(Ambiguous, "%v", err)
	case errors.Is(err, sigv4.ErrMalformed):
		return fail(Malformed, "%v", err)
	case err != nil:
		return fail(WrongScope, "%v", err)
	}
	return v.check4(req, s)
}

// check4 holds a Version 4 signature against the credentials and the clock. It
// does not look at which service the scope names: that chooses the service
// ([Identity].Service), and a scope that chooses none leaves it to the path.
//
// undocumented: foreign-scope. AWS refuses a scope of another service than the
// endpoint's, which a server of two services on one port does not have. Here the
// scope is verified as it was signed, whatever it names, so that clients that are
// told their endpoint but not their service get through: boto 2 signs for "127"
// on 127.0.0.1, and the AWS SDK for JavaScript for the service whose client it is.
//
// undocumented: signed-headers. Which headers have to be signed: Host and every
// X-Amz- header but X-Amz-Date, which the signature has in another place. The time
// is X-Amz-Date, in the one form that clients write; Date does not stand in for it.
//
// undocumented: signed-path. A path with empty or dot segments verifies as it was
// sent, as the SDKs sign it, and cleaned, as botocore does.
func (v *Verifier) check4(req *wire.Request, s *sigv4.Signature) *Failure {
	secretKey, failure := v.secretKey(s.AccessKey, s.Token)
	if failure != nil {
		return failure
	}
	switch err := s.Verify(req, secretKey); {
	case errors.Is(err, sigv4.ErrPayload):
		// undocumented: unsigned-payload. Whether UNSIGNED-PAYLOAD is taken outside of S3,
		// or a hash in capitals. Neither is here: a purchase could be changed under
		// its signature, and no client writes capitals.
		return fail(BadPayload, "%v", err)
	case err != nil:
		return fail(BadSignature, "%v", err)
	}
	now := v.now()
	lifetime := v.skew
	if s.Presigned && s.Lifetime > 0 {
		// undocumented: presigned-lifetime. Whether a lifetime is good for the skew longer, as the
		// template's text of RequestExpired can be read. It is not here.
		//
		// A presigned request without X-Amz-Expires, as aws-sdk-go-v2 makes them, is
		// good for as long as any other; that is undocumented too.
		lifetime = s.Lifetime
	}
	switch {
	case now.Sub(s.At) > lifetime:
		return fail(Expired, "signed at %s, good for %v, and it is %s", stamp(s.At), lifetime, stamp(now))
	case s.At.Sub(now) > v.skew:
		return fail(Skewed, "signed at %s, and it is %s", stamp(s.At), stamp(now))
	}
	return nil
}

// check2 holds a Version 2 signature against the credentials and the clock.
//
// undocumented: version-2-places. Parameters in the query string and in the body
// of one request: it is malformed, since it is not settled which ones are signed.
func (v *Verifier) check2(req *wire.Request) *Failure {
	p, err := sigv2.ReadParameters(req)
	if err != nil {
		return fail(Malformed, "%s", say2(err))
	}
	late := p.CheckTime(v.now(), v.skew)
	secretKey, failure := v.secretKey(p.AWSAccessKeyId.Or(""), p.SecurityToken.Or(""))
	// The form comes before the credential, and Verify looks at it first.
	err = sigv2.Verify(req, secretKey)
	switch {
	case err != nil && !errors.Is(err, sigv2.ErrMismatch):
		return fail(Malformed, "%s", say2(err))
	case errors.Is(late, sigv2.ErrTimeFormat):
		return fail(Malformed, "%s", say2(late))
	case failure != nil:
		return failure
	case err != nil:
		return fail(BadSignature, "%s", say2(err))
	case errors.Is(late, sigv2.ErrFuture):
		return fail(Skewed, "%s", say2(late))
	case late != nil:
		return fail(Expired, "%s", say2(late))
	}
	return nil
}

// say2 is an error of codec/sigv2 without what was there instead, which can be a
// session token.
func say2(err error) string {
	var e *sigv2.Error
	switch {
	case !errors.As(err, &e):
		return err.Error()
	case e.Name == "":
		return "Signature Version 2: " + e.Err.Error()
	}
	return "Signature Version 2: " + e.Name + ": " + e.Err.Error()
}

// secretKey finds the secret key of an access key and holds the session token
// against it.
func (v *Verifier) secretKey(accessKey, token string) (string, *Failure) {
	secret, ok := v.credentials[accessKey]
	p := secret.parts()
	switch {
	case !ok:
		return "", fail(UnknownKey, "no credential has the access key %s", wire.Quote(accessKey))
	case subtle.ConstantTimeCompare([]byte(token), []byte(p.token)) != 1:
		return "", fail(BadToken, "the session token is not that of the access key")
	case !p.expires.IsZero() && v.now().After(p.expires):
		return "", fail(TokenExpired, "the session token expired at %s", stamp(p.expires))
	}
	return p.key, nil
}

func fail(r Reason, format string, args ...any) *Failure {
	return &Failure{Reason: r, Message: fmt.Sprintf(format, args...)}
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// found is what there is of Version 2 in a request.
type found struct {
	present bool   // any parameter that only a signature has
	key     string // AWSAccessKeyId
}

// version2 looks for parameters of Version 2, in the query string and in a form,
// whatever the method: those that nobody signed are to be noticed too.
func version2(req *wire.Request) (f found, err error) {
	if err = f.look(req.Query, wire.Query); err == nil && req.Method == "POST" && ServiceOfPath(req.Path) != MediaConnect {
		err = f.look(req.Body, wire.Body)
	}
	return f, err
}

func (f *found) look(text string, part wire.Part) error {
	var r querywire.Reader
	r.Reset(text, part)
	var p querywire.Pair
	for r.Next(&p) {
		switch p.Name {
		case "AWSAccessKeyId":
			f.key, f.present = p.Value, true
		case "Signature", "SignatureVersion", "SignatureMethod":
			f.present = true
		}
	}
	return r.Err()
}
