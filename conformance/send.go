package conformance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/sigv2"
	"wireproof/codec/wire"
	"wireproof/conformance/casefile"
	"wireproof/conformance/exchange"
	"wireproof/conformance/rawhttp"
	"wireproof/conformance/rule"
	"wireproof/conformance/sigv4"
)

// identity is who a request is from.
type identity struct {
	accessKey, secretKey string
	region               string
}

// compose makes the bytes of a request.
func (r *runner) compose(ctx context.Context, c *casefile.Case, s *casefile.Send, vs variables, who identity) (rawhttp.Request, rule.Hint, error) {
	hint := rule.Hint{Service: c.Service, Operation: s.Operation, Version: rds.Version(s.Version)}
	if hint.Version == "" && c.Service == rule.RDS {
		hint.Version = rds.Latest
	}
	if s.Bytes != nil {
		text, err := vs.text(*s.Bytes)
		return rawhttp.Request{Bytes: text, Continue: s.Continue}, hint, err
	}
	req, err := r.encode(c.Service, s, vs)
	if err != nil {
		return rawhttp.Request{}, hint, err
	}
	if err := edit(&req, c.Service, s, vs); err != nil {
		return rawhttp.Request{}, hint, err
	}
	// The codec's length is of the body that it wrote; AppendRequest counts anew.
	req.Headers = slices.DeleteFunc(req.Headers, func(h wire.HeaderField) bool { return strings.EqualFold(h.Name, "Content-Length") })
	if c.Service == rule.RDS && len(s.Parameters) > 0 {
		hint.Version = "" // the parameters may say another one
	}
	r.address(&req, c.ID)
	if s.Chunked {
		req.Headers = append(req.Headers, wire.HeaderField{Name: "Transfer-Encoding", Value: "chunked"})
	}
	if s.Continue {
		req.Headers = append(req.Headers, wire.HeaderField{Name: "Expect", Value: "100-continue"})
	}
	if err := setHeaders(&req, s.Headers, vs, func(string) bool { return true }); err != nil {
		return rawhttp.Request{}, hint, err
	}
	if s.As != "none" {
		if err := r.sign(ctx, &req, c.Service, who); err != nil {
			return rawhttp.Request{}, hint, err
		}
	}
	// What a case says of a signature comes after signing.
	if err := setHeaders(&req, s.Headers, vs, isOfSignature); err != nil {
		return rawhttp.Request{}, hint, err
	}
	text := string(exchange.AppendRequest(nil, &req))
	if s.HTTP != "" {
		text = strings.Replace(text, " HTTP/1.1\r\n", " HTTP/"+s.HTTP+"\r\n", 1)
	}
	return rawhttp.Request{Bytes: text, Continue: s.Continue}, hint, nil
}

// encode lets the codec write the operation, or gives an empty request to the root
// where a case does without one.
func (r *runner) encode(service string, s *casefile.Send, vs variables) (wire.Request, error) {
	if s.Operation == "" {
		return wire.Request{Method: "GET", Path: "/"}, nil
	}
	with, err := vs.value(fromYAML(map[string]any(s.With)))
	if err != nil {
		return wire.Request{}, err
	}
	text, err := json.Marshal(toJSON(with))
	if err != nil {
		return wire.Request{}, err
	}
	if service == rule.MediaConnect {
		operation, ok := mediaconnect.ParseOperation(s.Operation)
		if !ok {
			return wire.Request{}, fmt.Errorf("%w: mediaconnect has no operation %q", ErrUsage, s.Operation)
		}
		in := operation.NewInput()
		if err := json.Unmarshal(text, in); err != nil {
			return wire.Request{}, err
		}
		if s.Path != nil {
			placeLabel(in) // the codec cannot write a path without one, and it will be replaced
		}
		return mediaconnect.Encoder{}.EncodeRequest(in)
	}
	operation, ok := rds.ParseOperation(s.Operation)
	if !ok {
		return wire.Request{}, fmt.Errorf("%w: rds has no operation %q", ErrUsage, s.Operation)
	}
	in := operation.NewInput()
	if err := json.Unmarshal(text, in); err != nil {
		return wire.Request{}, err
	}
	return rds.Encoder{Version: rds.Version(s.Version), Get: s.Get}.EncodeRequest(in)
}

// placeLabel gives an input whose label is not there some label.
func placeLabel(in mediaconnect.Input) {
	label := func(o *wire.Opt[string]) {
		if v, ok := o.Get(); !ok || v == "" {
			*o = wire.Some("label")
		}
	}
	switch in := in.(type) {
	case *mediaconnect.DescribeOfferingInput:
		label(&in.OfferingArn)
	case *mediaconnect.PurchaseOfferingInput:
		label(&in.OfferingArn)
	case *mediaconnect.DescribeReservationInput:
		label(&in.ReservationArn)
	}
}

