package exchange

import (
	"fmt"
	"strconv"
	"strings"

	"wireproof/codec/wire"
)

// body takes the framing off, by the rules of RFC 9112 section 6.3 in their
// order: Transfer-Encoding, Content-Length, the rest.
func (f *Frame) body(s *scanner, headers wire.Headers, response bool) string {
	if i := index(headers, "Content-Encoding"); i >= 0 && !strings.EqualFold(headers[i].Value, "identity") && headers[i].Value != "" {
		f.note(Coding, wire.Departure, f.values[i], "a body that is not encoded", wire.Quote(headers[i].Value))
	}
	length, at := f.contentLength(headers)
	if i := index(headers, "Transfer-Encoding"); i >= 0 {
		if at >= 0 {
			f.note(ContentLength, wire.Split, at, "either Content-Length or Transfer-Encoding", "both")
		}
		if strings.EqualFold(headers[i].Value, "chunked") {
			return f.chunked(s)
		}
		f.note(Coding, wire.Split, f.values[i], "chunked", wire.Quote(headers[i].Value))
		return f.take(s, len(f.Raw)-s.pos)
	}
	left := len(f.Raw) - s.pos
	switch {
	case length < 0 && !response && left > 0:
		f.note(NoLength, wire.Split, s.pos, "a Content-Length", fmt.Sprintf("%d bytes without one", left))
		fallthrough
	case length < 0:
		return f.take(s, left)
	case length > int64(left):
		f.note(ShortBody, wire.Split, len(f.Raw), fmt.Sprintf("%d bytes of body", length), fmt.Sprintf("%d", left))
		return f.take(s, left)
	}
	body := f.take(s, int(length))
	f.after(s.pos)
	return body
}

// contentLength returns the length, or -1, and where its value stands, or -1.
// Where there are several, the first one counts.
func (f *Frame) contentLength(headers wire.Headers) (length int64, at int) {
	length, at = -1, -1
	for i, h := range headers {
		if !equalName(h.Name, "Content-Length") {
			continue
		}
		if at >= 0 {
			f.note(ContentLength, wire.Split, f.values[i], "one Content-Length", "another one: "+wire.Quote(h.Value))
			continue
		}
		at = f.values[i]
		n, err := strconv.ParseUint(h.Value, 10, 63)
		if err != nil {
			f.note(ContentLength, wire.Split, at, "a number of bytes", wire.Quote(h.Value))
			continue
		}
		length = int64(n)
	}
	return length, at
}

// take makes the next n bytes the body.
func (f *Frame) take(s *scanner, n int) string {
	f.pieces = append(f.pieces, piece{s.pos, 0, n})
	s.pos += n
	return f.Raw[s.pos-n : s.pos]
}

// after notes what follows the body. Line ends alone are what editors and old
// clients put there, and RFC 9112 section 2.2 has them skipped before the next
// message.
func (f *Frame) after(pos int) {
	rest := f.Raw[pos:]
	switch {
	case rest == "":
	case strings.Trim(rest, "\r\n") == "":
		f.note(AfterBody, wire.Departure, pos, "the end of the message", "a line end")
	default:
		f.note(AfterBody, wire.Split, pos, "the end of the message", fmt.Sprintf("%d more bytes", len(rest)))
	}
}

// chunked reads chunks, their sizes in hexadecimal, until one of size zero, and
// the trailer after it. Chunk extensions are left out. RFC 9112 section 7.1.
func (f *Frame) chunked(s *scanner) string {
	var body strings.Builder
	for first := true; ; first = false {
		at := s.pos
		if at == len(f.Raw) {
			f.note(ShortBody, wire.Split, at, "a chunk, the last one of size zero", "the end of the message")
			return body.String()
		}
		line := s.line()
		text, _, _ := strings.Cut(line, ";")
		size, err := strconv.ParseUint(strings.TrimRight(text, " \t"), 16, 62)
		if err != nil {
			f.note(Chunk, wire.Split, at, "the size of a chunk in hexadecimal", wire.Quote(line))
			return body.String()
		}
		if first {
			f.BodyOffset = s.pos
		}
		if size == 0 {
			f.trailer(s)
			return body.String()
		}
		n := int(min(size, uint64(len(f.Raw)-s.pos)))
		f.pieces = append(f.pieces, piece{s.pos, body.Len(), n})
		body.WriteString(f.Raw[s.pos : s.pos+n])
		s.pos += n
		if uint64(n) < size {
			f.note(ShortBody, wire.Split, s.pos, fmt.Sprintf("a chunk of %d bytes", size), fmt.Sprintf("%d", n))
			return body.String()
		}
		at = s.pos
		if s.line() != "" {
			f.note(Chunk, wire.Split, at, "CR LF after a chunk", wire.Quote(f.Raw[at:min(at+8, len(f.Raw))]))
			return body.String()
		}
	}
}

// trailer reads the fields after the last chunk and leaves them out.
func (f *Frame) trailer(s *scanner) {
	for s.pos < len(f.Raw) {
		at := s.pos
		line := s.line()
		if line == "" {
			f.after(s.pos)
			return
		}
		f.note(Chunk, wire.Departure, at, "no trailer fields", wire.Quote(line))
	}
	f.note(Chunk, wire.Departure, s.pos, "an empty line after the last chunk", "the end of the message")
}

func index(headers wire.Headers, name string) int {
	for i, h := range headers {
		if equalName(h.Name, name) {
			return i
		}
	}
	return -1
}
