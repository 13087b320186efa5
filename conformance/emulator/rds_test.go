package emulator_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator"
	"wireproof/conformance/emulator/catalogue"
)

// buyInstance purchases and gives what was answered.
func (b *bench) buyInstance(v rds.Version, in rds.PurchaseReservedDBInstancesOfferingInput, account string) rds.ReservedDBInstance {
	b.Helper()
	if !in.ReservedDBInstancesOfferingId.IsPresent() {
		in.ReservedDBInstancesOfferingId.Set(documented)
	}
	out, e := b.callRDS(rds.Encoder{Version: v}, &in, account)
	if e != nil {
		b.Fatal(e)
	}
	return out.(*rds.PurchaseReservedDBInstancesOfferingOutput).ReservedDBInstance.Value
}

// instancesOf describes, all pages of it.
func (b *bench) instancesOf(v rds.Version, in rds.DescribeReservedDBInstancesInput, account string) []rds.ReservedDBInstance {
	b.Helper()
	var all []rds.ReservedDBInstance
	for {
		out, e := b.callRDS(rds.Encoder{Version: v}, &in, account)
		if e != nil {
			b.Fatal(e)
		}
		page := out.(*rds.DescribeReservedDBInstancesOutput)
		all = append(all, page.ReservedDBInstances.Value...)
		if !page.Marker.IsPresent() {
			return all
		}
		in.Marker = page.Marker
	}
}

func (b *bench) offeringsOf(v rds.Version, in rds.DescribeReservedDBInstancesOfferingsInput) []rds.ReservedDBInstancesOffering {
	b.Helper()
	var all []rds.ReservedDBInstancesOffering
	for {
		out, e := b.callRDS(rds.Encoder{Version: v}, &in, alice)
		if e != nil {
			b.Fatal(e)
		}
		page := out.(*rds.DescribeReservedDBInstancesOfferingsOutput)
		all = append(all, page.ReservedDBInstancesOfferings.Value...)
		if !page.Marker.IsPresent() {
			return all
		}
		in.Marker = page.Marker
	}
}

// Each version answers in its namespace, by POST and by GET, with its members and
// the offering's values.
func TestRDSVersions(t *testing.T) {
	for _, v := range rds.Versions() {
		for _, get := range []bool{false, true} {
			b := newBench(t)
			e := rds.Encoder{Version: v, Get: get}
			out, failed := b.callRDS(e, &rds.PurchaseReservedDBInstancesOfferingInput{
				ReservedDBInstancesOfferingId: wire.Some(documented), ReservedDBInstanceId: wire.Some("myreservationID"), DBInstanceCount: wire.Some[int64](10),
			}, alice)
			if failed != nil {
				t.Fatal(v, failed)
			}
			r := out.(*rds.PurchaseReservedDBInstancesOfferingOutput).ReservedDBInstance.Value
			want := rds.ReservedDBInstance{ // of the documented sample
				ReservedDBInstanceId: wire.Some("myreservationID"), ReservedDBInstancesOfferingId: wire.Some(documented), DBInstanceClass: wire.Some("db.m1.small"),
				StartTime: wire.Some(wire.TimestampOf(noon)), Duration: wire.Some[int64](31536000), FixedPrice: wire.Some(123.0), UsagePrice: wire.Some(0.123),
				CurrencyCode: wire.Some("USD"), DBInstanceCount: wire.Some[int64](10), ProductDescription: wire.Some("mysql"), OfferingType: wire.Some("Medium Utilization"),
				MultiAZ: wire.Some(true), State: wire.Some("payment-pending"), RecurringCharges: wire.Some([]rds.RecurringCharge{}),
			}
			if v == "2014-10-31" {
				want.ReservedDBInstanceArn = wire.Some("arn:aws:rds:us-east-1:" + alice + ":ri:myreservationID")
				want.LeaseId = r.LeaseId
			}
			if diff := difference(want, r); diff != "" {
				t.Errorf("%s (-want +got):\n%s", v, diff)
			}
			list, failed := b.callRDS(e, &rds.DescribeReservedDBInstancesInput{}, alice)
			if failed != nil {
				t.Fatal(v, failed)
			}
			if diff := difference([]rds.ReservedDBInstance{want}, list.(*rds.DescribeReservedDBInstancesOutput).ReservedDBInstances.Value); diff != "" {
				t.Errorf("%s (-want +got):\n%s", v, diff)
			}
			if _, failed = b.callRDS(e, &rds.DescribeReservedDBInstancesInput{ReservedDBInstanceId: wire.Some("x")}, alice); failed.Shape() != rds.ReservedDBInstanceNotFoundFault {
				t.Errorf("%s: %v", v, failed)
			}
		}
	}
}

