package fault

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/nethttp"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// maxBody is the largest request body that is looked at. Longer ones pass as they
// are, for the handler to refuse.
const maxBody = 1 << 20

// Injector is a handler that deviates. Close it when its server has ended.
type Injector struct {
	next    http.Handler
	act     act
	effects atomic.Int64
	// silent: no 100 Continue is sent to a request that expects one.
	silent bool
	// others counts the accounts that were made up.
	others struct {
		mu sync.Mutex
		n  int
	}
	// after serves the connections that a fault took over and gave back.
	after *http.Server
}

// Handler makes next deviate. A nil fault changes nothing. Every handler starts
// anew with what the fault remembers.
func Handler(next http.Handler, f *Fault) *Injector {
	if f == nil {
		return newInjector(next, nil)
	}
	h := newInjector(next, f.start)
	h.silent = f.silent
	return h
}

// Handler makes next vary without harm.
func (v *Variation) Handler(next http.Handler) *Injector { return newInjector(next, v.start) }

func newInjector(next http.Handler, start starter) *Injector {
	h := &Injector{next: next, act: (*call).answer}
	if start != nil {
		h.act = start()
	}
	h.after = afterServer(h)
	return h
}

// Effects counts the answers that were not the handler's, or were held back. It is
// safe for concurrent use.
func (h *Injector) Effects() int64 { return h.effects.Load() }

// Close ends the connections that a fault took over. They do not belong to the
// server any more, and its own closing does not end them.
func (h *Injector) Close() error { return h.after.Close() }

// call is one request on its way through.
type call struct {
	h *Injector
	w http.ResponseWriter
	r *http.Request

	// asked is the request as it came; req is what the handler is given.
	asked, req wire.Request
	// service, operation and version are what the request asks for, as far as it
	// can be told; version is rds.Oldest where RDS is asked for none.
	service, operation string
	version            rds.Version

	// resp is the answer, without Content-Length: that follows from the body.
	resp     wire.Response
	first    wire.Response // what the handler answered to req
	answered bool
	marked   bool // it took effect, whatever resp says
	// frame, where it is set, changes the answer as bytes.
	frame func(*message)
	// taken is the connection, where it was taken over before the answer was made.
	taken *taken
}

// ServeHTTP answers a request.
func (h *Injector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := &call{h: h, w: w, r: r}
	if !c.read() {
		h.next.ServeHTTP(w, c.r)
		return
	}
	h.act(c)
	c.send()
}

// read takes the request in. It reports false where that is not possible, or the
// request is for neither service.
func (c *call) read() bool {
	if strings.HasPrefix(c.r.URL.Path, "/_wireproof/") {
		return false
	}
	if c.h.silent && strings.EqualFold(c.r.Header.Get("Expect"), "100-continue") {
		c.readSilently()
	}
	body, err := io.ReadAll(io.LimitReader(c.r.Body, maxBody+1))
	r := *c.r
	r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), failing{err}, c.r.Body))
	if err != nil || len(body) > maxBody {
		c.r = &r
		return false
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	c.asked, err = nethttp.FromRequest(&r, maxBody)
	r.Body = io.NopCloser(bytes.NewReader(body))
	c.r, c.req = &r, c.asked
	c.identify()
	return err == nil
}

// failing gives the error that reading a body ended with, or nothing.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	return 0, io.EOF
}

// identify finds out what the request asks for.
func (c *call) identify() {
	c.service, c.operation, c.version = identify(c.req)
}

func identify(r wire.Request) (service, operation string, version rds.Version) {
	if r.Path == "/v1" || strings.HasPrefix(r.Path, "/v1/") {
		d := mediaconnect.Decoder{Lenient: true}
		probe := r
		probe.Body = "{}" // only the route counts
		if in, _ := d.DecodeRequest(&probe); in != nil {
			operation = in.Operation().String()
		}
		return mcService, operation, ""
	}
	d := rds.Decoder{Lenient: true}
	in, _ := d.DecodeRequest(&r)
	if in != nil {
		operation = in.Operation().String()
	}
	if version = d.Call().ReadAs; version == "" {
		version = rds.Oldest
	}
	return rdsService, operation, version
}

// answer asks the handler, unless that was done.
func (c *call) answer() {
	if !c.answered {
		c.resp = c.ask(c.req)
		c.first, c.answered = c.resp, true
		c.first.Headers = slices.Clone(c.resp.Headers)
		// The service that a signature names may be another one than the path's.
		switch t, _ := c.resp.Headers.MediaType(); t {
		case "text/xml":
			c.service = rdsService
		case "application/json":
			c.service = mcService
		}
	}
}

// ask gives a request to the handler and takes what it answers.
func (c *call) ask(req wire.Request) wire.Response {
	r := c.r
	if !same(req, c.asked) {
		r = remade(c.r, req)
	} else {
		again := *c.r // the body can be read once
		again.Body = io.NopCloser(strings.NewReader(req.Body))
		r = &again
	}
	in := recorder{header: http.Header{}}
	c.h.next.ServeHTTP(&in, r)
	return in.response()
}

// changeRequest gives the handler another request than the one that came.
func (c *call) changeRequest(req wire.Request) {
	if !same(req, c.req) {
		c.req, c.marked = req, true
	}
}

func same(a, b wire.Request) bool {
	return a.Method == b.Method && a.Path == b.Path && a.Query == b.Query && a.Body == b.Body && slices.Equal(a.Headers, b.Headers)
}

// remade is a request of net/http with what a fault has made of it.
func remade(r *http.Request, req wire.Request) *http.Request {
	u, err := url.ParseRequestURI(req.Target())
	if err != nil {
		u = &url.URL{Path: req.Path, RawQuery: req.Query}
	}
	out := *r
	out.Method, out.URL, out.RequestURI = req.Method, u, req.Target()
	out.Header = http.Header{}
	for _, h := range req.Headers {
		switch {
		case strings.EqualFold(h.Name, "Host"):
			out.Host = h.Value
		case strings.EqualFold(h.Name, "Content-Length"):
		default:
			out.Header.Add(h.Name, h.Value)
		}
	}
	out.Body, out.ContentLength, out.TransferEncoding = io.NopCloser(strings.NewReader(req.Body)), int64(len(req.Body)), nil
	if req.Body != "" {
		out.Header.Set("Content-Length", strconv.Itoa(len(req.Body)))
	}
	return &out
}

// recorder keeps what a handler answers.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header { return r.header }

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
}

func (r *recorder) Write(p []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(p)
}

// response is what was answered, its headers in the order in which net/http would
// write them.
func (r *recorder) response() wire.Response {
	r.WriteHeader(http.StatusOK)
	out := wire.Response{Status: r.status, Body: r.body.String()}
	names := make([]string, 0, len(r.header))
	for name := range r.header {
		if name != "Content-Length" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range r.header[name] {
			out.Headers = append(out.Headers, wire.HeaderField{Name: name, Value: value})
		}
	}
	return out
}
