// Package nethttp turns the messages of net/http into those of the codec and
// back, for servers and clients that run on net/http.
//
// What net/http has already lost cannot come back: the order of headers, their
// case as it was sent, and odd framing. Use conformance/exchange where those
// matter.
//
// # Paths
//
// A MediaConnect label may hold escaped slashes, dots and colons, and may be
// empty, so paths are never cleaned here. [http.ServeMux] does clean them: it
// answers /v1/offerings/..%2Fx with a redirect. Serve these APIs from a handler
// of their own, not from a pattern of a ServeMux.
package nethttp
