package bench

import (
	"encoding/json"
	"slices"

	"github.com/bytedance/sonic"
	jsonv2 "github.com/go-json-experiment/json"
	goccy "github.com/goccy/go-json"
	"github.com/valyala/fastjson"

	"wireproof/codec/bench/payload"
	"wireproof/codec/mediaconnect"
)

const (
	sonicFastest = "bytedance/sonic fastest"
	sonicReused  = "bytedance/sonic fastest, from string, reused destination"
)

// mcPageDecode, mcPurchaseDecode and mcLargeDecode read MediaConnect responses.
var (
	mcPageDecode = reading("JSON decode, page of 100",
		func() payload.Document { return payload.MCList(payload.PageRecords) },
		slices.Concat(wireproofMC[mediaconnect.ListReservationsOutput](15), []Contender{sdkList, fastjsonList}, unmarshalJSON[jsonList]()),
	)
	mcPurchaseDecode = reading("MediaConnect purchase response", payload.MCPurchase,
		slices.Concat(wireproofMC[mediaconnect.PurchaseOfferingOutput](NoPromise), []Contender{sdkBuy}, unmarshalJSON[jsonPurchase]()),
	)
	mcLargeDecode = reading("JSON decode, 20 MB", payload.MCLarge,
		append(wireproofMC[mediaconnect.ListReservationsOutput](NoPromise)[:2], sdkList, sonicReuse[jsonList]()),
	)
)

// unmarshalJSON is every package that decodes into a struct by its tags, a new
// one each time.
func unmarshalJSON[T any, P interface {
	*T
	got() any
}]() []Contender {
	fresh := func(name string, unmarshal func(body []byte, v any) error) Contender {
		return Contender{Name: name, Allocs: NoPromise, New: func(doc payload.Document) (Work, error) {
			body := []byte(doc.Text)
			var out P
			return Work{
				Run: func() error { out = new(T); return unmarshal(body, out) },
				Got: func() (any, error) { return out.got(), nil },
			}, nil
		}}
	}
	return []Contender{
		fresh("encoding/json", json.Unmarshal),
		fresh("encoding/json/v2 (go-json-experiment)", func(body []byte, v any) error { return jsonv2.Unmarshal(body, v) }),
		fresh("goccy/go-json", func(body []byte, v any) error { return goccy.Unmarshal(body, v) }),
		fresh("bytedance/sonic default", sonic.Unmarshal),
		fresh(sonicFastest, sonic.ConfigFastest.Unmarshal),
		sonicReuse[T, P](),
	}
}

// sonicReuse is the fastest that there is: strings of the result are pieces of
// the source, and the destination was used before.
func sonicReuse[T any, P interface {
	*T
	got() any
}]() Contender {
	return Contender{Name: sonicReused, Allocs: NoPromise, New: func(doc payload.Document) (Work, error) {
		out := P(new(T))
		return Work{
			Run: func() error { return sonic.ConfigFastest.UnmarshalFromString(doc.Text, out) },
			Got: func() (any, error) { return out.got(), nil },
		}, nil
	}}
}

// fastjsonList parses into fastjson's tree, with a parser that is reused, and
// copies what it finds into a new struct.
var fastjsonList = Contender{Name: "valyala/fastjson", Allocs: NoPromise, New: func(doc payload.Document) (Work, error) {
	body := []byte(doc.Text)
	var parser fastjson.Parser
	var out *jsonList
	return Work{
		Run: func() error {
			v, err := parser.ParseBytes(body)
			if err != nil {
				return err
			}
			items := v.GetArray("reservations")
			out = &jsonList{NextToken: string(v.GetStringBytes("nextToken")), Reservations: make([]jsonReservation, len(items))}
			for i, item := range items {
				extractFastjson(item, &out.Reservations[i])
			}
			return nil
		},
		Got: func() (any, error) { return out.got(), nil },
	}, nil
}}

func extractFastjson(v *fastjson.Value, r *jsonReservation) {
	text := func(name string) string { return string(v.GetStringBytes(name)) }
	r.CurrencyCode = text("currencyCode")
	r.Duration = v.GetInt64("duration")
	r.DurationUnits = text("durationUnits")
	r.End = text("end")
	r.OfferingArn = text("offeringArn")
	r.OfferingDescription = text("offeringDescription")
	r.PricePerUnit = text("pricePerUnit")
	r.PriceUnits = text("priceUnits")
	r.ReservationArn = text("reservationArn")
	r.ReservationName = text("reservationName")
	r.ReservationState = text("reservationState")
	r.ResourceSpecification.ReservedBitrate = v.GetInt64("resourceSpecification", "reservedBitrate")
	r.ResourceSpecification.ResourceType = string(v.GetStringBytes("resourceSpecification", "resourceType"))
	r.Start = text("start")
}
