package wire_test

import (
	"math/bits"
	"math/rand/v2"
	"testing"

	"wireproof/codec/wire"
)

// first gives the first of eight bytes for which is holds, or 8.
func first(s string, is func(c byte) bool) int {
	for i := range 8 {
		if is(s[i]) {
			return i
		}
	}
	return 8
}

// TestEightBytes holds each test of eight bytes at once against a loop: its
// lowest match is the first byte's.
func TestEightBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	buf := make([]byte, 8)
	for range rounds(400_000) {
		c, near := byte(r.UintN(256)), byte(r.UintN(256))
		for i := range buf {
			switch r.IntN(4) {
			case 0:
				buf[i] = c
			case 1:
				buf[i] = c + byte(r.IntN(3)) - 1
			case 2:
				buf[i] = near
			default:
				buf[i] = byte(r.UintN(256))
			}
		}
		s := string(buf)
		x := wire.Load8(s + "tail")
		for i := range 8 {
			if byte(x>>(8*i)) != s[i] || byte(wire.Spread(c)>>(8*i)) != c {
				t.Fatalf("Load8(%q) = %#x", s, x)
			}
		}
		if got, want := bits.TrailingZeros64(wire.Equal8(x, wire.Spread(c)))/8, first(s, func(b byte) bool { return b == c }); got != want {
			t.Fatalf("Equal8(%q, %q): %d, want %d", s, c, got, want)
		}
		if c <= 0x80 {
			if got, want := bits.TrailingZeros64(wire.Below8(x, wire.Spread(c)))/8, first(s, func(b byte) bool { return b < c }); got != want {
				t.Fatalf("Below8(%q, %q): %d, want %d", s, c, got, want)
			}
		}
		if got, want := bits.TrailingZeros64(wire.NonASCII8(x))/8, first(s, func(b byte) bool { return b >= 0x80 }); got != want {
			t.Fatalf("NonASCII8(%q): %d, want %d", s, got, want)
		}
	}
}
