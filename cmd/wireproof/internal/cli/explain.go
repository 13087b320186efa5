package cli

import (
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wireproof/conformance"
	"wireproof/conformance/casefile"
	"wireproof/conformance/inspect"
	"wireproof/conformance/report"
	"wireproof/conformance/rule"
	"wireproof/fixtures"
)

func newExplain(s *streams) *cobra.Command {
	var run runFlags
	cmd := &cobra.Command{
		Use:   "explain ID",
		Short: "Say what a rule or a case holds, why, by which source, and whom a break hurts",
		Long: `Explain tells all about one rule or one case. Of a rule: the sentence, why it is
worth keeping, where it is from, an exchange that keeps it and one that breaks it,
and what a break does to real clients. Of a case: where it is from, what it needs,
and its text, which shows what is sent and what has to come back.

The ids are those of failures and of wireproof list. Cases that come of one text,
such as those of rds.purchase.minimal, are explained together.
` + exitCodes{"explained", "", "wrong usage: there is nothing of that id; the nearest one is named", notWritten, interrupted}.help(),
		Example: `  wireproof explain rds.envelope.result-wrapper
  wireproof explain rds.purchase.minimal`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &inspect.UsageError{What: fmt.Sprintf("explain takes one id, got %d", len(args)), Hint: "wireproof list names them"}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := run.explain(args[0])
			if err != nil {
				return err
			}
			return s.write([]byte(text))
		},
	}
	cmd.Flags().StringVar(&run.cases, "cases", "", "explain a case in this `FOLDER` as well")
	return cmd
}

func (f *runFlags) explain(id string) (string, error) {
	book, err := rule.New()
	if err != nil {
		return "", harnessError{error: err}
	}
	if r := book.Rule(id); r != nil {
		return ruleText(book, r), nil
	}
	if sentence, ok := conformance.Assertions()[id]; ok {
		return fmt.Sprintf("%s   assertion\n\n%s\n\nWhat is expected, at which level and by which source, is the case's to say:\nwireproof explain CASE.\n", id, report.Wrap(sentence, 78)), nil
	}
	cases, err := f.allCases()
	if err != nil {
		return "", err
	}
	if rows := rowsOf(cases, id); len(rows) > 0 {
		return f.caseText(id, rows)
	}
	all, err := f.everything()
	if err != nil {
		return "", err
	}
	var ids []string
	begun := 0
	for _, l := range all {
		ids = append(ids, l.ID)
		if strings.HasPrefix(l.ID, id+".") {
			begun++
		}
	}
	hint := "did you mean " + conformance.Nearest(id, ids) + "?"
	if begun > 0 {
		hint = fmt.Sprintf("%d ids begin with it: wireproof list %s", begun, report.Quote(id+".**"))
	}
	return "", &inspect.UsageError{What: fmt.Sprintf("there is no rule and no case %q", id), Hint: hint}
}

// rowsOf gives the case of an id, or those that come of one text and whose ids all
// begin with it.
func rowsOf(cases []*casefile.Case, id string) (rows []*casefile.Case) {
	for _, c := range cases {
		if c.ID == id {
			return []*casefile.Case{c}
		}
		if strings.HasPrefix(c.ID, id+".") {
			rows = append(rows, c)
		}
	}
	for _, c := range rows {
		if c.File != rows[0].File || c.Line != rows[0].Line {
			return nil
		}
	}
	return rows
}

// ruleText tells all about a rule.
func ruleText(book *rule.Book, r *rule.Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s   %s\n\n%s\n", r.ID, strings.ToUpper(string(r.Level)), report.Wrap(r.Sentence, 78))
	if r.Why != "" {
		fmt.Fprintf(&b, "\nWhy\n%s\n", indent(report.Wrap(r.Why, 76)))
	}
	writeEvidence(&b, r.Evidence)
	if r.Good != "" {
		fmt.Fprintf(&b, "\nKept by\n%s\n", indent(r.Good))
	}
	if r.Bad != "" {
		fmt.Fprintf(&b, "\nBroken by\n%s\n", indent(r.Bad))
	}
	fmt.Fprintf(&b, "\nWhat a break does to clients\n")
	impact := book.Impact(r.ID)
	names := slices.Sorted(maps.Keys(impact))
	slices.SortStableFunc(names, func(x, y string) int { return clientRank(x) - clientRank(y) })
	for _, name := range names {
		hanging(&b, fmt.Sprintf("  %-15s ", name), impact[name])
	}
	if len(names) == 0 {
		fmt.Fprintln(&b, "  not measured")
	}
	return b.String()
}

