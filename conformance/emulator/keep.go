package emulator

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator/auth"
	"wireproof/conformance/emulator/journal"
)

// keepInstance puts a purchase at RDS into the journal, where there is one. It
// comes before the purchase can be seen: what was answered is on disk.
func (e *Emulator) keepInstance(c *call, r *instance, sequence uint64, in *rds.PurchaseReservedDBInstancesOfferingInput) *refusal {
	if e.options.Journal == nil {
		return nil
	}
	record := journal.Record{
		Service: auth.RDS, Account: c.owner.account, Region: c.owner.region,
		Sequence: sequence, Purchased: time.UnixMilli(r.purchased).UTC(),
		ID: r.id(), OfferingID: r.offering.ReservedDBInstancesOfferingId.Value, Count: int64(r.count),
		RDSOffering: r.offering,
	}
	for _, t := range in.Tags.Value {
		record.Tags = append(record.Tags, journal.Tag{Key: t.Key.Value, Value: t.Value.Value})
	}
	if e.append(c, record) != nil {
		return refuse(rds.InternalFailure, "The purchase could not be recorded.")
	}
	return nil
}

// keepReservation does the same for a purchase at MediaConnect.
func (e *Emulator) keepReservation(c *call, r *reservation) *refusal {
	if e.options.Journal == nil {
		return nil
	}
	err := e.append(c, journal.Record{
		Service: auth.MediaConnect, Account: c.owner.account, Region: c.owner.region,
		Sequence: r.sequence, Purchased: time.UnixMilli(r.purchased).UTC(),
		ID: r.arn, OfferingID: r.offering.OfferingArn.Value, Name: r.name, Start: mediaconnect.FormatStart(time.Unix(r.start, 0)),
		MediaConnectOffering: r.offering,
	})
	if err != nil {
		return refuse(mediaconnect.InternalServerErrorException, "The purchase could not be recorded.")
	}
	return nil
}

// take makes room for one more reservation, or says that there is none.
func (e *Emulator) take() bool {
	if e.kept.Add(1) <= int64(e.options.MaxReservations) {
		return true
	}
	e.kept.Add(-1)
	return false
}

// The messages for who finds no room.
const (
	noAccount     = "This emulator keeps reservations for at most %d accounts and regions, and has them."
	noReservation = "This emulator keeps at most %d reservations, and has them."
)

// append writes a record although the client may have gone: a purchase is made or
// it is not.
func (e *Emulator) append(c *call, r journal.Record) error {
	return e.options.Journal.Append(context.WithoutCancel(c.context), r)
}

// ErrRecord is wrapped by the error of [New] where a journal holds what no emulator has written.
var ErrRecord = errors.New("record of no purchase")

// load makes the reservations of the journal again, with the offerings as they
// were when they were purchased.
func (e *Emulator) load() error {
	if e.options.Journal == nil {
		return nil
	}
	offerings := sharedOfferings{rds: map[string][]*rds.ReservedDBInstancesOffering{}, mc: map[string][]*mediaconnect.Offering{}}
	return e.options.Journal.Load(func(r journal.Record) error {
		e.sequence.Store(max(e.sequence.Load(), r.Sequence))
		e.kept.Add(1)
		o := owner{r.Account, r.Region}
		switch {
		case len(r.Account)+len(r.Region) > 1000:
			return fmt.Errorf("emulator: %w: account %s", ErrRecord, wire.Quote(r.Account))
		case r.Service == auth.RDS && r.RDSOffering != nil:
			s := e.instances.open(o, math.MaxInt)
			if s.has(r.ID) {
				return fmt.Errorf("emulator: %w: reservation %q twice", ErrRecord, r.ID)
			}
			kept := newInstance(o, r.ID, r.Sequence, offerings.instance(e, r.RDSOffering), r.Purchased, r.Count)
			s.add(kept.id(), kept, kept.offering)
			s.sum += r.Count
		case r.Service == auth.MediaConnect && r.MediaConnectOffering != nil:
			start, ok := mediaconnect.ParseStart(r.Start)
			if !ok {
				return fmt.Errorf("emulator: %w: start %q", ErrRecord, r.Start)
			}
			s := e.reservations.open(o, math.MaxInt)
			if s.has(r.ID) {
				return fmt.Errorf("emulator: %w: reservation %q twice", ErrRecord, r.ID)
			}
			res := newReservation(offerings.reservation(r.MediaConnectOffering), start.Time())
			res.arn, res.name, res.purchased, res.sequence = r.ID, r.Name, r.Purchased.UnixMilli(), r.Sequence
			s.add(r.ID, res, nil)
			s.until = max(s.until, res.end)
		default:
			return fmt.Errorf("emulator: %w: service %q", ErrRecord, r.Service)
		}
		return nil
	})
}

// sharedOfferings lets reservations of one offering share it, as they did when
// they were purchased. Of an id there is more than one version only where the
// catalogue was changed in between.
type sharedOfferings struct {
	rds map[string][]*rds.ReservedDBInstancesOffering
	mc  map[string][]*mediaconnect.Offering
}

func (s *sharedOfferings) instance(e *Emulator, o *rds.ReservedDBInstancesOffering) *rds.ReservedDBInstancesOffering {
	id := o.ReservedDBInstancesOfferingId.Value
	if s.rds[id] == nil {
		if c, ok := e.options.Catalogue.RDSOffering(id); ok {
			s.rds[id] = append(s.rds[id], c)
		}
	}
	for _, other := range s.rds[id] {
		if sameRDS(o, other) {
			return other
		}
	}
	s.rds[id] = append(s.rds[id], o)
	return o
}

func (s *sharedOfferings) reservation(o *mediaconnect.Offering) *mediaconnect.Offering {
	id := o.OfferingArn.Value
	for _, other := range s.mc[id] {
		if sameMediaConnect(o, other) {
			return other
		}
	}
	s.mc[id] = append(s.mc[id], o)
	return o
}

func sameRDS(a, b *rds.ReservedDBInstancesOffering) bool {
	if len(a.RecurringCharges.Value) != len(b.RecurringCharges.Value) {
		return false
	}
	for i := range a.RecurringCharges.Value {
		x, y := &a.RecurringCharges.Value[i], &b.RecurringCharges.Value[i]
		if x.RecurringChargeAmount != y.RecurringChargeAmount || x.RecurringChargeFrequency != y.RecurringChargeFrequency {
			return false
		}
	}
	return a.ReservedDBInstancesOfferingId == b.ReservedDBInstancesOfferingId && a.DBInstanceClass == b.DBInstanceClass &&
		a.Duration == b.Duration && a.FixedPrice == b.FixedPrice && a.UsagePrice == b.UsagePrice && a.CurrencyCode == b.CurrencyCode &&
		a.ProductDescription == b.ProductDescription && a.OfferingType == b.OfferingType && a.MultiAZ == b.MultiAZ &&
		a.RecurringCharges.State == b.RecurringCharges.State
}

func sameMediaConnect(a, b *mediaconnect.Offering) bool {
	x, y := &a.ResourceSpecification, &b.ResourceSpecification
	return a.OfferingArn == b.OfferingArn && a.CurrencyCode == b.CurrencyCode && a.Duration == b.Duration &&
		a.DurationUnits == b.DurationUnits && a.OfferingDescription == b.OfferingDescription && a.PricePerUnit == b.PricePerUnit &&
		a.PriceUnits == b.PriceUnits && x.State == y.State && x.Value.ReservedBitrate == y.Value.ReservedBitrate && x.Value.ResourceType == y.Value.ResourceType
}
