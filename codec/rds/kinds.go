package rds

import "wireproof/codec/wire"

// The kinds of findings about responses, besides those of package wire. What
// the measured clients did stands in fixtures/reactions.
const (
	// KindBOM: a byte order mark before the document. JavaScript fails on it.
	KindBOM wire.Kind = "xml.bom"
	// KindPrefix: an element name with a namespace prefix. JavaScript does not
	// recognise it and hands over nothing.
	KindPrefix wire.Kind = "xml.prefix"
	// KindNamespace: the root is in no namespace of RDS, or an element below it
	// declares one. No client looks.
	KindNamespace wire.Kind = "xml.namespace"
	// KindAttribute: an attribute that is no namespace declaration. No client
	// looks, unless the element is empty.
	KindAttribute wire.Kind = "xml.attribute"
	// KindEmptyAttribute: an attribute on an empty scalar, such as xsi:nil.
	// JavaScript fails on it.
	KindEmptyAttribute wire.Kind = "xml.attribute-on-empty"
	// KindCommentInText: a comment or processing instruction inside a scalar. Go
	// fails on it.
	KindCommentInText wire.Kind = "xml.comment-in-text"
	// KindElementInText: an element inside a scalar. Each client reads another
	// text.
	KindElementInText wire.Kind = "xml.element-in-text"
	// KindBlankText: a string of white space alone with a line feed in it.
	// JavaScript hands over an empty string.
	KindBlankText wire.Kind = "xml.blank-text"
	// KindTextBetween: text between the members of a structure or the items of a
	// list. No client looks.
	KindTextBetween wire.Kind = "xml.text-between"

	// KindRoot: the root is not named after the operation. No client looks.
	KindRoot wire.Kind = "envelope.root"
	// KindResultWrapper: no result wrapper. boto3 and Go fail, JavaScript hands
	// over nothing.
	KindResultWrapper wire.Kind = "envelope.result-wrapper"
	// KindMetadata: no ResponseMetadata with a RequestId. No client needs it.
	KindMetadata wire.Kind = "envelope.response-metadata"
	// KindErrorAsSuccess: an ErrorResponse with a status of success. boto3 and Go
	// fail, JavaScript hands over an empty success.
	KindErrorAsSuccess wire.Kind = "envelope.error-as-success"

	// KindItemName: a list item that is not named as the model names it. boto3
	// takes it, Go and JavaScript skip it.
	KindItemName wire.Kind = "list.item-name"
	// KindFlattened: members of an item directly in the list. boto3 makes an item
	// of them, Go and JavaScript skip them.
	KindFlattened wire.Kind = "list.flattened"

	// KindErrorEnvelope: an error that is not /ErrorResponse/Error.
	KindErrorEnvelope wire.Kind = "error.envelope"
	// KindErrorCode: no Code, an empty one, or one with white space around it.
	KindErrorCode wire.Kind = "error.code"
	// KindErrorShapeName: a Code that is the shape's name, with Fault. JavaScript
	// alone recognises it.
	KindErrorShapeName wire.Kind = "error.code-is-shape-name"
	// KindErrorType: a Type that is missing or not that of the error.
	KindErrorType wire.Kind = "error.type"
	// KindErrorMessage: no Message.
	KindErrorMessage wire.Kind = "error.message"
	// KindErrorRequestID: no RequestId, or one in another place.
	KindErrorRequestID wire.Kind = "error.request-id"
)
