package querywire_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/querywire"
	"wireproof/codec/wire"
	"wireproof/fixtures"
)

// found is a finding without its prose. before is the text up to its offset, so
// that nobody counts bytes.
type found struct {
	kind   wire.Kind
	before string
	path   string
}

var readTests = []struct {
	name   string
	in     string
	pairs  [][2]string
	found  []found
	reason string
}{
	{"empty", "", nil, nil, "no pair is no fault"},
	{"one", "a=b", [][2]string{{"a", "b"}}, nil, "the plain case"},
	{"empty value", "a=&b=c", [][2]string{{"a", ""}, {"b", "c"}}, nil, "an empty string is a value"},
	{"escapes", "%61%2eb=%C3%A9%20%26%3d", [][2]string{{"a.b", "é &="}}, nil, "escapes in names too, lower case digits too"},
	{"every unreserved byte", "AZaz09-._~=AZaz09-._~", [][2]string{{"AZaz09-._~", "AZaz09-._~"}}, nil, "RFC 3986 section 2.3"},

	{"plus", "a=b+c+d", [][2]string{{"a", "b c d"}},
		[]found{{querywire.KindPlus, "a=b", "a"}}, "a space, noted once a value"},
	{"escaped plus", "a=b%2Bc", [][2]string{{"a", "b+c"}}, nil, "a plus"},
	{"plus in name", "a+b=c", [][2]string{{"a b", "c"}},
		[]found{{querywire.KindPlus, "a", "a b"}}, "names are decoded as values are"},

	{"bad escape at the end", "a=100%", [][2]string{{"a", "100%"}},
		[]found{{querywire.KindBadEscape, "a=100", "a"}}, "kept literally"},
	{"bad escape of one digit", "a=%2", [][2]string{{"a", "%2"}},
		[]found{{querywire.KindBadEscape, "a=", "a"}}, "one digit is not enough"},
	{"bad escape cut by the next pair", "a=%2&b=3", [][2]string{{"a", "%2"}, {"b", "3"}},
		[]found{{querywire.KindBadEscape, "a=", "a"}}, "an escape does not reach over an ampersand"},
	{"bad escape cut by the equals sign", "a%2=b", [][2]string{{"a%2", "b"}},
		[]found{{querywire.KindBadEscape, "a", "a%2"}}, "nor over the equals sign"},
	{"bad then good", "a=%zz%41", [][2]string{{"a", "%zzA"}},
		[]found{{querywire.KindBadEscape, "a=", "a"}}, "decoding goes on after a bad escape"},
	{"percent twice", "a=%%41", [][2]string{{"a", "%A"}},
		[]found{{querywire.KindBadEscape, "a=", "a"}}, "the second percent sign starts a good escape"},

	{"invalid UTF-8", "a=x%41%ff", [][2]string{{"a", "xA\xff"}},
		[]found{{querywire.KindInvalidUTF8, "a=x%41", "a"}}, "kept as bytes, noted where the escape stands"},
	{"surrogate", "a=%ED%A0%80", [][2]string{{"a", "\xed\xa0\x80"}},
		[]found{{querywire.KindInvalidUTF8, "a=", "a"}}, "a surrogate is not UTF-8"},
	{"raw invalid UTF-8", "a=\xff", [][2]string{{"a", "\xff"}},
		[]found{{querywire.KindUnescaped, "a=", "a"}, {querywire.KindInvalidUTF8, "a=", "a"}}, "two rules broken"},
	{"half raw, half escaped", "a=\xc3%A9", [][2]string{{"a", "é"}},
		[]found{{querywire.KindUnescaped, "a=", "a"}}, "valid after decoding"},
	{"NUL", "a=x%00%00", [][2]string{{"a", "x\x00\x00"}},
		[]found{{querywire.KindNUL, "a=x", "a"}}, "noted once"},
	{"raw NUL", "a\x00=b", [][2]string{{"a\x00", "b"}},
		[]found{{querywire.KindUnescaped, "a", "a\x00"}, {querywire.KindNUL, "a", "a\x00"}}, "in a name"},
	{"semicolon", "a=1;b=2", [][2]string{{"a", "1;b=2"}},
		[]found{{querywire.KindSemicolon, "a=1", "a"}, {querywire.KindUnescaped, "a=1;b", "a"}}, "& alone separates"},
	{"semicolon before an escape", "a=1;%41", [][2]string{{"a", "1;A"}},
		[]found{{querywire.KindSemicolon, "a=1", "a"}}, "what stands before the first escape counts too"},
	{"colon after an escape", "a=%41:", [][2]string{{"a", "A:"}},
		[]found{{querywire.KindUnescaped, "a=%41", "a"}}, "and what stands after it"},
	{"equals in value", "a=b==", [][2]string{{"a", "b=="}},
		[]found{{querywire.KindUnescaped, "a=b", "a"}}, "the first equals sign ends the name"},
	{"unescaped", "t=18:31:36&u=é", [][2]string{{"t", "18:31:36"}, {"u", "é"}},
		[]found{{querywire.KindUnescaped, "t=18", "t"}, {querywire.KindUnescaped, "t=18:31:36&u=", "u"}}, "once a value"},

	{"empty pair between", "a=b&&c=d", [][2]string{{"a", "b"}, {"c", "d"}},
		[]found{{querywire.KindEmptyPair, "a=b&", ""}}, "nothing is no pair"},
	{"empty pairs before", "&&&a=b", [][2]string{{"a", "b"}},
		[]found{{querywire.KindEmptyPair, "", ""}}, "a run is one finding"},
	{"empty pair after", "a=b&", [][2]string{{"a", "b"}},
		[]found{{querywire.KindEmptyPair, "a=b", ""}}, "an ampersand too many"},
	{"empty pairs after", "a=b&&&", [][2]string{{"a", "b"}},
		[]found{{querywire.KindEmptyPair, "a=b&", ""}}, "a run is one finding"},
	{"ampersand alone", "&", nil,
		[]found{{querywire.KindEmptyPair, "", ""}}, "no pair at all"},
	{"no equals", "a&b=c", [][2]string{{"a", ""}, {"b", "c"}},
		[]found{{querywire.KindNoEquals, "a", "a"}}, "read as empty"},
	{"empty name", "=b&c=d", [][2]string{{"", "b"}, {"c", "d"}},
		[]found{{querywire.KindEmptyName, "", ""}}, "a value of nothing"},
	{"equals alone", "=", [][2]string{{"", ""}},
		[]found{{querywire.KindEmptyName, "", ""}}, "neither name nor value"},

	{"duplicate", "a=1&b=2&a=3", [][2]string{{"a", "1"}, {"b", "2"}, {"a", "3"}},
		[]found{{wire.KindDuplicate, "a=1&b=2&", "a"}}, "both handed over by All"},
	{"duplicate escaped", "ab=1&%61b=1", [][2]string{{"ab", "1"}, {"ab", "1"}},
		[]found{{wire.KindDuplicate, "ab=1&", "ab"}}, "names are compared decoded"},
	{"other case", "a=1&A=2", [][2]string{{"a", "1"}, {"A", "2"}}, nil, "names are case-sensitive"},
}

