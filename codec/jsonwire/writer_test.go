package jsonwire_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"wireproof/codec/jsonwire"
	"wireproof/codec/wire"
)

// sample writes a document with everything in it.
func sample(w *jsonwire.Writer) {
	w.BeginObject()
	w.Member(pointNames, 0)
	w.Int(-12)
	w.Name("a\"b/<é>")
	w.BeginArray()
	w.Null()
	w.Bool(true)
	w.Bool(false)
	w.BeginObject()
	w.EndObject()
	w.BeginArray()
	w.EndArray()
	w.Value(`1.50`)
	w.EndArray()
	w.Member(pointNames, 2)
	w.String("tab\t, \"quoted\" & <b>")
	w.EndObject()
}

func TestWriter(t *testing.T) {
	const want = `{"x":-12,"a\"b/<é>":[null,true,false,{},[],1.50],"label":"tab\t, \"quoted\" & <b>"}`
	var w jsonwire.Writer
	w.Reset([]byte("before "))
	sample(&w)
	got, err := w.Bytes()
	if err != nil || string(got) != "before "+want {
		t.Errorf("got %s, %v", got, err)
	}

	w.Indent = "  "
	w.Reset(nil)
	sample(&w)
	got, err = w.Bytes()
	var indented bytes.Buffer
	if e := json.Indent(&indented, []byte(want), "", "  "); e != nil {
		t.Fatal(e)
	}
	if err != nil || string(got) != indented.String() {
		t.Errorf("indented: %v\ngot  %s\nwant %s", err, got, indented.String())
	}
}

func TestWriterSequence(t *testing.T) {
	for _, c := range []struct {
		name  string
		write func(w *jsonwire.Writer)
		want  string // what was written until then
	}{
		{"nothing", func(w *jsonwire.Writer) {}, ""},
		{"two values", func(w *jsonwire.Writer) { w.Int(1); w.Int(2) }, "1"},
		{"a name alone", func(w *jsonwire.Writer) { w.Name("a") }, ""},
		{"a table's name alone", func(w *jsonwire.Writer) { w.Member(pointNames, 0) }, ""},
		{"a value without a name", func(w *jsonwire.Writer) { w.BeginObject(); w.Int(1) }, "{"},
		{"an array without a name", func(w *jsonwire.Writer) { w.BeginObject(); w.BeginArray() }, "{"},
		{"a name in an array", func(w *jsonwire.Writer) { w.BeginArray(); w.Name("a") }, "["},
		{"a string member in an array", func(w *jsonwire.Writer) { w.BeginArray(); w.StringMember(pointNames, 0, "a") }, "["},
		{"a string member alone", func(w *jsonwire.Writer) { w.StringMember(pointNames, 0, "a") }, ""},
		{"a string member behind a name", func(w *jsonwire.Writer) { w.BeginObject(); w.Name("a"); w.StringMember(pointNames, 0, "a") }, `{"a":`},
		{"two names", func(w *jsonwire.Writer) { w.BeginObject(); w.Name("a"); w.Name("b") }, `{"a":`},
		{"a name without a value", func(w *jsonwire.Writer) { w.BeginObject(); w.Name("a"); w.EndObject() }, `{"a":`},
		{"an end without a beginning", func(w *jsonwire.Writer) { w.EndArray() }, ""},
		{"the wrong end of an array", func(w *jsonwire.Writer) { w.BeginArray(); w.EndObject() }, "["},
		{"the wrong end of an object", func(w *jsonwire.Writer) { w.BeginObject(); w.EndArray() }, "{"},
		{"no end", func(w *jsonwire.Writer) { w.BeginArray(); w.Null() }, "[null"},
		{"an end too many", func(w *jsonwire.Writer) { w.BeginArray(); w.EndArray(); w.EndArray() }, "[]"},
		{"a value behind the document", func(w *jsonwire.Writer) { w.BeginArray(); w.EndArray(); w.BeginObject() }, "[]"},
	} {
		var w jsonwire.Writer
		c.write(&w)
		got, err := w.Bytes()
		if !errors.Is(err, jsonwire.ErrSequence) || string(got) != c.want {
			t.Errorf("%s: %q, %v, want %q, ErrSequence", c.name, got, err, c.want)
		}
		w.Null()
		w.BeginArray()
		w.EndArray()
		if again, _ := w.Bytes(); string(again) != c.want {
			t.Errorf("%s: written after the error: %q", c.name, again)
		}
	}
}

