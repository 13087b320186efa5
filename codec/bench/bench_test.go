package bench

import (
	"strings"
	"testing"
)

// Every contender runs and produces what its document says, so that no
// benchmark rots and none is fast because it does something else.
func TestContenders(t *testing.T) {
	for _, g := range Groups() {
		doc := g.Document()
		for _, c := range g.Contenders {
			t.Run(g.Name+"/"+c.Name, func(t *testing.T) {
				if err := c.Validate(doc); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// Every row names contenders that are there, in the right direction.
func TestRows(t *testing.T) {
	for _, r := range Rows() {
		for _, name := range []string{r.Ours, r.Against} {
			if _, ok := r.Group.Find(name); !ok {
				t.Errorf("%s: %s has no %s", r.Name, r.Group.Name, name)
			}
		}
		if r.AtLeast != 0 && r.Within != (r.Aim < r.AtLeast) {
			t.Errorf("%s: aims at %g after at least %g", r.Name, r.Aim, r.AtLeast)
		}
	}
}

// The promises about allocations hold.
func TestAllocations(t *testing.T) {
	for _, g := range Groups() {
		doc := g.Document()
		for _, c := range g.Contenders {
			if c.Allocs == NoPromise {
				continue
			}
			t.Run(g.Name+"/"+c.Name, func(t *testing.T) {
				w, err := c.start(doc)
				if err != nil {
					t.Fatal(err)
				}
				got := testing.AllocsPerRun(10, func() {
					if err := w.Run(); err != nil {
						t.Fatal(err)
					}
				})
				if got > float64(c.Allocs) {
					t.Errorf("%v allocations a run, promised %d", got, c.Allocs)
				}
			})
		}
	}
}

// Run with -cpu 1, so that garbage collection counts: testing takes the time on
// the clock.
func Benchmark(b *testing.B) {
	for _, g := range Groups() {
		b.Run(strings.ReplaceAll(g.Name, "/", "-"), func(b *testing.B) {
			doc := g.Document()
			for _, c := range g.Contenders {
				b.Run(strings.ReplaceAll(c.Name, "/", "-"), func(b *testing.B) {
					w, err := c.start(doc)
					if err != nil {
						b.Fatal(err)
					}
					b.SetBytes(int64(g.size(doc)))
					b.ReportAllocs()
					for b.Loop() {
						if err := w.Run(); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		})
	}
}
