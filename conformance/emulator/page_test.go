package emulator_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator"
	"wireproof/conformance/emulator/catalogue"
)

// Lists of every length about a page's end, in pages of every size that matters:
// each record comes once, in order, no page but the last is short, and the last
// has no token.
func TestInstancePages(t *testing.T) {
	for _, size := range []int{20, 21, 99, 100} {
		b := newBench(t)
		bought := []string{}
		for n := range 2*size + 2 {
			if n == 0 || n == size-1 || n == size || n == size+1 || n == 2*size-1 || n == 2*size || n == 2*size+1 {
				in := rds.DescribeReservedDBInstancesInput{MaxRecords: wire.Some(int64(size))}
				var got []string
				for pages := 0; ; pages++ {
					out, e := b.callRDS(rds.Encoder{}, &in, alice)
					if e != nil {
						t.Fatal(e)
					}
					page := out.(*rds.DescribeReservedDBInstancesOutput)
					for _, r := range page.ReservedDBInstances.Value {
						got = append(got, r.ReservedDBInstanceId.Value)
					}
					if want := min(size, n-pages*size); len(page.ReservedDBInstances.Value) != want {
						t.Errorf("%d records on page %d of %d, want %d", len(page.ReservedDBInstances.Value), pages, n, want)
					}
					if last := (pages+1)*size >= n; page.Marker.IsPresent() == last {
						t.Errorf("marker %q on page %d of %d in pages of %d", page.Marker.Value, pages, n, size)
					}
					if !page.Marker.IsPresent() {
						break
					}
					in.Marker = page.Marker
				}
				if !slices.Equal(got, bought) {
					t.Errorf("%d of %d in pages of %d: %v", len(got), n, size, got)
				}
			}
			bought = append(bought, b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{}, alice).ReservedDBInstanceId.Value)
		}
	}
}

// All offerings, in pages of every size from 20 to 100.
func TestOfferingPages(t *testing.T) {
	b := newBench(t)
	for size := int64(20); size <= 100; size += 5 {
		got := b.offeringsOf("", rds.DescribeReservedDBInstancesOfferingsInput{MaxRecords: wire.Some(size)})
		if diff := difference(catalogue.Default().RDS(), got); diff != "" {
			t.Errorf("in pages of %d (-want +got):\n%s", size, diff)
		}
		some := b.offeringsOf("", rds.DescribeReservedDBInstancesOfferingsInput{MaxRecords: wire.Some(size), MultiAZ: wire.Some(true)})
		if len(some) != 289 { // 6 classes x 4 products x 3 types x 2 terms x 2 generations, and the documented one
			t.Errorf("%d Multi-AZ offerings in pages of %d", len(some), size)
		}
	}
}

// The same for MediaConnect, with every page size about the number of offerings.
func TestMediaConnectPages(t *testing.T) {
	b := newBench(t)
	all := catalogue.Default().MediaConnect("us-east-1")
	for _, size := range []int{0, 1, 2, 9, 10, 11, len(all) - 1, len(all), len(all) + 1, 1000} {
		in := mediaconnect.ListOfferingsInput{}
		step := size
		if size > 0 {
			in.MaxResults.Set(int64(size))
		} else {
			step = 10
		}
		var got []mediaconnect.Offering
		for {
			out, e := b.callMC(&in, alice)
			if e != nil {
				t.Fatal(e)
			}
			page := out.(*mediaconnect.ListOfferingsOutput)
			if want := min(step, len(all)-len(got)); len(page.Offerings.Value) != want {
				t.Errorf("%d offerings after %d, want %d", len(page.Offerings.Value), len(got), want)
			}
			got = append(got, page.Offerings.Value...)
			if page.NextToken.IsPresent() == (len(got) == len(all)) {
				t.Errorf("token %q after %d", page.NextToken.Value, len(got))
			}
			if !page.NextToken.IsPresent() {
				break
			}
			in.NextToken = page.NextToken
		}
		if diff := difference(all, got); diff != "" {
			t.Errorf("in pages of %d (-want +got):\n%s", size, diff)
		}
	}
}

