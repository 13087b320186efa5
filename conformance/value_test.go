package conformance

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

var noon = time.Date(2026, 2, 28, 12, 0, 0, 0, time.UTC)

// What a case sees of a document: members by their names on the wire, without those
// that are absent or null.
func TestToValue(t *testing.T) {
	out := &rds.PurchaseReservedDBInstancesOfferingOutput{}
	out.ReservedDBInstance.State = wire.Present
	in := &out.ReservedDBInstance.Value
	in.ReservedDBInstanceId = wire.Some("mine")
	in.DBInstanceCount = wire.Some(int64(3))
	in.MultiAZ = wire.Some(false)
	in.FixedPrice = wire.Some(1.5)
	got, _ := toValue(reflect.ValueOf(out)).(structure)
	want := structure{"ReservedDBInstanceId": "mine", "DBInstanceCount": int64(3), "MultiAZ": false, "FixedPrice": 1.5}
	if instance, _ := got["ReservedDBInstance"].(structure); !equal(instance, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	list := &mediaconnect.ListOfferingsOutput{}
	if got := toValue(reflect.ValueOf(list)); !equal(got, structure{}) {
		t.Errorf("an empty document is %v", got)
	}
}

func TestResolve(t *testing.T) {
	root := structure{"a": []value{structure{"b": int64(1)}, structure{"c": "x"}}, "d/e": structure{"~": true}, "n": nil}
	for _, tt := range []struct {
		why, path string
		paths     []string
		values    []value
	}{
		{"the whole", "", []string{""}, []value{root}},
		{"an element", "/a/0/b", []string{"/a/0/b"}, []value{int64(1)}},
		{"every element", "/a/*/b", []string{"/a/0/b", "/a/1/b"}, []value{int64(1), nil}},
		{"past the end", "/a/2/b", []string{"/a/2/b"}, []value{nil}},
		{"no number", "/a/x", []string{"/a/x"}, []value{nil}},
		{"below zero", "/a/-1", []string{"/a/-1"}, []value{nil}},
		{"escapes", "/d~1e/~0", []string{"/d~1e/~0"}, []value{true}},
		{"nothing there", "/z/y/x", []string{"/z/y/x"}, []value{nil}},
		{"below a scalar", "/a/0/b/c", []string{"/a/0/b/c"}, []value{nil}},
		{"every element of no list", "/n/*", nil, nil},
	} {
		paths, values := resolve(root, tt.path)
		if !slices.Equal(paths, tt.paths) || !equal([]value(values), []value(tt.values)) {
			t.Errorf("%s: %v %v, want %v %v", tt.why, paths, values, tt.paths, tt.values)
		}
	}
}

func TestEqual(t *testing.T) {
	for _, tt := range []struct {
		why  string
		a, b value
		want bool
	}{
		{"integers", int64(1), int64(1), true},
		{"an integer and a number", int64(1), 1.0, true},
		{"a number past an integer", int64(1), 1.5, false},
		{"a number and a text", int64(1), "1", false},
		{"texts in another case", "a", "A", false},
		{"an instant in other words", noon, "2026-02-28T12:00:00.000Z", true},
		{"another instant", noon, "2026-02-28T12:00:01Z", false},
		{"no instant", noon, "noon", false},
		{"none", nil, nil, true},
		{"none and empty", nil, "", false},
		{"none and false", nil, false, false},
		{"lists", []value{int64(1), "a"}, []value{1.0, "a"}, true},
		{"lists in another order", []value{"a", "b"}, []value{"b", "a"}, false},
		{"a longer list", []value{"a"}, []value{"a", "a"}, false},
		{"a list and a scalar", []value{"a"}, "a", false},
		{"structures", structure{"a": int64(1)}, structure{"a": 1.0}, true},
		{"another name", structure{"a": nil}, structure{"b": nil}, false},
		{"one member more", structure{"a": "x"}, structure{"a": "x", "b": "y"}, false},
	} {
		if got := equal(tt.a, tt.b); got != tt.want {
			t.Errorf("%s: %t", tt.why, got)
		}
		if got := equal(tt.b, tt.a); got != tt.want {
			t.Errorf("%s, the other way round: %t", tt.why, got)
		}
	}
}

// A description tells kinds apart, since "1" and 1 are the usual slip.
func TestDescribe(t *testing.T) {
	for want, v := range map[string]value{
		"none": nil, `text "1"`: "1", "integer 1": int64(1), "number 1": 1.0, "true": true,
		"time 2026-02-28T12:00:00Z": noon, "list of 2": []value{nil, nil}, "structure of a, b": structure{"b": nil, "a": nil},
	} {
		if got := describe(v); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestVariables(t *testing.T) {
	vs := variables{"id": "a b", "n": int64(7), "f": 0.25, "when": noon, "rds.offering": structure{"Duration": int64(5), "Price": nil}, "list": []value{"x", "y"}}
	for _, tt := range []struct {
		why  string
		in   value
		want value
	}{
		{"a text without any", "plain $ { }", "plain $ { }"},
		{"one alone keeps its type", "${n}", int64(7)},
		{"a member", "${rds.offering.Duration}", int64(5)},
		{"an element", "${list.1}", "y"},
		{"within a text", "-${n}-${id}-", "-7-a b-"},
		{"a number within a text", "${f}%", "0.25%"},
		{"a time within a text", "at ${when}", "at 2026-02-28T12:00:00Z"},
		{"escaped", "${id|escaped}", "a%20b"},
		{"twice", "${id|escaped|escaped}", "a%2520b"},
		{"every byte", "${id|bytes}", "%61%20%62"},
		{"within lists and structures", []value{structure{"k": "${n}"}}, []value{structure{"k": int64(7)}}},
		{"what a target sent is left alone", literal("${n}"), literal("${n}")},
		{"no text", true, true},
	} {
		got, err := vs.value(tt.in)
		if err != nil || !equal(got, tt.want) && got != tt.want {
			t.Errorf("%s: %v, %v", tt.why, got, err)
		}
	}
	for _, unknown := range []string{"${nothing}", "x${id}${nothing.at.all}", "${rds.offering.Price}", "${rds.offering.Other}", "${id|shouted}", "${list.2}"} {
		var missing *missingError
		if got, err := vs.value(unknown); !errors.As(err, &missing) {
			t.Errorf("%s: %v, %v", unknown, got, err)
		}
	}
}
