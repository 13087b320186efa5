package sigv2

import (
	"crypto/hmac"
	"time"

	"wireproof/codec/wire"
)

// Verify reports whether the request was signed with the secret. It compares in
// constant time. It does not look at the clock: see [Parameters.CheckTime].
//
// It fails with an *[Error] that wraps the sentinel of the first rule broken, in
// this order: what [ReadParameters] and [StringToSign] refuse; [ErrMissing] for
// AWSAccessKeyId, SignatureVersion, SignatureMethod, Signature, or for Timestamp
// where Expires is missing too; [ErrTimestampAndExpires]; [ErrSignatureVersion];
// [ErrSignatureMethod]; [ErrMismatch].
func Verify(req *wire.Request, secret string) error {
	pairs, p, err := read(req)
	if err != nil {
		return err
	}
	text, err := stringToSign(req, pairs)
	if err != nil {
		return err
	}
	if err := p.check(); err != nil {
		return err
	}
	want := signature(Method(p.SignatureMethod.Value), secret, text)
	if !hmac.Equal([]byte(want), []byte(p.Signature.Value)) {
		return &Error{Err: ErrMismatch, Name: "Signature", Got: p.Signature.Value}
	}
	return nil
}

// check reports the first parameter that is missing or has no meaning.
func (p *Parameters) check() error {
	for _, name := range [...]string{"AWSAccessKeyId", "SignatureVersion", "SignatureMethod", "Signature"} {
		if p.named(name).Or("") == "" {
			return &Error{Err: ErrMissing, Name: name}
		}
	}
	if err := p.checkTimes(); err != nil {
		return err
	}
	if v := p.SignatureVersion.Value; v != "2" {
		return &Error{Err: ErrSignatureVersion, Name: "SignatureVersion", Got: v}
	}
	if m := p.SignatureMethod.Value; Method(m).newHash() == nil {
		return &Error{Err: ErrSignatureMethod, Name: "SignatureMethod", Got: m}
	}
	return nil
}

func (p *Parameters) checkTimes() error {
	switch {
	case p.Timestamp.IsPresent() && p.Expires.IsPresent():
		return &Error{Err: ErrTimestampAndExpires, Name: "Expires", Got: p.Expires.Value}
	case !p.Timestamp.IsPresent() && !p.Expires.IsPresent():
		return &Error{Err: ErrMissing, Name: "Timestamp"}
	}
	return nil
}

// CheckTime reports whether the request may be served at the time now: Expires
// has not passed, or Timestamp is at most skew before or after now. Both bounds
// are inclusive. How much skew the service allows is not known; 15 minutes are
// usual for query services.
//
// It fails with an *[Error]: [ErrMissing], [ErrTimestampAndExpires],
// [ErrTimeFormat], [ErrExpired], [ErrFuture].
func (p *Parameters) CheckTime(now time.Time, skew time.Duration) error {
	if err := p.checkTimes(); err != nil {
		return err
	}
	name, text := "Timestamp", p.Timestamp.Value
	if p.Expires.IsPresent() {
		name, text = "Expires", p.Expires.Value
	}
	stamp, ok := wire.ParseTimestamp(text)
	if !ok {
		return &Error{Err: ErrTimeFormat, Name: name, Got: text}
	}
	t := stamp.Time()
	switch {
	case name == "Expires" && now.After(t), name == "Timestamp" && now.Sub(t) > skew:
		return &Error{Err: ErrExpired, Name: name, Got: text}
	case name == "Timestamp" && t.Sub(now) > skew:
		return &Error{Err: ErrFuture, Name: name, Got: text}
	}
	return nil
}
