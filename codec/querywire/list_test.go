package querywire_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"wireproof/codec/querywire"
	"wireproof/codec/wire"
)

func TestParseIndex(t *testing.T) {
	for _, tt := range []struct {
		in     string
		n      int32
		kind   wire.Kind
		ok     bool
		reason string
	}{
		{"1", 1, "", true, "the first item"},
		{"10", 10, "", true, "two digits"},
		{"999999999", 999999999, "", true, "large, and costs nothing"},
		{"2147483646", wire.MaxListIndex - 1, "", true, "below the limit"},
		{"2147483647", wire.MaxListIndex, "", true, "the limit"},
		{"2147483648", 0, querywire.KindIndexTooLarge, false, "past the limit"},
		{"18446744073709551617", 0, querywire.KindIndexTooLarge, false, "2^64+1 must not wrap around to 1"},
		{"99999999999999999999999999999999999999", 0, querywire.KindIndexTooLarge, false, "far past it"},
		{"0", 0, querywire.KindIndexZero, true, "numbers start with 1"},
		{"01", 1, querywire.KindIndexLeadingZeros, true, "the same item as 1"},
		{"00", 0, querywire.KindIndexLeadingZeros, true, "zero, twice wrong, one finding"},
		{"", 0, querywire.KindIndexNotNumber, false, "no digit"},
		{"-1", 0, querywire.KindIndexNotNumber, false, "a sign"},
		{"+1", 0, querywire.KindIndexNotNumber, false, "a sign"},
		{"1a", 0, querywire.KindIndexNotNumber, false, "not only digits"},
		{"99999999999999999999a", 0, querywire.KindIndexNotNumber, false, "no number, however large its start"},
		{"١", 0, querywire.KindIndexNotNumber, false, "ASCII digits only"},
	} {
		n, kind, ok := querywire.ParseIndex(tt.in)
		if n != tt.n || kind != tt.kind || ok != tt.ok {
			t.Errorf("ParseIndex(%q) = %d, %q, %v, want %d, %q, %v: %s", tt.in, n, kind, ok, tt.n, tt.kind, tt.ok, tt.reason)
		}
	}
}

func TestCutItem(t *testing.T) {
	for _, tt := range []struct {
		in, item string
		n        int32
		rest     string
		ok       bool
	}{
		{"Filter.2.Values.Value.10", "Filter", 2, "Values.Value.10", true},
		{"Value.10", "Value", 10, "", true},
		{"member.3.Key", "member", 3, "Key", true},
		{"Tag.1.", "Tag", 1, "", true},
		{"Tag.1..Key", "Tag", 1, ".Key", true},
		{"Tag", "Tag", 0, "", false},
		{"Tag.", "Tag", 0, "", false},
		{"", "", 0, "", false},
		{"1.Key", "1", 0, "", false},
	} {
		item, n, rest, _, ok := querywire.CutItem(tt.in)
		if item != tt.item || n != tt.n || ok != tt.ok || ok && rest != tt.rest {
			t.Errorf("CutItem(%q) = %q, %d, %q, %v", tt.in, item, n, rest, ok)
		}
	}
}

// TestSortItems: the order is by number, and the first of equals stays first.
func TestSortItems(t *testing.T) {
	var sorted []querywire.Item
	for index := range int32(4) {
		for member := range uint8(3) {
			sorted = append(sorted, querywire.Item{Index: index * 9, Member: member})
			for inner := range int32(12) {
				sorted = append(sorted, querywire.Item{Index: index * 9, Member: member, Nested: true, Inner: inner * 1000})
			}
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		items := slices.Clone(sorted)
		random.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		querywire.SortItems(items)
		if !slices.Equal(items, sorted) {
			t.Fatalf("got %v", items)
		}
	}
	var twice []querywire.Item // enough of them for a sort that is not stable to show
	for i := range 100 {
		twice = append(twice, querywire.Item{Index: int32(100-i) % 2, Param: i})
	}
	querywire.SortItems(twice)
	for i := 1; i < len(twice); i++ {
		if a, b := twice[i-1], twice[i]; a.Index == b.Index && a.Param > b.Param {
			t.Fatalf("equal items changed places: %v", twice)
		}
	}
}

func TestSortPairs(t *testing.T) {
	pair := func(n, v string) querywire.Pair { return querywire.Pair{Name: n, Value: v} }
	pairs := []querywire.Pair{pair("a-b", "1"), pair("a", "2"), pair("Action", "x"), pair("AWSAccessKeyId", "k"), pair("a", "1"), pair("V.2", ""), pair("V.10", "")}
	querywire.SortPairs(pairs)
	want := []querywire.Pair{pair("AWSAccessKeyId", "k"), pair("Action", "x"), pair("V.10", ""), pair("V.2", ""), pair("a", "1"), pair("a", "2"), pair("a-b", "1")}
	if !slices.Equal(pairs, want) {
		t.Errorf("got %v", pairs)
	}
}
