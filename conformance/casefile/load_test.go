package casefile_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/conformance/casefile"
	"wireproof/conformance/rule"
	"wireproof/fixtures"
)

// A file with every part of a case: what is read is what was written.
func TestLoad(t *testing.T) {
	cases, err := load(`service: rds
level: should
evidence: [{kind: document, source: there, says: so}]
cases:
  - id: rds.z.last
    about: |
      It is so.
    level: must
    evidence: [{kind: model, source: here}]
    needs: [own-state, rds.offerings>=21, rds.reservation]
    steps:
      - name: first
        send:
          operation: PurchaseReservedDBInstancesOffering
          version: 2014-09-01
          with: {ReservedDBInstancesOfferingId: "${rds.offering}", DBInstanceCount: 2, Tags: [{Key: a, Value: null}]}
          get: true
          plus: false
          parameters: {A: 020, B: null, C: ["", 2014-10-31]}
          headers: {X-A: "1"}
          method: PUT
          path: /x
          query: a=b
          body: ""
          as: none
          http: "1.0"
          chunked: true
          continue: true
          fresh: true
        expect:
          status: [200, 201]
          members:
            /ReservedDBInstance/State: active
            "": {present: true}
            /ReservedDBInstance: {agrees: "${rds.reservation}", except: [State]}
          headers: {Date: {match: GMT$}}
          kept: true
        capture: {bought: /ReservedDBInstance}
      - send: {bytes: "GET / HTTP/1.0\r\n\r\n", operation: DescribeReservedDBInstances}
        expect: {error: [MissingAction, InvalidAction]}
      - send: {operation: DescribeReservedDBInstances, with: {Marker: "${bought.State}"}}
        follow: true
        expect: {page-size: 20}
      - send: {operation: DescribeReservedDBInstances, with: {Marker: "${n}"}}
        parallel: 3
        expect: {answer: any, outcomes: {success: 1, refused: 2}, closed: true}
  - {id: rds.a.first, about: It is not., steps: [{send: {operation: DescribeReservedDBInstances}, expect: refused}]}
`)
	if err != nil {
		t.Fatal(err)
	}
	text := func(s string) *string { return &s }
	want := []*casefile.Case{{
		ID: "rds.a.first", About: "It is not.", Service: "rds", Level: rule.Should, File: "rds/a.yaml", Line: 47,
		Evidence: []rule.Evidence{{Kind: rule.Document, Source: "there", Says: "so"}},
		Steps:    []casefile.Step{{Name: "1", Send: casefile.Send{Operation: "DescribeReservedDBInstances"}, Expect: casefile.Expect{Answer: "refused"}}},
	}, {
		ID: "rds.z.last", About: "It is so.", Service: "rds", Level: rule.Must, File: "rds/a.yaml", Line: 5,
		Evidence: []rule.Evidence{{Kind: rule.Model, Source: "here"}},
		Needs:    []casefile.Need{"own-state", "rds.offerings>=21", "rds.reservation"},
		Steps: []casefile.Step{{
			Name: "first",
			Send: casefile.Send{
				Operation: "PurchaseReservedDBInstancesOffering", Version: "2014-09-01", Get: true,
				With:       map[string]any{"ReservedDBInstancesOfferingId": "${rds.offering}", "DBInstanceCount": 2, "Tags": []any{map[string]any{"Key": "a", "Value": nil}}},
				Parameters: casefile.Pairs{{"A", []string{"020"}}, {"B", nil}, {"C", []string{"", "2014-10-31"}}},
				Headers:    casefile.Pairs{{"X-A", []string{"1"}}},
				Method:     text("PUT"), Path: text("/x"), Query: text("a=b"), Body: text(""),
				As: "none", HTTP: "1.0", Chunked: true, Continue: true, Fresh: true,
			},
			Expect: casefile.Expect{
				Answer: "success", Status: []int{200, 201}, Kept: true,
				Members: []casefile.Member{
					{Path: "/ReservedDBInstance/State", Line: 33, Matcher: casefile.Matcher{Equal: scalar("active")}},
					{Path: "", Line: 34, Matcher: casefile.Matcher{Present: true}},
					{Path: "/ReservedDBInstance", Line: 35, Matcher: casefile.Matcher{Agrees: scalar("${rds.reservation}"), Except: []string{"State"}}},
				},
				Headers: []casefile.Member{{Path: "Date", Line: 36, Matcher: casefile.Matcher{Match: "GMT$"}}},
			},
			Capture: map[string]string{"bought": "/ReservedDBInstance"},
		}, {
			Name:   "2",
			Send:   casefile.Send{Operation: "DescribeReservedDBInstances", Bytes: text("GET / HTTP/1.0\r\n\r\n")},
			Expect: casefile.Expect{Answer: "error", Error: []string{"MissingAction", "InvalidAction"}},
		}, {
			Name: "3", Follow: true,
			Send:   casefile.Send{Operation: "DescribeReservedDBInstances", With: map[string]any{"Marker": "${bought.State}"}},
			Expect: casefile.Expect{Answer: "success", PageSize: 20},
		}, {
			Name: "4", Parallel: 3,
			Send:   casefile.Send{Operation: "DescribeReservedDBInstances", With: map[string]any{"Marker": "${n}"}},
			Expect: casefile.Expect{Answer: "any", Outcomes: map[string]int{"success": 1, "refused": 2}, Closed: true},
		}},
	}}
	// Of a node its value matters, not where it stands.
	nodes := cmp.Comparer(func(a, b *yaml.Node) bool {
		return a == nil && b == nil || a != nil && b != nil && a.Kind == b.Kind && a.Tag == b.Tag && a.Value == b.Value
	})
	if diff := cmp.Diff(want, cases, nodes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func scalar(text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
}

// A row of each can give a whole value of any type, a part of a text, a name, and
// a need.
func TestEach(t *testing.T) {
	cases, err := load(head + `    level: ${each.level}
    needs: ["rds.offerings>=${each.size}"]
    steps:
      - send:
          operation: DescribeReservedDBInstances
          with: ${each.with}
          parameters: {"${each.name}": "a-${each.size}-${each.as}"}
    each:
      - {as: one, level: should, size: 20, name: A, with: {MaxRecords: 20}}
      - {as: two, level: must, size: 21, name: B, with: {MultiAZ: true}}
`)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range cases {
		s := c.Steps[0].Send
		got = append(got, fmt.Sprint(c.ID, " ", c.Level, " ", c.Needs, " ", s.With, " ", s.Parameters, " ", c.Line))
	}
	want := []string{
		"rds.a.b.one should [rds.offerings>=20] map[MaxRecords:20] [{A [a-20-one]}] 4",
		"rds.a.b.two must [rds.offerings>=21] map[MultiAZ:true] [{B [a-21-two]}] 4",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNeeds(t *testing.T) {
	for need, want := range map[casefile.Need]casefile.ParsedNeed{
		"own-state":                {Kind: casefile.OwnState},
		"two-accounts":             {Kind: casefile.TwoAccounts},
		"rds.offerings>=21":        {Kind: casefile.Offerings, Service: "rds", Count: 21},
		"mediaconnect.reservation": {Kind: casefile.Reservation, Service: "mediaconnect"},
		"provokes.Throttling":      {Kind: casefile.Provokes, Code: "Throttling"},
	} {
		if got, err := need.Parse(); err != nil || got != want {
			t.Errorf("%s: %+v %v", need, got, err)
		}
	}
}

// A hash is another with every byte of a case file and its name, and with nothing
// else.
func TestHash(t *testing.T) {
	hash := func(files fstest.MapFS) string {
		h, err := casefile.Hash(files)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	first := hash(fstest.MapFS{"a.yaml": file("x"), "b.yaml": file("y")})
	if same := hash(fstest.MapFS{"b.yaml": file("y"), "README.md": file("z"), "a.yaml": file("x")}); same != first {
		t.Error("the hash is of more than the case files")
	}
	for i, other := range []fstest.MapFS{
		{"a.yaml": file("x")},
		{"a.yaml": file("x"), "b.yaml": file("z")},
		{"a.yaml": file("y"), "b.yaml": file("x")},
		{"a.yaml": file("x"), "c.yaml": file("y")},
		{"a.yaml": file(""), "b.yaml": file("xy")},
	} {
		if hash(other) == first {
			t.Errorf("row %d has the same hash", i)
		}
	}
}

// The cases of this module: deterministic, sorted, each said to be of something.
func TestCases(t *testing.T) {
	cases, err := casefile.Load(fixtures.Cases())
	if err != nil {
		t.Fatal(err)
	}
	again, err := casefile.Load(fixtures.Cases())
	if err != nil {
		t.Fatal(err)
	}
	ids := func(cases []*casefile.Case) (ids []string) {
		for _, c := range cases {
			ids = append(ids, c.ID)
		}
		return ids
	}
	if !slices.IsSorted(ids(cases)) || !slices.Equal(ids(cases), ids(again)) {
		t.Error("the cases are not in the order of their ids")
	}
	for _, c := range cases {
		if !strings.HasSuffix(c.About, ".") {
			t.Errorf("%s: about is a sentence: %q", c.ID, c.About)
		}
		if strings.Contains(c.File, "\\") || strings.Split(c.File, "/")[0] != c.Service {
			t.Errorf("%s stands in %s", c.ID, c.File)
		}
	}
}

// Everything that the models have is asked of a target by some case: every
// operation, every member of an input, every API version in both forms, and every
// modeled error that a client can provoke or a target can be made to give.
func TestCasesCoverTheModels(t *testing.T) {
	cases, err := casefile.Load(fixtures.Cases())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, c := range cases {
		for _, n := range c.Needs {
			seen[string(n)] = true
		}
		for _, s := range c.Steps {
			o := s.Send.Operation
			for name := range s.Send.With {
				seen[o+" with "+name] = true
			}
			if s.Expect.Answer == "success" {
				seen[fmt.Sprint(o, " of ", s.Send.Version, " ", s.Send.Get)] = true
			}
			for _, code := range s.Expect.Error {
				seen[o+" "+code] = true
			}
		}
	}
	var want []string
	for _, v := range rds.Versions() {
		for _, o := range rds.Operations() {
			want = append(want, fmt.Sprint(o, " of ", v, " ", false), fmt.Sprint(o, " of ", v, " ", true))
		}
	}
	for _, o := range rds.Operations() {
		for _, e := range o.Errors() {
			if e != rds.ReservedDBInstanceQuotaExceededFault {
				want = append(want, o.String()+" "+e.Code)
			}
		}
	}
	for _, code := range []string{"ReservedDBInstanceQuotaExceeded", "Throttling", "TooManyRequestsException"} {
		want = append(want, "provokes."+code)
	}
	for _, o := range mediaconnect.Operations() {
		want = append(want, fmt.Sprint(o, " of  false"))
	}
	members := map[string]string{
		"DescribeReservedDBInstancesOfferings": "ReservedDBInstancesOfferingId DBInstanceClass Duration ProductDescription OfferingType MultiAZ Filters MaxRecords Marker",
		"PurchaseReservedDBInstancesOffering":  "ReservedDBInstancesOfferingId ReservedDBInstanceId DBInstanceCount Tags",
		"DescribeReservedDBInstances":          "ReservedDBInstanceId ReservedDBInstancesOfferingId DBInstanceClass Duration ProductDescription OfferingType MultiAZ LeaseId Filters MaxRecords Marker",
		"ListOfferings":                        "maxResults nextToken", "ListReservations": "maxResults nextToken",
		"DescribeOffering": "offeringArn", "DescribeReservation": "reservationArn", "PurchaseOffering": "offeringArn reservationName start",
	}
	for o, names := range members {
		for _, name := range strings.Fields(names) {
			want = append(want, o+" with "+name)
		}
	}
	for _, w := range want {
		if !seen[w] {
			t.Errorf("no case has %s", w)
		}
	}
}

// Every file says where its schema is, for editors, and is found there.
func TestModelines(t *testing.T) {
	err := fs.WalkDir(fixtures.Cases(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".yaml") {
			return err
		}
		text, err := fs.ReadFile(fixtures.Cases(), name)
		up := strings.Repeat("../", strings.Count(name, "/")+2)
		if first, _, _ := strings.Cut(string(text), "\n"); first != "# yaml-language-server: $schema="+up+"schemas/Cases.json" {
			t.Errorf("%s begins with %q", name, first)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
