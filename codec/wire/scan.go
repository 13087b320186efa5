package wire

// Eight bytes at a time: the tests below look at the eight bytes of a word at
// once and set the high bit of each byte that matches. Only the lowest match is
// exact, since a borrow may run into the bytes above it, so use it with
// bits.TrailingZeros64.

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// Load8 loads the first eight bytes of s, the first in the lowest byte. The
// compiler makes one load of it. len(s) must be at least 8.
func Load8(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// Spread repeats c in all eight bytes.
func Spread(c byte) uint64 { return ones * uint64(c) }

// Equal8 marks the bytes of x that equal c, given as Spread(c).
func Equal8(x, c uint64) uint64 { x ^= c; return (x - ones) &^ x & highs }

// Below8 marks the bytes of x that are less than c, given as Spread(c), for c
// up to 0x80.
func Below8(x, c uint64) uint64 { return (x - c) &^ x & highs }

// NonASCII8 marks the bytes of x that are 0x80 or more.
func NonASCII8(x uint64) uint64 { return x & highs }