// toJSON makes what encoding/json writes of a value. Times are written as the
// codec reads them.
func toJSON(v value) any {
	switch v := v.(type) {
	case []value:
		list := make([]any, len(v))
		for i := range v {
			list[i] = toJSON(v[i])
		}
		return list
	case structure:
		m := make(map[string]any, len(v))
		for name := range v {
			m[name] = toJSON(v[name])
		}
		return m
	}
	return v
}

// edit puts the pieces that a case gives in the place of what the codec wrote.
func edit(req *wire.Request, service string, s *casefile.Send, vs variables) error {
	if service == rule.RDS {
		form := &req.Body
		if s.Get {
			form = &req.Query
		}
		if err := setParameters(form, s.Parameters, vs); err != nil {
			return err
		}
		if s.Plus {
			*form = strings.ReplaceAll(*form, "%20", "+")
		}
	}
	for _, piece := range []struct {
		into *string
		text *string
	}{{&req.Method, s.Method}, {&req.Path, s.Path}, {&req.Query, s.Query}, {&req.Body, s.Body}} {
		if piece.text == nil {
			continue
		}
		var err error
		if *piece.into, err = vs.text(*piece.text); err != nil {
			return err
		}
	}
	return nil
}

// setParameters replaces, adds and takes out pairs of a form.
func setParameters(form *string, parameters casefile.Pairs, vs variables) error {
	var pairs []string
	if *form != "" {
		pairs = strings.Split(*form, "&")
	}
	for _, p := range parameters {
		name, err := vs.text(p.Name)
		if err != nil {
			return err
		}
		escaped := string(wire.AppendEscaped(nil, name))
		kept := pairs[:0]
		for _, pair := range pairs {
			if n, _, _ := strings.Cut(pair, "="); n != escaped {
				kept = append(kept, pair)
			}
		}
		pairs = kept
		for _, v := range p.Values {
			text, err := vs.text(v)
			if err != nil {
				return err
			}
			pairs = append(pairs, escaped+"="+string(wire.AppendEscaped(nil, text)))
		}
	}
	*form = strings.Join(pairs, "&")
	return nil
}

// address says where the request goes, and which case it is from.
func (r *runner) address(req *wire.Request, id string) {
	u := r.target.URL()
	req.Path = u.EscapedPath() + req.Path
	own := wire.Headers{{Name: "Host", Value: u.Host}}
	if !r.options.NoCaseHeader {
		own = append(own, wire.HeaderField{Name: "X-Wireproof-Case", Value: id})
	}
	own = append(own, r.options.Headers...)
	req.Headers = append(own, req.Headers...)
}

func isOfSignature(name string) bool {
	name = strings.ToLower(name)
	return name == "authorization" || strings.HasPrefix(name, "x-amz-")
}

// setHeaders replaces, adds and takes out headers whose names are wanted.
func setHeaders(req *wire.Request, pairs casefile.Pairs, vs variables, wanted func(string) bool) error {
	for _, p := range pairs {
		if !wanted(p.Name) {
			continue
		}
		kept := req.Headers[:0:0]
		for _, h := range req.Headers {
			if !strings.EqualFold(h.Name, p.Name) {
				kept = append(kept, h)
			}
		}
		req.Headers = kept
		for _, v := range p.Values {
			text, err := vs.text(v)
			if err != nil {
				return err
			}
			req.Headers = append(req.Headers, wire.HeaderField{Name: p.Name, Value: text})
		}
	}
	return nil
}

// sign signs as the options say. MediaConnect knows Version 4 alone.
func (r *runner) sign(ctx context.Context, req *wire.Request, service string, who identity) error {
	now := r.now()
	switch {
	case r.options.Sign == SignOff:
		return nil
	case r.options.Sign == SignV2 && service == rule.RDS:
		err := sigv2.Signer{AccessKeyID: who.accessKey, SecretAccessKey: who.secretKey}.Sign(req, now)
		var malformed *sigv2.Error
		if errors.As(err, &malformed) {
			return nil // malformed on purpose, in a way that has no signature
		}
		return err
	}
	credentials := sigv4.Credentials{AccessKey: who.accessKey, SecretKey: who.secretKey}
	scope := sigv4.Scope{Service: service, Region: who.region}
	err := sigv4.Sign(ctx, req, credentials, scope, now)
	if err == nil {
		return nil
	}
	// Malformed on purpose, in a way that the signer cannot take. Many targets find
	// service and account in the signature's scope, so it gets one that is for
	// another request.
	other := wire.Request{Method: "GET", Path: "/", Headers: wire.Headers{{Name: "Host", Value: r.target.URL().Host}}}
	if err := sigv4.Sign(ctx, &other, credentials, scope, now); err != nil {
		return err
	}
	req.Headers = append(req.Headers, other.Headers[1:]...)
	return nil
}
