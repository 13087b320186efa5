package emulator_test

import (
	"regexp"
	"testing"
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator"
	"wireproof/conformance/emulator/catalogue"
)

func purchaseOf(arn, start string) *mediaconnect.PurchaseOfferingInput {
	return &mediaconnect.PurchaseOfferingInput{OfferingArn: wire.Some(arn), ReservationName: wire.Some("MyReservation"), Start: wire.Some(start)}
}

// buyReservation purchases the documented offering.
func (b *bench) buyReservation(start, account string) mediaconnect.Reservation {
	b.Helper()
	out, e := b.callMC(purchaseOf(offeringArn, start), account)
	if e != nil {
		b.Fatal(e)
	}
	return out.(*mediaconnect.PurchaseOfferingOutput).Reservation.Value
}

func (b *bench) describeReservation(arn wire.Opt[string], account string) mediaconnect.Reservation {
	b.Helper()
	out, e := b.callMC(&mediaconnect.DescribeReservationInput{ReservationArn: arn}, account)
	if e != nil {
		b.Fatal(e)
	}
	return out.(*mediaconnect.DescribeReservationOutput).Reservation.Value
}

// The purchase of the documentation, answered as documented.
func TestPurchaseOffering(t *testing.T) {
	b := newBench(t)
	r := b.buyReservation("2020-03-05T23:30:00Z", alice)
	want := mediaconnect.Reservation{
		CurrencyCode: wire.Some("USD"), Duration: wire.Some[int64](12), DurationUnits: wire.Some(mediaconnect.DurationUnits("MONTHS")),
		End: wire.Some("2021-03-05T23:30:00Z"), OfferingArn: wire.Some(offeringArn), OfferingDescription: wire.Some("100 Mbps of outbound bandwidth for 12 months"),
		PricePerUnit: wire.Some("0.0650"), PriceUnits: wire.Some(mediaconnect.PriceUnits("HOURLY")), ReservationArn: r.ReservationArn,
		ReservationName: wire.Some("MyReservation"), ReservationState: wire.Some(mediaconnect.ReservationState("PROCESSING")),
		ResourceSpecification: wire.Some(mediaconnect.ResourceSpecification{ReservedBitrate: wire.Some[int64](100), ResourceType: wire.Some(mediaconnect.ResourceType("Mbps_Outbound_Bandwidth"))}),
		Start:                 wire.Some("2020-03-05T23:30:00Z"),
	}
	if diff := difference(want, r); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	form := regexp.MustCompile(`^arn:aws:mediaconnect:us-east-1:` + alice + `:reservation:1-[0-9A-Za-z]{16}:MyReservation$`)
	if !form.MatchString(r.ReservationArn.Value) {
		t.Error(r.ReservationArn.Value)
	}
	if diff := difference(want, b.describeReservation(r.ReservationArn, alice)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// Nobody else sees it.
	if _, e := b.callMC(&mediaconnect.DescribeReservationInput{ReservationArn: r.ReservationArn}, bob); e == nil || e.Shape() != mediaconnect.NotFoundException {
		t.Error(e)
	}
	if other := b.buyReservation("2020-03-05T23:30:00Z", bob); other.ReservationArn == r.ReservationArn {
		t.Error("two reservations with one ARN")
	}
}

// Prices, term and units of a reservation are the offering's, for each offering;
// end is start plus the term in calendar months. The ends are Python's
// (dateutil.relativedelta), which clamps to the last day of a month as well.
func TestEnd(t *testing.T) {
	for _, row := range []struct {
		start  string
		months int64
		end    string
	}{
		{"2020-03-05T23:30:00Z", 1, "2020-04-05T23:30:00Z"},
		{"2020-03-05T23:30:00Z", 12, "2021-03-05T23:30:00Z"},
		{"2020-01-31T12:34:56Z", 1, "2020-02-29T12:34:56Z"},
		{"2021-01-31T12:34:56Z", 1, "2021-02-28T12:34:56Z"},
		{"2021-01-30T00:00:00Z", 1, "2021-02-28T00:00:00Z"},
		{"2021-01-29T00:00:00Z", 1, "2021-02-28T00:00:00Z"},
		{"2021-01-28T00:00:00Z", 1, "2021-02-28T00:00:00Z"},
		{"2020-02-29T23:59:59Z", 12, "2021-02-28T23:59:59Z"},
		{"2020-02-29T23:59:59Z", 6, "2020-08-29T23:59:59Z"},
		{"2020-08-31T00:00:00Z", 6, "2021-02-28T00:00:00Z"},
		{"2019-08-31T00:00:00Z", 6, "2020-02-29T00:00:00Z"},
		{"2020-05-31T00:00:00Z", 1, "2020-06-30T00:00:00Z"},
		{"2020-12-31T23:59:59Z", 1, "2021-01-31T23:59:59Z"},
		{"2020-12-31T23:59:59Z", 6, "2021-06-30T23:59:59Z"},
		{"2020-10-25T01:30:00Z", 6, "2021-04-25T01:30:00Z"},
	} {
		at, _ := mediaconnect.ParseStart(row.start)
		b := newBench(t)
		b.clock.Set(at.Time())
		var o mediaconnect.Offering
		for _, candidate := range catalogue.Default().MediaConnect("us-east-1") {
			if candidate.Duration.Value == row.months {
				o = candidate
			}
		}
		out, e := b.callMC(purchaseOf(o.OfferingArn.Value, row.start), alice)
		if e != nil {
			t.Fatal(e)
		}
		r := out.(*mediaconnect.PurchaseOfferingOutput).Reservation.Value
		if r.End.Value != row.end || r.Start.Value != row.start {
			t.Errorf("%s and %d months end %s, want %s", r.Start.Value, row.months, r.End.Value, row.end)
		}
		got := mediaconnect.Offering{CurrencyCode: r.CurrencyCode, Duration: r.Duration, DurationUnits: r.DurationUnits, OfferingArn: r.OfferingArn,
			OfferingDescription: r.OfferingDescription, PricePerUnit: r.PricePerUnit, PriceUnits: r.PriceUnits, ResourceSpecification: r.ResourceSpecification}
		if diff := difference(o, got); diff != "" {
			t.Errorf("(-offering +reservation):\n%s", diff)
		}
	}
}

// PROCESSING, ACTIVE, EXPIRED: each from its first second on. While the first two
// last there is no second purchase, of any offering.
func TestReservationState(t *testing.T) {
	b := newBench(t, func(o *emulator.Options) { o.ActiveAfter = time.Minute })
	r := b.buyReservation("2020-03-05T23:30:00Z", alice) // to 2021-03-05T23:30:00Z
	other := catalogue.Default().MediaConnect("us-east-1")[5].OfferingArn.Value
	for _, step := range []struct {
		now   time.Time
		state mediaconnect.ReservationState
	}{
		{noon, "PROCESSING"},
		{noon.Add(time.Minute - time.Millisecond), "PROCESSING"},
		{noon.Add(time.Minute), "ACTIVE"},
		{time.Date(2021, 3, 5, 23, 29, 59, 999_999_999, time.UTC), "ACTIVE"},
		{time.Date(2021, 3, 5, 23, 30, 0, 0, time.UTC), "EXPIRED"},
	} {
		b.clock.Set(step.now)
		if got := b.describeReservation(r.ReservationArn, alice).ReservationState.Value; got != step.state {
			t.Errorf("%s at %v, want %s", got, step.now, step.state)
		}
		for _, arn := range []string{offeringArn, other} {
			_, e := b.callMC(purchaseOf(arn, mediaconnect.FormatStart(step.now)), alice)
			if step.state != "EXPIRED" && (e == nil || e.Shape() != mediaconnect.ForbiddenException) {
				t.Errorf("%s: %v", step.state, e)
			}
			if step.state == "EXPIRED" && (e == nil) != (arn == offeringArn) { // the first of the two is active then
				t.Errorf("%s: %v", step.state, e)
			}
		}
	}
	out, _ := b.callMC(&mediaconnect.ListReservationsInput{}, alice)
	if n := len(out.(*mediaconnect.ListReservationsOutput).Reservations.Value); n != 2 {
		t.Errorf("%d reservations", n)
	}
}

// A purchase that is refused leaves nothing behind, so that a good one follows.
func TestRefusedPurchaseLeavesNothing(t *testing.T) {
	b := newBench(t)
	for _, in := range []*mediaconnect.PurchaseOfferingInput{purchaseOf("x", "2020-03-05T23:30:00Z"), purchaseOf(offeringArn, "2020-04-01T00:00:00Z")} {
		if _, e := b.callMC(in, alice); e == nil {
			t.Error("accepted")
		}
	}
	b.buyReservation("2020-03-05T23:30:00Z", alice)
}

// The offerings of a region have its ARNs and are known there alone.
func TestOfferingsOfARegion(t *testing.T) {
	b := newBench(t)
	for _, region := range []string{"us-east-1", "eu-west-1"} {
		ask := func(path string) wire.Response {
			req := list(path, "")
			req.Headers = wire.Headers{scope(alice, region, "mediaconnect")}
			return b.send(req)
		}
		out, _ := b.readMC(ask("/v1/offerings"), mediaconnect.ListOfferings)
		arn := out.(*mediaconnect.ListOfferingsOutput).Offerings.Value[0].OfferingArn.Value
		if want := "arn:aws:mediaconnect:" + region + ":123456789012:offering:1-23aBC45dEF67hiJ8:MyOffering"; arn != want {
			t.Errorf("%s, want %s", arn, want)
		}
		_, e := b.readMC(ask(label), mediaconnect.DescribeOffering)
		if known := e == nil; known != (region == "us-east-1") {
			t.Errorf("in %s: %v", region, e)
		}
	}
}
