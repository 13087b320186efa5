package casefile

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"
)

// MaxFile is the largest case file in bytes, and MaxCases how many cases a file
// may make. Both are far more than a person writes, and keep a mistake from
// filling the memory.
const (
	MaxFile  = 4 << 20
	MaxCases = 10_000
)

// Load reads every case of a tree of files: all that are named *.yaml or *.yml,
// in any folder. The cases come in the order of their ids, whatever files they
// stand in.
//
// The error is an [*Error] with every problem that was found, or that of reading
// the files.
func Load(fsys fs.FS) ([]*Case, error) {
	files, err := read(fsys)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, &Error{[]Problem{{What: "there is no case file", Hint: "a case file is named *.yaml"}}}
	}
	// Parsing YAML is most of the work, and files do not depend on each other.
	loaders := make([]*loader, len(files))
	var wait sync.WaitGroup
	next := make(chan int)
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		wait.Go(func() {
			for i := range next {
				loaders[i] = &loader{file: files[i].name}
				loaders[i].load(files[i].text)
			}
		})
	}
	for i := range files {
		next <- i
	}
	close(next)
	wait.Wait()

	var cases []*Case
	var problems []Problem
	for _, l := range loaders {
		cases, problems = append(cases, l.cases...), append(problems, l.problems...)
	}
	slices.SortStableFunc(cases, func(a, b *Case) int { return strings.Compare(a.ID, b.ID) })
	for i := 1; i < len(cases); i++ {
		if a, b := cases[i-1], cases[i]; a.ID == b.ID {
			problems = append(problems, Problem{File: b.File, Line: b.Line, What: fmt.Sprintf("the id %s is there twice", b.ID),
				Hint: fmt.Sprintf("the other one is at %s:%d", a.File, a.Line)})
		}
	}
	if len(problems) > 0 {
		return nil, &Error{sorted(problems)}
	}
	return cases, nil
}

// sorted puts problems in order, and leaves out those that the rows of an each
// have in common.
func sorted(problems []Problem) []Problem {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column)
	})
	return slices.Compact(problems)
}

// Hash is a name for the cases of a tree of files: it is another as soon as a
// byte of a case file, or its name, is another.
func Hash(fsys fs.FS) (string, error) {
	files, err := read(fsys)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	for _, f := range files {
		fmt.Fprintf(sum, "%d %s %d\n", len(f.name), f.name, len(f.text))
		sum.Write(f.text)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

type file struct {
	name string
	text []byte
}

// read gives the case files in the order of their names.
func read(fsys fs.FS) (files []file, err error) {
	err = fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		ext := path.Ext(name)
		if err != nil || entry.IsDir() || ext != ".yaml" && ext != ".yml" {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if err == nil && len(text) > MaxFile {
			err = &Error{[]Problem{{File: name, What: fmt.Sprintf("the file has %d bytes", len(text)), Hint: fmt.Sprintf("at most %d are read", MaxFile)}}}
		}
		files = append(files, file{name, text})
		return err
	})
	return files, err
}

// loader reads one file.
type loader struct {
	file     string
	problems []Problem
	cases    []*Case
}

func (l *loader) load(text []byte) {
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		l.problems = append(l.problems, l.syntax(err))
		return
	}
	if len(document.Content) == 0 {
		l.problems = append(l.problems, Problem{File: l.file, What: "the file is empty", Hint: "write cases:"})
		return
	}
	root := document.Content[0]
	if !l.plain(root, 0) {
		return
	}
	l.readFile(root)
}

var yamlLine = regexp.MustCompile(`^yaml: line (\d+): `)

// syntax takes the line out of an error of the YAML parser.
func (l *loader) syntax(err error) Problem {
	text := err.Error()
	p := Problem{File: l.file, What: strings.TrimPrefix(text, "yaml: ")}
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		p.Line, _ = strconv.Atoi(m[1])
		p.What = text[len(m[0]):]
	}
	return p
}

// maxDepth is far more than a case has.
const maxDepth = 40

// plain reports whether a document is made of what JSON has. Anchors are not
// read: a file of a few lines could otherwise stand for one of any size.
func (l *loader) plain(n *yaml.Node, depth int) bool {
	switch {
	case depth > maxDepth:
		l.fault(n, "", "nested too deeply")
		return false
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		l.fault(n, "write the value out, or use each", "anchors and aliases are not read")
		return false
	case n.Kind == yaml.ScalarNode && !known(n.Tag):
		l.fault(n, "put it in quotes if it is a text", "a value of the YAML type %s", n.Tag)
		return false
	}
	for _, c := range n.Content {
		if !l.plain(c, depth+1) {
			return false
		}
	}
	return true
}

func known(tag string) bool {
	switch tag {
	case "!!str", "!!int", "!!float", "!!bool", "!!null", "!!timestamp":
		return true
	}
	return false
}

func (l *loader) fault(n *yaml.Node, hint, format string, args ...any) {
	l.problems = append(l.problems, Problem{l.file, n.Line, n.Column, fmt.Sprintf(format, args...), hint})
}