// Reservations of MediaConnect follow each other, so that the list takes years.
func TestReservationPages(t *testing.T) {
	b := newBench(t)
	var bought []string
	for range 12 {
		r := b.buyReservation(mediaconnect.FormatStart(b.clock.Now()), alice)
		bought = append(bought, r.ReservationArn.Value)
		b.clock.Set(b.clock.Now().AddDate(1, 0, 0))
	}
	for size := range int64(14) {
		in := mediaconnect.ListReservationsInput{}
		if size > 0 {
			in.MaxResults.Set(size)
		}
		var got []string
		for {
			out, e := b.callMC(&in, alice)
			if e != nil {
				t.Fatal(e)
			}
			page := out.(*mediaconnect.ListReservationsOutput)
			for _, r := range page.Reservations.Value {
				got = append(got, r.ReservationArn.Value)
			}
			if !page.NextToken.IsPresent() {
				break
			}
			in.NextToken = page.NextToken
		}
		if !slices.Equal(got, bought) {
			t.Errorf("%v in pages of %d", got, size)
		}
	}
}

// What is bought while somebody pages comes at the end.
func TestPagesWhileBuying(t *testing.T) {
	b := newBench(t)
	for range 20 {
		b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{}, alice)
	}
	in := rds.DescribeReservedDBInstancesInput{MaxRecords: wire.Some[int64](20)}
	b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstanceId: wire.Some("late")}, alice)
	out, _ := b.callRDS(rds.Encoder{}, &in, alice)
	in.Marker = out.(*rds.DescribeReservedDBInstancesOutput).Marker
	b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstanceId: wire.Some("later")}, alice)
	out, e := b.callRDS(rds.Encoder{}, &in, alice)
	if e != nil {
		t.Fatal(e)
	}
	var got []string
	for _, r := range out.(*rds.DescribeReservedDBInstancesOutput).ReservedDBInstances.Value {
		got = append(got, r.ReservedDBInstanceId.Value)
	}
	if !slices.Equal(got, []string{"late", "later"}) {
		t.Error(got)
	}
}

