// Package emulatortest starts an emulator for a test, as httptest.NewServer starts
// any handler:
//
//	func TestPurchase(t *testing.T) {
//		server := emulatortest.NewServer(t, emulator.Options{})
//		client := rds.New(rds.Options{BaseEndpoint: aws.String(server.URL()), ...})
//
// The server is that of package serve, with its limits and its look at the
// connection's bytes; the handler alone, behind httptest or another server, is
// what [emulator.New] gives. This package is not part of the command.
package emulatortest

import (
	"wireproof/conformance/emulator"
	"wireproof/conformance/emulator/serve"
)

// TB is what [NewServer] needs of a [testing.TB].
type TB = serve.TB

// NewServer serves an emulator on a free port of the loopback address until the
// test ends, and closes both then, the journal of the options included. Tests that
// run in parallel share nothing. Options that make no emulator, such as a journal
// that cannot be loaded, end the test at once.
//
// Failures on demand, other limits and a log are in the options of package serve,
// of which the first one counts; its Handler and Addr are set here.
func NewServer(t TB, options emulator.Options, serving ...serve.Options) *serve.Server {
	t.Helper()
	e, err := emulator.New(options)
	if err != nil {
		t.Fatalf("%v", err)
	}
	t.Cleanup(func() { // runs after that of the server: the last in is the first out
		if err := e.Close(); err != nil {
			t.Errorf("%v", err)
		}
	})
	return serve.Test(t, e, serving...)
}
