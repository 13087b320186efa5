package rule_test

import (
	"strings"
	"testing"

	"wireproof/conformance/rule"
)

// TestHarmless holds that what no measured client minds, and no source forbids,
// gives no warning: at most a note.
func TestHarmless(t *testing.T) {
	b := book(t)
	for _, e := range []struct{ from, old, new string }{
		{"rds-purchase", "<PurchaseReservedDBInstancesOfferingResponse", "<?xml version='1.0' encoding='utf-8'?>\n<PurchaseReservedDBInstancesOfferingResponse"},
		{"rds-purchase", "<ReservedDBInstance>", "\n  <!-- x -->\n  <ReservedDBInstance>\n"},
		{"rds-purchase", "<ProductDescription>mysql", "<ProductDescription><![CDATA[my]]>&#x73;&#113;l"},
		{"rds-purchase", "56.577Z", "56Z"},
		{"rds-purchase", "<FixedPrice>123.0", "<FixedPrice>123"},
		{"rds-purchase", "<FixedPrice>123.0", "<FixedPrice>1.23E2"},
		{"rds-purchase", "<State>", "<Colour><Shade>dark</Shade></Colour><State>"},
		{"rds-purchase", "<RecurringCharge><RecurringChargeFrequency>Hourly</RecurringChargeFrequency><RecurringChargeAmount>0.139</RecurringChargeAmount></RecurringCharge>", ""},
		{"rds-purchase", "text/xml", "TEXT/XML; charset=UTF-8"},
		{"rds-purchase", "x-amzn-RequestId", "X-AMZN-REQUESTID"},
		{"rds-purchase", "</PurchaseReservedDBInstancesOfferingResponse>", "</PurchaseReservedDBInstancesOfferingResponse>\n"},
		{"rds-offerings", "<Marker>m</Marker>", "<Marker/>"},
		{"rds-offerings", "<Marker>m</Marker>", ""},
		{"rds-old", "<ReservedDBInstances/>", "<ReservedDBInstances>\n</ReservedDBInstances>"},
		{"rds-old", "doc/2014-09-01/", "doc/2014-10-31/"},
		{"rds-error", "<Message>", "<Detail/><Message>"},
		{"rds-error", "Date:", "Server: x\r\nStrict-Transport-Security: max-age=31536000\r\nDate:"},
		{"mc-purchase", `"duration":12`, "\n\t\"duration\" : 12"},
		{"mc-purchase", `"d"`, `"\u0064 \/ \ud83d\ude00"`},
		{"mc-purchase", `"reservedBitrate":50,`, ""},
		{"mc-purchase", `{"reservation"`, `{"tags":{},"reservation"`},
		{"mc-purchase", `"start":"2020-03-05T23:30:00Z"`, `"start":"2020-03-05T23:30:00.000Z"`},
		{"mc-purchase", "application/json", `application/json;charset="utf-8"`},
		{"mc-offerings", `"nextToken":"t"`, `"nextToken":""`},
		{"mc-error", "NotFoundException\r\n", "NotFoundException:http://internal.amazon.com/coral/\r\n"},
		{"mc-error", "NotFoundException\r\n", "com.amazonaws.mediaconnect#NotFoundException:\r\n"},
		{"mc-error", "X-Amzn-ErrorType", "x-amzn-errortype"},
		{"mc-error", `{"message"`, `{"__type":"NotFoundException","code":"a.b#NotFoundException","message"`},
		{"mc-common-error", `"message"`, `"Message"`},
		{"mc-common-error", "AccessDeniedException", "UnrecognizedClientException"},
		{"chunked", "10\r\n", "10;name=value\r\n"},
		{"chunked", "10\r\n{\"offerings\":[]}", "4\r\n{\"of\r\n00C\r\nferings\":[]}"},
	} {
		g := good[e.from]
		raw := strings.ReplaceAll(g.response, e.old, e.new)
		if raw == g.response {
			t.Errorf("%s: nothing to replace: %q", e.from, e.old)
		}
		for _, c := range b.Judge(read(t, g.request, reframe(raw), rule.Hint{})) {
			if c.Verdict != rule.Pass {
				t.Errorf("%s: %.60q: %s %s: %+v", e.from, e.new, c.Verdict, c.ID, c.Differences)
			}
		}
	}
}
