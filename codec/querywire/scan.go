package querywire

import (
	"math/bits"

	"wireproof/codec/wire"
)

// skipUnreserved gives the first place in s from i on that is not unreserved by
// RFC 3986, or len(s).
func skipUnreserved(s string, i int) int {
	for len(s)-i >= 8 {
		marks := notCommon8(wire.Load8(s[i:]))
		if marks == 0 {
			i += 8
			continue
		}
		if i += bits.TrailingZeros64(marks) / 8; classes[s[i]] != 0 {
			return i
		}
		i++
	}
	for i < len(s) && classes[s[i]] == 0 {
		i++
	}
	return i
}

// notCommon8 marks the high bit of each byte of x that is not A-Z a-z 0-9 - or
// the point: all that is unreserved but _ and ~. It looks at seven bits of each
// byte, so that no sum runs into the next byte and every mark is exact.
func notCommon8(x uint64) uint64 {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	low := x &^ highs
	lower := low | 0x20*ones
	letter := (lower + (0x80-'a')*ones) &^ (lower + (0x80-('z'+1))*ones)
	digit := (low + (0x80-'-')*ones) &^ (low + (0x80-('9'+1))*ones) // and the point and the slash
	notSlash := (low ^ '/'*ones) + 0x7f*ones
	return (^(letter | digit&notSlash) | x) & highs
}
