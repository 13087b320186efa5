package conformance

import (
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"wireproof/conformance/casefile"
	"wireproof/conformance/exchange"
	"wireproof/conformance/rule"
)

// matcherOf reads a matcher as a case file has it, without the loader, which knows
// what members there are.
func matcherOf(t *testing.T, text string) (m casefile.Matcher) {
	t.Helper()
	var nodes map[string]yaml.Node
	if err := yaml.Unmarshal([]byte(text), &nodes); err != nil {
		t.Fatal(text, err)
	}
	for name, n := range nodes {
		into, ok := map[string]any{"match": &m.Match, "present": &m.Present, "absent": &m.Absent, "empty": &m.Empty, "one-of": &m.OneOf,
			"at-least": &m.AtLeast, "at-most": &m.AtMost, "distinct": &m.Distinct, "except": &m.Except, "months-after": &m.MonthsAfter}[name]
		if ok {
			if err := n.Decode(into); err != nil {
				t.Fatal(text, err)
			}
			continue
		}
		*map[string]**yaml.Node{"equal": &m.Equal, "not": &m.Not, "includes": &m.Includes, "excludes": &m.Excludes, "agrees": &m.Agrees}[name] = &n
	}
	return m
}

// Each matcher, with what it takes and the paths at which it does not.
func TestMatchers(t *testing.T) {
	root := structure{
		"id": "mine", "count": int64(2), "price": 0.5, "on": false, "empty": "",
		"start": noon, "months": int64(12), "end": noon.AddDate(1, 0, 0), "next": noon.AddDate(1, 0, 1), "late": noon.AddDate(1, 0, 3),
		"items": []value{structure{"arn": "a", "n": int64(1)}, structure{"arn": "b", "n": int64(2)}, structure{"arn": "a", "n": int64(3)}},
		"texts": []value{"x", "y"}, "none": []value{},
	}
	vs := variables{"id": "mine", "other": structure{"id": "mine", "count": int64(3), "more": "x"}}
	for _, tt := range []struct {
		why, path, matcher, fails string // fails are paths
	}{
		{"equal", "/id", `equal: mine`, ""},
		{"equal to a variable", "/id", `equal: "${id}"`, ""},
		{"equal, each", "/items/*/n", `equal: 2`, "/items/0/n /items/2/n"},
		{"equal to another", "/count", `equal: "2"`, "/count"},
		{"equal to what is not there", "/gone", `equal: x`, "/gone"},
		{"a list", "/texts", `equal: [x, y]`, ""},
		{"a shorter list", "/texts", `equal: [x]`, "/texts"},
		{"not", "/id", `not: yours`, ""},
		{"not, but is", "/id", `not: mine`, "/id"},
		{"match", "/id", `match: ^m`, ""},
		{"match a number", "/count", `match: "^2$"`, ""},
		{"match with a variable", "/id", `match: "^${id}$"`, ""},
		{"no match", "/id", `match: ^x`, "/id"},
		{"match nothing", "/gone", `match: .*`, "/gone"},
		{"present", "/on", `present: true`, ""},
		{"present, but is not", "/items/*/gone", `present: true`, "/items/0/gone /items/1/gone /items/2/gone"},
		{"absent", "/gone", `absent: true`, ""},
		{"absent, but is there", "/empty", `absent: true`, "/empty"},
		{"empty", "/empty", `empty: true`, ""},
		{"empty for none", "/gone", `empty: true`, ""},
		{"empty, but is not", "/id", `empty: true`, "/id"},
		{"one of", "/count", `one-of: [1, 2]`, ""},
		{"none of", "/count", `one-of: [1, 3]`, "/count"},
		{"includes", "/items/*/arn", `includes: b`, ""},
		{"includes in a list", "/texts", `includes: y`, ""},
		{"includes not", "/items/*/arn", `includes: c`, "/items/*/arn"},
		{"includes in no list", "/gone", `includes: c`, "/gone"},
		{"excludes", "/items/*/arn", `excludes: c`, ""},
		{"excludes not", "/items/*/arn", `excludes: b`, "/items/1/arn"},
		{"excludes not, in a list", "/texts", `excludes: y`, "/texts/1"},
		{"at least", "/count", `at-least: 2`, ""},
		{"not at least", "/price", `at-least: 1`, "/price"},
		{"at least so many", "/items", `at-least: 3`, ""},
		{"at most so many", "/items", `at-most: 2`, "/items"},
		{"an absent list has none", "/gone", `at-most: 0`, ""},
		{"an absent list has not one", "/gone", `at-least: 1`, "/gone"},
		{"a text has no size", "/id", `at-most: 9`, "/id"},
		{"distinct", "/items/*/n", `distinct: true`, ""},
		{"distinct, but are not", "/items/*/arn", `distinct: true`, "/items/2/arn"},
		{"agrees but for one", "", `{agrees: "${other}", except: [count]}`, ""},
		{"agrees not", "", `agrees: "${other}"`, "/count"},
		{"agrees with no structure", "/id", `agrees: "${other}"`, "/id"},
		{"months after", "/end", `months-after: {start: /start, months: /months}`, ""},
		{"a day off is forgiven", "/next", `months-after: {start: /start, months: /months}`, ""},
		{"three days off are not", "/late", `months-after: {start: /start, months: /months}`, "/late"},
		{"no time", "/id", `months-after: {start: /start, months: /months}`, "/id"},
		{"nothing to count from", "/late", `months-after: {start: /gone, months: /months}`, ""},
		{"two demands, one met", "/count", `{at-least: 1, at-most: 1}`, "/count"},
	} {
		m := matcherOf(t, tt.matcher)
		differences, err := holdMember(root, tt.path, &m, vs)
		var paths []string
		for _, d := range differences {
			paths = append(paths, d.Path)
			if d.Want == "" || d.Got == "" || d.Want == d.Got {
				t.Errorf("%s: want %q, got %q", tt.why, d.Want, d.Got)
			}
		}
		if got := strings.Join(paths, " "); err != nil || got != tt.fails {
			t.Errorf("%s: %q, want %q: %v", tt.why, got, tt.fails, err)
		}
	}
}

