// Package rawhttp sends a request as exact bytes over a connection and takes what
// comes back, as exact bytes. It does as much of HTTP/1.1 as it takes to know
// where a response ends, and forgives everything on the way: what was wrong is for
// package exchange to find in the bytes.
//
// net/http is of no use here. It refuses to send what a conformance suite has to
// send, and hides of a response the header's case and order, repeated headers,
// bytes after the body, and both lengths at once.
package rawhttp
