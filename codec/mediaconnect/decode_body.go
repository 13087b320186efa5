package mediaconnect

import (
	"strings"

	"wireproof/codec/jsonwire"
	"wireproof/codec/wire"
)

// DecodeBody reads the body of a successful response. out is emptied first and
// keeps the capacity of its lists. The error is a *[wire.SyntaxError] or a
// *[wire.ShapeError]; then out is empty.
func (d *Decoder) DecodeBody(body string, out Output) error {
	d.begin()
	return d.decodeBody(body, out)
}

// DecodeBytes is [Decoder.DecodeBody] for a slice, which it copies once.
func (d *Decoder) DecodeBytes(body []byte, out Output) error {
	return d.DecodeBody(string(body), out)
}

// DecodeResponse reads a successful response: status, headers and body. If the
// status says that the response is an error, err is an *[Error] and out is
// empty. The other errors are those of [Decoder.DecodeBody].
func (d *Decoder) DecodeResponse(resp *wire.Response, out Output) error {
	d.begin()
	if resp.IsError() {
		out.resetOutput()
		e := new(Error)
		if err := d.decodeError(resp, e, out.Operation()); err != nil {
			return err
		}
		return e
	}
	d.status(resp, out.Operation().SuccessStatus(), wire.Departure)
	d.responseType(resp)
	if v, ok := resp.Headers.Get(errorTypeHeader); ok {
		d.found(wire.Finding{Kind: KindErrorTypeOnSuccess, Level: wire.Departure, Part: wire.Header, Path: errorTypeHeader, Want: "no such header", Got: wire.Quote(v)})
	}
	err := d.decodeBody(resp.Body, out)
	if err == nil {
		out.metadata().RequestID = d.requestID(resp)
		wire.SortFindings(d.findings)
	}
	return err
}

func (d *Decoder) decodeBody(body string, out Output) error {
	out.resetOutput()
	d.resetReader(body)
	if d.emptyBody(body) {
		d.finish(body)
		return nil
	}
	switch d.r.Kind() {
	case jsonwire.ObjectStart:
		d.output(out)
	case jsonwire.Null:
		// boto3 and the SDK for JavaScript fail, the SDK for Go reads nothing.
		d.note(KindNullBody, wire.Split, d.r.Pos(), "object", "null")
		d.r.Value()
	default:
		return d.wrongBody()
	}
	if err := d.r.Close(); err != nil {
		out.resetOutput()
		return err
	}
	d.finish(body)
	return nil
}

func (d *Decoder) resetReader(body string) {
	d.r.NoteDuplicates = !d.Lenient
	d.r.Reset(body)
}

// emptyBody reports whether there is no document to read. All clients read an
// empty body as {}; white space alone makes the SDK for JavaScript fail.
func (d *Decoder) emptyBody(body string) bool {
	level := wire.Departure
	if body != "" {
		if strings.Trim(body, " \t\r\n") != "" {
			return false
		}
		level = wire.Split
	}
	d.found(wire.Finding{Kind: wire.KindEmptyBody, Level: level, Part: wire.Body, Want: "object", Got: wire.Quote(body)})
	return true
}

// wrongBody is the error of a body that is no object.
func (d *Decoder) wrongBody() error {
	at := d.r.Pos()
	raw, kind := d.r.Value()
	if err := d.r.Close(); err != nil {
		return err
	}
	return &wire.ShapeError{Kind: KindType, Part: wire.Body, Offset: at, Want: "object", Got: describe(kind, raw)}
}

// describe says what a value is, with its text where it is no container.
func describe(kind jsonwire.Kind, raw string) string {
	switch kind {
	case jsonwire.ObjectStart, jsonwire.ArrayStart, jsonwire.Null:
		return kind.String()
	}
	return kind.String() + " " + wire.Quote(raw)
}
