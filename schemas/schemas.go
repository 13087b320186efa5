package schemas

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed *.json emulator/*.json mediaconnect/*.json rds/*.json
var files embed.FS

// Base is what a name is appended to, with .json behind it, to make the URL under
// which a validator is to know a schema. The schemas refer to each other by
// relative references and have no $id, so any other base does as well, and an
// editor finds them beside each other. Nothing is there to be fetched.
const Base = "https://wireproof.invalid/schemas/"

// FS holds all schemas by their path below this folder.
func FS() fs.FS { return files }

// Names lists the names of all schemas, sorted.
func Names() (names []string) {
	err := fs.WalkDir(files, ".", func(file string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, strings.TrimSuffix(file, ".json"))
		}
		return err
	})
	if err != nil {
		panic("schemas: BUG: " + err.Error()) // embedded folders can be read
	}
	return names
}

// Read gives the text of a schema. The error wraps [fs.ErrNotExist] where there
// is none of that name.
func Read(name string) ([]byte, error) {
	text, err := files.ReadFile(name + ".json")
	if err != nil {
		return nil, fmt.Errorf("schemas: %w", err)
	}
	return text, nil
}
