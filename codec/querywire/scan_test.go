package querywire

import (
	"testing"

	"wireproof/codec/wire"
)

// TestNotCommon8 holds the eight-byte test against the plain one: every byte in
// every place, among bytes that match and bytes that do not.
func TestNotCommon8(t *testing.T) {
	for _, around := range []byte{'a', 0x00, 0x7f, 0x80, 0xff, '/', '0'} {
		for c := range 256 {
			for place := range 8 {
				var text [8]byte
				for i := range text {
					text[i] = around
				}
				text[place] = byte(c)
				marks := notCommon8(wire.Load8(string(text[:])))
				for i, b := range text {
					want := !wire.IsUnreserved(b) || b == '_' || b == '~'
					if got := marks>>(8*i)&0xff == 0x80; got != want || marks&^0x8080808080808080 != 0 {
						t.Fatalf("%q: marks %x", text, marks)
					}
				}
			}
		}
	}
}
