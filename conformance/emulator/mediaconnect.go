package emulator

import (
	"errors"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator/auth"
	"wireproof/conformance/emulator/serve"
)

// answerMediaConnect answers a request of MediaConnect.
func (e *Emulator) answerMediaConnect(c *call, failure *auth.Failure) {
	in, err := c.mediaconnect.DecodeRequest(&c.req)
	if in != nil {
		e.on(c, in.Operation().String())
	}
	if failure != nil {
		mediaConnectError(c, failure.Shape(auth.MediaConnect), failure.Message)
		return
	}
	if in != nil {
		serve.SetOperation(c.context, in.Operation().String()) // for the log
		c.explainInput(in)
	}
	refused := refuseMediaConnect(c, in, err)
	if refused != nil {
		mediaConnectError(c, refused.shape, refused.message)
		return
	}
	var out mediaconnect.Output
	switch in := in.(type) {
	case *mediaconnect.ListOfferingsInput:
		out, refused = e.listOfferings(c, in)
	case *mediaconnect.DescribeOfferingInput:
		out, refused = e.describeOffering(c, in)
	case *mediaconnect.PurchaseOfferingInput:
		out, refused = e.purchaseOffering(c, in)
	case *mediaconnect.ListReservationsInput:
		out, refused = e.listReservations(c, in)
	case *mediaconnect.DescribeReservationInput:
		out, refused = e.describeReservation(c, in)
	}
	if refused != nil {
		mediaConnectError(c, refused.shape, refused.message)
		return
	}
	c.reply.begin(out.Operation().SuccessStatus(), "application/json", c.requestID)
	if c.reply.body, err = (mediaconnect.Encoder{}).AppendBody(c.reply.body, out); err != nil {
		mediaConnectError(c, mediaconnect.InternalServerErrorException, "The answer could not be written.")
	}
}

func mediaConnectError(c *call, shape *wire.ErrorShape, message string) {
	c.explainError(shape, message)
	resp, err := mediaconnect.Encoder{}.EncodeError(mediaconnect.NewError(shape, message, c.requestID))
	if err != nil { // text that is not UTF-8
		resp, _ = mediaconnect.Encoder{}.EncodeError(mediaconnect.NewError(shape, shape.Code, c.requestID))
	}
	c.reply.set(resp)
}

// refuseMediaConnect turns what the decoder noticed into the error to be answered,
// or nil.
//
// undocumented: mediaconnect-route. A path or method that no operation has is an
// UnknownOperationException with 404, as AWS's template of common errors has it.
//
// undocumented: mediaconnect-malformed. A body that is not JSON, is no object or
// lacks a member is a BadRequestException, the only 400 of the model; Smithy's
// servers say SerializationException and ValidationException, which the model
// does not have. So is a purchase whose body is not said to be JSON, where they
// say 415.
//
// undocumented: mediaconnect-accepted. A parameter that comes twice counts once,
// the first time; an unknown parameter or member, a GET with a body or a
// Content-Type, and a label that is escaped in another way are read. A member that
// comes twice in the body of a purchase is refused.
func refuseMediaConnect(c *call, in mediaconnect.Input, err error) *refusal {
	shape := shapeOf(err)
	switch {
	case shape != nil && (shape.Kind == wire.KindRoute || shape.Kind == wire.KindMethod):
		return refuse(mediaconnect.UnknownOperationException, "There is no operation %s %s.", wire.Quote(c.req.Method), wire.Quote(c.req.Path))
	case c.coded():
		return refuse(mediaconnect.BadRequestException, "A body with a Content-Encoding is not read.")
	case shape != nil:
		return refuse(mediaconnect.BadRequestException, "The body must be a JSON object.")
	case err != nil:
		return refuse(mediaconnect.BadRequestException, "The request cannot be read: %s.", sentinel(err))
	}
	if _, ok := in.(*mediaconnect.PurchaseOfferingInput); ok {
		if media, _ := c.req.Headers.MediaType(); media != "application/json" {
			return refuse(mediaconnect.BadRequestException, "The body must be application/json, not %s.", wire.Quote(media))
		}
	}
	findings := c.mediaconnect.Findings()
	for i := range findings {
		f := &findings[i]
		switch {
		case f.Kind == wire.KindRequired:
			return refuse(mediaconnect.BadRequestException, "The request has no member %s.", wire.Quote(f.Path))
		case f.Kind == mediaconnect.KindLabelEmpty, f.Kind == wire.KindTimestamp:
			// Nothing has the empty ARN, and the date is checked by itself.
		case f.Kind == mediaconnect.KindDuplicateName, f.Level != wire.Departure:
			return refuse(mediaconnect.BadRequestException, "The %s cannot be read at %s: %s where %s belongs.", f.Part, wire.Quote(f.Path), f.Got, f.Want)
		}
	}
	return nil
}

// shapeOf gives the [wire.ShapeError] that an error is, or nil.
func shapeOf(err error) *wire.ShapeError {
	if err == nil {
		return nil
	}
	var shape *wire.ShapeError
	errors.As(err, &shape)
	return shape
}
