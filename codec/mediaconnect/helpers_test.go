package mediaconnect_test

import (
	"testing"

	"wireproof/codec/wire"
	"wireproof/fixtures"
)

// response gives the response of a variant.
func response(v fixtures.Variant) *wire.Response {
	resp := &wire.Response{Status: v.Response.Status, Body: string(v.Response.Body)}
	for _, h := range v.Response.Headers {
		resp.Headers = append(resp.Headers, wire.HeaderField{Name: h.Name, Value: h.Value})
	}
	return resp
}

// checkFindings holds what is true of all findings.
func checkFindings(t *testing.T, findings []wire.Finding, body string) {
	t.Helper()
	for _, f := range findings {
		if f.Offset < 0 || f.Part == wire.Body && f.Offset > len(body) {
			t.Errorf("finding outside the message: %v", f)
		}
		if f.Kind == "" || f.Level == 0 || f.Part == "" || f.Want == "" || f.Got == "" {
			t.Errorf("incomplete finding: %#v", f)
		}
	}
}
