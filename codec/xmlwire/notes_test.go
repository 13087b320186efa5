package xmlwire_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/xmlwire"
)

// readNotes reads <a> with members b (as text), c (with its own members) and
// leaves out anything else.
func readNotes(t *testing.T, doc string) []xmlwire.Note {
	t.Helper()
	names := xmlwire.NewNames("b", "c")
	var order xmlwire.Order
	var r xmlwire.Reader
	r.Reset(doc)
	var members func()
	members = func() {
		if !r.Enter() {
			return
		}
		for {
			switch r.Child(names, &order) {
			case xmlwire.End:
				return
			case 1:
				r.Text()
			case 2:
				members()
			default:
				r.Skip()
			}
		}
	}
	if r.Root() {
		members()
	}
	if err := r.Finish(); err != nil {
		t.Errorf("%q: %v", doc, err)
	}
	return r.Notes()
}

func TestNotes(t *testing.T) {
	type note struct {
		kind xmlwire.NoteKind
		at   string // what stands before it
	}
	for _, row := range []struct {
		doc    string
		want   []note
		reason string
	}{
		{"<?xml version='1.0'?>\n<a xmlns='u'>\n <b>1</b> <!--c--><?p?><c>\n</c></a>", nil, "what our messages have, and comments between members"},
		{"\uFEFF<a/>", []note{{xmlwire.NoteBOM, ""}}, "a byte order mark"},
		{"<p:a xmlns:p='u'/>", []note{{xmlwire.NotePrefix, ""}}, "a prefix on the root"},
		{"<a xmlns:p='u'><p:b>1</p:b></a>", []note{{xmlwire.NotePrefix, "<a xmlns:p='u'>"}}, "a prefix on a member"},
		{"<a><b xmlns='u'>1</b></a>", []note{{xmlwire.NoteNamespace, "<a><b "}}, "a declaration below the root"},
		{"<a x='1'><c y='2'/></a>", []note{{xmlwire.NoteAttribute, "<a "}, {xmlwire.NoteAttribute, "<a x='1'><c "}}, "attributes"},
		{"<a xml:lang='en'/>", []note{{xmlwire.NoteAttribute, "<a "}}, "an attribute of the xml namespace is one too"},
		{"<a><b x='1'>1</b></a>", []note{{xmlwire.NoteAttribute, "<a><b "}}, "an attribute on text"},
		{"<a><b x='1'/></a>", []note{{xmlwire.NoteAttribute, "<a><b "}, {xmlwire.NoteEmptyAttribute, "<a><b "}}, "an attribute on empty text"},
		{"<a><b xmlns='u'></b></a>", []note{{xmlwire.NoteNamespace, "<a><b "}, {xmlwire.NoteEmptyAttribute, "<a><b "}}, "a declaration on empty text"},
		{"<a><b>1<!---->2</b></a>", []note{{xmlwire.NoteCommentInText, "<a><b>1"}}, "a comment in text"},
		{"<a><b><!---->2</b></a>", []note{{xmlwire.NoteCommentInText, "<a><b>"}}, "a comment before text"},
		{"<a><b>1<?p?></b></a>", []note{{xmlwire.NoteInstructionText, "<a><b>1"}}, "an instruction in text"},
		{"<a><b>1<c x='1'><!---->2</c></b></a>", []note{{xmlwire.NoteElementInText, "<a><b>1"}}, "an element in text; what it holds does not matter"},
		{"<a><b>1<c x='1'/><c/></b></a>", []note{{xmlwire.NoteElementInText, "<a><b>1"}, {xmlwire.NoteElementInText, "<a><b>1<c x='1'/>"}}, "two empty ones"},
		{"<a><b><c><c x='1'/></c><!----></b></a>", []note{{xmlwire.NoteElementInText, "<a><b>"}, {xmlwire.NoteCommentInText, "<a><b><c><c x='1'/></c>"}}, "notes behind an element in text stay"},
		{"<a> x <b>1</b></a>", []note{{xmlwire.NoteTextBetween, "<a> "}}, "text between members"},
		{"<a><![CDATA[]]><b>1</b></a>", []note{{xmlwire.NoteTextBetween, "<a>"}}, "a CDATA section between members, even an empty one"},
		{"<a><b>1</b>&#32;</a>", []note{{xmlwire.NoteTextBetween, "<a><b>1</b>"}}, "a reference between members"},
		{"<a><d x='1' xmlns:p='u'><p:e><!---->1</p:e>&amp;</d></a>", nil, "nothing about what is left out"},
	} {
		want := []xmlwire.Note{}
		for _, n := range row.want {
			if !strings.HasPrefix(row.doc, n.at) {
				t.Fatalf("bad row %q", row.doc)
			}
			want = append(want, xmlwire.Note{Kind: n.kind, Offset: len(n.at)})
		}
		if diff := cmp.Diff(want, append([]xmlwire.Note{}, readNotes(t, row.doc)...)); diff != "" {
			t.Errorf("notes of %q (-want +got): %s\n%s", row.doc, row.reason, diff)
		}
	}
}