func TestReaderTable(t *testing.T) {
	var r querywire.Reader // one for all rows: Reset has to leave nothing behind
	for _, tt := range readTests {
		r.Reset(tt.in, wire.Query)
		pairs, err := r.All(nil)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if diff := cmp.Diff(tt.pairs, plain(pairs)); diff != "" {
			t.Errorf("%s (%s): pairs (-want +got):\n%s", tt.name, tt.reason, diff)
		}
		var got []found
		for _, f := range r.Findings() {
			got = append(got, found{f.Kind, tt.in[:f.Offset], f.Path})
			if f.Part != wire.Query || f.Level != querywire.LevelOf(f.Kind) || f.Level == 0 || f.Want == "" || f.Got == "" {
				t.Errorf("%s: incomplete finding %+v", tt.name, f)
			}
		}
		if diff := cmp.Diff(tt.found, got, cmp.AllowUnexported(found{})); diff != "" {
			t.Errorf("%s (%s): findings (-want +got):\n%s", tt.name, tt.reason, diff)
		}
		for _, p := range pairs {
			if tt.in[p.ValueOffset:p.ValueOffset+len(p.RawValue)] != p.RawValue || p.NameOffset > p.ValueOffset {
				t.Errorf("%s: offsets of %+v", tt.name, p)
			}
		}
	}
}

func plain(pairs []querywire.Pair) [][2]string {
	var out [][2]string
	for _, p := range pairs {
		out = append(out, [2]string{p.Name, p.Value})
	}
	return out
}

// TestReaderFixtures holds the reader against Python's urllib.parse, and against
// the kinds and offsets that stand with the documents.
func TestReaderFixtures(t *testing.T) {
	malformed, err := fixtures.Malformed("query")
	if err != nil {
		t.Fatal(err)
	}
	wellFormed, err := fixtures.WellFormed("query")
	if err != nil {
		t.Fatal(err)
	}
	if len(malformed) == 0 || len(wellFormed) == 0 {
		t.Fatal("no documents")
	}
	for _, doc := range append(malformed, wellFormed...) {
		text := string(doc.Raw)
		var r querywire.Reader
		r.Reset(text, wire.Query)
		pairs, err := r.All(nil)
		if err != nil {
			t.Errorf("%s: %v", doc.Name, err)
			continue
		}
		var want, got [][2]string
		for _, p := range doc.Pairs {
			want = append(want, [2]string{replaced(p.Name), replaced(p.Value)})
		}
		for _, p := range pairs {
			got = append(got, [2]string{replaced(p.Name), replaced(p.Value)})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (%s): (-want +got):\n%s", doc.Name, doc.Rule, diff)
		}
		ofForm := doc.Kind == string(wire.KindDuplicate) && doc.Name != "duplicate-list-item" ||
			querywire.LevelOf(wire.Kind(doc.Kind)) != 0 && !strings.Contains(doc.Name, "index") && !strings.Contains(doc.Name, "list") && !strings.Contains(doc.Name, "item")
		if !ofForm {
			continue // what a list is, package rds knows and tests
		}
		at := -1
		for _, f := range r.Findings() {
			if string(f.Kind) == doc.Kind {
				at = f.Offset
			}
		}
		if at != doc.Offset {
			t.Errorf("%s: %s at %d, want %d; findings %v", doc.Name, doc.Kind, at, doc.Offset, r.Findings())
		}
	}
}

