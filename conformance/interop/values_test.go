package interop

import (
	"math"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// texter makes the text of a string member from the member's name, so that no
// two members of a value are alike.
type texter func(member string) wire.Opt[string]

func named(member string) wire.Opt[string] { return wire.Some("the " + member) }

func always(text string) texter {
	return func(string) wire.Opt[string] { return wire.Some(text) }
}

var stamp = wire.Timestamp{Unix: 1324250696, Nano: 577e6, Digits: 3}

func instance(text texter) rds.ReservedDBInstance {
	return rds.ReservedDBInstance{
		ReservedDBInstanceId:          text("id"),
		ReservedDBInstancesOfferingId: text("offering"),
		DBInstanceClass:               text("class"),
		StartTime:                     wire.Some(stamp),
		Duration:                      wire.Some[int64](31536000),
		FixedPrice:                    wire.Some(123.0),
		UsagePrice:                    wire.Some(0.125),
		CurrencyCode:                  text("currency"),
		DBInstanceCount:               wire.Some[int64](10),
		ProductDescription:            text("product"),
		OfferingType:                  text("type"),
		MultiAZ:                       wire.Some(true),
		State:                         text("state"),
		RecurringCharges:              wire.Some([]rds.RecurringCharge{charge(text, 0.5), charge(text, 0.25)}),
		ReservedDBInstanceArn:         text("arn"),
		LeaseId:                       text("lease"),
	}
}

func charge(text texter, amount float64) rds.RecurringCharge {
	return rds.RecurringCharge{RecurringChargeAmount: wire.Some(amount), RecurringChargeFrequency: text("frequency")}
}

func rdsOffering(text texter) rds.ReservedDBInstancesOffering {
	return rds.ReservedDBInstancesOffering{
		ReservedDBInstancesOfferingId: text("offering"),
		DBInstanceClass:               text("class"),
		Duration:                      wire.Some[int64](94608000),
		FixedPrice:                    wire.Some(2058.5),
		UsagePrice:                    wire.Some(0.0625),
		CurrencyCode:                  text("currency"),
		ProductDescription:            text("product"),
		OfferingType:                  text("type"),
		MultiAZ:                       wire.Some(true),
		RecurringCharges:              wire.Some([]rds.RecurringCharge{charge(text, 0.75)}),
	}
}

func reservation(text texter) mediaconnect.Reservation {
	return mediaconnect.Reservation{
		CurrencyCode:          text("currency"),
		Duration:              wire.Some[int64](12),
		DurationUnits:         enumOf[mediaconnect.DurationUnits](text("duration units")),
		End:                   text("end"),
		OfferingArn:           text("offering"),
		OfferingDescription:   text("description"),
		PricePerUnit:          text("price"),
		PriceUnits:            enumOf[mediaconnect.PriceUnits](text("price units")),
		ReservationArn:        text("arn"),
		ReservationName:       text("name"),
		ReservationState:      enumOf[mediaconnect.ReservationState](text("state")),
		ResourceSpecification: wire.Some(spec(text)),
		Start:                 text("start"),
	}
}

func offering(text texter) mediaconnect.Offering {
	return mediaconnect.Offering{
		CurrencyCode:          text("currency"),
		Duration:              wire.Some[int64](24),
		DurationUnits:         enumOf[mediaconnect.DurationUnits](text("duration units")),
		OfferingArn:           text("offering"),
		OfferingDescription:   text("description"),
		PricePerUnit:          text("price"),
		PriceUnits:            enumOf[mediaconnect.PriceUnits](text("price units")),
		ResourceSpecification: wire.Some(spec(text)),
	}
}

func spec(text texter) mediaconnect.ResourceSpecification {
	return mediaconnect.ResourceSpecification{
		ReservedBitrate: wire.Some[int64](50),
		ResourceType:    enumOf[mediaconnect.ResourceType](text("resource")),
	}
}

func enumOf[T ~string](o wire.Opt[string]) wire.Opt[T] {
	return wire.Opt[T]{Value: T(o.Value), State: o.State}
}

// outputsOf gives an output of every operation that has all its strings from
// text.
func outputsOf(text texter) []any {
	return []any{
		&rds.DescribeReservedDBInstancesOfferingsOutput{
			Marker:                       text("marker"),
			ReservedDBInstancesOfferings: wire.Some([]rds.ReservedDBInstancesOffering{rdsOffering(text), {}}),
		},
		&rds.PurchaseReservedDBInstancesOfferingOutput{ReservedDBInstance: wire.Some(instance(text))},
		&rds.DescribeReservedDBInstancesOutput{
			Marker:              text("marker"),
			ReservedDBInstances: wire.Some([]rds.ReservedDBInstance{instance(text), {}}),
		},
		&mediaconnect.ListOfferingsOutput{NextToken: text("token"), Offerings: wire.Some([]mediaconnect.Offering{offering(text), {}})},
		&mediaconnect.DescribeOfferingOutput{Offering: wire.Some(offering(text))},
		&mediaconnect.PurchaseOfferingOutput{Reservation: wire.Some(reservation(text))},
		&mediaconnect.ListReservationsOutput{NextToken: text("token"), Reservations: wire.Some([]mediaconnect.Reservation{reservation(text), {}})},
		&mediaconnect.DescribeReservationOutput{Reservation: wire.Some(reservation(text))},
	}
}

// fullOutputs gives an output of every operation in which every member has a
// value that is not zero.
func fullOutputs() []any { return outputsOf(named) }

// sample is a value with the reason it is compared.
type sample struct {
	reason string
	value  any
}

// texts are what strings are compared with, by what is special about them. Not
// every format can carry all of them.
var texts = map[string]string{
	"empty string":                  "",
	"one space":                     " ",
	"leading and trailing space":    " \n\t x \t\n ",
	"only line ends":                "\n\n",
	"the five entities":             `<a href="x">'&amp;'</a>`,
	"end of a CDATA section":        "]]> <![CDATA[ ]]>",
	"looks like a reference":        "&#65;&lt;%41+",
	"looks like a comment":          "<!-- x --><?y?>",
	"carriage returns":              "a\rb\r\nc\r",
	"JSON escapes":                  `"\/` + "\\u0041\b\f\n\r\t",
	"control characters":            "\x00\x01\x1f\x7f",
	"C1 control characters":         "\u0080\u0085\u009f",
	"Latin and combining":           "é e\u0301 ß İ",
	"beyond the basic plane":        "😀𝒳\U0010FFFD",
	"line and paragraph separators": "\u2028\u2029",
	"byte order mark in the text":   "\ufeffa\ufeff",
	"replacement character":         "\ufffd",
	"non-characters":                "\ufffe\uffff\U0001FFFE",
	"looks like null":               "null",
	"looks like a number":           "0.50",
	"unknown enumeration value":     "SOMETHING_NEW",
}

// outputs are the hand-picked outputs.
func outputs() []sample {
	all := []sample{}
	add := func(reason string, values ...any) {
		for _, v := range values {
			all = append(all, sample{reason, v})
		}
	}
	add("every member", fullOutputs()...)
	add("no member", emptyOutputs()...)
	for reason, text := range texts {
		add(reason, outputsOf(always(text))...)
	}
	add("known enumeration values",
		&mediaconnect.DescribeReservationOutput{Reservation: wire.Some(mediaconnect.Reservation{
			DurationUnits: wire.Some(mediaconnect.Months), PriceUnits: wire.Some(mediaconnect.Hourly), ReservationState: wire.Some(mediaconnect.Canceled),
			ResourceSpecification: wire.Some(mediaconnect.ResourceSpecification{ResourceType: wire.Some(mediaconnect.MbpsOutboundBandwidth)})})})
	add("empty structures",
		&rds.PurchaseReservedDBInstancesOfferingOutput{ReservedDBInstance: wire.Some(rds.ReservedDBInstance{})},
		&mediaconnect.DescribeOfferingOutput{Offering: wire.Some(mediaconnect.Offering{})},
		&mediaconnect.PurchaseOfferingOutput{Reservation: wire.Some(mediaconnect.Reservation{})},
		&mediaconnect.DescribeReservationOutput{Reservation: wire.Some(mediaconnect.Reservation{ResourceSpecification: wire.Some(mediaconnect.ResourceSpecification{})})})
	add("empty lists",
		&rds.DescribeReservedDBInstancesOfferingsOutput{ReservedDBInstancesOfferings: wire.Some([]rds.ReservedDBInstancesOffering{})},
		&rds.DescribeReservedDBInstancesOutput{ReservedDBInstances: wire.Some([]rds.ReservedDBInstance{})},
		&rds.DescribeReservedDBInstancesOutput{ReservedDBInstances: wire.Some([]rds.ReservedDBInstance{{RecurringCharges: wire.Some([]rds.RecurringCharge{})}})},
		&rds.DescribeReservedDBInstancesOutput{ReservedDBInstances: wire.Some([]rds.ReservedDBInstance{{RecurringCharges: wire.Some([]rds.RecurringCharge{{}, {}})}})},
		&mediaconnect.ListOfferingsOutput{Offerings: wire.Some([]mediaconnect.Offering{})},
		&mediaconnect.ListReservationsOutput{Reservations: wire.Some([]mediaconnect.Reservation{})})
	for _, n := range []int64{0, -1, 1, math.MaxInt32, math.MinInt32} {
		add("integers to their ends",
			&rds.PurchaseReservedDBInstancesOfferingOutput{ReservedDBInstance: wire.Some(rds.ReservedDBInstance{Duration: wire.Some(n), DBInstanceCount: wire.Some(n)})},
			&mediaconnect.DescribeOfferingOutput{Offering: wire.Some(mediaconnect.Offering{Duration: wire.Some(n),
				ResourceSpecification: wire.Some(mediaconnect.ResourceSpecification{ReservedBitrate: wire.Some(n)})})})
	}
	for _, v := range doubleValues {
		add("doubles", &rds.PurchaseReservedDBInstancesOfferingOutput{ReservedDBInstance: wire.Some(rds.ReservedDBInstance{
			FixedPrice: wire.Some(v), UsagePrice: wire.Some(-v), RecurringCharges: wire.Some([]rds.RecurringCharge{{RecurringChargeAmount: wire.Some(v)}})})})
	}
	for _, s := range timestampValues {
		add("timestamps", &rds.PurchaseReservedDBInstancesOfferingOutput{ReservedDBInstance: wire.Some(rds.ReservedDBInstance{StartTime: wire.Some(s)})})
	}
	add("false", &rds.PurchaseReservedDBInstancesOfferingOutput{ReservedDBInstance: wire.Some(rds.ReservedDBInstance{MultiAZ: wire.Some(false)})},
		&rds.DescribeReservedDBInstancesOfferingsOutput{ReservedDBInstancesOfferings: wire.Some([]rds.ReservedDBInstancesOffering{{MultiAZ: wire.Some(false)}})})
	add("null for every member", nullOutputs()...)
	add("unknown members", unknownOutputs()...)
	return all
}

func emptyOutputs() (all []any) {
	for _, o := range rds.Operations() {
		all = append(all, o.NewOutput())
	}
	for _, o := range mediaconnect.Operations() {
		all = append(all, o.NewOutput())
	}
	return all
}

// doubleValues are the doubles that a decimal form is easily wrong about.
var doubleValues = []float64{0, math.Copysign(0, -1), 1, 0.1, 123.456, 1e-7, 9.999999e-8, 1e15, 999999999999999.9, 1e16, 1e21, 1e22, 1e100,
	1.0 / 3, 5e-324, math.SmallestNonzeroFloat64 * 3, math.MaxFloat64, math.Pi, 1<<53 + 2, math.NaN(), math.Inf(1), math.Inf(-1)}

// timestampValues have the digits and days that a calendar is easily wrong about.
// The years stay within 1 to 9999, which every client can hold.
var timestampValues = []wire.Timestamp{
	stamp,
	{Unix: stamp.Unix},
	{Unix: stamp.Unix, Nano: 500e6, Digits: 1},
	{Unix: stamp.Unix, Digits: 3},
	{Unix: stamp.Unix, Nano: 123456e3, Digits: 6},
	{Unix: stamp.Unix, Nano: 123456789, Digits: 9},
	{},                                 // 1970-01-01
	{Unix: -1, Nano: 999e6, Digits: 3}, // just before
	{Unix: 951782400},                  // 2000-02-29
	{Unix: 4107542399},                 // 2100-02-28T23:59:59Z
	{Unix: -62135596800},               // 0001-01-01
	{Unix: 253402300799, Nano: 999e6, Digits: 3},
}

// nullOutputs has null in every place that JSON allows it in; XML has none.
func nullOutputs() []any {
	null := func(string) wire.Opt[string] { return wire.NullOf[string]() }
	o, r := offering(null), reservation(null)
	o.Duration, r.Duration = wire.NullOf[int64](), wire.NullOf[int64]()
	inner := mediaconnect.Offering{ResourceSpecification: wire.Some(mediaconnect.ResourceSpecification{
		ReservedBitrate: wire.NullOf[int64](), ResourceType: wire.NullOf[mediaconnect.ResourceType]()})}
	o.ResourceSpecification, r.ResourceSpecification = wire.NullOf[mediaconnect.ResourceSpecification](), wire.NullOf[mediaconnect.ResourceSpecification]()
	return []any{
		&mediaconnect.ListOfferingsOutput{NextToken: wire.NullOf[string](), Offerings: wire.NullOf[[]mediaconnect.Offering]()},
		&mediaconnect.ListOfferingsOutput{Offerings: wire.Some([]mediaconnect.Offering{o, inner, {Null: true}, offering(named)})},
		&mediaconnect.DescribeOfferingOutput{Offering: wire.NullOf[mediaconnect.Offering]()},
		&mediaconnect.PurchaseOfferingOutput{Reservation: wire.NullOf[mediaconnect.Reservation]()},
		&mediaconnect.ListReservationsOutput{NextToken: wire.NullOf[string](), Reservations: wire.NullOf[[]mediaconnect.Reservation]()},
		&mediaconnect.ListReservationsOutput{Reservations: wire.Some([]mediaconnect.Reservation{r, {Null: true}})},
		&mediaconnect.DescribeReservationOutput{Reservation: wire.Some(r)},
	}
}

// unknownOutputs has members that no model names wherever the codec keeps them.
func unknownOutputs() []any {
	x := []wire.Unknown{{Name: "Later", Raw: `<Later a="b"><c>1</c></Later>`}, {Name: "Duration2", Raw: "<Duration2/>"}}
	j := []wire.Unknown{{Name: "later", Raw: `{"a":[1,null,"x"]}`}, {Name: "end2", Raw: "null"}}
	i, o := instance(named), rdsOffering(named)
	i.Unknown, o.Unknown = x, x
	i.RecurringCharges.Value[0].Unknown = x
	r, f := reservation(named), offering(named)
	r.Unknown, f.Unknown, r.ResourceSpecification.Value.Unknown = j, j, j
	return []any{
		&rds.PurchaseReservedDBInstancesOfferingOutput{ReservedDBInstance: wire.Some(i), Metadata: rds.Metadata{Unknown: x, UnknownEnvelope: x}},
		&rds.DescribeReservedDBInstancesOfferingsOutput{ReservedDBInstancesOfferings: wire.Some([]rds.ReservedDBInstancesOffering{o}), Metadata: rds.Metadata{Unknown: x}},
		&mediaconnect.PurchaseOfferingOutput{Reservation: wire.Some(r), Metadata: mediaconnect.Metadata{Unknown: j}},
		&mediaconnect.ListOfferingsOutput{Offerings: wire.Some([]mediaconnect.Offering{f}), Metadata: mediaconnect.Metadata{Unknown: j}},
	}
}
