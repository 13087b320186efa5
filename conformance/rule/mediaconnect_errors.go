package rule

import (
	"strconv"
	"strings"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/wire"
)

// mcErrorRules are about errors: how their type travels, what the body holds, and
// the status.
func mcErrorRules() []*Rule {
	const header = "X-Amzn-ErrorType: NotFoundException"
	return []*Rule{
		{
			ID: "mediaconnect.errors.type", Level: Must,
			Sentence: "An error says its type, in the header X-Amzn-ErrorType, or in the body's __type or code.",
			Why:      "Without it each client makes up a type: the status, Unknown, UnknownError.",
			Evidence: []Evidence{standard(restError, "one component tells which error it is"), clients("mcerr-none, mcerr-none-500, mcerr-hdr-empty", "")},
			Kinds:    []wire.Kind{mediaconnect.KindErrorTypeMissing, mediaconnect.KindErrorTypeEmpty},
			Good:     header, Bad: `(no such header) {"message":"..."}`,
			applies: mcFailed,
		},
		{
			ID: "mediaconnect.errors.type-header", Level: Must,
			Sentence: "The header X-Amzn-ErrorType says the type, whether the body does or not.",
			Why:      "Clients read the type in the body too; with a body that cannot be read only the header is left.",
			Evidence: []Evidence{standard(restError, "new servers must use the header"), recording(goldens+"/apigateway_get_rest_api.json, lambda_get_function.json, pinpoint_get_app.json", "")},
			Kinds:    []wire.Kind{mediaconnect.KindErrorTypeHeader},
			Good:     header, Bad: `{"__type":"NotFoundException","message":"..."}`,
			applies: mcFailed, claims: func(r *Reading, _ wire.Finding) bool { return !r.has(mediaconnect.KindErrorTypeEmpty) },
		},
		{
			ID: "mediaconnect.errors.type-form", Level: Note,
			Sentence: "The type is the shape's name alone, without a namespace before it or a URI behind it.",
			Why:      "Every client cuts both off.",
			Evidence: []Evidence{standard(restError, "new servers should send nothing but the shape's name"), clients("mcerr-hdr-uri, mcerr-hdr-ns", "read by all")},
			Kinds:    []wire.Kind{mediaconnect.KindErrorTypeForm},
			Variants: []string{"mcerr-hdr-uri", "mcerr-hdr-ns", "mcerr-hdr-ns-uri"},
			Good:     header, Bad: header + ":http://internal.amazon.com/coral/",
			applies: mcFailed,
		},
		{
			ID: "mediaconnect.errors.type-space", Level: Should,
			Sentence: "No white space follows the type in its header.",
			Why:      "It is no part of the value, but boto3 keeps it and does not recognise the error.",
			Evidence: []Evidence{clients("mcerr-hdr-spaces", "")},
			Variants: []string{"mcerr-hdr-spaces"},
			Good:     header, Bad: header + "  ",
			applies: mcFailed, look: spaceBehindType,
		},
		{
			ID: "mediaconnect.errors.type-case", Level: Must,
			Sentence: "The type is written in the model's case.",
			Why:      "Only the SDK for Go recognises it otherwise.",
			Evidence: []Evidence{standard(restError, "the value is the shape's name"), model(modelMC, "shape names"), clients("mcerr-hdr-casewrong", "")},
			Kinds:    []wire.Kind{mediaconnect.KindErrorTypeCase},
			Good:     header, Bad: "X-Amzn-ErrorType: notfoundexception",
			applies: mcFailed,
		},
		{
			ID: "mediaconnect.errors.type-once", Level: Must,
			Sentence: "There is one type in one header X-Amzn-ErrorType.",
			Why:      "boto3 takes a list for a name, the SDK for Go its first line, the SDK for JavaScript its first item.",
			Evidence: []Evidence{standard(restError, "the value is the shape's name"), clients("mcerr-hdr-comma, mcerr-hdr-twice", "")},
			Kinds:    []wire.Kind{mediaconnect.KindErrorTypeList},
			Good:     header, Bad: header + ",BadRequestException",
			applies: mcFailed,
		},
		{
			ID: "mediaconnect.errors.type-agrees", Level: Should,
			Sentence: "Where the body says a type as well, it is that of the header.",
			Why:      "SDKs take the header's, older programs the body's: two errors in one.",
			Evidence: []Evidence{clients("mcerr-hdr-vs-type", "the header counts")},
			Variants: []string{"mcerr-hdr-vs-type"},
			Good:     header + ` {"__type":"NotFoundException"}`, Bad: header + ` {"__type":"BadRequestException"}`,
			applies: mcError, look: typesDiffer,
		},
		{
			ID: "mediaconnect.errors.type-on-success", Level: Should,
			Sentence: "A success has no header X-Amzn-ErrorType.",
			Why:      "SDKs do not look; what stands between them and the service may take the answer for an error.",
			Evidence: []Evidence{standard(restError, "error responses have the additional component")},
			Kinds:    []wire.Kind{mediaconnect.KindErrorTypeOnSuccess},
			Good:     "HTTP/1.1 200 OK", Bad: "HTTP/1.1 200 OK ... " + header,
			applies: func(r *Reading) bool { return mcAnswer(r) && r.Error == nil && !r.Exchange.Response.IsError() },
		},
		{
			ID: "mediaconnect.errors.known", Level: Should,
			Sentence: "The type is one that the operation's model, AWS's common errors or Smithy's for malformed requests have.",
			Why:      "A program that handles what is documented does not handle it. Live services do answer other types now and then, so that this only warns.",
			Evidence: []Evidence{model(modelMC, "operations' errors"), document(docCommonNew, ""),
				test("Smithy restJson1 malformed requests", "what servers answer to what they cannot take")},
			Kinds: []wire.Kind{wire.KindErrorUnknown, wire.KindErrorUnmodeled},
			Good:  "ListOfferings: X-Amzn-ErrorType: BadRequestException", Bad: "ListOfferings: X-Amzn-ErrorType: ForbiddenException",
			applies: mcFailed, claims: typeUnknown,
		},
		{
			ID: "mediaconnect.errors.message", Level: Must,
			Sentence: "A modeled error has a message.",
			Why:      "It is the one member of every error, and what people are shown.",
			Evidence: []Evidence{model(modelMC, "message is required"), clients("mcerr-no-message, mcerr-null-message", "")},
			Kinds:    []wire.Kind{mediaconnect.KindErrorMessage},
			Good:     `{"message":"There is no such offering."}`, Bad: "{}",
			applies: mcError, claims: func(r *Reading, _ wire.Finding) bool { return modeled(r) },
		},
		{
			ID: "mediaconnect.errors.common-message", Level: Should,
			Sentence: "An error that is not modeled has a message too.",
			Why:      "It is what people are shown.",
			Evidence: []Evidence{recording(goldens, "every recorded error has one")},
			Kinds:    []wire.Kind{mediaconnect.KindErrorMessage},
			Good:     `{"message":"User is not authorized"}`, Bad: "{}",
			applies: mcError, claims: func(r *Reading, _ wire.Finding) bool { return !modeled(r) },
		},
		{
			ID: "mediaconnect.errors.message-name", Level: Must,
			Sentence: "A modeled error's member is named message, in lower case, and its type's code or __type.",
			Why:      "The measured clients also read Message, but beside a message not all take the same; __Type only the SDK for Go reads.",
			Evidence: []Evidence{model(modelMC, "locationName message"), clients("mcerr-Message, mcerr-both-messages, mcerr-Type-cap", "")},
			Kinds:    []wire.Kind{wire.KindCase},
			Good:     `{"message":"..."}`, Bad: `{"Message":"..."}`,
			applies: mcError, claims: func(r *Reading, f wire.Finding) bool { return modeled(r) || f.Level != wire.Departure },
		},
		{
			ID: "mediaconnect.errors.common-message-name", Level: Note,
			Sentence: "An error that is not modeled has message in lower case too.",
			Why:      "Real services differ: API Gateway writes message, Lambda Message.",
			Evidence: []Evidence{recording(goldens, "both spellings"), clients("mcerr-accessdenied, mcerr-Message", "read by all")},
			Kinds:    []wire.Kind{wire.KindCase},
			Variants: []string{"mcerr-accessdenied"},
			Good:     `{"message":"..."}`, Bad: `{"Message":"..."}`,
			applies: mcError, claims: func(r *Reading, f wire.Finding) bool { return !modeled(r) && f.Level == wire.Departure },
		},
		{
			ID: "mediaconnect.errors.status", Level: Must,
			Sentence: "A modeled error has the status that the model gives it.",
			Why:      "SDKs do not look, programs that speak HTTP themselves do.",
			Evidence: []Evidence{model(modelMC, "error.httpStatusCode"), document(docPurchaseMC+", Errors", "")},
			Kinds:    []wire.Kind{wire.KindStatus},
			Good:     "404 ... " + header, Bad: "400 ... " + header,
			applies: mcFailed, claims: modeledStatus,
		},
		{
			ID: "mediaconnect.errors.common-status", Level: Should,
			Sentence: "A common error has the status that AWS's list gives it.",
			Why:      "SDKs tell a request that is worth another try by it.",
			Evidence: []Evidence{document(docCommonNew, "")},
			Kinds:    []wire.Kind{wire.KindStatus},
			Good:     "403 ... X-Amzn-ErrorType: AccessDeniedException", Bad: "500 ... X-Amzn-ErrorType: AccessDeniedException",
			applies: mcFailed, claims: commonStatus,
		},
	}
}

