package bench

import (
	"testing"

	"wireproof/codec/bench/payload"
)

func TestJudge(t *testing.T) {
	g := &Group{Name: "job", Contenders: []Contender{{Name: "ours", Allocs: 0}, {Name: "other", Allocs: NoPromise}}}
	figures := func(allocs float64, ours, other []float64) []Figures {
		f := []Figures{{Group: "job", Contender: "ours"}, {Group: "job", Contender: "other"}}
		for i := range ours {
			f[0].Samples = append(f[0].Samples, Sample{Nanoseconds: ours[i], Allocs: allocs})
			f[1].Samples = append(f[1].Samples, Sample{Nanoseconds: other[i]})
		}
		return f
	}
	faster := Row{Group: g, Ours: "ours", Against: "other", AtLeast: 2, Aim: 4}
	within := Row{Group: g, Ours: "ours", Against: "other", AtLeast: 3, Aim: 2, Within: true}
	for _, c := range []struct {
		reason        string
		row           Row
		figures       []Figures
		median, worst float64
		want          Verdict
	}{
		{"ratios are taken by round: that of the medians would be 3", faster,
			figures(0, []float64{10, 20, 30}, []float64{20, 80, 90}), 3, 2, Reached},
		{"the aim itself is reached", faster, figures(0, []float64{10, 10}, []float64{30, 50}), 4, 3, ReachedAim},
		{"below the least", faster, figures(0, []float64{10}, []float64{19}), 1.9, 1.9, NotReached},
		{"an allocation in every run breaks the promise", faster, figures(1, []float64{10}, []float64{90}), 9, 9, Allocates},
		{"a chunk now and then does not", faster, figures(0.5, []float64{10}, []float64{90}), 9, 9, ReachedAim},
		{"a bound from above: the worst round is the largest", within,
			figures(0, []float64{25, 20, 40}, []float64{10, 10, 10}), 2.5, 4, Reached},
		{"below the aim of a bound from above", within, figures(0, []float64{15}, []float64{10}), 1.5, 1.5, ReachedAim},
		{"above a bound from above", within, figures(0, []float64{31}, []float64{10}), 3.1, 3.1, NotReached},
		{"no target", Row{Group: g, Ours: "ours", Against: "other"}, figures(0, []float64{10}, []float64{20}), 2, 2, NoTarget},
		{"nothing was measured", faster, nil, 0, 0, NotMeasured},
	} {
		got := c.row.Judge(c.figures)
		if got.Verdict != c.want || got.Median != c.median || got.Worst != c.worst {
			t.Errorf("%s: %q, median %v, worst %v; want %q, %v, %v",
				c.reason, got.Verdict, got.Median, got.Worst, c.want, c.median, c.worst)
		}
	}
}

// Validate notices a contender that produces something else.
func TestValidateNotices(t *testing.T) {
	doc := rdsPageDecode.Document()
	doc.Want = payload.RDSDescribe(payload.PageRecords - 1).Want
	if err := sdkDescribe.Validate(doc); err == nil {
		t.Error("no error")
	}
}
