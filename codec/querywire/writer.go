package querywire

import (
	"strconv"

	"wireproof/codec/wire"
)

// Writer appends pairs to a slice. What it writes is well-formed by
// construction, whatever names and values it is given, except by
// [Writer.Raw]. The zero Writer is ready.
type Writer struct {
	// Buf is what was written. Set it to a slice to append to, or to its
	// beginning to reuse it; a pair after other text gets an ampersand before it.
	Buf []byte
}

// Pair writes a pair, both texts escaped.
func (w *Writer) Pair(name, value string) {
	w.separate()
	w.Buf = wire.AppendEscaped(w.Buf, name)
	w.Buf = append(w.Buf, '=')
	w.Buf = wire.AppendEscaped(w.Buf, value)
}

// Raw writes a pair, or several, as they are: to keep what was read, or to write
// malformed text on purpose.
func (w *Writer) Raw(text string) {
	w.separate()
	w.Buf = append(w.Buf, text...)
}

func (w *Writer) separate() {
	if len(w.Buf) > 0 {
		w.Buf = append(w.Buf, '&')
	}
}

// AppendItem appends the name of a list item: of prefix "Tags.Tag" and n 3 it
// makes Tags.Tag.3. Numbers start with 1.
func AppendItem(dst []byte, prefix string, n int) []byte {
	dst = append(dst, prefix...)
	dst = append(dst, '.')
	return strconv.AppendInt(dst, int64(n), 10)
}

// AppendPairs appends pairs in their order, joined by ampersands, every pair
// with an equals sign: the form that signatures are made over.
func AppendPairs(dst []byte, pairs []Pair) []byte {
	for i, p := range pairs {
		if i > 0 {
			dst = append(dst, '&')
		}
		dst = wire.AppendEscaped(dst, p.Name)
		dst = append(dst, '=')
		dst = wire.AppendEscaped(dst, p.Value)
	}
	return dst
}
