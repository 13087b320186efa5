package jsonwire_test

import (
	"encoding/json"
	"errors"
	"testing"
	"unicode/utf8"

	"wireproof/codec/jsonwire"
	"wireproof/codec/wire"
	"wireproof/fixtures"
)

// sentinels are those that the corpora name.
var sentinels = map[string]error{
	"ErrEmpty": wire.ErrEmpty, "ErrTruncated": wire.ErrTruncated, "ErrTrailing": wire.ErrTrailing,
	"ErrUnexpected": wire.ErrUnexpected, "ErrInvalidUTF8": wire.ErrInvalidUTF8,
	"ErrBOM": jsonwire.ErrBOM, "ErrLiteral": jsonwire.ErrLiteral, "ErrNumber": jsonwire.ErrNumber,
	"ErrString": jsonwire.ErrString, "ErrEscape": jsonwire.ErrEscape, "ErrName": jsonwire.ErrName,
	"ErrColon": jsonwire.ErrColon, "ErrComma": jsonwire.ErrComma,
}

// syntaxError runs a reader over the whole document both ways, holds that they
// agree, and returns the error.
func syntaxError(t testing.TB, doc string) *wire.SyntaxError {
	t.Helper()
	slow := jsonwire.Check(doc)
	var r jsonwire.Reader
	r.Reset(doc)
	r.Value()
	fast := r.Close()
	if (slow == nil) != (fast == nil) {
		t.Fatalf("Check(%q) = %v, Value and Close give %v", doc, slow, fast)
	}
	if slow == nil {
		return nil
	}
	var a, b *wire.SyntaxError
	if !errors.As(slow, &a) || !errors.As(fast, &b) || *a != *b {
		t.Fatalf("Check(%q) = %#v, Value and Close give %#v", doc, slow, fast)
	}
	if a.Format != wire.JSON || a.Offset < 0 || a.Offset > len(doc) {
		t.Fatalf("Check(%q) = %#v", doc, a)
	}
	return a
}

func TestMalformedCorpus(t *testing.T) {
	docs, err := fixtures.Malformed("json")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, d := range docs {
		t.Run(d.Name, func(t *testing.T) {
			got := syntaxError(t, string(d.Raw))
			if got == nil {
				t.Fatalf("accepted %q: %s", d.Raw, d.Rule)
			}
			want := sentinels[d.Sentinel]
			used[d.Sentinel] = true
			if want == nil || !errors.Is(got, want) || got.Offset != d.Offset {
				t.Errorf("%q: %v at %d, want %s at %d: %s", d.Raw, got.Err, got.Offset, d.Sentinel, d.Offset, d.Rule)
			}
		})
	}
	for name := range sentinels {
		if !used[name] {
			t.Errorf("no document of the corpus is refused with %s", name)
		}
	}
}

func TestWellFormedCorpus(t *testing.T) {
	docs, err := fixtures.WellFormed("json")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		t.Run(d.Name, func(t *testing.T) {
			if err := syntaxError(t, string(d.Raw)); err != nil {
				t.Fatalf("%v: %s", err, d.Rule)
			}
			var r jsonwire.Reader
			r.NoteDuplicates = true
			r.Reset(string(d.Raw))
			for {
				k, err := r.Next()
				if err != nil {
					t.Fatal(err)
				}
				if k == jsonwire.End {
					break
				}
				if k == jsonwire.String {
					r.Text()
				}
			}
			noted := r.Duplicates()
			switch d.Kind {
			case "lone-surrogate":
				noted = r.LoneSurrogates()
			case "":
				noted = append(noted, r.LoneSurrogates()...)
			}
			if (d.Kind == "") != (len(noted) == 0) || d.Kind != "" && noted[0] != d.Offset {
				t.Errorf("noted %v, want %q at %d", noted, d.Kind, d.Offset)
			}
		})
	}
}

// TestEveryCut reads every document of the corpora cut short, and with each byte
// changed, and asks encoding/json whether it is well-formed.
func TestEveryCut(t *testing.T) {
	for _, d := range corpora(t) {
		if len(d) > 1000 {
			continue
		}
		for i := range d {
			compare(t, d[:i])
			for _, c := range []byte{0, ' ', '"', '\\', ',', ':', '0', '9', '-', '.', 'e', 'u', '{', '}', ']', 0x7f, 0x80, 0xff, d[i] ^ 0x20} {
				compare(t, d[:i]+string([]byte{c})+d[i+1:])
			}
			compare(t, d[:i]+d[i+1:])
			compare(t, d[:i]+d[i:i+1]+d[i:])
		}
	}
}

func corpora(t testing.TB) (docs []string) {
	for _, load := range []func(string) ([]fixtures.Document, error){fixtures.WellFormed, fixtures.Malformed} {
		list, err := load("json")
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range list {
			docs = append(docs, string(d.Raw))
		}
	}
	return docs
}

// compare holds the verdict on a document against that of encoding/json, which
// differs on UTF-8 alone: it does not look.
func compare(t testing.TB, doc string) {
	t.Helper()
	err := syntaxError(t, doc)
	want := json.Valid([]byte(doc)) && utf8.ValidString(doc)
	if (err == nil) != want {
		t.Errorf("%q: %v, encoding/json says well-formed is %t", doc, err, want)
	}
}
