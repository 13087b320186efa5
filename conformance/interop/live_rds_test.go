package interop

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator/catalogue"
)

// The offering of the documentation, and an id that has markup, a space, a plus
// and letters beyond ASCII in it.
const (
	documentedOffering = "438012d3-4052-4cc7-b2e3-8d3372e0e706"
	oddID              = `my reservation~ID* +é <&>"'%2F😀`
)

func describeRDSOfferings(in rds.DescribeReservedDBInstancesOfferingsInput) func(*stage, rds.Version) any {
	return func(*stage, rds.Version) any { return &in }
}

func describeInstances(in rds.DescribeReservedDBInstancesInput) func(*stage, rds.Version) any {
	return func(*stage, rds.Version) any { return &in }
}

// purchaseInstances leaves the tags out where the version has none.
func purchaseInstances(in rds.PurchaseReservedDBInstancesOfferingInput) func(*stage, rds.Version) any {
	return func(_ *stage, v rds.Version) any {
		in := in
		if !v.HasTags() {
			in.Tags = wire.Opt[[]rds.Tag]{}
		}
		return &in
	}
}

// forSale counts the offerings in the catalogue that a filter leaves.
func forSale(keep func(o *rds.ReservedDBInstancesOffering) bool) (n int) {
	all := catalogue.Default().RDS()
	for i := range all {
		if keep(&all[i]) {
			n++
		}
	}
	return n
}

func all(*rds.ReservedDBInstancesOffering) bool { return true }

func pagesOf(items, size int) int { return max(1, (items+size-1)/size) }

// boughtWith is how many reservations the story buys past the client for its
// pages.
const boughtWith = 45

func buyMore(t *testing.T, s *stage, v rds.Version) {
	for range boughtWith {
		s.ask(t, &rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: wire.Some(documentedOffering)}, v, alice, "us-east-1")
	}
}

