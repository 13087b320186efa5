// Package fault makes a good server deviate on purpose, to test the suite that is
// to notice it: [Faults] are deviations, each with the checks that must turn red;
// [Variations] are differences that harm nobody, which must turn nothing red.
//
//	f := fault.ByID("rds.envelope.no-result-wrapper")
//	h := fault.Handler(emulator, f)
//	http.ListenAndServe("127.0.0.1:4599", h)
//
// # How one is made
//
// A fault stands between a server and a handler, usually the emulator. It may
// change the request before the handler sees it, ask the handler something else,
// remember what was answered before, and edit the answer. What net/http can say is
// said through it; a fault about the bytes themselves (framing, spelling of
// headers, an answer that never ends) takes the connection over, writes its bytes,
// and hands the connection back to net/http for the next request.
//
// Each row of the catalogue is one deviation and nothing else, where that can be
// had: the answer is edited as text, so that what is not meant stays as it was.
//
// # What counts
//
// A fault counts how often it took effect: how many answers left that are not
// those of the handler. A fault that never took effect proves nothing about the
// suite, see [Injector.Effects].
package fault
