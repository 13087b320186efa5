package xmlwire_test

import (
	"testing"

	"wireproof/codec/xmlwire"
)

// FuzzReader: both ways to read refuse the same with the same error, what they
// accept encoding/xml accepts and reads the same, and paths are those of the
// slow twin.
func FuzzReader(f *testing.F) {
	for _, doc := range seeds(f) {
		f.Add(doc)
	}
	for _, doc := range harmed {
		f.Add(doc)
	}
	f.Fuzz(func(t *testing.T, src string) {
		check(t, src)
		if len(src) < 300 {
			samePaths(t, src)
		}
	})
}

// FuzzWriter: whatever is called, the document is an error or well-formed, and
// says what was called for.
func FuzzWriter(f *testing.F) {
	for i := range 14 {
		f.Add([]byte{0, 0, 1, byte(i), 1, 2, byte(i), 2, 3, 0, 4}, true, false)
		f.Add([]byte{0, 0, 0, byte(i), 31, 1, 1, 0, 2, byte(i), 0, 0, 4, 4}, false, i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, data []byte, closing, indent bool) {
		p := program{w: xmlwire.Writer{Indent: indent}}
		p.run(t, data, closing)
	})
}
