package bench

import (
	"fmt"
	"runtime"
	"slices"
	"time"

	"wireproof/codec/bench/payload"
)

// Options say how to measure.
type Options struct {
	// Rounds is how often every contender is timed; six at least for a ratio
	// that is quoted.
	Rounds int
	// Budget is the CPU time that a contender gets in a round. One run is always
	// finished, however long it takes.
	Budget time.Duration
	// Progress, if set, is told what is being done.
	Progress func(string)
}

// Sample is what one contender took in one round, a run.
type Sample struct {
	Nanoseconds float64 `json:"cpuNanoseconds"`
	Allocs      float64 `json:"allocs"`
	Bytes       float64 `json:"bytes"`
}

// Figures are the samples of one contender, by round.
type Figures struct {
	Group     string   `json:"group"`
	Contender string   `json:"contender"`
	Size      int      `json:"size"` // of the document that is read, in bytes, or 0
	Samples   []Sample `json:"samples"`
}

// Median is the median of each figure by itself.
func (f Figures) Median() Sample {
	of := func(figure func(Sample) float64) float64 {
		var all []float64
		for _, s := range f.Samples {
			all = append(all, figure(s))
		}
		return median(all)
	}
	return Sample{
		Nanoseconds: of(func(s Sample) float64 { return s.Nanoseconds }),
		Allocs:      of(func(s Sample) float64 { return s.Allocs }),
		Bytes:       of(func(s Sample) float64 { return s.Bytes }),
	}
}

// Measure validates every contender of the groups once and then times them in
// rounds, side by side: within a round those of a group follow each other, and
// the order rotates from round to round.
func Measure(groups []*Group, o Options) ([]Figures, error) {
	all := make([][]Figures, len(groups))
	for i, g := range groups {
		o.progress(fmt.Sprintf("validating %s", g.Name))
		doc := g.Document()
		all[i] = make([]Figures, len(g.Contenders))
		for j, c := range g.Contenders {
			all[i][j] = Figures{Group: g.Name, Contender: c.Name, Size: g.size(doc)}
			if err := c.Validate(doc); err != nil {
				return nil, fmt.Errorf("%s: %w", g.Name, err)
			}
		}
	}
	for round := range o.Rounds {
		o.progress(fmt.Sprintf("round %d of %d", round+1, o.Rounds))
		for k := range groups {
			i := (k + round) % len(groups)
			g, doc := groups[i], groups[i].Document()
			for k := range g.Contenders {
				j := (k + round) % len(g.Contenders)
				sample, err := timeOne(g.Contenders[j], doc, o.Budget)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", g.Name, err)
				}
				all[i][j].Samples = append(all[i][j].Samples, sample)
			}
		}
	}
	return slices.Concat(all...), nil
}

func (o Options) progress(text string) {
	if o.Progress != nil {
		o.Progress(text)
	}
}

// timeOne makes the contender anew, so that only what it holds itself is on the
// heap, and runs it until the budget is used.
func timeOne(c Contender, doc payload.Document, budget time.Duration) (Sample, error) {
	w, err := c.start(doc)
	if err != nil {
		return Sample{}, err
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	runs, batch, used := 0, 1, time.Duration(0)
	for begin := cpuTime(); used < budget; used = cpuTime() - begin {
		if runs > 0 && used < budget/32 {
			batch *= 2
		}
		for range batch {
			if err := w.Run(); err != nil {
				return Sample{}, fmt.Errorf("%s: %w", c.Name, err)
			}
		}
		runs += batch
	}
	runtime.ReadMemStats(&after)
	return Sample{
		Nanoseconds: float64(used) / float64(runs),
		Allocs:      float64(after.Mallocs-before.Mallocs) / float64(runs),
		Bytes:       float64(after.TotalAlloc-before.TotalAlloc) / float64(runs),
	}, nil
}

func median(of []float64) float64 {
	sorted := slices.Sorted(slices.Values(of))
	n := len(sorted)
	if n == 0 {
		return 0
	}
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
