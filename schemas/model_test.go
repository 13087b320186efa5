package schemas_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"wireproof/schemas"
)

// testdata/model-facts.txt is what the service models say of the documents, one
// member a line: its path, a * where it is required, its type. The schemas have
// to say the same. They were written by hand, so neither is made of the other.

// Members that the protocol has and no model: where the type of an error travels.
var protocolMembers = []string{"mediaconnect/Error#/__type string", "mediaconnect/Error#/code string"}

func TestSchemasAgreeWithTheModels(t *testing.T) {
	facts := readFacts(t)
	var got []string
	for _, name := range schemas.Names() {
		if strings.HasSuffix(name, "/shapes") || name == "rds/Error" || strings.HasPrefix(name, "emulator/") || !strings.Contains(name, "/") { // the envelope of awsQuery and our own documents are in no model
			continue
		}
		got = append(got, outline(name+"#", compile(t, name), false)...)
	}
	got = slices.DeleteFunc(got, func(line string) bool { return slices.Contains(protocolMembers, line) })
	slices.Sort(got)
	if diff := cmp.Diff(facts, got); diff != "" {
		t.Errorf("(-models +schemas):\n%s", diff)
	}
}

// The frozen copy is what the models say, where they are at hand.
func TestFactsAreThoseOfTheModels(t *testing.T) {
	mc, rds := readModel(t, "mediaconnect-2018-11-14.json"), readModel(t, "rds-2014-10-31.json")
	var want []string
	for _, o := range []string{"ListOfferings", "ListReservations", "DescribeOffering", "DescribeReservation", "PurchaseOffering"} {
		want = append(want, mc.outline("mediaconnect/"+o+"Input#", o+"Request", false)...)
		want = append(want, mc.outline("mediaconnect/"+o+"Output#", o+"Response", false)...)
	}
	for _, line := range mc.outline("mediaconnect/PurchaseOfferingRequestBody#", "PurchaseOfferingRequest", false) {
		if !strings.Contains(line, "/offeringArn") { // in the path
			want = append(want, line)
		}
	}
	want = append(want, mc.outline("mediaconnect/Error#", "BadRequestException", false)...)
	for operation, shapes := range map[string][2]string{
		"DescribeReservedDBInstancesOfferings": {"DescribeReservedDBInstancesOfferingsMessage", "ReservedDBInstancesOfferingMessage"},
		"PurchaseReservedDBInstancesOffering":  {"PurchaseReservedDBInstancesOfferingMessage", "PurchaseReservedDBInstancesOfferingResult"},
		"DescribeReservedDBInstances":          {"DescribeReservedDBInstancesMessage", "ReservedDBInstanceMessage"},
	} {
		want = append(want, rds.outline("rds/"+operation+"Input#", shapes[0], false)...)
		want = append(want, rds.outline("rds/"+operation+"Output#", shapes[1], false)...)
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, readFacts(t)); diff != "" {
		t.Errorf("(-models +frozen):\n%s", diff)
	}
	for _, shape := range []string{"ForbiddenException", "NotFoundException", "TooManyRequestsException", "InternalServerErrorException", "ServiceUnavailableException"} {
		if diff := cmp.Diff(mc.outline("", "BadRequestException", false), mc.outline("", shape, false)); diff != "" {
			t.Errorf("%s has another body (-BadRequestException +%s):\n%s", shape, shape, diff)
		}
	}
}

func readFacts(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("testdata/model-facts.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// outline gives a line for each member of a schema.
func outline(path string, s *jsonschema.Schema, required bool) (lines []string) {
	for s.Ref != nil {
		s = s.Ref
	}
	kind := ""
	switch {
	case s.Enum != nil:
		kind = "enum"
		for _, v := range s.Enum {
			kind += fmt.Sprint(" ", v)
		}
	case s.AnyOf != nil:
		kind = "double"
	case s.Pattern != nil:
		kind = "timestamp"
	case s.Types[0] == "array":
		return append([]string{line(path, required, "list")}, outline(path+"/-", s.Items2020, false)...)
	case s.Types[0] == "integer" && s.Maximum.IsInt() && s.Maximum.Num().Int64() != 1<<31-1:
		kind = "integer " + s.Minimum.RatString() + " to " + s.Maximum.RatString()
	default:
		kind = s.Types[0]
	}
	lines = append(lines, line(path, required, kind))
	for name, member := range s.Properties {
		lines = append(lines, outline(path+"/"+name, member, slices.Contains(s.Required, name))...)
	}
	return lines
}

func line(path string, required bool, kind string) string {
	if required {
		path += "*"
	}
	return path + " " + kind
}

// model is a reduced service model of botocore.
type model struct {
	Shapes map[string]struct {
		Type     string
		Required []string
		Enum     []string
		Min, Max *int
		Member   struct{ Shape string }
		Members  map[string]struct{ Shape, Location, LocationName string }
	}
}

func readModel(t *testing.T, file string) (m model) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "shared", "models", file))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the models are not here")
	}
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (m model) outline(path, shape string, required bool) (lines []string) {
	s := m.Shapes[shape]
	kind := s.Type
	switch {
	case s.Enum != nil:
		kind = "enum " + strings.Join(s.Enum, " ")
	case s.Type == "list":
		return append([]string{line(path, required, "list")}, m.outline(path+"/-", s.Member.Shape, false)...)
	case s.Type == "structure":
		kind = "object"
	case s.Min != nil && s.Max != nil:
		kind = fmt.Sprintf("%s %d to %d", s.Type, *s.Min, *s.Max)
	}
	lines = append(lines, line(path, required, kind))
	for name, member := range s.Members {
		wireName := name
		switch {
		case member.Location == "uri": // the name is not on the wire
			wireName = strings.ToLower(name[:1]) + name[1:]
		case member.LocationName != "":
			wireName = member.LocationName
		}
		lines = append(lines, m.outline(path+"/"+wireName, member.Shape, slices.Contains(s.Required, name))...)
	}
	return lines
}
