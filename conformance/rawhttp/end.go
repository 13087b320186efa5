package rawhttp

import (
	"bytes"
	"strconv"
	"strings"
)

// response is what has come of the response so far, and how far it was looked at.
type response struct {
	buf  []byte
	head bool // no body follows, whatever the head says: the request was a HEAD

	start   int // of the final response, after interim ones
	body    int // where the body starts; 0 while the head is not whole
	length  int // of the body; -1 until the connection closes
	chunked bool
	chunk   int // where the next chunk's size line starts
}

// feed takes more bytes.
func (r *response) feed(p []byte) { r.buf = append(r.buf, p...) }

// interim reports whether a 100 Continue, or another interim response, has come.
func (r *response) interim() bool { return r.start > 0 }

// whole reports whether the response has come to its end. RFC 9112 section 6.3.
func (r *response) whole() bool {
	if r.body == 0 && !r.readHead() {
		return false
	}
	if r.body == 0 {
		return true
	}
	switch {
	case r.chunked:
		return r.readChunks()
	case r.length < 0:
		return false
	}
	return len(r.buf)-r.body >= r.length
}

// maxHead is the largest head that is waited for.
const maxHead = 256 << 10

// readHead looks for the end of the head, over interim responses, and finds out
// how long the body is.
func (r *response) readHead() bool {
	for {
		end := headEnd(r.buf[r.start:])
		if end < 0 {
			return len(r.buf)-r.start > maxHead // whatever it is, it is no head
		}
		head := string(r.buf[r.start : r.start+end])
		status := statusOf(head)
		if status >= 100 && status < 200 && status != 101 {
			r.start += end
			continue
		}
		r.body = r.start + end
		r.length, r.chunked = framing(head)
		r.chunk = r.body
		if r.head || status == 204 || status == 304 {
			r.length, r.chunked = 0, false
		}
		return true
	}
}

// headEnd gives the offset after the empty line that ends a head, or -1. Lines may
// end with LF alone, and empty ones before the start line do not count.
func headEnd(p []byte) int {
	started := false
	for i := 0; ; {
		j := bytes.IndexByte(p[i:], '\n')
		if j < 0 {
			return -1
		}
		empty := j == 0 || j == 1 && p[i] == '\r'
		i += j + 1
		if empty && started {
			return i
		}
		started = started || !empty
	}
}

func statusOf(head string) int {
	fields := strings.Fields(head[:min(len(head), 64)])
	if len(fields) < 2 {
		return 0
	}
	status, _ := strconv.Atoi(fields[1])
	return status
}

// framing gives the length of the body, -1 where only the end of the connection
// tells it. Where the head says it in two ways, chunks count, as RFC 9112 section
// 6.3 has it; of several lengths the first that is a number.
func framing(head string) (length int, chunked bool) {
	length = -1
	for line := range strings.Lines(head) {
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "transfer-encoding":
			if strings.EqualFold(value, "chunked") {
				chunked = true
			}
		case "content-length":
			if n, err := strconv.Atoi(value); err == nil && n >= 0 && length < 0 {
				length = n
			}
		}
	}
	return length, chunked
}

// readChunks goes over the chunks that are whole. Framing that cannot be followed
// ends with the connection, or with the time.
func (r *response) readChunks() bool {
	for {
		end := bytes.IndexByte(r.buf[r.chunk:], '\n')
		if end < 0 {
			return false
		}
		line := string(r.buf[r.chunk : r.chunk+end])
		digits, _, _ := strings.Cut(strings.TrimRight(line, "\r"), ";")
		size, err := strconv.ParseUint(strings.TrimSpace(digits), 16, 31)
		if err != nil {
			return true // no chunk: nothing that could be waited for
		}
		next := r.chunk + end + 1
		if size == 0 {
			return trailerEnds(string(r.buf[next:]))
		}
		next += int(size)
		if len(r.buf) < next+1 {
			return false
		}
		if r.buf[next] == '\r' {
			next++
		}
		if len(r.buf) <= next {
			return false
		}
		if r.buf[next] != '\n' {
			return true
		}
		r.chunk = next + 1
	}
}

// trailerEnds reports whether the trailer, usually nothing, has its empty line.
func trailerEnds(s string) bool {
	for line := range strings.Lines(s) {
		if strings.HasSuffix(line, "\n") && strings.TrimRight(line, "\r\n") == "" {
			return true
		}
	}
	return false
}
