package interop

import (
	"flag"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"wireproof/codec/jsonwire"
	"wireproof/fixtures"
)

var mutants = flag.Int("mutants", 200_000, "damaged JSON documents to hold against jsontext")

// TestJSONAgreesWithJSONText: on damaged documents, what is well-formed is what
// jsontext takes, duplicate names and lone surrogates allowed, both of which RFC
// 8259 leaves open.
func TestJSONAgreesWithJSONText(t *testing.T) {
	var seeds []string
	for _, load := range []func(string) ([]fixtures.Document, error){fixtures.Malformed, fixtures.WellFormed} {
		docs, err := load("json")
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range docs {
			seeds = append(seeds, string(d.Raw))
		}
	}
	variants, err := fixtures.Variants()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range variants {
		if v.Service == "mediaconnect" {
			seeds = append(seeds, string(v.Response.Body))
		}
	}
	r := rand.New(rand.NewPCG(8259, 7493))
	accepted := 0
	for range *mutants {
		doc := damage(r, seeds[r.IntN(len(seeds))])
		theirs := jsontext.Value(doc).IsValid(jsontext.AllowDuplicateNames(true))
		if !theirs && loneSurrogate(doc) {
			theirs = jsontext.Value(doc).IsValid(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
		}
		ours := jsonwire.Check(string(doc))
		if (ours == nil) != theirs {
			t.Errorf("%q: jsontext accepts it: %t, ours: %v", doc, theirs, ours)
		}
		if theirs {
			accepted++
		}
	}
	if accepted < *mutants/20 {
		t.Errorf("only %d of %d documents are well-formed", accepted, *mutants)
	}
}

// loneSurrogate reports whether our reader met one in a document that it
// accepts.
func loneSurrogate(doc []byte) bool {
	var r jsonwire.Reader
	r.Reset(string(doc))
	for {
		k, err := r.Next()
		if err != nil {
			return false
		}
		switch k {
		case jsonwire.String:
			r.Text()
		case jsonwire.End:
			return len(r.LoneSurrogates()) > 0
		}
	}
}

// damage changes a document in up to three places.
func damage(r *rand.Rand, seed string) []byte {
	const alphabet = "{}[]\",:0123456789.eE+-tfn\\u \n\t\x00\x80\xff\xed\xa0\xc3\xa9dDaA/"
	doc := []byte(seed[:min(len(seed), 100+r.IntN(200))])
	for range r.IntN(4) {
		if len(doc) == 0 {
			break
		}
		at, c := r.IntN(len(doc)), alphabet[r.IntN(len(alphabet))]
		switch r.IntN(4) {
		case 0:
			doc[at] = c
		case 1:
			doc = slices.Delete(doc, at, at+1)
		case 2:
			doc = slices.Insert(doc, at, c)
		case 3:
			doc = slices.Delete(doc, at, at+r.IntN(len(doc)-at))
		}
	}
	return doc
}
