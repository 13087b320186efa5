package mediaconnect

import "wireproof/codec/wire"

// The kinds of findings, besides those of the packages wire and querywire. What
// the measured clients did stands in fixtures/reactions.
const (
	// KindDuplicateName: an object has two members with one name; all clients take
	// the last. RFC 7493 section 2.3.
	KindDuplicateName wire.Kind = "json.duplicate-name"
	// KindLoneSurrogate: a string has an escape of a lone surrogate; it is read as
	// U+FFFD, which only the SDK for Go does. RFC 7493 section 2.1.
	KindLoneSurrogate wire.Kind = "json.lone-surrogate"
	// KindType: a value is of another JSON type than its member, or it is a number
	// and no integer. Clients fail, or each makes something else of it.
	KindType wire.Kind = "json.type"
	// KindNull: a member is null. It is as good as absent, and servers do not write
	// one. A required member that is null has this finding and not that of a
	// missing one, except in a request. Smithy test
	// RestJsonServersDontSerializeNullStructureValues.
	KindNull wire.Kind = "json.null-member"
	// KindNullElement: an element of a list is null. It is kept, marked Null.
	KindNullElement wire.Kind = "json.null-element"
	// KindNullBody: the document is null. It is read as an empty object, as the SDK
	// for Go does; the others fail.
	KindNullBody wire.Kind = "json.null-body"

	// KindErrorTypeMissing: an error says its type nowhere. Each client makes up
	// another.
	KindErrorTypeMissing wire.Kind = "error.type-missing"
	// KindErrorTypeHeader: an error says its type in the body and not in the header
	// X-Amzn-ErrorType. Smithy restJson1, "Operation error serialization".
	KindErrorTypeHeader wire.Kind = "error.type-header"
	// KindErrorTypeEmpty: the header X-Amzn-ErrorType or a member for the type is
	// empty, or has nothing but a namespace or a URI; the type is looked for in the
	// next place, as the SDK for Go does.
	KindErrorTypeEmpty wire.Kind = "error.type-empty"
	// KindErrorTypeForm: an error's type has a namespace, a URI or white space
	// around it, which is cut off.
	KindErrorTypeForm wire.Kind = "error.type-form"
	// KindErrorTypeCase: an error's type is a known one but for its case. Only the
	// SDK for Go knows it.
	KindErrorTypeCase wire.Kind = "error.type-case"
	// KindErrorTypeList: the header X-Amzn-ErrorType has a comma or came twice. The
	// first header counts, as a whole.
	KindErrorTypeList wire.Kind = "error.type-list"
	// KindErrorTypeOnSuccess: a successful response has the header
	// X-Amzn-ErrorType.
	KindErrorTypeOnSuccess wire.Kind = "error.type-on-success"
	// KindErrorMessage: an error has no message.
	KindErrorMessage wire.Kind = "error.message"

	// KindBodyOnGet: a GET with a body, which is not read.
	KindBodyOnGet wire.Kind = "request.body-on-get"
	// KindLabelEmpty: the ARN in the path is empty. boto3 sends that, the SDK for
	// Go refuses to.
	KindLabelEmpty wire.Kind = "label.empty"
	// KindLabelEscape: a percent sign without two hexadecimal digits in the ARN,
	// kept as it is.
	KindLabelEscape wire.Kind = "label.bad-escape"
	// KindLabelUTF8: the ARN is not UTF-8 once decoded.
	KindLabelUTF8 wire.Kind = "label.invalid-utf8"
	// KindLabelForm: the ARN is not escaped as the protocol escapes it, to the same
	// effect: a raw colon, an escaped letter, lower-case hexadecimal digits.
	KindLabelForm wire.Kind = "label.form"
)
