package rds_test

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/codec/xmlwire"
	"wireproof/fixtures"
)

// responses gives the documented responses of RDS.
func responses(t testing.TB, kind string) (all []fixtures.Sample) {
	t.Helper()
	samples, err := fixtures.Samples()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range samples {
		if s.Service == "rds" && s.Kind == kind {
			all = append(all, s)
		}
	}
	if len(all) == 0 {
		t.Fatalf("no sample of kind %s", kind)
	}
	return all
}

func TestSampleResponses(t *testing.T) {
	for _, s := range responses(t, "response") {
		t.Run(s.Name, func(t *testing.T) {
			op, _ := rds.ParseOperation(s.Operation)
			out := op.NewOutput()
			var d rds.Decoder
			err := d.DecodeBody(string(s.Raw), out)
			if !s.WellFormed {
				var syntax *wire.SyntaxError
				if !errors.As(err, &syntax) || syntax.Offset != *s.Offset {
					t.Fatalf("got %v, want a syntax error at offset %d", err, *s.Offset)
				}
				if !errors.Is(err, xmlwire.ErrMismatchedTag) {
					t.Errorf("got %v, want the tag that does not match", err)
				}
				if want := "/DescribeReservedDBInstancesResponse/DescribeReservedDBInstancesResult/ReservedDBInstances"; syntax.Path != want {
					t.Errorf("path %s, want %s", syntax.Path, want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if len(d.Findings()) != 0 {
				t.Errorf("findings in a documented sample: %v", d.Findings())
			}
			if s.Decoded != nil {
				equalJSON(t, s.Decoded, out)
			}
			e := rds.Encoder{Version: rds.Version(s.APIVersion), Indent: true}
			again, err := e.AppendBody(nil, out)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.TrimRight(string(s.Raw), "\n"), strings.TrimRight(string(again), "\n")); diff != "" {
				t.Errorf("decoded and encoded again (-sample +again):\n%s", diff)
			}
			compact, err := rds.Encoder{Version: rds.Version(s.APIVersion)}.AppendBody(nil, out)
			if err != nil {
				t.Fatal(err)
			}
			if want := betweenTags.ReplaceAllString(strings.TrimRight(string(s.Raw), "\n"), "><"); want != string(compact) {
				t.Errorf("compact:\n got %s\nwant %s", compact, want)
			}
		})
	}
}

var betweenTags = regexp.MustCompile(`>\s+<`)

// equalJSON compares the view that encoding/json gives of a value.
func equalJSON(t *testing.T, want []byte, value any) {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var a, b any
	if err := json.Unmarshal(want, &a); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &b); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("value (-want +got):\n%s", diff)
	}
}

// TestLeadingSpace: the documented sample of 2012 has a space before the
// offering's id, and every client keeps it. WIRE.md F.2.
func TestLeadingSpace(t *testing.T) {
	for _, s := range responses(t, "response") {
		if s.APIVersion != "2012-04-23" {
			continue
		}
		var d rds.Decoder
		var out rds.PurchaseReservedDBInstancesOfferingOutput
		if err := d.DecodeBody(string(s.Raw), &out); err != nil {
			t.Fatal(err)
		}
		id := out.ReservedDBInstance.Value.ReservedDBInstancesOfferingId
		if want := " 438012d3-4052-4cc7-b2e3-8d3372e0e706"; id != wire.Some(want) {
			t.Errorf("offering id %q, want %q", id.Value, want)
		}
		if s.Name == "rds-2012-04-23-purchase-response" {
			return
		}
	}
	t.Error("the sample of 2012 is not there")
}

// TestGoldenError: an error of the real service, decoded and encoded again, is
// the same to the byte.
func TestGoldenError(t *testing.T) {
	goldens, err := fixtures.Goldens()
	if err != nil {
		t.Fatal(err)
	}
	tested := 0
	for _, g := range goldens {
		if g.Name != "rds_describe_db_instances" {
			continue
		}
		tested++
		resp := &wire.Response{Status: g.Status, Body: string(g.Body)}
		for name, value := range g.Headers {
			resp.Headers.Set(name, value)
		}
		var d rds.Decoder
		var e rds.Error
		if err := d.DecodeError(resp, &e); err != nil {
			t.Fatal(err)
		}
		if len(d.Findings()) > 0 {
			t.Errorf("findings in what the real service answered: %v", d.Findings())
		}
		if e.Code.Or("") != "DBInstanceNotFound" || e.Type.Or("") != "Sender" || e.Status != 404 {
			t.Errorf("got %v", &e)
		}
		again, err := rds.Encoder{Indent: true}.EncodeError(&e)
		if err != nil {
			t.Fatal(err)
		}
		if again.Body != resp.Body || again.Status != resp.Status {
			t.Errorf("got %d %s\nwant %d %s", again.Status, again.Body, resp.Status, resp.Body)
		}
		for _, name := range []string{"Content-Type", "x-amzn-RequestId"} {
			got, _ := again.Headers.Get(name)
			if want, _ := resp.Headers.Get(name); got != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
	}
	if tested != 1 {
		t.Errorf("%d goldens, want 1", tested)
	}
}
