package payload_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"strings"
	"testing"

	"wireproof/codec/bench/payload"
)

// The sizes are those of performance.md, so that its figures can be compared.
func TestSizes(t *testing.T) {
	for _, row := range []struct {
		name     string
		doc      payload.Document
		min, max int
	}{
		// One less than there: the printed sample ends without a newline.
		{"documented RDS purchase", payload.RDSPurchase(), 1066, 1066},
		{"RDS page", payload.RDSDescribe(payload.PageRecords), 125_000, 127_500},
		{"MediaConnect purchase", payload.MCPurchase(), 640, 665},
		{"MediaConnect page", payload.MCList(payload.PageRecords), 63_500, 65_500},
		{"documented request", payload.Request(), 504, 504},
		{"large RDS", payload.RDSLarge(), payload.Large, payload.Large + 2_000},
		{"large MediaConnect", payload.MCLarge(), payload.Large, payload.Large + 1_000},
	} {
		if n := len(row.doc.Text); n < row.min || n > row.max {
			t.Errorf("%s: %d bytes, want %d to %d", row.name, n, row.min, row.max)
		}
	}
}

func TestRDSPage(t *testing.T) {
	text := payload.RDSDescribe(payload.PageRecords).Text
	elements := 0
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := token.(xml.StartElement); ok {
			elements++
		}
	}
	if elements != 2171 {
		t.Errorf("%d elements, want 2171", elements)
	}
	values := 0
	for line := range strings.Lines(text) {
		if strings.Contains(line, "&") {
			values++
		}
	}
	if values != 10 {
		t.Errorf("%d values with entities, want 10", values)
	}
}

func TestMCPage(t *testing.T) {
	text := payload.MCList(payload.PageRecords).Text
	if !json.Valid([]byte(text)) {
		t.Error("not JSON")
	}
	if n := strings.Count(text, `":`); n != 1502 {
		t.Errorf("%d members, want 1502", n)
	}
	values := 0
	for value := range strings.SplitSeq(text, `","`) {
		if strings.Contains(value, `\`) {
			values++
		}
	}
	if values != 5 {
		t.Errorf("%d values with escapes, want 5", values)
	}
}

func TestRequest(t *testing.T) {
	text := payload.Request().Text
	values, err := url.ParseQuery(text)
	if err != nil || len(values) != 12 {
		t.Errorf("%d parameters (%v), want 12", len(values), err)
	}
	escaped := 0
	for pair := range strings.SplitSeq(text, "&") {
		if strings.Contains(pair, "%") {
			escaped++
		}
	}
	if escaped != 4 {
		t.Errorf("%d escaped, want 4", escaped)
	}
}
