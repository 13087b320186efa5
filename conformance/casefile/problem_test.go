package casefile_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"wireproof/conformance/casefile"
)

// load reads one file.
func load(text string) ([]*casefile.Case, error) {
	return casefile.Load(fstest.MapFS{"rds/a.yaml": {Data: []byte(text)}})
}

// head makes a file of one case with the steps that follow it.
const head = `service: rds
evidence: [{kind: model, source: here}]
cases:
  - id: rds.a.b
    about: It is so.
`

// describe is a step that is right, so that rows say only what is wrong.
const describe = `    steps:
      - send: {operation: DescribeReservedDBInstances}
`

// Files that are wrong, each in one way. at is the part of the text that the
// problem points at the beginning of, after its last bar. schema is the place that
// the JSON Schema refuses, or - where only the loader can know.
var wrongFiles = []struct{ text, at, schema, why string }{
	{"[]", "|[]", "", "a file is an object"},
	{"service: rds\n", "|service", "", "no cases"},
	{"cases: []\n", "cases: |[]", "/cases", "no case"},
	{"cases:\n  - 1\n", "- |1", "/cases/0", "a case is an object"},
	{"service: s3\n" + head[13:] + describe, "service: |s3", "/service", "a service that there is not"},
	{"evidense: []\n" + head + describe, "|evidense", "", "a member of the file that there is not"},
	{"level: note\n" + head + describe, "level: |note", "/level", "a note has no verdict"},

	{head, "- |id", "/cases/0", "no steps"},
	{head + "    steps: []\n", "steps: |[]", "/cases/0/steps", "no step"},
	{head + "    steps: [1]\n", "steps: [|1", "/cases/0/steps/0", "a step is an object"},
	{head + describe + "    neds: []\n", "|neds", "/cases/0", "a member of the case that there is not"},
	{head + describe + "    about: again\n", "\n    |about: again", "-", "a member that is there twice; JSON has no such thing"},
	{strings.Replace(head, "    about: It is so.\n", "", 1) + describe, "- |id", "/cases/0", "no about"},
	{strings.Replace(head, "rds.a.b", "rds.A.b", 1) + describe, "id: |rds", "/cases/0/id", "an id in another case"},
	{strings.Replace(head, "rds.a.b", "rds.a_b.c", 1) + describe, "id: |rds", "/cases/0/id", "an id with an underscore"},
	{strings.Replace(head, "rds.a.b", "mediaconnect.a.b", 1) + describe, "- |id", "-", "an id of the other service"},
	{strings.Replace(head, "service: rds\n", "", 1) + describe, "- |id", "-", "no service, here or in the file"},
	{strings.Replace(head, "evidence: [{kind: model, source: here}]\n", "", 1) + describe, "- |id", "-", "no evidence, here or in the file"},
	{strings.Replace(head, "kind: model, ", "", 1) + describe, "[|{", "/evidence/0", "evidence of no kind"},
	{strings.Replace(head, "model", "hearsay", 1) + describe, "kind: |hear", "/evidence/0/kind", "evidence of a kind that there is not"},
	{head + describe + "    level: may\n", "level: |may", "/cases/0/level", "a level that there is not"},

	{head + describe + "    needs: [own]\n", "needs: [|own", "/cases/0/needs/0", "a need that there is not"},
	{head + describe + "    needs: [rds.offerings]\n", "needs: [|rds", "/cases/0/needs/0", "how many is not said"},
	{head + describe + "    needs: [rds.offerings>=0]\n", "needs: [|rds", "/cases/0/needs/0", "none are no need"},
	{head + describe + "    needs: [s3.reservation]\n", "needs: [|s3", "/cases/0/needs/0", "of a service that there is not"},
	{head + describe + "    needs: [provokes.Throtling]\n", "needs: [|provokes", "-", "an error that there is not"},
	{head + describe + "    needs: own-state\n", "needs: |own", "/cases/0/needs", "a list"},

	{head + describe + "    each: []\n", "each: |[]", "/cases/0/each", "no row"},
	{head + describe + "    each: [{x: 1}]\n", "each: [|{", "/cases/0/each/0", "a row without as"},
	{head + describe + "    each: [{as: A}]\n", "each: [|{", "/cases/0/each/0/as", "as ends an id"},
	{head + describe + "    each: [{as: a, x: 1}]\n", "x: |1", "-", "a value that nothing uses"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, version: '${each.v}'}\n    each: [{as: a}]\n", "each: [|{", "-", "a row without what the case uses"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: {Marker: 'a${each.v}'}}\n    each: [{as: a, v: [1]}]\n", "v: |[1", "-", "a list inside a text"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: {Marker: 'a${each.v}'}}\n", "Marker: |'", "-", "each without rows"},

	{head + "    steps:\n      - expect: any\n", "- |expect", "/cases/0/steps/0", "nothing is sent"},
	{head + "    steps:\n      - send: {}\n", "send: |{", "/cases/0/steps/0/send", "what is sent is not said"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstance}\n", "operation: |D", "/cases/0/steps/0/send/operation", "an operation that there is not"},
	{head + "    steps:\n      - send: {operation: ListOfferings}\n", "operation: |L", "-", "an operation of the other service"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, verison: 2014-10-31}\n", "|verison", "/cases/0/steps/0/send", "a member of send that there is not"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, version: 2014-10-30}\n", "version: |2", "/cases/0/steps/0/send/version", "a version that there is not"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, get: yes}\n", "get: |yes", "/cases/0/steps/0/send/get", "neither true nor false"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, as: me}\n", "as: |me", "/cases/0/steps/0/send/as", "an account that there is not"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, as: other}\n", "send: |{", "-", "a second account that is not needed"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, http: 2}\n", "http: |2", "/cases/0/steps/0/send/http", "a version of HTTP that is not sent"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, path: null}\n", "path: |null", "/cases/0/steps/0/send/path", "no path"},
	{head + "    steps:\n      - send: {bytes: x, method: GET, operation: DescribeReservedDBInstances}\n", "|method", "/cases/0/steps/0/send", "bytes are the whole request"},
	{head + "    steps:\n      - send: {bytes: x}\n", "- |send", "-", "a success of what?"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, parameters: {A: {b: c}}}\n", "A: |{", "/cases/0/steps/0/send/parameters/A", "a parameter is a text"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, parameters: {A: []}}\n", "A: |[", "/cases/0/steps/0/send/parameters/A", "null takes a parameter out"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, parameters: {A: x, A: y}}\n", "x, |A", "-", "a list sends it twice; JSON has no such thing"},

	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: {ReservedDBInstancesId: x}}\n", "with: {|R", "/cases/0/steps/0/send/with", "a member that there is not"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: {MaxRecords: '20'}}\n", "MaxRecords: |'", "-", "a text for an integer"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: {MultiAZ: 1}}\n", "MultiAZ: |1", "-", "an integer for a boolean"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: {Duration: 1}}\n", "Duration: |1", "-", "an integer for a text"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: {Filters: {Name: x}}}\n", "Filters: |{", "-", "an object for a list"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: {Filters: [{Nmae: x}]}}\n", "|Nmae", "-", "a member of an item that there is not"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: [a]}\n", "with: |[", "/cases/0/steps/0/send/with", "an object"},

	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: {Marker: '${marker}'}}\n        capture: {marker: /Marker}\n", "Marker: |'", "-", "a variable before it is captured"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: {Marker: 'x${nothing}'}}\n", "Marker: |'", "-", "a variable that there is not"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: {Marker: 'x${id'}}\n", "Marker: |'", "-", "a variable that is not closed"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: {Marker: '${id|upper}'}}\n", "Marker: |'", "-", "a form that there is not"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: {Marker: '${n}'}}\n", "Marker: |'", "-", "a number of requests that are not parallel"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: {Marker: '${rds.offering.Price}'}}\n", "Marker: |'", "-", "a member that no offering has"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: {Marker: '${rds.reservation.LeaseId}'}}\n", "Marker: |'", "-", "a reservation that is not needed"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances}\n        capture: {x: /ReservedDBInstances/0}\n      - send: {operation: DescribeReservedDBInstances, with: {Marker: '${x.Stat}'}}\n", "Marker: |'", "-", "a member that what was captured does not have"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances}\n        capture: {x_y: /Marker}\n", "|x_y", "/cases/0/steps/0/capture/x_y", "no name for a variable"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances}\n        capture: {id: /Marker}\n", "|id: /", "-", "a variable that is always there"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances}\n        capture: {x: Marker}\n", "x: |Marker", "/cases/0/steps/0/capture/x", "no path"},
	{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances}\n        capture: {x: /Marke}\n", "x: |/", "-", "a path that leads nowhere"},

	{head + describe + "        expect: sucess\n", "expect: |s", "/cases/0/steps/0/expect", "a word that there is not"},
	{head + describe + "        expect: error\n", "expect: |e", "/cases/0/steps/0/expect", "which error is not said"},
	{head + describe + "        expect: {answer: error}\n", "expect: |{", "/cases/0/steps/0/expect", "which error is not said"},
	{head + describe + "        expect: {error: ReservedDBInstanceNotFoundFault}\n", "error: |R", "-", "the name of a shape for its code"},
	{head + describe + "        expect: {answer: any, error: MissingAction}\n", "expect: |{", "-", "any and an error"},
	{head + describe + "        expect: {status: 99}\n", "status: |99", "/cases/0/steps/0/expect/status", "no status"},
	{head + describe + "        expect: {status: ok}\n", "status: |ok", "/cases/0/steps/0/expect/status", "no status"},
	{head + describe + "        expect: {kept: true, closed: true}\n", "expect: |{", "/cases/0/steps/0/expect", "kept and closed"},
	{head + describe + "        expect: {members: {Marker: x}}\n", "members: {|M", "/cases/0/steps/0/expect/members", "no path"},
	{head + describe + "        expect: {members: {/Markre: x}}\n", "members: {|/", "-", "a path that leads nowhere"},
	{head + describe + "        expect: {members: {/Marker/x: x}}\n", "members: {|/", "-", "a path below a text"},
	{head + describe + "        expect: {members: {/ReservedDBInstances/first: x}}\n", "members: {|/", "-", "an element that no list has"},
	{head + describe + "        expect: {members: {/ReservedDBInstances/01: x}}\n", "members: {|/", "-", "RFC 6901 has no leading zeros"},
	{head + describe + "        expect: {answer: refused, members: {/Marker: x}}\n", "members: {|/", "-", "an error has no such member"},
	{head + describe + "        expect: {members: {/Marker: null}}\n", "Marker: |null", "/cases/0/steps/0/expect/members/~1Marker", "absent is said with absent"},
	{head + describe + "        expect: {members: {/Marker: {}}}\n", "Marker: |{", "/cases/0/steps/0/expect/members/~1Marker", "what it has to be is not said"},
	{head + describe + "        expect: {members: {/Marker: {mach: x}}}\n", "|mach", "/cases/0/steps/0/expect/members/~1Marker", "a matcher that there is not"},
	{head + describe + "        expect: {members: {/Marker: {match: '('}}}\n", "match: |'", "/cases/0/steps/0/expect/members/~1Marker/match", "no regular expression"},
	{head + describe + "        expect: {members: {/Marker: {absent: false}}}\n", "absent: |f", "/cases/0/steps/0/expect/members/~1Marker/absent", "present is said with present"},
	{head + describe + "        expect: {members: {/ReservedDBInstances: {at-least: x}}}\n", "at-least: |x", "/cases/0/steps/0/expect/members/~1ReservedDBInstances/at-least", "no number"},
	{head + describe + "        expect: {members: {/ReservedDBInstances: {at-least: .nan}}}\n", "at-least: |.", "-", "no number; JSON has no such thing"},
	{head + describe + "        expect: {members: {/Marker: {except: [a], present: true}}}\n", "Marker: |{", "/cases/0/steps/0/expect/members/~1Marker", "except without agrees"},
	{head + describe + "        expect: {members: {/Marker: {months-after: {start: /a}}}}\n", "months-after: |{", "/cases/0/steps/0/expect/members/~1Marker/months-after", "after what?"},
	{head + describe + "        expect: {page-size: 20}\n", "- |send", "-", "a page that is not followed"},
	{head + describe + "        expect: {outcomes: {success: 1}}\n", "- |send", "-", "outcomes of one request"},
	{head + describe + "        parallel: 1\n", "parallel: |1", "/cases/0/steps/0/parallel", "one is not several"},
	{head + describe + "        parallel: 65\n", "parallel: |65", "/cases/0/steps/0/parallel", "more connections than a target may take"},
	{head + describe + "        parallel: 2\n        expect: {outcomes: {success: 3}}\n", "- |send", "-", "more outcomes than requests"},
	{head + describe + "        parallel: 2\n        expect: {outcomes: {sucess: 2}}\n", "|sucess", "-", "an outcome that there is not"},
	{head + describe + "        parallel: 2\n        follow: true\n", "- |send", "-", "parallel pages"},
	{head + describe + "        follow: true\n        expect: any\n", "- |send", "-", "pages of an error"},
	{head + describe + "        name: Step\n", "name: |Step", "/cases/0/steps/0/name", "a name in another case"},
	{head + describe + "        name: a\n      - {name: a, send: {operation: DescribeReservedDBInstances}}\n", "{name: |a", "-", "two steps of one name"},

	{head + "    steps: &s\n      - send: {operation: DescribeReservedDBInstances}\n", "steps: |&s", "-", "an anchor"},
	{head + "    steps: !!set {a}\n", "steps: |!!set", "-", "a type of YAML that JSON does not have"},
}

