package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"wireproof/conformance"
	"wireproof/conformance/fault"
	"wireproof/conformance/inspect"
)

func newFaults(s *streams) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "faults [flags] [PATTERN...]",
		Short: "Name the faults that wireproof serve --fault can make",
		Long: `Faults lists what wireproof serve --fault ID can do wrong: the faults of other
people's servers, for clients and tools to be tried against. With one id it tells all
about that fault: what it is, where it was seen, and which checks of wireproof run
notice it. PATTERN is as in wireproof run.
` + exitCodes{ok: "listed", usage: "no fault of that name", harness: notWritten}.help(),
		Example: `  wireproof faults
  wireproof faults 'rds.envelope.*'
  wireproof faults rds.envelope.no-result-wrapper
  wireproof serve --fault rds.envelope.no-result-wrapper`,
		RunE: func(_ *cobra.Command, args []string) error {
			all, err := selectFaults(args)
			if err != nil {
				return err
			}
			var text bytes.Buffer
			switch {
			case asJSON:
				for _, f := range all {
					line, err := json.Marshal(f)
					if err != nil {
						return err
					}
					text.Write(append(line, '\n'))
				}
			case len(args) == 1 && len(all) == 1 && args[0] == all[0].ID:
				explainFault(&text, all[0])
			default:
				w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
				for _, f := range all {
					fmt.Fprintf(w, "%s\t%s\n", f.ID, f.About)
				}
				w.Flush()
			}
			return s.write(text.Bytes())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "a JSON object a line")
	return cmd
}

func selectFaults(given []string) ([]*fault.Fault, error) {
	wanted, err := patterns(given)
	if err != nil {
		return nil, err
	}
	all := fault.Faults()
	if len(wanted) == 0 {
		return all, nil
	}
	for _, p := range wanted {
		if !slices.ContainsFunc(all, func(f *fault.Fault) bool { return conformance.Match(p, f.ID) }) {
			return nil, noFault(p)
		}
	}
	return slices.DeleteFunc(all, func(f *fault.Fault) bool {
		return !slices.ContainsFunc(wanted, func(p string) bool { return conformance.Match(p, f.ID) })
	}), nil
}

// noFault says that an id is none, and which is most like it.
func noFault(id string) error {
	var ids []string
	for _, f := range fault.Faults() {
		ids = append(ids, f.ID)
	}
	return &inspect.UsageError{What: fmt.Sprintf("there is no fault %q", id), Hint: "did you mean " + conformance.Nearest(id, ids) + "? wireproof faults lists them"}
}

func explainFault(w *bytes.Buffer, f *fault.Fault) {
	fmt.Fprintf(w, "%s\n\n%s\n", f.ID, f.About)
	for _, part := range []struct {
		title string
		lines []string
	}{{"Where it was seen, or what it breaks", f.Sources}, {"Noticed by", f.Checks}, {"May turn red besides", f.Also}} {
		if len(part.lines) > 0 {
			fmt.Fprintf(w, "\n%s\n  %s\n", part.title, strings.Join(part.lines, "\n  "))
		}
	}
	fmt.Fprintf(w, "\nTry it\n  wireproof serve --fault %s\n", f.ID)
}
