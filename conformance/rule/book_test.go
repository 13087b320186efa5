package rule_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
	"wireproof/conformance/rule"
	"wireproof/fixtures"
)

var idForm = regexp.MustCompile(`^(http|rds|mediaconnect)(\.[a-z][a-z0-9]*(-[a-z0-9]+)*)+$`)

func TestRows(t *testing.T) {
	b := book(t)
	retired, err := os.ReadFile("RETIRED.md")
	if err != nil {
		t.Fatal(err)
	}
	variants := map[string]bool{}
	all, err := fixtures.Variants()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range all {
		variants[v.Name] = true
	}
	last, sentences := "", map[string]string{}
	for _, ru := range b.Rules() {
		id := ru.ID
		if !idForm.MatchString(id) || id <= last {
			t.Errorf("%s: not an id, or not after %s", id, last)
		}
		last = id
		if strings.Contains(string(retired), "| "+id+" |") {
			t.Errorf("%s is retired", id)
		}
		if b.Rule(id) != ru {
			t.Errorf("%s is not found", id)
		}
		if !strings.HasSuffix(ru.Sentence, ".") || ru.Why == "" || ru.Good == "" || ru.Bad == "" {
			t.Errorf("%s: incomplete", id)
		}
		if other := sentences[ru.Sentence]; other != "" && strings.Split(other, ".")[0] == strings.Split(id, ".")[0] {
			t.Errorf("%s says what %s says", id, other)
		}
		sentences[ru.Sentence] = id
		checkEvidence(t, ru)
		for _, name := range ru.Variants {
			if !variants[name] {
				t.Errorf("%s: no variant %s", id, name)
			}
		}
	}
	if b.Rule("rds.no-such-rule") != nil || b.Impact("rds.no-such-rule") != nil {
		t.Error("a rule that is none was found")
	}
}

// checkEvidence holds a row against the design's section "Truth".
func checkEvidence(t *testing.T, ru *rule.Rule) {
	kinds := map[rule.EvidenceKind]bool{}
	known := []rule.EvidenceKind{rule.Standard, rule.Model, rule.Document, rule.ProtocolTest, rule.Recording, rule.Clients}
	for _, e := range ru.Evidence {
		if e.Source == "" || !slices.Contains(known, e.Kind) {
			t.Errorf("%s: %+v", ru.ID, e)
		}
		kinds[e.Kind] = true
	}
	switch ru.Level {
	case rule.Must:
		if !kinds[rule.Standard] && !kinds[rule.Model] && len(kinds) < 2 {
			t.Errorf("%s: a must with too little evidence: %v", ru.ID, kinds)
		}
	case rule.Should:
		if len(kinds) == 0 {
			t.Errorf("%s: a should without evidence", ru.ID)
		}
	case rule.Note:
	default:
		t.Errorf("%s: level %q", ru.ID, ru.Level)
	}
}

// The variants and the recorded files that evidence names are there.
func TestEvidenceIsThere(t *testing.T) {
	variants, err := fixtures.Variants()
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("\\b(?:mc|mcerr|rds|rdserr)-[A-Za-z0-9-]+\\*?")
	for _, ru := range book(t).Rules() {
		for _, e := range ru.Evidence {
			if e.Kind == rule.Clients && !strings.Contains(e.Source, "captures") {
				for _, name := range named.FindAllString(e.Source, -1) {
					prefix, many := strings.CutSuffix(name, "*")
					if !slices.ContainsFunc(variants, func(v fixtures.Variant) bool { return v.Name == name || many && strings.HasPrefix(v.Name, prefix) }) {
						t.Errorf("%s: no variant %s", ru.ID, name)
					}
				}
			}
			if file, ok := strings.CutPrefix(e.Source, "fixtures/goldens/"); ok {
				file, _, _ = strings.Cut(file, ",")
				if _, err := os.Stat("../../fixtures/goldens/" + file); err != nil {
					t.Errorf("%s: %v", ru.ID, err)
				}
			}
		}
	}
}

// requestKinds are of requests, which the rulebook does not judge, or of requests
// alone where both could have them.
var requestKinds = []wire.Kind{exchange.NoLength, wire.KindMethod, wire.KindRoute, wire.KindUnknownParameter,
	rds.KindBodyOnGet, rds.KindParameterInQuery, rds.KindAction, rds.KindVersionUnknown, rds.KindFilterForm, rds.KindListAsValue,
	mediaconnect.KindBodyOnGet, mediaconnect.KindLabelEmpty, mediaconnect.KindLabelEscape, mediaconnect.KindLabelUTF8, mediaconnect.KindLabelForm}

// Each kind of finding that the sources of the codec and of package exchange name
// breaks a rule, or is of requests.
func TestEveryKindIsClaimed(t *testing.T) {
	claimed := map[wire.Kind]bool{}
	for _, ru := range book(t).Rules() {
		for _, k := range ru.Kinds {
			claimed[k] = true
		}
	}
	count := 0
	for _, folder := range []string{"../../codec/wire", "../../codec/rds", "../../codec/mediaconnect", "../exchange"} {
		for _, kind := range kindsIn(t, folder) {
			count++
			if claimed[kind] == slices.Contains(requestKinds, kind) {
				t.Errorf("%s (%s): claimed %v", kind, folder, claimed[kind])
			}
		}
	}
	for _, kind := range kindsIn(t, "../../codec/querywire") { // requests have no other syntax
		if claimed[kind] {
			t.Errorf("%s is of requests", kind)
		}
	}
	if count < 70 {
		t.Errorf("only %d kinds were found", count)
	}
}

// kindsIn lists the constants of type wire.Kind in the Go files of a folder.
func kindsIn(t *testing.T, folder string) (kinds []wire.Kind) {
	files, err := filepath.Glob(folder + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || spec.Type == nil {
				return true
			}
			name := ""
			switch typ := spec.Type.(type) {
			case *ast.Ident:
				name = typ.Name
			case *ast.SelectorExpr:
				name = typ.Sel.Name
			}
			for _, v := range spec.Values {
				if lit, ok := v.(*ast.BasicLit); ok && name == "Kind" && lit.Kind == token.STRING {
					text, err := strconv.Unquote(lit.Value)
					if err != nil {
						t.Fatal(err)
					}
					kinds = append(kinds, wire.Kind(text))
				}
			}
			return true
		})
	}
	return kinds
}
