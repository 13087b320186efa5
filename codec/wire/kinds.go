package wire

// The kinds of findings that more than one format or service has. What belongs
// to one alone is named in its own package.
const (
	// KindRequired: a member that the model requires is absent or null.
	KindRequired Kind = "member.required"
	// KindCase: a name that differs from a modeled one in case only.
	KindCase Kind = "member.case"
	// KindDuplicate: a member that comes more than once.
	KindDuplicate Kind = "member.duplicate"
	// KindVersion: a member that the API version does not have.
	KindVersion Kind = "member.version"

	// KindInteger: an integer that is not written in plain decimal.
	KindInteger Kind = "integer.form"
	// KindIntegerRange: an integer that does not fit 32 bits or the range of its
	// member.
	KindIntegerRange Kind = "integer.range"
	// KindBoolean: a boolean that is written neither true nor false.
	KindBoolean Kind = "boolean.form"
	// KindDouble: a double that is no decimal number.
	KindDouble Kind = "double.form"
	// KindTimestamp: a time that is not in the documented form.
	KindTimestamp Kind = "timestamp.form"
	// KindEnum: a value that is none of those that the model lists.
	KindEnum Kind = "enum.unknown"

	// KindErrorUnknown: an error's type is neither modeled nor common.
	KindErrorUnknown Kind = "error.unknown"
	// KindErrorUnmodeled: an error's type is modeled, but not for the operation.
	KindErrorUnmodeled Kind = "error.unmodeled"

	// KindEmptyBody: a body without a document where one belongs.
	KindEmptyBody Kind = "body.empty"
	// KindStatus: a status code that is not the operation's or the error's.
	KindStatus Kind = "http.status"
	// KindContentType: a media type that is not the protocol's, or none, or one
	// without a body.
	KindContentType Kind = "http.content-type"
	// KindRequestID: no x-amzn-RequestId header, or an empty one.
	KindRequestID Kind = "http.request-id"
	// KindMethod: a method that is not the operation's.
	KindMethod Kind = "http.method"

	// KindRoute is the kind of a [ShapeError]: no operation has this path.
	KindRoute Kind = "request.route"
	// KindUnknownParameter: a query parameter that the operation does not have.
	KindUnknownParameter Kind = "request.unknown-parameter"
)
