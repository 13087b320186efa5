// Command soak tries the real binary as no test has the time for: under full load
// for minutes, with its memory watched, and killed in the middle of purchases.
//
//	go run ./conformance/emulator/soak            # both, as make soak does
//	go run ./conformance/emulator/soak -for 1h -kills 0
//
// # The soak
//
// wireproof serve runs with small limits of what it keeps (-max-reservations,
// -max-accounts). Connections ask it without a pause, for more accounts than it
// keeps: purchases and lists at both services. Once it is full, its memory may grow
// no more: at the end it may be a quarter above what it was then, no more, since the
// garbage collector has its rhythm. Every answer must be one that is expected, the
// connections' file descriptors must be gone afterwards, and SIGTERM must end the
// server with 0.
//
// # The kills
//
// wireproof serve runs with --state. Connections buy, each purchase under an id of
// its own, until the process is killed with SIGKILL at a random moment; then it is
// started again on the same file and asked for everything. What was answered and is
// not there is lost; one lost purchase fails the run. What is there and was never
// answered is counted: the client's connection broke while it was written.
//
// Memory and file descriptors are read from /proc, and not told where there is none.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

func main() {
	var p plan
	flag.DurationVar(&p.lasts, "for", 3*time.Minute, "how long the load lasts; 0 leaves it out")
	flag.IntVar(&p.kills, "kills", 20, "how often the server is killed; 0 leaves it out")
	flag.IntVar(&p.connections, "c", 16, "connections")
	flag.IntVar(&p.reservations, "max-reservations", 200_000, "the server's limit under load")
	flag.IntVar(&p.accounts, "max-accounts", 20_000, "the server's limit under load")
	flag.StringVar(&p.binary, "binary", "", "wireproof; built where it is not given")
	flag.Parse()
	if err := p.run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

// plan says what to try.
type plan struct {
	lasts                  time.Duration
	kills                  int
	connections            int
	reservations, accounts int
	binary                 string
}

func (p plan) run(out io.Writer) error {
	folder, err := os.MkdirTemp("", "wireproof-soak")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if p.binary == "" {
		p.binary = filepath.Join(folder, "wireproof")
		if text, err := exec.Command("go", "build", "-o", p.binary, "wireproof/cmd/wireproof").CombinedOutput(); err != nil {
			return fmt.Errorf("building wireproof: %w\n%s", err, text)
		}
	}
	if p.lasts > 0 {
		if err := p.soak(out); err != nil {
			return fmt.Errorf("under load: %w", err)
		}
	}
	if p.kills > 0 {
		if err := p.kill(out, filepath.Join(folder, "state.db")); err != nil {
			return fmt.Errorf("killed: %w", err)
		}
	}
	return nil
}
