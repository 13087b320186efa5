package rule

import (
	"slices"
	"strconv"
	"strings"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/wire"
)

// mcMemberRules are about the members of an answer: names, types, values.
func mcMemberRules() []*Rule {
	return []*Rule{
		{
			ID: "mediaconnect.members.case", Level: Must,
			Sentence: "Names of members begin in lower case, as the model's locationName writes them.",
			Why:      "Every client leaves a member out whose name is written as SDKs call it: no error, no value.",
			Evidence: []Evidence{model(modelMC, "locationName"), clients("mc-pascal-all, mc-pascal-outer, mc-pascal-inner", "")},
			Kinds:    []wire.Kind{wire.KindCase},
			Good:     `{"reservation":{"duration":12}}`, Bad: `{"Reservation":{"Duration":12}}`,
			applies: mcSuccess,
		},
		{
			ID: "mediaconnect.members.type", Level: Must,
			Sentence: "A value has the JSON type that its member has in the model.",
			Why:      "The SDK for Go fails, and most often the SDK for JavaScript; boto3 hands over a value of another type.",
			Evidence: []Evidence{standard(restJSON, "which type is which in JSON"), model(modelMC, "shapes"), clients("mc-int-string, mc-string-number, mc-struct-list and others", "")},
			Kinds:    []wire.Kind{mediaconnect.KindType},
			Good:     `"pricePerUnit":"0.0650"`, Bad: `"pricePerUnit":0.065`,
			applies: mcDocument, claims: func(_ *Reading, f wire.Finding) bool { return !wholeBody(f) },
		},
		{
			ID: "mediaconnect.members.integer", Level: Must,
			Sentence: "An integer is written in digits, and fits 32 bits.",
			Why:      "The SDK for Go fails on 12.0, and makes -2147483648 of 2147483648 without a word.",
			Evidence: []Evidence{model(modelMC, "integer: 32 bits"), clients("mc-int-float-whole, mc-int-exp, mc-int-big, mc-int-huge", "")},
			Kinds:    []wire.Kind{wire.KindInteger, wire.KindIntegerRange},
			Good:     `"duration":12`, Bad: `"duration":12.0`,
			applies: mcDocument,
		},
		{
			ID: "mediaconnect.members.required", Level: Must,
			Sentence: "A record has every member that the model requires, and none of them is null.",
			Why:      "Clients hand over nothing in its place, without a word.",
			Evidence: []Evidence{model(modelMC, "required"), clients("mc-missing-required, mc-null-int", "")},
			Kinds:    []wire.Kind{wire.KindRequired, mediaconnect.KindNull},
			Good:     `{"reservedBitrate":100,"resourceType":"Mbps_Outbound_Bandwidth"}`, Bad: `{"reservedBitrate":100}`,
			applies: mcSuccess,
			claims: func(r *Reading, f wire.Finding) bool {
				return f.Kind == wire.KindRequired && !miscased(r, f) || requiredNull(f)
			},
		},
		{
			ID: "mediaconnect.members.null", Level: Should,
			Sentence: "An optional member without a value is left out, not null.",
			Why:      "The measured clients take null for absent; others make an error, or an empty text, of it.",
			Evidence: []Evidence{test("Smithy restJson1 RestJsonServersDontSerializeNullStructureValues", "servers leave null members out"), clients("mc-list-nexttoken-null, mc-list-null", "absent in all")},
			Kinds:    []wire.Kind{mediaconnect.KindNull},
			Good:     `{"offerings":[]}`, Bad: `{"offerings":[],"nextToken":null}`,
			applies: mcDocument,
			claims: func(r *Reading, f wire.Finding) bool {
				return !(r.Output != nil && requiredNull(f)) && !(r.Error != nil && f.Path == "/message")
			},
		},
		{
			ID: "mediaconnect.members.enum", Level: Must,
			Sentence: "A value of an enumeration is one of those that the model lists, in its case.",
			Why:      "Clients hand over any text; a program that compares it with the listed ones falls through.",
			Evidence: []Evidence{model(modelMC, "enum"), clients("mc-enum-unknown, mc-enum-lower", "")},
			Kinds:    []wire.Kind{wire.KindEnum},
			Good:     `"reservationState":"CANCELED"`, Bad: `"reservationState":"CANCELLED"`,
			applies: mcSuccess, claims: typed,
		},
		{
			ID: "mediaconnect.members.date", Level: Should,
			Sentence: "start and end are written YYYY-MM-DDTHH:mm:ssZ.",
			Why:      "They are plain texts to every client, so that each program has to read them itself.",
			Evidence: []Evidence{document(docPurchaseMC+", start", "UTC, in 24 hours, with a literal T and Z")},
			Kinds:    []wire.Kind{wire.KindTimestamp},
			Good:     `"start":"2020-03-05T23:30:00Z"`, Bad: `"start":"2020-03-05T23:30:00+01:00"`,
			applies: mcSuccess, claims: func(r *Reading, f wire.Finding) bool { return typed(r, f) && !fractional(f) },
		},
		{
			ID: "mediaconnect.members.date-fraction", Level: Note,
			Sentence: "start and end have no fraction of a second.",
			Why:      "The documented form has none; nobody is known to mind.",
			Evidence: []Evidence{document(docPurchaseMC+", start", "the form has whole seconds"), clients("mc-start-millis", "handed over as it is by all")},
			Kinds:    []wire.Kind{wire.KindTimestamp},
			Variants: []string{"mc-start-millis"},
			Good:     `"start":"2020-03-05T23:30:00Z"`, Bad: `"start":"2020-03-05T23:30:00.000Z"`,
			applies: mcSuccess, claims: func(_ *Reading, f wire.Finding) bool { return fractional(f) },
		},
		{
			ID: "mediaconnect.members.unknown", Level: Note,
			Sentence: "There are only members that the model names.",
			Why:      "Clients leave others out. Services do add members without a new version.",
			Evidence: []Evidence{model(modelMC, "member names"), clients("mc-unknown-top, mc-unknown-nested", "left out by all")},
			Variants: []string{"mc-unknown-top", "mc-unknown-nested"},
			Good:     `{"offerings":[]}`, Bad: `{"offerings":[],"count":0}`,
			applies: mcDocument, look: mcUnknown,
		},
		{
			ID: "mediaconnect.lists.null-element", Level: Must,
			Sentence: "No element of a list is null.",
			Why:      "boto3 hands over None, the SDK for Go an empty record, the SDK for JavaScript a shorter list.",
			Evidence: []Evidence{standard(`Smithy 2.0, "sparse trait"`, "a list without it has no null elements"), model(smithyMC, "no list is sparse"), clients("mc-list-null-element", "")},
			Kinds:    []wire.Kind{mediaconnect.KindNullElement},
			Good:     `{"offerings":[]}`, Bad: `{"offerings":[null]}`,
			applies: mcSuccess,
		},
	}
}

