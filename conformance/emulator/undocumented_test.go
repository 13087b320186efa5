package emulator_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Each decision is marked in the code with "undocumented: name." and listed in
// UNDOCUMENTED.md under its name, and the other way round; each name is marked
// once. Names are lower-case kebab.
func TestUndocumented(t *testing.T) {
	mark := regexp.MustCompile(`^//\s*undocumented:\s*(.*)`)
	name := regexp.MustCompile(`^([a-z0-9]+(?:-[a-z0-9]+)*)\.(?: |$)`)
	marked := map[string]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, line := range strings.Split(string(text), "\n") {
			found := mark.FindStringSubmatch(strings.TrimSpace(line))
			if found == nil {
				continue
			}
			m := name.FindStringSubmatch(found[1])
			switch {
			case m == nil:
				t.Errorf("%s: %q has no name", path, strings.TrimSpace(line))
			case marked[m[1]] != "":
				t.Errorf("%s: %s is marked in %s too", path, m[1], marked[m[1]])
			default:
				marked[m[1]] = path
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("UNDOCUMENTED.md")
	if err != nil {
		t.Fatal(err)
	}
	entry := regexp.MustCompile("(?m)^- `([^`]+)` \\(([^)]+)\\): .")
	var listed []string
	for _, m := range entry.FindAllStringSubmatch(string(text), -1) {
		if slices.Contains(listed, m[1]) {
			t.Errorf("%s is listed twice", m[1])
		}
		listed = append(listed, m[1])
		if marked[m[1]] != m[2] {
			t.Errorf("%s is listed for %s and marked in %q", m[1], m[2], marked[m[1]])
		}
	}
	for m, path := range marked {
		if !slices.Contains(listed, m) {
			t.Errorf("%s: %s is not listed in UNDOCUMENTED.md", path, m)
		}
	}
	if len(listed) < 30 {
		t.Errorf("only %d decisions are listed", len(listed))
	}
	if n := strings.Count(string(text), "\n- "); n != len(listed) {
		t.Errorf("%d entries, of which %d have the form of one", n, len(listed))
	}
}
