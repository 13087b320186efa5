package xmlwire_test

import (
	"errors"
	"strings"
	"testing"

	"wireproof/codec/wire"
	"wireproof/codec/xmlwire"
)

// rule is one document and what becomes of it. The reason names the production
// or constraint of XML 1.0 fifth edition (X) or Namespaces in XML 1.0 third
// edition (N).
type rule struct {
	name   string
	doc    string
	err    error  // nil: accepted
	at     string // what stands before the offset of the error
	path   string // of the error
	reason string
}

const (
	xmlNS   = "http://www.w3.org/XML/1998/namespace"
	xmlnsNS = "http://www.w3.org/2000/xmlns/"
)

var rules = []rule{
	// X [1] document
	{"empty", "", wire.ErrEmpty, "", "", "X [1]: a document has a root element"},
	{"bom only", "\uFEFF", wire.ErrEmpty, "\uFEFF", "", "X [1]: a byte order mark is no document"},
	{"space only", " \t\r\n", xmlwire.ErrNoRoot, " \t\r\n", "", "X [1]: white space is no root element"},
	{"prolog only", "<?xml version='1.0'?><!--c--><?p?>", xmlwire.ErrNoRoot, "<?xml version='1.0'?><!--c--><?p?>", "", "X [1]: a prolog is no document"},
	{"smallest", "<a/>", nil, "", "", "X [1], [44]"},
	{"smallest pair", "<a></a>", nil, "", "", "X [39]"},
	{"misc around", " <!--c--> <?p q?>\n<a/>\n<!--c--><?p?> ", nil, "", "", "X [1], [27]: Misc before and after"},
	{"two roots", "<a/><b/>", xmlwire.ErrMultipleRoots, "<a/>", "", "X [1]: one element"},
	{"two roots apart", "<a></a> <!--c--> <a></a>", xmlwire.ErrMultipleRoots, "<a></a> <!--c--> ", "", "X [1]: one element, white space or not"},
	{"end tag behind", "<a/></a>", xmlwire.ErrMismatchedTag, "<a/>", "", "X [1]: nothing is open behind the root"},
	{"end tag before", " </a>", xmlwire.ErrMismatchedTag, " ", "", "X [1]: nothing is open before the root"},
	{"text before", "x<a/>", xmlwire.ErrOutsideRoot, "", "", "X [22]: no text in the prolog"},
	{"text behind", "<a/>x", xmlwire.ErrOutsideRoot, "<a/>", "", "X [27]: no text in Misc"},
	{"json", `{"a":1}`, xmlwire.ErrOutsideRoot, "", "", "X [1]: not XML at all"},
	{"reference before", "&amp;<a/>", xmlwire.ErrOutsideRoot, "", "", "X [22]: no reference in the prolog"},
	{"reference behind", "<a/>&#32;", xmlwire.ErrOutsideRoot, "<a/>", "", "X [27]: no reference in Misc, not even to white space"},
	{"cdata before", "<![CDATA[]]><a/>", xmlwire.ErrMarkup, "", "", "X [22]: no CDATA section in the prolog"},
	{"cdata behind", "<a/><![CDATA[]]>", xmlwire.ErrMarkup, "<a/>", "", "X [27]: no CDATA section in Misc"},
	{"illegal before", "\x01<a/>", wire.ErrIllegalChar, "", "", "X [2] before [22]"},
	{"illegal behind", "<a/>\x01", wire.ErrIllegalChar, "<a/>", "", "X [2] behind the root"},
	{"utf-8 behind", "<a/>\xff", wire.ErrInvalidUTF8, "<a/>", "", "X 4.3.3 behind the root"},
	{"bom", "\uFEFF<a/>", nil, "", "", "X 4.3.3, appendix F: an encoding signature"},
	{"bom and declaration", "\uFEFF<?xml version='1.0'?><a/>", nil, "", "", "X 4.3.3: the signature is not part of the document"},
	{"bom twice", "\uFEFF\uFEFF<a/>", xmlwire.ErrOutsideRoot, "\uFEFF", "", "X [22]: the second is U+FEFF, a character"},
	{"bom inside", "<a>\uFEFF</a>", nil, "", "", "X [2]: a character inside"},

	// X [2] Char
	{"tab line feed return", "<a>\t\n\r</a>", nil, "", "", "X [2]: #x9 #xA #xD"},
	{"delete", "<a>\x7f</a>", nil, "", "", "X [2]: #x7F is in #x20-#xD7FF"},
	{"c1 controls", "<a>\u0080\u0085\u009f</a>", nil, "", "", "X [2]: discouraged, allowed"},
	{"last before surrogates", "<a>\uD7FF\uE000\uFFFD</a>", nil, "", "", "X [2]: the borders of the ranges"},
	{"planes", "<a>\U00010000\U0010FFFF</a>", nil, "", "", "X [2]: #x10000-#x10FFFF"},
	{"nul", "<a>\x00</a>", wire.ErrIllegalChar, "<a>", "/a", "X [2]: no #x0"},
	{"bell", "<a>12345678\x07</a>", wire.ErrIllegalChar, "<a>12345678", "/a", "X [2]: no other control below #x20"},
	{"unit separator", "<a>\x1f</a>", wire.ErrIllegalChar, "<a>", "/a", "X [2]: up to #x1F"},
	{"vertical tab", "<a>\x0b</a>", wire.ErrIllegalChar, "<a>", "/a", "X [2]: #xB is no white space"},
	{"form feed", "<a \x0c/>", wire.ErrIllegalChar, "<a ", "", "X [3]: #xC is no white space"},
	{"fffe", "<a>\uFFFE</a>", wire.ErrIllegalChar, "<a>", "/a", "X [2]: no #xFFFE"},
	{"ffff", "<a>\uFFFF</a>", wire.ErrIllegalChar, "<a>", "/a", "X [2]: no #xFFFF"},
	{"illegal in attribute", "<a x='\x01'/>", wire.ErrIllegalChar, "<a x='", "", "X [2] in [10]"},
	{"illegal in comment", "<a><!--\x01--></a>", wire.ErrIllegalChar, "<a><!--", "/a", "X [2] in [15]"},
	{"illegal in instruction", "<a><?p \x01?></a>", wire.ErrIllegalChar, "<a><?p ", "/a", "X [2] in [16]"},
	{"illegal in cdata", "<a><![CDATA[x\x01]]></a>", wire.ErrIllegalChar, "<a><![CDATA[x", "/a", "X [2] in [20]"},
	{"illegal in name", "<a\x01/>", wire.ErrIllegalChar, "<a", "", "X [2] behind [5]"},
	{"illegal last", "<a>\x01", wire.ErrIllegalChar, "<a>", "/a", "X [2]: a broken last byte, not an end"},
	{"fffe in name", "<a\uFFFE/>", wire.ErrIllegalChar, "<a", "", "X [2]: #xFFFE is no character at all"},

	// X 4.3.3 UTF-8
	{"latin-1", "<a>caf\xe9</a>", wire.ErrInvalidUTF8, "<a>caf", "/a", "X 4.3.3: a lead byte without its rest"},
	{"continuation alone", "<a>\x80</a>", wire.ErrInvalidUTF8, "<a>", "/a", "X 4.3.3"},
	{"overlong slash", "<a>\xc0\xaf</a>", wire.ErrInvalidUTF8, "<a>", "/a", "RFC 3629 section 3: the shortest form only"},
	{"overlong nul", "<a>\xc0\x80</a>", wire.ErrInvalidUTF8, "<a>", "/a", "RFC 3629: no modified UTF-8"},
	{"surrogate", "<a>\xed\xa0\x80</a>", wire.ErrInvalidUTF8, "<a>", "/a", "RFC 3629: no surrogates (CESU-8)"},
	{"past unicode", "<a>\xf4\x90\x80\x80</a>", wire.ErrInvalidUTF8, "<a>", "/a", "RFC 3629: up to U+10FFFF"},
	{"five bytes", "<a>\xf8\x88\x80\x80\x80</a>", wire.ErrInvalidUTF8, "<a>", "/a", "RFC 3629: at most four bytes"},
	{"cut character", "<a>\xe2\x82", wire.ErrInvalidUTF8, "<a>", "/a", "a character cut by the end is invalid where it starts"},
	{"utf-8 in attribute", "<a x='\xff'/>", wire.ErrInvalidUTF8, "<a x='", "", "X 4.3.3 in [10]"},
	{"utf-8 in name", "<a\xff/>", wire.ErrInvalidUTF8, "<a", "", "X 4.3.3 in [5]"},
	{"utf-8 starts name", "<\xff/>", wire.ErrInvalidUTF8, "<", "", "X 4.3.3 in [4]"},
	{"utf-8 in comment", "<!--\xff--><a/>", wire.ErrInvalidUTF8, "<!--", "", "X 4.3.3 in [15]"},
	{"utf-8 in open comment", "<a><!--\xff", wire.ErrInvalidUTF8, "<a><!--", "/a", "the first fault counts, not the missing end"},
	{"utf-8 in open cdata", "<a><![CDATA[\xff", wire.ErrInvalidUTF8, "<a><![CDATA[", "/a", "the first fault counts, not the missing end"},
	{"utf-8 in open instruction", "<a><?p \xff", wire.ErrInvalidUTF8, "<a><?p ", "/a", "the first fault counts, not the missing end"},
	{"utf-8 in entity name", "<a>&\xff;</a>", wire.ErrInvalidUTF8, "<a>&", "/a", "X 4.3.3 in [68]"},

	// X [3] S, [4] [4a] [5] names, N [4] [7]
	{"name characters", "<_a-.9·‿ͯ/>", nil, "", "", "X [4a]"},
	{"name starts", "<À/>", nil, "", "", "X [4]: #xC0"},
	{"name in fifth edition", "<\U00010000\U000EFFFF/>", nil, "", "", "X [4] fifth edition: #x10000-#xEFFFF"},
	{"name only in fifth edition", "<\u0370\u2C00/>", nil, "", "", "X [4] fifth edition: not in the fourth's appendix B"},
	{"name times", "<a×/>", xmlwire.ErrTag, "<a", "", "X [4]: not #xD7"},
	{"name division", "<÷/>", xmlwire.ErrName, "<", "", "X [4]: not #xF7"},
	{"name greek question mark", "<\u037E/>", xmlwire.ErrName, "<", "", "X [4]: not #x37E"},
	{"name combining first", "<\u0300/>", xmlwire.ErrName, "<", "", "X [4]: #x300 only in [4a]"},
	{"name digit first", "<1/>", xmlwire.ErrName, "<", "", "X [4]"},
	{"name dash first", "<-a/>", xmlwire.ErrName, "<", "", "X [4]"},
	{"name point first", "<.a/>", xmlwire.ErrName, "<", "", "X [4]"},
	{"name private use", "<\uE000/>", xmlwire.ErrName, "<", "", "X [4]: not #xE000-#xF8FF"},
	{"name plane 15", "<\U000F0000/>", xmlwire.ErrName, "<", "", "X [4]: up to #xEFFFF"},
	{"name fdd0", "<a\uFDD0/>", xmlwire.ErrTag, "<a", "", "X [4]: #xF900-#xFDCF and #xFDF0 on"},
	{"name space first", "< a/>", xmlwire.ErrName, "<", "", "X [40]: no S before the name"},
	{"name missing", "<>", xmlwire.ErrName, "<", "", "X [40]"},
	{"name missing inside", "<a><></a>", xmlwire.ErrName, "<a><", "/a", "X [40]"},
	{"name missing in end tag", "<a></>", xmlwire.ErrName, "<a></", "/a", "X [42]"},
	{"end tag space first", "<a></ a>", xmlwire.ErrName, "<a></", "/a", "X [42]: no S before the name"},
	{"colon first", "<:a/>", xmlwire.ErrName, "<", "", "N [7]: no empty prefix"},
	{"colon last", "<a:/>", xmlwire.ErrName, "<a:", "", "N [7]: no empty local part"},
	{"colon twice", "<a:b:c/>", xmlwire.ErrName, "<a:b", "", "N [7]: one colon"},
	{"colon digit", "<a:1/>", xmlwire.ErrName, "<a:", "", "N [11]: a local part is an NCName"},
	{"colon in attribute", "<a b:c:d=''/>", xmlwire.ErrName, "<a b:c", "", "N [7]: one colon"},
	{"colon first in attribute", "<a :b=''/>", xmlwire.ErrName, "<a ", "", "N [7]"},
	{"colon only", "<:/>", xmlwire.ErrName, "<", "", "N [7]"},

	// X [39] to [44] tags
	{"spaces in tags", "<a\t\r\n><b /></a \n>", nil, "", "", "X [40], [42], [44]: S before the end"},
	{"mismatch", "<a></b>", xmlwire.ErrMismatchedTag, "<a>", "/a", "X Element Type Match"},
	{"mismatch crossed", "<a><b></a></b>", xmlwire.ErrMismatchedTag, "<a><b>", "/a/b", "X Element Type Match"},
	{"mismatch case", "<a></A>", xmlwire.ErrMismatchedTag, "<a>", "/a", "X Element Type Match: names have case"},
	{"mismatch longer", "<a>x</ab>", xmlwire.ErrMismatchedTag, "<a>x", "/a", "X Element Type Match"},
	{"mismatch shorter", "<ab>x</a>", xmlwire.ErrMismatchedTag, "<ab>x", "/ab", "X Element Type Match"},
	{"mismatch prefix", "<p:a xmlns:p='u' xmlns:q='u'></q:a>", xmlwire.ErrMismatchedTag, "<p:a xmlns:p='u' xmlns:q='u'>", "/p:a", "X Element Type Match: as written, whatever the namespace"},
	{"not closed", "<a><b></b>", wire.ErrTruncated, "<a><b></b>", "/a", "X [39]"},
	{"not closed text", "<a>x", wire.ErrTruncated, "<a>x", "/a", "X [39]"},
	{"angle alone", "<", wire.ErrTruncated, "<", "", "X [40]"},
	{"angle last inside", "<a><", wire.ErrTruncated, "<a><", "/a", "X [43]"},
	{"name last", "<a", wire.ErrTruncated, "<a", "", "X [40]"},
	{"end name last", "<a></a", wire.ErrTruncated, "<a></a", "/a", "X [42]"},
	{"slash last", "<a/", wire.ErrTruncated, "<a/", "", "X [44]"},
	{"slash space", "<a/ >", xmlwire.ErrTag, "<a/", "", "X [44]: '/>' is one token"},
	{"slash slash", "<a//>", xmlwire.ErrTag, "<a/", "", "X [44]"},
	{"slash then attribute", "<a/ x=''>", xmlwire.ErrTag, "<a/", "", "X [44]"},
	{"angle in tag", "<a<b/>", xmlwire.ErrTag, "<a", "", "X [40]"},
	{"end tag with attribute", "<a></a x=''>", xmlwire.ErrTag, "<a></a ", "/a", "X [42]: no attributes"},
	{"end tag with slash", "<a></a/>", xmlwire.ErrTag, "<a></a", "/a", "X [42]"},
	{"end tag longer by symbol", "<a></a$>", xmlwire.ErrTag, "<a></a", "/a", "X [42]"},

	// X [41] [10] attributes
	{"attributes", `<a x="1" y='2' z = "3"/>`, nil, "", "", "X [41], [25]: Eq with white space"},
	{"other quote inside", `<a x="'" y='"'/>`, nil, "", "", "X [10]"},
	{"angle end in value", `<a x=">"/>`, nil, "", "", "X [10]: only '<' and '&' are excluded"},
	{"cdata end in value", `<a x="]]>"/>`, nil, "", "", "X [10]: ']]>' is for text alone"},
	{"references in value", `<a x="&lt;&amp;&#10;&#x41;"/>`, nil, "", "", "X [10], [67]"},
	{"no value", "<a x/>", xmlwire.ErrAttribute, "<a x", "", "X [41]"},
	{"no value before end", "<a x>", xmlwire.ErrAttribute, "<a x", "", "X [41]"},
	{"no quotes", "<a x=1/>", xmlwire.ErrAttribute, "<a x=", "", "X [10]"},
	{"no equals", "<a x '1'/>", xmlwire.ErrAttribute, "<a x ", "", "X [41]"},
	{"no name", "<a =''/>", xmlwire.ErrName, "<a ", "", "X [41]"},
	{"no space between", "<a x=''y=''/>", xmlwire.ErrTag, "<a x=''", "", "X [40]: S before each attribute"},
	{"no space before", "<a''/>", xmlwire.ErrTag, "<a", "", "X [40]"},
	{"comma between", "<a x='',y=''/>", xmlwire.ErrTag, "<a x=''", "", "X [40]"},
	{"angle in value", "<a x='<'/>", xmlwire.ErrAttribute, "<a x='", "", "X No < in Attribute Values"},
	{"ampersand in value", "<a x='&'/>", xmlwire.ErrReference, "<a x='", "", "X [10]"},
	{"entity in value", "<a x='&e;'/>", xmlwire.ErrUndefinedEntity, "<a x='", "", "X Entity Declared"},
	{"open value", "<a x='1/>", wire.ErrTruncated, "<a x='1/>", "", "X [10]: the quote does not close"},
	{"mixed quotes", `<a x="1'/>`, wire.ErrTruncated, `<a x="1'/>`, "", "X [10]"},
	{"duplicate", "<a x='1' x='2'/>", xmlwire.ErrDuplicateAttr, "<a x='1' ", "", "X Unique Att Spec"},
	{"duplicate same value", "<a x='' x=''/>", xmlwire.ErrDuplicateAttr, "<a x='' ", "", "X Unique Att Spec: the value does not matter"},
	{"duplicate case", "<a x='' X=''/>", nil, "", "", "X Unique Att Spec: names have case"},
	{"duplicate late", "<a a='' b='' c='' d='' e='' f='' g='' h='' i='' a=''/>", xmlwire.ErrDuplicateAttr, "<a a='' b='' c='' d='' e='' f='' g='' h='' i='' ", "", "X Unique Att Spec among many attributes"},
	{"duplicate below", "<a><b x='' x=''/></a>", xmlwire.ErrDuplicateAttr, "<a><b x='' ", "/a", "X Unique Att Spec; the path is of what is open"},

	// X [14] CharData
	{"cdata end in text", "<a>]]></a>", xmlwire.ErrCDataEnd, "<a>", "/a", "X [14]"},
	{"cdata end far", "<a>123456]]>x</a>", xmlwire.ErrCDataEnd, "<a>123456", "/a", "X [14]"},
	{"cdata end between", "<a><b/> ]]> <b/></a>", xmlwire.ErrCDataEnd, "<a><b/> ", "/a", "X [14] between elements"},
	{"cdata end three", "<a>]]]></a>", xmlwire.ErrCDataEnd, "<a>]", "/a", "X [14]"},
	{"brackets", "<a>]] > ]></a>", nil, "", "", "X [14]: not one token"},
	{"brackets and reference", "<a>]]&gt;</a>", nil, "", "", "X [14], 2.4: the way to write it"},
	{"brackets around reference", "<a>]&#93;></a>", nil, "", "", "X [14]: a reference is no CharData"},
	{"brackets before reference", "<a>]]&amp;></a>", nil, "", "", "X [14]: the reference parts them"},
	{"brackets around comment", "<a>]]<!---->></a>", nil, "", "", "X [43]: the comment parts them"},
	{"brackets around cdata", "<a>]]<![CDATA[]]>></a>", nil, "", "", "X [43]: the section parts them"},
	{"brackets around element", "<a>]]<b/>></a>", nil, "", "", "X [43]: the element parts them"},
	{"angle end in text", "<a>></a>", nil, "", "", "X [14]: '>' may stand alone"},
	{"quotes in text", `<a>"'</a>`, nil, "", "", "X [14]"},

	// X [66] to [68] references
	{"predefined", "<a>&lt;&gt;&amp;&apos;&quot;</a>", nil, "", "", "X 4.6"},
	{"decimal", "<a>&#65;&#0065;&#1114111;</a>", nil, "", "", "X [66]"},
	{"hexadecimal", "<a>&#x41;&#x0aB;&#x10FFFF;</a>", nil, "", "", "X [66]"},
	{"reference to return", "<a>&#13;&#10;&#9;</a>", nil, "", "", "X Legal Character"},
	{"reference to nul", "<a>&#0;</a>", wire.ErrIllegalChar, "<a>", "/a", "X Legal Character"},
	{"reference to control", "<a>&#x1F;</a>", wire.ErrIllegalChar, "<a>", "/a", "X Legal Character"},
	{"reference to surrogate", "<a>&#xD800;</a>", wire.ErrIllegalChar, "<a>", "/a", "X Legal Character"},
	{"reference to fffe", "<a>&#xFFFE;</a>", wire.ErrIllegalChar, "<a>", "/a", "X Legal Character"},
	{"reference past unicode", "<a>&#x110000;</a>", wire.ErrIllegalChar, "<a>", "/a", "X Legal Character"},
	{"reference past 32 bits", "<a>&#4294967361;</a>", wire.ErrIllegalChar, "<a>", "/a", "X Legal Character: no wrapping round to 'A'"},
	{"reference past 64 bits", "<a>&#x10000000000000041;</a>", wire.ErrIllegalChar, "<a>", "/a", "X Legal Character: no wrapping round to 'A'"},
	{"upper x", "<a>&#X41;</a>", xmlwire.ErrReference, "<a>&#", "/a", "X [66]: x in lower case"},
	{"hexadecimal digit in decimal", "<a>&#4A;</a>", xmlwire.ErrReference, "<a>&#4", "/a", "X [66]"},
	{"no digits", "<a>&#;</a>", xmlwire.ErrReference, "<a>&#", "/a", "X [66]"},
	{"no hexadecimal digits", "<a>&#x;</a>", xmlwire.ErrReference, "<a>&#x", "/a", "X [66]"},
	{"sign", "<a>&#-1;</a>", xmlwire.ErrReference, "<a>&#", "/a", "X [66]"},
	{"no semicolon", "<a>&#65</a>", xmlwire.ErrReference, "<a>&#65", "/a", "X [66]"},
	{"entity no semicolon", "<a>&amp</a>", xmlwire.ErrReference, "<a>&amp", "/a", "X [68]"},
	{"entity space", "<a>&amp ;</a>", xmlwire.ErrReference, "<a>&amp", "/a", "X [68]"},
	{"ampersand alone", "<a>a & b</a>", xmlwire.ErrReference, "<a>a ", "/a", "X [14]"},
	{"ampersand before tag", "<a>&</a>", xmlwire.ErrReference, "<a>", "/a", "X [14]"},
	{"ampersand twice", "<a>&&amp;</a>", xmlwire.ErrReference, "<a>", "/a", "X [14]"},
	{"ampersand digit", "<a>&1;</a>", xmlwire.ErrReference, "<a>", "/a", "X [68]: an entity's name is a Name"},
	{"undefined", "<a>&nbsp;</a>", xmlwire.ErrUndefinedEntity, "<a>", "/a", "X Entity Declared: HTML's entities are none here"},
	{"undefined case", "<a>&LT;</a>", xmlwire.ErrUndefinedEntity, "<a>", "/a", "X 4.6: names have case"},
	{"undefined long", "<a>&ltx;</a>", xmlwire.ErrUndefinedEntity, "<a>", "/a", "X Entity Declared"},
	{"reference cut", "<a>&", wire.ErrTruncated, "<a>&", "/a", "X [67]"},
	{"reference cut in name", "<a>&am", wire.ErrTruncated, "<a>&am", "/a", "X [68]"},
	{"reference cut in number", "<a>&#x4", wire.ErrTruncated, "<a>&#x4", "/a", "X [66]"},

	// X [15] comments
	{"comments", "<a><!----><!-- - --><!--<b>&x;]]>--></a>", nil, "", "", "X [15]"},
	{"comment two dashes", "<a><!-- -- --></a>", xmlwire.ErrComment, "<a><!-- --", "/a", "X [15]: no '--' inside"},
	{"comment dash at end", "<a><!-- ---></a>", xmlwire.ErrComment, "<a><!-- --", "/a", "X [15]: not even before the end"},
	{"comment short", "<a><!--></a>", wire.ErrTruncated, "<a><!--></a>", "/a", "X [15]: it is still open"},
	{"comment shorter", "<a><!-></a>", xmlwire.ErrMarkup, "<a>", "/a", "X [15]"},
	{"comment cut", "<a><!-- x -", wire.ErrTruncated, "<a><!-- x -", "/a", "X [15]"},
	{"comment cut in start", "<a><!-", wire.ErrTruncated, "<a><!-", "/a", "X [15]"},
	{"comment cut before end", "<a><!-- --", wire.ErrTruncated, "<a><!-- --", "/a", "X [15]"},
	{"comment in tag", "<a <!-- --> />", xmlwire.ErrName, "<a ", "", "X 2.5: not inside markup"},

	// X [16] [17] processing instructions
	{"instructions", "<a><?p?><?p ?><?p q>?<??><?xml-stylesheet x?><?xmlx?></a>", nil, "", "", "X [16], [17]: only 'xml' itself is reserved"},
	{"instruction xml", "<a><?xml version='1.0'?></a>", xmlwire.ErrProcInst, "<a>", "/a", "X [17]"},
	{"instruction Xml", "<?Xml?><a/>", xmlwire.ErrProcInst, "", "", "X [17]: in any case"},
	{"instruction xml behind", "<a/><?xml version='1.0'?>", xmlwire.ErrProcInst, "<a/>", "", "X [17]"},
	{"instruction no target", "<a><? p?></a>", xmlwire.ErrProcInst, "<a><?", "/a", "X [16]"},
	{"instruction empty", "<a><??></a>", xmlwire.ErrProcInst, "<a><?", "/a", "X [16]"},
	{"instruction digit", "<a><?1?></a>", xmlwire.ErrProcInst, "<a><?", "/a", "X [17]"},
	{"instruction no space", "<a><?p/?></a>", xmlwire.ErrProcInst, "<a><?p", "/a", "X [16]"},
	{"instruction colon", "<a><?p:q?></a>", xmlwire.ErrProcInst, "<a><?p", "/a", "N 7: no colon in a target"},
	{"instruction cut", "<a><?p q?", wire.ErrTruncated, "<a><?p q?", "/a", "X [16]"},
	{"instruction cut in target", "<a><?p", wire.ErrTruncated, "<a><?p", "/a", "X [16]"},
	{"instruction cut in xml", "<a><?xml", wire.ErrTruncated, "<a><?xml", "/a", "X [17]: it may become xml-stylesheet"},
	{"instruction closed by angle", "<a><?p></a>", xmlwire.ErrProcInst, "<a><?p", "/a", "X [16]: '?>'"},

	// X [18] to [21] CDATA
	{"cdata", "<a><![CDATA[<b>&x;]]]]><![CDATA[>]]></a>", nil, "", "", "X [18]"},
	{"cdata empty", "<a><![CDATA[]]></a>", nil, "", "", "X [20]"},
	{"cdata lower case", "<a><![cdata[]]></a>", xmlwire.ErrMarkup, "<a>", "/a", "X [19]"},
	{"cdata space", "<a><![CDATA []]></a>", xmlwire.ErrMarkup, "<a>", "/a", "X [19]"},
	{"cdata cut", "<a><![CDATA[x]]", wire.ErrTruncated, "<a><![CDATA[x]]", "/a", "X [21]"},
	{"cdata cut in start", "<a><![CDA", wire.ErrTruncated, "<a><![CDA", "/a", "X [19]"},
	{"conditional section", "<a><![IGNORE[]]></a>", xmlwire.ErrMarkup, "<a>", "/a", "X [62]: in a DTD alone"},
	{"element declaration", "<a><!ELEMENT a EMPTY></a>", xmlwire.ErrMarkup, "<a>", "/a", "X [45]: in a DTD alone"},
	{"entity declaration", "<!ENTITY e ''><a/>", xmlwire.ErrMarkup, "", "", "X [70]: in a DTD alone"},
	{"bang", "<a><!></a>", xmlwire.ErrMarkup, "<a>", "/a", "X [43]"},

	// DOCTYPE
	{"doctype", "<!DOCTYPE a><a/>", xmlwire.ErrDoctype, "", "", "refused here, whatever it says"},
	{"doctype subset", "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", xmlwire.ErrDoctype, "<?xml version='1.0'?>\n", "", "refused before any entity"},
	{"doctype broken", "<!DOCTYPE", xmlwire.ErrDoctype, "", "", "refused at once, not read"},
	{"doctype inside", "<a><!DOCTYPE a></a>", xmlwire.ErrDoctype, "<a>", "/a", "X [22]: it could not stand there anyway"},
	{"doctype behind", "<a/><!DOCTYPE a>", xmlwire.ErrDoctype, "<a/>", "", "X [22]"},
	{"doctype lower case", "<!doctype html><a/>", xmlwire.ErrMarkup, "", "", "X [28]: no document type declaration, and nothing else"},
	{"doctype cut", "<!DOCTYP", wire.ErrTruncated, "<!DOCTYP", "", "X [28]"},
	{"doctype commented", "<!--<!DOCTYPE a>--><a><![CDATA[<!DOCTYPE a>]]></a>", nil, "", "", "X [15], [20]: no markup there"},

	// X [23] to [26], [32], [80] XML declaration
	{"declaration", "<?xml version='1.0'?><a/>", nil, "", "", "X [23]"},
	{"declaration whole", `<?xml version = "1.0" encoding="UTF-8" standalone='no' ?><a/>`, nil, "", "", "X [23]"},
	{"declaration utf-8", "<?xml version='1.0' encoding='utf-8'?><a/>", nil, "", "", "X 4.3.3: encoding names have no case"},
	{"declaration 1.1", "<?xml version='1.1'?><a/>", nil, "", "", "X 2.8: read as 1.0"},
	{"declaration 1.12", "<?xml version='1.12'?><a/>", nil, "", "", "X [26]: '1.' [0-9]+"},
	{"declaration standalone", "<?xml version='1.0' standalone='yes'?><a/>", nil, "", "", "X [32]"},
	{"declaration lines", "<?xml\tversion='1.0'\r\nencoding='UTF-8'\n?><a/>", nil, "", "", "X [23]: S"},
	{"declaration 2.0", "<?xml version='2.0'?><a/>", xmlwire.ErrDeclaration, "<?xml", "", "X [26]"},
	{"declaration 1", "<?xml version='1'?><a/>", xmlwire.ErrDeclaration, "<?xml", "", "X [26]"},
	{"declaration 1.", "<?xml version='1.'?><a/>", xmlwire.ErrDeclaration, "<?xml", "", "X [26]"},
	{"declaration 1.x", "<?xml version='1.x'?><a/>", xmlwire.ErrDeclaration, "<?xml", "", "X [26]"},
	{"declaration no version", "<?xml encoding='UTF-8'?><a/>", xmlwire.ErrDeclaration, "<?xml", "", "X [23]: unlike a text declaration"},
	{"declaration wrong order", "<?xml version='1.0' standalone='no' encoding='UTF-8'?><a/>", xmlwire.ErrDeclaration, "<?xml version='1.0' standalone='no' ", "", "X [23]"},
	{"declaration twice version", "<?xml version='1.0' version='1.0'?><a/>", xmlwire.ErrDeclaration, "<?xml version='1.0' ", "", "X [23]"},
	{"declaration case", "<?xml VERSION='1.0'?><a/>", xmlwire.ErrDeclaration, "<?xml", "", "X [24]"},
	{"declaration maybe", "<?xml version='1.0' standalone='maybe'?><a/>", xmlwire.ErrDeclaration, "<?xml version='1.0'", "", "X [32]"},
	{"declaration yes in upper case", "<?xml version='1.0' standalone='YES'?><a/>", xmlwire.ErrDeclaration, "<?xml version='1.0'", "", "X [32]"},
	{"declaration no quotes", "<?xml version=1.0?><a/>", xmlwire.ErrDeclaration, "<?xml", "", "X [24]"},
	{"declaration open quote", "<?xml version='1.0?><a/>", xmlwire.ErrDeclaration, "<?xml", "", "X [24], [26]: '?' is in no version"},
	{"declaration no space", "<?xml version='1.0'encoding='UTF-8'?><a/>", xmlwire.ErrDeclaration, "<?xml version='1.0'", "", "X [80]: S first"},
	{"declaration tail", "<?xml version='1.0' x?><a/>", xmlwire.ErrDeclaration, "<?xml version='1.0' ", "", "X [23]"},
	{"declaration closed by angle", "<?xml version='1.0'><a/>", xmlwire.ErrDeclaration, "<?xml version='1.0'", "", "X [23]: '?>'"},
	{"declaration odd encoding", "<?xml version='1.0' encoding='UTF 8'?><a/>", xmlwire.ErrDeclaration, "<?xml version='1.0' ", "", "X [81]: no space in a name"},
	{"declaration after space", " <?xml version='1.0'?><a/>", xmlwire.ErrProcInst, " ", "", "X [22]: first or not at all"},
	{"declaration bare", "<?xml?><a/>", xmlwire.ErrProcInst, "", "", "X [23], [17]: version is required"},
	{"declaration cut", "<?xml", wire.ErrTruncated, "<?xml", "", "X [23]"},
	{"declaration cut in name", "<?xml vers", wire.ErrTruncated, "<?xml vers", "", "X [24]"},
	{"declaration cut in equals", "<?xml version ", wire.ErrTruncated, "<?xml version ", "", "X [24]"},
	{"declaration cut in value", "<?xml version='1.", wire.ErrTruncated, "<?xml version='1.", "", "X [26]"},
	{"declaration cut in encoding", "<?xml version='1.0' encoding=", wire.ErrTruncated, "<?xml version='1.0' encoding=", "", "X [80]"},
	{"declaration cut before end", "<?xml version='1.0'?", wire.ErrTruncated, "<?xml version='1.0'?", "", "X [23]"},
	{"latin-1 declared", "<?xml version='1.0' encoding='ISO-8859-1'?><a/>", xmlwire.ErrEncoding, "<?xml version='1.0'", "", "UTF-8 only, even where the bytes are ASCII"},
	{"ascii declared", "<?xml version='1.0' encoding='US-ASCII'?><a/>", xmlwire.ErrEncoding, "<?xml version='1.0'", "", "UTF-8 only"},
	{"utf-16 declared", "<?xml version='1.0' encoding='UTF-16'?><a/>", xmlwire.ErrEncoding, "<?xml version='1.0'", "", "X 4.3.3: it is not UTF-16"},
	{"utf8 declared", "<?xml version='1.0' encoding='UTF8'?><a/>", xmlwire.ErrEncoding, "<?xml version='1.0'", "", "X 4.3.3: no registered name of UTF-8"},
	{"utf-16le", "\xff\xfe<\x00a\x00/\x00>\x00", xmlwire.ErrEncoding, "", "", "UTF-8 only: byte order mark of UTF-16"},
	{"utf-16be", "\xfe\xff\x00<\x00a\x00/\x00>", xmlwire.ErrEncoding, "", "", "UTF-8 only: byte order mark of UTF-16"},
	{"utf-16be without mark", "\x00<\x00a\x00/\x00>", xmlwire.ErrEncoding, "", "", "X appendix F: UTF-16 without its mark"},
	{"utf-16le without mark", "<\x00a\x00/\x00>\x00", wire.ErrIllegalChar, "<", "", "UTF-8 only: read as UTF-8 there is a NUL"},

	// Namespaces
	{"prefix", "<p:a xmlns:p='u' p:x=''><p:b/></p:a>", nil, "", "", "N 5"},
	{"prefix declared behind its use", "<a p:x='' xmlns:p='u'/>", nil, "", "", "N 6.1: a declaration covers its whole tag"},
	{"prefix rebound", "<p:a xmlns:p='u'><p:b xmlns:p='v'/><p:c/></p:a>", nil, "", "", "N 6.1"},
	{"prefix out of scope", "<a><b xmlns:p='u'/><p:c/></a>", xmlwire.ErrUnboundPrefix, "<a><b xmlns:p='u'/><", "/a", "N 6.1: a declaration ends with its element"},
	{"prefix out of scope by end tag", "<a><b xmlns:p='u'></b><p:c/></a>", xmlwire.ErrUnboundPrefix, "<a><b xmlns:p='u'></b><", "/a", "N 6.1"},
	{"prefix unbound", "<p:a/>", xmlwire.ErrUnboundPrefix, "<", "", "N Prefix Declared"},
	{"prefix unbound on attribute", "<a p:x=''/>", xmlwire.ErrUnboundPrefix, "<a ", "", "N Prefix Declared"},
	{"prefix of another case", "<P:a xmlns:p='u'/>", xmlwire.ErrUnboundPrefix, "<", "", "N: prefixes have case"},
	{"prefix undeclared", "<a xmlns:p=''/>", xmlwire.ErrEmptyNamespace, "<a ", "", "N No Prefix Undeclaring"},
	{"prefix undeclared below", "<a xmlns:p='u'><b xmlns:p=''/></a>", xmlwire.ErrEmptyNamespace, "<a xmlns:p='u'><b ", "/a", "N No Prefix Undeclaring"},
	{"default", "<a xmlns='u'><b xmlns=''><c xmlns='v'/></b></a>", nil, "", "", "N 6.2: the default can be taken back"},
	{"xml", "<xml:a xml:lang='en' xml:space='odd'/>", nil, "", "", "N 3: xml is bound already; xml:space is a matter of validity"},
	{"xml declared", "<a xmlns:xml='" + xmlNS + "'/>", nil, "", "", "N 3: it may be declared as what it is"},
	{"xml declared by reference", "<a xmlns:xml='http&#58;//www.w3.org/XML/1998/namespace'/>", nil, "", "", "N 3, X 3.3.3: the value counts"},
	{"xml rebound", "<a xmlns:xml='u'/>", xmlwire.ErrReservedPrefix, "<a ", "", "N Reserved Prefixes"},
	{"xml emptied", "<a xmlns:xml=''/>", xmlwire.ErrReservedPrefix, "<a ", "", "N Reserved Prefixes"},
	{"xml namespace on a prefix", "<a xmlns:p='" + xmlNS + "'/>", xmlwire.ErrReservedPrefix, "<a ", "", "N Reserved Namespace Names"},
	{"xml namespace as default", "<a xmlns='" + xmlNS + "'/>", xmlwire.ErrReservedPrefix, "<a ", "", "N Reserved Namespace Names"},
	{"xmlns declared", "<a xmlns:xmlns='u'/>", xmlwire.ErrReservedPrefix, "<a ", "", "N Reserved Prefixes"},
	{"xmlns declared as itself", "<a xmlns:xmlns='" + xmlnsNS + "'/>", xmlwire.ErrReservedPrefix, "<a ", "", "N Reserved Prefixes: never declared"},
	{"xmlns namespace on a prefix", "<a xmlns:p='" + xmlnsNS + "'/>", xmlwire.ErrReservedPrefix, "<a ", "", "N Reserved Namespace Names"},
	{"xmlns namespace as default", "<a xmlns='" + xmlnsNS + "'/>", xmlwire.ErrReservedPrefix, "<a ", "", "N Reserved Namespace Names"},
	{"xmlns on an element", "<xmlns:a/>", xmlwire.ErrReservedPrefix, "<", "", "N Reserved Prefixes: not on elements"},
	{"xmlns as a name", "<xmlns/>", nil, "", "", "N: reserved as a prefix alone"},
	{"xmlfoo", "<xmlfoo:a xmlns:xmlfoo='u'/>", nil, "", "", "N 3: reserved for others, no error"},
	{"expanded twice", "<a xmlns:p='u' xmlns:q='u' p:x='' q:x=''/>", xmlwire.ErrDuplicateAttr, "<a xmlns:p='u' xmlns:q='u' p:x='' ", "", "N 6.3"},
	{"expanded twice from outside", "<a xmlns:p='u'><b xmlns:q='u' p:x='' q:x=''/></a>", xmlwire.ErrDuplicateAttr, "<a xmlns:p='u'><b xmlns:q='u' p:x='' ", "/a", "N 6.3"},
	{"expanded twice late", "<a xmlns:p='u' xmlns:q='u' a='' b='' c='' d='' e='' f='' p:x='' q:x=''/>", xmlwire.ErrDuplicateAttr, "<a xmlns:p='u' xmlns:q='u' a='' b='' c='' d='' e='' f='' p:x='' ", "", "N 6.3 among many attributes"},
	{"expanded apart", "<a xmlns:p='u' xmlns:q='v' p:x='' q:x='' x=''/>", nil, "", "", "N 6.3"},
	{"default not for attributes", "<a xmlns='u' xmlns:p='u' x='' p:x=''/>", nil, "", "", "N 6.2: an attribute without a prefix has no namespace"},
	{"default twice", "<a xmlns='u' xmlns='u'/>", xmlwire.ErrDuplicateAttr, "<a xmlns='u' ", "", "X Unique Att Spec"},
	{"declared twice", "<a xmlns:p='u' xmlns:p='v'/>", xmlwire.ErrDuplicateAttr, "<a xmlns:p='u' ", "", "X Unique Att Spec"},
	{"namespaces differ by case", "<a xmlns:p='u' xmlns:q='U' p:x='' q:x=''/>", nil, "", "", "N 2.3: compared as strings"},
	{"namespaces equal by reference", "<a xmlns:p='u' xmlns:q='&#117;' p:x='' q:x=''/>", xmlwire.ErrDuplicateAttr, "<a xmlns:p='u' xmlns:q='&#117;' p:x='' ", "", "N 2.3: references are resolved first"},
	{"namespaces not normalised", "<a xmlns:p='u%41' xmlns:q='uA' p:x='' q:x=''/>", nil, "", "", "N 2.3: escapes are not"},

	// Path
	{"path of a sibling", "<a><b/><c/><b>&</b></a>", xmlwire.ErrReference, "<a><b/><c/><b>", "/a/b[2]", "the second of that name, as XPath counts"},
	{"path deep", "<a><b><c></c><c><d>]]></d></c></b></a>", xmlwire.ErrCDataEnd, "<a><b><c></c><c><d>", "/a/b/c[2]/d", "indexes only where they tell"},
}

