package rds

import (
	"slices"
	"strings"

	"wireproof/codec/wire"
	"wireproof/codec/xmlwire"
)

// Decoder reads messages of RDS. The zero Decoder reads strictly and is ready;
// one that is used again allocates nothing. Not for concurrent use.
//
// What it hands over are substrings of what it read, so a value keeps its
// message alive.
type Decoder struct {
	// Lenient leaves out the findings on which the measured clients agree. The
	// values are the same.
	Lenient bool
	// DropUnknown leaves out elements and parameters that no model names.
	DropUnknown bool

	findings []wire.Finding

	xml     xmlwire.Reader
	charges wire.Slab[RecurringCharge]
	order   orders
	request requestState
}

// orders are the orders of members that the last records had.
type orders struct {
	envelope, metadata, result, list, instance, offering, chargeList, charge xmlwire.Order
	errorResponse, error                                                     xmlwire.Order
}

// Findings returns what the last call found, ordered by part and offset, valid
// until the next call. A call that returned an error may have findings too.
func (d *Decoder) Findings() []wire.Finding { return d.findings }

// DecodeBytes is [Decoder.DecodeBody] for a byte slice, which it copies once.
func (d *Decoder) DecodeBytes(body []byte, out Output) error {
	return d.DecodeBody(string(body), out)
}

// DecodeBody reads the XML document of a successful response. It resets out
// first, keeping the capacity of its lists.
//
// It fails with a *[wire.SyntaxError] where the document is not well-formed, and
// with an *[Error] where it is an error response. Then out is empty.
func (d *Decoder) DecodeBody(body string, out Output) error {
	d.findings = d.findings[:0]
	return d.finish(body, out, d.decodeBody(body, out))
}

// DecodeResponse reads a response: its status and headers too. An error status
// gives an *[Error]. A Status of 0 says that only the body is known.
func (d *Decoder) DecodeResponse(resp *wire.Response, out Output) error {
	d.findings = d.findings[:0]
	if resp.IsError() {
		out.resetOutput()
		e := new(Error)
		if err := d.finish(resp.Body, nil, d.decodeError(resp, e)); err != nil {
			return err
		}
		return e
	}
	d.headers(resp)
	if resp.Status != 0 && resp.Status != 200 {
		d.finding(wire.KindStatus, wire.Departure, wire.Status, 0, "", "200", itoa(resp.Status))
	}
	return d.finish(resp.Body, out, d.decodeBody(resp.Body, out))
}

// DecodeError reads an error response into e, which it resets first. It fails
// with a *[wire.SyntaxError] where the body is no well-formed document; e.Status
// is set all the same.
func (d *Decoder) DecodeError(resp *wire.Response, e *Error) error {
	d.findings = d.findings[:0]
	return d.finish(resp.Body, nil, d.decodeError(resp, e))
}

// finish orders the findings about a body and gives them their paths.
func (d *Decoder) finish(body string, out Output, err error) error {
	if err != nil && out != nil {
		out.resetOutput()
	}
	d.addNotes()
	if len(d.findings) > 0 {
		d.settle()
		d.resolve(body)
	}
	return err
}

// settle leaves out what lenient reading does not report and orders the rest.
func (d *Decoder) settle() {
	if d.Lenient {
		d.findings = slices.DeleteFunc(d.findings, func(f wire.Finding) bool { return f.Level == wire.Departure })
	}
	wire.SortFindings(d.findings)
}

// resolve gives the findings about the body their paths.
func (d *Decoder) resolve(body string) {
	var offsets []int
	for _, f := range d.findings {
		if f.Part == wire.Body {
			offsets = append(offsets, f.Offset)
		}
	}
	if len(offsets) == 0 {
		return
	}
	paths := xmlwire.Paths(body, offsets)
	for i := range d.findings {
		if d.findings[i].Part == wire.Body {
			d.findings[i].Path, paths = paths[0], paths[1:]
		}
	}
}

func (d *Decoder) finding(k wire.Kind, l wire.Level, part wire.Part, offset int, path, want, got string) {
	d.findings = append(d.findings, wire.Finding{Kind: k, Level: l, Part: part, Offset: offset, Path: path, Want: want, Got: got})
}

// inBody adds a finding about the body; its path comes later.
func (d *Decoder) inBody(k wire.Kind, l wire.Level, offset int, want, got string) {
	d.finding(k, l, wire.Body, offset, "", want, got)
}

// noteFindings says what the notes of the XML reader mean in our messages.
var noteFindings = map[xmlwire.NoteKind]wire.Finding{
	xmlwire.NoteBOM:             {Kind: KindBOM, Level: wire.Split, Want: "no byte order mark", Got: "a byte order mark"},
	xmlwire.NotePrefix:          {Kind: KindPrefix, Level: wire.Split, Want: "an element name without a prefix", Got: "a prefix"},
	xmlwire.NoteNamespace:       {Kind: KindNamespace, Level: wire.Departure, Want: "no namespace declaration below the root", Got: "a namespace declaration"},
	xmlwire.NoteAttribute:       {Kind: KindAttribute, Level: wire.Departure, Want: "no attribute", Got: "an attribute"},
	xmlwire.NoteEmptyAttribute:  {Kind: KindEmptyAttribute, Level: wire.Split, Want: "no attribute on an empty scalar", Got: "an attribute"},
	xmlwire.NoteCommentInText:   {Kind: KindCommentInText, Level: wire.Split, Want: "text alone", Got: "a comment"},
	xmlwire.NoteInstructionText: {Kind: KindCommentInText, Level: wire.Split, Want: "text alone", Got: "a processing instruction"},
	xmlwire.NoteElementInText:   {Kind: KindElementInText, Level: wire.Split, Want: "text alone", Got: "an element"},
	xmlwire.NoteTextBetween:     {Kind: KindTextBetween, Level: wire.Departure, Want: "no text between elements", Got: "text"},
}

// addNotes turns the notes of the XML reader into findings, a prefix once a
// document: it is one fault, on however many elements.
func (d *Decoder) addNotes() {
	prefixed := false
	for _, n := range d.xml.Notes() {
		if n.Kind == xmlwire.NotePrefix {
			if prefixed {
				continue
			}
			prefixed = true
		}
		f := noteFindings[n.Kind]
		d.inBody(f.Kind, f.Level, n.Offset, f.Want, f.Got)
	}
}

// headers holds the response's headers against the protocol. WIRE.md B.11.
func (d *Decoder) headers(resp *wire.Response) {
	if resp.Status == 0 {
		return
	}
	if media, ok := resp.Headers.MediaType(); media != "text/xml" {
		got := "no content type"
		if ok {
			got = wire.Quote(media)
		}
		d.finding(wire.KindContentType, wire.Departure, wire.Header, 0, "Content-Type", "text/xml", got)
	}
	if id, _ := resp.Headers.Get("x-amzn-RequestId"); id == "" {
		d.finding(wire.KindRequestID, wire.Departure, wire.Header, 0, "x-amzn-RequestId", "a request id", "none")
	}
}

// namespaceVersion gives the version that a namespace of RDS names, also one
// that has none of our operations.
func namespaceVersion(ns string) (Version, bool) {
	v, ok := strings.CutPrefix(ns, namespacePrefix)
	v, slash := strings.CutSuffix(v, "/")
	if !ok || !slash || len(v) != len("2014-10-31") {
		return "", false
	}
	return Version(v), true
}
