// Package sigv2 signs requests with AWS Signature Version 2 and verifies them.
// RDS took it in all its API versions. WIRE.md sections B.7 to B.9.
//
// The signature is an HMAC over the method, the host, the path and all
// parameters but Signature: those in the query string of a GET, or in the form
// body of a POST. Headers other than Host are not signed, so nothing but the
// parameters is to be trusted after [Verify].
//
// A request whose parameters stand in both places is refused, since half of them
// would not be signed; so is one that repeats a parameter of the signature.
package sigv2
