package interop

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator/catalogue"
)

const (
	documentedArn = "arn:aws:mediaconnect:us-east-1:123456789012:offering:1-23aBC45dEF67hiJ8:MyOffering"
	// oddArn names nothing, in characters that a path has to escape.
	oddArn  = `a b+c/../d=e~f*g%h?i#j:k@é😀"<>&'`
	oddName = `R é +/"<&>%2F😀`
)

func mc(in mediaconnect.Input) func(*stage, rds.Version) any {
	return func(*stage, rds.Version) any { return in }
}

func purchaseArn(arn, name, start string) func(*stage, rds.Version) any {
	return mc(&mediaconnect.PurchaseOfferingInput{OfferingArn: wire.Some(arn), ReservationName: wire.Some(name), Start: wire.Some(start)})
}

func describeLast(s *stage, _ rds.Version) any {
	return &mediaconnect.DescribeReservationInput{ReservationArn: wire.Some(s.last)}
}

// The term of the documented offering, after which an account may buy again.
const started, ends = "2020-03-01T00:00:00Z", "2021-03-01T00:00:00Z"

// mediaConnectStory has every operation of MediaConnect and the errors that
// parameters and what was bought before can bring about.
func mediaConnectStory() []step {
	offerings := catalogue.Default().MediaConnectLen()
	list := func(in mediaconnect.ListReservationsInput) func(*stage, rds.Version) any { return mc(&in) }
	return []step{
		{name: "of which there is a first page", in: mc(&mediaconnect.ListOfferingsInput{}), want: want{items: 10}},
		{name: "all pages of the default size", pages: true, in: mc(&mediaconnect.ListOfferingsInput{}),
			want: want{items: offerings, pages: pagesOf(offerings, 10)}},
		{name: "all pages of 7", pages: true, in: mc(&mediaconnect.ListOfferingsInput{MaxResults: wire.Some[int64](7)}),
			want: want{items: offerings, pages: pagesOf(offerings, 7)}},
		{name: "one page of 1000", in: mc(&mediaconnect.ListOfferingsInput{MaxResults: wire.Some[int64](1000)}), want: want{items: offerings}},
		{name: "of another region", region: "eu-west-1", in: mc(&mediaconnect.ListOfferingsInput{MaxResults: wire.Some[int64](1)}), want: want{items: 1}},
		{name: "too large a page", in: mc(&mediaconnect.ListOfferingsInput{MaxResults: wire.Some[int64](1001)}),
			want: want{err: mediaconnect.BadRequestException}},
		{name: "a token that is none", in: mc(&mediaconnect.ListOfferingsInput{NextToken: wire.Some("a+b/c== é")}),
			want: want{err: mediaconnect.BadRequestException}},

		{name: "the documented one", in: mc(&mediaconnect.DescribeOfferingInput{OfferingArn: wire.Some(documentedArn)})},
		{name: "odd characters", in: mc(&mediaconnect.DescribeOfferingInput{OfferingArn: wire.Some(oddArn)}), want: want{err: mediaconnect.NotFoundException}},
		{name: "..", in: mc(&mediaconnect.DescribeOfferingInput{OfferingArn: wire.Some("../reservations")}), want: want{err: mediaconnect.NotFoundException}},
		{name: "of another region", region: "eu-west-1", in: mc(&mediaconnect.DescribeOfferingInput{OfferingArn: wire.Some(documentedArn)}),
			want: want{err: mediaconnect.NotFoundException}},

		{name: "of which there is none yet", in: list(mediaconnect.ListReservationsInput{})},
		{name: "an unknown offering", in: purchaseArn(oddArn, "name", started), want: want{err: mediaconnect.NotFoundException}},
		{name: "of last month", in: purchaseArn(documentedArn, "name", "2020-02-29T23:59:59Z"), want: want{err: mediaconnect.BadRequestException}},
		{name: "of tomorrow", in: purchaseArn(documentedArn, "name", "2020-03-06T12:00:00Z"), want: want{err: mediaconnect.BadRequestException}},
		{name: "at no time", in: purchaseArn(documentedArn, "name", "not a date"), want: want{err: mediaconnect.BadRequestException}},
		{name: "without a name", in: purchaseArn(documentedArn, "", started), want: want{err: mediaconnect.BadRequestException}},
		{name: "with every parameter", before: backToOpening, in: purchaseArn(documentedArn, oddName, started), want: want{check: checkReservation}},
		{name: "while one is active", in: purchaseArn(documentedArn, "second", started), want: want{err: mediaconnect.ForbiddenException}},
		{name: "being processed", in: describeLast, want: want{check: checkReservationState(mediaconnect.Processing)}},
		{name: "once it is processed", in: describeLast, want: want{check: checkReservationState(mediaconnect.Active)},
			before: func(_ *testing.T, s *stage, _ rds.Version) { s.pass(time.Minute) }},
		{name: "odd characters", in: mc(&mediaconnect.DescribeReservationInput{ReservationArn: wire.Some(oddArn)}), want: want{err: mediaconnect.NotFoundException}},
		{name: "of another account", who: bob, in: describeLast, want: want{err: mediaconnect.NotFoundException}},
		{name: "of another account", who: bob, in: list(mediaconnect.ListReservationsInput{})},
		{name: "with temporary credentials", who: bob, in: purchaseArn(documentedArn, "bob's", started), want: want{check: checkBobs}},
		{name: "after its end", in: describeLast, who: bob, want: want{check: checkReservationState(mediaconnect.Expired)},
			before: func(_ *testing.T, s *stage, _ rds.Version) { s.pass(366 * 24 * time.Hour) }},
		{name: "after the end of the first", in: purchaseArn(documentedArn, "second", ends)},
		{name: "all pages of one", pages: true, in: list(mediaconnect.ListReservationsInput{MaxResults: wire.Some[int64](1)}), want: want{items: 2, pages: 2}},
		{name: "a token that is none", in: list(mediaconnect.ListReservationsInput{NextToken: wire.Some("none")}), want: want{err: mediaconnect.BadRequestException}},
	}
}

