package mediaconnect

import (
	"errors"
	"strconv"
	"strings"

	"wireproof/codec/wire"
)

var (
	errInteger = errors.New("the integer does not fit 32 bits")
	errLabel   = "the path has no place for an absent label"
)

// EncodeResponse writes a successful response. An empty request id is left out,
// though every real response has one.
func (e Encoder) EncodeResponse(out Output, requestID string) (wire.Response, error) {
	body, err := e.AppendBody(nil, out)
	if err != nil {
		return wire.Response{}, err
	}
	resp := wire.Response{Status: out.Operation().SuccessStatus(), Body: string(body)}
	resp.Headers = responseHeaders(requestID)
	return resp, nil
}

// EncodeError writes an error response, with the request id that the error has.
// If it has no status, it gets the one of its shape.
func (e Encoder) EncodeError(err *Error) (wire.Response, error) {
	body, bad := e.AppendError(nil, err)
	if bad != nil {
		return wire.Response{}, bad
	}
	resp := wire.Response{Status: err.Status, Body: string(body)}
	if shape := err.Shape(); resp.Status == 0 && shape != nil {
		resp.Status = shape.Status
	}
	if resp.Status == 0 {
		return wire.Response{}, &wire.EncodeError{Path: "Status", What: "no status, and none known for " + wire.Quote(err.Code.Or(""))}
	}
	resp.Headers = responseHeaders(err.RequestID.Or(""))
	if code, ok := err.Code.Get(); ok {
		if !isErrorType(code) {
			return wire.Response{}, &wire.EncodeError{Path: errorTypeHeader, What: "would be read as another type: " + wire.Quote(code)}
		}
		resp.Headers.Set(errorTypeHeader, code)
	}
	return resp, nil
}

func responseHeaders(requestID string) wire.Headers {
	h := wire.Headers{{Name: "Content-Type", Value: contentType}}
	if requestID != "" {
		h.Set(requestIDHeader, requestID)
	}
	return h
}

// isErrorType reports whether a code can be sent in a header and is read as it
// is: with nothing in it that a reader cuts off. RFC 9110 section 5.5.
func isErrorType(code string) bool {
	for i := 0; i < len(code); i++ {
		if c := code[i]; c < ' ' || c == 0x7f {
			return false
		}
	}
	return code != "" && cutType(strings.Trim(code, " ")) == code
}

// EncodeRequest writes a request: method, path, query, the body's Content-Type
// and the body. Host and signature are up to the caller.
func (e Encoder) EncodeRequest(in Input) (wire.Request, error) {
	op := in.Operation()
	req := wire.Request{Method: op.Method()}
	path := append([]byte("/v1/"), op.resource()...)
	var query []byte
	var err error
	switch in := in.(type) {
	case *ListOfferingsInput:
		query, err = appendPage(query, in.MaxResults, in.NextToken, in.Unknown)
	case *ListReservationsInput:
		query, err = appendPage(query, in.MaxResults, in.NextToken, in.Unknown)
	case *DescribeOfferingInput:
		path, err = appendLabel(path, "offeringArn", in.OfferingArn)
		query = appendUnknown(query, in.Unknown)
	case *DescribeReservationInput:
		path, err = appendLabel(path, "reservationArn", in.ReservationArn)
		query = appendUnknown(query, in.Unknown)
	case *PurchaseOfferingInput:
		path, err = appendLabel(path, "offeringArn", in.OfferingArn)
		query = appendUnknown(query, in.UnknownQuery)
	default:
		panic("mediaconnect: BUG: an Input of another package")
	}
	if err != nil {
		return wire.Request{}, err
	}
	req.Path, req.Query = string(path), string(query)
	body, err := e.AppendRequestBody(nil, in)
	if err != nil {
		return wire.Request{}, err
	}
	if req.Body = string(body); req.Body != "" {
		req.Headers.Set("Content-Type", contentType)
	}
	return req, nil
}

// appendLabel appends a label with everything escaped but the unreserved
// characters. Smithy HTTP bindings, "httpLabel".
func appendLabel(path []byte, name string, o wire.Opt[string]) ([]byte, error) {
	v, ok := o.Get()
	if !ok {
		return nil, &wire.EncodeError{Path: name, What: errLabel}
	}
	return wire.AppendEscaped(append(path, '/'), v), nil
}

// appendPage appends the parameters of a page in the order all clients have. A
// null is left out, an empty token is written.
func appendPage(query []byte, maxResults wire.Opt[int64], nextToken wire.Opt[string], unknown []wire.Unknown) ([]byte, error) {
	if v, ok := maxResults.Get(); ok {
		if !wire.InInt32(v) {
			return nil, &wire.EncodeError{Path: "maxResults", What: errInteger.Error()}
		}
		query = strconv.AppendInt(append(query, "maxResults="...), v, 10)
	}
	if v, ok := nextToken.Get(); ok {
		query = append(ampersand(query), "nextToken="...)
		query = wire.AppendEscaped(query, v)
	}
	return appendUnknown(query, unknown), nil
}

// appendUnknown appends parameters as they were read.
func appendUnknown(query []byte, list []wire.Unknown) []byte {
	for i := range list {
		query = append(wire.AppendEscaped(ampersand(query), list[i].Name), '=')
		query = append(query, list[i].Raw...)
	}
	return query
}

func ampersand(query []byte) []byte {
	if len(query) > 0 {
		query = append(query, '&')
	}
	return query
}
