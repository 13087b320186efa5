package exchange

import (
	"testing"

	"wireproof/codec/wire"
	"wireproof/fixtures"
)

// The captures are what real clients sent, read independently by Python.
func TestCaptures(t *testing.T) {
	captures, err := fixtures.Captures()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range captures {
		r, err := ParseRequest(string(c.Raw))
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		if len(r.Findings) > 0 {
			t.Errorf("%s: %v", c.Name, r.Findings)
		}
		if r.Method != c.Method || r.Target() != c.Target || len(r.Headers) != len(c.Headers) {
			t.Errorf("%s: %s %s, %d headers; Python reads %s %s, %d headers", c.Name, r.Method, r.Target(), len(r.Headers), c.Method, c.Target, len(c.Headers))
			continue
		}
		for i, h := range c.Headers {
			if r.Headers[i] != wire.HeaderField(h) {
				t.Errorf("%s: header %d is %v, Python reads %v", c.Name, i, r.Headers[i], h)
			}
		}
		if got := string(AppendRequest(nil, &r.Request)); got != string(c.Raw) {
			t.Errorf("%s: written again: %q", c.Name, got)
		}
	}
	if len(captures) != 174 {
		t.Errorf("%d captures, want 174", len(captures))
	}
}
