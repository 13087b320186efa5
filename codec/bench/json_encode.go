package bench

import (
	"encoding/json"

	smithyjson "github.com/aws/smithy-go/encoding/json"
	"github.com/bytedance/sonic"
	jsonv2 "github.com/go-json-experiment/json"
	goccy "github.com/goccy/go-json"

	"wireproof/codec/bench/payload"
)

// mcPageEncode writes the page from structs.
var mcPageEncode = writing("JSON encode, page of 100",
	func() payload.Document { return payload.MCList(payload.PageRecords) },
	[]Contender{
		wireproofMCEncode,
		encodeJSON("encoding/json", func(v *jsonList) ([]byte, error) { return json.Marshal(v) }),
		encodeJSON("encoding/json/v2 (go-json-experiment)", func(v *jsonList) ([]byte, error) { return jsonv2.Marshal(v) }),
		encodeJSON("goccy/go-json", func(v *jsonList) ([]byte, error) { return goccy.Marshal(v) }),
		encodeJSON(sonicFastest, func(v *jsonList) ([]byte, error) { return sonic.ConfigFastest.Marshal(v) }),
		encodeJSON("smithy-go encoding/json", writeSmithyJSON),
	},
)

func encodeJSON(name string, marshal func(*jsonList) ([]byte, error)) Contender {
	return Contender{Name: name, Allocs: NoPromise, New: func(doc payload.Document) (Work, error) {
		var list jsonList
		err := json.Unmarshal([]byte(doc.Text), &list)
		var text []byte
		return Work{
			Run: func() (err error) { text, err = marshal(&list); return err },
			Got: func() (any, error) { return encodedJSON(text) },
		}, err
	}}
}

// encodedJSON reads back what an encoder wrote.
func encodedJSON(text []byte) (any, error) {
	var list jsonList
	err := json.Unmarshal(text, &list)
	return list.got(), err
}

// writeSmithyJSON drives smithy-go's JSON encoder by hand, as the code generated
// for a restJson1 service does.
func writeSmithyJSON(list *jsonList) ([]byte, error) {
	encoder := smithyjson.NewEncoder()
	root := encoder.Object()
	root.Key("nextToken").String(list.NextToken)
	items := root.Key("reservations").Array()
	for i := range list.Reservations {
		r := &list.Reservations[i]
		o := items.Value().Object()
		o.Key("currencyCode").String(r.CurrencyCode)
		o.Key("duration").Long(r.Duration)
		o.Key("durationUnits").String(r.DurationUnits)
		o.Key("end").String(r.End)
		o.Key("offeringArn").String(r.OfferingArn)
		o.Key("offeringDescription").String(r.OfferingDescription)
		o.Key("pricePerUnit").String(r.PricePerUnit)
		o.Key("priceUnits").String(r.PriceUnits)
		o.Key("reservationArn").String(r.ReservationArn)
		o.Key("reservationName").String(r.ReservationName)
		o.Key("reservationState").String(r.ReservationState)
		s := o.Key("resourceSpecification").Object()
		s.Key("reservedBitrate").Long(r.ResourceSpecification.ReservedBitrate)
		s.Key("resourceType").String(r.ResourceSpecification.ResourceType)
		s.Close()
		o.Key("start").String(r.Start)
		o.Close()
	}
	items.Close()
	root.Close()
	return encoder.Bytes(), nil
}

// decodeStrings reads an object of strings.
func decodeStrings(text []byte) (any, error) {
	var got map[string]string
	err := json.Unmarshal(text, &got)
	return got, err
}
