package querywire_test

import (
	"fmt"

	"wireproof/codec/querywire"
	"wireproof/codec/wire"
)

func ExampleReader() {
	var r querywire.Reader
	r.Reset("Action=DescribeReservedDBInstances&OfferingType=Medium+Utilization&Marker=100%", wire.Body)
	var p querywire.Pair
	for r.Next(&p) {
		fmt.Printf("%d %s=%q\n", p.NameOffset, p.Name, p.Value)
	}
	for _, f := range r.Findings() {
		fmt.Println(f)
	}
	// Output:
	// 0 Action="DescribeReservedDBInstances"
	// 35 OfferingType="Medium Utilization"
	// 67 Marker="100%"
	// query.plus-as-space: OfferingType at body offset 54: want %20, got +
	// query.bad-escape: Marker at body offset 77: want % and two hexadecimal digits, got "%"
}

func ExampleWriter() {
	var w querywire.Writer
	w.Pair("Action", "DescribeReservedDBInstances")
	w.Pair("OfferingType", "Medium Utilization")
	fmt.Println(string(w.Buf))
	// Output: Action=DescribeReservedDBInstances&OfferingType=Medium%20Utilization
}

func ExampleCutItem() {
	item, n, rest, _, ok := querywire.CutItem("Filter.2.Values.Value.10")
	fmt.Println(item, n, rest, ok)
	// Output: Filter 2 Values.Value.10 true
}
