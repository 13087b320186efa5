package mediaconnect

import (
	"strings"
	"unicode/utf8"

	"wireproof/codec/jsonwire"
	"wireproof/codec/querywire"
	"wireproof/codec/wire"
)

// DecodeRequest finds the operation of a request by its method and path and
// reads the request. The error is a *[wire.ShapeError] where no operation has
// the path or the method, or where the body is no object, and a
// *[wire.SyntaxError] where the body is not JSON.
func (d *Decoder) DecodeRequest(req *wire.Request) (Input, error) {
	d.begin()
	op, label, err := route(req)
	if err != nil {
		return nil, err
	}
	in := op.NewInput()
	if err := d.decodeRequest(req, in, label); err != nil {
		return nil, err
	}
	return in, nil
}

// DecodeRequestInto is [Decoder.DecodeRequest] for an operation that is known.
// in is emptied first and keeps the capacity of its lists. A request for another
// operation is a *[wire.ShapeError].
func (d *Decoder) DecodeRequestInto(req *wire.Request, in Input) error {
	d.begin()
	in.resetInput()
	op, label, err := route(req)
	if err != nil {
		return err
	}
	if op != in.Operation() {
		return &wire.ShapeError{Kind: wire.KindRoute, Part: wire.Path, Want: in.Operation().String(), Got: op.String()}
	}
	return d.decodeRequest(req, in, label)
}

// label is the ARN in a path, escaped.
type label struct {
	text   string
	offset int
}

// route finds the operation. The path is taken as escaped: an escaped slash does
// not end a segment, and dots are not resolved. An empty label is a label.
// WIRE.md section A.3.
func route(req *wire.Request) (Operation, label, error) {
	const version = "/v1/"
	resource, arn, hasLabel := strings.Cut(strings.TrimPrefix(req.Path, version), "/")
	known := resource == ListOfferings.resource() || resource == ListReservations.resource()
	if !strings.HasPrefix(req.Path, version) || !known || strings.Contains(arn, "/") {
		return 0, label{}, &wire.ShapeError{Kind: wire.KindRoute, Part: wire.Path,
			Want: "/v1/offerings or /v1/reservations, or one of them with an ARN", Got: wire.Quote(req.Path)}
	}
	want := "GET"
	for _, op := range Operations() {
		if op.resource() != resource || op.hasLabel() != hasLabel {
			continue
		}
		if op.Method() == req.Method {
			return op, label{arn, len(req.Path) - len(arn)}, nil
		}
		if op == PurchaseOffering {
			want = "GET or POST"
		}
	}
	return 0, label{}, &wire.ShapeError{Kind: wire.KindMethod, Part: wire.Method, Want: want, Got: wire.Quote(req.Method)}
}

func (d *Decoder) decodeRequest(req *wire.Request, in Input, l label) (err error) {
	in.resetInput()
	switch in := in.(type) {
	case *ListOfferingsInput:
		err = d.pageQuery(req.Query, &in.MaxResults, &in.NextToken, &in.Unknown)
	case *ListReservationsInput:
		err = d.pageQuery(req.Query, &in.MaxResults, &in.NextToken, &in.Unknown)
	case *DescribeOfferingInput:
		d.arn(l, "offeringArn", &in.OfferingArn)
		err = d.noQuery(req.Query, &in.Unknown)
	case *DescribeReservationInput:
		d.arn(l, "reservationArn", &in.ReservationArn)
		err = d.noQuery(req.Query, &in.Unknown)
	case *PurchaseOfferingInput:
		d.arn(l, "offeringArn", &in.OfferingArn)
		if err = d.noQuery(req.Query, &in.UnknownQuery); err == nil {
			err = d.purchase(req, in)
		}
	default:
		panic("mediaconnect: BUG: an Input of another package")
	}
	if err != nil {
		in.resetInput()
		return err
	}
	if !in.Operation().hasBody() {
		d.noBody(req)
	}
	d.finish(req.Body)
	return nil
}

// arn reads the label of the path.
func (d *Decoder) arn(l label, name string, o *wire.Opt[string]) {
	text, bad := wire.Unescape(l.text, &d.arena)
	o.Set(text)
	d.labelForm(l, name, text, bad)
}

// labelForm compares a label with how the protocol escapes what it stands for;
// bad is the offset of the first bad escape, or -1.
func (d *Decoder) labelForm(l label, name, text string, bad int) {
	f := wire.Finding{Part: wire.Path, Offset: l.offset, Path: name}
	d.escaped = wire.AppendEscaped(d.escaped[:0], text)
	switch {
	case text == "":
		f.Kind, f.Level, f.Want = KindLabelEmpty, wire.Split, "an ARN"
	case bad >= 0:
		f.Kind, f.Level, f.Want = KindLabelEscape, wire.Split, "two hexadecimal digits"
		f.Offset += bad
	case !utf8.ValidString(text):
		f.Kind, f.Level, f.Want = KindLabelUTF8, wire.Split, "UTF-8"
	case string(d.escaped) != l.text:
		f.Kind, f.Level, f.Want = KindLabelForm, wire.Departure, wire.Quote(string(d.escaped))
	default:
		return
	}
	f.Got = wire.Quote(l.text)
	d.found(f)
}

