package emulator

import (
	"bytes"
	"strconv"
	"strings"
	"sync"
	"time"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// A page has up to a hundred records, of which all but a few members are those of
// a handful of offerings. So the codec writes the page with its first record, and
// the others are put in behind it from stencils: what the codec has once written
// for their offering. The bytes are the codec's in every place; a test holds the
// two ways together.

// stencils keeps what was written, for each offering and form of a record. There
// are no more offerings than the catalogue and the journal have.
type stencils struct{ made sync.Map }

type stencilKey struct {
	offering *rds.ReservedDBInstancesOffering
	form     stencilForm
}

// stencilForm is what decides over the members of a record.
type stencilForm uint8

const (
	formOffering stencilForm = iota // an offering
	formInstance                    // a reservation
	formLate                        // a reservation with ARN and lease
)

// stencil is a record cut into pieces: between two of them goes a value of the
// reservation's own.
type stencil struct{ pieces []string }

// The places of the values of a reservation, in the order in which the codec
// writes them.
const (
	placeState = iota
	placeID
	placeCount
	placeStart
	placeArn
	placeLease
)

const listIndent = "\n      " // of the items: root, result, list

// offering gives the stencil of an offering's record, which is in one piece.
func (s *stencils) offering(o *rds.ReservedDBInstancesOffering) string {
	return s.get(stencilKey{o, formOffering}, func() stencil {
		out := rds.DescribeReservedDBInstancesOfferingsOutput{ReservedDBInstancesOfferings: wire.Some([]rds.ReservedDBInstancesOffering{*o})}
		body, err := rds.Encoder{Indent: true}.AppendBody(nil, &out)
		return stencil{[]string{item(body, err, "ReservedDBInstancesOffering")}}
	}).pieces[0]
}

// instance gives the stencil of the reservations of an offering.
func (s *stencils) instance(o *rds.ReservedDBInstancesOffering, v rds.Version) stencil {
	key := stencilKey{o, formInstance}
	if v.HasArn() {
		key.form = formLate
	}
	return s.get(key, func() stencil {
		// Values that stand nowhere else, since their neighbours are elements.
		sample := rds.ReservedDBInstance{}
		fillOffering(&sample, o)
		sample.State, sample.ReservedDBInstanceId = wire.Some("?"), wire.Some("?")
		sample.DBInstanceCount, sample.StartTime = wire.Some[int64](1), wire.Some(wire.Timestamp{Digits: 3})
		names := []string{"State", "ReservedDBInstanceId", "DBInstanceCount", "StartTime"}
		if key.form == formLate {
			sample.ReservedDBInstanceArn, sample.LeaseId = wire.Some("?"), wire.Some("?")
			names = append(names, "ReservedDBInstanceArn", "LeaseId")
		}
		out := rds.DescribeReservedDBInstancesOutput{ReservedDBInstances: wire.Some([]rds.ReservedDBInstance{sample})}
		body, err := rds.Encoder{Version: v, Indent: true}.AppendBody(nil, &out)
		rest := item(body, err, "ReservedDBInstance")
		var pieces []string
		for _, name := range names {
			before, value, found := strings.Cut(rest, "<"+name+">")
			i := strings.Index(value, "</"+name+">")
			if !found || i < 0 {
				panic("emulator: BUG: the codec wrote no " + name + " where one was expected")
			}
			pieces = append(pieces, before+"<"+name+">")
			rest = value[i:]
		}
		return stencil{append(pieces, rest)}
	})
}

func (s *stencils) get(key stencilKey, make func() stencil) stencil {
	if made, ok := s.made.Load(key); ok {
		return made.(stencil)
	}
	made, _ := s.made.LoadOrStore(key, make())
	return made.(stencil)
}

// item cuts the one item out of the page that the codec wrote, with the line end
// before it.
func item(body []byte, err error, name string) string {
	i, end := bytes.Index(body, []byte(listIndent+"<"+name+">")), []byte("</"+name+">")
	j := bytes.LastIndex(body, end)
	if err != nil || i < 0 || j < i {
		panic("emulator: BUG: the codec wrote no " + name)
	}
	return string(body[i : j+len(end)])
}

// appendTo appends the record of a reservation whose id needs no escape.
func (s stencil) appendTo(dst []byte, r *instance, state string, start *moment) []byte {
	p := s.pieces
	dst = append(append(dst, p[placeState]...), state...)
	dst = append(append(dst, p[placeID]...), r.id()...)
	dst = strconv.AppendInt(append(dst, p[placeCount]...), int64(r.count), 10)
	dst = append(append(dst, p[placeStart]...), start.of(r.purchased)...)
	if len(p) > placeLease {
		dst = append(append(dst, p[placeArn]...), r.arn()...)
		dst = append(append(dst, p[placeLease]...), r.lease()...)
	}
	return append(dst, p[len(p)-1]...)
}

// moment is a time in Unix milliseconds and how it was written.
type moment struct {
	at   int64
	text []byte
	room [32]byte
}

// of gives the text of a time, until it is asked for another one.
func (m *moment) of(at int64) []byte {
	if at != m.at || m.text == nil {
		m.at, m.text = at, wire.TimestampOf(time.UnixMilli(at)).Append(m.room[:0])
	}
	return m.text
}

// isPlain reports whether a text stands in XML as it is, so that a stencil will do
// for it. What is not plain to this function is the codec's to write.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '<' || c == '&' || c == '>' || c == '"' || c == '\'' {
			return false
		}
	}
	return true
}

// splice puts more items into a page, behind those that it has.
func splice(body []byte, list string, items func(dst []byte) []byte) []byte {
	at := bytes.LastIndex(body, []byte("\n    </"+list+">"))
	if at < 0 {
		panic("emulator: BUG: the codec wrote no " + list)
	}
	var room [512]byte
	tail := append(room[:0], body[at:]...)
	return append(items(body[:at]), tail...)
}
