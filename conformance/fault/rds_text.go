package fault

import (
	"net/url"
	"strings"
)

// rdsTextFaults are about texts that come back otherwise than they were sent.
func rdsTextFaults() []Fault {
	echoed := func(f func(string) string) starter {
		return change(on(rdsSuccess, purchase, describeInstances), mapText("ReservedDBInstanceId", f))
	}
	const echo = "botocore rds/2014-10-31: the reservation has the id that was asked for"
	return []Fault{
		{ID: "rds.text.escaped-twice", About: "Characters in ids are escaped two times.", Service: rdsService,
			Sources: sources(thread("localstack/localstack#5297"), text(echo)),
			start:   echoed(func(s string) string { return strings.ReplaceAll(s, "&", "&amp;") })},
		{ID: "rds.text.percent-encoded", About: "An id comes back percent-encoded.", Service: rdsService,
			Sources: sources(thread("localstack/localstack#4891"), text(echo)),
			start:   echoed(func(s string) string { return strings.ReplaceAll(url.QueryEscape(plainText(s)), "+", "%20") })},
		{ID: "rds.text.mojibake", About: "UTF-8 in ids is read as ISO-8859-1 and written as UTF-8.", Service: rdsService,
			Sources: sources(variant("rds-latin1"), text(echo)),
			start:   echoed(mojibake)},
		{ID: "rds.text.question-marks", About: "Characters outside ASCII come back as question marks.", Service: rdsService,
			Sources: text(echo),
			start: echoed(func(s string) string {
				return strings.Map(func(r rune) rune {
					if r > 127 {
						return '?'
					}
					return r
				}, s)
			})},
		{ID: "rds.text.upper-case", About: "Ids come back in upper case.", Service: rdsService,
			Sources: text(echo),
			start:   echoed(strings.ToUpper)},
		{ID: "rds.text.stripped", About: "Characters that have to be escaped are left out of ids.", Service: rdsService,
			Sources: sources(thread("getmoto/moto#3469"), text(echo)),
			start: echoed(func(s string) string {
				return strings.NewReplacer("&amp;", "", "&lt;", "", "&gt;", "", "&quot;", "", `"`, "", "'", "").Replace(s)
			})},
		{ID: "rds.text.padded", About: "Texts have white space around them.", Service: rdsService,
			Sources: variant("rds-str-both", "rds-seedsample"),
			start: change(on(rdsSuccess, purchase, describeInstances), mapText("ReservedDBInstancesOfferingId", func(s string) string { return " " + s }),
				mapText("ReservedDBInstanceId", func(s string) string { return "\n  " + s + "\n" }))},
		{ID: "rds.text.truncated", About: "Ids are cut off after 20 characters.", Service: rdsService,
			Sources: text(echo),
			start: echoed(func(s string) string {
				r := []rune(s)
				return string(r[:min(len(r), 20)])
			})},
	}
}

// plainText takes the references out that the emulator writes.
func plainText(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&").Replace(s)
}

func mojibake(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}
