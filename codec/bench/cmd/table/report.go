package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"text/tabwriter"

	"wireproof/codec/bench"
)

// report is all that was measured.
type report struct {
	Machine    machine         `json:"machine"`
	Rounds     int             `json:"rounds"`
	Rows       []bench.Outcome `json:"rows"`
	Contenders []bench.Figures `json:"contenders"`
	Memory     []bench.Memory  `json:"memory"`
}

// machine is what the figures depend on.
type machine struct {
	Go         string            `json:"go"`
	OS         string            `json:"os"`
	Arch       string            `json:"arch"`
	CPU        string            `json:"cpu"`
	GOMAXPROCS int               `json:"gomaxprocs"`
	Modules    map[string]string `json:"modules"` // versions
	order      []string
}

func thisMachine() machine {
	m := machine{
		Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH, CPU: cpuModel(),
		GOMAXPROCS: runtime.GOMAXPROCS(0), Modules: map[string]string{},
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return m
	}
	for _, d := range info.Deps {
		if compared(d.Path) {
			m.Modules[d.Path] = d.Version
			m.order = append(m.order, d.Path)
		}
	}
	return m
}

// compared tells the modules that are measured from what they depend on.
func compared(path string) bool {
	switch path {
	case "github.com/aws/aws-sdk-go-v2",
		"github.com/aws/aws-sdk-go-v2/service/mediaconnect",
		"github.com/aws/aws-sdk-go-v2/service/rds",
		"github.com/aws/smithy-go",
		"github.com/bytedance/sonic",
		"github.com/go-json-experiment/json",
		"github.com/goccy/go-json",
		"github.com/valyala/fasthttp",
		"github.com/valyala/fastjson":
		return true
	}
	return false
}

// cpuModel is the processor's name where Linux tells it.
func cpuModel() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

func (r *report) print(w io.Writer) error {
	m := r.Machine
	fmt.Fprintf(w, "%s %s/%s, GOMAXPROCS=%d, %s\n", m.Go, m.OS, m.Arch, m.GOMAXPROCS, m.CPU)
	for _, path := range m.order {
		fmt.Fprintf(w, "%s %s\n", path, m.Modules[path])
	}
	fmt.Fprintf(w, "\nRatios of CPU time by round, %d interleaved rounds. (<) is a time that may be at most so many times the other's.\n\n", r.Rounds)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "row\tagainst\tat least\taim\tmedian\tworst round\tallocs/op\tverdict")
	for _, o := range r.Rows {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%.2fx\t%.2fx\t%s\t%s\n",
			o.Row, o.Against, bound(o.AtLeast, o.Within), bound(o.Aim, o.Within), o.Median, o.Worst, allocs(o), o.Verdict)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nMemory beyond the result, at most %d bytes whatever the document's size.\n\n", bench.MaxBeyond)
	fmt.Fprintln(t, "document\tcontender\tdocument's bytes\tallocated by a run\theap growth in ten runs\theld beside the result\tverdict")
	for _, x := range r.Memory {
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%d\t%d\t%s\n", x.Group, x.Contender, x.Size, x.Run, x.Growth, x.Held, x.Verdict)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprint(w, "\nEvery contender, medians. Times are this machine's in this hour; compare only within the run.\n\n")
	fmt.Fprintln(t, "document\tcontender\tCPU/op\tMB/s\tB/op\tallocs/op")
	for _, f := range r.Contenders {
		s := f.Median()
		speed := "-"
		if f.Size > 0 {
			speed = fmt.Sprintf("%.0f", float64(f.Size)/s.Nanoseconds*1e3)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%.0f\t%.2f\n", f.Group, f.Contender, duration(s.Nanoseconds), speed, s.Bytes, s.Allocs)
	}
	return t.Flush()
}

// bound is a target as the table writes it.
func bound(v float64, within bool) string {
	switch {
	case v == 0:
		return "-"
	case within:
		return fmt.Sprintf("< %gx", v)
	}
	return fmt.Sprintf("%gx", v)
}

// allocs gives the figure and, where there is one, the promise.
func allocs(o bench.Outcome) string {
	if o.Promise == bench.NoPromise {
		return fmt.Sprintf("%.2f", o.Allocs)
	}
	return fmt.Sprintf("%.2f (of %d)", o.Allocs, o.Promise)
}

// duration keeps three or four digits in a unit that suits.
func duration(ns float64) string {
	switch {
	case ns < 1e4:
		return fmt.Sprintf("%.0f ns", ns)
	case ns < 1e7:
		return fmt.Sprintf("%.1f us", ns/1e3)
	}
	return fmt.Sprintf("%.1f ms", ns/1e6)
}