// read is what a response is to a case.
func readingOf(t *testing.T, service, operation, response string) *rule.Reading {
	t.Helper()
	parsed, err := exchange.ParseResponse(response)
	if err != nil {
		t.Fatal(err)
	}
	return rule.Read(&exchange.Exchange{Received: response, Response: parsed}, rule.Hint{Service: service, Operation: operation, Version: "2014-10-31"})
}

const (
	listed = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-A: b\r\n\r\n" +
		`{"nextToken":"n", "offerings" : [ {"offeringArn":"arn:1","duration":12}, {"offeringArn":"arn:2","duration": 24} ]}`
	refusedJSON = "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nX-Amzn-ErrorType: NotFoundException\r\n\r\n" + `{"message":"no"}`
	describedX  = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n" +
		`<DescribeReservedDBInstancesResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><DescribeReservedDBInstancesResult><Marker>m</Marker><ReservedDBInstances>` +
		`<ReservedDBInstance><State>active</State></ReservedDBInstance><ReservedDBInstance><State>retired</State><MultiAZ>true</MultiAZ></ReservedDBInstance>` +
		`</ReservedDBInstances></DescribeReservedDBInstancesResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DescribeReservedDBInstancesResponse>`
	refusedXML = "HTTP/1.1 404 Not Found\r\nContent-Type: text/xml\r\n\r\n" +
		`<ErrorResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><Error><Type>Sender</Type><Code>ReservedDBInstanceNotFound</Code><Message>no</Message></Error><RequestId>r</RequestId></ErrorResponse>`
	htmlPage = "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n\r\n<h1>no</h1>"
)