// A reservation of each offering has its prices, class, term, charges and units.
func TestReservationIsTheOfferings(t *testing.T) {
	b := newBench(t)
	for _, o := range catalogue.Default().RDS() {
		r := b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: o.ReservedDBInstancesOfferingId}, alice)
		got := rds.ReservedDBInstancesOffering{
			ReservedDBInstancesOfferingId: r.ReservedDBInstancesOfferingId, DBInstanceClass: r.DBInstanceClass, Duration: r.Duration, FixedPrice: r.FixedPrice,
			UsagePrice: r.UsagePrice, CurrencyCode: r.CurrencyCode, ProductDescription: r.ProductDescription, OfferingType: r.OfferingType,
			MultiAZ: r.MultiAZ, RecurringCharges: r.RecurringCharges,
		}
		if diff := difference(o, got); diff != "" {
			t.Fatalf("(-offering +reservation):\n%s", diff)
		}
		if r.DBInstanceCount.Value != 1 {
			t.Errorf("count %d without one asked for", r.DBInstanceCount.Value)
		}
	}
}

// Pages of reservations of many offerings, in each version, with ids that XML has
// to escape among them and not: what readRDS compares with the codec's own.
func TestPagesAreTheCodecs(t *testing.T) {
	for _, odd := range []bool{false, true} {
		b := newBench(t, func(o *emulator.Options) { o.ActiveAfter = time.Second })
		for i, o := range catalogue.Default().RDS() {
			in := rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: o.ReservedDBInstancesOfferingId, DBInstanceCount: wire.Some(int64(i + 1))}
			if odd && i%20 == 10 { // one a page, and each character alone
				const characters = "<&>\"'\r\n\t]\u007f\u0085é\u2028\ufffd😀"
				all := []rune(characters)
				in.ReservedDBInstanceId.Set(fmt.Sprintf("a%cb%d", all[i/20%len(all)], i))
			}
			b.buyInstance("", in, alice)
			b.clock.Add(17 * time.Millisecond)
		}
		for _, v := range rds.Versions() {
			if all := b.instancesOf(v, rds.DescribeReservedDBInstancesInput{MaxRecords: wire.Some[int64](20)}, alice); len(all) != len(catalogue.Default().RDS()) {
				t.Errorf("%d reservations in %s", len(all), v)
			}
			b.offeringsOf(v, rds.DescribeReservedDBInstancesOfferingsInput{})
		}
	}
}

