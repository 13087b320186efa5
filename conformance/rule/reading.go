package rule

import (
	"errors"
	"strings"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
)

// The services.
const (
	MediaConnect = "mediaconnect"
	RDS          = "rds"
)

// Hint says what whoever sent the request knows and the request may not tell,
// because it was malformed on purpose. Empty members are read from the request.
type Hint struct {
	Service   string // [MediaConnect] or [RDS]
	Operation string
	Version   rds.Version
}

// Reading is an exchange as strict reading finds it.
type Reading struct {
	Exchange *exchange.Exchange
	Service  string
	// Operation is the operation's name, or empty where the request names none.
	Operation string
	// Version is the API version of RDS that the request asks for, [rds.Oldest]
	// where it names none; empty for MediaConnect.
	Version rds.Version

	// Input is an rds.Input or mediaconnect.Input; nil where the request cannot be
	// read.
	Input any
	// Output is an rds.Output or mediaconnect.Output: the answer where it is a
	// success that can be read.
	Output any
	// Error is the answer where it is an error that can be read.
	Error *ErrorReading
	// Problem says why nothing could be read: a *wire.SyntaxError or a
	// *wire.ShapeError.
	Problem error
	// Findings are those of the response: framing, then the codec's. Their offsets
	// count as their parts say.
	Findings []wire.Finding

	// places is where everything in the body is, once somebody has asked.
	places map[string]int

	rds          []rdsRecord // the records of Output
	mediaConnect []mcRecord
}

// ErrorReading is what the two services' errors have in common.
type ErrorReading struct {
	Code      wire.Opt[string]
	Message   wire.Opt[string]
	RequestID wire.Opt[string]
	// Type is Sender or Receiver; RDS alone has it.
	Type   wire.Opt[string]
	Status int
	// Shape is the modeled or common error with this code; nil where there is none.
	Shape *wire.ErrorShape
	// Unknown are members that the protocol does not name.
	Unknown []wire.Unknown
}

// Succeeded reports whether the answer is the operation's own document.
func (r *Reading) Succeeded() bool { return r.Output != nil && r.Problem == nil }

// Offset turns an offset in a part of the response into one in its raw bytes, or
// -1 where there is no such place.
func (r *Reading) Offset(part wire.Part, path string, offset int) int {
	if r.Exchange.Response == nil {
		return -1
	}
	if part == exchange.Message {
		return offset
	}
	raw, ok := r.Exchange.Response.RawOffset(part, path, offset)
	if !ok {
		return -1
	}
	return raw
}

// Read reads an exchange. Where there is no response, all but the request stays
// empty; so does the answer where the bytes of the body are not to be read: that
// of a HEAD, one with a content coding, and what a request without an operation
// was answered with a status of success.
func Read(x *exchange.Exchange, hint Hint) *Reading {
	r := &Reading{Exchange: x, Service: hint.Service, Operation: hint.Operation, Version: hint.Version}
	r.readRequest()
	if x.Response == nil {
		return r
	}
	r.Findings = append(r.Findings, x.Response.Findings...)
	if r.head() || r.encoded() {
		return r
	}
	switch r.Service {
	case RDS:
		r.readRDS()
		r.rds = rdsRecords(r)
	case MediaConnect:
		r.readMediaConnect()
		r.mediaConnect = mcRecords(r)
	}
	return r
}

// readRequest finds out from the request what the hint does not say.
func (r *Reading) readRequest() {
	x := r.Exchange
	if x.Request == nil {
		return
	}
	if r.Service == "" {
		r.Service = serviceOf(&x.Request.Request)
	}
	if r.Service == MediaConnect {
		d := mediaconnect.Decoder{Lenient: true}
		in, err := d.DecodeRequest(&x.Request.Request)
		if err == nil {
			r.Input = in
		} else { // the body alone may be what cannot be read
			bare := x.Request.Request
			bare.Body = ""
			in, err = d.DecodeRequest(&bare)
		}
		if err == nil && r.Operation == "" {
			r.Operation = in.Operation().String()
		}
		return
	}
	d := rds.Decoder{Lenient: true}
	in, err := d.DecodeRequest(&x.Request.Request)
	call := d.Call()
	if r.Version == "" {
		r.Version = call.ReadAs
	}
	if r.Operation == "" && call.Operation != 0 {
		r.Operation = call.Operation.String()
	}
	if err == nil {
		r.Input = in
	}
}

func (r *Reading) readRDS() {
	d := rds.Decoder{}
	response := &r.Exchange.Response.Response
	operation, known := rds.ParseOperation(r.Operation)
	e := new(rds.Error)
	switch {
	case known:
		out := operation.NewOutput()
		if r.Problem = d.DecodeResponse(response, out); r.Problem == nil {
			r.Output = out
		}
		if errors.As(r.Problem, &e) {
			r.Problem = nil
			r.rdsError(e)
		}
	case response.IsError():
		if r.Problem = d.DecodeError(response, e); r.Problem == nil {
			r.rdsError(e)
		}
	}
	r.Findings = append(r.Findings, d.Findings()...)
}

func (r *Reading) rdsError(e *rds.Error) {
	r.Error = &ErrorReading{Code: e.Code, Message: e.Message, RequestID: e.RequestID, Type: e.Type,
		Status: r.Exchange.Response.Status, Shape: e.Shape(), Unknown: e.Unknown}
}

func (r *Reading) readMediaConnect() {
	d := mediaconnect.Decoder{}
	response := &r.Exchange.Response.Response
	operation, known := mediaconnect.ParseOperation(r.Operation)
	e := new(mediaconnect.Error)
	switch {
	case known:
		out := operation.NewOutput()
		if r.Problem = d.DecodeResponse(response, out); r.Problem == nil {
			r.Output = out
		}
		if errors.As(r.Problem, &e) {
			r.Problem = nil
			r.mediaConnectError(e)
		}
	case response.IsError():
		if r.Problem = d.DecodeError(response, e); r.Problem == nil {
			r.mediaConnectError(e)
		}
	}
	r.Findings = append(r.Findings, d.Findings()...)
}

func (r *Reading) mediaConnectError(e *mediaconnect.Error) {
	r.Error = &ErrorReading{Code: e.Code, Message: e.Message, RequestID: e.RequestID,
		Status: e.Status, Shape: e.Shape(), Unknown: e.Unknown}
}

// serviceOf tells the service by what the request was signed for, or else by the
// path.
func serviceOf(r *wire.Request) string {
	signed, _ := r.Headers.Get("Authorization")
	switch {
	case strings.Contains(signed, "/"+MediaConnect+"/aws4_request"):
		return MediaConnect
	case strings.Contains(signed, "/"+RDS+"/aws4_request"):
		return RDS
	case r.Path == "/v1" || strings.HasPrefix(r.Path, "/v1/"):
		return MediaConnect
	}
	return RDS
}