func TestWrongFiles(t *testing.T) {
	for _, row := range wrongFiles {
		_, err := load(row.text)
		var e *casefile.Error
		if !errors.As(err, &e) || !errors.Is(err, casefile.ErrFile) {
			t.Errorf("%s: %v", row.why, err)
			continue
		}
		before, after, _ := strings.Cut(row.at, "|")
		at := strings.LastIndex(row.text, before+after)
		if at < 0 {
			t.Fatalf("%s: the text has no %q", row.why, before+after)
		}
		at += len(before)
		line, column := 1+strings.Count(row.text[:at], "\n"), at-strings.LastIndexByte(row.text[:at], '\n')
		if len(e.Problems) != 1 {
			t.Errorf("%s: %d problems: %v", row.why, len(e.Problems), err)
		}
		if p := e.Problems[0]; p.File != "rds/a.yaml" || p.Line != line || p.Column != column {
			t.Errorf("%s: %v, want it at %d:%d", row.why, p, line, column)
		}
	}
}

// Where a name is misspelt, the problem names what was meant.
func TestHints(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{head + describe + "    neds: []\n", "needs"},
		{head + "    steps:\n      - send: {operation: DescribeReservedDBInstance}\n", "DescribeReservedDBInstances"},
		{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: {ReservedDBInstancesId: x}}\n", "ReservedDBInstanceId"},
		{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: {Marker: '${rds.offerng}'}}\n", "${rds.offering}"},
		{head + "    steps:\n      - send: {operation: DescribeReservedDBInstances, with: {Marker: '${rds.offering.Durration}'}}\n", "Duration"},
		{head + describe + "        expect: {error: ReservedDBInstanceNotFoundFault}\n", "ReservedDBInstanceNotFound"},
		{head + describe + "        expect: {members: {/ReservedDBInstances/0/Stat: x}}\n", "State"},
		{head + describe + "        expect: {members: {/Marker: {mach: x}}}\n", "match"},
	} {
		_, err := load(row.text)
		var e *casefile.Error
		if !errors.As(err, &e) || !strings.HasPrefix(e.Problems[0].Hint, "did you mean "+row.want+"?") {
			t.Errorf("%s: %v", row.want, err)
		}
	}
}

