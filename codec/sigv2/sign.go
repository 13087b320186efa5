package sigv2

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"strconv"
	"time"

	"wireproof/codec/querywire"
	"wireproof/codec/wire"
)

// Method is a value of SignatureMethod.
type Method string

// The methods. Both are valid under Version 2. WIRE.md section F, row 19.
const (
	HmacSHA256 Method = "HmacSHA256"
	HmacSHA1   Method = "HmacSHA1"
)

// newHash gives the method's hash, or nil.
func (m Method) newHash() func() hash.Hash {
	switch m {
	case HmacSHA256:
		return sha256.New
	case HmacSHA1:
		return sha1.New
	}
	return nil
}

// Signer signs requests.
type Signer struct {
	AccessKeyID     string
	SecretAccessKey string
	// SecurityToken is that of temporary credentials, or empty.
	SecurityToken string
	// Method is [HmacSHA256] unless set.
	Method Method
	// Lifetime makes the request carry Expires, that long after it is signed,
	// instead of Timestamp.
	Lifetime time.Duration
}

// Sign adds the parameters of the signature to the query string of a GET or the
// form body of a POST, whose Content-Length it keeps right. The request needs a
// Host header. now is what time it is.
//
// It fails with an *[Error] and leaves the request as it was: [ErrSigned] where
// a parameter of the signature is there, [ErrSignatureMethod], and as
// [StringToSign] does.
func (s Signer) Sign(req *wire.Request, now time.Time) error {
	method := s.Method
	if method == "" {
		method = HmacSHA256
	}
	if method.newHash() == nil {
		return &Error{Err: ErrSignatureMethod, Name: "SignatureMethod", Got: string(method)}
	}
	_, present, err := read(req)
	if err != nil {
		return err
	}
	for _, name := range parameterNames {
		if o := present.named(name); o.IsPresent() {
			return &Error{Err: ErrSigned, Name: name, Got: o.Value}
		}
	}
	part, _, err := parts(req)
	if err != nil {
		return err
	}
	w := querywire.Writer{Buf: []byte(*part)}
	w.Pair("AWSAccessKeyId", s.AccessKeyID)
	w.Pair("SignatureVersion", "2")
	w.Pair("SignatureMethod", string(method))
	if s.Lifetime > 0 {
		w.Pair("Expires", timeText(now.Add(s.Lifetime)))
	} else {
		w.Pair("Timestamp", timeText(now))
	}
	if s.SecurityToken != "" {
		w.Pair("SecurityToken", s.SecurityToken)
	}
	signed := *req
	newPart, _, _ := parts(&signed)
	*newPart = string(w.Buf)
	text, err := StringToSign(&signed)
	if err != nil {
		return err
	}
	w.Pair("Signature", signature(method, s.SecretAccessKey, text))
	*part = string(w.Buf)
	if _, ok := req.Headers.Get("Content-Length"); ok && req.Method == "POST" {
		req.Headers.Set("Content-Length", strconv.Itoa(len(w.Buf)))
	}
	return nil
}

// timeText is the form that boto writes: whole seconds. WIRE.md section B.7.
func timeText(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

func signature(m Method, secret, text string) string {
	mac := hmac.New(m.newHash(), []byte(secret))
	mac.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
