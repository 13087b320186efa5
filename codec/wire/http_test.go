package wire_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"wireproof/codec/wire"
)

func TestHeaders(t *testing.T) {
	h := wire.Headers{{Name: "X-Amzn-RequestId", Value: " id\t"}, {Name: "content-type", Value: "Text/XML ; charset=UTF-8"}, {Name: "x-amzn-requestid", Value: "second"}, {Name: "Empty", Value: ""}}
	for name, want := range map[string]string{"x-amzn-RequestId": "id", "CONTENT-TYPE": "Text/XML ; charset=UTF-8", "empty": ""} {
		if v, ok := h.Get(name); !ok || v != want {
			t.Errorf("Get(%q) = %q, %v; want %q", name, v, ok, want)
		}
	}
	if v, ok := h.Get("X-Amzn"); ok || v != "" {
		t.Errorf("Get of a missing header = %q, %v", v, ok)
	}
	h.Set("X-AMZN-REQUESTID", "new")
	h.Set("Added", "1")
	want := wire.Headers{{Name: "X-Amzn-RequestId", Value: "new"}, h[1], {Name: "x-amzn-requestid", Value: "second"}, {Name: "Empty"}, {Name: "Added", Value: "1"}}
	if !slices.Equal(h, want) {
		t.Errorf("after Set: %v, want %v", h, want)
	}
}

func TestMediaType(t *testing.T) {
	for value, want := range map[string]string{
		"text/xml": "text/xml", "Text/XML; charset=utf-8": "text/xml", " application/json ": "application/json", "application/json ;x": "application/json", "": "", ";": "",
	} {
		if got, ok := (wire.Headers{{Name: "Content-Type", Value: value}}).MediaType(); got != want || !ok {
			t.Errorf("media type of %q is %q, %v; want %q", value, got, ok, want)
		}
	}
	if got, ok := (wire.Headers{}).MediaType(); got != "" || ok {
		t.Errorf("no header gives %q, %v", got, ok)
	}
}

func TestMessages(t *testing.T) {
	for want, r := range map[string]wire.Request{"/a": {Path: "/a"}, "/a?": {Path: "/a?"}, "/a?b=c": {Path: "/a", Query: "b=c"}} {
		if r.Target() != want {
			t.Errorf("%+v has target %q", r, r.Target())
		}
	}
	for status, want := range map[int]bool{0: false, 100: true, 199: true, 200: false, 204: false, 299: false, 300: true, 400: true, 503: true} {
		if got := (&wire.Response{Status: status}).IsError(); got != want {
			t.Errorf("status %d: %v", status, got)
		}
	}
	shape := &wire.ErrorShape{Code: "NotFound"}
	if err := errors.Join(errors.New("x"), shape); !errors.Is(err, shape) || shape.Error() != "NotFound" {
		t.Error(err)
	}
}

func TestErrors(t *testing.T) {
	for _, row := range []struct {
		err  error
		is   error
		text string // a golden line: changes are seen here
	}{
		{&wire.SyntaxError{Format: wire.XML, Offset: 10, Path: "/A/b[2]", Err: wire.ErrTruncated}, wire.ErrTruncated, "xml: unexpected end of document within /A/b[2] at offset 10"},
		{&wire.SyntaxError{Format: wire.JSON, Offset: 0, Err: wire.ErrUnexpected, What: "'x'"}, wire.ErrUnexpected, "json: unexpected character: 'x' at offset 0"},
		{&wire.ShapeError{Kind: "root.type", Part: wire.Body, Offset: 3, Want: "an object", Got: "an array"}, wire.ErrShape, "root.type: not a document of this operation: want an object, got an array at offset 3"},
		{&wire.EncodeError{Path: "/A/B", What: "too large"}, wire.ErrValue, "/A/B: value has no form on the wire: too large"},
	} {
		if !errors.Is(row.err, row.is) || row.err.Error() != row.text {
			t.Errorf("%v, want %s", row.err, row.text)
		}
	}
}

func TestFindings(t *testing.T) {
	f := func(kind wire.Kind, level wire.Level, part wire.Part, offset int) wire.Finding {
		return wire.Finding{Kind: kind, Level: level, Part: part, Offset: offset}
	}
	all := []wire.Finding{
		f("7", wire.Split, wire.Body, 9), f("6", wire.Departure, wire.Body, 3), f("5", wire.Unreadable, wire.Body, 0), f("4", wire.Departure, wire.Header, 5),
		f("8", wire.Departure, wire.Body, 9), f("3", wire.Split, wire.Query, 7), f("2", wire.Departure, wire.Path, 8), f("1", wire.Departure, wire.Status, 0), f("0", wire.Departure, wire.Method, 0),
	}
	wire.SortFindings(all)
	var order, lenient string
	for _, f := range all {
		order += string(f.Kind)
	}
	for _, f := range wire.Lenient(all) {
		lenient += string(f.Kind)
	}
	if order != "012345678" { // as a message travels, then by offset, then as they came
		t.Errorf("order %s", order)
	}
	if lenient != "357" {
		t.Errorf("lenient %s", lenient)
	}
	line := wire.Finding{Kind: "integer.form", Part: wire.Body, Path: "/A", Offset: 4, Want: "digits", Got: `"x"`}.String()
	if line != `integer.form: /A at body offset 4: want digits, got "x"` {
		t.Error(line)
	}
}

func TestQuote(t *testing.T) {
	for s, want := range map[string]string{
		"":                       `""`,
		"a\n\x00\xff":            `"a\n\x00\xff"`,
		strings.Repeat("x", 60):  `"` + strings.Repeat("x", 60) + `"`,
		strings.Repeat("x", 61):  `"` + strings.Repeat("x", 60) + `"... (61 bytes)`,
		strings.Repeat("é", 100): `"` + strings.Repeat("é", 30) + `"... (200 bytes)`,
	} {
		if got := wire.Quote(s); got != want {
			t.Errorf("Quote(%q) = %s, want %s", s, got, want)
		}
	}
}
