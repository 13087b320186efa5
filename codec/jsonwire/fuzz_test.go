package jsonwire_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"wireproof/codec/jsonwire"
)

// FuzzReader holds the verdict of both ways of reading against encoding/json,
// and on accepted documents what the tokens say against its decoder.
func FuzzReader(f *testing.F) {
	for _, doc := range corpora(f) {
		if len(doc) < 4096 {
			f.Add(doc)
		}
	}
	f.Fuzz(func(t *testing.T, doc string) {
		err := syntaxError(t, doc)
		valid := json.Valid([]byte(doc)) && utf8.ValidString(doc)
		if (err == nil) != valid {
			t.Fatalf("%q: %v, encoding/json says well-formed is %t", doc, err, valid)
		}
		var r jsonwire.Reader
		var order jsonwire.Order
		r.NoteDuplicates = true
		r.Reset(doc)
		points(&r, &order)
		sameError(t, doc, r.Close())
		byValue := notedBy(&r, doc, func() { r.Value() })
		if err != nil {
			return
		}
		byToken := notedBy(&r, doc, func() { sameTokens(t, doc, &r) })
		if !slices.Equal(byValue, byToken) {
			t.Fatalf("%q: duplicates at %v by value, %v by token", doc, byValue, byToken)
		}
		rewrite(t, doc)
	})
}

// notedBy returns the duplicates that a way of reading notes.
func notedBy(r *jsonwire.Reader, doc string, read func()) []int {
	r.Reset(doc)
	read()
	return slices.Clone(r.Duplicates())
}

// sameTokens compares the tokens of r with those of encoding/json.
func sameTokens(t *testing.T, doc string, r *jsonwire.Reader) {
	d := json.NewDecoder(strings.NewReader(doc))
	d.UseNumber()
	last := 0
	for {
		k, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		if k == jsonwire.End {
			return
		}
		if r.Offset() < last || r.Offset()+len(r.Raw()) > len(doc) || doc[r.Offset():r.Offset()+len(r.Raw())] != r.Raw() {
			t.Fatalf("%q: token %q at %d after %d", doc, r.Raw(), r.Offset(), last)
		}
		last = r.Offset() + len(r.Raw())
		want, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		var got json.Token
		switch k {
		case jsonwire.ObjectStart, jsonwire.ObjectEnd, jsonwire.ArrayStart, jsonwire.ArrayEnd:
			got = json.Delim(k)
		case jsonwire.String:
			got = r.Text()
		case jsonwire.Number:
			got = json.Number(r.Raw())
		case jsonwire.True, jsonwire.False:
			got = k == jsonwire.True
		}
		if got != want {
			t.Fatalf("%q: token %v at %d, encoding/json has %v", doc, got, r.Offset(), want)
		}
	}
}

// rewrite writes the tokens of a document and compares the result with what
// encoding/json makes of the document without its white space.
func rewrite(t *testing.T, doc string) {
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(doc)); err != nil {
		t.Fatal(err)
	}
	var r jsonwire.Reader
	var w jsonwire.Writer
	r.Reset(doc)
	for {
		switch k, _ := r.Next(); {
		case k == jsonwire.End:
			got, err := w.Bytes()
			if err != nil {
				t.Fatalf("%q: %v", doc, err)
			}
			var a, b any
			if json.Unmarshal(got, &a) != nil || json.Unmarshal(compact.Bytes(), &b) != nil {
				return // a number past a double
			}
			again, _ := json.Marshal(a)
			want, _ := json.Marshal(b)
			if !bytes.Equal(again, want) {
				t.Fatalf("%q: rewritten as %q", doc, got)
			}
			return
		case k == jsonwire.ObjectStart:
			w.BeginObject()
		case k == jsonwire.ObjectEnd:
			w.EndObject()
		case k == jsonwire.ArrayStart:
			w.BeginArray()
		case k == jsonwire.ArrayEnd:
			w.EndArray()
		case r.IsName():
			w.Name(r.Text())
		case k == jsonwire.String:
			w.String(r.Text())
		default:
			w.Value(r.Raw())
		}
	}
}

// FuzzWriter makes calls out of bytes, whatever they are: what comes out without
// an error is a document, and strings come back as they went in.
func FuzzWriter(f *testing.F) {
	f.Add([]byte("{n1n2}"), "a\"\\\x00é")
	f.Add([]byte("[[]{}s1bz]"), "")
	f.Add([]byte("{n{n[s"), "\xff")
	f.Add([]byte("[v]"), `{"a":[1,2]}`)
	f.Fuzz(func(t *testing.T, calls []byte, text string) {
		for _, indent := range []string{"", "  "} {
			w := jsonwire.Writer{Indent: indent}
			strings := 0
			for _, c := range calls {
				switch c {
				case '{':
					w.BeginObject()
				case '}':
					w.EndObject()
				case '[':
					w.BeginArray()
				case ']':
					w.EndArray()
				case 'n':
					w.Name(text)
				case 'm':
					w.Member(pointNames, 1)
				case 't':
					w.StringMember(pointNames, 0, text)
				case 's':
					w.String(text)
					strings++
				case 'v':
					w.Value(text)
				case 'b':
					w.Bool(true)
				case 'z':
					w.Null()
				default:
					w.Int(int64(c))
				}
			}
			doc, err := w.Bytes()
			if err != nil {
				continue
			}
			if !json.Valid(doc) {
				t.Fatalf("calls %q with %q wrote %q", calls, text, doc)
			}
			var r jsonwire.Reader
			r.Reset(string(doc))
			for k, err := r.Next(); k != jsonwire.End; k, err = r.Next() {
				if err != nil {
					t.Fatalf("calls %q with %q wrote %q: %v", calls, text, doc, err)
				}
				if k == jsonwire.String && !r.IsName() && r.Text() == text {
					strings--
				}
			}
			if strings > 0 {
				t.Fatalf("calls %q with %q wrote %q: %d strings are missing", calls, text, doc, strings)
			}
		}
	})
}
