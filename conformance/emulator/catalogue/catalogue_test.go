package catalogue_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/conformance/emulator/catalogue"
)

// The sources ask for at least 300 offerings of RDS with every kind among them,
// and 40 of MediaConnect.
func TestDefaultHasEveryKind(t *testing.T) {
	c := catalogue.Default()
	kinds := map[string]int{}
	ids := map[string]bool{}
	form := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	for _, o := range c.RDS() {
		kinds[o.OfferingType.Value]++
		if o.MultiAZ.Value {
			kinds["Multi-AZ"]++
		} else {
			kinds["Single-AZ"]++
		}
		if len(o.RecurringCharges.Value) > 0 {
			kinds["recurring"]++
		} else {
			kinds["not recurring"]++
		}
		switch o.Duration.Value {
		case 365 * 24 * 3600:
			kinds["one year"]++
		case 3 * 365 * 24 * 3600:
			kinds["three years"]++
		default:
			t.Errorf("%d seconds", o.Duration.Value)
		}
		if o.FixedPrice.Value == 0 && o.UsagePrice.Value == 0 && len(o.RecurringCharges.Value) == 0 {
			t.Errorf("free: %+v", o)
		}
		id := o.ReservedDBInstancesOfferingId.Value
		if ids[id] || !form.MatchString(id) {
			t.Errorf("id %q", id)
		}
		ids[id] = true
		if found, ok := c.RDSOffering(id); !ok || !cmp.Equal(*found, o) {
			t.Errorf("%s is not found", id)
		}
	}
	if len(ids) < 300 {
		t.Errorf("%d offerings of RDS", len(ids))
	}
	for _, kind := range []string{"Light Utilization", "Medium Utilization", "Heavy Utilization", "Partial Upfront", "All Upfront", "No Upfront",
		"Multi-AZ", "Single-AZ", "recurring", "not recurring", "one year", "three years"} {
		if kinds[kind] < 20 {
			t.Errorf("%d of the kind %s", kinds[kind], kind)
		}
	}
	if _, ok := c.RDSOffering(strings.ToUpper("438012d3-4052-4cc7-b2e3-8d3372e0e706")); ok {
		t.Error("ids are found in another case")
	}
}

// The documented offerings are as their samples print them. The sources of
// 438012d3 disagree on its type; the package comment says which one counts.
func TestDocumentedOfferings(t *testing.T) {
	c := catalogue.Default()
	for _, want := range []struct {
		id, offeringType string
		fixed, usage     float64
		multiAZ          bool
	}{
		{"438012d3-4052-4cc7-b2e3-8d3372e0e706", "Medium Utilization", 123, 0.123, true},
		{"649fd0c8-cf6d-47a0-bfa6-060f8e75e95f", "Partial Upfront", 227.5, 0.046, false},
	} {
		o, ok := c.RDSOffering(want.id)
		if !ok {
			t.Fatalf("no %s", want.id)
		}
		if o.OfferingType.Value != want.offeringType || o.FixedPrice.Value != want.fixed || o.UsagePrice.Value != want.usage ||
			o.MultiAZ.Value != want.multiAZ || o.DBInstanceClass.Value != "db.m1.small" || o.ProductDescription.Value != "mysql" ||
			o.Duration.Value != 31536000 || !o.RecurringCharges.IsPresent() || len(o.RecurringCharges.Value) != 0 {
			t.Errorf("%+v", o)
		}
	}
	o, ok := c.MediaConnectOffering("arn:aws:mediaconnect:us-east-1:123456789012:offering:1-23aBC45dEF67hiJ8:MyOffering")
	if !ok || o.Duration.Value != 12 || o.ResourceSpecification.Value.ReservedBitrate.Value != 100 {
		t.Errorf("%+v", o)
	}
}

func TestMediaConnect(t *testing.T) {
	c := catalogue.Default()
	home := c.MediaConnect("us-east-1")
	if len(home) < 40 || len(home) != c.MediaConnectLen() {
		t.Errorf("%d offerings", len(home))
	}
	form := regexp.MustCompile(`^arn:aws:mediaconnect:us-east-1:123456789012:offering:1-[0-9A-Za-z]{16}:[0-9A-Za-z]+$`)
	price := regexp.MustCompile(`^[0-9]+\.[0-9]{4}$`)
	seen := map[string]bool{}
	for i, o := range home {
		arn := o.OfferingArn.Value
		if seen[arn] || !form.MatchString(arn) || !price.MatchString(o.PricePerUnit.Value) || o.PricePerUnit.Value == "0.0000" {
			t.Errorf("%+v", o)
		}
		seen[arn] = true
		found, ok := c.MediaConnectOffering(arn)
		if !ok || !cmp.Equal(*found, o) {
			t.Errorf("%s is not found", arn)
		}
		if diff := cmp.Diff([]mediaconnect.Offering{o}, c.AppendMediaConnect(nil, "us-east-1", i, i+1)); diff != "" {
			t.Error(diff)
		}
	}
	// The region stands in the ARN and nowhere else.
	away := c.MediaConnect("eu-west-1")
	for i := range away {
		if got := strings.Replace(away[i].OfferingArn.Value, "eu-west-1", "us-east-1", 1); got != home[i].OfferingArn.Value {
			t.Errorf("%s", away[i].OfferingArn.Value)
		}
	}
	for _, arn := range []string{
		"", "1-23aBC45dEF67hiJ8:MyOffering",
		"arn:aws:mediaconnect:us-east-1:210987654321:offering:1-23aBC45dEF67hiJ8:MyOffering",
		"arn:aws:mediaconnect::123456789012:offering:1-23aBC45dEF67hiJ8:MyOffering",
		"arn:aws:mediaconnect:us-east-1:123456789012:reservation:1-23aBC45dEF67hiJ8:MyOffering",
		"arn:aws:mediaconnect:us-east-1:123456789012:offering:1-23aBC45dEF67hiJ8:MyOffering:",
		"ARN:aws:mediaconnect:us-east-1:123456789012:offering:1-23aBC45dEF67hiJ8:MyOffering",
	} {
		if _, ok := c.MediaConnectOffering(arn); ok {
			t.Errorf("%q is found", arn)
		}
	}
}

// Ids are the same on every run, or recordings would go stale: three of them, made
// from SHA-256 sums of their offerings by Python.
// They change only where the catalogue does.
func TestDefaultIsDeterministic(t *testing.T) {
	c := catalogue.Default()
	got := []string{c.RDS()[2].ReservedDBInstancesOfferingId.Value, c.RDS()[len(c.RDS())-1].ReservedDBInstancesOfferingId.Value, c.MediaConnect("r")[1].OfferingArn.Value}
	want := []string{"89e4b783-051a-4da2-bcfd-1aa6e43eebab", "2af4b18d-25ef-4583-b965-4117e9043b92", "arn:aws:mediaconnect:r:123456789012:offering:1-U2U9tHuAwFMZiLAi:Outbound10Mbps1M"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Every offering can be written in every version.
func TestDefaultCanBeWritten(t *testing.T) {
	for _, v := range rds.Versions() {
		out := rds.DescribeReservedDBInstancesOfferingsOutput{}
		out.ReservedDBInstancesOfferings.Set(catalogue.Default().RDS())
		if _, err := (rds.Encoder{Version: v}).AppendBody(nil, &out); err != nil {
			t.Errorf("%s: %v", v, err)
		}
	}
}
