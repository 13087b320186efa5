package emulator

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/nethttp"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator/auth"
)

// Emulator answers the eight operations. It is an [http.Handler], safe for
// concurrent use; two emulators share nothing.
type Emulator struct {
	options  Options
	headers  []string // that are read; nil stands for all
	tokens   *tokens
	stencils stencils
	// What was bought. The shelves of MediaConnect have the ARN as their id.
	instances    ledger[instance]
	reservations ledger[reservation]
	sequence     atomic.Uint64 // of the last purchase, of anybody
	kept         atomic.Int64  // how many reservations there are
	workers      sync.Pool
}

// New makes an emulator.
func New(options Options) (*Emulator, error) {
	options = options.withDefaults()
	if options.Auth == nil {
		var err error
		if options.Auth, err = auth.New(auth.Options{Now: options.Now}); err != nil {
			return nil, err
		}
	}
	e := &Emulator{options: options, tokens: newTokens(options.TokenKey)}
	if e.headers = options.Auth.Headers(); e.headers != nil {
		e.headers = append(slices.Clip(e.headers), "Content-Type", "Content-Encoding")
	}
	e.workers.New = func() any {
		return &worker{reader: nethttp.Reader{Only: e.headers}, rds: rds.Decoder{Lenient: true, DropUnknown: true}, mediaconnect: mediaconnect.Decoder{DropUnknown: true}}
	}
	if err := e.load(); err != nil {
		return nil, err
	}
	return e, nil
}

// Close ends the use of the emulator and closes its journal. Requests that are
// being answered must have ended before.
func (e *Emulator) Close() error {
	if e.options.Journal == nil {
		return nil
	}
	return e.options.Journal.Close()
}

// worker is what answering one request takes, kept for the next one.
type worker struct {
	reader       nethttp.Reader
	rds          rds.Decoder
	mediaconnect mediaconnect.Decoder
	reply        reply
	records      records
	start        moment // as it was written last
	// Outputs that are used again.
	listed   mediaconnect.ListOfferingsOutput
	offering mediaconnect.DescribeOfferingOutput
}

// call is one request on its way to an answer.
type call struct {
	*worker
	context   context.Context
	req       wire.Request
	owner     owner
	requestID string
}

// on tells who wants to know which operation is called.
func (e *Emulator) on(c *call, operation string) {
	if e.options.OnOperation != nil {
		e.options.OnOperation(c.context, operation)
	}
}

// coded reports whether the body is compressed or otherwise coded. Nothing is
// decoded: no client sends such a body, and a small one could stand for one of any
// size.
//
// undocumented: content-encoding. What it is answered.
func (c *call) coded() bool {
	coding, _ := c.req.Headers.Get("Content-Encoding")
	return c.req.Body != "" && coding != "" && !strings.EqualFold(coding, "identity")
}

// ServeHTTP answers a request. It follows the path as it was sent and never
// redirects.
func (e *Emulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	worker := e.workers.Get().(*worker)
	c := &call{worker: worker, context: r.Context(), requestID: e.options.NewID()}
	e.answer(c, r)
	worker.reply.write(w)
	worker.tidy()
	e.workers.Put(worker)
}

func (e *Emulator) answer(c *call, r *http.Request) {
	var err error
	if c.req, err = c.reader.Request(r, e.options.MaxBody); err != nil {
		e.unread(c, r, err)
		return
	}
	if c.req.Path == "" {
		c.req.Path = "/"
	}
	if c.req.Path == HealthPath {
		c.reply.set(health(c.req.Method))
		return
	}
	identity, failure := e.options.Auth.Check(&c.req)
	c.owner = owner{identity.Account, identity.Region}
	c.explainCaller(e.options.Auth.Mode(), &identity, failure)
	if serviceOf(identity.Service, c.req.Path) == auth.MediaConnect {
		e.answerMediaConnect(c, failure)
	} else {
		e.answerRDS(c, failure)
	}
}

// unread answers a request whose body could not be read. Who is calling cannot be
// known then.
//
// undocumented: body-unreadable. What a service says of a body that is too large,
// or that does not come to its end.
func (e *Emulator) unread(c *call, r *http.Request, err error) {
	tooLarge := errors.Is(err, wire.ErrTooLarge)
	why := "The request body could not be read."
	if tooLarge {
		why = "The request body is too large."
	}
	switch {
	case serviceOf("", r.URL.EscapedPath()) != auth.MediaConnect:
		rdsError(c, rds.Latest, rds.InvalidQueryParameter, why)
	case tooLarge:
		mediaConnectError(c, mediaconnect.RequestEntityTooLargeException, why)
	default:
		mediaConnectError(c, mediaconnect.BadRequestException, why)
	}
}