// Where a value stands, by the text that begins there.
func TestLocate(t *testing.T) {
	for _, tt := range []struct {
		why, service, operation, response, path, at string
	}{
		{"a member", rule.MediaConnect, "ListOfferings", listed, "/nextToken", `"n",`},
		{"a member of an element", rule.MediaConnect, "ListOfferings", listed, "/offerings/1/offeringArn", `"arn:2"`},
		{"behind a space", rule.MediaConnect, "ListOfferings", listed, "/offerings/1/duration", `24}`},
		{"the list", rule.MediaConnect, "ListOfferings", listed, "/offerings", `[ {`},
		{"the whole", rule.MediaConnect, "ListOfferings", listed, "", `{"next`},
		{"a member that is not there: what it would be in", rule.MediaConnect, "ListOfferings", listed, "/offerings/0/price", `{"offeringArn":"arn:1"`},
		{"an element in XML", rule.RDS, "DescribeReservedDBInstances", describedX, "/ReservedDBInstances/1/State", `<State>retired`},
		{"the first of a list in XML", rule.RDS, "DescribeReservedDBInstances", describedX, "/ReservedDBInstances/0", `<ReservedDBInstance><State>active`},
		{"before a list", rule.RDS, "DescribeReservedDBInstances", describedX, "/Marker", `<Marker>`},
		{"not there in XML", rule.RDS, "DescribeReservedDBInstances", describedX, "/ReservedDBInstances/0/MultiAZ", `<ReservedDBInstance><State>active`},
		{"past the end of a list", rule.RDS, "DescribeReservedDBInstances", describedX, "/ReservedDBInstances/2/State", `<ReservedDBInstances>`},
		{"an error in XML", rule.RDS, "DescribeReservedDBInstances", refusedXML, "/Code", `<Code>`},
	} {
		r := readingOf(t, tt.service, tt.operation, tt.response)
		at := locate(r, tt.path)
		if at < 0 || at > len(tt.response) || !strings.HasPrefix(tt.response[at:], tt.at) {
			t.Errorf("%s: %d, want %d", tt.why, at, strings.Index(tt.response, tt.at))
		}
	}
}

func TestExpectAnswer(t *testing.T) {
	for _, tt := range []struct {
		why, expect, response string
		want                  rule.Verdict
		goOn                  bool
	}{
		{"a success", "success", listed, rule.Pass, true},
		{"a success instead of an error", "error", listed, rule.Fail, false},
		{"a success instead of a refusal", "refused", listed, rule.Fail, false},
		{"anything", "any", listed, rule.Pass, true},
		{"an error instead of a success", "success", refusedJSON, rule.Fail, false},
		{"the error", "error", refusedJSON, rule.Pass, true},
		{"another error", "other", refusedJSON, rule.Fail, false},
		{"a refusal", "refused", refusedJSON, rule.Pass, true},
		{"any error", "any", refusedJSON, rule.Pass, true},
		{"a page of a gateway is no refusal", "refused", htmlPage, rule.Fail, false},
		{"and no success", "success", htmlPage, rule.Fail, false},
	} {
		e := &casefile.Expect{Answer: tt.expect}
		switch tt.expect {
		case "error":
			e = &casefile.Expect{Error: []string{"BadRequestException", "NotFoundException"}}
		case "other":
			e = &casefile.Expect{Error: []string{"BadRequestException"}}
		}
		check, goOn := expectAnswer(&casefile.Case{}, e, readingOf(t, rule.MediaConnect, "ListOfferings", tt.response), nil)
		if check.Verdict != tt.want || goOn != tt.goOn || check.ID != ExpectAnswer {
			t.Errorf("%s: %s, %t: %v", tt.why, check.Verdict, goOn, check.Differences)
		}
	}
	// A break of what only should be warns.
	check, _ := expectAnswer(&casefile.Case{Level: rule.Should}, &casefile.Expect{Answer: "success"}, readingOf(t, rule.MediaConnect, "ListOfferings", refusedJSON), nil)
	if check.Verdict != rule.Warn {
		t.Errorf("got %s", check.Verdict)
	}
}

func TestHoldHeaders(t *testing.T) {
	r := readingOf(t, rule.MediaConnect, "ListOfferings", listed)
	member := func(name, matcher string) []casefile.Member {
		return []casefile.Member{{Path: name, Matcher: matcherOf(t, matcher)}}
	}
	if d, err := holdHeaders(r, append(member("x-a", "equal: b"), member("X-Gone", "absent: true")...), nil); err != nil || len(d) > 0 {
		t.Errorf("%v, %v", d, err)
	}
	d, err := holdHeaders(r, member("X-A", "equal: c"), nil)
	if err != nil || len(d) != 1 || d[0].Path != "X-A" || !strings.HasPrefix(listed[d[0].Offset:], "b\r\n") {
		t.Errorf("%v, %v", d, err)
	}
}

func TestGather(t *testing.T) {
	all := structure{}
	for _, page := range []structure{{"offerings": []value{"a", "b"}, "nextToken": "x"}, {"offerings": []value{"c"}}, {}} {
		want := 0
		if list, ok := page["offerings"].([]value); ok {
			want = len(list)
		}
		if got := gather(all, page); got != want {
			t.Errorf("the page has %d, want %d", got, want)
		}
	}
	if !equal(all, structure{"offerings": []value{"a", "b", "c"}}) {
		t.Errorf("got %v", all)
	}
}
