package mediaconnect_test

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/wire"
)

// facts are what WIRE.md section A.2 and A.8 say of an operation, as a frozen
// copy of the model.
var facts = map[string]struct {
	method, uri string
	status      int
	errors      string
}{
	"ListOfferings":       {"GET", "/v1/offerings", 200, "400 429 500 503"},
	"DescribeOffering":    {"GET", "/v1/offerings/{OfferingArn}", 200, "400 404 429 500 503"},
	"PurchaseOffering":    {"POST", "/v1/offerings/{OfferingArn}", 201, "400 403 404 429 500 503"},
	"ListReservations":    {"GET", "/v1/reservations", 200, "400 429 500 503"},
	"DescribeReservation": {"GET", "/v1/reservations/{ReservationArn}", 200, "400 404 429 500 503"},
}

func TestFacts(t *testing.T) {
	if len(mediaconnect.Operations()) != len(facts) {
		t.Errorf("%d operations, want %d", len(mediaconnect.Operations()), len(facts))
	}
	for _, op := range mediaconnect.Operations() {
		f, ok := facts[op.String()]
		if !ok {
			t.Errorf("no facts of %v", op)
			continue
		}
		var statuses []string
		for _, s := range op.Errors() {
			text, _ := json.Marshal(s.Status)
			statuses = append(statuses, string(text))
			if s.Name == "" || s.Code != s.Name || s.Sender != (s.Status < 500) || s.Retryable != (s.Status == 429 || s.Status >= 500) {
				t.Errorf("%v: %+v", op, s)
			}
		}
		if op.Method() != f.method || op.SuccessStatus() != f.status || strings.Join(statuses, " ") != f.errors {
			t.Errorf("%v: %s %d %v, want %+v", op, op.Method(), op.SuccessStatus(), statuses, f)
		}
		if back, ok := mediaconnect.ParseOperation(op.String()); back != op || !ok {
			t.Errorf("ParseOperation(%q) = %v", op.String(), back)
		}
		if op.NewInput().Operation() != op || op.NewOutput().Operation() != op {
			t.Errorf("%v: structs of another operation", op)
		}
	}
	if _, ok := mediaconnect.ParseOperation("listOfferings"); ok {
		t.Error("an operation in the wrong case")
	}
	if s := mediaconnect.Operation(0).String() + mediaconnect.Operation(99).String(); s != "Operation(0)Operation(99)" {
		t.Error(s)
	}
}

// model is as much of botocore's model as is compared.
type model struct {
	Operations map[string]struct {
		HTTP struct {
			Method       string `json:"method"`
			RequestURI   string `json:"requestUri"`
			ResponseCode int    `json:"responseCode"`
		} `json:"http"`
		Input, Output struct{ Shape string }
		Errors        []struct{ Shape string }
	}
	Shapes map[string]shape
}

type shape struct {
	Type     string
	Required []string
	Enum     []string
	Min, Max int
	Member   struct{ Shape string }
	Members  map[string]struct{ Shape, LocationName, Location string }
	Error    struct {
		HTTPStatusCode int `json:"httpStatusCode"`
		SenderFault    bool
	}
	Retryable *struct{}
}

// TestModel compares names, types, statuses and required members with the model,
// where that is at hand.
func TestModel(t *testing.T) {
	text, err := os.ReadFile("../../../shared/models/mediaconnect-2018-11-14.json")
	if err != nil {
		t.Skip("no model: ", err)
	}
	var m model
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	for name, o := range m.Operations {
		op, ok := mediaconnect.ParseOperation(name)
		f := facts[name]
		if !ok || o.HTTP.Method != f.method || o.HTTP.RequestURI != f.uri || o.HTTP.ResponseCode != f.status {
			t.Errorf("%s: %+v, want %+v", name, o.HTTP, f)
			continue
		}
		var modeled []string
		for _, e := range o.Errors {
			modeled = append(modeled, e.Shape)
			s := mediaconnect.ShapeOf(e.Shape)
			want := m.Shapes[e.Shape]
			if s == nil || s.Status != want.Error.HTTPStatusCode || s.Sender != want.Error.SenderFault || s.Retryable != (want.Retryable != nil) {
				t.Errorf("%s: %+v, model %+v", e.Shape, s, want)
			}
		}
		var ours []string
		for _, s := range op.Errors() {
			ours = append(ours, s.Name)
		}
		slices.Sort(modeled)
		slices.Sort(ours)
		if !slices.Equal(modeled, ours) {
			t.Errorf("%s: errors %v, model %v", name, ours, modeled)
		}
		m.compare(t, o.Input.Shape, reflect.TypeOf(op.NewInput()).Elem())
		m.compare(t, o.Output.Shape, reflect.TypeOf(op.NewOutput()).Elem())
	}
	if s := m.Shapes["MaxResults"]; s.Min != mediaconnect.MinMaxResults || s.Max != mediaconnect.MaxMaxResults {
		t.Errorf("maxResults is from %d to %d", s.Min, s.Max)
	}
}

