package catalogue

import (
	"crypto/sha256"
	"fmt"
	"math"
	"strconv"
	"sync"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

const (
	year       = 31_536_000 // seconds, as the documentation counts them
	threeYears = 3 * year
)

// Default is the catalogue of the emulator: the documented offerings first, then
// every combination of the tables below. It is made once.
func Default() *Catalogue { return defaultCatalogue() }

var defaultCatalogue = sync.OnceValue(func() *Catalogue {
	return build(defaultRDS(), defaultMediaConnect())
})

// class is a DB instance class and what an hour of it costs without a
// reservation, in thousandths of a dollar. Which generation it is of decides how
// its offerings are paid for.
type class struct {
	name  string
	price int
}

var (
	oldClasses = []class{{"db.t1.micro", 25}, {"db.m1.small", 105}, {"db.m1.large", 415}, {"db.m1.xlarge", 830}, {"db.m2.xlarge", 485}, {"db.m2.4xlarge", 1940}}
	newClasses = []class{{"db.t2.micro", 17}, {"db.m3.medium", 90}, {"db.m3.large", 185}, {"db.r3.large", 240}, {"db.r3.2xlarge", 950}, {"db.r3.8xlarge", 3780}}
)

// product is a ProductDescription and what it costs more than mysql, in percent.
type product struct {
	name string
	more int
}

var products = []product{{"mysql", 0}, {"postgresql", 5}, {"oracle-se1(li)", 60}, {"sqlserver-se(li)", 110}}

// term is how an offering is paid for, as percentages of what its hours would
// cost without it: at once, by the hour of use, and by the hour whether used or
// not.
type term struct {
	offeringType            string
	upfront, use, recurring int
}

var (
	oldTerms = []term{
		{"Light Utilization", 15, 60, 0},
		{"Medium Utilization", 30, 35, 0},
		{"Heavy Utilization", 35, 0, 25},
	}
	newTerms = []term{
		{"Partial Upfront", 35, 0, 30},
		{"All Upfront", 62, 0, 0},
		{"No Upfront", 0, 0, 70},
	}
)

func defaultRDS() []rds.ReservedDBInstancesOffering {
	list := []rds.ReservedDBInstancesOffering{
		documented("438012d3-4052-4cc7-b2e3-8d3372e0e706", "Medium Utilization", 123, 0.123, true),
		documented("649fd0c8-cf6d-47a0-bfa6-060f8e75e95f", "Partial Upfront", 227.5, 0.046, false),
	}
	add := func(classes []class, terms []term) {
		for _, c := range classes {
			for _, p := range products {
				for _, t := range terms {
					for _, seconds := range []int64{year, threeYears} {
						for _, multiAZ := range []bool{false, true} {
							list = append(list, offering(c, p, t, seconds, multiAZ))
						}
					}
				}
			}
		}
	}
	add(oldClasses, oldTerms)
	add(newClasses, newTerms)
	return list
}

// documented makes an offering of the API Reference's samples, db.m1.small with
// mysql for a year.
func documented(id, offeringType string, fixed, usage float64, multiAZ bool) rds.ReservedDBInstancesOffering {
	return rds.ReservedDBInstancesOffering{
		ReservedDBInstancesOfferingId: wire.Some(id),
		DBInstanceClass:               wire.Some("db.m1.small"),
		Duration:                      wire.Some[int64](year),
		FixedPrice:                    wire.Some(fixed),
		UsagePrice:                    wire.Some(usage),
		CurrencyCode:                  wire.Some("USD"),
		ProductDescription:            wire.Some("mysql"),
		OfferingType:                  wire.Some(offeringType),
		MultiAZ:                       wire.Some(multiAZ),
		RecurringCharges:              wire.Some([]rds.RecurringCharge{}),
	}
}

func offering(c class, p product, t term, seconds int64, multiAZ bool) rds.ReservedDBInstancesOffering {
	hour := float64(c.price) * float64(100+p.more) / 100 / 1000
	if multiAZ {
		hour *= 2
	}
	if seconds == threeYears {
		hour *= 0.75
	}
	charges := []rds.RecurringCharge{}
	if t.recurring > 0 {
		charges = append(charges, rds.RecurringCharge{
			RecurringChargeAmount:    wire.Some(round(hour*float64(t.recurring)/100, 1000)),
			RecurringChargeFrequency: wire.Some("Hourly"),
		})
	}
	id := uuid(fmt.Sprint("rds", c.name, p.name, t.offeringType, seconds, multiAZ))
	return rds.ReservedDBInstancesOffering{
		ReservedDBInstancesOfferingId: wire.Some(id),
		DBInstanceClass:               wire.Some(c.name),
		Duration:                      wire.Some(seconds),
		FixedPrice:                    wire.Some(round(hour*float64(t.upfront)/100*float64(seconds)/3600, 1)),
		UsagePrice:                    wire.Some(round(hour*float64(t.use)/100, 1000)),
		CurrencyCode:                  wire.Some("USD"),
		ProductDescription:            wire.Some(p.name),
		OfferingType:                  wire.Some(t.offeringType),
		MultiAZ:                       wire.Some(multiAZ),
		RecurringCharges:              wire.Some(charges),
	}
}

func round(v, parts float64) float64 { return math.Round(v*parts) / parts }

// uuid makes an id that has the form of a version 4 UUID and is always the same
// for a name.
func uuid(name string) string {
	b := sha256.Sum256([]byte(name))
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

var (
	bitrates = []int64{10, 20, 50, 100, 200, 300, 400, 500, 750, 1000, 1500, 2000, 5000, 10000}
	months   = []int64{1, 6, 12}
)

func defaultMediaConnect() []mediaconnect.Offering {
	list := []mediaconnect.Offering{bandwidth("1-23aBC45dEF67hiJ8:MyOffering", 100, 12)}
	for _, m := range months {
		for _, mbps := range bitrates {
			name := fmt.Sprintf("Outbound%dMbps%dM", mbps, m)
			list = append(list, bandwidth("1-"+letters(name)+":"+name, mbps, m))
		}
	}
	return list
}

func bandwidth(id string, mbps, term int64) mediaconnect.Offering {
	unit := "months"
	if term == 1 {
		unit = "month"
	}
	price := float64(mbps) * (0.00068 - 0.0000025*float64(term)) // of an hour
	return mediaconnect.Offering{
		CurrencyCode:        wire.Some("USD"),
		Duration:            wire.Some(term),
		DurationUnits:       wire.Some(mediaconnect.Months),
		OfferingArn:         wire.Some(id),
		OfferingDescription: wire.Some(fmt.Sprintf("%d Mbps of outbound bandwidth for %d %s", mbps, term, unit)),
		PricePerUnit:        wire.Some(strconv.FormatFloat(price, 'f', 4, 64)),
		PriceUnits:          wire.Some(mediaconnect.Hourly),
		ResourceSpecification: wire.Some(mediaconnect.ResourceSpecification{
			ReservedBitrate: wire.Some(mbps),
			ResourceType:    wire.Some(mediaconnect.MbpsOutboundBandwidth),
		}),
	}
}

// letters makes sixteen letters and digits that are always the same for a name,
// as they stand in the documented ARN.
func letters(name string) string {
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	sum := sha256.Sum256([]byte(name))
	b := make([]byte, 16)
	for i := range b {
		b[i] = alphabet[int(sum[i])%len(alphabet)]
	}
	return string(b)
}
