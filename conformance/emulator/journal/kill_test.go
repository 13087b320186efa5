package journal

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// The test binary is its own child: with childPath in its environment it
// purchases until it is killed, and prints each number after its answer.
const (
	childPath    = "WIREPROOF_JOURNAL_CHILD"
	childWorkers = "WIREPROOF_JOURNAL_WORKERS"
	// killsVariable asks for more kills than a default run has.
	killsVariable = "WIREPROOF_KILLS"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		workers, _ := strconv.Atoi(os.Getenv(childWorkers))
		fmt.Fprintln(os.Stderr, purchase(path, workers))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func purchase(path string, workers int) error {
	j, err := Open(path)
	if err != nil {
		return err
	}
	var last uint64
	if err := j.Load(func(r Record) error { last = r.Sequence; return nil }); err != nil {
		return err
	}
	os.Stdout.WriteString("ready\n")
	failed := make(chan error)
	var mu sync.Mutex
	for range workers {
		go func() {
			for {
				mu.Lock()
				last++
				n := last
				mu.Unlock()
				if err := j.Append(context.Background(), record(n)); err != nil {
					failed <- err
					return
				}
				// One write: a line is there or not.
				os.Stdout.WriteString(strconv.FormatUint(n, 10) + "\n")
			}
		}()
	}
	return <-failed
}

// child starts a purchasing process.
func child(t *testing.T, path string, workers int) (*exec.Cmd, io.Reader, *strings.Builder) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childPath+"="+path, fmt.Sprintf("%s=%d", childWorkers, workers))
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, out, &stderr
}

// A process is killed at random points of its life, again and again on the same
// file. Then all that was answered is there, and besides it at most what was on
// its way: one record for each worker and life.
func TestKill(t *testing.T) {
	lives, budget := 1_000_000, time.Second
	if s := os.Getenv(killsVariable); s != "" {
		var err error
		if lives, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
		budget = time.Hour
	} else if testing.Short() {
		budget = 500 * time.Millisecond
	}
	for _, workers := range []int{1, 8} {
		path, until := temporary(t), time.Now().Add(budget)
		answered := map[uint64]bool{}
		kept, killed, idle := 0, 0, 0
		for ; killed < lives && (killed < 3 || time.Now().Before(until)); killed++ {
			cmd, out, stderr := child(t, path, workers)
			time.AfterFunc(time.Duration(rand.Int64N(int64(60*time.Millisecond))), func() { cmd.Process.Kill() })
			now := 0
			for lines := bufio.NewScanner(out); lines.Scan(); {
				if n, err := strconv.ParseUint(lines.Text(), 10, 64); err == nil {
					if answered[n] {
						t.Fatalf("record %d was answered twice", n)
					}
					answered[n] = true
					now++
				}
			}
			cmd.Wait()
			if stderr.Len() > 0 {
				t.Fatalf("life %d: %s", killed, stderr)
			}
			if now == 0 {
				idle++
			}
			j := mustOpen(t, path)
			there := map[uint64]bool{}
			for _, r := range load(t, j) {
				there[r.Sequence] = true
				if d := diff(record(r.Sequence), r); d != "" {
					t.Fatal(d)
				}
			}
			j.Close()
			for n := range answered {
				if !there[n] {
					t.Fatalf("life %d: record %d was answered and is gone", killed, n)
				}
			}
			if extra := len(there) - kept - now; extra < 0 || extra > workers {
				t.Fatalf("life %d: %d records were answered, %d are new", killed, now, len(there)-kept)
			}
			kept = len(there)
		}
		t.Logf("%d workers: %d kills, %d before an answer; %d answered, %d there", workers, killed, idle, len(answered), kept)
		if len(answered) == 0 {
			t.Error("nothing was purchased")
		}
	}
}

// A second process is refused at once, and told which file it is.
func TestSecondProcess(t *testing.T) {
	path := temporary(t)
	j := mustOpen(t, path)
	start := time.Now()
	cmd, _, stderr := child(t, path, 1)
	if err := cmd.Wait(); err == nil {
		t.Error("the second process was not refused")
	}
	if text := stderr.String(); !strings.Contains(text, path) || !strings.Contains(text, ErrInUse.Error()) {
		t.Errorf("it said %q", text)
	}
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("it took %v", d)
	}
	if err := j.Append(t.Context(), record(1)); err != nil {
		t.Errorf("the first one: %v", err)
	}
}
