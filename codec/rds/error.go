package rds

import (
	"fmt"

	"wireproof/codec/wire"
)

// Error is an error response: what /ErrorResponse/Error holds.
type Error struct {
	// Type is Sender or Receiver.
	Type wire.Opt[string] `json:",omitzero"`
	// Code selects the error; it is compared as it is, white space included, as
	// all measured clients do.
	Code    wire.Opt[string] `json:",omitzero"`
	Message wire.Opt[string] `json:",omitzero"`
	// RequestID is /ErrorResponse/RequestId.
	RequestID wire.Opt[string] `json:"RequestId,omitzero"`
	// Status is the HTTP status, or 0 where it is not known. Clients do not use
	// it to tell errors apart.
	Status int `json:"-"`
	// Unknown are children of Error that awsQuery does not name.
	Unknown []wire.Unknown `json:"-"`
}

// Error gives the error on one line.
func (e *Error) Error() string {
	return fmt.Sprintf("rds: %s: %s (status %d, request id %s)", e.Code.Or("no code"), e.Message.Or("no message"), e.Status, e.RequestID.Or("none"))
}

// Is lets errors.Is compare with one of the shapes of this package, by Code.
func (e *Error) Is(target error) bool {
	s, ok := target.(*wire.ErrorShape)
	return ok && e.Code.IsPresent() && e.Code.Value == s.Code
}

// Shape returns the modeled or common error with this Code, or nil.
func (e *Error) Shape() *wire.ErrorShape { return ShapeOf(e.Code.Or("")) }

// The modeled errors. The code on the wire is the shape's name without Fault.
// botocore rds/2014-09-01 spells codes and statuses out; all sources agree on
// 404 for AlreadyExists. WIRE.md section B.15.
var (
	ReservedDBInstancesOfferingNotFoundFault = &wire.ErrorShape{Name: "ReservedDBInstancesOfferingNotFoundFault", Code: "ReservedDBInstancesOfferingNotFound", Status: 404, Sender: true}
	ReservedDBInstanceAlreadyExistsFault     = &wire.ErrorShape{Name: "ReservedDBInstanceAlreadyExistsFault", Code: "ReservedDBInstanceAlreadyExists", Status: 404, Sender: true}
	ReservedDBInstanceQuotaExceededFault     = &wire.ErrorShape{Name: "ReservedDBInstanceQuotaExceededFault", Code: "ReservedDBInstanceQuotaExceeded", Status: 400, Sender: true}
	ReservedDBInstanceNotFoundFault          = &wire.ErrorShape{Name: "ReservedDBInstanceNotFoundFault", Code: "ReservedDBInstanceNotFound", Status: 404, Sender: true}
)

// The common errors of query services, with the statuses of the template of
// 2012 to 2014 and the two codes that were seen live (AccessDenied, Throttling).
// WIRE.md section B.16.
var (
	AccessDenied                = &wire.ErrorShape{Code: "AccessDenied", Status: 403, Sender: true}
	ExpiredToken                = &wire.ErrorShape{Code: "ExpiredToken", Status: 403, Sender: true}
	IncompleteSignature         = &wire.ErrorShape{Code: "IncompleteSignature", Status: 400, Sender: true}
	InternalFailure             = &wire.ErrorShape{Code: "InternalFailure", Status: 500}
	InvalidAction               = &wire.ErrorShape{Code: "InvalidAction", Status: 400, Sender: true}
	InvalidClientTokenId        = &wire.ErrorShape{Code: "InvalidClientTokenId", Status: 403, Sender: true}
	InvalidParameterCombination = &wire.ErrorShape{Code: "InvalidParameterCombination", Status: 400, Sender: true}
	InvalidParameterValue       = &wire.ErrorShape{Code: "InvalidParameterValue", Status: 400, Sender: true}
	InvalidQueryParameter       = &wire.ErrorShape{Code: "InvalidQueryParameter", Status: 400, Sender: true}
	MalformedQueryString        = &wire.ErrorShape{Code: "MalformedQueryString", Status: 404, Sender: true}
	MissingAction               = &wire.ErrorShape{Code: "MissingAction", Status: 400, Sender: true}
	MissingAuthenticationToken  = &wire.ErrorShape{Code: "MissingAuthenticationToken", Status: 403, Sender: true}
	MissingParameter            = &wire.ErrorShape{Code: "MissingParameter", Status: 400, Sender: true}
	NotAuthorized               = &wire.ErrorShape{Code: "NotAuthorized", Status: 400, Sender: true}
	OptInRequired               = &wire.ErrorShape{Code: "OptInRequired", Status: 403, Sender: true}
	RequestExpired              = &wire.ErrorShape{Code: "RequestExpired", Status: 400, Sender: true}
	ServiceUnavailable          = &wire.ErrorShape{Code: "ServiceUnavailable", Status: 503}
	SignatureDoesNotMatch       = &wire.ErrorShape{Code: "SignatureDoesNotMatch", Status: 403, Sender: true}
	Throttling                  = &wire.ErrorShape{Code: "Throttling", Status: 400, Sender: true, Retryable: true}
	ValidationError             = &wire.ErrorShape{Code: "ValidationError", Status: 400, Sender: true}
)

// CommonErrors lists the errors that any operation can answer.
func CommonErrors() []*wire.ErrorShape {
	return []*wire.ErrorShape{AccessDenied, ExpiredToken, IncompleteSignature, InternalFailure, InvalidAction,
		InvalidClientTokenId, InvalidParameterCombination, InvalidParameterValue, InvalidQueryParameter,
		MalformedQueryString, MissingAction, MissingAuthenticationToken, MissingParameter, NotAuthorized,
		OptInRequired, RequestExpired, ServiceUnavailable, SignatureDoesNotMatch, Throttling, ValidationError}
}

// Errors lists the modeled errors of the operation.
func (o Operation) Errors() []*wire.ErrorShape {
	switch o {
	case DescribeReservedDBInstancesOfferings:
		return []*wire.ErrorShape{ReservedDBInstancesOfferingNotFoundFault}
	case PurchaseReservedDBInstancesOffering:
		return []*wire.ErrorShape{ReservedDBInstanceAlreadyExistsFault, ReservedDBInstancesOfferingNotFoundFault, ReservedDBInstanceQuotaExceededFault}
	case DescribeReservedDBInstances:
		return []*wire.ErrorShape{ReservedDBInstanceNotFoundFault}
	}
	return nil
}

// ShapeOf returns the modeled or common error with this Code, or nil.
func ShapeOf(code string) *wire.ErrorShape {
	for _, o := range Operations() {
		for _, s := range o.Errors() {
			if s.Code == code {
				return s
			}
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
	fault := "Receiver"
	if shape.Sender {
		fault = "Sender"
	}
	return &Error{
		Type: wire.Some(fault), Code: wire.Some(shape.Code), Message: wire.Some(message),
		RequestID: wire.Some(requestID), Status: shape.Status,
	}
}
