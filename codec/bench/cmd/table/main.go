// Command table measures the codec beside its alternatives and prints the table
// that the project holds itself to.
//
//	go run ./cmd/table [-rounds N] [-budget D] [-only REGEXP] [-json]
//
// It exits with 0 whatever the figures say, since they depend on the machine;
// with 1 where a contender failed or produced something wrong, with 2 on misuse.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"slices"
	"time"

	"wireproof/codec/bench"
)

func main() {
	runtime.GOMAXPROCS(1)
	rounds := flag.Int("rounds", 8, "how often each contender is timed")
	budget := flag.Duration("budget", 120*time.Millisecond, "CPU time of a contender in a round")
	only := flag.String("only", "", "regular expression: only rows whose name, a colon, a space and what it is compared with match")
	asJSON := flag.Bool("json", false, "print everything as JSON")
	flag.Parse()
	selected, err := selectRows(*only)
	if err != nil || flag.NArg() > 0 || *rounds < 1 {
		fmt.Fprintln(os.Stderr, "table: no such rows or arguments:", err)
		flag.Usage()
		os.Exit(2)
	}
	report, err := run(selected, bench.Options{Rounds: *rounds, Budget: *budget, Progress: func(text string) {
		fmt.Fprintln(os.Stderr, "table:", text)
	}})
	if err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(1)
	}
	if *asJSON {
		e := json.NewEncoder(os.Stdout)
		e.SetIndent("", "  ")
		err = e.Encode(report)
	} else {
		err = report.print(os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(1)
	}
}

func selectRows(pattern string) ([]bench.Row, error) {
	only, err := regexp.Compile(pattern)
	if err != nil {
		return nil, err
	}
	rows := slices.DeleteFunc(bench.Rows(), func(r bench.Row) bool { return !only.MatchString(r.Name + ": " + r.Against) })
	if len(rows) == 0 {
		return nil, fmt.Errorf("no row matches %q", pattern)
	}
	return rows, nil
}

// run measures the groups that the rows need.
func run(rows []bench.Row, o bench.Options) (*report, error) {
	r := &report{Machine: thisMachine(), Rounds: o.Rounds}
	groups := slices.DeleteFunc(bench.Groups(), func(g *bench.Group) bool {
		return !slices.ContainsFunc(rows, func(row bench.Row) bool { return row.Group == g })
	})
	figures, err := bench.Measure(groups, o)
	if err != nil {
		return nil, err
	}
	r.Contenders = figures
	for _, row := range rows {
		r.Rows = append(r.Rows, row.Judge(figures))
	}
	for _, g := range groups {
		memory, err := bench.MeasureMemory(g)
		if err != nil {
			return nil, err
		}
		r.Memory = append(r.Memory, memory...)
	}
	return r, nil
}