// replaced puts one U+FFFD in the place of each run of them or of invalid bytes:
// readers differ in how many they make of a broken sequence.
func replaced(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	for strings.Contains(s, "\uFFFD\uFFFD") {
		s = strings.ReplaceAll(s, "\uFFFD\uFFFD", "\uFFFD")
	}
	return s
}

func TestReaderLimits(t *testing.T) {
	pairs := func(n int) string { return strings.TrimSuffix(strings.Repeat("a=b&", n), "&") }
	for _, tt := range []struct {
		n  int
		ok bool
	}{{wire.MaxParameters - 1, true}, {wire.MaxParameters, true}, {wire.MaxParameters + 1, false}} {
		var r querywire.Reader
		r.Reset(pairs(tt.n), wire.Body)
		n := 0
		for p := (querywire.Pair{}); r.Next(&p); {
			n++
		}
		if tt.ok {
			if n != tt.n || r.Err() != nil {
				t.Errorf("%d pairs: read %d, %v", tt.n, n, r.Err())
			}
			continue
		}
		var syntax *wire.SyntaxError
		if !errors.As(r.Err(), &syntax) || !errors.Is(syntax, wire.ErrTooMany) || syntax.Offset != len(pairs(wire.MaxParameters))+1 {
			t.Errorf("%d pairs: %v", tt.n, r.Err())
		}
		if p := (querywire.Pair{}); r.Next(&p) {
			t.Error("a pair after an error")
		}
	}
}

func TestReaderSize(t *testing.T) {
	if testing.Short() {
		t.Skip("256 MB")
	}
	text := strings.Repeat("a", wire.MaxDocument+1)
	var r querywire.Reader
	for _, n := range []int{wire.MaxDocument - 1, wire.MaxDocument} {
		if r.Reset(text[:n], wire.Body); r.Err() != nil {
			t.Errorf("%d bytes: %v", n, r.Err())
		}
	}
	r.Reset(text, wire.Body)
	var syntax *wire.SyntaxError
	if !errors.As(r.Err(), &syntax) || !errors.Is(syntax, wire.ErrTooLarge) || syntax.Offset != wire.MaxDocument {
		t.Error(r.Err())
	}
	if p := (querywire.Pair{}); r.Next(&p) {
		t.Error("a pair after an error")
	}
}

// TestManyNames: finding duplicates among many names takes no quadratic time
// and no false alarm.
func TestManyNames(t *testing.T) {
	var names []string
	for i := range wire.MaxParameters - 1 {
		names = append(names, "n"+strings.Repeat("x", i%7)+string(rune('a'+i%26))+strings.Repeat("y", i/182))
	}
	unique := map[string]bool{}
	var s querywire.Seen
	for _, n := range names {
		if s.Add(n) != unique[n] {
			t.Fatalf("Add(%q) = %v", n, !unique[n])
		}
		unique[n] = true
	}
	s.Clear()
	if s.Add(names[0]) || !s.Add(names[0]) {
		t.Error("Clear left something behind, or Add forgets")
	}
}

func TestReaderAllocations(t *testing.T) {
	var r querywire.Reader
	text := "Action=DescribeReservedDBInstances&Version=2014-10-31&MaxRecords=20"
	odd := "a=b+c&&d;=%zz&e"
	var p querywire.Pair
	if n := testing.AllocsPerRun(100, func() {
		r.Reset(text, wire.Body)
		for r.Next(&p) {
		}
	}); n != 0 {
		t.Errorf("%v allocations for plain text", n)
	}
	// Values with escapes share the chunks of the arena.
	if n := testing.AllocsPerRun(1000, func() {
		r.Reset(documented, wire.Body)
		for r.Next(&p) {
		}
	}); n >= 1 {
		t.Errorf("%v allocations for text with escapes", n)
	}
	r.Reset(odd, wire.Body)
	for r.Next(&p) {
	}
	if len(r.Findings()) == 0 {
		t.Error("no findings: the row above says nothing")
	}
}

// TestValuesStay: what was decoded survives the reading of other texts.
func TestValuesStay(t *testing.T) {
	var r querywire.Reader
	r.Reset("a=%41%42", wire.Body)
	first, err := r.All(nil)
	if err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		r.Reset("a=%58%59", wire.Body)
		if _, err := r.All(nil); err != nil {
			t.Fatal(err)
		}
	}
	if first[0].Value != "AB" {
		t.Errorf("the value has become %q", first[0].Value)
	}
}