// Every filter parameter, alone and together, against a filter written out here.
func TestOfferingFilters(t *testing.T) {
	b := newBench(t)
	all := b.offeringsOf("", rds.DescribeReservedDBInstancesOfferingsInput{})
	if diff := difference(catalogue.Default().RDS(), all); diff != "" {
		t.Fatalf("(-catalogue +listed):\n%s", diff)
	}
	type offering = rds.ReservedDBInstancesOffering
	rows := []struct {
		in   rds.DescribeReservedDBInstancesOfferingsInput
		keep func(offering) bool
		v    rds.Version
		why  string
	}{
		{rds.DescribeReservedDBInstancesOfferingsInput{DBInstanceClass: wire.Some("db.m1.small")}, func(o offering) bool { return o.DBInstanceClass.Value == "db.m1.small" }, "", "class"},
		{rds.DescribeReservedDBInstancesOfferingsInput{Duration: wire.Some("1")}, func(o offering) bool { return o.Duration.Value == 31536000 }, "", "a year"},
		{rds.DescribeReservedDBInstancesOfferingsInput{Duration: wire.Some("31536000")}, func(o offering) bool { return o.Duration.Value == 31536000 }, "", "a year in seconds"},
		{rds.DescribeReservedDBInstancesOfferingsInput{Duration: wire.Some("3")}, func(o offering) bool { return o.Duration.Value == 94608000 }, "", "three years"},
		{rds.DescribeReservedDBInstancesOfferingsInput{Duration: wire.Some("94608000")}, func(o offering) bool { return o.Duration.Value == 94608000 }, "", "three years in seconds"},
		{rds.DescribeReservedDBInstancesOfferingsInput{ProductDescription: wire.Some("oracle")}, func(o offering) bool { return strings.Contains(o.ProductDescription.Value, "oracle") }, "2014-10-31", "part of a product"},
		{rds.DescribeReservedDBInstancesOfferingsInput{ProductDescription: wire.Some("oracle")}, func(o offering) bool { return false }, "2014-09-01", "part of a product, when that was none"},
		{rds.DescribeReservedDBInstancesOfferingsInput{ProductDescription: wire.Some("oracle-se1(li)")}, func(o offering) bool { return o.ProductDescription.Value == "oracle-se1(li)" }, "2014-09-01", "product"},
		{rds.DescribeReservedDBInstancesOfferingsInput{OfferingType: wire.Some("No Upfront")}, func(o offering) bool { return o.OfferingType.Value == "No Upfront" }, "2012-04-23", "a type keeps its name in every version"},
		{rds.DescribeReservedDBInstancesOfferingsInput{OfferingType: wire.Some("Heavy Utilization")}, func(o offering) bool { return o.OfferingType.Value == "Heavy Utilization" }, "2014-10-31", "a type keeps its name in every version"},
		{rds.DescribeReservedDBInstancesOfferingsInput{MultiAZ: wire.Some(true)}, func(o offering) bool { return o.MultiAZ.Value }, "", "Multi-AZ"},
		{rds.DescribeReservedDBInstancesOfferingsInput{MultiAZ: wire.Some(false)}, func(o offering) bool { return !o.MultiAZ.Value }, "", "not Multi-AZ"},
		{rds.DescribeReservedDBInstancesOfferingsInput{DBInstanceClass: wire.Some("db.M1.small")}, func(o offering) bool { return false }, "", "a value that nothing has"},
		{rds.DescribeReservedDBInstancesOfferingsInput{ReservedDBInstancesOfferingId: wire.Some(documented)}, func(o offering) bool { return o.ReservedDBInstancesOfferingId.Value == documented }, "", "id"},
		{rds.DescribeReservedDBInstancesOfferingsInput{ReservedDBInstancesOfferingId: wire.Some(documented), MultiAZ: wire.Some(false)}, func(o offering) bool { return false }, "", "id, and not that one"},
		{rds.DescribeReservedDBInstancesOfferingsInput{DBInstanceClass: wire.Some("db.r3.large"), Duration: wire.Some("3"), ProductDescription: wire.Some("sql"), OfferingType: wire.Some("All Upfront"), MultiAZ: wire.Some(true)},
			func(o offering) bool {
				return o.DBInstanceClass.Value == "db.r3.large" && o.Duration.Value == 94608000 && strings.Contains(o.ProductDescription.Value, "sql") && o.OfferingType.Value == "All Upfront" && o.MultiAZ.Value
			}, "", "all together"},
	}
	for _, row := range rows {
		var want []offering
		for _, o := range all {
			if row.keep(o) {
				want = append(want, o)
			}
		}
		if diff := difference(want, b.offeringsOf(row.v, row.in)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.why, diff)
		}
	}
}

