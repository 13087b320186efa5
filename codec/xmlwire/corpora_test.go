package xmlwire_test

import (
	"errors"
	"testing"

	"wireproof/codec/wire"
	"wireproof/codec/xmlwire"
	"wireproof/fixtures"
)

// sentinels are the errors that fixtures/malformed/xml names.
var sentinels = map[string]error{
	"ErrDoctype": xmlwire.ErrDoctype, "ErrEncoding": xmlwire.ErrEncoding, "ErrDeclaration": xmlwire.ErrDeclaration,
	"ErrNoRoot": xmlwire.ErrNoRoot, "ErrMultipleRoots": xmlwire.ErrMultipleRoots, "ErrOutsideRoot": xmlwire.ErrOutsideRoot,
	"ErrName": xmlwire.ErrName, "ErrMismatchedTag": xmlwire.ErrMismatchedTag, "ErrTag": xmlwire.ErrTag,
	"ErrAttribute": xmlwire.ErrAttribute, "ErrDuplicateAttr": xmlwire.ErrDuplicateAttr, "ErrUnboundPrefix": xmlwire.ErrUnboundPrefix,
	"ErrReservedPrefix": xmlwire.ErrReservedPrefix, "ErrEmptyNamespace": xmlwire.ErrEmptyNamespace,
	"ErrReference": xmlwire.ErrReference, "ErrUndefinedEntity": xmlwire.ErrUndefinedEntity, "ErrCDataEnd": xmlwire.ErrCDataEnd,
	"ErrComment": xmlwire.ErrComment, "ErrProcInst": xmlwire.ErrProcInst, "ErrMarkup": xmlwire.ErrMarkup,
	"ErrTruncated": wire.ErrTruncated, "ErrInvalidUTF8": wire.ErrInvalidUTF8, "ErrIllegalChar": wire.ErrIllegalChar, "ErrEmpty": wire.ErrEmpty,
}

func TestMalformedCorpus(t *testing.T) {
	docs, err := fixtures.Malformed("xml")
	if err != nil || len(docs) < 100 {
		t.Fatal(len(docs), err)
	}
	for _, d := range docs {
		want := sentinels[d.Sentinel]
		if want == nil {
			t.Errorf("%s: no sentinel %q", d.Name, d.Sentinel)
			continue
		}
		got := bothWays(t, string(d.Raw))
		if got == nil || !errors.Is(got, want) || got.Offset != d.Offset {
			t.Errorf("%s: %q: %v, want %v at %d; %s", d.Name, d.Raw, got, want, d.Offset, d.Rule)
		}
	}
}

func TestWellFormedCorpus(t *testing.T) {
	docs, err := fixtures.WellFormed("xml")
	if err != nil || len(docs) < 40 {
		t.Fatal(len(docs), err)
	}
	for _, d := range docs {
		if err := bothWays(t, string(d.Raw)); err != nil {
			t.Errorf("%s: %q: %v; %s", d.Name, d.Raw, err, d.Rule)
		}
		sameAsGo(t, string(d.Raw))
	}
}

func TestSampleResponses(t *testing.T) {
	samples, err := fixtures.Samples()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, s := range samples {
		if s.Format != "xml" {
			continue
		}
		n++
		got := bothWays(t, string(s.Raw))
		switch {
		case s.WellFormed && got != nil:
			t.Errorf("%s: %v", s.Name, got)
		case s.WellFormed:
			sameAsGo(t, string(s.Raw))
		case got == nil || !errors.Is(got, sentinels[s.Sentinel]) || got.Offset != *s.Offset:
			t.Errorf("%s: %v, want %s at %d", s.Name, got, s.Sentinel, *s.Offset)
		}
	}
	if n < 5 {
		t.Errorf("only %d samples", n)
	}
}

func TestVariantBodies(t *testing.T) {
	variants, err := fixtures.Variants()
	if err != nil {
		t.Fatal(err)
	}
	accepted := 0
	for _, v := range variants {
		if v.Service != "rds" {
			continue
		}
		body := string(v.Response.Body)
		if bothWays(t, body) == nil {
			sameAsGo(t, body)
			accepted++
		}
	}
	if accepted < 100 {
		t.Errorf("only %d bodies are well-formed", accepted)
	}
}

// seeds are all documents that the tests here know.
func seeds(t testing.TB) []string {
	var all []string
	for _, row := range rules {
		all = append(all, row.doc)
	}
	for _, load := range []func(string) ([]fixtures.Document, error){fixtures.Malformed, fixtures.WellFormed} {
		docs, err := load("xml")
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range docs {
			all = append(all, string(d.Raw))
		}
	}
	samples, err := fixtures.Samples()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range samples {
		if s.Format == "xml" {
			all = append(all, string(s.Raw))
		}
	}
	variants, err := fixtures.Variants()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range variants {
		if v.Service == "rds" {
			all = append(all, string(v.Response.Body))
		}
	}
	return all
}
