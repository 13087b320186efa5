package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"wireproof/conformance/inspect"
)

func newVersion(s *streams) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of wireproof and of the Go that built it",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return &inspect.UsageError{What: "version takes no arguments"}
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error { return s.write([]byte(version() + "\n")) },
	}
}

// version is the module's version and, where the build knows it, the commit.
func version() string {
	module, commit := "(devel)", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "" {
			module = info.Main.Version
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				commit = " " + s.Value[:12]
			}
		}
	}
	return fmt.Sprintf("wireproof %s%s %s %s/%s", module, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
