package facts

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

func indexOf(s, sub string) int { return strings.Index(s, sub) }

// structs are our structs by the model's shape.
var structs = map[string]map[string]any{
	"mediaconnect-2018-11-14": {
		"Offering": mediaconnect.Offering{}, "Reservation": mediaconnect.Reservation{}, "ResourceSpecification": mediaconnect.ResourceSpecification{},
		"ListOfferingsRequest": mediaconnect.ListOfferingsInput{}, "ListOfferingsResponse": mediaconnect.ListOfferingsOutput{},
		"DescribeOfferingRequest": mediaconnect.DescribeOfferingInput{}, "DescribeOfferingResponse": mediaconnect.DescribeOfferingOutput{},
		"PurchaseOfferingRequest": mediaconnect.PurchaseOfferingInput{}, "PurchaseOfferingResponse": mediaconnect.PurchaseOfferingOutput{},
		"ListReservationsRequest": mediaconnect.ListReservationsInput{}, "ListReservationsResponse": mediaconnect.ListReservationsOutput{},
		"DescribeReservationRequest": mediaconnect.DescribeReservationInput{}, "DescribeReservationResponse": mediaconnect.DescribeReservationOutput{},
	},
	"rds-2014-10-31": {
		"ReservedDBInstance": rds.ReservedDBInstance{}, "ReservedDBInstancesOffering": rds.ReservedDBInstancesOffering{},
		"RecurringCharge": rds.RecurringCharge{}, "Filter": rds.Filter{}, "Tag": rds.Tag{},
		"DescribeReservedDBInstancesOfferingsMessage": rds.DescribeReservedDBInstancesOfferingsInput{},
		"PurchaseReservedDBInstancesOfferingMessage":  rds.PurchaseReservedDBInstancesOfferingInput{},
		"DescribeReservedDBInstancesMessage":          rds.DescribeReservedDBInstancesInput{},
		"ReservedDBInstancesOfferingMessage":          rds.DescribeReservedDBInstancesOfferingsOutput{},
		"PurchaseReservedDBInstancesOfferingResult":   rds.PurchaseReservedDBInstancesOfferingOutput{},
		"ReservedDBInstanceMessage":                   rds.DescribeReservedDBInstancesOutput{},
	},
}

// TestStructures: each structure has the model's members, in its order, with its
// wire names and types.
func TestStructures(t *testing.T) {
	for name, m := range load(t) {
		ours := structs[name]
		if name == "rds-2014-09-01" { // the same shapes with fewer members: see TestResponseVersionMembers in package rds
			continue
		}
		if diff := cmp.Diff(slices.Sorted(maps.Keys(m.Structures)), slices.Sorted(maps.Keys(ours))); diff != "" {
			t.Errorf("%s: structures (-model +ours):\n%s", name, diff)
		}
		for shape, members := range m.Structures {
			var want []member
			for _, f := range members {
				if f.In == "uri" { // a label has no name on the wire; ours is the member's
					f.Wire = strings.ToLower(f.Name[:1]) + f.Name[1:]
				}
				want = append(want, member{Name: f.Name, Wire: f.Wire, Type: f.Type})
			}
			if diff := cmp.Diff(want, fields(ours[shape])); diff != "" {
				t.Errorf("%s: %s (-model +ours):\n%s", name, shape, diff)
			}
		}
	}
}

// fields gives the members of one of our structs.
func fields(v any) (all []member) {
	typ := reflect.TypeOf(v)
	for i := range typ.NumField() {
		f := typ.Field(i)
		if f.Type.Kind() != reflect.Struct {
			continue
		}
		value, isOpt := f.Type.FieldByName("Value")
		if _, hasState := f.Type.FieldByName("State"); !isOpt || !hasState || f.Anonymous {
			continue
		}
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if tag == "" {
			tag = f.Name
		}
		all = append(all, member{Name: f.Name, Wire: tag, Type: typeName(value.Type)})
	}
	return all
}

func typeName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice:
		item := t.Elem().Name()
		if name, ok := map[string]string{
			"Filter": "FilterList", "string": "FilterValueList", "Tag": "TagList", "RecurringCharge": "RecurringChargeList",
			"ReservedDBInstance": "ReservedDBInstanceList", "ReservedDBInstancesOffering": "ReservedDBInstancesOfferingList",
		}[item]; ok {
			return name
		}
		return "__listOf" + item
	case reflect.Int64:
		return "integer"
	case reflect.Float64:
		return "double"
	case reflect.Bool:
		return "boolean"
	}
	switch t.Name() {
	case "Timestamp":
		return "timestamp"
	}
	return t.Name()
}

