package serve

import "runtime"

// ballastSize is the garbage that may gather between two collections of a
// process that keeps little. It is also about what the process then takes.
const ballastSize = 128 << 20

// Ballast makes the garbage collector run more rarely in a process that keeps
// little and answers much, until release is called. Go collects when the heap has
// doubled; that of a server with a few purchases doubles every 4 MiB, hundreds of
// times a second under load, and collecting then takes a fifth of the time. The
// ballast is never touched, so it takes addresses and no memory. A GOGC that is
// raised instead would multiply a large heap too.
//
// It is for commands; a server in a test has no need of it.
func Ballast() (release func()) {
	ballast := make([]byte, ballastSize)
	return func() { runtime.KeepAlive(&ballast[0]) }
}