func TestInstanceFilters(t *testing.T) {
	b := newBench(t)
	for i, o := range catalogue.Default().RDS() {
		if i%9 == 0 {
			b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: o.ReservedDBInstancesOfferingId, ReservedDBInstanceId: wire.Some(fmt.Sprint("r", i))}, alice)
		}
	}
	all := b.instancesOf("", rds.DescribeReservedDBInstancesInput{}, alice)
	pick := all[7]
	type instance = rds.ReservedDBInstance
	for _, row := range []struct {
		in   rds.DescribeReservedDBInstancesInput
		keep func(instance) bool
		why  string
	}{
		{rds.DescribeReservedDBInstancesInput{}, func(instance) bool { return true }, "none"},
		{rds.DescribeReservedDBInstancesInput{ReservedDBInstanceId: pick.ReservedDBInstanceId}, func(r instance) bool { return r.ReservedDBInstanceId == pick.ReservedDBInstanceId }, "id"},
		{rds.DescribeReservedDBInstancesInput{ReservedDBInstanceId: pick.ReservedDBInstanceId, DBInstanceClass: wire.Some("x")}, func(instance) bool { return false }, "id, and not that one"},
		{rds.DescribeReservedDBInstancesInput{ReservedDBInstancesOfferingId: pick.ReservedDBInstancesOfferingId}, func(r instance) bool {
			return r.ReservedDBInstancesOfferingId == pick.ReservedDBInstancesOfferingId
		}, "offering"},
		{rds.DescribeReservedDBInstancesInput{ReservedDBInstancesOfferingId: wire.Some("none")}, func(instance) bool { return false }, "an unknown offering is no error here"},
		{rds.DescribeReservedDBInstancesInput{DBInstanceClass: pick.DBInstanceClass}, func(r instance) bool { return r.DBInstanceClass == pick.DBInstanceClass }, "class"},
		{rds.DescribeReservedDBInstancesInput{Duration: wire.Some("3")}, func(r instance) bool { return r.Duration.Value == 94608000 }, "term"},
		{rds.DescribeReservedDBInstancesInput{ProductDescription: wire.Some("mysql")}, func(r instance) bool { return r.ProductDescription.Value == "mysql" }, "product"},
		{rds.DescribeReservedDBInstancesInput{ProductDescription: wire.Some("my")}, func(instance) bool { return false }, "part of a product is for offerings"},
		{rds.DescribeReservedDBInstancesInput{OfferingType: pick.OfferingType}, func(r instance) bool { return r.OfferingType == pick.OfferingType }, "type"},
		{rds.DescribeReservedDBInstancesInput{MultiAZ: wire.Some(true)}, func(r instance) bool { return r.MultiAZ.Value }, "Multi-AZ"},
		{rds.DescribeReservedDBInstancesInput{LeaseId: pick.LeaseId}, func(r instance) bool { return r.ReservedDBInstanceId == pick.ReservedDBInstanceId }, "lease"},
		{rds.DescribeReservedDBInstancesInput{LeaseId: wire.Some("none")}, func(instance) bool { return false }, "another lease"},
	} {
		want := []instance(nil)
		for _, r := range all {
			if row.keep(r) {
				want = append(want, r)
			}
		}
		if diff := difference(want, b.instancesOf("", row.in, alice)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.why, diff)
		}
	}
	leases := map[string]bool{}
	for _, r := range all {
		leases[r.LeaseId.Value] = true
	}
	if len(leases) != len(all) || len(all) < 60 {
		t.Errorf("%d leases for %d reservations", len(leases), len(all))
	}
}

