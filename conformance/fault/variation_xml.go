package fault

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// xmlVariations are other ways of writing the same XML.
func xmlVariations() []Variation {
	fits := func(name string) string { return `(<` + name + `>)([^<]*)(</` + name + `>)` }
	var all []Variation
	for _, row := range []struct {
		id, about string
		why       []string
		w         where
		edits     []edit
	}{
		{"xml.compact", "There is no white space between elements.", sources(text("XML 1.0 section 2.10"), variant("rds-base")), rdsAny, []edit{sub(`>\s+<`, "><"), sub(`\s+$`, "")}},
		{"xml.tabs", "Elements are indented with tabs.", variant("rds-pretty"), rdsAny, []edit{sub(`(?m)^( +)<`, "\t\t<")}},
		{"xml.crlf", "Lines end with CR LF.", text("XML 1.0 section 2.11"), rdsAny, []edit{sub(`>\n`, ">\r\n")}},
		{"xml.empty-lines", "Empty lines stand between elements.", variant("rds-pretty", "rds-l-ws"), rdsAny, []edit{sub(`>\n`, ">\n\n  \n")}},
		{"xml.declaration", "The document starts with an XML declaration.", variant("rds-decl"), rdsAny, []edit{sub(`^`, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")}},
		{"xml.declaration-short", "The XML declaration has no encoding and single quotation marks.", text("XML 1.0 section 2.8"), rdsAny, []edit{sub(`^`, "<?xml version='1.0'?>")}},
		{"xml.declaration-standalone", "The XML declaration says standalone.", text("XML 1.0 section 2.9"), rdsAny, []edit{sub(`^`, "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n")}},
		{"xml.cdata", "Texts of strings are in CDATA sections.", variant("rds-cdata", "rdserr-cdata-msg"), rdsAny, []edit{
			mapText("ProductDescription", cdata), mapText("OfferingType", cdata), mapText("ReservedDBInstanceId", cdata), mapText("Message", cdata)}},
		{"xml.cdata-parts", "A text is partly in a CDATA section.", variant("rds-cdata"), rdsAny, []edit{
			mapText("ProductDescription", func(s string) string { return s[:1] + "<![CDATA[" + s[1:] + "]]>" })}},
		{"xml.references", "Letters of texts are character references.", variant("rds-entities"), rdsAny, []edit{
			mapText("DBInstanceClass", references("&#%d;")), mapText("OfferingType", references("&#x%X;")), mapText("Message", firstReference)}},
		{"xml.quote-references", "Quotation marks are escaped in texts.", variant("rds-entities"), rdsAny, []edit{
			mapText("ReservedDBInstanceId", escapeQuotes), mapText("ReservedDBInstanceArn", escapeQuotes), mapText("Message", escapeQuotes)}},
		{"xml.non-ascii-references", "Characters outside ASCII are character references.", variant("rds-entities"), rdsAny, []edit{
			body(func(s string) string {
				var b strings.Builder
				for _, r := range s {
					if r > 127 {
						fmt.Fprintf(&b, "&#%d;", r)
					} else {
						b.WriteRune(r)
					}
				}
				return b.String()
			})}},
		{"xml.open-and-closed", "Empty elements have a start and an end tag.", variant("rds-rc-openclose"), rdsSuccess, []edit{sub(`<(\w+)/>`, "<${1}></${1}>")}},
		{"xml.blank-list", "An empty list has white space in it.", variant("rds-rc-ws"), rdsSuccess, []edit{sub(`<RecurringCharges/>`, "<RecurringCharges>\n      </RecurringCharges>")}},
		{"xml.spaces-in-tags", "Tags have white space before their end.", text("XML 1.0 section 3.1"), rdsAny, []edit{
			sub(fits("Duration"), "<Duration >${2}</Duration\n>"), sub(fits("Code"), "<Code >${2}</Code >"), sub(`<(\w+)/>`, "<${1} />")}},
		{"xml.single-quotes", "The namespace is in single quotation marks.", text("XML 1.0 section 2.3"), rdsAny, []edit{sub(`xmlns="([^"]*)"`, "xmlns='${1}'")}},
		{"xml.no-final-line", "The document does not end with a line feed.", variant("rds-base"), rdsAny, []edit{sub(`\s+$`, "")}},
		{"xml.lines-after-root", "Empty lines follow the root.", text("XML 1.0 section 2.1"), rdsAny, []edit{sub(`$`, "\n\n")}},
		{"xml.members-reversed", "Members of records come in the reverse order.", text("WIRE.md section B.11: parsers must be order-free"), rdsSuccess, []edit{reverseMembers}},
		{"xml.metadata-first", "ResponseMetadata comes before the result.", variant("rds-metadata-first"), rdsSuccess, []edit{
			sub(`(?s)(\n *<\w+Result>.*</\w+Result>)(\n *<ResponseMetadata>.*</ResponseMetadata>)`, "${2}${1}")}},
		{"xml.marker-last", "Marker comes after the list.", text("WIRE.md section B.11: parsers must be order-free"), rdsSuccess, []edit{
			sub(`(?s)(\n *<Marker>[^<]*</Marker>)(.*)(\n *</\w+Result>)`, "${2}${1}${3}")}},
		{"xml.error-members-reversed", "Message comes first in Error, Type last.", variant("rdserr-order"), rdsError, []edit{
			sub(`(?s)(<Type>.*</Type>)(\s*)(<Code>.*</Code>)(\s*)(<Message>.*</Message>)`, "${5}${2}${3}${4}${1}")}},
		{"xml.error-request-id-first", "RequestId comes before Error.", variant("rdserr-order"), rdsError, []edit{
			sub(`(?s)(\n *<Error>.*</Error>)(\n *<RequestId>[^<]*</RequestId>)`, "${2}${1}")}},
		{"xml.unknown-members", "Records, results and roots have elements that are not in the model.", variant("rds-unknown-member", "rds-unknown-result", "rds-unknown-root"), rdsSuccess, []edit{
			replace("<Duration>", "<Future><Part>1</Part><Part/></Future><Duration>"), sub(`(</\w+Result>)`, "<Future>x</Future>${1}<Future/>")}},
		{"xml.error-detail", "Error has an empty Detail.", sources(variant("rdserr-detail"), text("real query services write it")), rdsError, []edit{sub(`(</Message>)`, "${1}\n    <Detail/>")}},
		{"xml.milliseconds", "Timestamps have whole seconds.", variant("rds-ts-nomillis"), rdsSuccess, []edit{mapText("StartTime", wholeSeconds)}},
		{"xml.tenths", "Timestamps have one digit of fraction.", variant("rds-ts-millis1"), rdsSuccess, []edit{mapText("StartTime", func(s string) string { return strings.TrimSuffix(wholeSeconds(s), "Z") + ".0Z" })}},
		{"xml.whole-doubles", "Whole doubles have no fraction.", variant("rds-dbl-int"), rdsSuccess, []edit{mapText("FixedPrice", func(s string) string { return strings.TrimSuffix(s, ".0") }), mapText("UsagePrice", func(s string) string { return strings.TrimSuffix(s, ".0") })}},
		{"xml.zeros-after-doubles", "Doubles have more zeros.", variant("rds-dbl-many"), rdsSuccess, []edit{mapText("FixedPrice", func(s string) string { return s + "00" }), mapText("RecurringChargeAmount", func(s string) string { return s + "000" })}},
		{"xml.later-namespace", "Successes are in the namespace of the latest version.", text("issue 4: of the version asked for or a later one", "WIRE.md section F, row 12"), rdsSuccess, []edit{
			sub(`/doc/2[0-9-]+/"`, `/doc/2014-10-31/"`)}},
		{"xml.empty-marker", "The last page has an empty Marker.", variant("rds-l-marker-empty"), on(rdsSuccess, describeOfferings, describeInstances), []edit{body(func(s string) string {
			if strings.Contains(s, "<Marker>") {
				return s
			}
			return lastPage.ReplaceAllString(s, "${1}\n    <Marker/>")
		})}},
	} {
		all = append(all, Variation{ID: row.id, About: row.about, Service: rdsService, Why: row.why, start: change(row.w, row.edits...)})
	}
	return all
}

var lastPage = regexp.MustCompile(`(<Describe\w+Result>)`)

func cdata(s string) string {
	if strings.Contains(s, "&#") {
		return s // a carriage return, which a section cannot hold: it would be read as a line feed
	}
	return "<![CDATA[" + strings.ReplaceAll(plainText(s), "]]>", "]]]]><![CDATA[>") + "]]>"
}

// references writes every character as a reference.
func references(format string) func(string) string {
	return func(s string) string {
		var b strings.Builder
		for _, r := range plainText(s) {
			fmt.Fprintf(&b, format, r)
		}
		return b.String()
	}
}

func firstReference(s string) string {
	if s == "" || s[0] == '&' {
		return s
	}
	r := []rune(s)
	return fmt.Sprintf("&#%d;", r[0]) + string(r[1:])
}

func escapeQuotes(s string) string {
	return strings.NewReplacer(`"`, "&quot;", "'", "&apos;").Replace(s)
}

func wholeSeconds(s string) string {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return s
	}
	return t.Format("2006-01-02T15:04:05Z")
}

var recordStart = regexp.MustCompile(`(?s)(<ReservedDBInstance(?:sOffering)?>)(.*?)(\s*</ReservedDBInstance(?:sOffering)?>)`)
var memberBlock = regexp.MustCompile(`(?s)\n +<RecurringCharges>.*?</RecurringCharges>|\n +<\w+>[^<]*</\w+>|\n +<\w+/>`)

// reverseMembers writes the members of records in the reverse order.
func reverseMembers(c *call) {
	c.resp.Body = recordStart.ReplaceAllStringFunc(c.resp.Body, func(record string) string {
		part := recordStart.FindStringSubmatch(record)
		members := memberBlock.FindAllString(part[2], -1)
		var b strings.Builder
		for i := len(members) - 1; i >= 0; i-- {
			b.WriteString(members[i])
		}
		return part[1] + b.String() + part[3]
	})
}
