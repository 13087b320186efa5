package emulator

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// An answer has up to a hundred records, of which all but a few members are those
// of a handful of offerings. So it is put together from stencils: what the codec
// has once written for their offerings, in a frame that it has written too. The
// bytes are the codec's in every place; the tests write every answer anew and
// compare.

// stencils keeps what was written, for each offering and form of a record. There
// are no more offerings than the catalogue and the journal have.
type stencils struct{ made sync.Map }

type stencilKey struct {
	offering *rds.ReservedDBInstancesOffering
	form     stencilForm
	instance bool // a reservation, not the offering
}

// stencilForm is what decides over the bytes of a record besides its values.
type stencilForm struct {
	bought bool // what a purchase answers: it stands less deep
	late   bool // with ARN and lease
}

func formOf(op rds.Operation, v rds.Version) stencilForm {
	return stencilForm{op == rds.PurchaseReservedDBInstancesOffering, v.HasArn()}
}

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

// offering gives the stencil of an offering's record, which is in one piece.
func (s *stencils) offering(o *rds.ReservedDBInstancesOffering) string {
	return s.get(stencilKey{offering: o}, func() stencil {
		out := rds.DescribeReservedDBInstancesOfferingsOutput{ReservedDBInstancesOfferings: wire.Some([]rds.ReservedDBInstancesOffering{*o})}
		_, record, _ := aroundRecord(&out, rds.Latest)
		return stencil{[]string{record}}
	}).pieces[0]
}

// instance gives the stencil of the reservations of an offering.
func (s *stencils) instance(o *rds.ReservedDBInstancesOffering, form stencilForm) stencil {
	return s.get(stencilKey{o, form, true}, func() stencil {
		// Values that stand nowhere else, since their neighbours are elements.
		sample := rds.ReservedDBInstance{}
		fillOffering(&sample, o)
		sample.State, sample.ReservedDBInstanceId = wire.Some("?"), wire.Some("?")
		sample.DBInstanceCount, sample.StartTime = wire.Some[int64](1), wire.Some(wire.Timestamp{Digits: 3})
		names, version := []string{"State", "ReservedDBInstanceId", "DBInstanceCount", "StartTime"}, rds.Oldest
		if form.late {
			sample.ReservedDBInstanceArn, sample.LeaseId = wire.Some("?"), wire.Some("?")
			names, version = append(names, "ReservedDBInstanceArn", "LeaseId"), rds.Latest
		}
		var out rds.Output = &rds.DescribeReservedDBInstancesOutput{ReservedDBInstances: wire.Some([]rds.ReservedDBInstance{sample})}
		if form.bought {
			out = &rds.PurchaseReservedDBInstancesOfferingOutput{ReservedDBInstance: wire.Some(sample)}
		}
		_, record, _ := aroundRecord(out, version)
		return stencil{cutValues(record, names...)}
	})
}

func (s *stencils) get(key stencilKey, make func() stencil) stencil {
	if made, ok := s.made.Load(key); ok {
		return made.(stencil)
	}
	made, _ := s.made.LoadOrStore(key, make())
	return made.(stencil)
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
		if !plain[s[i]] {
			return false
		}
	}
	return true
}

var plain = func() (t [256]bool) {
	for c := ' '; c <= '~'; c++ {
		t[c] = !strings.ContainsRune("<&>\"'", c)
	}
	return t
}()
