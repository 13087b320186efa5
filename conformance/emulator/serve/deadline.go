package serve

import (
	"errors"
	"os"
	"sync"
	"time"
)

// deadline spares a connection most of the deadlines that net/http sets, up to
// ten for each request, each with a timer behind it; hardly one of them is ever
// waited for. A deadline is noted here, and the connection is told of it only when
// a call is about to wait, and only where the one that the connection has would
// strike too late. One that strikes too early does no harm: the call is made
// again. So every timeout is kept to the moment.
type deadline struct {
	set func(time.Time) error // the connection's

	mu     sync.Mutex
	wanted time.Time // the zero time is none
	told   time.Time // what the connection has, likewise
	struck bool      // told has passed: no call gets through
	calls  int       // under way

	paused bool          // a pause is under way
	wake   chan struct{} // ends it
	timer  *time.Timer   // likewise
}

// want notes a deadline. Calls under way feel it at once.
func (d *deadline) want(t time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.wanted = t
	switch {
	case d.calls > 0:
		return d.tell()
	case d.paused && d.passed():
		d.paused = false
		d.wake <- struct{}{}
	}
	return nil
}

// passed reports whether the deadline that is wanted has passed.
func (d *deadline) passed() bool {
	return !d.wanted.IsZero() && !time.Now().Before(d.wanted)
}

// pause waits for the deadline, but not for long, and reports whether it has
// passed. It is for a call that mostly ends so, and is the cheaper way to it.
func (d *deadline) pause(most time.Duration) (passed bool) {
	d.mu.Lock()
	passed = d.passed()
	d.paused = !passed
	if d.timer == nil {
		d.wake, d.timer = make(chan struct{}, 1), time.NewTimer(most)
	} else {
		d.timer.Reset(most)
	}
	d.mu.Unlock()
	if passed {
		return true
	}
	select {
	case <-d.wake:
		d.timer.Stop()
		return true
	case <-d.timer.C:
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.paused { // both at once
		<-d.wake
		return true
	}
	d.paused = false
	return false
}

// tell sees to it that the connection strikes no later than is wanted.
func (d *deadline) tell() error {
	if !d.struck && (d.wanted.IsZero() || !d.told.IsZero() && !d.told.After(d.wanted)) {
		return nil
	}
	d.told, d.struck = d.wanted, false
	return d.set(d.wanted)
}

// begin comes before a call.
func (d *deadline) begin() {
	d.mu.Lock()
	d.calls++
	d.tell() // fails for a connection that is closed, as the call will
	d.mu.Unlock()
}

// end comes after a call, with its error, and reports whether the call was struck
// too early and has to be made again.
func (d *deadline) end(err error) (again bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls--
	if err == nil || !errors.Is(err, os.ErrDeadlineExceeded) {
		return false
	}
	d.struck = true
	return !d.passed()
}
