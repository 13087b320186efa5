// Package inspect is what the command line does, as a library: [Decode] takes
// any one message of the two services and says everything about it, [Encode]
// makes a message from what Decode says.
//
// Decode is told what it reads, or guesses it: a whole HTTP message or a bare
// body, which service, request or response, which operation. Every guess is
// handed over with its reason, since a wrong guess makes wrong findings. Where
// the bytes do not decide, it is a [*UsageError] that names the option to give.
//
// The JSON forms are for people and scripts. They are a view of the codec's
// structs, not the wire.
package inspect
