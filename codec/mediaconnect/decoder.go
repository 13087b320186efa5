package mediaconnect

import (
	"cmp"
	"slices"

	"wireproof/codec/jsonwire"
	"wireproof/codec/querywire"
	"wireproof/codec/wire"
)

// Decoder reads messages. The zero Decoder reads strictly; use one Decoder again
// and again for speed. Not for concurrent use.
//
// What it hands over are substrings of the message and strings from an arena;
// both stay valid for as long as they are held.
type Decoder struct {
	// Lenient leaves out the findings whose level is [wire.Departure].
	Lenient bool
	// DropUnknown leaves out members and parameters that no model names.
	DropUnknown bool

	r        jsonwire.Reader
	query    querywire.Reader
	orders   orders
	arena    wire.Arena
	escaped  []byte // a label as it should be
	unknowns wire.Slab[wire.Unknown]
	noted    []noted
	offsets  []int
	findings []wire.Finding
}

// noted is a finding in a JSON body that has no path yet.
type noted struct {
	wire.Finding
	member string // missing from the object at Offset
}

// Findings returns what the last call found, ordered by the part of the message
// and the offset. Valid until the next call.
func (d *Decoder) Findings() []wire.Finding { return d.findings }

// begin forgets the last call.
func (d *Decoder) begin() {
	d.noted, d.findings = d.noted[:0], d.findings[:0]
	d.r.Reset("")
}

// found reports a finding outside the body.
func (d *Decoder) found(f wire.Finding) {
	if d.Lenient && f.Level == wire.Departure {
		return
	}
	d.findings = append(d.findings, f)
}

// note reports a finding in the body, whose path is not known yet.
func (d *Decoder) note(kind wire.Kind, level wire.Level, offset int, want, got string) {
	if d.Lenient && level == wire.Departure {
		return
	}
	d.noted = append(d.noted, noted{Finding: wire.Finding{
		Kind: kind, Level: level, Part: wire.Body, Offset: offset, Want: want, Got: got,
	}})
}

// finish finds the paths of what was noted in the body and sorts the findings.
func (d *Decoder) finish(body string) {
	for _, offset := range d.r.Duplicates() {
		d.note(KindDuplicateName, wire.Departure, offset, "each name once", "the name again")
	}
	for _, offset := range d.r.LoneSurrogates() {
		d.note(KindLoneSurrogate, wire.Split, offset, "a surrogate pair", "a lone surrogate")
	}
	if len(d.noted) > 0 {
		d.resolve(body)
	}
	if len(d.findings) > 1 {
		wire.SortFindings(d.findings)
	}
}

func (d *Decoder) resolve(body string) {
	slices.SortStableFunc(d.noted, func(a, b noted) int { return cmp.Compare(a.Offset, b.Offset) })
	d.offsets = d.offsets[:0]
	for _, n := range d.noted {
		d.offsets = append(d.offsets, n.Offset)
	}
	for i, path := range jsonwire.Pointers(body, d.offsets) {
		f := d.noted[i].Finding
		f.Path = path
		if member := d.noted[i].member; member != "" {
			f.Path = path + "/" + member
		}
		d.findings = append(d.findings, f)
	}
}
