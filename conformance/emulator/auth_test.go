package emulator_test

import (
	"strings"
	"testing"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator"
	"wireproof/conformance/emulator/auth"
	"wireproof/conformance/exchange"
	"wireproof/fixtures"
)

// verifying makes an emulator that asks for signatures, at the time of a capture.
func verifying(t *testing.T) *bench {
	return newBench(t, func(o *emulator.Options) {
		v, err := auth.New(auth.Options{Mode: auth.Verify, Now: o.Now})
		if err != nil {
			t.Fatal(err)
		}
		o.Auth = v
	})
}

// An error of a signature comes before every error of the request, in the envelope
// of the service and the namespace of the version; nothing is bought.
func TestAuthFailures(t *testing.T) {
	b := verifying(t)
	for _, v := range rds.Versions() {
		for _, get := range []bool{false, true} {
			req, err := rds.Encoder{Version: v, Get: get}.EncodeRequest(&rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: wire.Some(documented)})
			if err != nil {
				t.Fatal(err)
			}
			if _, e := b.readRDS(b.send(req), rds.PurchaseReservedDBInstancesOffering, v); e == nil || e.Shape() != rds.MissingAuthenticationToken {
				t.Errorf("%s: %v", v, e)
			}
		}
	}
	if _, e := b.readRDS(b.send(form("Action=x&Version=2013-01-10")), rds.DescribeReservedDBInstances, "2013-01-10"); e == nil || e.Shape() != rds.MissingAuthenticationToken {
		t.Error(e)
	}
	for _, req := range []wire.Request{buy(goodBuy), buy("{"), list("/v1/offerings", ""), list("/v1/nothing", "")} {
		if _, e := b.readMC(b.send(req), mediaconnect.PurchaseOffering); e == nil || e.Shape() != mediaconnect.MissingAuthenticationTokenException {
			t.Error(e)
		}
	}
	if resp := b.send(list(emulator.HealthPath, "")); resp.Status != 200 {
		t.Errorf("the health path asks for a signature: %d", resp.Status)
	}
}

// A captured purchase, at the time it was signed, is made; a byte of it changed, it
// is refused.
func TestAuthOfACapture(t *testing.T) {
	captures, err := fixtures.Captures()
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, c := range captures {
		if c.Name != "gov2-rds-PurchaseReservedDBInstancesOffering-full" {
			continue
		}
		tried++
		raw, err := exchange.ParseRequest(string(c.Raw))
		if err != nil {
			t.Fatal(err)
		}
		b := verifying(t)
		stamp, _ := raw.Headers.Get("X-Amz-Date")
		at, ok := wire.ParseTimestamp(stamp[:4] + "-" + stamp[4:6] + "-" + stamp[6:11] + ":" + stamp[11:13] + ":" + stamp[13:])
		if !ok {
			t.Fatal(stamp)
		}
		b.clock.Set(at.Time())
		bad := raw.Request
		bad.Body = strings.Replace(bad.Body, "DBInstanceCount=1", "DBInstanceCount=9", 1)
		if _, e := b.readRDS(b.send(bad), rds.PurchaseReservedDBInstancesOffering, ""); e == nil || e.Shape() != rds.SignatureDoesNotMatch {
			t.Error(e)
		}
		if _, e := b.readRDS(b.send(raw.Request), rds.PurchaseReservedDBInstancesOffering, ""); e != nil {
			t.Error(e)
		}
	}
	if tried != 1 {
		t.Errorf("%d captures of that name", tried)
	}
}
