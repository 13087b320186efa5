package rule_test

import (
	"strings"
	"testing"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
	"wireproof/conformance/rule"
	"wireproof/fixtures"
)

func TestGoodExchanges(t *testing.T) {
	b := book(t)
	for name, g := range good {
		t.Run(name, func(t *testing.T) {
			checks := b.Judge(read(t, g.request, g.response, rule.Hint{}))
			if ids := told(checks); len(ids) > 0 {
				t.Errorf("breaks %v: %+v", ids, checks)
			}
			if len(checks) < 8 {
				t.Errorf("only %d rules apply", len(checks))
			}
		})
	}
}

// What the codec writes of every operation and error keeps every rule: the two
// were written after the same sources by different hands.
func TestEncodedErrors(t *testing.T) {
	b := book(t)
	for _, op := range rds.Operations() {
		for _, shape := range append(op.Errors(), rds.CommonErrors()...) {
			for _, version := range rds.Versions() {
				e := rds.Encoder{Version: version, Indent: true}
				resp, err := e.EncodeError(rds.NewError(shape, "no", "rid-1"))
				if err != nil {
					t.Fatal(err)
				}
				expectNothing(t, b, resp, rule.Hint{Service: rule.RDS, Operation: op.String(), Version: version}, op.String()+" "+shape.Code)
			}
		}
	}
	for _, op := range mediaconnect.Operations() {
		for _, shape := range append(op.Errors(), mediaconnect.CommonErrors()...) {
			resp, err := mediaconnect.Encoder{}.EncodeError(mediaconnect.NewError(shape, "no", "rid-1"))
			if err != nil {
				t.Fatal(err)
			}
			expectNothing(t, b, resp, rule.Hint{Service: rule.MediaConnect, Operation: op.String()}, op.String()+" "+shape.Code)
		}
	}
}

// The documented samples keep every rule, whose evidence they are. Those that are
// known not to be messages of the wire say so in the index.
func TestDocumentedSamples(t *testing.T) {
	samples, err := fixtures.Samples()
	if err != nil {
		t.Fatal(err)
	}
	b, held := book(t), 0
	for _, s := range samples {
		if s.Kind == "request" || s.Format == "text" || !s.WellFormed || s.Status == 0 || strings.HasPrefix(s.Name, "mediaconnect") && strings.Contains(s.Name, "pascal") || strings.Contains(s.Name, "capital") {
			continue
		}
		held++
		resp := wire.Response{Status: s.Status, Body: string(s.Raw)}
		hint := rule.Hint{Service: s.Service, Operation: s.Operation}
		resp.Headers.Set("Content-Type", "application/json")
		id := "rid-1"
		if s.Service == rule.RDS {
			resp.Headers.Set("Content-Type", "text/xml")
			hint.Version = rds.Version(s.APIVersion)
			if _, after, ok := strings.Cut(resp.Body, "<RequestId>"); ok {
				id, _, _ = strings.Cut(after, "<")
			}
		} else if s.Kind == "error" {
			resp.Headers.Set("X-Amzn-ErrorType", "NotFoundException")
		}
		resp.Headers.Set("x-amzn-RequestId", id)
		expectNothing(t, b, resp, hint, s.Name)
	}
	if held < 12 {
		t.Errorf("only %d samples", held)
	}
}

// What is asked for is found out from the request, where no hint says it.
func TestReadRequest(t *testing.T) {
	purchase := good["mc-purchase"].request
	for _, tt := range []struct {
		name, request, service, operation string
		readable                          bool
	}{
		{"path", good["mc-offering"].request, rule.MediaConnect, "DescribeOffering", true},
		{"Action", good["rds-error"].request, rule.RDS, "DescribeReservedDBInstances", true},
		{"a body that cannot be read", strings.Replace(purchase, "}", "]", 1), rule.MediaConnect, "PurchaseOffering", false},
		{"scope before path", strings.Replace(good["rds-error"].request, "Host: h", "Host: h\r\nAuthorization: AWS4-HMAC-SHA256 Credential=a/b/c/mediaconnect/aws4_request", 1), rule.MediaConnect, "", false},
		{"scope before /v1", "GET /v1/nothing HTTP/1.1\r\nHost: h\r\nAuthorization: AWS4-HMAC-SHA256 Credential=a/b/c/rds/aws4_request\r\n\r\n", rule.RDS, "", false},
		{"no such path", "GET /v1/flows HTTP/1.1\r\nHost: h\r\n\r\n", rule.MediaConnect, "", false},
	} {
		r := read(t, tt.request, good["mc-error"].response, rule.Hint{})
		if r.Service != tt.service || r.Operation != tt.operation || (r.Input != nil) != tt.readable {
			t.Errorf("%s: %s %s %v", tt.name, r.Service, r.Operation, r.Input)
		}
	}
}

// The recordings of the real RDS are of another operation; their envelopes and
// headers are the evidence of many rules all the same.
func TestGoldenErrors(t *testing.T) {
	all, err := fixtures.Goldens()
	if err != nil {
		t.Fatal(err)
	}
	b, held := book(t), 0
	for _, g := range all {
		hint := rule.Hint{Service: rule.RDS}
		switch g.Name {
		case "rds_describe_db_instances":
		case "apigateway_get_rest_api":
			hint.Service = rule.MediaConnect
		default:
			continue
		}
		held++
		resp := wire.Response{Status: g.Status, Body: g.Body}
		for name, value := range g.Headers {
			if name != "Content-Length" {
				resp.Headers.Set(name, value)
			}
		}
		resp.Headers.Set("Date", "Thu, 08 Oct 2026 16:09:59 GMT")
		r := read(t, "", string(exchange.AppendResponse(nil, &resp)), hint)
		want := map[string]string{
			"rds_describe_db_instances": "rds.errors.known", // DBInstanceNotFound is not one of ours
			"apigateway_get_rest_api":   "",
		}[g.Name]
		if got := strings.Join(told(b.Judge(r)), " "); got != want {
			t.Errorf("%s breaks %s, want %s", g.Name, got, want)
		}
	}
	if held != 2 {
		t.Errorf("%d recordings", held)
	}
}

func expectNothing(t *testing.T, b *rule.Book, resp wire.Response, hint rule.Hint, name string) {
	t.Helper()
	resp.Headers.Set("Date", "Thu, 08 Oct 2026 16:09:59 GMT")
	r := read(t, "", string(exchange.AppendResponse(nil, &resp)), hint)
	for _, c := range b.Judge(r) {
		if len(c.Differences) > 0 {
			t.Errorf("%s breaks %s: %+v", name, c.ID, c.Differences)
		}
	}
}
