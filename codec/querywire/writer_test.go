package querywire_test

import (
	"net/url"
	"testing"

	"wireproof/codec/querywire"
	"wireproof/codec/wire"
)

func TestWriter(t *testing.T) {
	var w querywire.Writer
	w.Pair("Action", "DescribeReservedDBInstances")
	w.Pair("a b", "+/é~*'()!")
	w.Pair("Tags", "")
	w.Raw("x=%zz")
	w.Pair("", "")
	// RFC 3986 by hand: WIRE.md section B.6.
	want := "Action=DescribeReservedDBInstances&a%20b=%2B%2F%C3%A9~%2A%27%28%29%21&Tags=&x=%zz&="
	if string(w.Buf) != want {
		t.Errorf("got %s, want %s", w.Buf, want)
	}
}

func TestAppendItem(t *testing.T) {
	if got := string(querywire.AppendItem([]byte("&"), "Tags.Tag", 10)); got != "&Tags.Tag.10" {
		t.Error(got)
	}
}

func TestWriterAllocations(t *testing.T) {
	w := querywire.Writer{Buf: make([]byte, 0, 100)}
	if n := testing.AllocsPerRun(100, func() {
		w.Buf = w.Buf[:0]
		w.Pair("a b", "c d")
		w.Pair("e", "%")
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// FuzzWriter: what is written reads back, here and with net/url, and without a
// finding but those that are about the text itself.
func FuzzWriter(f *testing.F) {
	for _, tt := range readTests {
		for _, p := range tt.pairs {
			f.Add(p[0], p[1], "next")
		}
	}
	f.Fuzz(func(t *testing.T, name, value, next string) {
		var w querywire.Writer
		w.Pair(name, value)
		w.Pair(next, value)
		var r querywire.Reader
		r.Reset(string(w.Buf), wire.Body)
		pairs, err := r.All(nil)
		if err != nil || len(pairs) != 2 || pairs[0].Name != name || pairs[0].Value != value || pairs[1].Name != next || pairs[1].Value != value {
			t.Fatalf("%s reads as %v, %v", w.Buf, pairs, err)
		}
		for _, finding := range r.Findings() {
			switch finding.Kind {
			case querywire.KindInvalidUTF8, querywire.KindNUL, querywire.KindEmptyName, wire.KindDuplicate:
			default:
				t.Errorf("%s: %v", w.Buf, finding)
			}
		}
		values, err := url.ParseQuery(string(w.Buf))
		if err != nil || values[name][0] != value {
			t.Errorf("net/url reads %s as %v, %v", w.Buf, values, err)
		}
		if string(querywire.AppendPairs(nil, pairs)) != string(w.Buf) {
			t.Errorf("AppendPairs writes %s", querywire.AppendPairs(nil, pairs))
		}
	})
}
