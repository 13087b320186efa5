// Package embedded is this module's emulator as a target, so that the suite can be
// run against something that has to pass everything: it is what wireproof run uses
// without an endpoint.
//
// The emulator gives of itself the errors that a client can provoke. The others,
// such as Throttling, it is made to give by a header of the request, [Header].
package embedded

import (
	"crypto/rand"
	"fmt"
	"net/http"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/nethttp"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance"
	"wireproof/conformance/emulator"
)

// Header names the error that a request is to be answered with, by its code.
const Header = "X-Wireproof-Provoke"

// Target starts an emulator with its own catalogue, in memory, and says what a run
// has to know of it. Close it when the run is over.
func Target() (*conformance.HandlerTarget, conformance.Config, error) {
	e, err := emulator.New(emulator.Options{})
	if err != nil {
		return nil, conformance.Config{}, err
	}
	return conformance.Handler(Provoking(e)), Config(), nil
}

// Config says what an emulator behind [Provoking] has.
func Config() conformance.Config {
	provokes := map[string]conformance.Provocation{
		rds.ReservedDBInstanceQuotaExceededFault.Code: {Count: emulator.DefaultRDSQuota + 1},
	}
	for _, shape := range provoked() {
		provokes[shape.Code] = conformance.Provocation{Headers: map[string]string{Header: shape.Code}}
	}
	return conformance.Config{Accounts: "separate", Provokes: provokes}
}

// provoked are the errors that nothing that is sent alone leads to.
func provoked() []*wire.ErrorShape {
	return []*wire.ErrorShape{
		rds.Throttling, rds.InternalFailure, rds.ServiceUnavailable, rds.AccessDenied,
		mediaconnect.TooManyRequestsException, mediaconnect.InternalServerErrorException, mediaconnect.ServiceUnavailableException,
		mediaconnect.AccessDeniedException, mediaconnect.ForbiddenException,
	}
}

// Provoking answers requests that have [Header] with the error that it names, and
// leaves the others to next.
func Provoking(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		code := r.Header.Get(Header)
		for _, shape := range provoked() {
			if shape.Code == code {
				provoke(w, r, shape)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

func provoke(w http.ResponseWriter, r *http.Request, shape *wire.ErrorShape) {
	const message = "An error, made on demand."
	id := requestID()
	var response wire.Response
	var err error
	if mediaconnect.ShapeOf(shape.Code) == shape {
		response, err = mediaconnect.Encoder{}.EncodeError(mediaconnect.NewError(shape, message, id))
	} else {
		version := rds.Latest
		if req, e := nethttp.FromRequest(r, emulator.DefaultMaxBody); e == nil {
			var d rds.Decoder
			if _, e := d.DecodeRequest(&req); e == nil {
				version = d.Call().ReadAs
			}
		}
		response, err = rds.Encoder{Version: version, Indent: true}.EncodeError(rds.NewError(shape, message, id))
	}
	if err != nil {
		panic(err) // the errors above have a form on the wire
	}
	nethttp.WriteResponse(w, response)
}

// requestID makes a random UUID.
func requestID() string {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
