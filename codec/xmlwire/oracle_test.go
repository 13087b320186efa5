package xmlwire_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"wireproof/codec/xmlwire"
)

// What a document says, in a form that other parsers can give too: start tags
// with expanded names and sorted attributes, end tags, and the text between tags
// joined across comments, instructions and CDATA sections. NUL and #x1 separate,
// since no document can hold them. testdata/expat.py builds the same.

type said struct {
	b    strings.Builder
	text strings.Builder
}

func (s *said) start(name string, attrs [][2]string) {
	s.flush()
	slices.SortFunc(attrs, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	s.b.WriteString("<" + name + "\x00")
	for _, a := range attrs {
		s.b.WriteString(a[0] + "\x00" + a[1] + "\x00")
	}
}

func (s *said) end() { s.flush(); s.b.WriteString("/\x00") }

func (s *said) flush() {
	if s.text.Len() > 0 {
		s.b.WriteString("t" + s.text.String() + "\x00")
		s.text.Reset()
	}
}

func expanded(uri, local string) string {
	if uri == "" {
		return local
	}
	return uri + "\x01" + local
}

// blur makes all white space alike, which encoding/xml does not do in the
// attributes that declare namespaces.
var blur = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")

// ourSaid is what our Reader makes of a document: with attribute values, or
// without and blurred, to compare with goSaid.
func ourSaid(src string, values bool) (string, error) {
	var r xmlwire.Reader
	var s said
	name := func(prefix, local string) string {
		uri, _ := r.Resolve(prefix)
		if !values {
			uri = blur.Replace(uri)
		}
		return expanded(uri, local)
	}
	r.Reset(src)
	for {
		switch r.Next() {
		case xmlwire.EOF:
			s.flush()
			return s.b.String(), r.Err()
		case xmlwire.StartElement:
			var attrs [][2]string
			for _, a := range r.Attrs() {
				prefix, local, ok := strings.Cut(a.Name, ":")
				if a.Name == "xmlns" || ok && prefix == "xmlns" {
					continue
				}
				attr := [2]string{a.Name, ""}
				if ok {
					attr[0] = name(prefix, local)
				}
				if !values && strings.HasPrefix(attr[0], "xmlns\x01") {
					continue // which encoding/xml does not tell from a declaration
				}
				if values {
					attr[1] = r.AttrValue(a)
				}
				attrs = append(attrs, attr)
			}
			prefix, local, ok := strings.Cut(r.QName(), ":")
			if !ok {
				prefix, local = "", prefix
			}
			s.start(name(prefix, local), attrs)
		case xmlwire.EndElement:
			s.end()
		case xmlwire.Text, xmlwire.CData:
			s.text.WriteString(r.TokenText())
		}
	}
}

// goSaid is what encoding/xml makes of it, without attribute values, whose white
// space it does not normalise.
func goSaid(src string) (string, error) {
	d := xml.NewDecoder(strings.NewReader(src))
	var s said
	depth := 0
	for {
		tok, err := d.Token()
		if err == io.EOF {
			s.flush()
			return s.b.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			var attrs [][2]string
			for _, a := range tok.Attr {
				if a.Name.Space != "xmlns" && a.Name != (xml.Name{Local: "xmlns"}) {
					attrs = append(attrs, [2]string{expanded(blur.Replace(a.Name.Space), a.Name.Local), ""})
				}
			}
			s.start(expanded(blur.Replace(tok.Name.Space), tok.Name.Local), attrs)
			depth++
		case xml.EndElement:
			s.end()
			depth--
		case xml.CharData:
			if depth > 0 {
				s.text.Write(tok)
			}
		}
	}
}

// goRefuses lists why encoding/xml refuses documents that are well-formed, by
// the start of its message. It is the oracle for everything else.
var goRefuses = []struct{ message, why string }{
	{"XML syntax error on line %d: invalid XML name", "its tables of name characters are those of the second edition"},
	{"xml: unsupported version", "it reads version 1.0 alone, not 1.x"},
}

// goKnown reports whether the error is one of goRefuses.
func goKnown(err error) bool {
	for _, k := range goRefuses {
		head, tail, _ := strings.Cut(k.message, "%d")
		if strings.HasPrefix(err.Error(), head) && strings.Contains(err.Error(), tail) {
			return true
		}
	}
	return false
}

// sameAsGo holds a document that we accept against encoding/xml.
func sameAsGo(t testing.TB, src string) {
	t.Helper()
	ours, err := ourSaid(src, false)
	if err != nil {
		t.Errorf("%q: %v", src, err)
	}
	theirs, err := goSaid(src)
	switch {
	case err != nil && !goKnown(err):
		t.Errorf("%q is accepted, encoding/xml: %v", src, err)
	case err == nil && ours != theirs:
		t.Errorf("%q says\n%q, encoding/xml\n%q", src, ours, theirs)
	}
}

func TestAsEncodingXML(t *testing.T) {
	for _, row := range rules {
		if row.err == nil {
			sameAsGo(t, row.doc)
		}
	}
}

// TestText checks values that encoding/xml cannot be asked for, or does not
// normalise: text by X 2.11, attributes by X 3.3.3.
func TestText(t *testing.T) {
	for _, row := range []struct{ doc, text, attr, reason string }{
		{"<a x='1 2'>plain</a>", "plain", "1 2", "as written"},
		{"<a x=' \t\n\r\r\n '> \t\n </a>", " \t\n ", "      ", "X 3.3.3: white space to spaces, CR LF to one; nothing is trimmed"},
		{"<a x='&#9;&#10;&#13;&#32;'>&#9;&#10;&#13;&#32;</a>", "\t\n\r ", "\t\n\r ", "X 2.11, 3.3.3: what a reference says stays"},
		{"<a x='\r'>a\rb\r\nc\n\rd\r\r\ne\r</a>", "a\nb\nc\n\nd\n\ne\n", " ", "X 2.11"},
		{"<a x='&#13;&#10;'>&#13;&#10;\r&#10;</a>", "\r\n\n\n", "\r\n", "X 2.11: line ends before references"},
		{"<a x='&lt;&gt;&amp;&quot;&apos;'>&lt;&gt;&amp;&quot;&apos;</a>", `<>&"'`, `<>&"'`, "X 4.6"},
		{"<a x='&amp;lt;'>&amp;lt;&#38;#60;</a>", "&lt;&#60;", "&lt;", "X 4.6: replaced once"},
		{"<a x='&#x20AC;'>&#x20AC;&#x1F600;é</a>", "€😀é", "€", "X [66]"},
		{"<a x='&#xabcd;&#xef;&#xABCD;&#xEF;'>&#x0123;&#x4567;&#x89;&#0012345;&#06789;</a>", "\u0123\u4567\u0089\u3039\u1a85", "\uabcd\u00ef\uabcd\u00ef", "X [66]: all digits"},
		{"<a x=''><![CDATA[&lt;\r\n]]]]>\r<![CDATA[\n&]]></a>", "&lt;\n]]\n\n&", "", "X 2.7: no references in CDATA, but line ends; they do not join across its border"},
		{"<a x=''>1<!--2-->3<?p 4?>5<b>6</b>7</a>", "1357", "", "only what stands directly in it"},
		{"<a x=''>1<b>2<c>3</c>4</b>5<b/>6</a>", "156", "", "however deep the rest"},
		{"<a x=''><!----></a>", "", "", "nothing but a comment is empty"},
		{"<a x=''/>", "", "", "no content is empty"},
	} {
		if err := bothWays(t, row.doc); err != nil {
			t.Errorf("%q: %v", row.doc, err)
			continue
		}
		var r xmlwire.Reader
		r.Reset(row.doc)
		r.Next()
		if attr := r.AttrValue(r.Attrs()[0]); attr != row.attr {
			t.Errorf("%q: attribute %q, want %q; %s", row.doc, attr, row.attr, row.reason)
		}
		for _, doc := range []string{row.doc, "<o>" + row.doc + "</o>"} {
			r.Reset(doc)
			r.Root()
			if doc != row.doc {
				r.Enter()
				r.Child(xmlwire.NewNames("a"), new(xmlwire.Order))
			}
			if text := r.Text(); text != row.text {
				t.Errorf("%q: text %q, want %q; %s", doc, text, row.text, row.reason)
			}
		}
	}
}

// TestTextStaysValid: values outlive the next documents of the same Reader.
func TestTextStaysValid(t *testing.T) {
	var r xmlwire.Reader
	var kept []string
	for i := range 5000 {
		r.Reset(fmt.Sprintf("<a>&#x41;%d&amp;</a>", i))
		r.Root()
		kept = append(kept, r.Text())
	}
	for i, s := range kept {
		if want := fmt.Sprintf("A%d&", i); s != want {
			t.Fatalf("value %d became %q, was %q", i, s, want)
		}
	}
}
