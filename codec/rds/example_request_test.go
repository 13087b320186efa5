package rds_test

import (
	"errors"
	"fmt"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// A server finds the operation, the members, and what is odd about the request.
func ExampleDecoder_DecodeRequest() {
	req := &wire.Request{
		Method: "GET",
		Path:   "/",
		Query:  "Action=PurchaseReservedDBInstancesOffering&ReservedDBInstancesOfferingId=438012d3&DBInstanceCount=01",
	}
	var d rds.Decoder
	in, err := d.DecodeRequest(req)
	var shape *wire.ShapeError
	if errors.As(err, &shape) {
		fmt.Println("no such action:", shape.Got)
		return
	}
	if in, ok := in.(*rds.PurchaseReservedDBInstancesOfferingInput); ok {
		fmt.Println(in.ReservedDBInstancesOfferingId.Value, in.DBInstanceCount.Or(1))
	}
	fmt.Println("answer as", d.Call().ReadAs)
	for _, f := range d.Findings() {
		fmt.Println(f)
	}
	// Output:
	// 438012d3 1
	// answer as 2012-04-23
	// member.required: Version at query offset 0: want a Version, got none
	// integer.form: DBInstanceCount at query offset 98: want a decimal integer, got "01"
}

func ExampleEncoder_EncodeRequest() {
	in := &rds.PurchaseReservedDBInstancesOfferingInput{
		ReservedDBInstancesOfferingId: wire.Some("438012d3"),
		Tags:                          wire.Some([]rds.Tag{{Key: wire.Some("cost center"), Value: wire.Some("7")}}),
	}
	req, err := rds.Encoder{}.EncodeRequest(in)
	fmt.Println(req.Method, req.Body, err)

	_, err = rds.Encoder{Version: rds.V20120423}.EncodeRequest(in)
	fmt.Println(errors.Is(err, wire.ErrValue))
	// Output:
	// POST Action=PurchaseReservedDBInstancesOffering&Version=2014-10-31&ReservedDBInstancesOfferingId=438012d3&Tags.Tag.1.Key=cost%20center&Tags.Tag.1.Value=7 <nil>
	// true
}
