// Package serve runs an [http.Handler] as a server that is hard to hurt: limits
// on everything a client can send, graceful shutdown, a request log without
// secrets, and failures on demand ([Chaos]).
//
// # Why it looks at the connection's bytes
//
// net/http repairs some malformed requests before a handler sees them: it drops
// Content-Length where Transfer-Encoding stands beside it, merges equal
// Content-Length fields, joins folded lines and takes LF alone for a line end.
// Two programs that repair differently see different requests in the same
// bytes, and a stand-in for a service must not teach clients that such bytes
// work. So each connection holds a request's head back until it is complete and
// judged, and then hands it to net/http unchanged; bodies pass without being
// held. Nothing that is let through may be refused by net/http, and both must
// agree on where each request ends: fuzz targets and tests hold that.
//
// What is refused is a [Refusal]; it is answered in the protocol of the service
// that the path suggests (see [AWS]), with Connection: close, and the
// connection is closed.
//
// # What is decided here
//
//   - LF alone, folded lines, white space before a colon, control characters in
//     a value, a second Content-Length (even an equal one), a second Host: 400.
//     RFC 9112 lets a server refuse each of them.
//   - A target outside visible ASCII, with a fragment, or with a path that has a
//     bad escape: 400. A query may hold any visible character.
//   - A Content-Encoding other than identity: 415. No client compresses these
//     requests, and nothing that unpacks can be small and bounded at once.
//   - One empty line is skipped after a POST, for the old clients that RFC 9112
//     section 2.2 tells of.
//   - Chunk extensions and trailer fields are read over; white space after a
//     chunk's size is not.
//   - A chunked body is read whole, up to the limit, before the handler runs, so
//     that its faults are answered like those of a head. A body with a
//     Content-Length is not: its length was judged with the head.
package serve
