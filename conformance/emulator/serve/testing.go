package serve

import (
	"context"
	"net/http"
)

// TB is what [Test] needs of a [testing.TB]; this package does not import
// testing, because it is part of a command.
type TB interface {
	Helper()
	Cleanup(func())
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Test serves a handler on a free port of the loopback address until the test
// ends. It leaves no goroutine behind; a handler that does not end fails the
// test. Options after the first are ignored; Handler and Addr are set here. For an
// emulator, package emulatortest has it in one call.
func Test(t TB, handler http.Handler, options ...Options) *Server {
	t.Helper()
	var o Options
	if len(options) > 0 {
		o = options[0]
	}
	o.Handler, o.Addr = handler, "127.0.0.1:0"
	s, err := Listen(o)
	if err != nil {
		t.Fatalf("%v", err)
	}
	result := make(chan error, 1)
	go func() { result <- s.Serve(context.Background()) }()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("%v", err)
		}
		if err := <-result; err != nil {
			t.Errorf("%v", err)
		}
	})
	return s
}
