package rds

import (
	"slices"
	"strings"

	"wireproof/codec/querywire"
	"wireproof/codec/wire"
)

// requestState is what the Decoder keeps from one request to the next.
type requestState struct {
	call    Call
	reader  querywire.Reader
	params  []parameter      // those that are not common
	items   []querywire.Item // of all lists
	seen    querywire.Seen   // names of unknown parameters
	tags    wire.Slab[Tag]
	filters wire.Slab[Filter]
	values  wire.Slab[string]
	part    wire.Part // where the parameters belong
	// action and version are where their values stand, or where they are missed.
	action  place
	version place
	had     member     // the members that were there
	empty   *parameter // Filters= or Tags=
}

// parameter is a pair and where it stood.
type parameter struct {
	querywire.Pair
	part wire.Part
}

// at is where the name stands, valueAt where the value does.
func (p *parameter) at() place      { return place{p.part, p.NameOffset} }
func (p *parameter) valueAt() place { return place{p.part, p.ValueOffset} }

// place is where something is in a request.
type place struct {
	part   wire.Part
	offset int
}

// DecodeRequest reads a request of any of the three operations, in the body of a
// POST or the query string of a GET. Without a Method it is a bare form: the
// Body, or else the Query. What comes twice counts once, the first time, and the
// body comes before the query.
//
// An Action that is missing or unknown is a *[wire.ShapeError]; the [Call] is
// complete even so. A passed limit is a *[wire.SyntaxError]. All else is a
// finding. WIRE.md sections B.2 to B.7 and F.
func (d *Decoder) DecodeRequest(req *wire.Request) (Input, error) {
	if err := d.readCall(req); err != nil {
		return nil, err
	}
	in := d.request.call.Operation.NewInput()
	d.readMembers(in)
	return in, nil
}

// DecodeRequestInto is [Decoder.DecodeRequest] for an operation that is known.
// in is reset first and its lists are reused. Another Action is a
// *[wire.ShapeError].
func (d *Decoder) DecodeRequestInto(req *wire.Request, in Input) error {
	in.resetInput()
	if err := d.readCall(req); err != nil {
		return err
	}
	call := &d.request.call
	if call.Operation != in.Operation() {
		return d.actionError(in.Operation().String(), wire.Quote(call.Action.Value))
	}
	d.readMembers(in)
	return nil
}

// Call returns the common parameters of the request decoded last. It is
// overwritten by the next one.
func (d *Decoder) Call() *Call { return &d.request.call }

// readCall reads all parameters and keeps those that are not common for later:
// which members there are depends on Action and Version, and those may come
// last.
func (d *Decoder) readCall(req *wire.Request) error {
	s := &d.request
	s.call, s.had, s.empty = Call{}, 0, nil
	s.params, s.items = s.params[:0], s.items[:0]
	s.seen.Clear()
	d.findings = d.findings[:0]

	first, second := d.parts(req)
	s.part, s.action, s.version = first, place{part: first}, place{part: first}
	err := d.readPart(req, first, false)
	if err == nil && second != "" {
		err = d.readPart(req, second, true)
	}
	if err != nil {
		d.settle()
		return err
	}
	d.readVersion()
	return d.readAction()
}

// parts tells where the parameters are, and where else they may be.
func (d *Decoder) parts(req *wire.Request) (first, second wire.Part) {
	switch req.Method {
	case "GET", "HEAD":
		if req.Body != "" {
			d.note(KindBodyOnGet, wire.Split, place{part: wire.Body}, "", "no body", wire.Quote(req.Body))
		}
		if req.Method == "GET" {
			return wire.Query, ""
		}
		d.note(wire.KindMethod, wire.Split, place{part: wire.Method}, "", "GET or POST", req.Method)
		return wire.Query, ""
	case "": // a bare form body or query string
		if req.Body == "" {
			return wire.Query, ""
		}
		return wire.Body, ""
	case "POST":
	default:
		d.note(wire.KindMethod, wire.Split, place{part: wire.Method}, "", "GET or POST", wire.Quote(req.Method))
	}
	if req.Body != "" {
		d.checkContentType(req)
	}
	if req.Query != "" {
		return wire.Body, wire.Query
	}
	return wire.Body, ""
}

// formType is the media type of a form body.
const formType = "application/x-www-form-urlencoded"

func (d *Decoder) checkContentType(req *wire.Request) {
	value, _ := req.Headers.Get("Content-Type")
	media, parameters, _ := strings.Cut(value, ";")
	_, charset, given := strings.Cut(strings.ToLower(parameters), "charset=")
	charset, _, _ = strings.Cut(charset, ";")
	if !strings.EqualFold(strings.TrimSpace(media), formType) || given && strings.Trim(charset, ` "`) != "utf-8" {
		d.note(wire.KindContentType, wire.Split, place{part: wire.Header}, "Content-Type", formType, wire.Quote(value))
	}
}

func (d *Decoder) readPart(req *wire.Request, part wire.Part, stray bool) error {
	s := &d.request
	r := &s.reader
	if part == wire.Body {
		r.Reset(req.Body, part)
	} else {
		r.Reset(req.Query, part)
	}
	for {
		n := len(s.params)
		s.params = slices.Grow(s.params, 1)[:n+1]
		p := &s.params[n]
		p.part = part
		if !r.Next(&p.Pair) {
			s.params = s.params[:n]
			break
		}
		if stray && !strings.HasPrefix(p.Name, presigned) {
			d.note(KindParameterInQuery, wire.Split, p.at(), p.Name, "a parameter in the body", wire.Quote(p.Name))
		}
		if common := s.call.parameter(p.Name); common != nil {
			d.readCommon(common, p)
			s.params = s.params[:n]
		}
	}
	d.findings = append(d.findings, r.Findings()...)
	return r.Err()
}

func (d *Decoder) readCommon(dst *wire.Opt[string], p *parameter) {
	s := &d.request
	if dst.State == wire.Present {
		d.noteDuplicate(p)
		return
	}
	dst.Set(p.Value)
	switch dst {
	case &s.call.Action:
		s.action = p.valueAt()
	case &s.call.Version:
		s.version = p.valueAt()
	}
}

func (d *Decoder) readVersion() {
	call := &d.request.call
	sent, given := call.Version.Get()
	call.ReadAs = Version(sent)
	if call.ReadAs.Known() {
		return
	}
	if !dated(sent) {
		call.ReadAs = Oldest
	}
	at := d.request.version
	if given {
		d.note(KindVersionUnknown, wire.Split, at, "Version", "an API version from "+string(Oldest)+" to "+string(Latest), wire.Quote(sent))
	} else {
		d.note(wire.KindRequired, wire.Departure, at, "Version", "a Version", "none")
	}
}

func (d *Decoder) readAction() error {
	call := &d.request.call
	name, given := call.Action.Get()
	if !given {
		return d.actionError("an Action", "none")
	}
	var known bool
	if call.Operation, known = ParseOperation(name); !known {
		return d.actionError("one of the three operations", wire.Quote(name))
	}
	return nil
}

// actionError ends a reading, so it finishes the findings too.
func (d *Decoder) actionError(want, got string) error {
	d.settle()
	at := d.request.action
	return &wire.ShapeError{Kind: KindAction, Part: at.part, Offset: at.offset, Path: "Action", Want: want, Got: got}
}

// note adds a finding about a request; path is the parameter's name.
func (d *Decoder) note(k wire.Kind, l wire.Level, at place, path, want, got string) {
	d.finding(k, l, at.part, at.offset, path, want, got)
}
