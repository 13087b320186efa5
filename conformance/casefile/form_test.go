package casefile_test

import (
	"testing"

	"wireproof/conformance/casefile"
)

func TestInForm(t *testing.T) {
	rows := []struct{ form, text, want, why string }{
		{"escaped", "arn:aws/x y~", "arn%3Aaws%2Fx%20y~", "all but unreserved characters, RFC 3986 section 2.3"},
		{"escaped", "%3A", "%253A", "an escape is text, and is escaped like any other"},
		{"lower", "arn:AWS/%3A", "arn%3aAWS%2f%253A", "the hex digits of the escapes alone, not those of the text"},
		{"lower", "é", "%c3%a9", "each byte of UTF-8"},
		{"bytes", "a:Z", "%61%3A%5A", "unreserved characters too"},
		{"bytes", "", "", "nothing"},
	}
	for _, row := range rows {
		if got, ok := casefile.InForm(row.form, row.text); !ok || got != row.want {
			t.Errorf("%s of %q: %q %v, want %q: %s", row.form, row.text, got, ok, row.want, row.why)
		}
	}
	if _, ok := casefile.InForm("upper", "a"); ok {
		t.Error("there is no form upper")
	}
}
