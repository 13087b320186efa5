package embedded

import (
	"testing"

	"wireproof/conformance"
)

// The emulator passes everything, with no warning.
func TestEmbedded(t *testing.T) {
	target, config, err := Target()
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	report := conformance.Test(t, target, conformance.Options{Config: config, Parallel: 4, Strict: true})
	if report.Verdict != conformance.Conformant {
		t.Errorf("verdict %s, counts %+v", report.Verdict, report.Counts)
	}
	t.Logf("%d cases, %+v, in %v", report.Selected, report.Counts, report.Took)
}
