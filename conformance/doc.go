// Package conformance holds a target, anything that speaks like the two services,
// against the wire: [Run] plays the cases of fixtures/cases and holds every
// exchange against the rulebook; [Test] does it in a Go test, with a subtest for
// each case.
//
// A target is a URL or an [http.Handler]; see [Endpoint] and [Handler]. It is always
// talked to in bytes, over a connection, because what is judged are bytes.
//
// # How a run goes
//
// First a survey: one minimal valid request for each operation. It finds out
// which operations the target has, what it sells, and whether it keeps accounts
// apart. An operation that is not there is one finding, and its cases are skipped.
// Then the cases, each in an account and region of its own where the target keeps
// them apart. Then the rules about the run as a whole.
//
// # Verdicts
//
// A run is conformant when every must that was selected was held and passed.
// A skip is never a pass: what the configuration does not excuse makes the run
// incomplete.
package conformance
