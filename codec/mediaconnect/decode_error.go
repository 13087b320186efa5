package mediaconnect

import (
	"strconv"
	"strings"

	"wireproof/codec/jsonwire"
	"wireproof/codec/wire"
)

// The members of an error's body. Servers write message; clients also read
// Message, and the type from code, Code and __type. WIRE.md sections A.8, A.9.
const (
	errorMessage = iota
	errorMessageCap
	errorCode
	errorCodeCap
	errorType
)

var errorNames = jsonwire.NewNames("message", "Message", "code", "Code", "__type")

// errorBody is what an error's body holds.
type errorBody struct {
	members [5]wire.Opt[string]
	at      [5]int    // offset of the value
	raw     [5]string // as it stands; empty once it is handed over
	found   bool      // whether the body is an object
}

// DecodeError reads an error response, whatever its status. e is emptied first
// and keeps the capacity of its list. The error is a *[wire.SyntaxError]; then e
// still has what the status and the headers say.
func (d *Decoder) DecodeError(resp *wire.Response, e *Error) error {
	d.begin()
	return d.decodeError(resp, e, 0)
}

// decodeError is DecodeError; op is the operation where it is known.
func (d *Decoder) decodeError(resp *wire.Response, e *Error, op Operation) error {
	e.reset()
	e.Status = resp.Status
	d.responseType(resp)
	e.RequestID = d.requestID(resp)
	d.typeFromHeader(resp.Headers, e)
	b, err := d.errorBody(resp.Body, e)
	if err != nil {
		d.shapeOfError(e, op)
		wire.SortFindings(d.findings)
		return err
	}
	d.message(&b, e)
	if !e.Code.IsPresent() {
		d.typeFromBody(&b, e)
	}
	d.keepUnused(&b, e)
	d.shapeOfError(e, op)
	d.finish(resp.Body)
	return nil
}

// typeFromHeader reads the header, which comes before the body's members.
func (d *Decoder) typeFromHeader(headers wire.Headers, e *Error) {
	value, n := header(headers, errorTypeHeader)
	if n == 0 {
		return
	}
	f := wire.Finding{Part: wire.Header, Path: errorTypeHeader, Want: "the error's name", Got: wire.Quote(value)}
	name := strings.Trim(value, " \t")
	if n > 1 || strings.Contains(name, ",") {
		// boto3 takes the list as a name, the SDK for JavaScript its first item,
		// the SDK for Go the first header.
		f.Kind, f.Level = KindErrorTypeList, wire.Split
		d.found(f)
	}
	short := cutType(name)
	if short == "" {
		// boto3 takes the empty name, the SDK for JavaScript the status.
		f.Kind, f.Level = KindErrorTypeEmpty, wire.Split
		d.found(f)
		return
	}
	if name != value {
		// boto3 keeps white space at the end.
		f.Kind, f.Level = KindErrorTypeForm, wire.Split
		d.found(f)
	}
	if short != name {
		f.Kind, f.Level = KindErrorTypeForm, wire.Departure
		d.found(f)
	}
	e.Code.Set(short)
}

// cutType cuts the URI behind the first colon and then the namespace before the
// first number sign. Smithy restJson1, "Operation error serialization".
func cutType(s string) string {
	s, _, _ = strings.Cut(s, ":")
	if _, after, ok := strings.Cut(s, "#"); ok {
		return after
	}
	return s
}

// errorBody reads the body. An error's type may stand in the header, so a body
// that is no object is a finding, not an error.
func (d *Decoder) errorBody(body string, e *Error) (b errorBody, err error) {
	d.resetReader(body)
	if d.emptyBody(body) {
		return b, nil
	}
	var order jsonwire.Order
	var o jsonwire.Object
	kind := d.r.Kind()
	switch {
	case d.r.Open(&o, errorNames, &order):
		b.found = true
	case kind == jsonwire.Null:
		d.note(KindNullBody, wire.Split, d.r.Pos(), "object", "null")
		d.r.Value()
	default:
		d.mismatch("object", wire.Split)
	}
	for b.found && d.r.Member(&o) {
		if o.Index < 0 {
			d.errorUnknown(&o, e)
			continue
		}
		i := o.Index
		b.at[i] = d.r.Pos()
		d.text(&b.members[i])
		b.raw[i] = body[b.at[i]:d.r.Pos()]
	}
	return b, d.r.Close()
}

// errorUnknown reads a member of an error that nothing names. __Type is read by
// the SDK for Go alone.
func (d *Decoder) errorUnknown(o *jsonwire.Object, e *Error) {
	if strings.EqualFold(o.Name, "__type") {
		d.note(wire.KindCase, wire.Split, o.NameOffset, `"__type"`, wire.Quote(o.Name))
	}
	d.unknown(o, noNames, &e.Unknown)
}

// noNames keeps unknown from looking for names in the wrong case.
var noNames = jsonwire.NewNames()

