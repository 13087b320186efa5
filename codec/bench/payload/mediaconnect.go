package payload

import (
	"fmt"
	"strings"
	"time"
)

// MCPage is what a response with reservations says. The response to a purchase
// is a page of one.
type MCPage struct {
	NextToken    string
	Reservations []Reservation
}

// Reservation is a MediaConnect reservation.
type Reservation struct {
	CurrencyCode                     string
	Duration                         int64 // in DurationUnits
	DurationUnits, End               string
	OfferingArn, OfferingDescription string
	PricePerUnit, PriceUnits         string
	ReservationArn, ReservationName  string
	ReservationState                 string
	ReservedBitrate                  int64
	ResourceType                     string
	Start                            string
}

const nextToken = "AAAAKgAAAAEAAAAAAAAAAf8vZ2hXMTAwIGZvciB0aGUgbmV4dCBwYWdl/w=="

// MCPurchase is a response to a purchase, compact as the service's encoders
// write JSON.
func MCPurchase() Document {
	one := reservation(0)
	one.OfferingDescription = "MyOffering, 20 Mbps outbound in all regions, committed for 12 months"
	one.ReservationName = "MyReservation of 2020-03-05T23:30"
	return Document{`{"reservation":` + jsonReservation(one) + `}`, func() any { return MCPage{Reservations: []Reservation{one}} }}
}

// MCList is a page of reservations with a nextToken, compact.
func MCList(records int) Document {
	return Document{mcList(func(n, _ int) bool { return n == records }), func() any { return mcPage(records) }}
}

// MCLarge is one response of about 20 MB.
func MCLarge() Document {
	records := 0
	text := mcList(func(n, size int) bool { records = n; return size >= Large })
	return Document{text, func() any { return mcPage(records) }}
}

func mcPage(records int) MCPage {
	page := MCPage{NextToken: nextToken}
	for i := range records {
		page.Reservations = append(page.Reservations, reservation(i))
	}
	return page
}

// reservation computes the i-th record. One in twenty has a value that needs
// escapes.
func reservation(i int) Reservation {
	start := time.Date(2020, 3, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * 3607 * time.Second)
	id := fmt.Sprintf("%d-%016x", 1+i%9, 0x23abc45def67+i*7919)
	r := Reservation{
		CurrencyCode:        "USD",
		Duration:            int64(12 * (1 + i%3)),
		DurationUnits:       "MONTHS",
		End:                 start.AddDate(1+i%3, 0, 0).Format(time.RFC3339),
		OfferingArn:         "arn:aws:mediaconnect:us-east-1:123456789012:offering:" + id + ":Outbound",
		OfferingDescription: fmt.Sprintf("Outbound bandwidth of %d Mbps in all regions, committed for %d months", 20*(1+i%25), 12*(1+i%3)),
		PricePerUnit:        fmt.Sprintf("%d.%04d", i%3, 650+i%977),
		PriceUnits:          "HOURLY",
		ReservationArn:      "arn:aws:mediaconnect:us-east-1:123456789012:reservation:" + id + ":Purchase",
		ReservationName:     fmt.Sprintf("Reservation %06d for live events", i),
		ReservationState:    pick(i, "ACTIVE", "ACTIVE", "EXPIRED", "PROCESSING", "CANCELED"),
		ReservedBitrate:     int64(20 * (1 + i%25)),
		ResourceType:        "Mbps_Outbound_Bandwidth",
		Start:               start.Format(time.RFC3339),
	}
	if i%20 == 7 {
		r.ReservationName = pick(i/20, `the "second" feed`, "line one\nline two", `C:\feeds\café`)
	}
	return r
}

var jsonText = strings.NewReplacer(`"`, `\"`, `\`, `\\`, "\n", `\n`, "é", `\u00e9`)

func mcList(done func(records, size int) bool) string {
	var b strings.Builder
	b.WriteString(`{"nextToken":"` + nextToken + `","reservations":[`)
	for i := 0; !done(i, b.Len()+len("]}")); i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(jsonReservation(reservation(i)))
	}
	b.WriteString("]}")
	return b.String()
}

// jsonReservation prints a record in the member order of the model.
func jsonReservation(r Reservation) string {
	return fmt.Sprintf(`{"currencyCode":"%s","duration":%d,"durationUnits":"%s","end":"%s",`+
		`"offeringArn":"%s","offeringDescription":"%s","pricePerUnit":"%s","priceUnits":"%s",`+
		`"reservationArn":"%s","reservationName":"%s","reservationState":"%s",`+
		`"resourceSpecification":{"reservedBitrate":%d,"resourceType":"%s"},"start":"%s"}`,
		r.CurrencyCode, r.Duration, r.DurationUnits, r.End,
		r.OfferingArn, jsonText.Replace(r.OfferingDescription), r.PricePerUnit, r.PriceUnits,
		r.ReservationArn, jsonText.Replace(r.ReservationName), r.ReservationState,
		r.ReservedBitrate, r.ResourceType, r.Start)
}