// typeUnknown leaves out what another rule tells of, and the errors that Smithy's
// tests have servers answer although no model lists them.
func typeUnknown(r *Reading, _ wire.Finding) bool {
	switch r.Error.Code.Or("") {
	case "SerializationException", "ValidationException", "UnsupportedMediaTypeException", "NotAcceptableException":
		return false
	}
	return !r.has(mediaconnect.KindErrorTypeList)
}

func modeled(r *Reading) bool { return r.Error.Shape != nil && r.Error.Shape.Name != "" }

const errorTypeHeader = "X-Amzn-ErrorType"

func spaceBehindType(r *Reading) []Difference {
	v, _ := r.Exchange.Response.Headers.Get(errorTypeHeader)
	at := r.Offset(wire.Header, errorTypeHeader, 0)
	if v == "" || at < 0 {
		return nil
	}
	rest := r.Exchange.Response.Raw[at+len(v):]
	if rest == "" || rest[0] != ' ' && rest[0] != '\t' {
		return nil
	}
	return []Difference{{Kind: mediaconnect.KindErrorTypeForm, Part: wire.Header, Path: errorTypeHeader, Offset: at + len(v), Want: "the end of the line", Got: "white space"}}
}

// isType reports whether a member of an error's body is for its type.
func isType(name string) bool { return name == "__type" || name == "code" || name == "Code" }

// typesDiffer looks for a type in the body that was not needed and is another.
func typesDiffer(r *Reading) (differences []Difference) {
	code, ok := r.Error.Code.Get()
	if _, inHeader := r.Exchange.Response.Headers.Get(errorTypeHeader); !ok || !inHeader {
		return nil
	}
	for _, u := range r.Error.Unknown {
		if !isType(u.Name) {
			continue
		}
		name, err := strconv.Unquote(u.Raw)
		if err != nil {
			continue
		}
		name, _, _ = strings.Cut(name, ":")
		if _, after, ok := strings.Cut(name, "#"); ok {
			name = after
		}
		if name != code {
			differences = append(differences, r.at(pointer("", u.Name), code+", as in the header", wire.Quote(name)))
		}
	}
	return differences
}
