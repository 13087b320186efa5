package cli

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"wireproof/codec/wire"
	"wireproof/conformance/inspect"
)

func newDecode(s *streams) *cobra.Command {
	var o inspect.Options
	cmd := &cobra.Command{
		Use:   "decode [flags] [FILE]",
		Short: "Print a message as JSON, with everything that is wrong about it",
		Long: `Decode reads one message from FILE or standard input and prints one JSON object:
what it is, what was guessed, its value or error, members that no model names,
and findings, each with its place in the input.

A message is a whole HTTP request or response, a bare JSON or XML body, a form
body or query string, or the URL of a request, also in several lines as the
documentation prints it. What the flags do not say is guessed from the bytes.
` + exitCodes{"a clean message", "findings, or a message that cannot be decoded",
			"wrong usage: an unknown flag or name, an unreadable file, a guess that is not possible", notWritten, interrupted}.help(),
		Example: `  wireproof decode response.xml
  curl -si http://127.0.0.1:5000/v1/offerings | wireproof decode
  wireproof decode --lenient --operation DescribeReservation body.json`,
		Args: oneFile,
		RunE: func(_ *cobra.Command, args []string) error {
			name, text, err := s.read(args)
			if err != nil {
				return err
			}
			d, err := inspect.Decode(text, o)
			if err != nil {
				return err
			}
			return s.printDecoded(name, text, d)
		},
	}
	messageFlags(cmd.Flags(), &o)
	cmd.Flags().StringVar(&o.Version, "api-version", "", "API version that the message is expected to be of, such as 2014-10-31")
	cmd.Flags().BoolVar(&o.Lenient, "lenient", false, "leave out findings on which all measured clients agree")
	return cmd
}

func (s *streams) printDecoded(name, text string, d *inspect.Decoded) error {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(d); err != nil {
		return harnessError{error: err}
	}
	if err := s.write(out.Bytes()); err != nil {
		return err
	}
	if u := d.Undecodable; u != nil {
		within := ""
		if u.At.Offset != u.Offset {
			// The offset in the message counts from its part, that of the caret does not.
			within = " of the " + string(u.Part)
		}
		fmt.Fprintf(s.err, "wireproof: %s: %s%s\n%s\n", name, u.Message, within, wire.Caret(text, u.At.Offset))
	}
	if n := len(d.Findings); n > 0 {
		fmt.Fprintf(s.err, "wireproof: %s: %s\n", name, summary(d.Findings))
	}
	if !d.Clean() {
		return errFindings
	}
	return nil
}

// summary counts findings by level: "3 findings (2 departure, 1 split)".
func summary(findings []inspect.Finding) string {
	counts := map[wire.Level]int{}
	for _, f := range findings {
		counts[f.Level]++
	}
	text, sep := fmt.Sprintf("%d findings (", len(findings)), ""
	if len(findings) == 1 {
		text = "1 finding ("
	}
	for _, level := range []wire.Level{wire.Departure, wire.Split, wire.Unreadable} {
		if counts[level] > 0 {
			text += fmt.Sprintf("%s%d %s", sep, counts[level], level)
			sep = ", "
		}
	}
	return text + ")"
}
