package fault

import (
	"regexp"
	"strings"
)

var memberName = regexp.MustCompile(`"(\w+)":`)

// spelled spells the names of members another way.
func spelled(f func(string) string) edit {
	return body(func(s string) string {
		return memberName.ReplaceAllStringFunc(s, func(m string) string { return `"` + f(m[1:len(m)-2]) + `":` })
	})
}

func pascal(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func snake(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= 'A' && r <= 'Z' {
			b.WriteByte('_')
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// mcMemberFaults are about members: their names, types and values.
func mcMemberFaults() []Fault {
	outer := func(s string) bool {
		return s == "offering" || s == "offerings" || s == "reservation" || s == "reservations" || s == "nextToken"
	}
	quoted := func(s string) string { return `"` + s + `"` }
	lists := on(mcSuccess, listOfferings, listReservations)
	var all []Fault
	for _, row := range []struct {
		id, about string
		sources   []string
		w         where
		edits     []edit
	}{
		{"pascal-case", "All names start with a capital letter.", sources(thread("ministackorg/ministack#291"), variant("mc-pascal-all")), mcSuccess, []edit{spelled(pascal)}},
		{"pascal-case-outside", "The outermost names start with a capital letter.", variant("mc-pascal-outer"), mcSuccess, []edit{spelled(func(s string) string {
			if outer(s) {
				return pascal(s)
			}
			return s
		})}},
		{"pascal-case-inside", "The names within records start with a capital letter.", variant("mc-pascal-inner"), mcSuccess, []edit{spelled(func(s string) string {
			if outer(s) {
				return s
			}
			return pascal(s)
		})}},
		{"snake-case", "Names are in snake case.", variant("mc-pascal-all"), mcSuccess, []edit{spelled(snake)}},
		{"token-case", "nextToken is spelled NextToken.", variant("mc-pascal-outer"), mcSuccess, []edit{replace(`"nextToken"`, `"NextToken"`)}},
		{"token-spelling", "nextToken is spelled next_token.", variant("mc-pascal-outer"), mcSuccess, []edit{replace(`"nextToken"`, `"next_token"`)}},
		{"extra-case", "duration comes in upper case as well.", variant("mc-upper-key"), mcSuccess, []edit{replace(`"duration":`, `"DURATION":7,"duration":`)}},
		{"no-duration", "A record has no duration.", variant("mc-missing-required"), mcSuccess, []edit{dropMember("duration")}},
		{"no-arn", "A reservation has no reservationArn.", sources(thread("ministackorg/ministack#675"), variant("mc-missing-required")), mcSuccess, []edit{dropMember("reservationArn")}},
		{"no-offering-arn", "A record has no offeringArn.", variant("mc-missing-required"), mcSuccess, []edit{dropMember("offeringArn")}},
		{"no-name", "A reservation has no reservationName.", variant("mc-missing-required"), mcSuccess, []edit{dropMember("reservationName")}},
		{"no-state", "A reservation has no reservationState.", variant("mc-missing-required"), mcSuccess, []edit{dropMember("reservationState")}},
		{"no-end", "A reservation has no end.", variant("mc-missing-required"), mcSuccess, []edit{dropMember("end")}},
		{"no-start", "A reservation has no start.", variant("mc-missing-required"), mcSuccess, []edit{dropMember("start")}},
		{"no-price", "A record has no pricePerUnit.", variant("mc-missing-required"), mcSuccess, []edit{dropMember("pricePerUnit")}},
		{"no-resource", "A record has no resourceSpecification.", variant("mc-missing-required"), mcSuccess, []edit{sub(`,?"resourceSpecification":\{[^}]*\}`, "")}},
		{"no-resource-type", "A resourceSpecification has no resourceType.", variant("mc-missing-required"), mcSuccess, []edit{dropMember("resourceType")}},
		{"empty-record", "A record has no members.", variant("mc-empty-object-inner"), on(mcSuccess, describeOffering, describeReservation, purchaseOffering), []edit{sub(`(?s)^(\{"\w+":).*`, "${1}{}}")}},
		{"null-string", "A string is null.", sources(thread("localstack/localstack#3399"), variant("mc-null-string")), mcSuccess, []edit{setMember("currencyCode", "null")}},
		{"null-integer", "An integer is null.", variant("mc-null-int"), mcSuccess, []edit{setMember("duration", "null")}},
		{"null-enum", "An enum is null.", variant("mc-null-enum"), mcSuccess, []edit{setMember("reservationState", "null")}},
		{"null-structure", "A structure is null.", variant("mc-null-struct"), mcSuccess, []edit{sub(`"resourceSpecification":\{[^}]*\}`, `"resourceSpecification":null`)}},
		{"null-record", "The record of a purchase is null.", variant("mc-null-outer"), on(mcSuccess, purchaseOffering), []edit{whole(`{"reservation":null}`)}},
		{"null-token", "nextToken is null on the last page.", sources(text("seen in moto: null members"), variant("mc-list-nexttoken-null")), lists, []edit{body(func(s string) string {
			if strings.HasPrefix(s, `{"nextToken"`) {
				return s
			}
			return `{"nextToken":null,` + s[1:]
		})}},
		{"null-list", "An empty list is null.", variant("mc-list-null"), lists, []edit{sub(`("\w+"):\[\]`, "${1}:null")}},
		{"null-item", "A list ends with null.", variant("mc-list-null-element"), lists, []edit{sub(`\}\]\}$`, "},null]}")}},
		{"list-object", "A list is one object.", variant("mc-list-object"), lists, []edit{sub(`(?s):\[(\{.*?\}\}).*\]\}$`, ":${1}}")}},
		{"list-in-object", "A list stands in an object with a member items.", variant("mc-list-object"), lists, []edit{sub(`(?s)("offerings"|"reservations"):(\[.*\])\}$`, `${1}:{"items":${2}}}`)}},
		{"list-of-strings", "A list holds ARNs instead of records.", variant("mc-list-scalar-element"), lists, []edit{sub(`(?s):\[\{.*\]\}$`, `:["arn:aws:mediaconnect:us-east-1:123456789012:offering:1"]}`)}},
		{"token-number", "nextToken is a number.", variant("mc-list-nexttoken-num"), lists, []edit{setMember("nextToken", "5")}},
		{"integer-string", "duration is a string.", sources(thread("localstack/localstack#4975"), variant("mc-int-string")), mcSuccess, []edit{mapMember("duration", quoted)}},
		{"integer-fraction", "duration has a fraction of zero.", variant("mc-int-float-whole"), mcSuccess, []edit{mapMember("duration", func(s string) string { return s + ".0" })}},
		{"integer-half", "duration has a fraction.", variant("mc-int-float-frac"), mcSuccess, []edit{mapMember("duration", func(s string) string { return s + ".5" })}},
		{"integer-exponent", "duration has an exponent.", variant("mc-int-exp"), mcSuccess, []edit{mapMember("duration", func(s string) string { return s + "e0" })}},
		{"integer-range", "duration is past 32 bits.", variant("mc-int-big"), mcSuccess, []edit{setMember("duration", "2147483648")}},
		{"integer-huge", "duration is past 64 bits.", variant("mc-int-huge"), mcSuccess, []edit{setMember("duration", "123456789012345678901234567890")}},
		{"integer-boolean", "duration is true.", variant("mc-int-bool"), mcSuccess, []edit{setMember("duration", "true")}},
		{"integer-list", "duration is a list.", variant("mc-int-list"), mcSuccess, []edit{mapMember("duration", func(s string) string { return "[" + s + "]" })}},
		{"bitrate-string", "reservedBitrate is a string.", variant("mc-int-string"), mcSuccess, []edit{mapMember("reservedBitrate", quoted)}},
		{"string-number", "pricePerUnit is a number.", sources(thread("ministackorg/ministack#1763"), variant("mc-string-number")), mcSuccess, []edit{mapMember("pricePerUnit", func(s string) string { return strings.Trim(s, `"`) })}},
		{"string-boolean", "pricePerUnit is true.", variant("mc-string-bool"), mcSuccess, []edit{setMember("pricePerUnit", "true")}},
		{"string-object", "currencyCode is an object.", variant("mc-string-object"), mcSuccess, []edit{mapMember("currencyCode", func(s string) string { return `{"code":` + s + `}` })}},
		{"start-epoch", "start is a number of seconds since 1970.", sources(thread("getmoto/moto#9763"), variant("mc-start-epoch")), mcSuccess, []edit{setMember("start", "1583451000")}},
		{"end-epoch", "end is a number of seconds since 1970.", variant("mc-start-epoch"), mcSuccess, []edit{setMember("end", "1614987000")}},
		{"start-text", "start is a date in words.", variant("mc-start-odd"), mcSuccess, []edit{setMember("start", `"5 March 2020"`)}},
		{"end-offset", "end has an offset instead of Z.", variant("mc-start-offset"), mcSuccess, []edit{mapMember("end", func(s string) string { return strings.Replace(s, `Z"`, `+01:00"`, 1) })}},
		{"enum-unknown", "reservationState is PENDING.", variant("mc-enum-unknown"), mcSuccess, []edit{setMember("reservationState", `"PENDING"`)}},
		{"enum-lower-case", "reservationState is in lower case.", variant("mc-enum-lower"), mcSuccess, []edit{mapMember("reservationState", strings.ToLower)}},
		{"enum-number", "reservationState is a number.", variant("mc-enum-number"), mcSuccess, []edit{setMember("reservationState", "3")}},
		{"enum-spelling", "reservationState is CANCELLED, with two Ls.", text("botocore mediaconnect/2018-11-14: CANCELED"), mcSuccess, []edit{setMember("reservationState", `"CANCELLED"`)}},
		{"units-singular", "durationUnits is MONTH.", text("botocore mediaconnect/2018-11-14: MONTHS"), mcSuccess, []edit{setMember("durationUnits", `"MONTH"`)}},
		{"price-units", "priceUnits is Hourly.", text("botocore mediaconnect/2018-11-14: HOURLY"), mcSuccess, []edit{setMember("priceUnits", `"Hourly"`)}},
		{"resource-type-case", "resourceType is in upper case.", text("botocore mediaconnect/2018-11-14: Mbps_Outbound_Bandwidth"), mcSuccess, []edit{mapMember("resourceType", strings.ToUpper)}},
		{"structure-string", "resourceSpecification is a string.", variant("mc-struct-string"), mcSuccess, []edit{sub(`"resourceSpecification":\{[^}]*\}`, `"resourceSpecification":"100 Mbps"`)}},
		{"structure-list", "The record is a list of one.", variant("mc-struct-list"), on(mcSuccess, describeOffering, describeReservation, purchaseOffering), []edit{sub(`(?s)^(\{"\w+":)(.*)\}$`, "${1}[${2}]}")}},
	} {
		all = append(all, Fault{ID: "mediaconnect.members." + row.id, About: row.about, Service: mcService, Sources: row.sources, start: change(row.w, row.edits...)})
	}
	return all
}
