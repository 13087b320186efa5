package fault

import "wireproof/conformance/emulator"

// TB is what [Each] needs of a *testing.T, which it stands for; this package does
// not import testing, because it is part of a command.
type TB[T any] interface {
	Helper()
	Cleanup(func())
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Run(name string, f func(T)) bool
}

// Each plays something against an emulator with each of the faults, in a subtest
// of its own. A fault that did not take effect fails its subtest: whatever was
// noticed, it was not the fault.
func Each[T TB[T]](t T, faults []*Fault, options emulator.Options, play func(t T, f *Fault, h *Injector)) {
	t.Helper()
	for _, f := range faults {
		t.Run(f.ID, func(t T) {
			h := start(t, options, func(e *emulator.Emulator) *Injector { return Handler(e, f) })
			play(t, f, h)
			if h.Effects() == 0 {
				t.Errorf("%s never took effect", f.ID)
			}
		})
	}
}

// EachVariation does the same with harmless variations.
func EachVariation[T TB[T]](t T, variations []*Variation, options emulator.Options, play func(t T, v *Variation, h *Injector)) {
	t.Helper()
	for _, v := range variations {
		t.Run(v.ID, func(t T) {
			h := start(t, options, func(e *emulator.Emulator) *Injector { return v.Handler(e) })
			play(t, v, h)
			if h.Effects() == 0 {
				t.Errorf("%s never took effect", v.ID)
			}
		})
	}
}

func start[T TB[T]](t T, options emulator.Options, with func(*emulator.Emulator) *Injector) *Injector {
	t.Helper()
	e, err := emulator.New(options)
	if err != nil {
		t.Fatalf("%v", err)
	}
	h := with(e)
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Errorf("%v", err)
		}
		if err := e.Close(); err != nil {
			t.Errorf("%v", err)
		}
	})
	return h
}
