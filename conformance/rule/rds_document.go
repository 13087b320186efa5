package rule

import (
	"errors"
	"strconv"
	"strings"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/codec/xmlwire"
)

func rdsRules() []*Rule {
	var all []*Rule
	all = append(all, rdsDocumentRules()...)
	all = append(all, rdsEnvelopeRules()...)
	all = append(all, rdsMemberRules()...)
	all = append(all, rdsErrorRules()...)
	return append(all, rdsAnswerRules()...)
}

// rdsDocumentRules are about the body as XML, and how it is announced.
func rdsDocumentRules() []*Rule {
	return []*Rule{
		{
			ID: "rds.headers.content-type", Level: Must,
			Sentence: "The media type is text/xml.",
			Why:      "No SDK looks, but proxies, browsers and logging do, and so does whoever reads the answer by hand.",
			Evidence: []Evidence{standard(queryResponse, "Content-Type: text/xml"), recording(goldenRDS, "text/xml")},
			Kinds:    []wire.Kind{wire.KindContentType},
			Variants: []string{"rds-ct-appxml", "rds-ct-none", "rds-ct-json"},
			Good:     "Content-Type: text/xml", Bad: "Content-Type: application/json",
			applies: bodied(rdsAnswer), look: contentTypeList,
		},
		{
			ID: "rds.headers.charset", Level: Should,
			Sentence: "Where Content-Type has a charset, it is UTF-8.",
			Why:      "A charset in the header outweighs the document: whoever heeds it reads other characters.",
			Evidence: []Evidence{standard("RFC 7303 section 3.2", "the charset parameter is authoritative, after a byte order mark")},
			Good:     "Content-Type: text/xml;charset=UTF-8", Bad: "Content-Type: text/xml;charset=ISO-8859-1",
			applies: bodied(rdsAnswer), look: foreignCharset,
		},
		{
			ID: "rds.body.present", Level: Must,
			Sentence: "The response has a body.",
			Why:      "To the SDKs for Go and JavaScript an empty body is a purchase without a reservation; boto3 fails.",
			Evidence: []Evidence{standard(queryResponse, "successes and errors are XML documents"),
				clients("rds-empty-body, rdserr-empty-404", "")},
			Kinds:    []wire.Kind{wire.KindEmptyBody},
			Variants: []string{"rds-empty-body", "rdserr-empty-404"},
			Good:     "<ErrorResponse>...</ErrorResponse>", Bad: "Content-Length: 0",
			applies: rdsAnswer, look: syntax(wire.ErrEmpty),
		},
		{
			ID: "rds.xml.well-formed", Level: Must,
			Sentence: "The body is one well-formed XML document, its namespaces included.",
			Why:      "What is not well-formed is read by some clients up to some point, and by others not at all.",
			Evidence: []Evidence{standard("XML 1.0 (fifth edition) sections 2.1 to 4.1", "a processor must not go on after a fatal error"),
				standard("Namespaces in XML 1.0 section 7", "")},
			Variants: []string{"rds-truncated-mid", "rds-truncated", "rds-trailing", "rds-html-broken-200", "rds-json-200", "rds-ws-decl", "rds-undef-entity",
				"rdserr-html-broken-503", "rdserr-text-500", "rdserr-json-404", "rdserr-decl-ws"},
			Good: "<Message>a &amp; b</Message>", Bad: "<Message>a & b</Message>",
			applies: bodied(rdsAnswer), look: malformed,
		},
		{
			ID: "rds.xml.encoding", Level: Must,
			Sentence: "The document is in UTF-8.",
			Why:      "Clients split on every other encoding: one fails, one hands over replacement characters.",
			Evidence: []Evidence{standard(queryXML, "strings are UTF-8"), standard("XML 1.0 (fifth edition) section 4.3.3", "UTF-8 unless declared; ill-formed UTF-8 is a fatal error"),
				clients("rds-latin1, rds-utf16, rds-badutf8", "")},
			Variants: []string{"rds-latin1", "rds-utf16", "rds-badutf8"},
			Good:     `<?xml version="1.0" encoding="UTF-8"?>`, Bad: `<?xml version="1.0" encoding="ISO-8859-1"?>`,
			applies: bodied(rdsAnswer), look: syntax(wire.ErrInvalidUTF8, xmlwire.ErrEncoding),
		},
		{
			ID: "rds.xml.doctype", Level: Must,
			Sentence: "The document has no document type declaration.",
			Why:      "What an entity of its own stands for differs by client, and careful parsers refuse the declaration as an attack.",
			Evidence: []Evidence{recording(goldenRDS, "the real service sends none"),
				clients("rds-doctype-entity", "boto3 expands the entity, Go fails, JavaScript drops it")},
			Variants: []string{"rds-doctype", "rds-doctype-entity"},
			Good:     "<ErrorResponse>...", Bad: "<!DOCTYPE ErrorResponse><ErrorResponse>...",
			applies: bodied(rdsAnswer), look: syntax(xmlwire.ErrDoctype),
		},
		{
			ID: "rds.xml.bom", Level: Must,
			Sentence: "No byte order mark stands before the document.",
			Why:      "The SDK for JavaScript fails on it.",
			Evidence: []Evidence{recording(goldenRDS, "the real service sends none"), clients("rds-bom, rdserr-bom", "JavaScript fails")},
			Kinds:    []wire.Kind{rds.KindBOM},
			Good:     "<ErrorResponse>...", Bad: `\xEF\xBB\xBF<ErrorResponse>...`,
			applies: rdsDocument,
		},
		{
			ID: "rds.xml.prefix", Level: Must,
			Sentence: "No element name has a namespace prefix.",
			Why:      "The SDK for JavaScript does not recognise such names: it hands over an empty success.",
			Evidence: []Evidence{standard(queryResponse, "the namespace is in an xmlns attribute of the root"), recording(goldenRDS, "no prefixes"),
				clients("rds-prefixed, rdserr-prefixed", "")},
			Kinds: []wire.Kind{rds.KindPrefix},
			Good:  `<ErrorResponse xmlns="...">`, Bad: `<r:ErrorResponse xmlns:r="...">`,
			applies: rdsDocument,
		},
		{
			ID: "rds.xml.nested-namespace", Level: Should,
			Sentence: "Only the root declares a namespace.",
			Why:      "No SDK looks, but a reader that heeds namespaces does not find the element any more.",
			Evidence: []Evidence{model(modelRDS, "no shape of these operations has a namespace of its own")},
			Kinds:    []wire.Kind{rds.KindNamespace},
			Good:     "<State>active</State>", Bad: `<State xmlns="http://example.com/">active</State>`,
			applies: rdsDocument, claims: func(_ *Reading, f wire.Finding) bool { return !atRoot(f) },
		},
		{
			ID: "rds.xml.attribute", Level: Should,
			Sentence: "No element has an attribute, besides the root's xmlns.",
			Why:      "No member is bound to an attribute, so it says nothing to anyone.",
			Evidence: []Evidence{model(modelRDS, "no member is an attribute")},
			Kinds:    []wire.Kind{rds.KindAttribute},
			Good:     "<State>active</State>", Bad: `<State type="string">active</State>`,
			applies: rdsDocument,
		},
		{
			ID: "rds.xml.empty-attribute", Level: Must,
			Sentence: "An empty element has no attribute: no xsi:nil, for one.",
			Why:      "The SDK for JavaScript fails on it; the others hand over an empty text where nothing was meant.",
			Evidence: []Evidence{model(modelRDS, "no member is an attribute"), clients("rds-xsi-nil", "")},
			Kinds:    []wire.Kind{rds.KindEmptyAttribute},
			Variants: []string{"rds-xsi-nil"},
			Good:     "(no CurrencyCode)", Bad: `<CurrencyCode xsi:nil="true"/>`,
			applies: rdsDocument,
		},
		{
			ID: "rds.xml.comment-in-text", Level: Must,
			Sentence: "No comment or processing instruction stands inside a text.",
			Why:      "The SDK for Go fails on it.",
			Evidence: []Evidence{recording(goldenRDS, "none"), clients("rds-comment", "Go fails")},
			Kinds:    []wire.Kind{rds.KindCommentInText},
			Good:     "<ProductDescription>mysql</ProductDescription>", Bad: "<ProductDescription>my<!-- TODO -->sql</ProductDescription>",
			applies: rdsDocument,
		},
		{
			ID: "rds.xml.text-between", Level: Should,
			Sentence: "Only white space stands between the members of a structure and the items of a list.",
			Why:      "No SDK looks at such text, so what it says is lost.",
			Evidence: []Evidence{standard(queryXML, "a structure is an element of its members' elements")},
			Kinds:    []wire.Kind{rds.KindTextBetween},
			Good:     "<RecurringCharges/>", Bad: "<RecurringCharges>none</RecurringCharges>",
			applies: rdsDocument,
		},
	}
}

