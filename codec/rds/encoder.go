package rds

import (
	"wireproof/codec/wire"
	"wireproof/codec/xmlwire"
)

// Encoder writes messages of RDS. The zero Encoder writes the latest version,
// compact, as a POST. It holds options only and may be shared.
type Encoder struct {
	// Version decides the namespace, which members may be written and how; ""
	// means [Latest].
	Version Version
	// Indent writes XML as the service does: two spaces a level and a final line
	// feed.
	Indent bool
	// Get writes requests into the query string instead of a form body.
	Get bool
}

func (e Encoder) version() Version {
	if e.Version == "" {
		return Latest
	}
	return e.Version
}

// EncodeResponse makes the response of a success: status 200, the request id in
// the body and in the header, since each client reads only one of them. An empty
// requestID leaves the one of out's Metadata. It fails as [Encoder.AppendBody]
// does.
func (e Encoder) EncodeResponse(out Output, requestID string) (wire.Response, error) {
	if requestID == "" {
		requestID = metadataOf(out).RequestID.Or("")
	}
	body, err := e.appendBody(nil, out, requestID)
	if err != nil {
		return wire.Response{}, err
	}
	return response(200, requestID, body), nil
}

// EncodeError makes an error response: the status is err.Status, or else that of
// its shape, or else 400.
func (e Encoder) EncodeError(err *Error) (wire.Response, error) {
	body, failed := e.AppendError(nil, err)
	if failed != nil {
		return wire.Response{}, failed
	}
	status := err.Status
	if shape := err.Shape(); status == 0 && shape != nil {
		status = shape.Status
	} else if status == 0 {
		status = 400
	}
	return response(status, err.RequestID.Or(""), body), nil
}

func response(status int, requestID string, body []byte) wire.Response {
	r := wire.Response{Status: status, Body: string(body)}
	if requestID != "" {
		r.Headers.Set("x-amzn-RequestId", requestID)
	}
	r.Headers.Set("Content-Type", "text/xml")
	return r
}

func metadataOf(out Output) *Metadata {
	switch out := out.(type) {
	case *DescribeReservedDBInstancesOfferingsOutput:
		return &out.Metadata
	case *PurchaseReservedDBInstancesOfferingOutput:
		return &out.Metadata
	case *DescribeReservedDBInstancesOutput:
		return &out.Metadata
	}
	panic("rds: BUG: unknown output")
}

// AppendBody appends the XML document of a success, members in the order of the
// documented samples, unknown ones last. It fails with a *[wire.EncodeError] on a
// character that XML does not allow, an integer that does not fit 32 bits, and a
// member that the version does not have.
func (e Encoder) AppendBody(dst []byte, out Output) ([]byte, error) {
	return e.appendBody(dst, out, metadataOf(out).RequestID.Or(""))
}

func (e Encoder) appendBody(dst []byte, out Output, requestID string) ([]byte, error) {
	op, meta := out.Operation(), metadataOf(out)
	w := &bodyWriter{Writer: xmlwire.Writer{Buf: dst, Indent: e.Indent}, version: e.version()}
	w.StartNS(responseRoots[op], w.version.Namespace())
	w.Start(envelopeNames[op], xResult)
	switch out := out.(type) {
	case *DescribeReservedDBInstancesOfferingsOutput:
		w.text(offeringsNames, pMarker, &out.Marker)
		w.offerings(&out.ReservedDBInstancesOfferings)
	case *PurchaseReservedDBInstancesOfferingOutput:
		if out.ReservedDBInstance.IsPresent() {
			w.instance(purchaseNames, rInstance, &out.ReservedDBInstance.Value)
		}
	case *DescribeReservedDBInstancesOutput:
		w.text(instancesNames, pMarker, &out.Marker)
		w.instances(&out.ReservedDBInstances)
	}
	w.unknown(meta.Unknown)
	w.End()
	if requestID != "" {
		w.Start(envelopeNames[op], xMetadata)
		w.Leaf(metadataNames, mRequestId, requestID)
		w.End()
	}
	w.unknown(meta.UnknownEnvelope)
	w.End()
	return w.document(e.Indent)
}

// AppendError appends the XML document of an error, its members in the order of
// the real service: Type, Code, Message. Only those that are present are
// written.
func (e Encoder) AppendError(dst []byte, err *Error) ([]byte, error) {
	w := &bodyWriter{Writer: xmlwire.Writer{Buf: dst, Indent: e.Indent}, version: e.version()}
	w.StartNS("ErrorResponse", w.version.Namespace())
	w.Start(errorResponseNames, eError)
	w.text(errorNames, eType, &err.Type)
	w.text(errorNames, eCode, &err.Code)
	w.text(errorNames, eMessage, &err.Message)
	w.unknown(err.Unknown)
	w.End()
	w.text(errorResponseNames, eRequestId, &err.RequestID)
	w.End()
	return w.document(e.Indent)
}

var responseRoots = [...]string{
	DescribeReservedDBInstancesOfferings: "DescribeReservedDBInstancesOfferingsResponse",
	PurchaseReservedDBInstancesOffering:  "PurchaseReservedDBInstancesOfferingResponse",
	DescribeReservedDBInstances:          "DescribeReservedDBInstancesResponse",
}