func backToOpening(_ *testing.T, s *stage, _ rds.Version) { s.pass(opening.Sub(s.clock())) }

func checkReservation(t *testing.T, s *stage, _ rds.Version, out []any) {
	r := out[0].(*mediaconnect.PurchaseOfferingOutput).Reservation.Value
	checkReservationRecord(t, s, r, alice)
	if r.ReservationName.Value != oddName || r.Start.Value != started || r.End.Value != ends {
		t.Errorf("got %+v", r)
	}
}

func checkBobs(t *testing.T, s *stage, _ rds.Version, out []any) {
	checkReservationRecord(t, s, out[0].(*mediaconnect.PurchaseOfferingOutput).Reservation.Value, bob)
}

func checkReservationRecord(t *testing.T, s *stage, r mediaconnect.Reservation, who caller) {
	t.Helper()
	s.last = r.ReservationArn.Value
	o, _ := catalogue.Default().MediaConnectOffering(r.OfferingArn.Value)
	offering := mediaconnect.Offering{
		CurrencyCode: r.CurrencyCode, Duration: r.Duration, DurationUnits: r.DurationUnits, OfferingArn: r.OfferingArn,
		OfferingDescription: r.OfferingDescription, PricePerUnit: r.PricePerUnit, PriceUnits: r.PriceUnits, ResourceSpecification: r.ResourceSpecification,
	}
	if diff := cmp.Diff(*o, offering, ourValues); diff != "" {
		t.Errorf("(-the catalogue's offering, +the reservation's):\n%s", diff)
	}
	state := s.ask(t, &mediaconnect.DescribeReservationInput{ReservationArn: r.ReservationArn}, rds.Latest, who, "us-east-1")
	if diff := cmp.Diff(state.(*mediaconnect.DescribeReservationOutput).Reservation.Value, r, ourValues); diff != "" {
		t.Errorf("(-described, +purchased):\n%s", diff)
	}
}

func checkReservationState(state mediaconnect.ReservationState) func(*testing.T, *stage, rds.Version, []any) {
	return func(t *testing.T, _ *stage, _ rds.Version, out []any) {
		if got := out[0].(*mediaconnect.DescribeReservationOutput).Reservation.Value.ReservationState.Value; got != state {
			t.Errorf("reservationState %q, want %q", got, state)
		}
	}
}