func TestRules(t *testing.T) {
	names := map[string]bool{}
	for _, row := range rules {
		if names[row.name] || row.reason == "" || !strings.HasPrefix(row.doc, row.at) {
			t.Errorf("bad row %q", row.name)
		}
		names[row.name] = true
		t.Run(row.name, func(t *testing.T) {
			err := bothWays(t, row.doc)
			switch {
			case row.err == nil && err != nil:
				t.Errorf("%q is refused: %v; %s", row.doc, err, row.reason)
			case row.err != nil && err == nil:
				t.Errorf("%q is accepted, want %v; %s", row.doc, row.err, row.reason)
			case row.err != nil && (!errors.Is(err, row.err) || err.Offset != len(row.at) || err.Path != row.path):
				t.Errorf("%q: %v\nwant %v at %d within %q; %s", row.doc, err, row.err, len(row.at), row.path, row.reason)
			}
		})
	}
}

// TestEverySentinelHasARow keeps the table complete.
func TestEverySentinelHasARow(t *testing.T) {
	all := []error{
		xmlwire.ErrDoctype, xmlwire.ErrEncoding, xmlwire.ErrDeclaration, xmlwire.ErrNoRoot, xmlwire.ErrMultipleRoots,
		xmlwire.ErrOutsideRoot, xmlwire.ErrName, xmlwire.ErrMismatchedTag, xmlwire.ErrTag, xmlwire.ErrAttribute,
		xmlwire.ErrDuplicateAttr, xmlwire.ErrUnboundPrefix, xmlwire.ErrReservedPrefix, xmlwire.ErrEmptyNamespace,
		xmlwire.ErrReference, xmlwire.ErrUndefinedEntity, xmlwire.ErrCDataEnd, xmlwire.ErrComment, xmlwire.ErrProcInst,
		xmlwire.ErrMarkup, wire.ErrTruncated, wire.ErrInvalidUTF8, wire.ErrIllegalChar, wire.ErrEmpty,
	}
	seen := map[error]bool{}
	for _, row := range rules {
		seen[row.err] = true
	}
	for _, err := range all {
		if !seen[err] {
			t.Errorf("no row for %v", err)
		}
	}
}

