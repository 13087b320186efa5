package rule

import (
	"errors"

	"wireproof/codec/jsonwire"
	"wireproof/codec/mediaconnect"
	"wireproof/codec/wire"
)

func mediaConnectRules() []*Rule {
	var all []*Rule
	all = append(all, mcDocumentRules()...)
	all = append(all, mcMemberRules()...)
	all = append(all, mcErrorRules()...)
	return append(all, mcAnswerRules()...)
}

// mcDocumentRules are about the body as JSON, and how it is announced.
func mcDocumentRules() []*Rule {
	return []*Rule{
		{
			ID: "mediaconnect.headers.content-type", Level: Must,
			Sentence: "The media type is application/json.",
			Why:      "No SDK looks, but proxies, browsers and logging do, and so does whoever reads the answer by hand.",
			Evidence: []Evidence{standard(restType, "application/json by default"), document(docPurchaseMC+", Response Syntax", "Content-type: application/json"), recording(goldens, "all four of restJson1")},
			Kinds:    []wire.Kind{wire.KindContentType},
			Variants: []string{"mc-ct-text", "mc-ct-none", "mc-ct-amzjson", "mc-ct-xml"},
			Good:     "Content-Type: application/json", Bad: "Content-Type: application/x-amz-json-1.1",
			applies: bodied(mcAnswer), look: contentTypeList,
		},
		{
			ID: "mediaconnect.headers.charset", Level: Should,
			Sentence: "Where Content-Type has a charset, it is UTF-8.",
			Why:      "JSON has no such parameter; a reader that heeds it all the same reads other characters.",
			Evidence: []Evidence{standard("RFC 8259 sections 8.1 and 11", "JSON between systems is UTF-8, and no charset parameter is defined")},
			Good:     "Content-Type: application/json; charset=utf-8", Bad: "Content-Type: application/json; charset=iso-8859-1",
			applies: bodied(mcAnswer), look: foreignCharset,
		},
		{
			ID: "mediaconnect.status.success", Level: Must,
			Sentence: "A success has the operation's status: 201 of PurchaseOffering, 200 of the others.",
			Why:      "No SDK looks further than at 2xx; programs that speak HTTP themselves do.",
			Evidence: []Evidence{model(modelMC, "http.responseCode"), document(docPurchaseMC+", Response Syntax", "HTTP/1.1 201")},
			Kinds:    []wire.Kind{wire.KindStatus},
			Good:     "PurchaseOffering: HTTP/1.1 201 Created", Bad: "PurchaseOffering: HTTP/1.1 200 OK",
			applies: func(r *Reading) bool { return mcAnswer(r) && r.Error == nil && !r.Exchange.Response.IsError() },
		},
		{
			ID: "mediaconnect.body.present", Level: Must,
			Sentence: "The response has a document in its body.",
			Why:      "Every client hands over an empty success: a purchase without a reservation.",
			Evidence: []Evidence{standard(restJSON, "a structure is a JSON object"), test("Smithy restJson1 RestJsonGreetingWithErrors", "a server sends {} rather than nothing"), clients("mc-empty-body, mc-ws-body, mcerr-empty-body", "")},
			Kinds:    []wire.Kind{wire.KindEmptyBody},
			Good:     `{"offerings":[]}`, Bad: "Content-Length: 0",
			applies: mcAnswer,
		},
		{
			ID: "mediaconnect.json.well-formed", Level: Must,
			Sentence: "The body is one JSON text, in UTF-8 without a byte order mark.",
			Why:      "boto3 makes an empty success of a body that it cannot read; the SDK for Go overlooks what follows the document; the SDK for JavaScript fails.",
			Evidence: []Evidence{standard("RFC 8259 sections 2 to 8", "the grammar; UTF-8 and no byte order mark in section 8.1")},
			Variants: []string{"mc-truncated", "mc-trailing-garbage", "mc-trailing-comma", "mc-html-200", "mc-bom", "mc-string-badutf8", "mc-nan", "mc-ct-charset16",
				"mcerr-html-hdr", "mcerr-html-503", "mcerr-bom"},
			Good: `{"offerings":[]}`, Bad: `{"offerings":[],}`,
			applies: bodied(mcAnswer), look: syntaxDifference,
		},
		{
			ID: "mediaconnect.json.object", Level: Must,
			Sentence: "The document is a JSON object.",
			Why:      "Clients fail on anything else.",
			Evidence: []Evidence{standard(restJSON, "a structure is a JSON object"), clients("mc-body-array, mc-body-null, mcerr-body-array", "")},
			Kinds:    []wire.Kind{mediaconnect.KindNullBody, mediaconnect.KindType},
			Variants: []string{"mc-body-array", "mc-body-string", "mc-body-number", "mc-body-null"},
			Good:     `{"offerings":[]}`, Bad: "[]",
			applies: bodied(mcAnswer), look: shapeDifference,
			claims: func(_ *Reading, f wire.Finding) bool { return f.Kind != mediaconnect.KindType || wholeBody(f) },
		},
		{
			ID: "mediaconnect.json.duplicate-name", Level: Must,
			Sentence: "No object has two members with one name.",
			Why:      "The measured clients take the last; others take the first, or fail.",
			Evidence: []Evidence{standard("RFC 7493 section 2.3", "must not; RFC 8259 section 4 calls the result unpredictable")},
			Kinds:    []wire.Kind{mediaconnect.KindDuplicateName},
			Good:     `{"duration":12}`, Bad: `{"duration":1,"duration":12}`,
			applies: mcDocument,
		},
		{
			ID: "mediaconnect.json.surrogate", Level: Must,
			Sentence: "A string has no escape of a surrogate without its other half.",
			Why:      "Such a string is no text: the SDK for Go replaces it, the others hand over what cannot be encoded.",
			Evidence: []Evidence{standard("RFC 7493 section 2.1", "must not; RFC 8259 section 8.2 calls the result unpredictable"), clients("mc-string-lonesurrogate", "")},
			Kinds:    []wire.Kind{mediaconnect.KindLoneSurrogate},
			Good:     `"\ud83d\ude00"`, Bad: `"\ud83d"`,
			applies: mcDocument,
		},
	}
}

// shapeDifference looks for a document that no answer can be read from.
func shapeDifference(r *Reading) []Difference {
	var e *wire.ShapeError
	if !errors.As(r.Problem, &e) {
		return nil
	}
	return []Difference{{Kind: e.Kind, Part: e.Part, Path: e.Path, Offset: r.Offset(e.Part, e.Path, e.Offset), Want: e.Want, Got: e.Got}}
}

// pointer puts a path together.
func pointer(path, name string) string {
	return string(jsonwire.AppendPointerToken([]byte(path+"/"), name))
}
