// Package cli is the command line: flags, help and exit codes. What the commands
// do is in the packages below conformance.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"

	"github.com/spf13/cobra"

	"wireproof/conformance/inspect"
)

// The exit codes of every command.
const (
	exitOK          = 0   // nothing wrong
	exitWrong       = 1   // something wrong with what was looked at
	exitUsage       = 2   // nothing could be done with what was asked for
	exitHarness     = 3   // the server could not be reached, the output not be written, or there is no address or state to serve with
	exitInterrupted = 130 // interrupted; a server is ended that way, and exits with 0
)

// exitCodes are the lines of a command's help that say what its exit codes mean.
// What is empty it never gives.
type exitCodes struct{ ok, wrong, usage, harness, interrupted string }

func (e exitCodes) help() string {
	text := "\nExit codes:\n"
	for _, line := range []struct {
		code    int
		meaning string
	}{{exitOK, e.ok}, {exitWrong, e.wrong}, {exitUsage, e.usage}, {exitHarness, e.harness}, {exitInterrupted, e.interrupted}} {
		if line.meaning != "" {
			text += fmt.Sprintf("  %-4d %s\n", line.code, strings.ReplaceAll(line.meaning, "\n", "\n       "))
		}
	}
	return text
}

// exitHelp is what holds of every command.
var exitHelp = exitCodes{"nothing wrong", `something is wrong: findings, a run that is not conformant or not complete,
a regression, a message that cannot be decoded or written`, "wrong usage, and nothing was done: an unknown flag or name, an unreadable file",
	"the server could not be reached, or the output not be written; serve: no address or no state", "interrupted; serve: before it was ready, for afterwards it exits with 0"}.help()

// What most commands say of 3 and 130.
const (
	notWritten  = "the output could not be written"
	interrupted = "interrupted"
)

// errFindings ends a command whose output tells already what is wrong.
var errFindings = errors.New("findings")

// harnessError is about the server or the output, not about what was asked for.
type harnessError struct {
	error
	hint string // what to do about it, or empty
}

// Main runs the command line and returns the exit code. args are without the
// program's name.
func Main(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	s := &streams{in: stdin, out: stdout, err: stderr}
	root := newRoot(s)
	root.SetArgs(args)
	done := make(chan error, 1)
	go func() { done <- root.ExecuteContext(ctx) }()
	var err error
	select {
	case err = <-done:
	case <-ctx.Done():
		if !s.stops.Load() {
			// A command that waits for its input cannot be asked to stop.
			return exitInterrupted
		}
		err = <-done
	}
	switch {
	case err == nil:
		return exitOK
	case ctx.Err() != nil:
		return exitInterrupted
	case errors.Is(err, errFindings):
		return exitWrong
	}
	code := exitUsage
	var harness harnessError
	var wrong wrongError
	switch {
	case errors.As(err, &harness):
		code = exitHarness
	case errors.As(err, &wrong):
		code = exitWrong
	}
	complain(stderr, err)
	return code
}

// wrongError is about a message or a value, not about how the command was used.
type wrongError struct{ error }

// complain prints an error, and what to do about it on a line of its own.
func complain(stderr io.Writer, err error) {
	var usage *inspect.UsageError
	if errors.As(err, &usage) && usage.Hint != "" {
		fmt.Fprintf(stderr, "wireproof: %s\n  %s\n", strings.TrimSuffix(err.Error(), "; "+usage.Hint), usage.Hint)
		return
	}
	var harness harnessError
	if errors.As(err, &harness) && harness.hint != "" {
		fmt.Fprintf(stderr, "wireproof: %v\n  %s\n", err, harness.hint)
		return
	}
	fmt.Fprintf(stderr, "wireproof: %v\n", err)
}

// streams are what a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
	// stops is set by a command that ends by itself when its context does.
	stops atomic.Bool
}

func newRoot(s *streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "wireproof",
		Short: "Test, read, write and answer the messages that buy and list AWS reservations",
		Long: `Wireproof tests servers that stand in for two AWS services, and reads, writes and
answers their messages, byte for byte. It says where a message departs from the wire
format:

  mediaconnect  AWS Elemental MediaConnect 2018-11-14, restJson1
  rds           Amazon RDS 2012-04-23 to 2014-10-31, awsQuery in and XML out

run holds any server against these formats, and serve is a server for both. Only run
talks to a server, never to one of AWS's, and nothing reads an AWS_* variable.
` + exitHelp,
		Version:       version(),
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return unknownCommand(cmd, args[0])
		},
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(newDecode(s), newEncode(s), newServe(s), newRun(s), newList(s), newExplain(s), newDiff(s), newFaults(s), newVersion(s))
	root.InitDefaultHelpCmd()
	return root
}

func unknownCommand(cmd *cobra.Command, got string) error {
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	hint := "run wireproof help"
	if near := inspect.Nearest(got, names); near != "" {
		hint = "did you mean wireproof " + near + "?"
	}
	return &inspect.UsageError{What: fmt.Sprintf("unknown command %q", got), Hint: hint}
}

// read reads the one file that a command takes, or standard input where there is
// none or it is "-".
func (s *streams) read(args []string) (name, text string, err error) {
	if len(args) > 0 && args[0] != "-" {
		data, err := os.ReadFile(args[0])
		if err != nil {
			return "", "", &inspect.UsageError{What: err.Error(), Hint: "give a file that can be read, or - for standard input"}
		}
		return args[0], string(data), nil
	}
	data, err := io.ReadAll(s.in)
	if err != nil {
		return "", "", &inspect.UsageError{What: "standard input: " + err.Error()}
	}
	return "standard input", string(data), nil
}

func (s *streams) write(data []byte) error {
	if _, err := s.out.Write(data); err != nil {
		return harnessError{error: fmt.Errorf("cannot write the output: %w", err)}
	}
	return nil
}