// TestSameInsideAnything puts each rule about content below other elements and
// behind others: the fault, its sentinel and its distance stay.
func TestSameInsideAnything(t *testing.T) {
	frames := []struct{ head, tail, path string }{
		{"<a><b>", "</b></a>", "/a/b"},
		{"<a>\n  <b/>\n  <b>x</b>\n  <c d='1'>", "</c></a>", "/a/c"},
		{"<?xml version='1.0'?>\n<x xmlns='u'>text<!--c-->", "</x>", "/x"},
	}
	n := 0
	for _, row := range rules {
		in, ok := strings.CutPrefix(row.doc, "<a>")
		if row.err == nil || !ok || row.path != "/a" || !strings.HasPrefix(row.at, "<a>") {
			continue
		}
		in, whole := strings.CutSuffix(in, "</a>")
		if !whole || errors.Is(row.err, wire.ErrTruncated) || errors.Is(row.err, xmlwire.ErrMismatchedTag) {
			continue
		}
		n++
		for _, f := range frames {
			doc := f.head + in + f.tail
			err := bothWays(t, doc)
			want := len(f.head) + len(row.at) - len("<a>")
			if err == nil || !errors.Is(err, row.err) || err.Offset != want || err.Path != f.path {
				t.Errorf("%s: %q: %v, want %v at %d within %s", row.name, doc, err, row.err, want, f.path)
			}
		}
	}
	if n < 40 {
		t.Errorf("only %d rules were used", n)
	}
}
