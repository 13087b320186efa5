package emulator

import (
	"net/http"
	"strconv"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// reply is an answer that is being made. Its room is used again.
type reply struct {
	status    int
	mediaType string
	requestID string
	others    wire.Headers
	body      []byte
	length    length
}

// length is a Content-Length that was written once.
type length struct {
	of   int
	text string
}

// begin starts a success, whose body the caller appends.
func (r *reply) begin(status int, mediaType, requestID string) {
	*r = reply{status: status, mediaType: mediaType, requestID: requestID, body: r.body[:0], length: r.length}
}

// set takes over an answer that the codec or this package has made.
func (r *reply) set(resp wire.Response) {
	*r = reply{status: resp.Status, others: resp.Headers, body: append(r.body[:0], resp.Body...), length: r.length}
}

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
	if r.length.of != len(r.body) || r.length.text == "" { // most answers are as long as the one before
		r.length.of, r.length.text = len(r.body), strconv.Itoa(len(r.body))
	}
	values := [3]string{r.mediaType, r.length.text, r.requestID}
	h["Content-Type"], h["Content-Length"] = values[0:1:1], values[1:2:2]
	if r.requestID != "" {
		h["x-amzn-RequestId"] = values[2:3:3]
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
	clear(w.instances)
	w.described = rds.DescribeReservedDBInstancesOutput{ReservedDBInstances: emptied(w.described.ReservedDBInstances)}
	w.bought = rds.PurchaseReservedDBInstancesOfferingOutput{}
	w.listed = mediaconnect.ListOfferingsOutput{Offerings: emptied(w.listed.Offerings)}
	w.offering = mediaconnect.DescribeOfferingOutput{}
	w.instances, w.offerings, w.written = w.instances[:0], w.offerings[:0], 0
}

// emptied keeps the room of a list, unless it is that of a page of a thousand.
func emptied[T any](list wire.Opt[[]T]) wire.Opt[[]T] {
	if cap(list.Value) > 100 {
		return wire.Opt[[]T]{}
	}
	clear(list.Value)
	return wire.Opt[[]T]{Value: list.Value[:0]}
}