// atRoot reports whether a finding is about the root element.
func atRoot(f wire.Finding) bool { return strings.Count(f.Path, "/") == 1 }

// bodied narrows a scope to responses with a body.
func bodied(scope func(*Reading) bool) func(*Reading) bool {
	return func(r *Reading) bool { return r.Exchange.Response.Body != "" && scope(r) }
}

// syntax makes a look for a document that breaks one of these rules of its
// syntax.
func syntax(sentinels ...error) func(*Reading) []Difference {
	return func(r *Reading) []Difference {
		for _, s := range sentinels {
			if errors.Is(r.Problem, s) {
				return syntaxDifference(r)
			}
		}
		return nil
	}
}

// malformed looks for all that syntax rules without a row of their own say.
func malformed(r *Reading) []Difference {
	for _, s := range []error{wire.ErrEmpty, wire.ErrInvalidUTF8, xmlwire.ErrEncoding, xmlwire.ErrDoctype} {
		if errors.Is(r.Problem, s) {
			return nil
		}
	}
	return syntaxDifference(r)
}

func syntaxDifference(r *Reading) []Difference {
	var e *wire.SyntaxError
	if !errors.As(r.Problem, &e) {
		return nil
	}
	got := e.Err.Error()
	if e.What != "" {
		got += ": " + e.What
	}
	body := r.Exchange.Response.Body
	if e.Offset < len(body) {
		got += ", at " + wire.Quote(body[e.Offset:])
	}
	want := "well-formed XML"
	if e.Format == wire.JSON {
		want = "well-formed JSON"
	}
	return []Difference{{Part: wire.Body, Path: e.Path, Offset: r.Offset(wire.Body, e.Path, e.Offset), Want: want, Got: got}}
}

// contentTypeList looks for a second media type in one header line.
func contentTypeList(r *Reading) []Difference {
	v, _ := r.Exchange.Response.Headers.Get("Content-Type")
	if strings.Contains(v, ",") && !r.has(wire.KindContentType) {
		return []Difference{r.header("Content-Type", "one media type", wire.Quote(v))}
	}
	return nil
}

func foreignCharset(r *Reading) []Difference {
	v, _ := r.Exchange.Response.Headers.Get("Content-Type")
	for _, p := range strings.Split(v, ";")[1:] {
		name, value, _ := strings.Cut(p, "=")
		if !strings.EqualFold(strings.TrimSpace(name), "charset") {
			continue
		}
		value = strings.TrimSpace(value)
		if unquoted, err := strconv.Unquote(value); err == nil {
			value = unquoted
		}
		if !strings.EqualFold(value, "utf-8") && !strings.EqualFold(value, "us-ascii") {
			return []Difference{r.header("Content-Type", "charset=UTF-8, or none", wire.Quote(value))}
		}
	}
	return nil
}