// TestSkipBorrows: what is cut out of a document can stand alone and says the
// same.
func TestSkipBorrows(t *testing.T) {
	long := strings.Repeat("n", 2000)
	for _, row := range []struct{ head, element, want, reason string }{
		{"<a xmlns:p='u'>", "<d/>", "<d/>", "nothing used, nothing added"},
		{"<a xmlns='u'>", "<d>1</d>", "<d>1</d>", "the default namespace is that of the message it is put into"},
		{"<a xmlns:p='u'>", "<p:d/>", `<p:d xmlns:p="u"/>`, "its own prefix"},
		{"<a xmlns:p='u' xmlns:q='v'>", "<d q:x='1'>1</d>", `<d xmlns:q="v" q:x='1'>1</d>`, "an attribute's prefix, and no other"},
		{"<a xmlns:p='u' xmlns:q='v'>", "<d><q:e/><p:e/><p:e/></d>", `<d xmlns:p="u" xmlns:q="v"><q:e/><p:e/><p:e/></d>`, "prefixes inside, each once"},
		{"<a xmlns:p='u'>", "<p:d xmlns:p='v'/>", "<p:d xmlns:p='v'/>", "declared on the element itself"},
		{"<a xmlns:p='u'>", "<d><p:e xmlns:p='v'/></d>", "<d><p:e xmlns:p='v'/></d>", "declared inside"},
		{"<a xmlns:p='u'>", "<d><p:e xmlns:p='v'/><p:e/></d>", `<d xmlns:p="u"><p:e xmlns:p='v'/><p:e/></d>`, "declared inside and used beside"},
		{"<a xmlns:p='u'><c xmlns:p='v'>", "<p:d/>", `<p:d xmlns:p="v"/>`, "the innermost declaration"},
		{"<a xmlns:p='&quot;&lt;&amp;&#10;é'>", "<p:d/>", `<p:d xmlns:p="&quot;&lt;&amp;&#10;é"/>`, "escaped again"},
		{"<p:a xmlns:p='u'>", "<d/>", "<d/>", "used outside alone"},
		{"<a xmlns:p='u'><p:b>1</p:b>", "<d/>", "<d/>", "used before alone"},
		{"<a>", "<xml:d xml:x='1'/>", "<xml:d xml:x='1'/>", "xml is bound everywhere"},
		{"<a xmlns:p='" + long + "'>", "<p:d/>", "<p:d/>", "not so long a declaration"},
	} {
		close := "</" + row.head[1:strings.IndexAny(row.head, " >")] + ">"
		if strings.Contains(row.head, "<c") {
			close = "</c></a>"
		}
		names := xmlwire.NewNames("b", "c")
		var order xmlwire.Order
		var r xmlwire.Reader
		r.Reset(row.head + row.element + close)
		r.Root()
		r.Enter()
		index := r.Child(names, &order)
		if index == 1 {
			r.Text()
			index = r.Child(names, &order)
		}
		if index == 2 {
			r.Enter()
			index = r.Child(names, &order)
		}
		if index != xmlwire.Unknown {
			t.Fatalf("%q: %d", row.head, index)
		}
		raw := r.Skip()
		if raw != row.want {
			t.Errorf("%s%s: %q, want %q; %s", row.head, row.element, raw, row.want, row.reason)
		}
		if err := r.Finish(); err != nil {
			t.Error(err)
		}
		if !strings.Contains(row.head, long) {
			if _, err := byNext(raw); err != nil {
				t.Errorf("%q does not stand alone: %v", raw, err)
			}
		}
	}
}

