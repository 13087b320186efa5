package inspect

import (
	"errors"

	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
)

// Decoded is everything about one message.
type Decoded struct {
	Service   string `json:"service"`
	Operation string `json:"operation,omitempty"`
	Kind      string `json:"kind"`
	// Version is the API version that the message names, or is read as.
	Version string `json:"version,omitempty"`
	// Status is that of a whole response.
	Status    int    `json:"status,omitempty"`
	RequestID string `json:"requestId,omitempty"`
	// Method and Target are those of a request that has them.
	Method string `json:"method,omitempty"`
	Target string `json:"target,omitempty"`

	Guessed []Guess `json:"guessed"`
	// Call is what a request to RDS has besides the operation's members.
	Call Structure `json:"call,omitzero"`
	// Value is the input or output, Error the error; neither is there where
	// nothing could be decoded.
	Value Structure `json:"value,omitzero"`
	Error Structure `json:"error,omitzero"`

	Unknown  []UnknownMember `json:"unknown"`
	Findings []Finding       `json:"findings"`
	// Undecodable says why there is no value.
	Undecodable *Undecodable `json:"undecodable,omitempty"`
}

// Clean reports whether there is nothing to be said against the message.
func (d *Decoded) Clean() bool { return len(d.Findings) == 0 && d.Undecodable == nil }

// Finding is a finding with its place in the input.
type Finding struct {
	wire.Finding
	// At is where it is in the input, which may begin before the part that Offset
	// counts from. It is missing for a header that is not there.
	At *Position `json:"at,omitempty"`
}

// Position is a place in the input. Line and column count from 1, the column in
// bytes.
type Position struct {
	Offset int `json:"offset"`
	Line   int `json:"line"`
	Column int `json:"column"`
}

// Undecodable says that a message is no message of the operation.
type Undecodable struct {
	// Error is the sentinel's text: "unexpected end of document".
	Error string `json:"error"`
	// Message is the whole error on one line.
	Message string `json:"message"`
	// Offset counts from the start of the part, At from that of the input.
	Part   wire.Part `json:"part"`
	Offset int       `json:"offset"`
	Path   string    `json:"path,omitempty"`
	At     Position  `json:"at"`
	// Err is the error itself.
	Err error `json:"-"`
}

// KindAPIVersion: a message of another API version than the caller expects.
const KindAPIVersion wire.Kind = "message.api-version"

// Decode reads one message: a whole HTTP request or response, a bare body, a
// query string, or a URL, also in the several lines in which the documentation
// prints it. A message that is wrong is no error but is told about in the
// result; err is a [*UsageError].
func Decode(text string, o Options) (*Decoded, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	in, err := takeApart(text, o)
	var broken *exchange.ParseError
	if errors.As(err, &broken) {
		d := &Decoded{Service: o.Service, Operation: o.Operation, Kind: o.Kind}
		r := &reporter{Decoded: d, input: in}
		r.fail(broken)
		return r.done(), nil
	}
	if err != nil {
		return nil, err
	}
	g := &guesser{input: in, Options: o}
	if err := g.guess(); err != nil {
		return nil, err
	}
	return g.decode(), nil
}

// decode reads the message that the guesses make of the input.
func (g *guesser) decode() *Decoded {
	d := &Decoded{Service: g.Service, Operation: g.Operation, Kind: g.Kind, Guessed: g.guesses}
	out := &reporter{Decoded: d, input: g.input}
	read := g.read(d)
	if read.operation != d.Operation && read.operation != "" {
		d.Operation = read.operation
		d.Guessed = append(d.Guessed, Guess{"operation", read.operation, "the request names it"})
	}
	d.Version, d.RequestID, d.Call.Of = read.version, read.requestID, read.call
	findings := append(g.framing, read.findings...)
	if f, wrong := g.unexpectedVersion(d.Version); wrong && !read.assumed {
		findings = append(findings, f)
	}
	if g.Lenient {
		findings = wire.Lenient(findings)
	}
	out.find(findings)
	switch {
	case read.err != nil:
		out.fail(read.err)
	case read.failure != nil:
		d.Error.Of, d.Unknown = read.failure, unknownMembers(read.failure)
	default:
		d.Value.Of, d.Unknown = read.value, unknownMembers(read.value)
	}
	return out.done()
}

// read calls the service's decoder.
func (g *guesser) read(d *Decoded) reading {
	s := services[g.Service]
	if g.Kind == Request {
		request := g.request
		if request == nil {
			request = &wire.Request{Body: g.body}
		}
		d.Method = request.Method
		if request.Method != "" {
			d.Target = request.Target()
		}
		return s.readRequest(request, g.Operation, g.Lenient)
	}
	response := g.theResponse()
	d.Status = response.Status
	var r reading
	switch {
	case g.settled != nil:
		r = *g.settled
	case g.isError:
		r = s.readError(response, g.Lenient)
	default:
		r = s.readResponse(response, g.Operation, g.Lenient)
	}
	if r.version == "" {
		r.version = g.xml.version()
	}
	return r
}

// unexpectedVersion holds the version against the one that the caller expects,
// where the message has one.
func (g *guesser) unexpectedVersion(got string) (wire.Finding, bool) {
	if g.Version == "" || got == "" || got == g.Version {
		return wire.Finding{}, false
	}
	part := wire.Body
	if g.request != nil && g.request.Method == "GET" {
		part = wire.Query
	}
	return wire.Finding{Kind: KindAPIVersion, Level: wire.Departure, Part: part,
		Want: "API version " + g.Version, Got: got}, true
}
