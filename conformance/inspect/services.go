package inspect

import (
	"errors"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// reading is what a service's decoder made of a message.
type reading struct {
	operation string
	version   string
	assumed   bool // the message does not say its version
	requestID string
	call      any
	value     any // the input or output
	failure   any // the error that the message is, or nil
	findings  []wire.Finding
	err       error // why nothing could be read
}

// service lets the two services be used alike.
type service interface {
	// readRequest reads a request; operation may be empty.
	readRequest(r *wire.Request, operation string, lenient bool) reading
	readResponse(r *wire.Response, operation string, lenient bool) reading
	readError(r *wire.Response, lenient bool) reading

	// target returns a pointer to the empty input, output or error that a
	// document is to be put into.
	target(operation, kind string, failure bool) any
	// write makes a message of what target returned.
	write(value any, o *EncodeOptions) (*wire.Request, *wire.Response, error)
}

var services = map[string]service{MediaConnect: mediaConnectService{}, RDS: rdsService{}}

type mediaConnectService struct{}

func (mediaConnectService) readRequest(r *wire.Request, operation string, lenient bool) (out reading) {
	if r.Method == "" {
		return readPurchaseBody(r.Body, lenient)
	}
	d := mediaconnect.Decoder{Lenient: lenient}
	var in mediaconnect.Input
	if operation != "" {
		op, _ := mediaconnect.ParseOperation(operation)
		in = op.NewInput()
		out.err = d.DecodeRequestInto(r, in)
	} else {
		in, out.err = d.DecodeRequest(r)
	}
	out.version, out.findings = mediaConnectVersion, d.Findings()
	if out.err == nil {
		out.operation, out.value = in.Operation().String(), in
	}
	return out
}

// readPurchaseBody reads the body of the one request that has one. What the
// decoder says about the rest of the request is left out, because the rest is
// made up here.
func readPurchaseBody(body string, lenient bool) (out reading) {
	r := wire.Request{Method: "POST", Path: "/v1/offerings/-", Body: body,
		Headers: wire.Headers{{Name: "Content-Type", Value: "application/json"}}}
	d, in := mediaconnect.Decoder{Lenient: lenient}, new(mediaconnect.PurchaseOfferingInput)
	out.err = d.DecodeRequestInto(&r, in)
	in.OfferingArn = wire.Opt[string]{}
	for _, f := range d.Findings() {
		if f.Part == wire.Body {
			out.findings = append(out.findings, f)
		}
	}
	out.operation, out.version, out.value = in.Operation().String(), mediaConnectVersion, in
	return out
}

func (mediaConnectService) readResponse(r *wire.Response, operation string, lenient bool) (out reading) {
	op, _ := mediaconnect.ParseOperation(operation)
	d, value := mediaconnect.Decoder{Lenient: lenient}, op.NewOutput()
	err := d.DecodeResponse(r, value)
	out.version, out.value, out.findings = mediaConnectVersion, value, d.Findings()
	out.requestID, _ = r.Headers.Get("x-amzn-RequestId")
	var failure *mediaconnect.Error
	if errors.As(err, &failure) {
		out.failure, err = failure, nil
	}
	out.err = err
	return out
}

func (mediaConnectService) readError(r *wire.Response, lenient bool) (out reading) {
	d, failure := mediaconnect.Decoder{Lenient: lenient}, new(mediaconnect.Error)
	out.err, out.version = d.DecodeError(r, failure), mediaConnectVersion
	out.failure, out.findings, out.requestID = failure, d.Findings(), failure.RequestID.Or("")
	return out
}

type rdsService struct{}

func (rdsService) readRequest(r *wire.Request, operation string, lenient bool) (out reading) {
	d := rds.Decoder{Lenient: lenient}
	var in rds.Input
	if operation != "" {
		op, _ := rds.ParseOperation(operation)
		in = op.NewInput()
		out.err = d.DecodeRequestInto(r, in)
	} else {
		in, out.err = d.DecodeRequest(r)
	}
	call := d.Call()
	out.version, out.assumed = string(call.ReadAs), !call.Version.IsPresent()
	out.call, out.findings = call, d.Findings()
	if out.err == nil {
		out.operation, out.value = in.Operation().String(), in
	}
	return out
}

func (rdsService) readResponse(r *wire.Response, operation string, lenient bool) (out reading) {
	op, _ := rds.ParseOperation(operation)
	d, value := rds.Decoder{Lenient: lenient}, op.NewOutput()
	err := d.DecodeResponse(r, value)
	out.value, out.findings = value, d.Findings()
	out.requestID = rdsMetadata(value).RequestID.Or("")
	var failure *rds.Error
	if errors.As(err, &failure) {
		out.failure, err = failure, nil
	}
	out.err = err
	return out
}

func (rdsService) readError(r *wire.Response, lenient bool) (out reading) {
	d, failure := rds.Decoder{Lenient: lenient}, new(rds.Error)
	out.err = d.DecodeError(r, failure)
	out.failure, out.findings, out.requestID = failure, d.Findings(), failure.RequestID.Or("")
	return out
}

func rdsMetadata(out rds.Output) *rds.Metadata {
	switch out := out.(type) {
	case *rds.DescribeReservedDBInstancesOfferingsOutput:
		return &out.Metadata
	case *rds.PurchaseReservedDBInstancesOfferingOutput:
		return &out.Metadata
	case *rds.DescribeReservedDBInstancesOutput:
		return &out.Metadata
	}
	return new(rds.Metadata)
}
