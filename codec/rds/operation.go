package rds

import "fmt"

// Operation is one of the three operations. Its value is stable within a
// process only; its name is what travels.
type Operation uint8

// The operations. botocore rds/2014-10-31, "operations".
const (
	DescribeReservedDBInstancesOfferings Operation = iota + 1
	PurchaseReservedDBInstancesOffering
	DescribeReservedDBInstances
)

// Operations lists the operations in the order of the documentation.
func Operations() []Operation {
	return []Operation{DescribeReservedDBInstancesOfferings, PurchaseReservedDBInstancesOffering, DescribeReservedDBInstances}
}

var operationNames = [...]string{
	DescribeReservedDBInstancesOfferings: "DescribeReservedDBInstancesOfferings",
	PurchaseReservedDBInstancesOffering:  "PurchaseReservedDBInstancesOffering",
	DescribeReservedDBInstances:          "DescribeReservedDBInstances",
}

// String gives the operation's name: the value of Action.
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

// Input is what an operation is called with: a pointer to one of the three
// Input structs.
type Input interface {
	Operation() Operation
	resetInput() // empties it, keeping what its lists have room for
}

// Output is what an operation answers on success: a pointer to one of the three
// Output structs.
type Output interface {
	Operation() Operation
	resetOutput() // empties it, keeping what its lists have room for
}

// NewInput returns an empty input of the operation.
func (o Operation) NewInput() Input {
	switch o {
	case DescribeReservedDBInstancesOfferings:
		return new(DescribeReservedDBInstancesOfferingsInput)
	case PurchaseReservedDBInstancesOffering:
		return new(PurchaseReservedDBInstancesOfferingInput)
	case DescribeReservedDBInstances:
		return new(DescribeReservedDBInstancesInput)
	}
	panic("rds: BUG: no input of " + o.String())
}

// NewOutput returns an empty output of the operation.
func (o Operation) NewOutput() Output {
	switch o {
	case DescribeReservedDBInstancesOfferings:
		return new(DescribeReservedDBInstancesOfferingsOutput)
	case PurchaseReservedDBInstancesOffering:
		return new(PurchaseReservedDBInstancesOfferingOutput)
	case DescribeReservedDBInstances:
		return new(DescribeReservedDBInstancesOutput)
	}
	panic("rds: BUG: no output of " + o.String())
}
