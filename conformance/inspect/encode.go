package inspect

import (
	"context"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"wireproof/codec/sigv2"
	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
	"wireproof/conformance/sigv4"
)

// EncodeOptions say what to make of a document.
type EncodeOptions struct {
	Options
	// Raw makes a whole HTTP message of it, not the body alone.
	Raw bool
	// Get writes a request to RDS into the query string, not into a form body.
	Get bool
	// Indent writes the body over several lines, as the documentation prints it.
	Indent bool
	// RequestID is that of a response; the document's own where it is empty.
	RequestID string
	// Host of a whole request; the service's own in Region where it is empty.
	Host string
	// Region is us-east-1 where it is empty.
	Region string
	// Signature signs a whole request; nil leaves it unsigned.
	Signature *Signature

	status  int             // of the document
	unknown []UnknownMember // of the document
}

// Signature says how a request is signed.
type Signature struct {
	Version      string // v2 (RDS alone) or v4
	AccessKey    string
	SecretKey    string
	SessionToken string
	Time         time.Time
}

// DefaultRegion is where a request goes unless told otherwise.
const DefaultRegion = "us-east-1"

// Encode makes a message of a JSON or YAML document: of the "value" or "error"
// that [Decode] gives, or of the whole that it gives. The whole says itself what
// it is; a value alone needs Operation and Kind.
//
// It gives the exact bytes: of the body, of the query string with Get, or of the
// HTTP message with Raw. err is a [*UsageError], an [*InputError] about the
// document, or a *[wire.EncodeError] about a value that has no form on the wire.
func Encode(ctx context.Context, text string, o EncodeOptions) ([]byte, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	doc, err := parseDocument(text)
	if err != nil {
		return nil, err
	}
	value, err := o.fill(doc)
	if err != nil {
		return nil, err
	}
	request, response, err := services[o.Service].write(value, &o)
	switch {
	case err != nil:
		return nil, err
	case request != nil:
		return o.finishRequest(ctx, request)
	case o.Raw:
		return exchange.AppendResponse(nil, response), nil
	}
	return []byte(response.Body), nil
}

// fill puts the document into the codec's struct.
func (o *EncodeOptions) fill(doc *node) (any, error) {
	payload, path, failure := doc, "", false
	if doc.kind == '{' && (doc.member("value") != nil || doc.member("error") != nil || doc.member("undecodable") != nil) {
		var err error
		if payload, path, err = o.envelope(doc); err != nil {
			return nil, err
		}
		failure = path == "/error"
	}
	switch {
	case failure && o.Service == "":
		return nil, usage("give --service", "the document does not say which service it is of")
	case !failure && o.Operation == "":
		return nil, usage("give --operation with one of "+list(Operations(o.Service)), "the document does not say which operation it is of")
	case !failure && o.Kind == "":
		return nil, usage("give --kind request or --kind response", "the document does not say whether it is a request or a response")
	case failure && o.Kind == Request:
		return nil, usage("give --kind response", "an error is no request")
	}
	if err := o.combine(); err != nil {
		return nil, err
	}
	value := services[o.Service].target(o.Operation, o.Kind, failure)
	if err := assign(payload, reflect.ValueOf(value).Elem(), path); err != nil {
		return nil, err
	}
	if lost := setUnknown(value, o.unknown); lost != nil {
		return nil, doc.fault("/unknown", `"in" has to point to a structure in "value" or "error"`, "no structure at %q", lost.In)
	}
	return value, nil
}

// combine refuses options that do not go together.
func (o *EncodeOptions) combine() error {
	isRequest := o.Kind == Request
	switch s := o.Signature; {
	case !isRequest && (o.Get || s != nil || o.Host != ""):
		return usage("--method, --sign and --host are for requests", "a response has none of these")
	case isRequest && o.RequestID != "":
		return usage("--request-id is for responses", "a request has no request id")
	case o.Get && o.Service != RDS:
		return usage("--method is for rds", "the method is that of the operation")
	case s != nil && !o.Raw:
		return usage("give --raw too", "a signature is part of the whole message")
	case s != nil && s.Version == "v2" && o.Service != RDS:
		return usage("give --sign v4", "MediaConnect never took Signature Version 2")
	}
	return nil
}

