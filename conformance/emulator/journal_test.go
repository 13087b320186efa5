package emulator_test

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator"
	"wireproof/conformance/emulator/catalogue"
	"wireproof/conformance/emulator/journal"
)

// heap is what is alive.
func heap() int64 {
	for range 3 { // what a sync.Pool holds goes with the second
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// memory is a journal that keeps nothing on disk and fails when it is told to.
type memory struct {
	records []journal.Record
	fail    error
	closed  bool
}

func (m *memory) Load(f func(journal.Record) error) error {
	for _, r := range m.records {
		if err := f(r); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) Append(ctx context.Context, r journal.Record) error {
	if m.fail != nil {
		return m.fail
	}
	m.records = append(m.records, r)
	return ctx.Err()
}

func (m *memory) Close() error { m.closed = true; return nil }

// What was bought is there again from the file, the same to the byte, and what is
// bought then comes behind it.
func TestJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state")
	open := func() *bench {
		j, err := journal.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		b := newBench(t, func(o *emulator.Options) { o.Journal = j; o.ActiveAfter = time.Minute; o.RDSQuota = 25 })
		b.clock.Add(time.Second)
		return b
	}
	look := func(b *bench) []string {
		var all []string
		for _, account := range []string{alice, bob} {
			for _, req := range []wire.Request{form(instances, scope(account, "us-east-1", "rds")), {Method: "GET", Path: "/v1/reservations", Headers: wire.Headers{scope(account, "us-east-1", "mediaconnect")}}} {
				body := b.send(req).Body
				if i := strings.Index(body, "<RequestId>"); i >= 0 {
					body = body[:i]
				}
				all = append(all, body)
			}
		}
		return all
	}
	b := open()
	b.clock.Add(123456789 * time.Nanosecond)
	for range 5 {
		b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{DBInstanceCount: wire.Some[int64](3), Tags: wire.Some([]rds.Tag{{Key: wire.Some("k")}})}, alice)
		b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{}, bob)
	}
	b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstanceId: wire.Some("<&\r\n>")}, alice)
	r := b.buyReservation("2020-03-05T23:30:00Z", alice)
	before := look(b)
	if err := b.e.Close(); err != nil {
		t.Fatal(err)
	}

	b = open()
	b.clock.Add(123456789 * time.Nanosecond)
	if diff := difference(before, look(b)); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	if _, e := b.callMC(purchaseOf(offeringArn, "2020-03-05T23:30:00Z"), alice); e == nil || e.Shape() != mediaconnect.ForbiddenException {
		t.Errorf("a second reservation: %v", e)
	}
	if got := b.describeReservation(r.ReservationArn, alice); difference(r, got) != "" {
		t.Error(difference(r, got))
	}
	buy := func(id string, count int64) *rds.Error {
		_, e := b.callRDS(rds.Encoder{}, &rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: wire.Some(documented), ReservedDBInstanceId: wire.Some(id), DBInstanceCount: wire.Some(count)}, alice)
		return e
	}
	if e := buy("<&\r\n>", 1); e == nil || e.Shape() != rds.ReservedDBInstanceAlreadyExistsFault {
		t.Errorf("an id that is taken: %v", e)
	}
	if e := buy("new", 10); e == nil || e.Shape() != rds.ReservedDBInstanceQuotaExceededFault { // 16 of 25
		t.Errorf("the quota: %v", e)
	}
	if e := buy("new", 9); e != nil {
		t.Error(e)
	}
	b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{}, bob) // its generated id is not one that is taken
	list := b.instancesOf("", rds.DescribeReservedDBInstancesInput{}, alice)
	if last := list[len(list)-1]; len(list) != 7 || last.ReservedDBInstanceId.Value != "new" {
		t.Errorf("%d reservations, the last %v", len(list), last)
	}
}

