// Command loadtest compares the emulator's speed with that of a bare net/http
// server that returns a constant answer of the same size.
//
//	go run ./conformance/emulator/loadtest
//
// Each server is a process of its own; the load comes from this one, over
// loopback, on connections that are kept alive. Rounds of both alternate, so that
// whatever else the machine does meets both. The table shows the median of the
// rounds: requests per second, their ratio, and the processor time that each
// server took for a request, which the cost of making the load does not dilute.
//
// The same requests are benchmarks of this package: go test -bench .
package main

import (
	"bufio"
	"cmp"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/pprof"
	"slices"
	"strings"
	"time"

	"wireproof/conformance/emulator/serve"
)

func main() {
	server := flag.String("serve", "", "be a server: emulator, verify, or bare (the load test starts itself with this)")
	connections := flag.Int("c", 16, "connections")
	rounds := flag.Int("rounds", 5, "rounds of each server")
	limit := flag.Duration("d", time.Second, "longest time of a round")
	count := flag.Int("n", 100_000, "most requests in a round")
	verify := flag.Bool("verify", false, "sign the requests and run the emulator with verified signatures")
	check := flag.Bool("check", false, "exit with 1 where a ratio is below its target")
	only := flag.String("run", "", "run only the workloads that have this in their name")
	profile := flag.String("cpuprofile", "", "write a processor profile of each emulator to this name and that of the workload")
	flag.Parse()
	var err error
	if *server != "" {
		err = child(*server, *profile)
	} else {
		err = compare(plan{*connections, *rounds, *count, *limit, *verify, *check, *only, *profile})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "loadtest:", err)
		os.Exit(1)
	}
}

// plan bounds a comparison.
type plan struct {
	connections, rounds, count int
	limit                      time.Duration
	verify, check              bool
	only, profile              string
}

// child serves until its standard input ends. A bare server is first told there
// what to answer: the length of the answer in a line, and the answer.
func child(kind, profile string) error {
	var h handler
	var err error
	if profile != "" {
		f, err := os.Create(profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	in := bufio.NewReader(os.Stdin)
	if kind == "bare" {
		h, err = readAnswer(in)
	} else {
		defer serve.Ballast()() // as wireproof serve does
		h, err = emulatorHandler(kind == "verify")
	}
	if err != nil {
		return err
	}
	s, err := h.listen()
	if err != nil {
		return err
	}
	fmt.Println(s.addr)
	io.Copy(io.Discard, in)
	s.close()
	return nil
}

// process is a server in a process of its own.
type process struct {
	cmd   *exec.Cmd
	stdin io.Closer
	addr  string
}

// start starts a server. A bare one is given the answer that it gives.
func start(kind string, answer []byte, arguments ...string) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self, append([]string{"-serve", kind}, arguments...)...)
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, stdin: stdin}
	if answer != nil {
		fmt.Fprintf(stdin, "%d\n%s", len(answer), answer)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if p.addr = strings.TrimSpace(line); err != nil {
		p.stop()
	}
	return p, err
}

func (p *process) stop() {
	p.stdin.Close()
	p.cmd.Wait()
}

// round is one result of each server, one after the other.
type round struct{ bare, emulator result }

// result is what one server did.
type result struct {
	perSecond float64
	cpu       time.Duration // of the server, for each request
}

// compare prints the table.
func compare(p plan) error {
	fmt.Printf("%d connections, %d rounds of at most %v or %d requests, each server in a process of its own\n\n", p.connections, p.rounds, p.limit, p.count)
	fmt.Printf("%-28s %8s %10s %10s %7s %7s %9s %9s\n", "", "bytes", "bare/s", "emulator/s", "ratio", "target", "bare cpu", "emu cpu")
	missed := 0
	for _, w := range workloads() {
		if !strings.Contains(w.name, p.only) {
			continue
		}
		rounds, size, err := p.workload(w)
		if err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		ratio := median(rounds, func(r round) float64 { return r.emulator.perSecond / r.bare.perSecond })
		if ratio < w.target {
			missed++
		}
		fmt.Printf("%-28s %8d %10.0f %10.0f %7.2f %7.2f %9s %9s\n", w.name, size,
			median(rounds, func(r round) float64 { return r.bare.perSecond }),
			median(rounds, func(r round) float64 { return r.emulator.perSecond }),
			ratio, w.target,
			median(rounds, func(r round) time.Duration { return r.bare.cpu }).Round(100*time.Nanosecond),
			median(rounds, func(r round) time.Duration { return r.emulator.cpu }).Round(100*time.Nanosecond))
	}
	if p.check && missed > 0 {
		return fmt.Errorf("%d ratios are below their targets", missed)
	}
	return nil
}

// workload runs all rounds of one workload, on servers that stay.
func (p plan) workload(w workload) (rounds []round, size int, err error) {
	kind := "emulator"
	if p.verify {
		kind = "verify"
	}
	var arguments []string
	if p.profile != "" {
		arguments = []string{"-cpuprofile", p.profile + "." + strings.ReplaceAll(w.name, " ", "-")}
	}
	emulator, err := start(kind, nil, arguments...)
	if err != nil {
		return nil, 0, err
	}
	defer emulator.stop()
	load := load{workload: w, connections: p.connections}
	answer, err := load.prepare(emulator.addr)
	if err != nil {
		return nil, 0, err
	}
	bare, err := start("bare", answer)
	if err != nil {
		return nil, 0, err
	}
	defer bare.stop()
	for i := -1; i < p.rounds; i++ { // the first one warms up
		var r round
		if r.bare, err = p.measure(&load, bare); err != nil {
			return nil, 0, err
		}
		if r.emulator, err = p.measure(&load, emulator); err != nil {
			return nil, 0, err
		}
		if i >= 0 {
			rounds = append(rounds, r)
		}
	}
	return rounds, len(answer), nil
}

// measure is one half of a round.
func (p plan) measure(l *load, server *process) (result, error) {
	l.addr = server.addr
	before := cpuOf(server.cmd.Process.Pid)
	n, took, err := l.run(p.count, p.limit)
	if err != nil {
		return result{}, err
	}
	return result{float64(n) / took.Seconds(), (cpuOf(server.cmd.Process.Pid) - before) / time.Duration(n)}, nil
}

// cpuOf reads the processor time of a process where the system tells it, which
// leaves out the start of the process; else it is 0.
func cpuOf(pid int) time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	f := strings.Fields(rest)
	if len(f) < 13 {
		return 0
	}
	var user, system int64
	fmt.Sscan(f[11], &user)
	fmt.Sscan(f[12], &system)
	return time.Duration(user+system) * 10 * time.Millisecond // USER_HZ is 100
}

// median is that of one number of each round.
func median[T cmp.Ordered](rounds []round, number func(round) T) T {
	all := make([]T, len(rounds))
	for i, r := range rounds {
		all[i] = number(r)
	}
	slices.Sort(all)
	return all[len(all)/2]
}