// envelope takes what Decode says. Options that are given count more than it.
func (o *EncodeOptions) envelope(doc *node) (payload *node, path string, err error) {
	text := func(name string, into *string) {
		if m := doc.member(name); m != nil && err == nil {
			if err = m.want('"', "/"+name, "a string"); err == nil && *into == "" {
				*into = m.text
			}
		}
	}
	var method string
	text("service", &o.Service)
	text("operation", &o.Operation)
	text("kind", &o.Kind)
	text("version", &o.Version)
	text("method", &method)
	if o.Kind != Request {
		text("requestId", &o.RequestID)
	}
	if err != nil {
		return nil, "", err
	}
	o.Get = o.Get || o.Service == RDS && method == "GET"
	for i, name := range doc.names {
		switch name.text {
		case "value", "error":
			if payload != nil {
				return nil, "", name.fault("", "remove one of them", "both a value and an error")
			}
			payload, path = doc.items[i], "/"+name.text
		case "status":
			if o.status, err = doc.items[i].status(); err != nil {
				return nil, "", err
			}
		case "unknown":
			if o.unknown, err = doc.items[i].unknown(); err != nil {
				return nil, "", err
			}
		case "service", "operation", "kind", "version", "requestId", "method":
		case "target", "guessed", "call", "findings", "undecodable":
			// What these say is in the value, or does not count for a new message.
		default:
			return nil, "", name.fault("", "what is to be encoded belongs into value", "there is no member %q beside value", name.text)
		}
	}
	if payload == nil {
		return nil, "", doc.fault("", "", "there is no value and no error: this message could not be decoded")
	}
	if path == "/error" && o.Kind == "" {
		o.Kind = Response
	}
	return payload, path, o.check()
}

func (n *node) want(kind byte, path, what string) error {
	if n.kind != kind {
		return n.fault(path, "", "want %s, got %s", what, n)
	}
	return nil
}

func (n *node) status() (int, error) {
	status, err := strconv.Atoi(n.text)
	if n.kind != '0' || err != nil || status < 0 || status > 999 {
		return 0, n.fault("/status", "", "want a status code, got %s", n)
	}
	return status, nil
}

// unknown reads the list of unknown members as Decode writes it.
func (n *node) unknown() ([]UnknownMember, error) {
	if err := n.want('[', "/unknown", "a list"); err != nil {
		return nil, err
	}
	var all []UnknownMember
	for i, item := range n.items {
		path := fmt.Sprintf("/unknown/%d", i)
		if err := item.want('{', path, "an object"); err != nil {
			return nil, err
		}
		var u UnknownMember
		for _, m := range []struct {
			name string
			into *string
		}{{"in", &u.In}, {"name", &u.Name}, {"raw", &u.Raw}} {
			value := item.member(m.name)
			if value == nil {
				return nil, item.fault(path, "", "there is no member %q", m.name)
			}
			if err := value.want('"', path+"/"+m.name, "a string"); err != nil {
				return nil, err
			}
			*m.into = value.text
		}
		is := func(name string) bool { m := item.member(name); return m != nil && m.text == "true" }
		u.Envelope, u.Query = is("envelope"), is("query")
		all = append(all, u)
	}
	return all, nil
}

// finishRequest adds what a codec leaves to the caller: host and signature.
func (o *EncodeOptions) finishRequest(ctx context.Context, r *wire.Request) ([]byte, error) {
	if !o.Raw {
		if r.Body == "" && r.Query == "" {
			return nil, usage("give --raw for the whole request", "a request of %s has no body", o.Operation)
		}
		if r.Body == "" {
			return []byte(r.Query), nil
		}
		return []byte(r.Body), nil
	}
	region, host := o.Region, o.Host
	if region == "" {
		region = DefaultRegion
	}
	if host == "" {
		host = o.Service + "." + region + ".amazonaws.com"
	}
	r.Headers = append(wire.Headers{{Name: "Host", Value: host}}, r.Headers...)
	if s := o.Signature; s != nil {
		if err := s.sign(ctx, r, sigv4.Scope{Service: o.Service, Region: region}); err != nil {
			return nil, err
		}
	}
	return exchange.AppendRequest(nil, r), nil
}

func (s *Signature) sign(ctx context.Context, r *wire.Request, scope sigv4.Scope) error {
	switch s.Version {
	case "v2":
		signer := sigv2.Signer{AccessKeyID: s.AccessKey, SecretAccessKey: s.SecretKey, SecurityToken: s.SessionToken}
		return signer.Sign(r, s.Time)
	case "v4":
		credentials := sigv4.Credentials{AccessKey: s.AccessKey, SecretKey: s.SecretKey, SessionToken: s.SessionToken}
		return sigv4.Sign(ctx, r, credentials, scope, s.Time)
	}
	return unknown("signature version", s.Version, []string{"v2", "v4"})
}

func list(names []string) string { return strings.Join(names, ", ") }
