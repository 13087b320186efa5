package inspect

import (
	"errors"
	"sort"

	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
)

// reporter fills in what a message gave, with places in the input.
type reporter struct {
	*Decoded
	*input
	starts []int // of the lines of the input, made when first asked for
}

func (r *reporter) done() *Decoded {
	// A script should find lists, not null.
	if r.Guessed == nil {
		r.Guessed = []Guess{}
	}
	if r.Unknown == nil {
		r.Unknown = []UnknownMember{}
	}
	if r.Findings == nil {
		r.Findings = []Finding{}
	}
	for i := range r.Unknown {
		u, part := &r.Unknown[i], wire.Body
		if u.Query || r.request != nil && r.request.Method == "GET" {
			part = wire.Query
		}
		if at, ok := r.place(part, "", u.Offset); ok {
			u.At = r.position(at)
		}
	}
	return r.Decoded
}

func (r *reporter) find(findings []wire.Finding) {
	for _, f := range findings {
		found := Finding{Finding: f}
		if at, ok := r.place(f.Part, f.Path, f.Offset); ok {
			found.At = r.position(at)
		}
		r.Findings = append(r.Findings, found)
	}
}

// fail says why there is no value.
func (r *reporter) fail(err error) {
	u := &Undecodable{Message: err.Error(), Part: wire.Body, Err: err}
	var syntax *wire.SyntaxError
	var shape *wire.ShapeError
	var broken *exchange.ParseError
	switch {
	case errors.As(err, &syntax):
		u.Offset, u.Path = syntax.Offset, syntax.Path
		if syntax.Format == wire.QueryForm && r.request != nil && r.request.Method == "GET" {
			u.Part = wire.Query
		}
	case errors.As(err, &shape):
		u.Part, u.Offset, u.Path = shape.Part, shape.Offset, shape.Path
	case errors.As(err, &broken):
		u.Part, u.Offset = exchange.Message, broken.Offset
	}
	u.Error = err.Error()
	if inner := errors.Unwrap(err); inner != nil {
		u.Error = inner.Error()
	}
	at, _ := r.place(u.Part, u.Path, u.Offset)
	u.At = *r.position(at)
	r.Undecodable = u
}

// position finds line and column as [wire.LineColumn] does, but goes through the
// input only once for any number of findings.
func (r *reporter) position(offset int) *Position {
	text := r.text
	if r.starts == nil {
		r.starts = []int{0}
		for i := 0; i < len(text); i++ {
			if text[i] == '\n' || text[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
				r.starts = append(r.starts, i+1)
			}
		}
	}
	line := sort.SearchInts(r.starts, offset+1)
	return &Position{Offset: offset, Line: line, Column: offset - r.starts[line-1] + 1}
}
