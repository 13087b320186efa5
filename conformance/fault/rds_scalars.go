package fault

import (
	"strconv"
	"strings"
	"time"
)

// textForm is one way of writing a scalar that is not the protocol's.
type textForm struct {
	id, about string
	sources   []string
	write     func(string) string
}

func always(text string) func(string) string { return func(string) string { return text } }

// rdsScalarFaults are about the text forms of booleans, integers, doubles and
// timestamps: a row for each form that was measured with clients.
func rdsScalarFaults() []Fault {
	var all []Fault
	for _, scalar := range []struct {
		kind, member string
		forms        []textForm
	}{
		{"boolean", "MultiAZ", booleanForms()},
		{"integer", "Duration", integerForms()},
		{"double", "FixedPrice", doubleForms()},
		{"timestamp", "StartTime", timestampForms()},
	} {
		for _, f := range scalar.forms {
			all = append(all, Fault{ID: "rds." + scalar.kind + "." + f.id,
				About: scalar.member + " is written " + f.about + ".", Service: rdsService, Sources: f.sources,
				start: change(rdsSuccess, mapText(scalar.member, f.write))})
		}
	}
	return append(all,
		Fault{ID: "rds.integer.count-text", About: "DBInstanceCount is written one.", Service: rdsService,
			Sources: variant("rds-int-text"),
			start:   change(rdsSuccess, setText("DBInstanceCount", "one"))},
		Fault{ID: "rds.integer.count-not-a-number", About: "DBInstanceCount is written NaN.", Service: rdsService,
			Sources: variant("rds-int-text"),
			start:   change(rdsSuccess, setText("DBInstanceCount", "NaN"))},
		Fault{ID: "rds.double.charge-dollar", About: "RecurringChargeAmount is written with a dollar sign.", Service: rdsService,
			Sources: variant("rds-dbl-dollar"),
			start:   change(rdsSuccess, mapText("RecurringChargeAmount", func(s string) string { return "$" + s }))},
		Fault{ID: "rds.double.usage-empty", About: "UsagePrice is an empty element.", Service: rdsService,
			Sources: variant("rds-dbl-empty"),
			start:   change(rdsSuccess, sub(element("UsagePrice"), "<UsagePrice/>"))},
	)
}