// A token is refused once one character of it is another, and wherever it was not
// given for. With another page size, version or HTTP form it is good.
func TestTokens(t *testing.T) {
	b := newBench(t)
	for range 21 {
		b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{}, alice)
		b.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{}, bob)
	}
	in := rds.DescribeReservedDBInstancesInput{MaxRecords: wire.Some[int64](20)}
	out, _ := b.callRDS(rds.Encoder{}, &in, alice)
	token := out.(*rds.DescribeReservedDBInstancesOutput).Marker.Value
	offerings, _ := b.callRDS(rds.Encoder{}, &rds.DescribeReservedDBInstancesOfferingsInput{MaxRecords: wire.Some[int64](20)}, alice)
	foreign := offerings.(*rds.DescribeReservedDBInstancesOfferingsOutput).Marker.Value
	list, _ := b.callMC(&mediaconnect.ListOfferingsInput{}, alice)
	next := list.(*mediaconnect.ListOfferingsOutput).NextToken.Value

	ask := func(change func(*rds.DescribeReservedDBInstancesInput), e rds.Encoder, account string) *rds.Error {
		in := rds.DescribeReservedDBInstancesInput{MaxRecords: wire.Some[int64](20), Marker: wire.Some(token)}
		change(&in)
		_, failed := b.callRDS(e, &in, account)
		return failed
	}
	same := func(*rds.DescribeReservedDBInstancesInput) {}
	marker := func(s string) func(*rds.DescribeReservedDBInstancesInput) {
		return func(in *rds.DescribeReservedDBInstancesInput) { in.Marker.Set(s) }
	}
	for why, e := range map[string]*rds.Error{
		"as it was given":   ask(same, rds.Encoder{}, alice),
		"again":             ask(same, rds.Encoder{}, alice),
		"by GET":            ask(same, rds.Encoder{Get: true}, alice),
		"in 2012-04-23":     ask(same, rds.Encoder{Version: "2012-04-23"}, alice),
		"another page size": ask(func(in *rds.DescribeReservedDBInstancesInput) { in.MaxRecords.Set(100) }, rds.Encoder{}, alice),
	} {
		if e != nil {
			t.Errorf("%s: %v", why, e)
		}
	}
	refused := map[string]*rds.Error{
		"another account":     ask(same, rds.Encoder{}, bob),
		"an offering's":       ask(marker(foreign), rds.Encoder{}, alice),
		"MediaConnect's":      ask(marker(next), rds.Encoder{}, alice),
		"another class":       ask(func(in *rds.DescribeReservedDBInstancesInput) { in.DBInstanceClass.Set("x") }, rds.Encoder{}, alice),
		"another duration":    ask(func(in *rds.DescribeReservedDBInstancesInput) { in.Duration.Set("1") }, rds.Encoder{}, alice),
		"another product":     ask(func(in *rds.DescribeReservedDBInstancesInput) { in.ProductDescription.Set("x") }, rds.Encoder{}, alice),
		"another type":        ask(func(in *rds.DescribeReservedDBInstancesInput) { in.OfferingType.Set("x") }, rds.Encoder{}, alice),
		"Multi-AZ":            ask(func(in *rds.DescribeReservedDBInstancesInput) { in.MultiAZ.Set(true) }, rds.Encoder{}, alice),
		"not Multi-AZ":        ask(func(in *rds.DescribeReservedDBInstancesInput) { in.MultiAZ.Set(false) }, rds.Encoder{}, alice),
		"another lease":       ask(func(in *rds.DescribeReservedDBInstancesInput) { in.LeaseId.Set("x") }, rds.Encoder{}, alice),
		"another offering":    ask(func(in *rds.DescribeReservedDBInstancesInput) { in.ReservedDBInstancesOfferingId.Set("x") }, rds.Encoder{}, alice),
		"another id":          ask(func(in *rds.DescribeReservedDBInstancesInput) { in.ReservedDBInstanceId.Set("x") }, rds.Encoder{}, alice),
		"a character more":    ask(marker(token+"A"), rds.Encoder{}, alice),
		"a character less":    ask(marker(token[1:]), rds.Encoder{}, alice),
		"a line end inside":   ask(marker(token[:9]+"\n"+token[9:]), rds.Encoder{}, alice),
		"padding":             ask(marker(token+"="), rds.Encoder{}, alice),
		"the other alphabet":  ask(marker(strings.Repeat("+", len(token))), rds.Encoder{}, alice),
		"a space before it":   ask(marker(" "+token), rds.Encoder{}, alice),
		"nothing sealed":      ask(marker(base64.RawURLEncoding.EncodeToString(make([]byte, 24))), rds.Encoder{}, alice),
		"one of another size": ask(marker(base64.RawURLEncoding.EncodeToString(make([]byte, 240))), rds.Encoder{}, alice),
	}
	for i := range token {
		for _, c := range "AB" {
			if altered := token[:i] + string(c) + token[i+1:]; altered != token {
				refused[fmt.Sprintf("%c at %d", c, i)] = ask(marker(altered), rds.Encoder{}, alice)
			}
		}
	}
	for why, e := range refused {
		if e == nil || e.Shape() != rds.InvalidParameterValue {
			t.Errorf("%s: %v", why, e)
		}
	}
	// Another region, another emulator, another key.
	req := form(instances+"&Marker="+token, scope(alice, "eu-west-1", "rds"))
	if _, e := b.readRDS(b.send(req), rds.DescribeReservedDBInstances, ""); e == nil {
		t.Error("good in another region")
	}
	for why, o := range map[string]func(*emulator.Options){
		"a shorter list": func(*emulator.Options) {},
		"another key":    func(o *emulator.Options) { o.TokenKey = []byte("another") },
		"a random key":   func(o *emulator.Options) { o.TokenKey = nil },
	} {
		other := newBench(t, o)
		if why != "a shorter list" {
			for range 21 {
				other.buyInstance("", rds.PurchaseReservedDBInstancesOfferingInput{}, alice)
			}
		}
		in := rds.DescribeReservedDBInstancesInput{MaxRecords: wire.Some[int64](20), Marker: wire.Some(token)}
		if _, e := other.callRDS(rds.Encoder{}, &in, alice); e == nil {
			t.Errorf("good for %s", why)
		}
	}
	for why, value := range map[string]string{"RDS's": token, "altered": "B" + next[1:]} {
		if _, e := b.callMC(&mediaconnect.ListOfferingsInput{NextToken: wire.Some(value)}, alice); e == nil || e.Shape() != mediaconnect.BadRequestException {
			t.Errorf("%s: %v", why, e)
		}
	}
	if _, e := b.callMC(&mediaconnect.ListReservationsInput{NextToken: wire.Some(next)}, alice); e == nil {
		t.Error("good for another operation")
	}
	if _, e := b.callMC(&mediaconnect.ListOfferingsInput{NextToken: wire.Some(next)}, bob); e == nil {
		t.Error("good for another account")
	}
	if _, e := b.callMC(&mediaconnect.ListOfferingsInput{NextToken: wire.Some(next), MaxResults: wire.Some[int64](3)}, alice); e != nil {
		t.Error(e)
	}
}
