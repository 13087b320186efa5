package emulator

import (
	"net/http"
	"strconv"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/wire"
)

// reply is an answer that is being made. Its room is used again.
type reply struct {
	status    int
	mediaType string
	requestID string
	others    wire.Headers
	body      []byte
}

// begin starts a success, whose body the caller appends.
func (r *reply) begin(status int, mediaType, requestID string) {
	*r = reply{status: status, mediaType: mediaType, requestID: requestID, body: r.body[:0]}
}

// set takes over an answer that the codec or this package has made.
func (r *reply) set(resp wire.Response) {
	*r = reply{status: resp.Status, others: resp.Headers, body: append(r.body[:0], resp.Body...)}
}

// small bodies net/http holds whole, up to 2048 bytes; it writes their
// Content-Length itself, which takes less than to hand it one.
const small = 2000

// write sends the answer. The names of the headers are spelled as AWS does.
func (r *reply) write(w http.ResponseWriter) {
	h := w.Header()
	for _, f := range r.others {
		if f.Name == "Content-Type" {
			r.mediaType = f.Value
		} else {
			h[f.Name] = []string{f.Value}
		}
	}
	values := [2]string{r.mediaType, r.requestID}
	h["Content-Type"] = values[0:1:1]
	if r.requestID != "" {
		h["x-amzn-RequestId"] = values[1:2:2]
	}
	if len(r.body) > small {
		h["Content-Length"] = []string{strconv.Itoa(len(r.body))}
	}
	w.WriteHeader(r.status)
	_, _ = w.Write(r.body) // fails for a client that has gone, and for HEAD
}

// maxKept is the largest body whose room is kept. A page of 1000 reservations of
// MediaConnect is about 500 KB.
const maxKept = 1 << 20

// tidy lets go of what the request brought and of what would be too much to keep.
func (w *worker) tidy() {
	if cap(w.reply.body) > maxKept {
		w.reply.body = nil
	}
	w.reply.others = nil
	w.listed = mediaconnect.ListOfferingsOutput{Offerings: emptied(w.listed.Offerings)}
	w.offering = mediaconnect.DescribeOfferingOutput{}
	clear(w.records.instances)
	w.records = records{offerings: w.records.offerings[:0], instances: w.records.instances[:0]}
}

// emptied keeps the room of a list, unless it is that of a page of a thousand.
func emptied[T any](list wire.Opt[[]T]) wire.Opt[[]T] {
	if cap(list.Value) > 100 {
		return wire.Opt[[]T]{}
	}
	clear(list.Value)
	return wire.Opt[[]T]{Value: list.Value[:0]}
}
