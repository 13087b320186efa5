package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
)

// The scripts reach exit codes 0, 1 and 2 through the real command; these are
// the other two.

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	in, _ := io.Pipe() // nothing ever comes
	go cancel()
	var stderr bytes.Buffer
	if code := Main(ctx, []string{"decode"}, in, io.Discard, &stderr); code != exitInterrupted {
		t.Errorf("exit code %d, want %d: %s", code, exitInterrupted, &stderr)
	}
}

// A server is ended by the interrupt, and that is nothing wrong.
func TestServeInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- Main(ctx, []string{"serve", "--addr", ":0", "--quiet"}, strings.NewReader(""), in, io.Discard)
	}()
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || !strings.HasPrefix(line, "http://127.0.0.1:") {
		t.Fatalf("got %q, %v", line, err)
	}
	cancel()
	if got := <-code; got != exitOK {
		t.Errorf("exit code %d, want %d", got, exitOK)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestOutputCannotBeWritten(t *testing.T) {
	for _, args := range [][]string{{"decode"}, {"encode", "--operation", "ListOfferings", "--kind", "response"}, {"version"}, {"serve", "--addr", ":0", "--quiet"},
		{"run", "--run", "mediaconnect.purchase.minimal"}, {"run", "--run", "mediaconnect.purchase.minimal", "--report", "jsonl=-"}, {"list"}, {"explain", "http.date"}} {
		var stderr bytes.Buffer
		code := Main(t.Context(), args, strings.NewReader(`{"offerings":[]}`), full{}, &stderr)
		if code != exitHarness || !strings.Contains(stderr.String(), "no space left") {
			t.Errorf("%v: exit code %d, want %d: %s", args, code, exitHarness, &stderr)
		}
	}
}

func TestInputCannotBeRead(t *testing.T) {
	var stderr bytes.Buffer
	if code := Main(t.Context(), []string{"decode"}, failing{}, io.Discard, &stderr); code != exitUsage {
		t.Errorf("exit code %d, want %d: %s", code, exitUsage, &stderr)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// Help and README list every exit code.
func TestExitCodesAreListed(t *testing.T) {
	readme, err := os.ReadFile("../../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"0", "1", "2", "3", "130"} {
		if !strings.Contains(exitHelp, "\n  "+code+" ") {
			t.Errorf("help does not list %s", code)
		}
		if !strings.Contains(string(readme), "\n| "+code+" | ") {
			t.Errorf("README.md does not list %s", code)
		}
	}
}

// On a terminal that is too narrow, what a thing is about gets lines of its own.
func TestListNarrow(t *testing.T) {
	all := []listed{{kindRule, "http.date", "should", "A response says when it was made."}, {kindAssertion, "expect.members", "", "Members have their values."}}
	for columns, want := range map[int]string{
		0:  "rule       should  http.date       A response says when it was made.\nassertion  -       expect.members  Members have their values.\n",
		70: "rule       should  http.date       A response says when it was made.\nassertion  -       expect.members  Members have their values.\n",
		30: "http.date  should rule\n  A response says when it was\n  made.\nexpect.members  assertion\n  Members have their values.\n",
	} {
		var got bytes.Buffer
		listFor(&got, all, columns)
		if got.String() != want {
			t.Errorf("%d columns:\n%s", columns, &got)
		}
	}
}
