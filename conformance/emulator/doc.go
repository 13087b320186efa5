// Package emulator answers the five operations of MediaConnect and the three of
// RDS as the sources say, from memory: a stand-in for AWS on which nothing costs
// anything, and the server that must pass every rule of the conformance suite.
//
//	e, err := emulator.New(emulator.Options{})
//	http.ListenAndServe("127.0.0.1:4599", e)
//
// Both services answer at one address. A request is for the service that its
// signature names; where it has none, for the one that its path belongs to. What
// is bought is kept for each account and region.
//
// Do not put the handler behind a [net/http.ServeMux] pattern: that redirects
// paths which it finds unclean, and MediaConnect's labels may look so. Package
// serve runs the handler with the limits that net/http does not have by itself;
// package emulatortest starts both inside a test.
//
// # What is decided here
//
// The sources leave much open: which error a bad start gets, how long a payment
// takes, in which order records are listed. Every such decision is marked in the
// code with a comment that starts with "undocumented:" and listed in
// UNDOCUMENTED.md; a test holds the two together. No rule of the suite covers them.
package emulator
