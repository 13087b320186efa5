package rule

import (
	"slices"
	"strings"

	"wireproof/codec/jsonwire"
	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/codec/xmlwire"
)

// Which exchanges rules are about. A rule about what stands in a document does
// not apply where there is none: one fault is told once, by the rule that it
// breaks, and not again by all that cannot be looked at because of it.

func always(*Reading) bool { return true }

// head reports whether the response is the answer to a HEAD.
func (r *Reading) head() bool {
	return r.Exchange.Request != nil && r.Exchange.Request.Method == "HEAD"
}

// encoded reports whether the body has a content coding, so that its bytes are
// not the document.
func (r *Reading) encoded() bool {
	coding, _ := r.Exchange.Response.Headers.Get("Content-Encoding")
	return coding != "" && !strings.EqualFold(coding, "identity")
}

// read reports whether the answer was to be read.
func (r *Reading) read() bool { return r.Problem != nil || r.Output != nil || r.Error != nil }

func (r *Reading) has(kind wire.Kind) bool {
	return slices.ContainsFunc(r.Findings, func(f wire.Finding) bool { return f.Kind == kind })
}

// notedAt reports whether a finding is about the member at this path, or the one
// that differs from it in case only.
func (r *Reading) notedAt(path string) bool {
	return slices.ContainsFunc(r.Findings, func(f wire.Finding) bool {
		return f.Part == wire.Body && strings.EqualFold(f.Path, path) && f.Kind != wire.KindRequired
	})
}

// document reports whether there is a document of the protocol to look into.
func (r *Reading) document() bool {
	return r.read() && r.Problem == nil && !r.has(wire.KindEmptyBody) && !r.foreign()
}

// foreign reports whether the document is none of the protocol's, so that what
// it lacks need not be listed. Of RDS: neither root nor result wrapper are the
// operation's, or nothing of an error is where an error has it. Of MediaConnect:
// the document is no object.
func (r *Reading) foreign() bool {
	switch {
	case r.Service == RDS && r.Error != nil:
		return r.has(rds.KindErrorEnvelope) && !r.Error.Code.IsPresent() && !r.Error.Message.IsPresent()
	case r.Service == RDS:
		return r.has(rds.KindRoot) && r.has(rds.KindResultWrapper)
	}
	return r.has(mediaconnect.KindNullBody) || slices.ContainsFunc(r.Findings, wholeBody)
}

// wholeBody reports whether a finding says that the document is of another type.
func wholeBody(f wire.Finding) bool { return f.Kind == mediaconnect.KindType && f.Path == "" }

func rdsAnswer(r *Reading) bool   { return r.Service == RDS && r.read() }
func rdsDocument(r *Reading) bool { return r.Service == RDS && r.document() }
func rdsSuccess(r *Reading) bool  { return rdsDocument(r) && r.Output != nil }
func rdsError(r *Reading) bool    { return rdsDocument(r) && r.Error != nil }

func mcAnswer(r *Reading) bool   { return r.Service == MediaConnect && r.read() }
func mcDocument(r *Reading) bool { return r.Service == MediaConnect && r.document() }
func mcSuccess(r *Reading) bool  { return mcDocument(r) && r.Output != nil }
func mcError(r *Reading) bool    { return mcDocument(r) && r.Error != nil }

// mcFailed is an error whose body need not be a document: its type stands in a
// header.
func mcFailed(r *Reading) bool { return mcAnswer(r) && r.Error != nil }

// The parts of a finding's level that rules tell apart.

// agreed: all measured clients read the same.
func agreed(_ *Reading, f wire.Finding) bool { return f.Level == wire.Departure }

// disputed: they do not.
func disputed(_ *Reading, f wire.Finding) bool { return f.Level != wire.Departure }

// at makes the difference about what is at a path of the body.
func (r *Reading) at(path, want, got string) Difference {
	return Difference{Part: wire.Body, Path: path, Offset: r.locate(path), Want: want, Got: got}
}

// locate gives the raw offset of the element or value at a path, or -1.
func (r *Reading) locate(path string) int {
	if r.places == nil {
		r.places = r.findPlaces()
	}
	at, ok := r.places[path]
	if !ok {
		return -1
	}
	return r.Offset(wire.Body, path, at)
}

// findPlaces gives the offset in the body of every element or value by its path. A
// document can have as many differences as members, so they are found once.
func (r *Reading) findPlaces() map[string]int {
	body := r.Exchange.Response.Body
	places := map[string]int{}
	if r.Service == RDS {
		var x xmlwire.Reader
		x.Reset(body)
		var starts []int
		for k := x.Next(); k != xmlwire.EOF; k = x.Next() {
			if k == xmlwire.StartElement {
				starts = append(starts, x.TokenOffset())
			}
		}
		for i, path := range xmlwire.Paths(body, starts) {
			if _, ok := places[path]; !ok {
				places[path] = starts[i]
			}
		}
		return places
	}
	var j jsonwire.Reader
	j.Reset(body)
	for {
		k, err := j.Next()
		if err != nil || k == jsonwire.End {
			return places
		}
		if j.IsName() {
			continue
		}
		if path := j.Pointer(); path != "" || len(places) == 0 {
			if _, ok := places[path]; !ok {
				places[path] = j.Offset()
			}
		}
	}
}

// unknowns makes the differences about members that no model names.
func (r *Reading) unknowns(list []wire.Unknown) []Difference {
	if len(list) == 0 {
		return nil
	}
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b wire.Unknown) int { return a.Offset - b.Offset })
	var offsets []int
	for _, u := range list {
		offsets = append(offsets, u.Offset)
	}
	body := r.Exchange.Response.Body
	paths := xmlwire.Paths
	if r.Service == MediaConnect {
		paths = jsonwire.Pointers
	}
	var differences []Difference
	for i, path := range paths(body, offsets) {
		differences = append(differences, Difference{Part: wire.Body, Path: path,
			Offset: r.Offset(wire.Body, path, offsets[i]), Want: "a member that the model names", Got: wire.Quote(list[i].Name)})
	}
	return differences
}
