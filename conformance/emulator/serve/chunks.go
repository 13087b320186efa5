package serve

import "errors"

var errChunk = errors.New("malformed chunked body")

// Limits of chunked framing. The body itself is limited elsewhere; these keep
// its framing from being endless.
const (
	maxChunkDigits = 8    // a chunk of 4 GiB
	maxChunkLine   = 256  // a chunk's size with its extensions; clients send none
	maxTrailer     = 2048 // trailer fields together; net/http gives up at about 4096
)

// chunks follows the framing of a chunked body, to know where the body ends. It
// keeps no bytes. RFC 9112 section 7.1.
type chunks struct {
	state  chunkState
	left   int64 // data bytes left in the chunk
	length int   // bytes of the line, or of the trailer
	digits int
}

type chunkState uint8

const (
	chunkSize chunkState = iota
	chunkExtension
	chunkSizeLF
	chunkData
	chunkDataCR
	chunkDataLF
	trailerStart // of a line
	trailerLine
	trailerLineLF
	trailerLastLF
	chunksDone
)

// scan goes on with the next bytes and returns how many of them belong to the
// body: all of them, unless it ends.
func (k *chunks) scan(b []byte) (n int, err error) {
	for n < len(b) && k.state != chunksDone {
		if k.state == chunkData {
			some := min(k.left, int64(len(b)-n))
			n += int(some)
			if k.left -= some; k.left == 0 {
				k.state = chunkDataCR
			}
			continue
		}
		if !k.next(b[n]) {
			return n, errChunk
		}
		n++
	}
	return n, nil
}

// next takes one byte of framing.
func (k *chunks) next(c byte) bool {
	k.length++
	switch k.state {
	case chunkSize:
		switch {
		case isHex(c):
			k.left = k.left<<4 | hexValue(c)
			k.digits++
			return k.digits <= maxChunkDigits
		case k.digits == 0:
			return false
		case c == ';':
			k.state = chunkExtension
			return true
		}
		return k.step(c, '\r', chunkSizeLF)
	case chunkExtension:
		if c == '\r' {
			k.state = chunkSizeLF
			return true
		}
		return classes[c]&isValue != 0 && k.length <= maxChunkLine
	case chunkSizeLF:
		last := k.left == 0
		k.length, k.digits = 0, 0
		if last {
			return k.step(c, '\n', trailerStart)
		}
		return k.step(c, '\n', chunkData)
	case chunkDataCR:
		return k.step(c, '\r', chunkDataLF)
	case chunkDataLF:
		k.length = 0
		return k.step(c, '\n', chunkSize)
	case trailerStart:
		if c == '\r' {
			k.state = trailerLastLF
			return true
		}
		k.state = trailerLine
		return classes[c]&isToken != 0 && k.length <= maxTrailer
	case trailerLine:
		if c == '\r' {
			k.state = trailerLineLF
			return true
		}
		return classes[c]&isValue != 0 && k.length <= maxTrailer
	case trailerLineLF:
		return k.step(c, '\n', trailerStart)
	case trailerLastLF:
		return k.step(c, '\n', chunksDone)
	}
	return false
}

func (k *chunks) step(c, want byte, to chunkState) bool {
	k.state = to
	return c == want
}

func hexValue(c byte) int64 {
	if isDigit(c) {
		return int64(c - '0')
	}
	return int64(c|0x20-'a') + 10
}
