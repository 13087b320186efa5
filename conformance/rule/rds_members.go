package rule

import (
	"slices"
	"strconv"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// rdsMemberRules are about the members of a success: names, text forms, lists.
func rdsMemberRules() []*Rule {
	return []*Rule{
		{
			ID: "rds.members.case", Level: Must,
			Sentence: "Names are written as the model writes them, in their case.",
			Why:      "The SDK for Go reads a member whose name differs in case only, boto3 and the SDK for JavaScript leave it out.",
			Evidence: []Evidence{model(modelRDS, "member names"), clients("rds-case, rdserr-lower-message", "")},
			Kinds:    []wire.Kind{wire.KindCase},
			Good:     "<Duration>31536000</Duration>", Bad: "<duration>31536000</duration>",
			applies: rdsDocument,
		},
		{
			ID: "rds.members.once", Level: Must,
			Sentence: "A member comes once.",
			Why:      "Of two, boto3 takes the first or fails, the SDK for Go takes the last, the SDK for JavaScript fails or takes none.",
			Evidence: []Evidence{standard(queryXML, "each member is serialized as an element"), clients("rds-dup-scalar, rds-dup-instance, rds-rc-twice, rdserr-two-errors", "")},
			Kinds:    []wire.Kind{wire.KindDuplicate},
			Good:     "<State>active</State>", Bad: "<State>active</State><State>retired</State>",
			applies: rdsDocument, claims: func(r *Reading, f wire.Finding) bool { return !r.has(rds.KindFlattened) },
		},
		{
			ID: "rds.members.version", Level: Should,
			Sentence: "A member that came with a later version is not in an answer in an earlier version's namespace.",
			Why:      "SDKs leave it out; a reader that validates against the version's model refuses it.",
			Evidence: []Evidence{model("botocore rds/2014-09-01 service-2.json", "neither LeaseId nor ReservedDBInstanceArn")},
			Kinds:    []wire.Kind{wire.KindVersion},
			Good:     `xmlns=".../2014-10-31/" ... <LeaseId>`, Bad: `xmlns=".../2014-09-01/" ... <LeaseId>`,
			applies: rdsSuccess,
		},
		{
			ID: "rds.members.unknown", Level: Note,
			Sentence: "There are only members that the model names.",
			Why:      "Clients leave others out. Services do add members without a new version.",
			Evidence: []Evidence{model(modelRDS, "member names"), clients("rds-unknown-member, rds-unknown-result, rds-unknown-root, rdserr-extra", "left out by all")},
			Good:     "<State>active</State>", Bad: "<State>active</State><Colour>blue</Colour>",
			Variants: []string{"rds-unknown-member"},
			applies:  rdsDocument, look: rdsUnknown,
		},
		{
			ID: "rds.members.scalar", Level: Must,
			Sentence: "A member that is no structure or list holds text alone, no element.",
			Why:      "Each client reads another text, and the SDK for Go fails.",
			Evidence: []Evidence{standard(queryXML, "scalars are text nodes"), clients("rds-mixed", "")},
			Kinds:    []wire.Kind{rds.KindElementInText},
			Good:     "<DBInstanceClass>db.m1.small</DBInstanceClass>", Bad: "<DBInstanceClass><Name>db.m1.small</Name></DBInstanceClass>",
			applies: rdsDocument,
		},
		{
			ID: "rds.members.blank-text", Level: Should,
			Sentence: "A text is not white space alone with a line feed in it.",
			Why:      "The SDK for JavaScript takes it for layout and hands over an empty text; the others hand it over.",
			Evidence: []Evidence{clients("measured for fixtures/reactions/differences.json", "white space with a line feed is layout to JavaScript")},
			Kinds:    []wire.Kind{rds.KindBlankText},
			Good:     "<CurrencyCode>USD</CurrencyCode>", Bad: `<CurrencyCode>\n</CurrencyCode>`,
			applies: rdsDocument,
		},
		{
			ID: "rds.members.integer", Level: Must,
			Sentence: "An integer is a decimal number of 32 bits, with nothing around it.",
			Why:      "Of any other text clients make an error, NaN, 0, or another number.",
			Evidence: []Evidence{standard(queryXML, "a text node with the value of the number"), model(modelRDS, "integer: 32 bits"), clients("rds-int-*", "")},
			Kinds:    []wire.Kind{wire.KindInteger, wire.KindIntegerRange},
			Good:     "<DBInstanceCount>1</DBInstanceCount>", Bad: "<DBInstanceCount>1.0</DBInstanceCount>",
			applies: rdsSuccess, claims: disputed,
		},
		{
			ID: "rds.members.double", Level: Must,
			Sentence: "A double is a decimal number, NaN, Infinity or -Infinity, with nothing around it.",
			Why:      "Of any other text clients make an error, NaN, 0 or infinity.",
			Evidence: []Evidence{standard(queryXML, "a text node with the value of the number"), clients("rds-dbl-*", "")},
			Kinds:    []wire.Kind{wire.KindDouble},
			Good:     "<FixedPrice>123.0</FixedPrice>", Bad: "<FixedPrice>$123.0</FixedPrice>",
			applies: rdsSuccess, claims: disputed,
		},
		{
			ID: "rds.members.plain-number", Level: Should,
			Sentence: "A number has no plus sign and no leading zeros, and digits on both sides of its point.",
			Why:      "All measured clients read such numbers; stricter readers of the same text do not.",
			Evidence: []Evidence{recording("botocore tests/unit/response_parsing/xml/responses/rds-describe-reserved-db-instances.xml", "plain numbers")},
			Kinds:    []wire.Kind{wire.KindInteger, wire.KindDouble},
			Good:     "<UsagePrice>0.5</UsagePrice>", Bad: "<UsagePrice>.5</UsagePrice>",
			applies: rdsSuccess, claims: agreed,
		},
		{
			ID: "rds.members.boolean", Level: Must,
			Sentence: "A boolean is true or false, in lower case.",
			Why:      "boto3 takes all but true for false, without a word.",
			Evidence: []Evidence{standard(queryXML, "either true or false"), clients("rds-bool-*", "")},
			Kinds:    []wire.Kind{wire.KindBoolean},
			Good:     "<MultiAZ>true</MultiAZ>", Bad: "<MultiAZ>True</MultiAZ>",
			applies: rdsSuccess,
		},
		{
			ID: "rds.members.timestamp", Level: Must,
			Sentence: "A time is written YYYY-MM-DDThh:mm:ss[.fff]Z and exists.",
			Why:      "The SDKs for Go and JavaScript fail on most other forms, and JavaScript makes March 1 of February 30.",
			Evidence: []Evidence{standard(`Smithy 2.0, "timestampFormat trait", date-time`, "RFC 3339 date-time, in UTC, without an offset"), clients("rds-ts-*", "")},
			Kinds:    []wire.Kind{wire.KindTimestamp},
			Good:     "<StartTime>2011-12-18T23:24:56.577Z</StartTime>", Bad: "<StartTime>2011-12-18 23:24:56</StartTime>",
			applies: rdsSuccess, claims: func(_ *Reading, f wire.Finding) bool { return !tooFine(f) },
		},
		{
			ID: "rds.members.timestamp-precision", Level: Should,
			Sentence: "A time is no finer than milliseconds.",
			Why:      "Each client keeps another number of digits, so that times that were equal differ.",
			Evidence: []Evidence{standard(`Smithy 2.0, "timestampFormat trait", date-time`, "finer values should be truncated to milliseconds"), clients("rds-ts-nanos", "")},
			Kinds:    []wire.Kind{wire.KindTimestamp},
			Good:     "<StartTime>2011-12-18T23:24:56.577Z</StartTime>", Bad: "<StartTime>2011-12-18T23:24:56.577123Z</StartTime>",
			applies: rdsSuccess, claims: func(_ *Reading, f wire.Finding) bool { return tooFine(f) },
		},
		{
			ID: "rds.members.no-literal", Level: Should,
			Sentence: "A member without a value is left out: its text is not None, null, nil or undefined.",
			Why:      "Every client hands the word over as if it were the value.",
			Evidence: []Evidence{standard(queryXML, "each member value provided is serialized")},
			Good:     "(no CurrencyCode)", Bad: "<CurrencyCode>None</CurrencyCode>",
			applies: rdsSuccess, look: literals,
		},
		{
			ID: "rds.members.complete", Level: Should,
			Sentence: "A record has each member that every documented sample has.",
			Why:      "No member is required, so clients hand over nothing, without a word; programs written after the samples break.",
			Evidence: []Evidence{document(docInstances+" and "+docOfferings+", Sample Response", "all samples from 2012 to 2014 have them")},
			Good:     "<ReservedDBInstance>... <DBInstanceClass>db.m1.small</DBInstanceClass></ReservedDBInstance>", Bad: "<ReservedDBInstance>... (no DBInstanceClass)</ReservedDBInstance>",
			Variants: []string{"rds-str-absent", "rds-rc-absent"},
			applies:  rdsSuccess, look: incomplete,
		},
		{
			ID: "rds.lists.item-name", Level: Must,
			Sentence: "The items of a list are named as the model names them.",
			Why:      "boto3 takes an item under any name; the SDKs for Go and JavaScript see an empty list.",
			Evidence: []Evidence{model(modelRDS, "locationName of the lists' members"), clients("rds-l-member, rds-rc-member, rds-rc-mixed", "")},
			Kinds:    []wire.Kind{rds.KindItemName},
			Good:     "<ReservedDBInstances><ReservedDBInstance>", Bad: "<ReservedDBInstances><member>",
			applies: rdsSuccess,
		},
		{
			ID: "rds.lists.wrapped", Level: Must,
			Sentence: "The items of a list stand in the list's element, each in an element of its own.",
			Why:      "The SDKs for Go and JavaScript see no items elsewhere.",
			Evidence: []Evidence{model(modelRDS, "no list is flattened"), clients("rds-rc-flat, rds-l-flat", "")},
			Kinds:    []wire.Kind{rds.KindFlattened},
			Variants: []string{"rds-l-flat", "rds-rc-flat"},
			Good:     "<ReservedDBInstances><ReservedDBInstance>...</ReservedDBInstance></ReservedDBInstances>", Bad: "<DescribeReservedDBInstancesResult><ReservedDBInstance>...</ReservedDBInstance>",
			applies: rdsSuccess, look: unwrapped,
		},
	}
}

// tooFine reports whether a time has the right form but for its precision.
func tooFine(f wire.Finding) bool {
	text, err := strconv.Unquote(f.Got)
	t, ok := wire.ParseTimestamp(text)
	return err == nil && ok && t.Digits > 3
}

func rdsUnknown(r *Reading) []Difference {
	if r.Error != nil {
		return r.unknowns(r.Error.Unknown)
	}
	list := slices.DeleteFunc(unknownOfOutput(r), isRecord)
	if r.has(rds.KindResultWrapper) {
		list = nil // what is there instead of it
	}
	for _, record := range r.rds {
		list = append(list, record.unknown...)
	}
	return r.unknowns(list)
}

// unknownOfOutput gives the unknown elements around the records.
func unknownOfOutput(r *Reading) (list []wire.Unknown) {
	var m rds.Metadata
	switch out := r.Output.(type) {
	case *rds.DescribeReservedDBInstancesOfferingsOutput:
		m = out.Metadata
	case *rds.PurchaseReservedDBInstancesOfferingOutput:
		m = out.Metadata
	case *rds.DescribeReservedDBInstancesOutput:
		m = out.Metadata
	}
	return append(append(list, m.Unknown...), m.UnknownEnvelope...)
}

func literals(r *Reading) (differences []Difference) {
	for _, record := range r.rds {
		for _, m := range record.texts() {
			switch m.value.Or("") {
			case "None", "null", "nil", "undefined":
				if m.name != "ReservedDBInstanceId" { // which the caller chose
					differences = append(differences, r.at(record.path()+"/"+m.name, "a value, or no "+m.name, wire.Quote(m.value.Value)))
				}
			}
		}
	}
	return differences
}

func incomplete(r *Reading) (differences []Difference) {
	for _, record := range r.rds {
		for _, name := range record.missing {
			if path := record.path() + "/" + name; !r.notedAt(path) {
				d := r.at(record.path(), "<"+name+">", "none")
				d.Path = path
				differences = append(differences, d)
			}
		}
	}
	return differences
}

// isRecord reports whether an element is named as the items of the lists are.
func isRecord(u wire.Unknown) bool {
	return u.Name == "ReservedDBInstance" || u.Name == "ReservedDBInstancesOffering"
}

// unwrapped looks for items directly in the result.
func unwrapped(r *Reading) []Difference {
	if r.has(rds.KindResultWrapper) {
		return nil // that is what is wrong
	}
	items := slices.DeleteFunc(unknownOfOutput(r), func(u wire.Unknown) bool { return !isRecord(u) })
	differences := r.unknowns(items)
	for i := range differences {
		differences[i].Want, differences[i].Got = "<"+items[i].Name+"> in the list's element", "directly in the result"
	}
	return differences
}
