package fault

import (
	_ "embed"
	"strings"
)

// noticedText says what of the suite notices each fault: what the rows of the
// catalogue declare, kept in one place since it is read, and reviewed, as the kill
// matrix. A line is
//
//	FAULT: CHECK... | CONSEQUENCE...
//
//go:embed noticed.txt
var noticedText string

type noticed struct{ checks, also []string }

func readNoticed(text string) map[string]noticed {
	all := map[string]noticed{}
	for line := range strings.Lines(text) {
		id, rest, ok := strings.Cut(line, ": ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		checks, also, _ := strings.Cut(rest, "|")
		all[id] = noticed{strings.Fields(checks), strings.Fields(also)}
	}
	return all
}
