package emulator

import (
	"errors"
	"fmt"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator/auth"
	"wireproof/conformance/emulator/serve"
)

// answerRDS answers a request of RDS. Every answer, errors included, is in the
// namespace of the version that the request asks for.
func (e *Emulator) answerRDS(c *call, failure *auth.Failure) {
	in, err := c.rds.DecodeRequest(&c.req)
	if in != nil {
		e.on(c, in.Operation().String())
	}
	if in != nil {
		serve.SetOperation(c.context, in.Operation().String()) // for the log
		c.explainInput(in)
	}
	version := answerIn(c.rds.Call())
	if failure != nil {
		rdsError(c, version, failure.Shape(auth.RDS), failure.Message)
		return
	}
	refused := c.rdsPath()
	if refused == nil {
		refused = refuseRDS(c, err)
	}
	if refused != nil {
		rdsError(c, version, refused.shape, refused.message)
		return
	}
	switch in := in.(type) {
	case *rds.DescribeReservedDBInstancesOfferingsInput:
		refused = e.describeOfferings(c, version, in)
	case *rds.PurchaseReservedDBInstancesOfferingInput:
		refused = e.purchaseInstances(c, in)
	case *rds.DescribeReservedDBInstancesInput:
		refused = e.describeInstances(c, version, in)
	}
	if refused != nil {
		rdsError(c, version, refused.shape, refused.message)
		return
	}
	c.reply.begin(200, "text/xml", c.requestID)
	if e.appendRecords(c, in.Operation(), version) != nil {
		rdsError(c, version, rds.InternalFailure, "The answer could not be written.")
	}
}

// answerIn is the version whose namespace the answer has.
func answerIn(call *rds.Call) rds.Version {
	if call.ReadAs != "" {
		return call.ReadAs
	}
	// A limit was passed, perhaps before the Version was reached.
	if v := rds.Version(call.Version.Value); v.Known() {
		return v
	}
	return rds.Oldest
}

// refusal is an error to be answered.
type refusal struct {
	shape   *wire.ErrorShape
	message string
}

// refuse makes a refusal. What clients sent may be in args: use %q or
// [wire.Quote], since not every character may stand in XML.
func refuse(shape *wire.ErrorShape, format string, args ...any) *refusal {
	return &refusal{shape, fmt.Sprintf(format, args...)}
}

func rdsError(c *call, version rds.Version, shape *wire.ErrorShape, message string) {
	c.explainError(shape, message)
	resp, err := rds.Encoder{Version: version, Indent: true}.EncodeError(rds.NewError(shape, message, c.requestID))
	if err != nil { // the message or the id has what XML does not allow
		resp, _ = rds.Encoder{Version: version, Indent: true}.EncodeError(rds.NewError(shape, shape.Code, ""))
	}
	c.reply.set(resp)
}

// rdsPath refuses every path but the root. No path is ever cleaned.
//
// undocumented: rds-path. The code for a path that RDS does not have.
func (c *call) rdsPath() *refusal {
	if c.req.Path == "/" {
		return nil
	}
	return refuse(rds.InvalidAction, "There is no operation at the path %s.", wire.Quote(c.req.Path))
}

// refuseRDS turns what the decoder noticed into the error to be answered, or nil.
// Of several findings the first in the order of the request counts, but one that
// is about the whole request before one about a parameter.
func refuseRDS(c *call, err error) *refusal {
	findings := c.rds.Findings()
	if c.coded() {
		return refuse(rds.InvalidQueryParameter, "A body with a Content-Encoding is not read.")
	}
	for i := range findings {
		if r := refuseMessage(&findings[i]); r != nil {
			return r
		}
	}
	switch {
	case errors.Is(err, wire.ErrShape):
		return refuseAction(c)
	case err != nil:
		// undocumented: rds-limits. More parameters than the limit of the codec.
		return refuse(rds.MalformedQueryString, "The query string cannot be read: %s.", sentinel(err))
	}
	for i := range findings {
		if r := refuseParameter(&findings[i]); r != nil {
			return r
		}
	}
	return nil
}

// sentinel gives the sentinel's text of an error of the codec, without the path,
// which holds what the client sent.
func sentinel(err error) string {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error()
		}
		err = next
	}
}

// refuseAction answers for an Action that is missing or not known. WIRE.md section
// B.16.
func refuseAction(c *call) *refusal {
	name, given := c.rds.Call().Action.Get()
	if !given {
		return refuse(rds.MissingAction, "The request has no Action.")
	}
	return refuse(rds.InvalidAction, "Could not find operation %s for version %s.", wire.Quote(name), wire.Quote(c.rds.Call().Version.Or(string(rds.Oldest))))
}
