// Package auth says who sent a request, and whether the request is to be
// trusted.
//
// In mode [Off] a [Verifier] reads the credentials of a request for the account
// and the region alone, and never fails: any access key will do, or none. In mode
// [Verify] it holds every request against the credentials it was given:
//
//   - Signature Version 2 in the query string of a GET or the form of a POST, by
//     codec/sigv2;
//   - Signature Version 4 in the Authorization header or, presigned, in the query
//     string, by conformance/sigv4.
//
// What is wrong is a [Failure] with a [Reason]; [Failure.Shape] gives the error
// that a service answers for it.
//
// # The order of the checks
//
// A request with several faults fails with the first of these: its parameters
// cannot be read ([Unreadable]); it is not signed ([Missing]); it is signed in two
// ways ([Ambiguous]); the signature has not the form of one ([Malformed]); its
// scope is none ([WrongScope]); its access key is not known ([UnknownKey]); its
// session token is not that of the key ([BadToken]), or no longer ([TokenExpired]);
// the signature is not that of the request ([BadPayload], [BadSignature]); it comes
// too late or too early ([Expired], [Skewed]). So whoever does not know the secret learns nothing
// about the clock, and a request that was tampered with is a bad signature, not a
// late one.
//
// undocumented: auth-order. This order, and that one error alone is answered.
//
// # Secrets
//
// A [Secret] shows nothing of itself, however it is printed, and no Failure has a
// part of one, nor of a session token, nor the signature that would have been
// right.
package auth