// rdsStory has every operation of RDS, every parameter of each, and the errors
// that parameters and what was bought before can bring about.
func rdsStory() []step {
	matching := func(o *rds.ReservedDBInstancesOffering) bool {
		return o.DBInstanceClass.Value == "db.m3.large" && o.Duration.Value == 94_608_000
	}
	one := func(o *rds.ReservedDBInstancesOffering) bool {
		return matching(o) && o.ProductDescription.Value == "postgresql" && o.OfferingType.Value == "Partial Upfront" && o.MultiAZ.Value
	}
	everyFilter := rds.DescribeReservedDBInstancesOfferingsInput{
		DBInstanceClass: wire.Some("db.m3.large"), Duration: wire.Some("94608000"), ProductDescription: wire.Some("postgresql"),
		OfferingType: wire.Some("Partial Upfront"), MultiAZ: wire.Some(true),
	}
	filters := wire.Some([]rds.Filter{{Name: wire.Some("name"), Values: wire.Some([]string{"a value"})}})
	bought := rds.PurchaseReservedDBInstancesOfferingInput{
		ReservedDBInstancesOfferingId: wire.Some(documentedOffering), ReservedDBInstanceId: wire.Some(oddID), DBInstanceCount: wire.Some[int64](10),
		Tags: wire.Some([]rds.Tag{{Key: wire.Some("a key"), Value: wire.Some("é & <b>")}, {Key: wire.Some("other"), Value: wire.Some("")}}),
	}
	steps := []step{
		{name: "of which there is a first page", in: describeRDSOfferings(rds.DescribeReservedDBInstancesOfferingsInput{}), want: want{items: 100}},
		{name: "all pages of the default size", pages: true,
			in:   describeRDSOfferings(rds.DescribeReservedDBInstancesOfferingsInput{}),
			want: want{items: forSale(all), pages: pagesOf(forSale(all), 100)}},
		{name: "all pages of 20 of a class for three years", pages: true,
			in: describeRDSOfferings(rds.DescribeReservedDBInstancesOfferingsInput{
				DBInstanceClass: wire.Some("db.m3.large"), Duration: wire.Some("3"), MaxRecords: wire.Some[int64](20)}),
			want: want{items: forSale(matching), pages: pagesOf(forSale(matching), 20)}},
		{name: "every filter", in: describeRDSOfferings(everyFilter), want: want{items: forSale(one)}},
		{name: "not Multi-AZ, which is not absent", pages: true,
			in:   describeRDSOfferings(rds.DescribeReservedDBInstancesOfferingsInput{MultiAZ: wire.Some(false)}),
			want: want{items: forSale(notMultiAZ), pages: pagesOf(forSale(notMultiAZ), 100)}},
		{name: "by id", in: describeRDSOfferings(rds.DescribeReservedDBInstancesOfferingsInput{ReservedDBInstancesOfferingId: wire.Some(documentedOffering)}), want: want{items: 1}},
		{name: "nothing", in: describeRDSOfferings(rds.DescribeReservedDBInstancesOfferingsInput{DBInstanceClass: wire.Some("db.none")})},
		{name: "an unknown id", in: describeRDSOfferings(rds.DescribeReservedDBInstancesOfferingsInput{ReservedDBInstancesOfferingId: wire.Some("none")}),
			want: want{err: rds.ReservedDBInstancesOfferingNotFoundFault}},
		{name: "too small a page", in: describeRDSOfferings(rds.DescribeReservedDBInstancesOfferingsInput{MaxRecords: wire.Some[int64](19)}),
			want: want{err: rds.InvalidParameterValue}},
		{name: "a Marker that is none", in: describeRDSOfferings(rds.DescribeReservedDBInstancesOfferingsInput{Marker: wire.Some("a+b/c==")}),
			want: want{err: rds.InvalidParameterValue}},
		{name: "Filters", want: want{err: rds.InvalidParameterValue},
			in: func(_ *stage, v rds.Version) any {
				if v.Filters(rds.DescribeReservedDBInstancesOfferings) == rds.NoFilters {
					return nil
				}
				return &rds.DescribeReservedDBInstancesOfferingsInput{Filters: filters}
			}},

		{name: "of which there is none yet", in: describeInstances(rds.DescribeReservedDBInstancesInput{})},
		{name: "an unknown offering", in: purchaseInstances(rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: wire.Some("none")}),
			want: want{err: rds.ReservedDBInstancesOfferingNotFoundFault}},
		{name: "above the quota", want: want{err: rds.ReservedDBInstanceQuotaExceededFault},
			in: purchaseInstances(rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: wire.Some(documentedOffering), DBInstanceCount: wire.Some[int64](quota + 1)})},
		{name: "none at all", want: want{err: rds.InvalidParameterValue},
			in: purchaseInstances(rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: wire.Some(documentedOffering), DBInstanceCount: wire.Some[int64](0)})},
		{name: "with every parameter", in: purchaseInstances(bought), want: want{check: checkBought}},
		{name: "the same again", in: purchaseInstances(bought), want: want{err: rds.ReservedDBInstanceAlreadyExistsFault}},
		{name: "with the required parameter alone", want: want{check: checkGenerated},
			in: purchaseInstances(rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: wire.Some(documentedOffering)})},

		{name: "by id", want: want{items: 1},
			in: describeInstances(rds.DescribeReservedDBInstancesInput{ReservedDBInstanceId: wire.Some(oddID)})},
		{name: "an unknown id", in: describeInstances(rds.DescribeReservedDBInstancesInput{ReservedDBInstanceId: wire.Some("none")}),
			want: want{err: rds.ReservedDBInstanceNotFoundFault}},
		{name: "too large a page", in: describeInstances(rds.DescribeReservedDBInstancesInput{MaxRecords: wire.Some[int64](101)}),
			want: want{err: rds.InvalidParameterValue}},
		{name: "every filter", want: want{items: 2},
			in: describeInstances(rds.DescribeReservedDBInstancesInput{
				ReservedDBInstancesOfferingId: wire.Some(documentedOffering), DBInstanceClass: wire.Some("db.m1.small"), Duration: wire.Some("1"),
				ProductDescription: wire.Some("mysql"), OfferingType: wire.Some("Medium Utilization"), MultiAZ: wire.Some(true)})},
		{name: "by lease", want: want{items: 1}, in: func(s *stage, v rds.Version) any {
			if !v.HasLeaseId() {
				return nil
			}
			return &rds.DescribeReservedDBInstancesInput{LeaseId: wire.Some(s.last)}
		}},
		{name: "all pages of 20", pages: true, before: buyMore,
			in:   describeInstances(rds.DescribeReservedDBInstancesInput{MaxRecords: wire.Some[int64](20)}),
			want: want{items: boughtWith + 2, pages: pagesOf(boughtWith+2, 20)}},
		{name: "once it is paid for", want: want{items: 1, check: checkState("active")},
			before: func(_ *testing.T, s *stage, _ rds.Version) { s.pass(time.Minute) },
			in:     describeInstances(rds.DescribeReservedDBInstancesInput{ReservedDBInstanceId: wire.Some(oddID)})},
		{name: "in another region", region: "eu-west-1", in: describeInstances(rds.DescribeReservedDBInstancesInput{})},
		{name: "in another account", who: bob, in: describeInstances(rds.DescribeReservedDBInstancesInput{})},
	}
	return steps
}

