package emulator_test

import (
	"testing"
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator"
)

const (
	documented  = "438012d3-4052-4cc7-b2e3-8d3372e0e706"
	offeringArn = "arn:aws:mediaconnect:us-east-1:123456789012:offering:1-23aBC45dEF67hiJ8:MyOffering"
	alice       = "111111111111"
	bob         = "222222222222"
)

// The eight operations on an emulator of zero Options.
func TestZeroOptions(t *testing.T) {
	b := newBench(t, func(o *emulator.Options) { *o = emulator.Options{} })
	out, e := b.callRDS(rds.Encoder{}, &rds.DescribeReservedDBInstancesOfferingsInput{}, alice)
	if e != nil || len(out.(*rds.DescribeReservedDBInstancesOfferingsOutput).ReservedDBInstancesOfferings.Value) != 100 {
		t.Fatal(out, e)
	}
	out, e = b.callRDS(rds.Encoder{}, &rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: wire.Some(documented)}, alice)
	if e != nil {
		t.Fatal(e)
	}
	id := out.(*rds.PurchaseReservedDBInstancesOfferingOutput).ReservedDBInstance.Value.ReservedDBInstanceId
	out, e = b.callRDS(rds.Encoder{}, &rds.DescribeReservedDBInstancesInput{ReservedDBInstanceId: id}, alice)
	if e != nil || len(out.(*rds.DescribeReservedDBInstancesOutput).ReservedDBInstances.Value) != 1 {
		t.Fatal(out, e)
	}

	mc, f := b.callMC(&mediaconnect.ListOfferingsInput{}, alice)
	if f != nil || len(mc.(*mediaconnect.ListOfferingsOutput).Offerings.Value) != 10 {
		t.Fatal(mc, f)
	}
	mc, f = b.callMC(&mediaconnect.DescribeOfferingInput{OfferingArn: wire.Some(offeringArn)}, alice)
	if f != nil || mc.(*mediaconnect.DescribeOfferingOutput).Offering.Value.OfferingArn.Value != offeringArn {
		t.Fatal(mc, f)
	}
	start := mediaconnect.FormatStart(time.Now())
	mc, f = b.callMC(&mediaconnect.PurchaseOfferingInput{OfferingArn: wire.Some(offeringArn), ReservationName: wire.Some("R"), Start: wire.Some(start)}, alice)
	if f != nil {
		t.Fatal(f)
	}
	r := mc.(*mediaconnect.PurchaseOfferingOutput).Reservation.Value
	mc, f = b.callMC(&mediaconnect.ListReservationsInput{}, alice)
	if f != nil || len(mc.(*mediaconnect.ListReservationsOutput).Reservations.Value) != 1 {
		t.Fatal(mc, f)
	}
	mc, f = b.callMC(&mediaconnect.DescribeReservationInput{ReservationArn: r.ReservationArn}, alice)
	if f != nil || mc.(*mediaconnect.DescribeReservationOutput).Reservation.Value.ReservationName.Value != "R" {
		t.Fatal(mc, f)
	}
}
