package wire

import "strings"

// Arena makes the strings of values that had to be rewritten: entities, JSON
// escapes and percent-escapes replaced. It hands out pieces of a chunk and
// never touches a piece again, so its strings stay valid as long as they are
// held, and many values share one allocation. The zero Arena is ready. Not for
// concurrent use.
type Arena struct {
	chunk strings.Builder
	size  int // of the next chunk
}

const (
	firstChunk = 512
	lastChunk  = 64 << 10
)

// Begin starts a string of at most n bytes. The caller appends to the result
// with at most n bytes and then calls [Arena.End].
func (a *Arena) Begin(n int) Piece {
	if a.chunk.Cap()-a.chunk.Len() < n {
		a.size = min(max(a.size*2, firstChunk), lastChunk)
		a.chunk.Reset()
		a.chunk.Grow(max(n, a.size))
	}
	return Piece{a: a, start: a.chunk.Len()}
}

// Copy returns b as a string of the arena.
func (a *Arena) Copy(b []byte) string {
	p := a.Begin(len(b))
	a.chunk.Write(b)
	return p.End()
}

// Piece is a string that is being made in an [Arena].
type Piece struct {
	a     *Arena
	start int
}

// Byte appends one byte.
func (p Piece) Byte(c byte) { p.a.chunk.WriteByte(c) }

// String appends s.
func (p Piece) String(s string) { p.a.chunk.WriteString(s) }

// Rune appends r in UTF-8.
func (p Piece) Rune(r rune) { p.a.chunk.WriteRune(r) }

// Len is how many bytes were appended.
func (p Piece) Len() int { return p.a.chunk.Len() - p.start }

// End returns the string.
func (p Piece) End() string { return p.a.chunk.String()[p.start:] }
