package rds_test

import (
	"errors"
	"fmt"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

const answer = `<PurchaseReservedDBInstancesOfferingResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/">
  <PurchaseReservedDBInstancesOfferingResult>
    <ReservedDBInstance>
      <ReservedDBInstanceId>myreservationID</ReservedDBInstanceId>
      <MultiAZ>TRUE</MultiAZ>
      <FixedPrice>123.0</FixedPrice>
    </ReservedDBInstance>
  </PurchaseReservedDBInstancesOfferingResult>
  <ResponseMetadata>
    <RequestId>7f099901-29cf-11e1-bd06-6fe008f046c3</RequestId>
  </ResponseMetadata>
</PurchaseReservedDBInstancesOfferingResponse>`

// Reading a response gives the value and says where it departs from the wire
// format, and how much that matters.
func ExampleDecoder_DecodeBody() {
	var d rds.Decoder
	var out rds.PurchaseReservedDBInstancesOfferingOutput
	if err := d.DecodeBody(answer, &out); err != nil {
		fmt.Println(err)
		return
	}
	r := out.ReservedDBInstance.Value
	fmt.Println(r.ReservedDBInstanceId.Value, r.FixedPrice.Value, r.State.IsPresent())
	for _, f := range d.Findings() {
		fmt.Println(f.Level, f.Kind, f.Want, "not", f.Got)
	}
	// Output:
	// myreservationID 123 false
	// split boolean.form true or false not "TRUE"
}

// An error response comes back as an error that errors.Is knows.
func ExampleDecoder_DecodeResponse() {
	resp, _ := rds.Encoder{}.EncodeError(rds.NewError(rds.ReservedDBInstanceAlreadyExistsFault, "It is taken.", "7f099901"))
	var d rds.Decoder
	err := d.DecodeResponse(&resp, new(rds.PurchaseReservedDBInstancesOfferingOutput))
	fmt.Println(errors.Is(err, rds.ReservedDBInstanceAlreadyExistsFault))
	fmt.Println(err)
	// Output:
	// true
	// rds: ReservedDBInstanceAlreadyExists: It is taken. (status 404, request id 7f099901)
}

// Writing a response needs the members that are to be there and nothing else.
func ExampleEncoder_AppendBody() {
	out := &rds.DescribeReservedDBInstancesOutput{
		ReservedDBInstances: wire.Some([]rds.ReservedDBInstance{{
			State:            wire.Some("active"),
			RecurringCharges: wire.Some([]rds.RecurringCharge{}),
		}}),
	}
	out.RequestID = wire.Some("c695119b-2961-11e1-bd06-6fe008f046c3")
	body, err := rds.Encoder{Version: "2012-04-23", Indent: true}.AppendBody(nil, out)
	if err != nil {
		fmt.Println(err)
	}
	fmt.Print(string(body))
	// Output:
	// <DescribeReservedDBInstancesResponse xmlns="http://rds.amazonaws.com/doc/2012-04-23/">
	//   <DescribeReservedDBInstancesResult>
	//     <ReservedDBInstances>
	//       <ReservedDBInstance>
	//         <RecurringCharges/>
	//         <State>active</State>
	//       </ReservedDBInstance>
	//     </ReservedDBInstances>
	//   </DescribeReservedDBInstancesResult>
	//   <ResponseMetadata>
	//     <RequestId>c695119b-2961-11e1-bd06-6fe008f046c3</RequestId>
	//   </ResponseMetadata>
	// </DescribeReservedDBInstancesResponse>
}
