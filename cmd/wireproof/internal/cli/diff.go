package cli

import (
	"bytes"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"wireproof/conformance/inspect"
	"wireproof/conformance/report"
)

func newDiff(s *streams) *cobra.Command {
	return &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Say what became better or worse between two reports",
		Long: `Diff compares two reports that wireproof run wrote with --report jsonl=FILE. Checks
are the same where case, step and check id are. What became worse is a regression,
and makes the exit code 1: a pass that is none any more, a warning that is a failure
now, a case that is no longer played. A failure that --expected-failures declares is
none.
` + exitCodes{"nothing became worse", "a regression", "wrong usage: no report, or one that is cut short", notWritten, interrupted}.help(),
		Example: `  wireproof run --endpoint http://127.0.0.1:5000 --report jsonl=new.jsonl
  wireproof diff old.jsonl new.jsonl`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return &inspect.UsageError{What: fmt.Sprintf("diff takes two reports, got %d", len(args)), Hint: "give the older one first"}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			var reports [2]*report.Recorded
			for i, name := range args {
				err := readFile("report", name, func(r io.Reader) (err error) { reports[i], err = report.Read(r); return err })
				if err != nil {
					return err
				}
			}
			d := report.Compare(reports[0], reports[1])
			var text bytes.Buffer
			if err := d.Write(&text); err != nil {
				return harnessError{error: err}
			}
			if err := s.write(text.Bytes()); err != nil {
				return err
			}
			if d.Regression() {
				return errFindings
			}
			return nil
		},
	}
}
