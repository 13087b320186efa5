package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"wireproof/conformance/inspect"
)

// oneFile is [cobra.MaximumNArgs] in our words.
func oneFile(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return &inspect.UsageError{What: fmt.Sprintf("%d files", len(args)), Hint: "give one file, or none for standard input"}
	}
	return nil
}

// flagError turns pflag's errors into ours and names the flag that is most like
// one that does not exist.
func flagError(cmd *cobra.Command, err error) error {
	hint := "run wireproof " + strings.TrimSpace(strings.TrimPrefix(cmd.CommandPath(), "wireproof")+" --help")
	if name, ok := strings.CutPrefix(err.Error(), "unknown flag: --"); ok {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near := inspect.Nearest(name, names); near != "" {
			hint = "did you mean --" + near + "?"
		}
	}
	return &inspect.UsageError{What: err.Error(), Hint: hint}
}

// messageFlags are the flags that say what a message is.
func messageFlags(f *pflag.FlagSet, o *inspect.Options) {
	f.StringVar(&o.Service, "service", "", "mediaconnect or rds")
	f.StringVar(&o.Operation, "operation", "", "name of the operation, such as PurchaseOffering; implies the service")
	f.StringVar(&o.Kind, "kind", "", "request or response; an error is a response")
}