// clientRank is the place of a client in lists.
func clientRank(name string) int {
	order := []string{"boto3", "aws-cli", "aws-sdk-go-v2", "aws-sdk-js-v3"}
	if i := slices.Index(order, name); i >= 0 {
		return i
	}
	return len(order)
}

func writeEvidence(w io.Writer, all []rule.Evidence) {
	fmt.Fprintf(w, "\nEvidence\n")
	for _, e := range all {
		text := e.Source
		if e.Says != "" {
			text += ": " + e.Says
		}
		hanging(w, fmt.Sprintf("  %-13s ", e.Kind), text)
	}
}

// hanging writes a text beside its label.
func hanging(w io.Writer, label, text string) {
	lines := strings.Split(report.Wrap(text, 78-len(label)), "\n")
	fmt.Fprintf(w, "%s%s\n", label, strings.Join(lines, "\n"+strings.Repeat(" ", len(label))))
}

// caseText tells all about a case, or about several that come of one text.
func (f *runFlags) caseText(id string, rows []*casefile.Case) (string, error) {
	var b strings.Builder
	c := rows[0]
	if len(rows) > 1 {
		fmt.Fprintf(&b, "%s   %s, %d cases\n\n", id, strings.ToUpper(string(levelOf(c))), len(rows))
		if slices.ContainsFunc(rows, func(r *casefile.Case) bool { return r.About != c.About }) {
			for _, r := range rows {
				hanging(&b, fmt.Sprintf("  %-24s ", strings.TrimPrefix(r.ID, id+".")), r.About)
			}
		} else {
			var names []string
			for _, r := range rows {
				names = append(names, strings.TrimPrefix(r.ID, id+"."))
			}
			fmt.Fprintf(&b, "%s\n\n%s\n", report.Wrap(c.About, 78), indent(report.Wrap(strings.Join(names, " "), 76)))
		}
	} else {
		fmt.Fprintf(&b, "%s   %s, a case\n\n%s\n", id, strings.ToUpper(string(levelOf(c))), report.Wrap(c.About, 78))
	}
	writeEvidence(&b, c.Evidence)
	if len(c.Needs) > 0 {
		fmt.Fprintf(&b, "\nNeeds of the target\n")
		for _, n := range c.Needs {
			fmt.Fprintf(&b, "  %s\n", n)
		}
	}
	own, err := conformance.Cases()
	if err != nil {
		return "", harnessError{error: err}
	}
	files, name := fixtures.Cases(), "fixtures/cases/"+c.File
	if !slices.Contains(own, c) {
		files, name = os.DirFS(f.cases), f.cases+"/"+c.File
	}
	fmt.Fprintf(&b, "\nText, %s:%d\n", name, c.Line)
	if text, err := fs.ReadFile(files, c.File); err == nil {
		fmt.Fprintln(&b, indent(cut(string(text), c.Line)))
	}
	play := id
	if len(rows) > 1 {
		play += ".**"
	}
	fmt.Fprintf(&b, "\nPlay it: wireproof run --run %s\n", report.Quote(play))
	return b.String(), nil
}

// cut gives one item of a list out of a file: from its line to the next item, or to
// what stands above it.
func cut(text string, line int) string {
	lines := strings.Split(text, "\n")
	if line < 1 || line > len(lines) {
		return ""
	}
	first := lines[line-1]
	margin := len(first) - len(strings.TrimLeft(first, " -"))
	var out []string
	for i, l := range lines[line-1:] {
		depth := len(l) - len(strings.TrimLeft(l, " "))
		if i > 0 && strings.TrimSpace(l) != "" && depth < margin {
			break
		}
		out = append(out, l)
	}
	return strings.TrimRight(strings.Join(out, "\n"), "\n ")
}

func indent(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n  ")
}
