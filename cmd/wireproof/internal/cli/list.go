package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"wireproof/conformance"
	"wireproof/conformance/casefile"
	"wireproof/conformance/inspect"
	"wireproof/conformance/report"
	"wireproof/conformance/rule"
)

// The kinds of what is listed.
const (
	kindCase      = "case"
	kindRule      = "rule"
	kindAssertion = "assertion"
)

// listed is a line of list.
type listed struct {
	Kind  string `json:"kind"`
	ID    string `json:"id"`
	Level string `json:"level,omitempty"` // an assertion has that of its case
	About string `json:"about"`
}

func newList(s *streams) *cobra.Command {
	var run runFlags
	var only string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list [flags] [PATTERN...]",
		Short: "Name the cases and the rules that wireproof run holds",
		Long: `List names the cases and the rules, one a line. PATTERN is as in wireproof run:
* stands for anything within a segment, ** across dots; one that matches nothing is
an error. wireproof explain ID tells more.

Assertions are what cases expect beyond the rules: expect.members, for example.
` + exitCodes{"listed", "", "wrong usage: an unknown flag, a pattern that matches nothing, a case file that is none", notWritten, interrupted}.help(),
		Example: `  wireproof list
  wireproof list --only rules 'rds.**'
  wireproof list --only cases 'mediaconnect.purchase.*'
  wireproof list --only cases 'rds.**' --json | jq -r .id`,
		RunE: func(_ *cobra.Command, args []string) error {
			all, err := run.everything()
			if err != nil {
				return err
			}
			if only != "" {
				kind := strings.TrimSuffix(only, "s")
				if !strings.HasSuffix(only, "s") || !slices.Contains([]string{kindCase, kindRule, kindAssertion}, kind) {
					return &inspect.UsageError{What: fmt.Sprintf("--only %q is nothing to list", only), Hint: "choose cases, rules or assertions"}
				}
				all = slices.DeleteFunc(all, func(l listed) bool { return l.Kind != kind })
			}
			if all, err = selectListed(all, args); err != nil {
				return err
			}
			var text bytes.Buffer
			columns, isTerminal := terminal(s.out)
			switch {
			case asJSON:
				err = listJSON(&text, all)
			case isTerminal:
				listFor(&text, all, columns)
			default:
				listFor(&text, all, 0)
			}
			if err != nil {
				return harnessError{error: err}
			}
			return s.write(text.Bytes())
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&only, "only", "", "one `KIND` alone: cases, rules or assertions")
	fl.BoolVar(&asJSON, "json", false, "a JSON object a line")
	fl.StringVar(&run.cases, "cases", "", "list the cases in this `FOLDER` as well")
	return cmd
}

func listJSON(text *bytes.Buffer, all []listed) error {
	e := json.NewEncoder(text)
	e.SetEscapeHTML(false)
	for _, l := range all {
		if err := e.Encode(l); err != nil {
			return err
		}
	}
	return nil
}

// listFor lists in columns, or, where those are wider than what there is, what each
// is about on lines of its own. No columns are as many as it takes.
func listFor(text *bytes.Buffer, all []listed, columns int) {
	w := tabwriter.NewWriter(text, 0, 0, 2, ' ', 0)
	for _, l := range all {
		level := l.Level
		if level == "" {
			level = "-"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", l.Kind, level, l.ID, l.About)
	}
	w.Flush()
	widest := 0
	for line := range strings.Lines(text.String()) {
		widest = max(widest, len(line)-1)
	}
	if columns == 0 || widest <= columns {
		return
	}
	text.Reset()
	for _, l := range all {
		fmt.Fprintf(text, "%s  %s\n%s\n", l.ID, strings.TrimSpace(l.Level+" "+l.Kind), indent(report.Wrap(l.About, max(columns-3, 20))))
	}
}

// everything lists cases, rules and assertions.
func (f *runFlags) everything() (all []listed, err error) {
	cases, err := f.allCases()
	if err != nil {
		return nil, err
	}
	book, err := rule.New()
	if err != nil {
		return nil, harnessError{error: err}
	}
	for _, c := range cases {
		all = append(all, listed{kindCase, c.ID, string(levelOf(c)), c.About})
	}
	for _, r := range book.Rules() {
		all = append(all, listed{kindRule, r.ID, string(r.Level), r.Sentence})
	}
	assertions := conformance.Assertions()
	for _, id := range slices.Sorted(maps.Keys(assertions)) {
		all = append(all, listed{kindAssertion, id, "", assertions[id]})
	}
	return all, nil
}

// allCases are those of the project, and those of --cases.
func (f *runFlags) allCases() ([]*casefile.Case, error) {
	var o conformance.Options
	if err := f.loadCases(&o); err != nil || o.Cases != nil {
		return o.Cases, err
	}
	cases, err := conformance.Cases()
	if err != nil {
		return nil, harnessError{error: err}
	}
	return cases, nil
}

func levelOf(c *casefile.Case) rule.Level {
	if c.Level == "" {
		return rule.Must
	}
	return c.Level
}

func selectListed(all []listed, given []string) ([]listed, error) {
	wanted, err := patterns(given)
	if err != nil || len(wanted) == 0 {
		return all, err
	}
	var ids []string
	for _, l := range all {
		ids = append(ids, l.ID)
	}
	for _, p := range wanted {
		if !slices.ContainsFunc(ids, func(id string) bool { return conformance.Match(p, id) }) {
			return nil, &inspect.UsageError{What: fmt.Sprintf("pattern %q matches nothing", p), Hint: "the nearest id is " + conformance.Nearest(p, ids)}
		}
	}
	return slices.DeleteFunc(all, func(l listed) bool {
		return !slices.ContainsFunc(wanted, func(p string) bool { return conformance.Match(p, l.ID) })
	}), nil
}
