package rds

import (
	"strings"

	"wireproof/codec/wire"
	"wireproof/codec/xmlwire"
)

// decodeError reads an error response with its status and headers. Smithy
// awsQuery, "Operation error serialization"; WIRE.md B.14.
func (d *Decoder) decodeError(resp *wire.Response, e *Error) error {
	*e = Error{Status: resp.Status, Unknown: e.Unknown[:0]}
	d.headers(resp)
	d.xml.Reset(resp.Body)
	if resp.Body == "" {
		d.inBody(wire.KindEmptyBody, wire.Split, 0, "<ErrorResponse>", "an empty body")
		return nil
	}
	if !d.xml.Root() {
		return d.xml.Err()
	}
	if err := d.errorBody(e); err != nil {
		return err
	}
	if s := e.Shape(); s != nil && resp.Status != 0 && s.Status != resp.Status {
		d.finding(wire.KindStatus, wire.Departure, wire.Status, 0, "", itoa(s.Status)+" for "+s.Code, itoa(resp.Status))
	}
	return nil
}

// errorBody reads the document whose root was found, up to its end.
//
// Two other envelopes are read as boto3 and JavaScript read them: EC2's, with
// the error in <Errors>, and a bare <Error> as the root.
func (d *Decoder) errorBody(e *Error) error {
	x := &d.xml
	root, at := x.Name(), x.TagOffset()
	seen := false
	switch root {
	case "Error":
		d.inBody(KindErrorEnvelope, wire.Split, at, "<ErrorResponse>", "<Error> as the root")
		seen = true
		d.errorElement(e)
	default:
		if root != "ErrorResponse" {
			d.inBody(KindErrorEnvelope, wire.Departure, at, "<ErrorResponse>", "<"+root+">")
		}
		seen = d.errorResponse(e, at)
	}
	if err := x.Finish(); err != nil {
		e.Code = wire.Opt[string]{}
		return err
	}
	d.judge(e, at, seen)
	return nil
}

// errorResponse reads what is in the root and reports whether an Error was.
func (d *Decoder) errorResponse(e *Error, root int) (seen bool) {
	x := &d.xml
	if !x.Enter() {
		return false
	}
	if ns := x.Namespace(); !strings.HasPrefix(ns, namespacePrefix) {
		d.inBody(KindNamespace, wire.Departure, root, Latest.Namespace(), wire.Quote(ns))
	}
	d.order.errorResponse.Start()
	for {
		m := x.Child(errorResponseNames, &d.order.errorResponse)
		if m == xmlwire.Unknown && !strings.EqualFold(x.Name(), "RequestId") { // no client reads RequestID
			m = d.fold(errorResponseNames)
		}
		switch m {
		case xmlwire.End:
			return seen
		case eError:
			if seen {
				d.duplicate()
			}
			seen = true
			d.errorElement(e)
		case eRequestId:
			d.text(&e.RequestID)
		case eErrors:
			d.inBody(KindErrorEnvelope, wire.Split, x.TagOffset(), "<Error> directly in the root", "<Errors>, EC2's envelope")
			seen = d.errorResponse(e, root) || seen
		case eResponseMetadata:
			d.inBody(KindErrorRequestID, wire.Departure, x.TagOffset(), "<RequestId> directly in the root", "<ResponseMetadata>")
			d.errorMetadata(e)
		default:
			d.unknown(&e.Unknown)
		}
	}
}

// errorMetadata reads the RequestId from where only a success has it.
func (d *Decoder) errorMetadata(e *Error) {
	meta := Metadata{}
	d.metadata(&meta)
	if meta.RequestID.IsPresent() {
		e.RequestID = meta.RequestID
	}
}

func (d *Decoder) errorElement(e *Error) {
	x := &d.xml
	if !x.Enter() {
		return
	}
	d.order.error.Start()
	for {
		switch d.child(errorNames, &d.order.error) {
		case xmlwire.End:
			return
		case eType:
			d.text(&e.Type)
		case eCode:
			d.text(&e.Code)
		case eMessage:
			d.text(&e.Message)
		default:
			d.unknown(&e.Unknown)
		}
	}
}

// judge holds the error that was read against the protocol. Clients put
// something of their own in place of a missing code, each something else.
func (d *Decoder) judge(e *Error, at int, seen bool) {
	if !seen {
		d.inBody(KindErrorEnvelope, wire.Split, at, "<Error>", "none")
	}
	code, shape := e.Code.Or(""), e.Shape()
	unfaulted, isShapeName := strings.CutSuffix(code, "Fault")
	switch {
	case code == "":
		d.inBody(KindErrorCode, wire.Split, at, "<Code> with an error code", "none")
	case code != strings.TrimSpace(code):
		d.inBody(KindErrorCode, wire.Departure, at, "a code without white space around it", wire.Quote(code))
	case shape == nil && isShapeName && ShapeOf(unfaulted) != nil:
		d.inBody(KindErrorShapeName, wire.Split, at, unfaulted, wire.Quote(code))
	}
	fault := "Sender or Receiver"
	if shape != nil {
		fault = "Receiver"
		if shape.Sender {
			fault = "Sender"
		}
	}
	if got := e.Type.Or(""); got == "" || !strings.Contains(fault, got) || got != "Sender" && got != "Receiver" {
		d.inBody(KindErrorType, wire.Departure, at, "<Type> of "+fault, wire.Quote(got))
	}
	if e.Message.Or("") == "" {
		d.inBody(KindErrorMessage, wire.Departure, at, "<Message> with a text", "none")
	}
	if e.RequestID.Or("") == "" {
		d.inBody(KindErrorRequestID, wire.Departure, at, "<RequestId> with a request id", "none")
	}
}
