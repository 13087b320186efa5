// Command mutants holds the suite itself against the catalogue of faults: each
// fault has to turn red the checks that it declares, and no others than the
// consequences that it lists; each harmless variation has to leave everything
// green. It prints the kill matrix, a line for each, and exits with 1 where
// something is not so.
//
//	go run ./conformance/mutants
//	go run ./conformance/mutants -run 'rds.envelope.**'
//
// go test plays each fault against a few cases only: those in
// testdata/witnesses.txt, which -witnesses writes, and their neighbours.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"wireproof/conformance"
	"wireproof/conformance/fault"
)

func main() {
	pattern := flag.String("run", "**", "faults and variations to play, a pattern of ids")
	witnesses := flag.String("witnesses", "", "write the cases that noticed into this file")
	parallel := flag.Int("parallel", runtime.GOMAXPROCS(0), "how many to play at once")
	full := flag.Bool("full", false, "name every check that turned red")
	verbose := flag.Bool("v", false, "name each on stderr when it is over")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	m := &matrix{pattern: *pattern, parallel: *parallel, verbose: *verbose, full: *full}
	started := time.Now()
	if err := m.play(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(3)
	}
	m.print(time.Since(started))
	if *witnesses != "" {
		text, err := m.witnesses(ctx)
		if err == nil {
			err = os.WriteFile(*witnesses, []byte(text), 0o644)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "mutants:", err)
			os.Exit(3)
		}
	}
	if m.bad > 0 {
		os.Exit(1)
	}
}

// matrix is every fault and variation with its outcome.
type matrix struct {
	pattern  string
	parallel int
	verbose  bool // name each on stderr when it is over
	full     bool // name every check that turned red
	faults   []*fault.Fault
	harmless []*fault.Variation
	outcomes map[string]outcome
	bad      int
}

// options are those of a whole run against one mutant. Faults that keep a client
// waiting have to be told soon.
// One that is of one service is held against the cases of that service alone.
func options(service string) conformance.Options {
	o := conformance.Options{Timeout: 2 * time.Second} // one case at a time: some faults remember what came before
	if service != "" {
		o.Services = []string{service}
	}
	return o
}

func (m *matrix) play(ctx context.Context) error {
	var jobs []func() (string, outcome, error)
	for _, f := range fault.Faults() {
		if conformance.Match(m.pattern, f.ID) {
			m.faults = append(m.faults, f)
			jobs = append(jobs, func() (string, outcome, error) {
				o, err := play(ctx, func(h http.Handler) *fault.Injector { return fault.Handler(h, f) }, options(f.Service))
				return f.ID, o, err
			})
		}
	}
	for _, v := range fault.Variations() {
		if conformance.Match(m.pattern, v.ID) {
			m.harmless = append(m.harmless, v)
			jobs = append(jobs, func() (string, outcome, error) {
				o, err := play(ctx, v.Handler, options(v.Service))
				return "harmless " + v.ID, o, err
			})
		}
	}
	if len(jobs) == 0 {
		return fmt.Errorf("no fault matches %q", m.pattern)
	}
	m.outcomes = map[string]outcome{}
	var mu sync.Mutex
	var failed error
	var group sync.WaitGroup
	next := make(chan func() (string, outcome, error))
	for range m.parallel {
		group.Go(func() {
			for job := range next {
				id, o, err := job()
				mu.Lock()
				m.outcomes[id] = o
				failed = cmp.Or(failed, err)
				if m.verbose {
					fmt.Fprintf(os.Stderr, "%d/%d %s\n", len(m.outcomes), len(jobs), id)
				}
				mu.Unlock()
			}
		})
	}
	for _, job := range jobs {
		next <- job
	}
	close(next)
	group.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return failed
}

