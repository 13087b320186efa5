package interop

import (
	"fmt"
	"math"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// requestTexts are what the strings of requests are made of.
var requestTexts = []struct {
	reason, text string
}{
	{"one letter", "a"},
	{"spaces", " a  b "},
	{"plus and percent", "1+1=%2B%20%"},
	{"every ASCII punctuation", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"},
	{"dot segments", "../..//./reservations"},
	{"an ARN", "arn:aws:mediaconnect:us-east-1:123456789012:offering:1-23aBC45dEF67hiJ8:My Offering/2"},
	{"already escaped", "a%2Fb%252F"},
	{"a form in itself", "a=1&Action=Other&b;c"},
	{"line ends and tabs", "\r\n\t"},
	{"beyond ASCII", "é e\u0301 日本 😀 \u2028"},
	{"a date with a fraction", "2020-03-05T23:30:00.5Z"},
	{"a start", "2020-03-05T23:30:00Z"},
	{"looks like null", "null"},
	{"looks like a number", "007"},
}

// requestRows are the inputs that requests are compared for.
func requestRows() []requestRow {
	rows := append(textRows(), numberRows()...)
	return append(append(rows, listRows()...), refusedRows()...)
}

func textRows() (rows []requestRow) {
	for _, in := range fullInputs() {
		rows = append(rows, requestRow{reason: "every member", in: in})
	}
	for _, out := range emptyOutputs() {
		rows = append(rows, requestRow{reason: "required members alone", in: minimalInput(out)})
	}
	for _, text := range requestTexts {
		for _, in := range inputsOf(always(text.text)) {
			rows = append(rows, requestRow{reason: text.reason, in: in})
		}
	}
	for _, in := range inputsOf(always("")) {
		row := requestRow{reason: "empty strings", in: in}
		switch in.(type) {
		case *mediaconnect.DescribeOfferingInput, *mediaconnect.PurchaseOfferingInput, *mediaconnect.DescribeReservationInput:
			row.refused = map[string]string{goSDK: "a label that is not empty", javascript: "a label that is not empty"}
		}
		rows = append(rows, row)
	}
	return append(rows, requestRow{reason: "empty strings in the body",
		in: &mediaconnect.PurchaseOfferingInput{OfferingArn: wire.Some("o"), ReservationName: wire.Some(""), Start: wire.Some("")}})
}

func numberRows() (rows []requestRow) {
	for _, n := range []int64{0, 1, 19, 20, 100, 101, 1000, 1001, -1, math.MaxInt32, math.MinInt32} {
		reason := fmt.Sprintf("the number %d", n)
		for _, in := range []any{
			&rds.DescribeReservedDBInstancesOfferingsInput{MaxRecords: wire.Some(n)},
			&rds.DescribeReservedDBInstancesInput{MaxRecords: wire.Some(n)},
			&rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: wire.Some("o"), DBInstanceCount: wire.Some(n)},
		} {
			rows = append(rows, requestRow{reason: reason, in: in})
		}
		for _, in := range []any{&mediaconnect.ListOfferingsInput{MaxResults: wire.Some(n)}, &mediaconnect.ListReservationsInput{MaxResults: wire.Some(n)}} {
			row := requestRow{reason: reason, in: in}
			if n < mediaconnect.MinMaxResults {
				row.refused = map[string]string{botocore: "a number of the least value"}
			}
			rows = append(rows, row)
		}
	}
	for _, b := range []bool{false, true} {
		rows = append(rows,
			requestRow{reason: fmt.Sprint(b), in: &rds.DescribeReservedDBInstancesOfferingsInput{MultiAZ: wire.Some(b)}},
			requestRow{reason: fmt.Sprint(b), in: &rds.DescribeReservedDBInstancesInput{MultiAZ: wire.Some(b)}})
	}
	return rows
}

func listRows() []requestRow {
	filter := func(name string, values ...string) rds.Filter {
		return rds.Filter{Name: wire.Some(name), Values: wire.Some(append([]string{}, values...))}
	}
	long := rds.Filter{Name: wire.Some("f"), Values: wire.Some([]string{})}
	for i := range 12 {
		long.Values.Value = append(long.Values.Value, fmt.Sprint("v", i))
	}
	tags := func(list ...rds.Tag) any {
		return &rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: wire.Some("o"), Tags: wire.Some(append([]rds.Tag{}, list...))}
	}
	var rows []requestRow
	for reason, filters := range map[string][]rds.Filter{
		"empty list":                              {},
		"empty list in a list":                    {filter("f")},
		"empty list between others":               {filter("f", "1"), filter("g"), filter("h", "2")},
		"empty strings in lists":                  {filter("", "", "")},
		"more than nine items, sorted as numbers": {long, filter("g", "1")},
		"the same item twice":                     {filter("f", "v", "v"), filter("f", "v", "v")},
		"one item":                                {filter("f", "v")},
	} {
		rows = append(rows,
			requestRow{reason: reason, in: &rds.DescribeReservedDBInstancesOfferingsInput{Filters: wire.Some(filters)}},
			requestRow{reason: reason, in: &rds.DescribeReservedDBInstancesInput{Filters: wire.Some(filters)}})
	}
	var many []rds.Tag
	for i := range 11 {
		many = append(many, rds.Tag{Key: wire.Some(fmt.Sprint("k", i)), Value: wire.Some(fmt.Sprint("v", i))})
	}
	return append(rows,
		requestRow{reason: "empty list", in: tags()},
		requestRow{reason: "a key alone", in: tags(rds.Tag{Key: wire.Some("k")})},
		requestRow{reason: "a value alone", in: tags(rds.Tag{Value: wire.Some("v")})},
		requestRow{reason: "empty key and value", in: tags(rds.Tag{Key: wire.Some(""), Value: wire.Some("")})},
		requestRow{reason: "more than nine items, sorted as numbers", in: tags(many...)},
		requestRow{reason: "an item without members", in: tags(rds.Tag{}), unwritten: "clients send nothing of it, so that it would come back as no list"},
	)
}

// refusedRows are inputs that clients refuse by themselves, for comparison with
// what our encoder does. The SDK for JavaScript looks at labels only. WIRE.md
// section D.1.
func refusedRows() []requestRow {
	required := map[string]string{goSDK: "a required member", botocore: "a required member"}
	label := map[string]string{goSDK: "the label", botocore: "the label", javascript: "the label"}
	filters := func(f rds.Filter) any {
		return &rds.DescribeReservedDBInstancesInput{Filters: wire.Some([]rds.Filter{f})}
	}
	return []requestRow{
		{reason: "no offering", in: &rds.PurchaseReservedDBInstancesOfferingInput{}, refused: required, unwritten: "required"},
		{reason: "a filter without values", in: filters(rds.Filter{Name: wire.Some("f")}), refused: required, unwritten: "required"},
		{reason: "a filter without a name", in: filters(rds.Filter{Values: wire.Some([]string{"v"})}), refused: required, unwritten: "required"},
		{reason: "no label", in: &mediaconnect.DescribeOfferingInput{}, refused: label, unwritten: "the path needs it"},
		{reason: "no label", in: &mediaconnect.DescribeReservationInput{}, refused: label, unwritten: "the path needs it"},
		{reason: "no label", in: &mediaconnect.PurchaseOfferingInput{ReservationName: wire.Some("n"), Start: wire.Some("s")}, refused: label, unwritten: "the path needs it"},
		{reason: "no members of the body", in: &mediaconnect.PurchaseOfferingInput{OfferingArn: wire.Some("o")}, refused: required},
	}
}
