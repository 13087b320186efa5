package fault

import (
	"encoding/json"
	"reflect"
	"testing"

	"wireproof/codec/wire"
)

// The edits of text, on the forms that the emulator writes.
func TestEdits(t *testing.T) {
	const record = "<R>\n  <A>x</A>\n  <AB>y</AB>\n  <C/>\n</R>"
	for _, tt := range []struct {
		reason string
		e      edit
		in     string
		want   string
	}{
		{"a name is whole", rename("A", "Z"), record, "<R>\n  <Z>x</Z>\n  <AB>y</AB>\n  <C/>\n</R>"},
		{"an empty element has a name too", rename("C", "Z"), record, "<R>\n  <A>x</A>\n  <AB>y</AB>\n  <Z/>\n</R>"},
		{"a root with a namespace", rename("R", "Z"), `<R xmlns="n"></R>`, `<Z xmlns="n"></Z>`},
		{"an element goes with its line", dropElement("A"), record, "<R>\n  <AB>y</AB>\n  <C/>\n</R>"},
		{"a text may hold a dollar", setText("A", "$1"), record, "<R>\n  <A>$1</A>\n  <AB>y</AB>\n  <C/>\n</R>"},
		{"the first member", dropMember("a"), `{"a":1,"b":2}`, `{"b":2}`},
		{"the last member", dropMember("b"), `{"a":1,"b":"x\"y"}`, `{"a":1}`},
		{"the only member", dropMember("a"), `{"a":null}`, `{}`},
		{"every member of the name", setMember("a", "3"), `{"a":1,"b":[{"a":"x"}]}`, `{"a":3,"b":[{"a":3}]}`},
		{"the first match alone", subOnce("x", "y"), "axxa", "ayxa"},
		{"no match", subOnce("z", "y"), "axxa", "axxa"},
	} {
		c := &call{resp: wire.Response{Body: tt.in}}
		if tt.e(c); c.resp.Body != tt.want {
			t.Errorf("%s: got %q, want %q", tt.reason, c.resp.Body, tt.want)
		}
	}
}

func TestParams(t *testing.T) {
	r := wire.Request{Method: "POST", Path: "/", Body: "A=1&B=two+words&C=%26&D"}
	for _, tt := range []struct {
		reason string
		got    wire.Request
		want   string
	}{
		{"what is not changed stays as it was written", setParam(r, "A", "2"), "A=2&B=two+words&C=%26&D"},
		{"a new one comes last", setParam(r, "E", "a b"), "A=1&B=two+words&C=%26&D&E=a+b"},
		{"dropped", dropParams(r, "B", "D"), "A=1&C=%26"},
		{"by its decoded value", mapParam(r, "C", func(s string) string { return s + "&" }), "A=1&B=two+words&C=%26%26&D"},
	} {
		if tt.got.Body != tt.want {
			t.Errorf("%s: got %q, want %q", tt.reason, tt.got.Body, tt.want)
		}
	}
	if v, ok := param(r, "B"); v != "two words" || !ok {
		t.Errorf("B is %q, %v", v, ok)
	}
	get := wire.Request{Method: "GET", Path: "/v1/offerings", Body: "A=1"}
	if got := setParam(get, "maxResults", "3"); got.Query != "maxResults=3" || got.Body != "A=1" {
		t.Errorf("got %q and %q", got.Query, got.Body)
	}
}

// What only writes JSON another way leaves its value, by encoding/json.
func TestJSONKeepsItsValue(t *testing.T) {
	const document = `{"a":{"b":[1,2,{"c":"x,\"}y","d":null}],"e":""},"f":[],"g":{},"h":"A/<é>"}`
	var want any
	if err := json.Unmarshal([]byte(document), &want); err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]func(string) string{"reversed": reverseJSON, "indented": indented("  "), "ascii": asciiEscaped} {
		out := f(document)
		var got any
		if err := json.Unmarshal([]byte(out), &got); err != nil || !reflect.DeepEqual(got, want) || out == document {
			t.Errorf("%s: %v in %s", name, err, out)
		}
	}
	if got := asciiEscaped("é😀"); got != `\u00e9\ud83d\ude00` {
		t.Errorf("got %s", got)
	}
}
