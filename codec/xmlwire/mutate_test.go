package xmlwire_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"wireproof/codec/wire"
	"wireproof/codec/xmlwire"
)

// harmed is what a few damaged documents are made from: each construct once or
// more.
var harmed = []string{
	"\uFEFF<?xml version='1.0' encoding=\"UTF-8\" standalone='yes'?>\n<!--c-->\n<?p q?>\n<r:a xmlns:r='u' xmlns=\"v\" x = '1'>\n  <b r:y='&lt;&#10;'>t&amp;&#x41;</b>\n  <b/><c>é€😀</c>\n  <![CDATA[<]]>]]&gt;<!-- - --><?p?></r:a >\n<!--d--> ",
	"<DescribeReservedDBInstancesResponse xmlns=\"http://rds.amazonaws.com/doc/2014-10-31/\"><DescribeReservedDBInstancesResult><ReservedDBInstances><ReservedDBInstance><OfferingType>Partial Upfront</OfferingType><RecurringCharges/><MultiAZ>true</MultiAZ></ReservedDBInstance></ReservedDBInstances></DescribeReservedDBInstancesResult></DescribeReservedDBInstancesResponse>",
}

// TestTruncated: a document that is cut short says so, at its end, unless the
// cut leaves a whole document, none, or part of a character.
func TestTruncated(t *testing.T) {
	for _, doc := range harmed {
		whole := strings.TrimRight(doc, " ")
		for n := range len(whole) {
			cut := whole[:n]
			err := bothWays(t, cut)
			if err == nil {
				sameAsGo(t, cut)
				if tail := whole[n:]; !strings.HasPrefix(strings.TrimSpace(tail), "<!--d") {
					t.Errorf("%q is accepted", cut)
				}
				continue
			}
			switch err.Err {
			case wire.ErrTruncated, xmlwire.ErrNoRoot, wire.ErrEmpty:
				if err.Offset != n {
					t.Errorf("%q: %v, want it at %d", cut, err, n)
				}
			case wire.ErrInvalidUTF8:
				if utf8.ValidString(cut) || utf8.FullRuneInString(cut[err.Offset:]) {
					t.Errorf("%q: %v", cut, err)
				}
			default:
				t.Errorf("%q: %v", cut, err)
			}
		}
	}
}

// TestFlipped changes every byte in several ways.
func TestFlipped(t *testing.T) {
	refused := 0
	for _, doc := range harmed {
		for i := range doc {
			for _, c := range []byte{doc[i] ^ 1, doc[i] ^ 0x80, doc[i] ^ 0x20, 0, '<', '>', '&', ':', '"', ' ', '\r'} {
				if check(t, doc[:i]+string([]byte{c})+doc[i+1:]) {
					refused++
				}
			}
		}
	}
	if refused < 1000 {
		t.Errorf("only %d were refused", refused)
	}
}

// check holds one document against the other way to read, and against
// encoding/xml: what that refuses we refuse. It reports whether we refuse.
func check(t testing.TB, src string) bool {
	t.Helper()
	err := bothWays(t, src)
	if err == nil {
		sameAsGo(t, src)
	}
	return err != nil
}

// tokensOf cuts a document into its tokens, as far as it can be read, and the
// rest.
func tokensOf(src string) (tokens []string) {
	var r xmlwire.Reader
	r.Reset(src)
	last := 0
	for r.Next() != xmlwire.EOF {
		if end := r.Offset(); end > last {
			tokens = append(tokens, src[last:end])
			last = end
		}
	}
	return append(tokens, src[last:])
}

// TestTokensHarmed drops, doubles and swaps every token.
func TestTokensHarmed(t *testing.T) {
	for _, doc := range harmed {
		tokens := tokensOf(doc)
		for i := range tokens {
			before, after := strings.Join(tokens[:i], ""), strings.Join(tokens[i+1:], "")
			check(t, before+after)
			check(t, before+tokens[i]+tokens[i]+after)
			if i > 0 {
				check(t, strings.Join(tokens[:i-1], "")+tokens[i]+tokens[i-1]+after)
			}
		}
	}
}

// pieces are what mutants get put in.
var pieces = []string{
	"<a>", "</a>", "<a/>", "<b>", "</b>", "<a x='1'>", " x=''", " p:x=''", " xmlns='u'", " xmlns:p='u'", " xmlns:q='u'", " q:x=''", "p:", "<p:a>", "</p:a>",
	"<!--", "-->", "--", "<![CDATA[", "]]>", "]]", "<?p", "<?", "?>", "<?xml version='1.0'?>", " encoding='utf-8'", "<!DOCTYPE a>",
	"&lt;", "&amp;", "&#10;", "&#13;", "&#x0;", "&#xD800;", "&e;", "&", ";", "'", "\"", "=", "<", ">", "/", " ", "\t", "\r", "\n", "\r\n", "\uFEFF",
	"\x00", "\x0b", "\x7f", "\u0085", "\u2028", "\ufffe", "\ufffd", "é", "·", "\u0300", "\u037e", "\U00010000", "\xff", "\xc0\x80", "\xed\xa0\x80", "1", "-", ".", ":", "x",
}

// mutant damages a document at one to three places.
func mutant(r *rand.Rand, docs []string) string {
	doc := docs[r.IntN(len(docs))]
	for range 1 + r.IntN(3)*r.IntN(2) {
		i := r.IntN(len(doc) + 1)
		j := min(len(doc), i+r.IntN(8))
		switch r.IntN(6) {
		case 0:
			doc = doc[:i] + doc[j:]
		case 1:
			doc = doc[:j] + doc[i:]
		case 2:
			other := docs[r.IntN(len(docs))]
			k := r.IntN(len(other) + 1)
			doc = doc[:i] + other[k:min(len(other), k+r.IntN(40))] + doc[i:]
		case 3:
			doc = doc[:i] + string([]byte{byte(r.UintN(256))}) + doc[j:]
		case 4:
			tokens := tokensOf(doc)
			k := r.IntN(len(tokens))
			doc = strings.Join(tokens[:k], "") + tokens[r.IntN(len(tokens))] + strings.Join(tokens[k:], "")
		default:
			doc = doc[:i] + pieces[r.IntN(len(pieces))] + doc[i:]
		}
	}
	return doc
}

// small keeps the documents that mutate quickly, those that are well-formed five
// times, since most damage makes a document ill-formed.
func small(docs []string) []string {
	var some []string
	for _, d := range docs {
		if len(d) > 400 {
			continue
		}
		some = append(some, d)
		if _, err := byNext(d); err == nil {
			some = append(some, d, d, d, d)
		}
	}
	return some
}

func TestMutants(t *testing.T) {
	docs := append(small(seeds(t)), harmed...)
	r := rand.New(rand.NewPCG(7, 7))
	n := 20_000
	if testing.Short() {
		n = 2_000
	}
	refused := 0
	for range n {
		if check(t, mutant(r, docs)) {
			refused++
		}
		if t.Failed() {
			return
		}
	}
	if refused < n/4 || refused > n-n/20 {
		t.Errorf("%d of %d were refused: too few or too many to tell anything", refused, n)
	}
}
