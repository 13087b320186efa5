package querywire_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"wireproof/codec/querywire"
	"wireproof/codec/wire"
	"wireproof/fixtures"
)

// FuzzReader: no panic; offsets lie in the text; the plain decoder of decodeAll
// gives the same pairs; net/url refuses nothing without a finding, and reads
// what it takes alike; what is read survives writing.
func FuzzReader(f *testing.F) {
	for _, tt := range readTests {
		f.Add(tt.in)
	}
	f.Add(documented)
	for _, load := range []func(string) ([]fixtures.Document, error){fixtures.Malformed, fixtures.WellFormed} {
		docs, err := load("query")
		if err != nil {
			f.Fatal(err)
		}
		for _, d := range docs {
			f.Add(string(d.Raw))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		var r querywire.Reader
		r.Reset(text, wire.Body)
		pairs, err := r.All(nil)
		for _, finding := range r.Findings() {
			if finding.Offset < 0 || finding.Offset > len(text) || finding.Level == 0 {
				t.Fatalf("%+v", finding)
			}
		}
		if err != nil {
			return // too many pairs
		}
		want := decodeAll(text)
		if len(want) != len(pairs) {
			t.Fatalf("%d pairs, want %d", len(pairs), len(want))
		}
		for i, p := range pairs {
			if p.Name != want[i][0] || p.Value != want[i][1] {
				t.Fatalf("pair %d is %q=%q, want %q", i, p.Name, p.Value, want[i])
			}
			if text[p.ValueOffset:p.ValueOffset+len(p.RawValue)] != p.RawValue {
				t.Fatalf("raw value of %+v", p)
			}
		}
		compareWithNetURL(t, text, pairs, r.Findings())

		written := string(querywire.AppendPairs(nil, pairs))
		r.Reset(written, wire.Body)
		again, err := r.All(nil)
		if err != nil || !slices.EqualFunc(pairs, again, func(a, b querywire.Pair) bool { return a.Name == b.Name && a.Value == b.Value }) {
			t.Fatalf("%q is written as %q, %v", text, written, err)
		}
	})
}

func compareWithNetURL(t *testing.T, text string, pairs []querywire.Pair, findings []wire.Finding) {
	values, err := url.ParseQuery(text)
	if err != nil {
		if !slices.ContainsFunc(findings, func(f wire.Finding) bool {
			return f.Kind == querywire.KindBadEscape || f.Kind == querywire.KindSemicolon
		}) {
			t.Fatalf("net/url refuses %q (%v), and there is no finding", text, err)
		}
		return
	}
	ours := url.Values{}
	for _, p := range pairs {
		ours.Add(p.Name, p.Value)
	}
	if len(ours) != len(values) {
		t.Fatalf("net/url reads %q as %q, not %q", text, values, ours)
	}
	for name, list := range values {
		if !slices.Equal(list, ours[name]) {
			t.Fatalf("net/url reads %q as %q, not %q", text, values, ours)
		}
		for _, v := range list {
			if !utf8.ValidString(v) && !slices.ContainsFunc(findings, func(f wire.Finding) bool { return f.Kind == querywire.KindInvalidUTF8 }) {
				t.Fatalf("%q is not UTF-8, and there is no finding", v)
			}
		}
	}
}

// decodeAll is the algorithm of WHATWG URL in its own steps.
func decodeAll(text string) (pairs [][2]string) {
	for _, sequence := range strings.Split(text, "&") {
		if sequence == "" {
			continue
		}
		name, value, _ := strings.Cut(sequence, "=")
		pairs = append(pairs, [2]string{decodeOne(name), decodeOne(value)})
	}
	return pairs
}

func decodeOne(s string) string {
	s = strings.ReplaceAll(s, "+", " ")
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if b, err := url.PathUnescape(s[i : i+3]); err == nil {
				out.WriteString(b)
				i += 2
				continue
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}