// pageQuery reads the two parameters of a page. The first of several values
// counts. Smithy HTTP bindings, "httpQuery"; WIRE.md section A.4.
func (d *Decoder) pageQuery(query string, maxResults *wire.Opt[int64], nextToken *wire.Opt[string], unknown *[]wire.Unknown) error {
	var p querywire.Pair
	var seenMax, seenToken bool
	d.query.Reset(query, wire.Query)
	for d.query.Next(&p) {
		switch {
		case p.Name == "maxResults" && !seenMax:
			seenMax = true
			d.maxResults(&p, maxResults)
		case p.Name == "nextToken" && !seenToken:
			seenToken = true
			nextToken.Set(p.Value)
		case p.Name == "maxResults" || p.Name == "nextToken":
			d.found(wire.Finding{Kind: wire.KindDuplicate, Level: wire.Departure, Part: wire.Query, Offset: p.NameOffset, Path: p.Name, Want: "each name once", Got: wire.Quote(p.Value)})
			d.keepParameter(&p, unknown)
		default:
			d.unknownParameter(&p, unknown)
		}
	}
	return d.queryEnd()
}

// noQuery reads the query of an operation that has no parameters.
func (d *Decoder) noQuery(query string, unknown *[]wire.Unknown) error {
	var p querywire.Pair
	d.query.Reset(query, wire.Query)
	for d.query.Next(&p) {
		d.unknownParameter(&p, unknown)
	}
	return d.queryEnd()
}

// queryEnd takes over what the query's reader found.
func (d *Decoder) queryEnd() error {
	for _, f := range d.query.Findings() {
		if f.Kind == querywire.KindPlus {
			f.Level = wire.Split // a space in a form, a plus by RFC 3986; no client sends one
		}
		d.found(f)
	}
	return d.query.Err()
}

// maxResults reads an integer. Servers refuse any other form. WIRE.md section
// A.4.
func (d *Decoder) maxResults(p *querywire.Pair, o *wire.Opt[int64]) {
	f := wire.Finding{Part: wire.Query, Offset: p.ValueOffset, Path: p.Name, Want: "an integer from 1 to 1000", Got: wire.Quote(p.Value)}
	v, ok := wire.ParseInt(p.Value)
	switch {
	case !ok && isDigits(p.Value):
		f.Kind, f.Level = wire.KindIntegerRange, wire.Unreadable
	case !ok:
		f.Kind, f.Level = wire.KindInteger, wire.Unreadable
	default:
		o.Set(v)
		if v >= MinMaxResults && v <= MaxMaxResults {
			return
		}
		f.Kind, f.Level = wire.KindIntegerRange, wire.Departure
		if !wire.InInt32(v) {
			f.Level = wire.Split
		}
	}
	d.found(f)
}

// isDigits reports whether s is an integer too large for 64 bits, given that it
// is none that fits.
func isDigits(s string) bool {
	s = strings.TrimPrefix(s, "-")
	return s != "" && s[0] != '0' && strings.Trim(s, "0123456789") == ""
}

func (d *Decoder) unknownParameter(p *querywire.Pair, list *[]wire.Unknown) {
	f := wire.Finding{Kind: wire.KindUnknownParameter, Level: wire.Departure, Part: wire.Query, Offset: p.NameOffset, Path: p.Name, Want: "a parameter of the operation", Got: wire.Quote(p.Name)}
	d.found(f)
	d.keepParameter(p, list)
}

func (d *Decoder) keepParameter(p *querywire.Pair, list *[]wire.Unknown) {
	if !d.DropUnknown {
		*list = append(*list, wire.Unknown{Name: p.Name, Raw: p.RawValue, Offset: p.ValueOffset})
	}
}

// noBody looks at a request of an operation that has no body. Clients send
// neither a body nor a Content-Type. WIRE.md section A.5.
func (d *Decoder) noBody(req *wire.Request) {
	if req.Body != "" {
		d.found(wire.Finding{Kind: KindBodyOnGet, Level: wire.Departure, Part: wire.Body, Want: "nothing", Got: wire.Quote(req.Body)})
	} else if media, ok := req.Headers.MediaType(); ok {
		d.found(wire.Finding{Kind: wire.KindContentType, Level: wire.Departure, Part: wire.Header, Path: "Content-Type", Want: "no such header", Got: wire.Quote(media)})
	}
}

const (
	purchaseReservationName = iota
	purchaseStart
)

var purchaseNames = jsonwire.NewNames("reservationName", "start")

// purchase reads the body of PurchaseOffering.
func (d *Decoder) purchase(req *wire.Request, in *PurchaseOfferingInput) error {
	d.resetReader(req.Body)
	if !d.emptyBody(req.Body) {
		d.mediaType(req.Headers)
		if d.r.Kind() != jsonwire.ObjectStart {
			return d.wrongBody()
		}
		d.purchaseBody(in)
		if err := d.r.Close(); err != nil {
			return err
		}
	}
	// A purchase without one of the two cannot be made. Null is as good as
	// absent. Smithy test RestJsonMalformedRequiredBodyExplicitNull.
	object := strings.IndexByte(req.Body, '{')
	for i, o := range []*wire.Opt[string]{&in.ReservationName, &in.Start} {
		if !o.IsPresent() {
			d.missing(purchaseNames.Name(i), max(object, 0), wire.Unreadable)
		}
	}
	return nil
}

func (d *Decoder) purchaseBody(in *PurchaseOfferingInput) {
	var o jsonwire.Object
	d.r.Open(&o, purchaseNames, &d.orders.output)
	for d.r.Member(&o) {
		switch o.Index {
		case purchaseReservationName:
			d.requestText(&in.ReservationName)
		case purchaseStart:
			at := d.r.Pos()
			d.requestText(&in.Start)
			d.checkDate(&in.Start, at)
		default:
			d.unknown(&o, purchaseNames, &in.Unknown)
		}
	}
}