// A reservation is pending first and active from ActiveAfter on, by the clock.
func TestInstanceState(t *testing.T) {
	b := newBench(t, func(o *emulator.Options) { o.ActiveAfter = time.Minute })
	state := func() string {
		return b.instancesOf("", rds.DescribeReservedDBInstancesInput{}, alice)[0].State.Value
	}
	if r := b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{}, alice); r.State.Value != "payment-pending" {
		t.Error(r.State.Value)
	}
	for _, step := range []struct {
		d    time.Duration
		want string
	}{{0, "payment-pending"}, {time.Minute - time.Millisecond, "payment-pending"}, {time.Millisecond, "active"}, {20 * 365 * 24 * time.Hour, "active"}} {
		b.clock.Add(step.d)
		if got := state(); got != step.want {
			t.Errorf("%s after %v", got, step.d)
		}
	}
	at := newBench(t, func(o *emulator.Options) { o.ActiveAfter = -1 })
	if r := at.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{}, alice); r.State.Value != "active" {
		t.Errorf("%s at once", r.State.Value)
	}
}

// Generated ids are the time of the purchase to the millisecond. WIRE.md section
// B.11.
func TestGeneratedIDs(t *testing.T) {
	b := newBench(t)
	b.clock.Set(time.Date(2020, 6, 29, 16, 54, 57, 670_999_999, time.UTC))
	taken := "ri-2020-06-29-16-54-57-671"
	b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstanceId: wire.Some(taken)}, alice)
	var got []string
	buy := func() {
		got = append(got, b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{}, alice).ReservedDBInstanceId.Value)
	}
	buy()
	buy() // 671 is taken
	buy()
	b.clock.Add(-time.Hour) // a clock that goes back makes no id twice
	buy()
	b.clock.Set(time.Date(2021, 1, 2, 3, 4, 5, 6_000_000, time.UTC))
	buy()
	want := []string{"ri-2020-06-29-16-54-57-670", "ri-2020-06-29-16-54-57-672", "ri-2020-06-29-16-54-57-673", "ri-2020-06-29-16-54-57-674", "ri-2021-01-02-03-04-05-006"}
	if diff := difference(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Accounts and regions do not see each other.
func TestOwners(t *testing.T) {
	b := newBench(t)
	type who struct{ account, region string }
	owners := []who{{alice, "us-east-1"}, {bob, "us-east-1"}, {alice, "eu-west-1"}, {emulatorAccount, "us-east-1"}}
	for _, o := range owners {
		req := form(buyOne+"&ReservedDBInstanceId=mine", scope(o.account, o.region, "rds"))
		out, e := b.readRDS(b.send(req), rds.PurchaseReservedDBInstancesOffering, "")
		if e != nil {
			t.Fatalf("%v: %v", o, e)
		}
		if arn := out.(*rds.PurchaseReservedDBInstancesOfferingOutput).ReservedDBInstance.Value.ReservedDBInstanceArn.Value; arn != "arn:aws:rds:"+o.region+":"+o.account+":ri:mine" {
			t.Error(arn)
		}
		if _, e := b.readRDS(b.send(req), rds.PurchaseReservedDBInstancesOffering, ""); e == nil || e.Shape() != rds.ReservedDBInstanceAlreadyExistsFault {
			t.Errorf("%v: %v", o, e)
		}
	}
	if list := b.instancesOf("", rds.DescribeReservedDBInstancesInput{}, alice); len(list) != 1 {
		t.Errorf("%d reservations", len(list))
	}
}

// The order of a list is that of the purchases, whatever the ids.
func TestOrderOfPurchase(t *testing.T) {
	b := newBench(t)
	var want []string
	for i := range 30 {
		id := fmt.Sprint("r", (i*7)%30)
		want = append(want, id)
		b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstanceId: wire.Some(id)}, alice)
		b.clock.Add(-time.Second)
	}
	var got []string
	for _, r := range b.instancesOf("", rds.DescribeReservedDBInstancesInput{MaxRecords: wire.Some[int64](20)}, alice) {
		got = append(got, r.ReservedDBInstanceId.Value)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
