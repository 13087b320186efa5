package bench

import (
	"fmt"
	"runtime"

	"wireproof/codec/bench/payload"
)

// MaxBeyond is the most memory that decoding a document may take beyond its
// result, whatever the document's size: a chunk of each of the decoder's stores,
// and what a heap that is just being swept is off by.
const MaxBeyond = 256 << 10

// Memory is what a contender takes beyond its result on one document.
type Memory struct {
	Group     string `json:"group"`
	Contender string `json:"contender"`
	Size      int    `json:"size"` // of the document, in bytes
	// Run is what one more run allocates, in bytes: with reuse it is all that the
	// run takes, also for a moment.
	Run int64 `json:"run"`
	// Growth is how much larger the heap is after ten more runs.
	Growth int64 `json:"growth"`
	// Held is what is freed when all but the result is dropped.
	Held    int64   `json:"held"`
	Verdict Verdict `json:"verdict"`
}

// MeasureMemory measures the contenders of a group that can tell their result
// from the rest. See [Work.Drop].
func MeasureMemory(g *Group) ([]Memory, error) {
	var all []Memory
	for _, c := range g.Contenders {
		m, ok, err := measureMemory(c, g.Document())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", g.Name, err)
		}
		if ok {
			m.Group = g.Name
			all = append(all, m)
		}
	}
	return all, nil
}

func measureMemory(c Contender, doc payload.Document) (m Memory, ok bool, err error) {
	w, err := c.start(doc)
	if err != nil || w.Drop == nil {
		return m, false, err
	}
	runs := func(n int) {
		for range n {
			if e := w.Run(); e != nil {
				err = e
			}
		}
	}
	runs(1)
	before := heap()
	runs(1)
	one := heap()
	runs(10)
	ten := heap()
	result := w.Drop()
	dropped := heap()
	runtime.KeepAlive(result)
	runtime.KeepAlive(doc) // its text is the result's
	m = Memory{
		Contender: c.Name, Size: len(doc.Text),
		Run:    int64(one.TotalAlloc - before.TotalAlloc),
		Growth: int64(ten.HeapAlloc) - int64(one.HeapAlloc),
		Held:   int64(ten.HeapAlloc) - int64(dropped.HeapAlloc),
	}
	m.Verdict = Reached
	if max(m.Run, m.Growth, m.Held) > MaxBeyond {
		m.Verdict = NotReached
	}
	return m, true, err
}

// heap collects garbage and looks.
func heap() (m runtime.MemStats) {
	runtime.GC()
	runtime.GC() // what the first found in pools
	runtime.ReadMemStats(&m)
	return m
}
