package mediaconnect

import (
	"fmt"

	"wireproof/codec/wire"
)

// Operation is one of the five operations. Its value is stable within a process
// only.
type Operation uint8

// The operations. botocore mediaconnect/2018-11-14, "operations".
const (
	ListOfferings Operation = iota + 1
	DescribeOffering
	PurchaseOffering
	ListReservations
	DescribeReservation
)

// Operations lists the operations, those on offerings first.
func Operations() []Operation {
	return []Operation{ListOfferings, DescribeOffering, PurchaseOffering, ListReservations, DescribeReservation}
}

var operationNames = [...]string{
	ListOfferings:       "ListOfferings",
	DescribeOffering:    "DescribeOffering",
	PurchaseOffering:    "PurchaseOffering",
	ListReservations:    "ListReservations",
	DescribeReservation: "DescribeReservation",
}

// String gives the operation's name. It is not on the wire.
func (o Operation) String() string {
	if o == 0 || int(o) >= len(operationNames) {
		return fmt.Sprintf("Operation(%d)", uint8(o))
	}
	return operationNames[o]
}

// ParseOperation finds an operation by its name, exact in case.
func ParseOperation(name string) (Operation, bool) {
	for _, o := range Operations() {
		if operationNames[o] == name {
			return o, true
		}
	}
	return 0, false
}

// Method is the HTTP method of the operation. WIRE.md section A.2.
func (o Operation) Method() string {
	if o == PurchaseOffering {
		return "POST"
	}
	return "GET"
}

// SuccessStatus is the HTTP status of a successful response. WIRE.md section A.2.
func (o Operation) SuccessStatus() int {
	if o == PurchaseOffering {
		return 201
	}
	return 200
}

// resource is the second segment of the operation's path.
func (o Operation) resource() string {
	if o == ListReservations || o == DescribeReservation {
		return "reservations"
	}
	return "offerings"
}

// hasLabel reports whether the path ends in an ARN.
func (o Operation) hasLabel() bool { return o != ListOfferings && o != ListReservations }

// hasBody reports whether the operation's request has a body.
func (o Operation) hasBody() bool { return o == PurchaseOffering }

// Input is what an operation is called with: a pointer to one of the five Input
// structs.
type Input interface {
	Operation() Operation
	resetInput() // empties it, keeping what its lists have room for
}

// Output is what an operation answers on success: a pointer to one of the five
// Output structs.
type Output interface {
	Operation() Operation
	resetOutput() // empties it, keeping what its lists have room for
	metadata() *Metadata
}

// NewInput returns an empty input of the operation.
func (o Operation) NewInput() Input {
	switch o {
	case ListOfferings:
		return new(ListOfferingsInput)
	case DescribeOffering:
		return new(DescribeOfferingInput)
	case PurchaseOffering:
		return new(PurchaseOfferingInput)
	case ListReservations:
		return new(ListReservationsInput)
	case DescribeReservation:
		return new(DescribeReservationInput)
	}
	panic("mediaconnect: BUG: no input of " + o.String())
}

// NewOutput returns an empty output of the operation.
func (o Operation) NewOutput() Output {
	switch o {
	case ListOfferings:
		return new(ListOfferingsOutput)
	case DescribeOffering:
		return new(DescribeOfferingOutput)
	case PurchaseOffering:
		return new(PurchaseOfferingOutput)
	case ListReservations:
		return new(ListReservationsOutput)
	case DescribeReservation:
		return new(DescribeReservationOutput)
	}
	panic("mediaconnect: BUG: no output of " + o.String())
}

// Errors lists the modeled errors of the operation. WIRE.md section A.8.
func (o Operation) Errors() []*wire.ErrorShape {
	switch o {
	case ListOfferings, ListReservations:
		return []*wire.ErrorShape{BadRequestException, TooManyRequestsException, InternalServerErrorException, ServiceUnavailableException}
	case DescribeOffering, DescribeReservation:
		return []*wire.ErrorShape{BadRequestException, NotFoundException, TooManyRequestsException, InternalServerErrorException, ServiceUnavailableException}
	case PurchaseOffering:
		return ModeledErrors()
	}
	return nil
}
