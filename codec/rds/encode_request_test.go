package rds_test

import (
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

type (
	offeringsInput = rds.DescribeReservedDBInstancesOfferingsInput
	purchaseInput  = rds.PurchaseReservedDBInstancesOfferingInput
	instancesInput = rds.DescribeReservedDBInstancesInput
)

var filters = wire.Some([]rds.Filter{
	{Name: wire.Some("a b"), Values: wire.Some([]string{"1", "é"})},
	{Name: wire.Some(""), Values: wire.Some([]string{})},
})

// TestAppendForm: the forms by hand from WIRE.md sections B.3 to B.6 and C.
func TestAppendForm(t *testing.T) {
	for _, tt := range []struct {
		name string
		e    rds.Encoder
		in   rds.Input
		want string
	}{
		{"nothing", rds.Encoder{}, &instancesInput{}, "Action=DescribeReservedDBInstances&Version=2014-10-31"},
		{"model order", rds.Encoder{}, &instancesInput{
			ReservedDBInstanceId: wire.Some("i"), ReservedDBInstancesOfferingId: wire.Some("o"), DBInstanceClass: wire.Some("db.m1.small"),
			Duration: wire.Some("1"), ProductDescription: wire.Some("oracle-se1(li)"), OfferingType: wire.Some("Medium Utilization"),
			MultiAZ: wire.Some(false), LeaseId: wire.Some("l"), Filters: filters, MaxRecords: wire.Some[int64](20), Marker: wire.Some("a/+="),
		}, "Action=DescribeReservedDBInstances&Version=2014-10-31&ReservedDBInstanceId=i&ReservedDBInstancesOfferingId=o&DBInstanceClass=db.m1.small" +
			"&Duration=1&ProductDescription=oracle-se1%28li%29&OfferingType=Medium%20Utilization&MultiAZ=false&LeaseId=l" +
			"&Filters.Filter.1.Name=a%20b&Filters.Filter.1.Values.Value.1=1&Filters.Filter.1.Values.Value.2=%C3%A9&Filters.Filter.2.Name=&Filters.Filter.2.Values=" +
			"&MaxRecords=20&Marker=a%2F%2B%3D"},
		{"offerings", rds.Encoder{Version: rds.V20140901}, &offeringsInput{
			ReservedDBInstancesOfferingId: wire.Some("o"), DBInstanceClass: wire.Some("c"), Duration: wire.Some("3"), ProductDescription: wire.Some("p"),
			OfferingType: wire.Some("t"), MultiAZ: wire.Some(true), Filters: wire.Some([]rds.Filter{}), MaxRecords: wire.Some[int64](100), Marker: wire.Some(""),
		}, "Action=DescribeReservedDBInstancesOfferings&Version=2014-09-01&ReservedDBInstancesOfferingId=o&DBInstanceClass=c&Duration=3&ProductDescription=p" +
			"&OfferingType=t&MultiAZ=true&Filters=&MaxRecords=100&Marker="},
		{"purchase", rds.Encoder{Version: rds.V20130515}, &purchaseInput{
			ReservedDBInstancesOfferingId: wire.Some("o"), ReservedDBInstanceId: wire.Some("i"), DBInstanceCount: wire.Some[int64](math.MinInt32),
			Tags: wire.Some([]rds.Tag{{Key: wire.Some("k")}, {Value: wire.Some("v")}, {Key: wire.Some(""), Value: wire.Some("")}}),
		}, "Action=PurchaseReservedDBInstancesOffering&Version=2013-05-15&ReservedDBInstancesOfferingId=o&ReservedDBInstanceId=i&DBInstanceCount=-2147483648" +
			"&Tags.Tag.1.Key=k&Tags.Tag.2.Value=v&Tags.Tag.3.Key=&Tags.Tag.3.Value="},
		{"filters of 2013-05-15", rds.Encoder{Version: rds.V20130515}, &instancesInput{Filters: filters},
			"Action=DescribeReservedDBInstances&Version=2013-05-15&Filters.Filter.1.FilterName=a%20b&Filters.Filter.1.FilterValue.Value.1=1" +
				"&Filters.Filter.1.FilterValue.Value.2=%C3%A9&Filters.Filter.2.FilterName=&Filters.Filter.2.FilterValue="},
		{"null is absent", rds.Encoder{Version: rds.Oldest}, &instancesInput{Marker: wire.NullOf[string](), LeaseId: wire.NullOf[string](), Filters: wire.NullOf[[]rds.Filter]()},
			"Action=DescribeReservedDBInstances&Version=2012-04-23"},
		{"unknown", rds.Encoder{}, &instancesInput{Unknown: []wire.Unknown{{Name: "a b", Raw: "%zz+;"}, {Name: "c"}}},
			"Action=DescribeReservedDBInstances&Version=2014-10-31&a%20b=%zz+;&c="},
	} {
		got, err := tt.e.AppendForm([]byte("kept "), tt.in)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		if diff := cmp.Diff("kept "+tt.want, string(got)); diff != "" {
			t.Errorf("%s: (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestEncodeRequestErrors(t *testing.T) {
	offering := wire.Some("o")
	for _, tt := range []struct {
		name    string
		version rds.Version
		in      rds.Input
		path    string
	}{
		{"required", rds.Latest, &purchaseInput{}, "ReservedDBInstancesOfferingId"},
		{"null is no value", rds.Latest, &purchaseInput{ReservedDBInstancesOfferingId: wire.NullOf[string]()}, "ReservedDBInstancesOfferingId"},
		{"below 32 bits", rds.Latest, &purchaseInput{ReservedDBInstancesOfferingId: offering, DBInstanceCount: wire.Some[int64](math.MinInt32 - 1)}, "DBInstanceCount"},
		{"above 32 bits", rds.Latest, &instancesInput{MaxRecords: wire.Some[int64](math.MaxInt32 + 1)}, "MaxRecords"},
		{"not UTF-8", rds.Latest, &instancesInput{Marker: wire.Some("a\xff")}, "Marker"},
		{"not UTF-8 in a list", rds.Latest, &instancesInput{Filters: wire.Some([]rds.Filter{{Name: wire.Some("n"), Values: wire.Some([]string{"a", "\xff"})}})}, "Filters.Filter.1.Values.Value.2"},
		{"empty structure", rds.Latest, &purchaseInput{ReservedDBInstancesOfferingId: offering, Tags: wire.Some([]rds.Tag{{Key: wire.Some("k")}, {}})}, "Tags.Tag.2"},
		{"filter without a name", rds.Latest, &instancesInput{Filters: wire.Some([]rds.Filter{{Values: wire.Some([]string{"v"})}})}, "Filters.Filter.1.Name"},
		{"filter without values", rds.V20130515, &instancesInput{Filters: wire.Some([]rds.Filter{{Name: wire.Some("n")}})}, "Filters.Filter.1.FilterValue"},
		{"tags before their time", rds.V20130212, &purchaseInput{ReservedDBInstancesOfferingId: offering, Tags: wire.Some([]rds.Tag{})}, "Tags"},
		{"lease before its time", rds.V20140901, &instancesInput{LeaseId: wire.Some("")}, "LeaseId"},
		{"filters before their time", rds.V20130212, &instancesInput{Filters: wire.Some([]rds.Filter{})}, "Filters"},
		{"filters on offerings before their time", rds.V20130515, &offeringsInput{Filters: wire.Some([]rds.Filter{})}, "Filters"},
		{"unknown version", "2011-01-01", &instancesInput{}, "Version"},
		{"raw ampersand", rds.Latest, &instancesInput{Unknown: []wire.Unknown{{Name: "x", Raw: "a&b"}}}, "x"},
	} {
		e := rds.Encoder{Version: tt.version}
		dst := []byte("kept")
		got, err := e.AppendForm(dst, tt.in)
		var failed *wire.EncodeError
		if !errors.As(err, &failed) || !errors.Is(err, wire.ErrValue) || failed.Path != tt.path {
			t.Errorf("%s: %v, want an EncodeError at %s", tt.name, err, tt.path)
		}
		if string(got) != "kept" {
			t.Errorf("%s: appended %s", tt.name, got)
		}
		if req, err := e.EncodeRequest(tt.in); err == nil {
			t.Errorf("%s: EncodeRequest gives %+v", tt.name, req)
		}
	}
}

// TestVersionMembers: what each version has, against the table of WIRE.md
// section C, in both directions: the encoder writes it, and the decoder finds
// nothing odd in it.
func TestVersionMembers(t *testing.T) {
	type has struct{ instanceFilters, offeringFilters, tags, lease bool }
	table := map[rds.Version]has{
		"2012-04-23": {}, "2012-09-17": {}, "2013-01-10": {}, "2013-02-12": {},
		"2013-05-15": {instanceFilters: true, tags: true},
		"2013-09-09": {instanceFilters: true, offeringFilters: true, tags: true},
		"2014-09-01": {instanceFilters: true, offeringFilters: true, tags: true},
		"2014-10-31": {instanceFilters: true, offeringFilters: true, tags: true, lease: true},
	}
	if len(table) != len(rds.Versions()) {
		t.Fatal("another number of versions")
	}
	for _, v := range rds.Versions() {
		want, known := table[v]
		if !known || !v.Known() {
			t.Errorf("%s is not in the table", v)
		}
		for _, row := range []struct {
			name string
			in   rds.Input
			has  bool
		}{
			{"filters of instances", &instancesInput{Filters: filters}, want.instanceFilters},
			{"filters of offerings", &offeringsInput{Filters: filters}, want.offeringFilters},
			{"tags", &purchaseInput{ReservedDBInstancesOfferingId: wire.Some("o"), Tags: wire.Some([]rds.Tag{{Key: wire.Some("k")}})}, want.tags},
			{"lease", &instancesInput{LeaseId: wire.Some("l")}, want.lease},
		} {
			req, err := rds.Encoder{Version: v}.EncodeRequest(row.in)
			if (err == nil) != row.has {
				t.Errorf("%s: %s: %v", v, row.name, err)
			}
			if err != nil {
				continue
			}
			var d rds.Decoder
			in, err := d.DecodeRequest(&req)
			if err != nil || len(d.Findings()) > 0 {
				t.Errorf("%s: %s: %v, %v", v, row.name, err, d.Findings())
			}
			if diff := cmp.Diff(row.in, in); diff != "" {
				t.Errorf("%s: %s: (-want +got):\n%s", v, row.name, diff)
			}
		}
	}
}

func TestAppendFormAllocations(t *testing.T) {
	in := &instancesInput{Filters: filters, Marker: wire.Some("a b"), MaxRecords: wire.Some[int64](20), MultiAZ: wire.Some(true)}
	buf := make([]byte, 0, 1000)
	if n := testing.AllocsPerRun(100, func() {
		var err error
		if buf, err = (rds.Encoder{}).AppendForm(buf[:0], in); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