func TestWriterRefuses(t *testing.T) {
	own := errors.New("own")
	for _, c := range []struct {
		name  string
		write func(w *jsonwire.Writer)
		err   error
		want  string
	}{
		{"a string that is not UTF-8", func(w *jsonwire.Writer) { w.String("a\xff") }, jsonwire.ErrText, "["},
		{"a long string that is not UTF-8", func(w *jsonwire.Writer) { w.String("0123456789\xff") }, jsonwire.ErrText, "["},
		{"a surrogate in UTF-8", func(w *jsonwire.Writer) { w.String("\xed\xa0\x80") }, jsonwire.ErrText, "["},
		{"a name that is not UTF-8", func(w *jsonwire.Writer) { w.BeginObject(); w.Name("\x80") }, jsonwire.ErrText, "[{"},
		{"a value that is none", func(w *jsonwire.Writer) { w.Value(`01`) }, jsonwire.ErrNumber, "["},
		{"two values for one", func(w *jsonwire.Writer) { w.Value(`1,2`) }, wire.ErrTrailing, "["},
		{"no value for one", func(w *jsonwire.Writer) { w.Value(``) }, wire.ErrEmpty, "["},
		{"what the caller refuses", func(w *jsonwire.Writer) { w.Fail(own); w.Fail(jsonwire.ErrText) }, own, "["},
	} {
		var w jsonwire.Writer
		w.BeginArray()
		c.write(&w)
		w.Null()
		got, err := w.Bytes()
		if !errors.Is(err, c.err) || !errors.Is(w.Err(), c.err) || string(got) != c.want {
			t.Errorf("%s: %q, %v, want %q, %v", c.name, got, err, c.want, c.err)
		}
	}
}

// TestStringMember: it is Member and String, whatever the string.
func TestStringMember(t *testing.T) {
	for _, s := range []string{"", "a", "1234567", "12345678", "a longer text", "\"", "1234567\"", "é", "ascii and é", "\xff", "01234567\xff"} {
		for _, indent := range []string{"", "  "} {
			one, two := jsonwire.Writer{Indent: indent}, jsonwire.Writer{Indent: indent}
			one.BeginObject()
			two.BeginObject()
			for range 2 {
				one.StringMember(pointNames, 2, s)
				two.Member(pointNames, 2)
				two.String(s)
			}
			one.EndObject()
			two.EndObject()
			a, errA := one.Bytes()
			b, errB := two.Bytes()
			if !bytes.Equal(a, b) || errA != errB {
				t.Errorf("%q: %q, %v, want %q, %v", s, a, errA, b, errB)
			}
		}
	}
}

func TestWriterRaw(t *testing.T) {
	var w jsonwire.Writer
	w.BeginArray()
	w.Raw(",")
	w.Int(1)
	w.Raw(" // why not ")
	w.EndArray()
	w.Raw("\xff")
	if got, err := w.Bytes(); err != nil || string(got) != "[,1 // why not ]\xff" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestWriterDepth(t *testing.T) {
	for _, n := range []int{63, 64, 65, 128, 129, 1000, wire.MaxDepth} {
		var w jsonwire.Writer
		var want strings.Builder
		for i := range n {
			if i%3 == 0 {
				w.BeginObject()
				w.Name("")
				want.WriteString(`{"":`)
			} else {
				w.BeginArray()
				want.WriteString(`[`)
			}
		}
		w.Null()
		want.WriteString("null")
		for i := n - 1; i >= 0; i-- {
			if i%3 == 0 {
				w.EndObject()
				want.WriteString("}")
			} else {
				w.EndArray()
				want.WriteString("]")
			}
		}
		got, err := w.Bytes()
		if err != nil || string(got) != want.String() {
			t.Errorf("%d levels: %v", n, err)
		}
		if err := jsonwire.Check(string(got)); err != nil {
			t.Errorf("%d levels: %.100v", n, err)
		}
	}
	var w jsonwire.Writer
	for range wire.MaxDepth + 1 {
		w.BeginArray()
	}
	if !errors.Is(w.Err(), wire.ErrDepth) {
		t.Errorf("beyond the limit: %v", w.Err())
	}
}

// TestAppendString compares with encoding/json, which escapes more than it has
// to for the sake of HTML but reads what it is given.
func TestAppendString(t *testing.T) {
	for _, s := range []string{
		"", "a", "1234567", "12345678", "123456789", "0123456789abcdef", "\"", "\\", "12345678\"", "1234567\\9",
		"\x00\x01\x1f \x7f\u0080", "\b\f\n\r\t", "é€😀\u2028\u2029", "<>&'/", "0123456789012345678901234é", "\"\"\"\"\"\"\"\"",
	} {
		got, ok := jsonwire.AppendString(nil, s)
		var back string
		if err := json.Unmarshal(got, &back); !ok || err != nil || back != s {
			t.Errorf("AppendString(%q) = %s, %v", s, got, err)
		}
		var least bytes.Buffer
		e := json.NewEncoder(&least)
		e.SetEscapeHTML(false)
		if err := e.Encode(s); err != nil {
			t.Fatal(err)
		}
		if limit := least.Len() - 1; len(got) > limit {
			t.Errorf("AppendString(%q) = %s takes more than the %d bytes of encoding/json", s, got, limit)
		}
	}
}

func TestWritingAllocatesNothing(t *testing.T) {
	dst := make([]byte, 0, 1024)
	write := func() {
		var w jsonwire.Writer
		w.Reset(dst)
		w.BeginObject()
		w.Member(pointNames, 0)
		w.Int(12345)
		w.Name("a\nb")
		w.String("text with \"quotes\"")
		w.EndObject()
		if _, err := w.Bytes(); err != nil {
			t.Fatal(err)
		}
	}
	if n := testing.AllocsPerRun(1000, write); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
