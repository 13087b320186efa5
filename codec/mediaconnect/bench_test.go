package mediaconnect

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// page is a compact page of n reservations and a token, every twentieth
// description with an escape: what the service would send.
func page(n int) string {
	var b strings.Builder
	b.WriteString(`{"nextToken":"eyJhbGciOiJub25lIn0.cGFnZTI","reservations":[`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		description := fmt.Sprintf("%d Mbps of outbound bandwidth for 12 months", 50+i)
		if i%20 == 7 {
			description = fmt.Sprintf(`%d Mbps of \"outbound\" bandwidth for 12 months`, 50+i)
		}
		fmt.Fprintf(&b, `{"currencyCode":"USD","duration":12,"durationUnits":"MONTHS","end":"2021-03-05T23:30:00Z",`+
			`"offeringArn":"arn:aws:mediaconnect:us-east-1:123456789012:offering:1-23aBC45dEF67hiJ8:Offering%d",`+
			`"offeringDescription":"%s","pricePerUnit":"0.0%d","priceUnits":"HOURLY",`+
			`"reservationArn":"arn:aws:mediaconnect:us-east-1:123456789012:reservation:1-23aBC45dEF67hiJ8:Reservation%d",`+
			`"reservationName":"Reservation%d","reservationState":"ACTIVE",`+
			`"resourceSpecification":{"reservedBitrate":%d,"resourceType":"Mbps_Outbound_Bandwidth"},`+
			`"start":"2020-03-05T23:30:00Z"}`, i, description, 650+i, i, i, 50+i)
	}
	b.WriteString(`]}`)
	return b.String()
}

// plainReservation is Reservation for encoding/json.
type plainReservation struct {
	CurrencyCode          *string `json:"currencyCode,omitempty"`
	Duration              *int32  `json:"duration,omitempty"`
	DurationUnits         string  `json:"durationUnits,omitempty"`
	End                   *string `json:"end,omitempty"`
	OfferingArn           *string `json:"offeringArn,omitempty"`
	OfferingDescription   *string `json:"offeringDescription,omitempty"`
	PricePerUnit          *string `json:"pricePerUnit,omitempty"`
	PriceUnits            string  `json:"priceUnits,omitempty"`
	ReservationArn        *string `json:"reservationArn,omitempty"`
	ReservationName       *string `json:"reservationName,omitempty"`
	ReservationState      string  `json:"reservationState,omitempty"`
	ResourceSpecification *struct {
		ReservedBitrate *int32 `json:"reservedBitrate,omitempty"`
		ResourceType    string `json:"resourceType,omitempty"`
	} `json:"resourceSpecification,omitempty"`
	Start *string `json:"start,omitempty"`
}

type plainPage struct {
	NextToken    *string            `json:"nextToken,omitempty"`
	Reservations []plainReservation `json:"reservations,omitempty"`
}

func indented(doc string) string {
	var v any
	if err := json.Unmarshal([]byte(doc), &v); err != nil {
		panic(err)
	}
	text, _ := json.MarshalIndent(v, "", "  ")
	return string(text)
}

func BenchmarkDecode(b *testing.B) {
	doc := page(100)
	spaced := strings.NewReplacer(`":`, `": `, `,"`, `, "`).Replace(doc)
	for _, c := range []struct {
		name, doc string
		lenient   bool
	}{
		{"lenient", doc, true}, {"strict", doc, false},
		{"spaced", spaced, true}, {"indented", indented(doc), true},
	} {
		b.Run(c.name+"/reuse", func(b *testing.B) {
			d := Decoder{Lenient: c.lenient}
			var out ListReservationsOutput
			b.SetBytes(int64(len(c.doc)))
			b.ReportAllocs()
			for b.Loop() {
				if err := d.DecodeBody(c.doc, &out); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	raw := []byte(doc)
	b.Run("lenient/fresh", func(b *testing.B) {
		b.SetBytes(int64(len(doc)))
		b.ReportAllocs()
		for b.Loop() {
			d := Decoder{Lenient: true}
			var out ListReservationsOutput
			if err := d.DecodeBytes(raw, &out); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.SetBytes(int64(len(doc)))
		b.ReportAllocs()
		for b.Loop() {
			var out plainPage
			if err := json.Unmarshal(raw, &out); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	doc := page(100)
	var d Decoder
	var out ListReservationsOutput
	if err := d.DecodeBody(doc, &out); err != nil {
		b.Fatal(err)
	}
	b.Run("reuse", func(b *testing.B) {
		var dst []byte
		b.SetBytes(int64(len(doc)))
		b.ReportAllocs()
		for b.Loop() {
			var err error
			if dst, err = (Encoder{}).AppendBody(dst[:0], &out); err != nil {
				b.Fatal(err)
			}
		}
	})
	var plain plainPage
	if err := json.Unmarshal([]byte(doc), &plain); err != nil {
		b.Fatal(err)
	}
	b.Run("encoding-json", func(b *testing.B) {
		b.SetBytes(int64(len(doc)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := json.Marshal(&plain); err != nil {
				b.Fatal(err)
			}
		}
	})
}
