// Package redact takes secrets out of exchanges before anyone reads them: each is
// replaced by as many asterisks, so that every offset holds.
//
// Secret are the signature and the access key id of a signed request (Version 4 in
// the Authorization header or presigned, Version 2 in the parameters), the session
// token, every other Authorization, Proxy-Authorization and Cookie, and the headers
// that the caller names. What is secret is found in the request; it is masked
// wherever the request or the response has it again, also where the response
// escapes it.
//
// An access key id of twelve digits stays: it is an account number that the suite
// made up, AWS gives out no such ids, and without it a request cannot be repeated.
// So do values of fewer than [Short] bytes outside of their own place: masking them
// everywhere would hide more than them.
package redact
