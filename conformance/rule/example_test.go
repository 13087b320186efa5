package rule_test

import (
	"fmt"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
	"wireproof/conformance/rule"
)

// An emulator written in Python answers True for true.
func ExampleBook_Judge() {
	out := &rds.PurchaseReservedDBInstancesOfferingOutput{}
	out.ReservedDBInstance.Set(rds.ReservedDBInstance{MultiAZ: wire.Some(true)})
	response, err := rds.Encoder{}.EncodeResponse(out, "c695119b-2961-11e1-bd06-6fe008f046c3")
	if err != nil {
		panic(err)
	}
	response.Body = "<PurchaseReservedDBInstancesOfferingResponse xmlns=\"http://rds.amazonaws.com/doc/2014-10-31/\">" +
		"<PurchaseReservedDBInstancesOfferingResult><ReservedDBInstance><MultiAZ>True</MultiAZ></ReservedDBInstance></PurchaseReservedDBInstancesOfferingResult>" +
		"<ResponseMetadata><RequestId>c695119b-2961-11e1-bd06-6fe008f046c3</RequestId></ResponseMetadata></PurchaseReservedDBInstancesOfferingResponse>"

	x := &exchange.Exchange{Received: string(exchange.AppendResponse(nil, &response))}
	x.Response, err = exchange.ParseResponse(x.Received)
	if err != nil {
		panic(err)
	}
	book, err := rule.New()
	if err != nil {
		panic(err)
	}
	reading := rule.Read(x, rule.Hint{Service: rule.RDS, Operation: "PurchaseReservedDBInstancesOffering"})
	for _, check := range book.Judge(reading) {
		if check.Verdict != rule.Fail {
			continue
		}
		d := check.Differences[0]
		fmt.Println(check.ID, "at", d.Path)
		fmt.Println("want", d.Want+", got", d.Got)
		fmt.Println("boto3", check.Clients["boto3"])
	}
	// Output:
	// rds.members.boolean at /PurchaseReservedDBInstancesOfferingResponse/PurchaseReservedDBInstancesOfferingResult/ReservedDBInstance/MultiAZ
	// want true or false, got "True"
	// boto3 reads false
}