func notMultiAZ(o *rds.ReservedDBInstancesOffering) bool { return !o.MultiAZ.Value }

// checkBought holds a reservation against the parameters of its purchase, the
// offering, and what the emulator lists.
func checkBought(t *testing.T, s *stage, v rds.Version, out []any) {
	r := out[0].(*rds.PurchaseReservedDBInstancesOfferingOutput).ReservedDBInstance.Value
	if r.ReservedDBInstanceId.Value != oddID || r.DBInstanceCount.Value != 10 || r.State.Value != "payment-pending" {
		t.Errorf("got %+v", r)
	}
	s.last = r.LeaseId.Value
	checkRecord(t, s, v, r)
}

func checkGenerated(t *testing.T, s *stage, v rds.Version, out []any) {
	r := out[0].(*rds.PurchaseReservedDBInstancesOfferingOutput).ReservedDBInstance.Value
	if !strings.HasPrefix(r.ReservedDBInstanceId.Value, "ri-2020-03-05-") || r.DBInstanceCount.Value != 1 {
		t.Errorf("got %+v", r)
	}
	checkRecord(t, s, v, r)
}

func checkRecord(t *testing.T, s *stage, v rds.Version, r rds.ReservedDBInstance) {
	t.Helper()
	o, _ := catalogue.Default().RDSOffering(r.ReservedDBInstancesOfferingId.Value)
	offering := rds.ReservedDBInstancesOffering{
		ReservedDBInstancesOfferingId: r.ReservedDBInstancesOfferingId, DBInstanceClass: r.DBInstanceClass, Duration: r.Duration,
		FixedPrice: r.FixedPrice, UsagePrice: r.UsagePrice, CurrencyCode: r.CurrencyCode, ProductDescription: r.ProductDescription,
		OfferingType: r.OfferingType, MultiAZ: r.MultiAZ, RecurringCharges: r.RecurringCharges,
	}
	if diff := cmp.Diff(*o, offering, ourValues); diff != "" {
		t.Errorf("(-the catalogue's offering, +the reservation's):\n%s", diff)
	}
	if !r.StartTime.Value.Time().Equal(opening) {
		t.Errorf("StartTime %v, and it is %v", r.StartTime.Value, opening)
	}
	state := s.ask(t, &rds.DescribeReservedDBInstancesInput{ReservedDBInstanceId: r.ReservedDBInstanceId}, v, alice, "us-east-1")
	if diff := cmp.Diff(state.(*rds.DescribeReservedDBInstancesOutput).ReservedDBInstances.Value, []rds.ReservedDBInstance{r}, ourValues); diff != "" {
		t.Errorf("(-listed, +purchased):\n%s", diff)
	}
}

func checkState(state string) func(*testing.T, *stage, rds.Version, []any) {
	return func(t *testing.T, _ *stage, _ rds.Version, out []any) {
		if got := out[0].(*rds.DescribeReservedDBInstancesOutput).ReservedDBInstances.Value[0].State.Value; got != state {
			t.Errorf("State %q, want %q", got, state)
		}
	}
}
