package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"

	"wireproof/conformance"
	"wireproof/conformance/inspect"
	"wireproof/conformance/report"
)

// output is a report that was asked for.
type output struct {
	kind string
	name string // of the file; - for standard output
}

// outputs reads --report. Files are made before the run, so that one that cannot be
// written does not cost a run.
func (f *runFlags) outputs() (all []output, err error) {
	for _, text := range f.reports {
		kind, name, ok := strings.Cut(text, "=")
		if !ok || name == "" || !slices.Contains(report.Kinds(), kind) {
			return nil, &inspect.UsageError{What: fmt.Sprintf("--report %q is no report", text), Hint: "give KIND=FILE; the kinds are " + strings.Join(report.Kinds(), ", ")}
		}
		if slices.ContainsFunc(all, func(o output) bool { return o.name == name }) {
			return nil, &inspect.UsageError{What: "--report: two reports into " + name, Hint: "give each a file of its own"}
		}
		if name != "-" {
			file, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY, 0o644)
			if err != nil {
				var path *fs.PathError
				if errors.As(err, &path) {
					err = path.Err
				}
				return nil, &inspect.UsageError{What: fmt.Sprintf("--report %s: %v", name, err), Hint: "give a file that can be written"}
			}
			file.Close()
		}
		all = append(all, output{kind, name})
	}
	return all, nil
}

// toStandardOutput reports whether a report takes the place of the console's.
func toStandardOutput(all []output) bool {
	return slices.ContainsFunc(all, func(o output) bool { return o.name == "-" })
}

func (o output) write(s *streams, r *conformance.Report) error {
	var text bytes.Buffer
	if err := report.Write(&text, o.kind, r); err != nil {
		return harnessError{error: err}
	}
	if o.name == "-" {
		return s.write(text.Bytes())
	}
	if err := os.WriteFile(o.name, text.Bytes(), 0o644); err != nil {
		return harnessError{error: fmt.Errorf("cannot write the report: %w", err)}
	}
	return nil
}

// update writes the failures of a run into the file of expected failures, and says
// so.
func (s *streams) update(f *runFlags, r *conformance.Report) error {
	text, err := conformance.UpdateExpectations(r, f.expectedText)
	if err != nil {
		return harnessError{error: err}
	}
	if f.expectedText != nil && bytes.Equal(text, f.expectedText) {
		fmt.Fprintf(s.err, "wireproof: %s declares all of it already\n", f.expected)
		return nil
	}
	if err := os.WriteFile(f.expected, text, 0o644); err != nil {
		return harnessError{error: fmt.Errorf("cannot write the expected failures: %w", err)}
	}
	entries, err := conformance.ReadExpectations(bytes.NewReader(text))
	if err != nil {
		return harnessError{error: err}
	}
	unexplained := 0
	for _, e := range entries {
		if e.Reason == conformance.Unexplained {
			unexplained++
		}
	}
	fmt.Fprintf(s.err, "wireproof: wrote %s: entries: %d, of which %d wait for somebody to write the reason\n", f.expected, len(entries), unexplained)
	return nil
}

// terminal reports whether w is one, and how many columns it has; 80 where it does
// not say.
func terminal(w io.Writer) (columns int, ok bool) {
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return 0, false
	}
	columns, _, err := term.GetSize(int(file.Fd()))
	if err != nil || columns <= 0 {
		columns = 80
	}
	return columns, true
}
