package rule_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/conformance/rule"
)

// The reactions themselves stand in fixtures/reactions/READINGS.md.
func TestImpact(t *testing.T) {
	for _, tt := range []struct {
		from, old, new, id string
		want               map[string]string // a part of what is said, by client
	}{
		{"rds-purchase", "<MultiAZ>true", "<MultiAZ>True", "rds.members.boolean", // rds-bool-title
			map[string]string{"boto3": "reads false", "aws-sdk-go-v2": "reads true", "aws-sdk-js-v3": "reads true"}},
		{"rds-purchase", "<DBInstanceCount>10", "<DBInstanceCount>abc", "rds.members.integer", // rds-int-text
			map[string]string{"boto3": "fails", "aws-sdk-go-v2": "fails", "aws-sdk-js-v3": "reads NaN"}},
		{"rds-error", "404 Not Found", "200 OK", "rds.envelope.error-as-success", // rdserr-ok-200
			map[string]string{"boto3": "fails", "aws-sdk-js-v3": "takes it for an empty success"}},
		{"rds-error", "<ErrorResponse", "\ufeff<ErrorResponse", "rds.xml.bom", // rdserr-bom, not rds-bom
			map[string]string{"boto3": "reads it", "aws-sdk-go-v2": "reads it", "aws-sdk-js-v3": "fails"}},
		{"rds-error", "NotFound</Code>", "NotFoundFault</Code>", "rds.errors.code-name", // rdserr-fault-code
			map[string]string{"boto3": "reports ClientError", "aws-cli": "reports", "aws-sdk-go-v2": "reports smithy.GenericAPIError", "aws-sdk-js-v3": "reads it"}},
		{"mc-error", "NotFoundException\r\n", "notfoundexception\r\n", "mediaconnect.errors.type-case", // mcerr-hdr-casewrong
			map[string]string{"boto3": "reports ClientError", "aws-cli": "reports", "aws-sdk-go-v2": "reads it", "aws-sdk-js-v3": "reports notfoundexception"}},
		{"rds-error", "404 Not Found", "400 Bad Request", "rds.errors.status", // rdserr-exists-400 and others
			map[string]string{"boto3": "reads it", "aws-cli": "reads it", "aws-sdk-go-v2": "reads it", "aws-sdk-js-v3": "reads it"}},
		{"mc-purchase", `{"reservation"`, `{"Reservation"`, "mediaconnect.members.case", // mc-pascal-outer
			map[string]string{"boto3": "silently absent", "aws-cli": "silently absent", "aws-sdk-go-v2": "silently absent", "aws-sdk-js-v3": "silently absent"}},
		{"mc-reservation", `"duration":12`, `"duration":12.5`, "mediaconnect.members.type", // mc-int-float-frac
			map[string]string{"boto3": "reads it", "aws-sdk-go-v2": "fails", "aws-sdk-js-v3": "fails"}},
		{"mc-error", "X-Amzn-ErrorType: NotFoundException\r\n", "", "mediaconnect.errors.type", // mcerr-none
			map[string]string{"boto3": "reports", "aws-sdk-go-v2": "UnknownError", "aws-sdk-js-v3": "reports 404"}},
		{"mc-error", "x-amzn-RequestId: rid-1\r\n", "", "http.request-id", // mcerr-rid-none
			map[string]string{"aws-sdk-go-v2": "without a request id", "aws-sdk-js-v3": "without a request id"}},
		{"mc-purchase", `"reservationName":"R"`, `"reservationName":"r"`, "mediaconnect.answers.name",
			map[string]string{"boto3": "not measured", "aws-cli": "not measured", "aws-sdk-go-v2": "not measured", "aws-sdk-js-v3": "not measured"}},
	} {
		g := good[tt.from]
		r := read(t, g.request, reframe(strings.ReplaceAll(g.response, tt.old, tt.new)), rule.Hint{})
		for _, c := range book(t).Judge(r) {
			if c.ID != tt.id {
				continue
			}
			if len(c.Clients) != 4 {
				t.Errorf("%s: %v", tt.id, c.Clients)
			}
			for client, want := range tt.want {
				if !strings.Contains(c.Clients[client], want) || want == "reads it" && c.Clients[client] != want {
					t.Errorf("%s: %q: %s %q, want %q", tt.id, tt.new, client, c.Clients[client], want)
				}
			}
		}
	}
}

// A rule as a whole has an impact for each client, and it is the same whenever it
// is asked for.
func TestImpactOfRules(t *testing.T) {
	b, other := book(t), book(t)
	measured := 0
	for _, ru := range b.Rules() {
		got := b.Impact(ru.ID)
		if len(got) != 4 {
			t.Errorf("%s: %v", ru.ID, got)
		}
		if diff := cmp.Diff(got, other.Impact(ru.ID)); diff != "" {
			t.Errorf("%s: %s", ru.ID, diff)
		}
		if got["boto3"] != "not measured" {
			measured++
		}
	}
	if measured < 55 {
		t.Errorf("only %d rules have a measured impact", measured)
	}
}
