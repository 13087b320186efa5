package inspect

import (
	"bytes"
	"encoding/json"
	"strconv"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

func (mediaConnectService) target(operation, kind string, failure bool) any {
	if failure {
		return new(mediaconnect.Error)
	}
	op, _ := mediaconnect.ParseOperation(operation)
	if kind == Request {
		return op.NewInput()
	}
	return op.NewOutput()
}

func (mediaConnectService) write(value any, o *EncodeOptions) (request *wire.Request, response *wire.Response, err error) {
	var e mediaconnect.Encoder
	var headers *wire.Headers
	var body *string
	if failure, ok := value.(*mediaconnect.Error); ok {
		r, failed := e.EncodeError(o.mediaConnectError(failure))
		response, headers, body, err = &r, &r.Headers, &r.Body, failed
	} else if o.Kind == Request {
		r, failed := e.EncodeRequest(value.(mediaconnect.Input))
		request, headers, body, err = &r, &r.Headers, &r.Body, failed
	} else {
		r, failed := e.EncodeResponse(value.(mediaconnect.Output), o.RequestID)
		response, headers, body, err = &r, &r.Headers, &r.Body, failed
	}
	if err != nil {
		return nil, nil, err
	}
	o.setStatus(response)
	if o.Indent && *body != "" {
		// The service writes one line; several are for people.
		var b bytes.Buffer
		if err := json.Indent(&b, []byte(*body), "", "  "); err != nil {
			return nil, nil, err
		}
		*body = b.String()
		if _, ok := headers.Get("Content-Length"); ok {
			headers.Set("Content-Length", strconv.Itoa(len(*body)))
		}
	}
	return request, response, nil
}

func (o *EncodeOptions) mediaConnectError(e *mediaconnect.Error) *mediaconnect.Error {
	e.Status = o.status
	if o.RequestID != "" {
		e.RequestID = wire.Some(o.RequestID)
	}
	return e
}

func (rdsService) target(operation, kind string, failure bool) any {
	if failure {
		return new(rds.Error)
	}
	op, _ := rds.ParseOperation(operation)
	if kind == Request {
		return op.NewInput()
	}
	return op.NewOutput()
}

func (rdsService) write(value any, o *EncodeOptions) (*wire.Request, *wire.Response, error) {
	e := rds.Encoder{Version: rds.Version(o.Version), Indent: o.Indent, Get: o.Get}
	if failure, ok := value.(*rds.Error); ok {
		failure.Status = o.status
		if o.RequestID != "" {
			failure.RequestID = wire.Some(o.RequestID)
		}
		r, err := e.EncodeError(failure)
		return nil, &r, err
	}
	if o.Kind == Request {
		r, err := e.EncodeRequest(value.(rds.Input))
		return &r, nil, err
	}
	r, err := e.EncodeResponse(value.(rds.Output), o.RequestID)
	o.setStatus(&r)
	return nil, &r, err
}

// setStatus keeps the status that the document has, also one that is not the
// operation's.
func (o *EncodeOptions) setStatus(r *wire.Response) {
	if r != nil && o.status != 0 {
		r.Status = o.status
	}
}
