package house

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

// topLevel is all that may stand at the top, besides what is hidden.
var topLevel = []string{"codec", "conformance", "schemas", "fixtures", "cmd", "go.mod", "go.sum",
	"Makefile", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"}

// built is what the Makefile makes there; .gitignore names it.
var built = []string{"bin", "wireproof", "coverage.out", "coverage.html"}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(topLevel, e.Name()) && !slices.Contains(built, e.Name()) {
			t.Errorf("%s does not belong at the top level", e.Name())
		}
	}
	for _, want := range topLevel {
		if !slices.Contains(names, want) {
			t.Errorf("%s is missing", want)
		}
	}
}

type goPackage struct {
	ImportPath string
	Dir        string
	Doc        string
	Standard   bool
	Imports    []string
	Deps       []string
}

// list runs go list. It fails, and does not skip, where it cannot: a rule that
// is not checked is not kept.
func list(t *testing.T, args ...string) []goPackage {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Dir,Doc,Standard,Imports,Deps"}, args...)...)
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatal(err)
	}
	var all []goPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// may says what each package of the codec may import of this module. Packages
// outside the codec follow the rules in [TestArrows].
var may = map[string][]string{
	"codec/wire":         {},
	"codec/jsonwire":     {"codec/wire"},
	"codec/xmlwire":      {"codec/wire"},
	"codec/querywire":    {"codec/wire"},
	"codec/sigv2":        {"codec/wire", "codec/querywire"},
	"codec/nethttp":      {"codec/wire"},
	"codec/mediaconnect": {"codec/wire", "codec/jsonwire", "codec/querywire"},
	"codec/rds":          {"codec/wire", "codec/xmlwire", "codec/querywire"},
	"schemas":            {},
	"fixtures":           {},
}

// Arrows run down only: wire <- tokenizers <- services <- conformance <- cmd.
// The codec, the schemas and the fixtures need the standard library alone.
func TestArrows(t *testing.T) {
	standard := map[string]bool{}
	for _, p := range list(t, "-deps", "./...") {
		standard[p.ImportPath] = p.Standard
	}
	checked := 0
	for _, p := range list(t, "./...") {
		name := strings.TrimPrefix(p.ImportPath, "wireproof/")
		top, _, _ := strings.Cut(name, "/")
		allowed, named := may[name]
		if (top == "codec" || top == "schemas" || top == "fixtures") && !named {
			t.Errorf("%s: say in the table above what it may import", name)
		}
		checked++
		for _, path := range p.Imports {
			in, ours := strings.CutPrefix(path, "wireproof/")
			switch {
			case named && ours && !slices.Contains(allowed, in):
				t.Errorf("%s may not import %s", name, in)
			case named && !ours && !standard[path] && path != "C":
				t.Errorf("%s may import the standard library alone, not %s", name, path)
			case named && path == "C", path == "unsafe":
				t.Errorf("%s may not import %s", name, path)
			case top == "conformance" && strings.HasPrefix(in, "cmd/"):
				t.Errorf("%s may not import %s", name, in)
			}
		}
	}
	if checked < len(may) {
		t.Errorf("%d packages were looked at, and the table has %d", checked, len(may))
	}
}

// The codec must not reflect: that is what it is faster than. The net/http
// adapters and what encoding/json prints are no encoders or decoders.
func TestNoReflection(t *testing.T) {
	for _, p := range list(t, "./codec/...") {
		if slices.Contains(p.Imports, "reflect") {
			t.Errorf("%s imports reflect", p.ImportPath)
		}
	}
}

func TestEveryPackageIsDocumented(t *testing.T) {
	for _, p := range list(t, "./...") {
		if p.Doc == "" {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}

// maxLines is where a file is too long; the aim is 500.
const maxLines = 600

func TestSources(t *testing.T) {
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); name == "testdata" || name == ".git" || name == "node_modules" {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		files++
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(root, path)
		if n := strings.Count(string(src), "\n"); n > maxLines {
			t.Errorf("%s has %d lines; split it", name, n)
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		if file.Name.Name != "main" && !strings.HasSuffix(path, "_test.go") {
			for _, what := range undocumented(file) {
				t.Errorf("%s:%d: %s has no doc comment", name, set.Position(what.Pos()).Line, what.Name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 20 {
		t.Errorf("only %d files were looked at", files)
	}
}

// undocumented finds exported functions, methods of exported types, types,
// constants and variables without a comment. A comment on a group counts for
// the constants and variables in it, and one on a line for that line.
func undocumented(file *ast.File) []*ast.Ident {
	var found []*ast.Ident
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
				found = append(found, d.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					if s.Name.IsExported() && s.Doc == nil && d.Doc == nil {
						found = append(found, s.Name)
					}
				case *ast.ValueSpec:
					if s.Names[0].IsExported() && s.Doc == nil && d.Doc == nil && s.Comment == nil {
						found = append(found, s.Names[0])
					}
				}
			}
		}
	}
	return found
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	typ := d.Recv.List[0].Type
	for {
		switch t := typ.(type) {
		case *ast.StarExpr:
			typ = t.X
		case *ast.IndexExpr:
			typ = t.X
		case *ast.Ident:
			return t.IsExported()
		default:
			return true
		}
	}
}

// The check itself can fail.
func TestUndocumentedIsFound(t *testing.T) {
	const src = "package p\nfunc A(){}\ntype B int\nfunc (*B) C(){}\nfunc (b) D(){}\nconst E = 1\n// F is.\nfunc F(){}\nconst (\n\tG = 1 // g\n\tH = 2\n)\nfunc i(){}\n"
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, id := range undocumented(file) {
		names = append(names, id.Name)
	}
	if got := strings.Join(names, " "); got != "A B C E H" {
		t.Errorf("found %s", got)
	}
}
