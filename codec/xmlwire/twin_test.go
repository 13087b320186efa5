package xmlwire

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// rounds is how many random texts are tried: a tenth with -short.
func rounds(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}

// slowPlainText is plainText a byte at a time, by its definition.
func slowPlainText(src string, p int) int {
	for ; p < len(src); p++ {
		switch c := src[p]; {
		case c == '<', c == '>', c == '&', c < ' ', c >= utf8.RuneSelf:
			return p
		}
	}
	return p
}

func TestPlainText(t *testing.T) {
	for length := range 20 { // every byte at every place
		for at := range length {
			text := []byte(strings.Repeat("a", length))
			for c := range 256 {
				text[at] = byte(c)
				for from := range length + 1 {
					if got, want := plainText(string(text), from), slowPlainText(string(text), from); got != want {
						t.Fatalf("plainText(%q, %d) = %d, want %d", text, from, got, want)
					}
				}
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range rounds(200_000) {
		text := make([]byte, r.IntN(40))
		for i := range text {
			text[i] = byte(r.UintN(256))
			if r.IntN(8) != 0 {
				text[i] = " !%'(;=?@az~"[r.IntN(12)]
			}
		}
		from := r.IntN(len(text) + 1)
		if got, want := plainText(string(text), from), slowPlainText(string(text), from); got != want {
			t.Fatalf("plainText(%q, %d) = %d, want %d", text, from, got, want)
		}
	}
}

type runes [][2]rune

func (t runes) has(r rune) bool {
	for _, span := range t {
		if span[0] <= r && r <= span[1] {
			return true
		}
	}
	return false
}

// The productions as they are printed in XML 1.0 fifth edition: [2], [4] and
// what [4a] adds. The colon is a matter of Namespaces.
var (
	production2  = runes{{0x9, 0x9}, {0xA, 0xA}, {0xD, 0xD}, {0x20, 0xD7FF}, {0xE000, 0xFFFD}, {0x10000, 0x10FFFF}}
	production4  = runes{{'A', 'Z'}, {'_', '_'}, {'a', 'z'}, {0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF}, {0x370, 0x37D}, {0x37F, 0x1FFF}, {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}}
	production4a = runes{{'-', '-'}, {'.', '.'}, {'0', '9'}, {0xB7, 0xB7}, {0x0300, 0x036F}, {0x203F, 0x2040}}
)

func TestCharacterClasses(t *testing.T) {
	for r := rune(-1); r <= utf8.MaxRune+1; r++ {
		if got, want := isNameStart(r), production4.has(r); got != want {
			t.Errorf("isNameStart(%U) = %v", r, got)
		}
		if got, want := isNameChar(r), production4.has(r) || production4a.has(r); got != want {
			t.Errorf("isNameChar(%U) = %v", r, got)
		}
		if got, want := isChar(r), production2.has(r); got != want {
			t.Errorf("isChar(%U) = %v", r, got)
		}
	}
	for c := range 256 {
		if got, want := isSpace(byte(c)), strings.IndexByte("\x20\x09\x0D\x0A", byte(c)) >= 0; got != want {
			t.Errorf("isSpace(%#x) = %v", c, got)
		}
	}
}

// slowName is a QName by N [7]: the longest run of name characters and colons,
// which then has to be one or two names with a colon between.
func slowName(src string) (end, prefix int, ok bool) {
	for i, r := range src {
		if r == utf8.RuneError && !strings.HasPrefix(src[i:], "\uFFFD") {
			return 0, 0, false
		}
		if !production4.has(r) && !production4a.has(r) && r != ':' {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	prefix = max(0, strings.IndexByte(src[:end], ':'))
	for part := range strings.SplitSeq(src[:end], ":") {
		if first, _ := utf8.DecodeRuneInString(part); part == "" || !production4.has(first) {
			return 0, 0, false
		}
	}
	return end, prefix, strings.Count(src[:end], ":") <= 1
}

func TestName(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	pieces := []string{"a", "Z", "_", ":", "-", ".", "0", "9", " ", "/", ">", "=", "\u00b7", "\u00c0", "\u00d7", "\u0300", "\u037e", "\u203f", "\ufffd", "\ufdd0", "\U00010000", "\U000f0000", "\xff", "\xc3", "abcdefgh"}
	accepted := 0
	for range rounds(300_000) {
		src := ""
		for range r.IntN(6) {
			src += pieces[r.IntN(len(pieces))]
		}
		reader := Reader{src: src}
		end, prefix, ok := reader.name(0)
		wantEnd, wantPrefix, want := slowName(src)
		if ok != want || ok && (end != wantEnd || prefix != wantPrefix) || ok != (reader.err == nil) {
			t.Fatalf("name of %q: %d, %d, %v; want %d, %d, %v", src, end, prefix, ok, wantEnd, wantPrefix, want)
		}
		if ok {
			accepted++
		}
	}
	if accepted < rounds(30_000) {
		t.Errorf("only %d names", accepted)
	}
}

func TestNames(t *testing.T) {
	names := NewNames("a", "b")
	if names.Len() != 2 || names.Name(1) != "a" || names.Name(2) != "b" || names.find("b") != 2 || names.find("c") != Unknown || names.find("") != Unknown {
		t.Error("wrong table")
	}
	many := strings.Split(strings.Repeat("a ", MaxNames)+"a", " ")
	NewNames(many[:MaxNames]...)
	for _, bad := range [][]string{many, {""}, {"a:b"}, {"1"}, {"a b"}, {"a\xff"}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("NewNames(%q) does not panic", bad)
				}
			}()
			NewNames(bad...)
		}()
	}
}