func booleanForms() []textForm {
	title := func(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
	return []textForm{
		{"title-case", "True or False, as Python prints it", sources(thread("getmoto/moto#8221"), variant("rds-bool-title", "rds-bool-Falset")), title},
		{"upper-case", "in upper case", variant("rds-bool-upper"), strings.ToUpper},
		{"digit", "1 or 0", variant("rds-bool-one", "rds-bool-zero"), func(s string) string {
			if s == "true" {
				return "1"
			}
			return "0"
		}},
		{"yes", "yes or no", variant("rds-bool-yes"), func(s string) string {
			if s == "true" {
				return "yes"
			}
			return "no"
		}},
		{"none", "none", thread("getmoto/moto#5161", "getmoto/moto#2837"), always("none")},
		{"none-literal", "None", thread("getmoto/moto#7852"), always("None")},
		{"empty", "as an empty element", sources(thread("getmoto/moto#2629"), variant("rds-bool-empty")), always("")},
		{"spaces", "with spaces around it", variant("rds-bool-ws"), func(s string) string { return " " + s + " " }},
	}
}

func integerForms() []textForm {
	return []textForm{
		{"plus", "with a plus sign", variant("rds-int-plus"), func(s string) string { return "+" + s }},
		{"leading-zeros", "with zeros before it", variant("rds-int-zeros"), func(s string) string { return "00" + s }},
		{"fraction", "with a fraction of zero", variant("rds-int-dot"), func(s string) string { return s + ".0" }},
		{"exponent", "with an exponent", variant("rds-int-exp"), func(s string) string { return s + "e0" }},
		{"empty", "as an empty element", variant("rds-int-empty"), always("")},
		{"spaces", "with spaces around it", variant("rds-int-ws"), func(s string) string { return " " + s + " " }},
		{"lines", "on a line of its own", variant("rds-int-nl"), func(s string) string { return "\n" + s + "\n" }},
		{"text", "in words", variant("rds-int-text"), always("one year")},
		{"range", "as a number past 32 bits", variant("rds-int-big"), always("2147483648")},
		{"huge", "as a number past 64 bits", variant("rds-int-huge"), always("99999999999999999999")},
		{"hexadecimal", "in hexadecimal", variant("rds-int-hex"), func(s string) string {
			n, _ := strconv.ParseInt(s, 10, 64)
			return "0x" + strconv.FormatInt(n, 16)
		}},
		{"separator", "with commas", variant("rds-int-sep"), func(s string) string { return s[:2] + "," + s[2:] }},
		{"underscore", "with underscores", variant("rds-int-under"), func(s string) string { return s[:2] + "_" + s[2:] }},
		{"none", "None", thread("getmoto/moto#7199"), always("None")},
	}
}

func doubleForms() []textForm {
	return []textForm{
		{"comma", "with a comma for the point", variant("rds-dbl-comma"), func(s string) string { return strings.Replace(s, ".", ",", 1) }},
		{"empty", "as an empty element", variant("rds-dbl-empty"), always("")},
		{"text", "in words", variant("rds-dbl-text"), always("free")},
		{"spaces", "with spaces around it", variant("rds-dbl-ws"), func(s string) string { return " " + s + " " }},
		{"currency", "with a dollar sign", variant("rds-dbl-dollar"), func(s string) string { return "$" + s }},
		{"inf", "INF, as XML Schema has it", variant("rds-dbl-INF"), always("INF")},
		{"range", "as a number past a double", variant("rds-dbl-big"), always("1e400")},
		{"none", "None", thread("getmoto/moto#7199"), always("None")},
	}
}

func timestampForms() []textForm {
	layout := func(layout string) func(string) string {
		return func(s string) string {
			t, err := time.Parse(time.RFC3339, s)
			if err != nil {
				return s
			}
			return t.Format(layout)
		}
	}
	return []textForm{
		{"microseconds", "with microseconds", variant("rds-ts-nanos"), layout("2006-01-02T15:04:05.000001Z")},
		{"python", "as Python prints it, with a space and an offset", thread("localstack/localstack#2793"), layout("2006-01-02 15:04:05.000000+00:00")},
		{"epoch", "in seconds since 1970", variant("rds-ts-epoch"), func(s string) string {
			t, _ := time.Parse(time.RFC3339, s)
			return strconv.FormatInt(t.Unix(), 10)
		}},
		{"epoch-fraction", "in seconds since 1970, with milliseconds", variant("rds-ts-epochf"), func(s string) string {
			t, _ := time.Parse(time.RFC3339, s)
			return strconv.FormatFloat(float64(t.UnixMilli())/1000, 'f', 3, 64)
		}},
		{"no-zone", "without a zone", variant("rds-ts-noz"), layout("2006-01-02T15:04:05.000")},
		{"space", "with a space for the T", variant("rds-ts-space"), layout("2006-01-02 15:04:05Z")},
		{"offset-without-colon", "with an offset that has no colon", variant("rds-ts-offset2"), layout("2006-01-02T15:04:05.000-0700")},
		{"offset", "with an offset other than Z", variant("rds-ts-offset"), func(s string) string {
			t, _ := time.Parse(time.RFC3339, s)
			return t.In(time.FixedZone("", 3600)).Format(time.RFC3339)
		}},
		{"date", "as a date alone", variant("rds-ts-date"), layout(time.DateOnly)},
		{"http-date", "as HTTP writes dates", variant("rds-ts-http"), layout("Mon, 02 Jan 2006 15:04:05 GMT")},
		{"empty", "as an empty element", sources(thread("boto/boto3#910"), variant("rds-ts-empty")), always("")},
		{"lower-case", "with a lower-case t and z", variant("rds-ts-lower"), strings.ToLower},
		{"spaces", "with spaces around it", variant("rds-ts-ws"), func(s string) string { return " " + s + " " }},
		{"text", "in words", variant("rds-ts-text"), always("yesterday")},
		{"no-such-day", "as 30 February", variant("rds-ts-feb30"), always("2012-02-30T00:00:00Z")},
		{"leap-second", "as the sixtieth second of a minute", variant("rds-ts-leap"), always("2012-06-30T23:59:60Z")},
		{"hour-24", "as hour 24", variant("rds-ts-h24"), always("2011-12-18T24:00:00Z")},
		{"basic", "in the basic form, without hyphens and colons", variant("rds-ts-basic"), layout("20060102T150405Z")},
		{"no-seconds", "without seconds", variant("rds-ts-nosec"), layout("2006-01-02T15:04Z")},
	}
}
