package interop

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// form is how responses are written.
type form struct {
	rds rds.Encoder
	mc  mediaconnect.Encoder
}

func (f form) response(out any, requestID string) (wire.Response, error) {
	if out, ok := out.(rds.Output); ok {
		return f.rds.EncodeResponse(out, requestID)
	}
	return f.mc.EncodeResponse(out.(mediaconnect.Output), requestID)
}

var forms = []form{
	{},
	{rds: rds.Encoder{Indent: true}, mc: mediaconnect.Encoder{Indent: true}},
}

// What our encoder writes, the SDK hands over as the same value.
func TestResponses(t *testing.T) {
	client := newSDK()
	tested := 0
	for _, s := range outputs() {
		t.Run(fmt.Sprintf("%T %s", s.value, s.reason), func(t *testing.T) {
			for _, f := range forms {
				if sdkReads(t, client, f, s.value) {
					tested++
				}
			}
		})
	}
	if tested < 400 {
		t.Errorf("%d responses compared, want 400 at least", tested)
	}
}

// sdkReads reports whether the value could be written, and fails the test where
// the SDK reads it as another value.
func sdkReads(t *testing.T, client sdkClients, f form, out any) bool {
	t.Helper()
	resp, err := f.response(out, "the-request-id")
	if err != nil {
		refusedRightly(t, out, err)
		return false
	}
	got, id, err := client.call(t.Context(), inputToSDK(minimalInput(out)), resp)
	if err != nil {
		t.Errorf("the SDK fails: %v\n%s", err, resp.Body)
		return true
	}
	if diff := cmp.Diff(outputToSDK(out), got, sdkValues); diff != "" {
		t.Errorf("(-ours +SDK's):\n%s\n%s", diff, resp.Body)
	}
	if diff := cmp.Diff(out, outputFromSDK(got, out), ourValues); diff != "" {
		t.Errorf("read back (-ours +SDK's):\n%s\n%s", diff, resp.Body)
	}
	if id != "the-request-id" {
		t.Errorf("request id %q", id)
	}
	return true
}

// refusedRightly checks that what our encoder refuses has no form in XML.
func refusedRightly(t *testing.T, out any, err error) {
	t.Helper()
	if _, ok := out.(rds.Output); !ok || !errors.Is(err, wire.ErrValue) || !strings.ContainsFunc(fmt.Sprintf("%+v", out), notXML) {
		t.Errorf("refused: %v", err)
	}
}

// notXML reports whether XML 1.0 has no place for the character. Production [2].
func notXML(r rune) bool {
	switch {
	case r == '\t', r == '\n', r == '\r':
		return false
	case r < ' ', r == '\ufffe', r == '\uffff', r > utf8.MaxRune:
		return true
	}
	return false
}

// Each version writes what it has; the SDK reads the namespace of all of them.
func TestResponsesOfEveryVersion(t *testing.T) {
	client := newSDK()
	for _, v := range rds.Versions() {
		for _, out := range fullOutputs() {
			switch o := out.(type) {
			case *rds.PurchaseReservedDBInstancesOfferingOutput:
				dropLater(v, &o.ReservedDBInstance.Value)
			case *rds.DescribeReservedDBInstancesOutput:
				dropLater(v, &o.ReservedDBInstances.Value[0])
			case mediaconnect.Output:
				continue
			}
			if !sdkReads(t, client, form{rds: rds.Encoder{Version: v}}, out) {
				t.Errorf("%s: %T cannot be written", v, out)
			}
		}
	}
}

func dropLater(v rds.Version, r *rds.ReservedDBInstance) {
	if !v.HasArn() {
		r.ReservedDBInstanceArn = wire.Opt[string]{}
	}
	if !v.HasLeaseId() {
		r.LeaseId = wire.Opt[string]{}
	}
}
