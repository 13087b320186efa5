package xmlwire_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/wire"
	"wireproof/codec/xmlwire"
)

// slowPath finds the path of one offset the plain way: it lists all elements
// with their spans, takes the innermost that covers the offset, and counts the
// siblings by going through all elements again.
func slowPath(src string, offset int) string {
	type span struct {
		name       string
		parent     int // in the list, -1 for the root
		start, end int // end is the length of the document where it is not closed
	}
	var all []span
	parent := -1
	var r xmlwire.Reader
	r.Reset(src)
	for {
		kind := r.Next()
		if kind == xmlwire.EOF {
			break
		}
		switch kind {
		case xmlwire.StartElement:
			all = append(all, span{r.QName(), parent, r.TokenOffset(), len(src) + 1})
			parent = len(all) - 1
		case xmlwire.EndElement:
			all[parent].end = r.Offset()
			parent = all[parent].parent
		}
	}
	at := -1
	for i, s := range all {
		if s.start <= offset && offset < s.end {
			at = i // a later one lies inside the one before
		}
	}
	path := ""
	for ; at >= 0; at = all[at].parent {
		same, index := 0, 0
		for i, s := range all {
			if s.parent == all[at].parent && s.name == all[at].name {
				same++
				if i <= at {
					index++
				}
			}
		}
		step := "/" + all[at].name
		if same > 1 {
			step += fmt.Sprintf("[%d]", index)
		}
		path = step + path
	}
	return path
}

func samePaths(t testing.TB, src string) {
	t.Helper()
	var offsets []int
	var want []string
	for i := range len(src) + 1 {
		offsets = append(offsets, i)
		want = append(want, slowPath(src, i))
	}
	if diff := cmp.Diff(want, xmlwire.Paths(src, offsets)); diff != "" {
		t.Errorf("paths of %q (-want +got):\n%s", src, diff)
	}
	for _, i := range []int{0, len(src) / 2, len(src)} {
		if got := xmlwire.Paths(src, []int{i, i}); got[0] != want[i] || got[1] != want[i] {
			t.Errorf("path of %q at %d: %q, want %q twice", src, i, got, want[i])
		}
	}
}

func TestPathsAsSlowTwin(t *testing.T) {
	for _, doc := range seeds(t) {
		if len(doc) < 400 {
			samePaths(t, doc)
		}
	}
}

func TestPaths(t *testing.T) {
	const doc = "\uFEFF <!--c--> <a>\n  <b/>t<c><b>1</b></c>\n  <b x='1'>2</b>\n</a>\n <?p?>"
	for _, row := range []struct{ at, path, reason string }{
		{"", "", "the byte order mark lies outside"},
		{"\uFEFF ", "", "so does a comment"},
		{"\uFEFF <!--c-->", "", "and white space before the root"},
		{"\uFEFF <!--c--> ", "/a", "the root's own tag belongs to it"},
		{"\uFEFF <!--c--> <a>", "/a", "white space inside"},
		{"\uFEFF <!--c--> <a>\n  ", "/a/b[1]", "an empty element; there is another b later"},
		{"\uFEFF <!--c--> <a>\n  <b/>", "/a", "text between"},
		{"\uFEFF <!--c--> <a>\n  <b/>t<c><b>", "/a/c/b", "text inside, the only b in c"},
		{"\uFEFF <!--c--> <a>\n  <b/>t<c><b>1", "/a/c/b", "the end tag belongs to the element"},
		{"\uFEFF <!--c--> <a>\n  <b/>t<c><b>1</b></c>\n  <b ", "/a/b[2]", "inside a tag"},
		{"\uFEFF <!--c--> <a>\n  <b/>t<c><b>1</b></c>\n  <b x='1'>2</b>\n</a", "/a", "the root's end tag"},
		{"\uFEFF <!--c--> <a>\n  <b/>t<c><b>1</b></c>\n  <b x='1'>2</b>\n</a>", "", "behind the root"},
		{"\uFEFF <!--c--> <a>\n  <b/>t<c><b>1</b></c>\n  <b x='1'>2</b>\n</a>\n <", "", "an instruction behind the root"},
		{doc, "", "the end"},
	} {
		if !strings.HasPrefix(doc, row.at) {
			t.Fatalf("bad row %q", row.at)
		}
		if got := xmlwire.Paths(doc, []int{len(row.at)})[0]; got != row.path {
			t.Errorf("path at %d: %q, want %q; %s", len(row.at), got, row.path, row.reason)
		}
	}
	if got := xmlwire.Paths(doc, nil); len(got) != 0 {
		t.Errorf("no offsets give %q", got)
	}
}

// TestPathOfDeepDocument: the path of one offset takes time and memory in
// proportion to the document, and no more than wire.MaxPath are given of it.
func TestPathOfDeepDocument(t *testing.T) {
	const depth = 9_000
	for _, row := range []struct {
		length int // of each name
		steps  int // that fit
		reason string
	}{
		{wire.MaxPath - 1, 1, "one step fits exactly"},
		{wire.MaxPath, 0, "no step fits"},
		{99, 10, "the innermost ten"},
		{100, 9, "ten are one byte too many each"},
	} {
		name := strings.Repeat("x", row.length)
		doc := strings.Repeat("<"+name+">", depth) + "&"
		_, err := byNext(doc)
		want := "..." + strings.Repeat("/"+name, row.steps)
		if got := syntaxError(t, doc, err).Path; err == nil || got != want {
			t.Errorf("%s: %d bytes, want %d", row.reason, len(got), len(want))
		}
	}
}

func ExamplePaths() {
	doc := "<List><Item>1</Item><Item>two</Item></List>"
	fmt.Println(xmlwire.Paths(doc, []int{strings.Index(doc, "1"), strings.Index(doc, "two")}))
	// Output: [/List/Item[1] /List/Item[2]]
}
