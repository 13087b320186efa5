package nethttp

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"wireproof/codec/wire"
)

// FromResponse reads a response that a client received, with at most limit bytes
// of body, and leaves closing the body to the caller. Headers come by name, in
// net/http's spelling. A body past the limit gives a [*TooLargeError]; errors of
// reading, such as a body cut short, come as they are.
func FromResponse(r *http.Response, limit int64) (wire.Response, error) {
	body, err := new(Reader).read(r.Body, limit, r.ContentLength)
	if err != nil {
		return wire.Response{}, err
	}
	return wire.Response{Status: r.StatusCode, Headers: appendHeaders(nil, r.Header), Body: body}, nil
}

// WriteResponse answers with a response. Header names keep their spelling; a
// Content-Length that fits the body is added, and Content-Type is not guessed.
// net/http adds Date. A status that is not final gives [ErrStatus], and nothing
// is written.
func WriteResponse(w http.ResponseWriter, r wire.Response) error {
	if r.Status < 200 || r.Status > 999 {
		return fmt.Errorf("%w: %d", ErrStatus, r.Status)
	}
	h := w.Header()
	h["Content-Type"] = nil // keeps net/http from guessing one
	for _, f := range r.Headers {
		if !strings.EqualFold(f.Name, "Content-Length") {
			addHeader(h, f)
		}
	}
	noBody := r.Status == http.StatusNoContent || r.Status == http.StatusNotModified
	if !noBody {
		h["Content-Length"] = []string{strconv.Itoa(len(r.Body))}
	}
	w.WriteHeader(r.Status)
	if noBody {
		return nil
	}
	_, err := io.WriteString(w, r.Body)
	return err
}
