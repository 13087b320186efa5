package main

import (
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the golden parts of the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"wireproof": main, "ask": ask, "fake": fake})
}

// ask is a client for the scripts: ask METHOD URL [BODY] prints the answer with
// its headers.
func ask() {
	r, err := http.NewRequest(os.Args[1], os.Args[2], strings.NewReader(strings.Join(os.Args[3:], "")))
	if err == nil && len(os.Args) > 3 {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	var resp *http.Response
	if err == nil {
		resp, err = http.DefaultTransport.RoundTrip(r)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	resp.Write(os.Stdout)
}

// Each script runs the real command. FIXTURES is the folder of that name.
func TestScripts(t *testing.T) {
	fixtures, err := filepath.Abs("../../fixtures")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("FIXTURES", fixtures)
			// No command may read these.
			env.Setenv("AWS_ACCESS_KEY_ID", "must-not-be-read")
			env.Setenv("AWS_REGION", "must-not-be-read")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "await": await, "agree": agree},
	})
}

// exits runs a command that has to end with an exit code: exits 2 wireproof x.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE command...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// await waits until the first line of a file is whole and puts it into a variable:
// await url URL.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: await FILE VARIABLE")
	}
	for range 1000 {
		text, _ := os.ReadFile(ts.MkAbs(args[0]))
		if line, _, whole := strings.Cut(string(text), "\n"); whole {
			ts.Setenv(args[1], line)
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("%s has no line", args[0])
}
