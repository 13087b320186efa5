package jsonwire

import (
	"strings"
	"testing"
)

// slowRun is plainRun one byte at a time.
func slowRun(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] == '"' || s[i] == '\\' || s[i] < ' ' {
			return i
		}
	}
	return len(s)
}

// TestPlainRun puts every byte at every place, next to every kind of neighbour:
// eight bytes are looked at in one go, and a mark may spill into the byte above.
func TestPlainRun(t *testing.T) {
	for _, fill := range []byte{'a', ' ', '!', '#', '[', ']', 0x7f, 0x80, 0xff, 0x22, 0x5c, 0x1f, 0x00} {
		for length := range 20 {
			for place := range length {
				for c := range 256 {
					s := strings.Repeat(string([]byte{fill}), length)
					s = s[:place] + string([]byte{byte(c)}) + s[place+1:]
					if got, want := plainRun(s, 0), slowRun(s); got != want {
						t.Fatalf("plainRun(%q) = %d, want %d", s, got, want)
					}
					plain := slowRun(s) == length
					for i := range length {
						plain = plain && s[i] < 0x80
					}
					if isPlain(s) != plain {
						t.Fatalf("isPlain(%q) = %t", s, !plain)
					}
				}
			}
		}
	}
}