func TestNamespace(t *testing.T) {
	var r xmlwire.Reader
	var order xmlwire.Order
	r.Reset("<a xmlns='u' xmlns:p='v'><p:b><c xmlns=''/></p:b></a>")
	names := xmlwire.NewNames("b", "c")
	for _, want := range []string{"u", "v"} {
		if want == "u" {
			r.Root()
		} else {
			r.Child(names, &order)
		}
		if r.Enter(); r.Namespace() != want {
			t.Errorf("namespace of <%s> is %q, want %q", r.QName(), r.Namespace(), want)
		}
	}
	if r.Name() != "b" || r.QName() != "p:b" {
		t.Errorf("%q, %q", r.Name(), r.QName())
	}
	if r.Child(names, &order); r.Name() != "c" || r.Text() != "" {
		t.Error(r.Name())
	}
	if r.Reset("<p:a xmlns:p='v' xmlns='u'/>"); !r.Root() || r.Namespace() != "u" {
		t.Errorf("before Enter: %q", r.Namespace())
	}
	if r.Reset("<p:a xmlns:p='v' xmlns='u'></p:a>"); !r.Root() || !r.Enter() || r.Namespace() != "v" {
		t.Errorf("of a root with a prefix: %q", r.Namespace())
	}
	r.Reset("<a xmlns='u' xmlns:p='v'><p:b><c xmlns=''/></p:b></a>")
	r.Root()
	r.Enter()
	r.Child(names, &order)
	r.Enter()
	r.Child(names, &order)
	r.Skip()
	if r.Namespace() != "v" || r.Child(names, &order) != xmlwire.End || r.Namespace() != "u" || r.Child(names, &order) != xmlwire.End || r.Namespace() != "" {
		t.Error("namespaces do not end with their elements")
	}
}

// TestNameAfterPrediction: Name and TagOffset hold also for an element that was
// foreseen.
func TestNameAfterPrediction(t *testing.T) {
	names := xmlwire.NewNames("b", "c")
	var order xmlwire.Order
	var r xmlwire.Reader
	for range 3 {
		r.Reset("<a><b>1</b><c>2</c><d/></a>")
		r.Root()
		r.Enter()
		order.Start()
		for i, want := range []string{"b", "c", "d"} {
			r.Child(names, &order)
			if at := []int{3, 11, 19}[i]; r.Name() != want || r.TagOffset() != at {
				t.Errorf("<%s> at %d, want <%s> at %d", r.Name(), r.TagOffset(), want, at)
			}
			if want == "d" {
				r.Skip()
			} else {
				r.Text()
			}
		}
	}
}

// TestExpected: never below the number of equal elements that follow, never
// past what fits.
func TestExpected(t *testing.T) {
	for _, n := range []int{1, 2, 3, 10, 1000} {
		for _, item := range []string{"<i>123</i>", "<i><x>1</x><y>2</y></i>", "<i x='1'></i>", "<i ></i >", "<i/>"} {
			doc := "<l>" + strings.Repeat(item, n) + "</l>"
			var r xmlwire.Reader
			r.Reset(doc)
			r.Root()
			r.Enter()
			if r.Child(xmlwire.NewNames("i"), new(xmlwire.Order)) != 1 {
				t.Fatal(doc)
			}
			got := r.Expected()
			if item != "<i/>" && got < n || got < 1 || got > len(doc) {
				t.Errorf("%d times %q: %d", n, item, got)
			}
		}
	}
}