// message takes message or Message.
func (d *Decoder) message(b *errorBody, e *Error) {
	e.Message = b.members[errorMessage]
	if capital := b.members[errorMessageCap]; capital.IsPresent() {
		// Beside a message, the SDK for Go takes whichever comes last, or either by
		// chance; the others take message.
		level := wire.Split
		if !e.Message.IsPresent() {
			level = wire.Departure
		}
		d.note(wire.KindCase, level, b.at[errorMessageCap], `"message"`, `"Message"`)
		if !e.Message.IsPresent() {
			e.Message = capital
			b.raw[errorMessageCap] = ""
		}
	}
	if !e.Message.IsPresent() {
		d.found(wire.Finding{Kind: KindErrorMessage, Level: wire.Departure, Part: wire.Body, Path: "/message", Want: "a message", Got: e.Message.State.String()})
	}
}

// typeFromBody takes code, Code or __type, in this order.
func (d *Decoder) typeFromBody(b *errorBody, e *Error) {
	for _, i := range []int{errorCode, errorCodeCap, errorType} {
		m := b.members[i]
		if !m.IsPresent() {
			continue
		}
		name := cutType(m.Value)
		if name == "" {
			d.note(KindErrorTypeEmpty, wire.Split, b.at[i], "the error's name", wire.Quote(m.Value))
			continue
		}
		if capital := b.members[errorCodeCap]; i == errorCodeCap {
			d.note(wire.KindCase, wire.Departure, b.at[i], `"code"`, `"Code"`)
		} else if i == errorCode && capital.IsPresent() { // the SDK for Go takes the last of the two
			d.note(wire.KindCase, wire.Split, b.at[errorCodeCap], `"code"`, `"Code"`)
		}
		d.found(wire.Finding{Kind: KindErrorTypeHeader, Level: wire.Departure, Part: wire.Header, Path: errorTypeHeader, Want: "the error's name", Got: "no such header"})
		if name != m.Value {
			d.note(KindErrorTypeForm, wire.Departure, b.at[i], "the error's name", wire.Quote(m.Value))
		}
		e.Code.Set(name)
		b.raw[i] = ""
		return
	}
	// boto3 and the SDK for JavaScript take the status, the SDK for Go UnknownError.
	d.found(wire.Finding{Kind: KindErrorTypeMissing, Level: wire.Split, Part: wire.Header, Path: errorTypeHeader, Want: "the error's name", Got: "none"})
}

// keepUnused keeps what was not needed with the unknown members, in the order of
// the body.
func (d *Decoder) keepUnused(b *errorBody, e *Error) {
	if d.DropUnknown {
		return
	}
	for i := errorMessageCap; i <= errorType; i++ {
		if b.raw[i] != "" {
			u := wire.Unknown{Name: errorNames.Name(i), Raw: b.raw[i], Offset: b.at[i]}
			e.Unknown = insertUnknown(e.Unknown, u)
		}
	}
}

// insertUnknown puts u where its offset belongs.
func insertUnknown(list []wire.Unknown, u wire.Unknown) []wire.Unknown {
	i := len(list)
	for i > 0 && list[i-1].Offset > u.Offset {
		i--
	}
	list = append(list, wire.Unknown{})
	copy(list[i+1:], list[i:])
	list[i] = u
	return list
}

// shapeOfError compares the error with the model. A modeled error of another
// operation is a generic one to the SDK for Go, with the same code.
func (d *Decoder) shapeOfError(e *Error, op Operation) {
	if !e.Code.IsPresent() {
		return
	}
	shape := e.Shape()
	if shape == nil {
		d.unknownError(e)
		return
	}
	if e.Status != 0 && e.Status != shape.Status {
		level := wire.Departure
		if e.Status < 400 {
			level = wire.Split // boto3 takes 300 for a success
		}
		d.found(wire.Finding{Kind: wire.KindStatus, Level: level, Part: wire.Status, Want: strconv.Itoa(shape.Status), Got: strconv.Itoa(e.Status)})
	}
	if shape.Name != "" && op != 0 && !hasShape(op.Errors(), shape) {
		d.found(wire.Finding{Kind: wire.KindErrorUnmodeled, Level: wire.Departure, Part: wire.Header, Path: errorTypeHeader, Want: "an error of " + op.String(), Got: shape.Code})
	}
}

func (d *Decoder) unknownError(e *Error) {
	f := wire.Finding{Kind: wire.KindErrorUnknown, Level: wire.Departure, Part: wire.Header, Path: errorTypeHeader, Want: "a modeled or common error", Got: wire.Quote(e.Code.Value)}
	for _, s := range ModeledErrors() {
		if strings.EqualFold(s.Code, e.Code.Value) {
			// The SDK for Go finds the error, the others do not.
			f.Kind, f.Level, f.Want = KindErrorTypeCase, wire.Split, s.Code
		}
	}
	d.found(f)
}

func hasShape(shapes []*wire.ErrorShape, s *wire.ErrorShape) bool {
	for _, have := range shapes {
		if have == s {
			return true
		}
	}
	return false
}