// compare holds a struct against a structure of the model: its members in the
// wire's names, their types, and which are required.
func (m model) compare(t *testing.T, name string, typ reflect.Type) {
	s := m.Shapes[name]
	seen := 0
	for i := range typ.NumField() {
		field := typ.Field(i)
		if field.Name == "Unknown" || field.Name == "UnknownQuery" || field.Name == "Metadata" || field.Name == "Null" {
			continue
		}
		seen++
		member, ok := s.Members[field.Name]
		tag := strings.TrimSuffix(field.Tag.Get("json"), ",omitzero")
		wireName := strings.ToLower(field.Name[:1]) + field.Name[1:]
		if !ok || tag != wireName || member.Location == "" && member.LocationName != tag || member.Location == "querystring" && member.LocationName != tag {
			t.Errorf("%s.%s has the tag %q, model %+v", name, field.Name, tag, member)
			continue
		}
		value, _ := field.Type.FieldByName("Value")
		m.compareType(t, name+"."+field.Name, member.Shape, value.Type)
	}
	if seen != len(s.Members) {
		t.Errorf("%s has %d members, the model %d", name, seen, len(s.Members))
	}
	m.compareRequired(t, name)
}

func (m model) compareType(t *testing.T, where, name string, typ reflect.Type) {
	s := m.Shapes[name]
	want := map[string]reflect.Kind{"string": reflect.String, "integer": reflect.Int64, "list": reflect.Slice, "structure": reflect.Struct}[s.Type]
	if typ.Kind() != want {
		t.Errorf("%s is %v, model %s", where, typ, s.Type)
		return
	}
	switch {
	case s.Type == "list":
		m.compareType(t, where, s.Member.Shape, typ.Elem())
	case s.Type == "structure":
		m.compare(t, name, typ)
	case len(s.Enum) > 0:
		for _, value := range s.Enum {
			v := reflect.New(typ).Elem()
			v.SetString(value)
			if k, ok := v.Interface().(interface{ Known() bool }); !ok || !k.Known() {
				t.Errorf("%s does not know %s", where, value)
			}
			v.SetString(strings.ToLower(value))
			if v.Interface().(interface{ Known() bool }).Known() {
				t.Errorf("%s knows %s in lower case", where, value)
			}
		}
	}
}

// compareRequired decodes an empty structure and compares what is missing.
func (m model) compareRequired(t *testing.T, name string) {
	body, op := map[string]string{
		"Offering":              `{"offering":{}}`,
		"Reservation":           `{"reservation":{}}`,
		"ResourceSpecification": `{"reservation":{"resourceSpecification":{}}}`,
	}[name], mediaconnect.DescribeReservation
	if name == "Offering" {
		op = mediaconnect.DescribeOffering
	}
	if body == "" {
		return
	}
	var d mediaconnect.Decoder
	if err := d.DecodeBody(body, op.NewOutput()); err != nil {
		t.Fatal(err)
	}
	depth := strings.Count(body, "{")
	var got, want []string
	for _, f := range d.Findings() {
		if f.Kind == wire.KindRequired && strings.Count(f.Path, "/") == depth {
			got = append(got, f.Path[strings.LastIndexByte(f.Path, '/')+1:])
		}
	}
	for _, r := range m.Shapes[name].Required {
		want = append(want, strings.ToLower(r[:1])+r[1:])
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s requires %v, model %v", name, got, want)
	}
}
