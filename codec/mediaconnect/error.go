package mediaconnect

import (
	"fmt"

	"wireproof/codec/wire"
)

// Error is an error response.
type Error struct {
	// Code is the error's type, such as NotFoundException, without the namespace
	// before it and the URI behind it. It travels in the header X-Amzn-ErrorType,
	// in the member code or in the member __type.
	Code wire.Opt[string] `json:"code,omitzero"`
	// Message is for people. The one required member of every error.
	Message wire.Opt[string] `json:"message,omitzero"`
	// RequestID is the header x-amzn-RequestId.
	RequestID wire.Opt[string] `json:"requestId,omitzero"`
	// Status is the HTTP status, or 0 where it is not known. Clients do not use
	// it to tell errors apart.
	Status int `json:"-"`
	// Unknown are members of the body that no model names.
	Unknown []wire.Unknown `json:"-"`
}

// Error gives the error on one line.
func (e *Error) Error() string {
	return fmt.Sprintf("mediaconnect: %s: %s (status %d, request id %s)", e.Code.Or("no type"), e.Message.Or("no message"), e.Status, e.RequestID.Or("none"))
}

// Is lets errors.Is compare with one of the shapes of this package, by Code.
func (e *Error) Is(target error) bool {
	s, ok := target.(*wire.ErrorShape)
	return ok && e.Code.IsPresent() && e.Code.Value == s.Code
}

// Shape returns the modeled or common error with this Code, or nil.
func (e *Error) Shape() *wire.ErrorShape { return ShapeOf(e.Code.Or("")) }

// reset empties e and keeps the capacity of its list.
func (e *Error) reset() { *e = Error{Unknown: e.Unknown[:0]} }

// The modeled errors. botocore mediaconnect/2018-11-14, "shapes"; WIRE.md
// section A.8.
var (
	BadRequestException          = &wire.ErrorShape{Name: "BadRequestException", Code: "BadRequestException", Status: 400, Sender: true}
	ForbiddenException           = &wire.ErrorShape{Name: "ForbiddenException", Code: "ForbiddenException", Status: 403, Sender: true}
	NotFoundException            = &wire.ErrorShape{Name: "NotFoundException", Code: "NotFoundException", Status: 404, Sender: true}
	TooManyRequestsException     = &wire.ErrorShape{Name: "TooManyRequestsException", Code: "TooManyRequestsException", Status: 429, Sender: true, Retryable: true}
	InternalServerErrorException = &wire.ErrorShape{Name: "InternalServerErrorException", Code: "InternalServerErrorException", Status: 500, Retryable: true}
	ServiceUnavailableException  = &wire.ErrorShape{Name: "ServiceUnavailableException", Code: "ServiceUnavailableException", Status: 503, Retryable: true}
)

// The errors that answer a request before it reaches an operation, with the
// statuses of AWS's template of common errors and those measured clients were
// given. Which of them MediaConnect really sends is not established. WIRE.md
// section A.8.
var (
	AccessDeniedException               = &wire.ErrorShape{Code: "AccessDeniedException", Status: 403, Sender: true}
	ExpiredTokenException               = &wire.ErrorShape{Code: "ExpiredTokenException", Status: 403, Sender: true}
	IncompleteSignature                 = &wire.ErrorShape{Code: "IncompleteSignature", Status: 403, Sender: true}
	InternalFailure                     = &wire.ErrorShape{Code: "InternalFailure", Status: 500}
	InvalidSignatureException           = &wire.ErrorShape{Code: "InvalidSignatureException", Status: 403, Sender: true}
	MalformedHttpRequestException       = &wire.ErrorShape{Code: "MalformedHttpRequestException", Status: 400, Sender: true}
	MissingAuthenticationTokenException = &wire.ErrorShape{Code: "MissingAuthenticationTokenException", Status: 403, Sender: true}
	NotAuthorized                       = &wire.ErrorShape{Code: "NotAuthorized", Status: 401, Sender: true}
	OptInRequired                       = &wire.ErrorShape{Code: "OptInRequired", Status: 403, Sender: true}
	RequestAbortedException             = &wire.ErrorShape{Code: "RequestAbortedException", Status: 400, Sender: true}
	RequestEntityTooLargeException      = &wire.ErrorShape{Code: "RequestEntityTooLargeException", Status: 413, Sender: true}
	RequestExpired                      = &wire.ErrorShape{Code: "RequestExpired", Status: 400, Sender: true}
	RequestTimeoutException             = &wire.ErrorShape{Code: "RequestTimeoutException", Status: 408, Sender: true}
	ServiceUnavailable                  = &wire.ErrorShape{Code: "ServiceUnavailable", Status: 503}
	ThrottlingException                 = &wire.ErrorShape{Code: "ThrottlingException", Status: 400, Sender: true, Retryable: true}
	UnrecognizedClientException         = &wire.ErrorShape{Code: "UnrecognizedClientException", Status: 403, Sender: true}
	UnknownOperationException           = &wire.ErrorShape{Code: "UnknownOperationException", Status: 404, Sender: true}
	ValidationError                     = &wire.ErrorShape{Code: "ValidationError", Status: 400, Sender: true}
)

// ModeledErrors lists the errors of the model by status.
func ModeledErrors() []*wire.ErrorShape {
	return []*wire.ErrorShape{BadRequestException, ForbiddenException, NotFoundException, TooManyRequestsException,
		InternalServerErrorException, ServiceUnavailableException}
}

// CommonErrors lists the errors that any operation can answer.
func CommonErrors() []*wire.ErrorShape {
	return []*wire.ErrorShape{AccessDeniedException, ExpiredTokenException, IncompleteSignature, InternalFailure,
		InvalidSignatureException, MalformedHttpRequestException, MissingAuthenticationTokenException, NotAuthorized,
		OptInRequired, RequestAbortedException, RequestEntityTooLargeException, RequestExpired, RequestTimeoutException,
		ServiceUnavailable, ThrottlingException, UnrecognizedClientException, UnknownOperationException, ValidationError}
}

// ShapeOf returns the modeled or common error with this Code, or nil.
func ShapeOf(code string) *wire.ErrorShape {
	for _, s := range ModeledErrors() {
		if s.Code == code {
			return s
		}
	}
	for _, s := range CommonErrors() {
		if s.Code == code {
			return s
		}
	}
	return nil
}

// NewError makes the error that a server answers for a shape.
func NewError(shape *wire.ErrorShape, message, requestID string) *Error {
	return &Error{
		Code: wire.Some(shape.Code), Message: wire.Some(message),
		RequestID: wire.Some(requestID), Status: shape.Status,
	}
}