// Every problem of every file is told at once, in the order of files and lines,
// and one that all rows of an each have only once.
func TestAllProblems(t *testing.T) {
	_, err := casefile.Load(fstest.MapFS{
		"b.yaml": {Data: []byte(head + "    level: x\n    steps: []\n    each: [{as: a}, {as: b}]\n")},
		"a.yml":  {Data: []byte("cases: [\n")},
		"c.txt":  {Data: []byte("not read")},
	})
	var e *casefile.Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	var got []string
	for _, p := range e.Problems {
		got = append(got, p.File)
	}
	if strings.Join(got, " ") != "a.yml b.yaml b.yaml" || e.Problems[0].Line == 0 || e.Problems[1].Line != 6 || e.Problems[2].Line != 7 {
		t.Errorf("%v", err)
	}
}

func TestNoFile(t *testing.T) {
	if _, err := casefile.Load(fstest.MapFS{"README.md": {Data: []byte("x")}}); !errors.Is(err, casefile.ErrFile) {
		t.Error(err)
	}
}

// An id is unique over all files.
func TestTwice(t *testing.T) {
	_, err := casefile.Load(fstest.MapFS{"a.yaml": {Data: []byte(head + describe)}, "b/c.yaml": {Data: []byte(head + describe)}})
	var e *casefile.Error
	if !errors.As(err, &e) || len(e.Problems) != 1 || e.Problems[0].File != "b/c.yaml" || e.Problems[0].Line != 4 {
		t.Error(err)
	}
}

// The limits hold to the byte and the case.
func TestLimits(t *testing.T) {
	file := func(size int) error {
		text := head + describe + "#"
		_, err := load(text + strings.Repeat("x", size-len(text)))
		return err
	}
	rows := func(n int) error {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "      - {as: r%d}\n", i)
		}
		_, err := load(head + describe + "    each:\n" + b.String())
		return err
	}
	for name, row := range map[string]struct {
		limit int
		at    func(int) error
	}{"MaxFile": {casefile.MaxFile, file}, "MaxCases": {casefile.MaxCases, rows}} {
		if err := row.at(row.limit - 1); err != nil {
			t.Errorf("%s-1: %v", name, err)
		}
		if err := row.at(row.limit); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := row.at(row.limit + 1); !errors.Is(err, casefile.ErrFile) {
			t.Errorf("%s+1: %v", name, err)
		}
	}
}
