package wire_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wireproof/codec/wire"
)

func TestOpt(t *testing.T) {
	var o wire.Opt[string]
	check := func(name string, present, absent, zero bool, value, or string) {
		t.Helper()
		v, ok := o.Get()
		if o.IsPresent() != present || ok != present || o.IsAbsent() != absent || o.IsZero() != zero || v != value || o.Or("def") != or {
			t.Errorf("%s: %+v", name, o)
		}
	}
	check("zero Opt", false, true, true, "", "def")
	o.Set("")
	check("empty value", true, false, false, "", "")
	o = wire.Some("x")
	check("value", true, false, false, "x", "x")
	o = wire.NullOf[string]()
	check("null", false, false, false, "", "def")
}

// view has a member of every kind that the services' structs have.
type view struct {
	Text  wire.Opt[string]         `json:"text,omitzero"`
	Int   wire.Opt[int64]          `json:"int,omitzero"`
	Float wire.Opt[float64]        `json:"float,omitzero"`
	Bool  wire.Opt[bool]           `json:"bool,omitzero"`
	Time  wire.Opt[wire.Timestamp] `json:"time,omitzero"`
	List  wire.Opt[[]view]         `json:"list,omitzero"`
	One   wire.Opt[one]            `json:"one,omitzero"`
}

type one struct {
	A wire.Opt[int64] `json:"a,omitzero"`
	B wire.Opt[int64] `json:"b,omitzero"`
}

func TestOptJSON(t *testing.T) {
	for _, row := range []struct {
		v      view
		text   string
		reason string
	}{
		{view{}, `{}`, "absent leaves no trace"},
		{view{Text: wire.Some(""), Int: wire.Some[int64](0), Float: wire.Some(0.0), Bool: wire.Some(false), List: wire.Some([]view{})},
			`{"text":"","int":0,"float":0,"bool":false,"list":[]}`, "empty and zero are values"},
		{view{Text: wire.NullOf[string](), Float: wire.NullOf[float64](), List: wire.NullOf[[]view](), One: wire.NullOf[one]()},
			`{"text":null,"float":null,"list":null,"one":null}`, "null is neither"},
		{view{Float: wire.Some(math.NaN())}, `{"float":"NaN"}`, "no number of JSON"},
		{view{Float: wire.Some(math.Inf(1))}, `{"float":"Infinity"}`, "no number of JSON"},
		{view{Float: wire.Some(math.Inf(-1))}, `{"float":"-Infinity"}`, "no number of JSON"},
		{view{Float: wire.Some(1.582)}, `{"float":1.582}`, "a number"},
		{view{Int: wire.Some[int64](math.MinInt64)}, `{"int":-9223372036854775808}`, "all 64 bits"},
		{view{Time: wire.Some(wire.Timestamp{Unix: 1, Nano: 5e8, Digits: 1})}, `{"time":"1970-01-01T00:00:01.5Z"}`, "with its digits"},
		{view{List: wire.Some([]view{{}, {Text: wire.Some("x")}})}, `{"list":[{},{"text":"x"}]}`, "nested"},
	} {
		text, err := json.Marshal(row.v)
		if err != nil || string(text) != row.text {
			t.Errorf("%s, %v; want %s; %s", text, err, row.text, row.reason)
		}
		var back view
		if err := json.Unmarshal([]byte(row.text), &back); err != nil {
			t.Errorf("%s: %v", row.text, err)
		}
		if diff := cmp.Diff(row.v, back, cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.text, diff)
		}
	}
}

func TestOptJSONRefuses(t *testing.T) {
	for _, text := range []string{
		`{"int":1.5}`, `{"int":"1"}`, `{"text":1}`, `{"bool":1}`, `{"float":"1.5"}`, `{"float":"INF"}`, `{"float":""}`, `{"float":"x"}`, `{"list":{}}`,
		`{"time":"2011-12-18"}`, `{"time":1}`,
	} {
		if err := json.Unmarshal([]byte(text), new(view)); err == nil {
			t.Errorf("%s is read", text)
		}
	}
	var e *wire.EncodeError
	if err := json.Unmarshal([]byte(`{"float":"x"}`), new(view)); !errors.As(err, &e) || !errors.Is(err, wire.ErrValue) {
		t.Errorf("%v", err)
	}
}

// TestOptJSONForgets: nothing of an earlier value shows through.
func TestOptJSONForgets(t *testing.T) {
	v := view{One: wire.Some(one{A: wire.Some[int64](1)}), List: wire.Some([]view{{Text: wire.Some("x")}})}
	if err := json.Unmarshal([]byte(`{"one":{"b":2},"list":[{}]}`), &v); err != nil {
		t.Fatal(err)
	}
	want := view{One: wire.Some(one{B: wire.Some[int64](2)}), List: wire.Some([]view{{}})}
	if diff := cmp.Diff(want, v); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNames(t *testing.T) {
	for s, want := range map[fmt.Stringer]string{
		wire.Absent: "absent", wire.Null: "null", wire.Present: "present", wire.State(9): "invalid",
		wire.Departure: "departure", wire.Split: "split", wire.Unreadable: "unreadable", wire.Level(0): "invalid",
	} {
		if s.String() != want {
			t.Errorf("%#v is %q, want %q", s, s, want)
		}
	}
	if text, err := json.Marshal(wire.Split); err != nil || string(text) != `"split"` {
		t.Errorf("%s, %v", text, err)
	}
}

func ExampleOpt() {
	type reservation struct {
		Name  wire.Opt[string] `json:"name,omitzero"`
		Count wire.Opt[int64]  `json:"count,omitzero"`
	}
	for _, r := range []reservation{{}, {Name: wire.Some("")}, {Name: wire.NullOf[string](), Count: wire.Some[int64](0)}} {
		text, _ := json.Marshal(r)
		fmt.Printf("%v %v %s\n", r.Name.State, r.Count.Or(1), text)
	}
	// Output:
	// absent 1 {}
	// present 1 {"name":""}
	// null 0 {"name":null,"count":0}
}