// print writes the matrix: what noticed each fault, and in how many cases.
func (m *matrix) print(took time.Duration) {
	killed := 0
	for _, f := range m.faults {
		o := m.outcomes[f.ID]
		j := judge(f, o)
		word := "killed"
		switch {
		case j.noEffect:
			word = "NO EFFECT"
		case len(j.missed) > 0:
			word = "SURVIVED"
		case len(j.stray) > 0:
			word = "STRAY"
		}
		if j.fine() {
			killed++
		} else {
			m.bad++
		}
		fmt.Printf("%-9s  %-55s %s\n", word, f.ID, m.tally(o))
		for _, p := range j.missed {
			fmt.Printf("           stayed green: %s\n", p)
		}
		shown := map[string]bool{}
		for _, r := range j.stray {
			if !shown[r.id] {
				fmt.Printf("           not declared: %s, as in %s\n", r.id, r.kase)
				shown[r.id] = true
			}
		}
	}
	green := 0
	for _, v := range m.harmless {
		o := m.outcomes["harmless "+v.ID]
		word := "green"
		if o.effects == 0 {
			word = "NO EFFECT"
		} else if o.verdict != conformance.Conformant || len(o.reds) > 0 {
			word = "RED"
		}
		if word == "green" {
			green++
		} else {
			m.bad++
		}
		fmt.Printf("%-9s  %-55s %s %s\n", word, v.ID, o.verdict, m.tally(o))
		for _, r := range o.reds[:min(len(o.reds), 3)] {
			fmt.Printf("           %s in %s\n", r.id, r.kase)
		}
	}
	fmt.Printf("\n%d of %d faults killed, %d of %d harmless variations green, in %.1f s\n", killed, len(m.faults), green, len(m.harmless), took.Seconds())
}

// tally names the checks that turned red, those of the most cases first.
func (m *matrix) tally(o outcome) string {
	counts := map[string]int{}
	for _, r := range slices.Concat(o.reds, o.errors) {
		counts[r.id]++
	}
	ids := make([]string, 0, len(counts))
	for id := range counts {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	for i, id := range ids {
		ids[i] = fmt.Sprintf("%s×%d", id, counts[id])
	}
	if len(ids) > 4 && !m.full {
		ids = append(ids[:4], fmt.Sprintf("and %d more", len(ids)-4))
	}
	return strings.Join(ids, " ")
}

// witnesses finds, for each fault, a few cases that notice it as the catalogue says
// when they are played alone with their neighbours: those in which its checks turned
// red, first one for each check, then more, since some faults spare the first
// answers, and in the end the whole service.
func (m *matrix) witnesses(ctx context.Context) (string, error) {
	lines := make([]string, len(m.faults))
	var group sync.WaitGroup
	var mu sync.Mutex
	var failed error
	next := make(chan int)
	for range m.parallel {
		group.Go(func() {
			for i := range next {
				f := m.faults[i]
				cases, err := witness(ctx, f, m.outcomes[f.ID])
				mu.Lock()
				failed = cmp.Or(failed, err)
				mu.Unlock()
				lines[i] = f.ID + ": " + strings.Join(cases, " ") + "\n"
			}
		})
	}
	for i := range m.faults {
		next <- i
	}
	close(next)
	group.Wait()
	return "# The cases that notice each fault; made by go run ./conformance/mutants -witnesses FILE.\n" + strings.Join(lines, ""), failed
}

// witness tries ever more cases until they notice a fault.
func witness(ctx context.Context, f *fault.Fault, o outcome) ([]string, error) {
	var first, more []string
	seen := slices.Concat(o.reds, o.errors)
	for _, pattern := range f.Checks {
		found := false
		for _, r := range seen {
			if r.kase == conformance.SurveyID || !fault.Match([]string{pattern}, r.kase, r.id) {
				continue
			}
			if !found && !slices.Contains(first, r.kase) {
				first = append(first, r.kase)
			} else if len(more) < 12 && !slices.Contains(more, r.kase) && !slices.Contains(first, r.kase) {
				more = append(more, r.kase)
			}
			found = true
		}
	}
	for _, cases := range [][]string{first, slices.Concat(first, more)} {
		if len(cases) == 0 {
			continue
		}
		slices.Sort(cases)
		got, err := playWitnesses(ctx, f, cases)
		if err != nil {
			return nil, err
		}
		if j := judge(f, got); j.fine() {
			return cases, nil
		}
	}
	if f.Service != "" {
		return []string{f.Service + ".**"}, nil
	}
	return []string{"**"}, nil
}