// What was paid does not change with the catalogue.
func TestPricesAreThoseOfThePurchase(t *testing.T) {
	dear := strings.NewReader(`
rds:
  - {ReservedDBInstancesOfferingId: ` + documented + `, DBInstanceClass: db.m1.small, Duration: 94608000, FixedPrice: 999, UsagePrice: 9, CurrencyCode: USD,
     ProductDescription: mysql, OfferingType: No Upfront, MultiAZ: true, RecurringCharges: [{RecurringChargeAmount: 1, RecurringChargeFrequency: Hourly}]}
mediaconnect:
  - {offering: "1-23aBC45dEF67hiJ8:MyOffering", currencyCode: USD, duration: 1, durationUnits: MONTHS, offeringDescription: dear, pricePerUnit: "9", priceUnits: HOURLY,
     resourceSpecification: {resourceType: Mbps_Outbound_Bandwidth}}
`)
	other, err := catalogue.Load(dear)
	if err != nil {
		t.Fatal(err)
	}
	j := &memory{}
	b := newBench(t, func(o *emulator.Options) { o.Journal = j })
	first := b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{}, alice)
	b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{}, alice)
	reservation := b.buyReservation("2020-03-05T23:30:00Z", alice)

	b = newBench(t, func(o *emulator.Options) { o.Journal = j; o.Catalogue = other })
	if diff := difference(first, b.instancesOf("", rds.DescribeReservedDBInstancesInput{}, alice)[0]); diff != "" {
		t.Errorf("(-bought +now):\n%s", diff)
	}
	if diff := difference(reservation, b.describeReservation(reservation.ReservationArn, alice)); diff != "" {
		t.Errorf("(-bought +now):\n%s", diff)
	}
	if now := b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{}, alice); now.FixedPrice.Value != 999 {
		t.Errorf("the new price is %v", now.FixedPrice)
	}
	if got := b.buyReservation("2020-03-05T23:30:00Z", bob); got.End.Value != "2020-04-05T23:30:00Z" {
		t.Errorf("the new term ends %s", got.End.Value)
	}
}

// A purchase that cannot be recorded has not been made.
func TestJournalFails(t *testing.T) {
	j := &memory{fail: errors.New("disk full")}
	b := newBench(t, func(o *emulator.Options) { o.Journal = j; o.RDSQuota = 1 })
	in := &rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: wire.Some(documented), ReservedDBInstanceId: wire.Some("x")}
	if _, e := b.callRDS(rds.Encoder{}, in, alice); e == nil || e.Shape() != rds.InternalFailure || strings.Contains(e.Message.Value, "disk") {
		t.Error(e)
	}
	if _, e := b.callMC(purchaseOf(offeringArn, "2020-03-05T23:30:00Z"), alice); e == nil || e.Shape() != mediaconnect.InternalServerErrorException {
		t.Error(e)
	}
	if list := b.instancesOf("", rds.DescribeReservedDBInstancesInput{}, alice); len(list) != 0 {
		t.Errorf("%d reservations", len(list))
	}
	j.fail = nil
	b.buyInstance("", *in, alice) // the id and the quota are free
	b.buyReservation("2020-03-05T23:30:00Z", alice)
	if err := b.e.Close(); err != nil || !j.closed {
		t.Errorf("%v, closed %v", err, j.closed)
	}
}

// A journal that holds what no emulator has written is refused.
func TestJournalOfAnother(t *testing.T) {
	offering, _ := catalogue.Default().RDSOffering(documented)
	mc, _ := catalogue.Default().MediaConnectOffering(offeringArn)
	good := journal.Record{Sequence: 1, Service: "rds", Account: alice, Region: "r", ID: "x", Count: 1, RDSOffering: offering}
	for why, records := range map[string][]journal.Record{
		"an unknown service":    {{Sequence: 1, Service: "s3"}},
		"no offering":           {{Sequence: 1, Service: "rds", ID: "x", Count: 1}},
		"one id twice":          {good, good},
		"a start that is none":  {{Sequence: 1, Service: "mediaconnect", ID: "x", Start: "now", MediaConnectOffering: mc}},
		"another's offering":    {{Sequence: 1, Service: "mediaconnect", ID: "x", Start: "2020-03-05T23:30:00Z", RDSOffering: offering}},
		"one reservation twice": {{Sequence: 1, Service: "mediaconnect", ID: "x", Start: "2020-03-05T23:30:00Z", MediaConnectOffering: mc}, {Sequence: 2, Service: "mediaconnect", ID: "x", Start: "2020-03-05T23:30:00Z", MediaConnectOffering: mc}},
	} {
		if _, err := emulator.New(emulator.Options{Journal: &memory{records: records}}); !errors.Is(err, emulator.ErrRecord) {
			t.Errorf("%s: %v", why, err)
		}
	}
	if _, err := emulator.New(emulator.Options{Journal: &memory{records: []journal.Record{good}}}); err != nil {
		t.Error(err)
	}
}