// requiredNull reports whether a finding is about a null that stands for a
// required member: all members of a record are, but reservedBitrate.
func requiredNull(f wire.Finding) bool {
	if f.Kind != mediaconnect.KindNull || strings.HasSuffix(f.Path, "/reservedBitrate") {
		return false
	}
	return strings.Count(f.Path, "/") > 1
}

// typed reports whether the value that a finding is about has the right type.
func typed(r *Reading, f wire.Finding) bool {
	return !slices.ContainsFunc(r.Findings, func(g wire.Finding) bool { return g.Kind == mediaconnect.KindType && g.Path == f.Path })
}

// miscased reports whether the missing member is there in another case, which is
// told of already.
func miscased(r *Reading, missing wire.Finding) bool {
	for _, f := range r.Findings {
		if f.Kind == wire.KindCase && strings.EqualFold(f.Path, missing.Path) {
			return true
		}
	}
	return false
}

// fractional reports whether a time has the documented form but for a fraction of
// a second.
func fractional(f wire.Finding) bool {
	text, err := strconv.Unquote(f.Got)
	_, ok := wire.ParseTimestamp(text)
	return err == nil && ok
}

func mcUnknown(r *Reading) []Difference {
	if r.Error != nil {
		return r.unknowns(slices.DeleteFunc(slices.Clone(r.Error.Unknown), func(u wire.Unknown) bool { return isType(u.Name) }))
	}
	var list []wire.Unknown
	switch out := r.Output.(type) {
	case *mediaconnect.ListOfferingsOutput:
		list = append(list, out.Metadata.Unknown...)
	case *mediaconnect.DescribeOfferingOutput:
		list = append(list, out.Metadata.Unknown...)
	case *mediaconnect.PurchaseOfferingOutput:
		list = append(list, out.Metadata.Unknown...)
	case *mediaconnect.ListReservationsOutput:
		list = append(list, out.Metadata.Unknown...)
	case *mediaconnect.DescribeReservationOutput:
		list = append(list, out.Metadata.Unknown...)
	}
	for i := range r.mediaConnect {
		list = append(list, r.mediaConnect[i].unknown...)
	}
	var differences []Difference
	for _, d := range r.unknowns(list) {
		if !r.caseAt(d.Path) {
			differences = append(differences, d)
		}
	}
	return differences
}

// caseAt reports whether the member at a path is known but for its case.
func (r *Reading) caseAt(path string) bool {
	for _, f := range r.Findings {
		if f.Kind == wire.KindCase && f.Path == path {
			return true
		}
	}
	return false
}