// TestOperations: the operations, their errors, methods and statuses.
func TestOperations(t *testing.T) {
	for name, m := range load(t) {
		var names []string
		if strings.HasPrefix(name, "rds") {
			for _, o := range rds.Operations() {
				names = append(names, o.String())
				compareErrors(t, m, o.String(), o.Errors())
				req, err := rds.Encoder{}.EncodeRequest(filled(o.NewInput()))
				if err != nil || req.Method != m.Operations[o.String()].Method || req.Path != m.Operations[o.String()].Path {
					t.Errorf("%s: %s %s, %v", o, req.Method, req.Path, err)
				}
				body, err := rds.Encoder{}.AppendBody(nil, o.NewOutput())
				if want := "<" + m.Operations[o.String()].ResultWrapper + ">"; err != nil || !strings.Contains(string(body), want) {
					t.Errorf("%s: no %s in %s, %v", o, want, body, err)
				}
			}
		} else {
			for _, o := range mediaconnect.Operations() {
				names = append(names, o.String())
				compareErrors(t, m, o.String(), o.Errors())
				want := m.Operations[o.String()]
				req, err := mediaconnect.Encoder{}.EncodeRequest(filled(o.NewInput()))
				path := strings.NewReplacer("{OfferingArn}", "x", "{ReservationArn}", "x").Replace(want.Path)
				if err != nil || req.Method != want.Method || req.Path != path {
					t.Errorf("%s: %s %s, %v", o, req.Method, req.Path, err)
				}
				resp, err := mediaconnect.Encoder{}.EncodeResponse(o.NewOutput(), "r")
				if err != nil || resp.Status != want.Status {
					t.Errorf("%s: status %d, want %d, %v", o, resp.Status, want.Status, err)
				}
			}
		}
		slices.Sort(names)
		if diff := cmp.Diff(slices.Sorted(maps.Keys(m.Operations)), names); diff != "" {
			t.Errorf("%s: operations (-model +ours):\n%s", name, diff)
		}
	}
}

// filled sets every string of an input to x.
func filled[T any](in T) T {
	v := reflect.ValueOf(in).Elem()
	for i := range v.NumField() {
		if o, ok := v.Field(i).Addr().Interface().(*wire.Opt[string]); ok && v.Type().Field(i).Name != "LeaseId" {
			o.Set("x")
		}
	}
	return in
}

func compareErrors(t *testing.T, m model, operation string, ours []*wire.ErrorShape) {
	t.Helper()
	var names []string
	for _, s := range ours {
		names = append(names, s.Name)
		got := failure{Code: s.Code, Status: s.Status, Sender: s.Sender, Retryable: s.Retryable}
		if want := m.Errors[s.Name]; got != want {
			t.Errorf("%s: %s is %+v, in the model %+v", operation, s.Name, got, want)
		}
	}
	slices.Sort(names)
	if diff := cmp.Diff(m.Operations[operation].Errors, names); diff != "" {
		t.Errorf("%s: errors (-model +ours):\n%s", operation, diff)
	}
}

// TestRequired: strict reading misses exactly the members that the model
// requires.
func TestRequired(t *testing.T) {
	m := load(t)["mediaconnect-2018-11-14"]
	for _, tt := range []struct {
		shape, body, at string
		out             mediaconnect.Output
	}{
		{"Offering", `{"offering":{}}`, "/offering", new(mediaconnect.DescribeOfferingOutput)},
		{"Reservation", `{"reservation":{}}`, "/reservation", new(mediaconnect.PurchaseOfferingOutput)},
		{"ResourceSpecification", `{"offering":{"resourceSpecification":{}}}`, "/offering/resourceSpecification", new(mediaconnect.DescribeOfferingOutput)},
	} {
		var d mediaconnect.Decoder
		if err := d.DecodeBody(tt.body, tt.out); err != nil {
			t.Fatal(err)
		}
		var missed []string
		for _, f := range d.Findings() {
			if f.Kind == "member.required" && (f.Path == tt.at || strings.HasPrefix(f.Path, tt.at+"/")) && !strings.Contains(strings.TrimPrefix(f.Path, tt.at+"/"), "/") {
				missed = append(missed, f.Want)
			}
		}
		var want []string
		for _, f := range m.Structures[tt.shape] {
			if f.Required {
				want = append(want, f.Wire)
			}
		}
		if len(missed) != len(want) {
			t.Errorf("%s: missed %d members %q, the model requires %q", tt.shape, len(missed), missed, want)
		}
		for _, name := range want {
			if !slices.ContainsFunc(missed, func(s string) bool { return strings.Contains(s, name) }) {
				t.Errorf("%s: %s is not missed in %q", tt.shape, name, missed)
			}
		}
	}
}

// TestEnums: the values that count as known are those of the model.
func TestEnums(t *testing.T) {
	m := load(t)["mediaconnect-2018-11-14"]
	known := map[string]func(string) bool{
		"DurationUnits":    func(s string) bool { return mediaconnect.DurationUnits(s).Known() },
		"PriceUnits":       func(s string) bool { return mediaconnect.PriceUnits(s).Known() },
		"ReservationState": func(s string) bool { return mediaconnect.ReservationState(s).Known() },
		"ResourceType":     func(s string) bool { return mediaconnect.ResourceType(s).Known() },
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(m.Enums)), slices.Sorted(maps.Keys(known))); diff != "" {
		t.Errorf("enums (-model +ours):\n%s", diff)
	}
	for name, values := range m.Enums {
		for _, v := range values {
			if !known[name](v) || known[name](strings.ToLower(v)+"x") {
				t.Errorf("%s: %s", name, v)
			}
		}
	}
}
