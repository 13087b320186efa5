package xmlwire_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"wireproof/codec/wire"
	"wireproof/codec/xmlwire"
)

// The tests of this file hold thousands of damaged documents against expat and
// libxml2. They run where WIREPROOF_ORACLES is set: to 1, or to the number of
// documents.

// oracleDocs makes the documents: all seeds and mutants of the small ones. Where
// WIREPROOF_XMLCONF is set too, the documents of the W3C suite are among the
// seeds, each a second time without its document type declaration.
func oracleDocs(t *testing.T, tool string) []string {
	n, err := strconv.Atoi(os.Getenv("WIREPROOF_ORACLES"))
	if err != nil || n == 0 {
		t.Skip("WIREPROOF_ORACLES is not set")
	}
	if _, err := exec.LookPath(tool); err != nil {
		t.Skip(err)
	}
	if n == 1 {
		n = 20_000
	}
	docs := seeds(t)
	if dir := os.Getenv("WIREPROOF_XMLCONF"); dir != "" {
		for _, c := range xmlconfCases(t, dir) {
			doc, err := os.ReadFile(c.file)
			if err != nil {
				t.Fatal(err)
			}
			docs = append(docs, string(doc), doctypeDecl.ReplaceAllString(string(doc), ""))
		}
	}
	from := append(small(docs), harmed...)
	r := rand.New(rand.NewPCG(11, 11))
	for range n {
		docs = append(docs, mutant(r, from))
	}
	return docs
}

var doctypeDecl = regexp.MustCompile(`(?s)<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>`)

// disagreement is a reason why a parser and we differ on a document. ours is what
// we say of it, theirs the parser's message, "" where it accepts.
type disagreement struct {
	name string
	is   func(doc string, ours *wire.SyntaxError, theirs string) bool
}

var (
	doctype = disagreement{"we refuse every DOCTYPE", func(doc string, ours *wire.SyntaxError, theirs string) bool {
		return theirs == "" && ours != nil && ours.Err == xmlwire.ErrDoctype
	}}
	encodings = disagreement{"we read UTF-8 alone", func(doc string, ours *wire.SyntaxError, theirs string) bool {
		return theirs == "" && ours != nil && ours.Err == xmlwire.ErrEncoding
	}}
	utf16 = disagreement{"UTF-16 that a parser guesses without a byte order mark", func(doc string, ours *wire.SyntaxError, theirs string) bool {
		return theirs == "" && ours != nil && ours.Err == wire.ErrIllegalChar && strings.HasPrefix(doc, "<\x00")
	}}
	fourthEdition = disagreement{"expat keeps the names of the fourth edition", func(doc string, ours *wire.SyntaxError, theirs string) bool {
		_, err := goSaid(laterVersion.ReplaceAllString(doc, "${1}1.0")) // encoding/xml has the tables of names of the second edition, which are the fourth's
		return ours == nil && strings.Contains(theirs, "not well-formed (invalid token)") && err != nil && strings.Contains(err.Error(), "invalid XML name")
	}}
	namespaceURI = disagreement{"libxml2 complains of namespace names that are no URI references, which N 2 leaves to the application", func(doc string, ours *wire.SyntaxError, theirs string) bool {
		return ours == nil && notURI.MatchString(theirs)
	}}
	nulAtEnd = disagreement{"libxml2 takes a NUL behind the root for the end", func(doc string, ours *wire.SyntaxError, theirs string) bool {
		return theirs == "" && ours != nil && ours.Err == wire.ErrIllegalChar && doc[ours.Offset] == 0 && ours.Path == ""
	}}
	anyVersion = disagreement{"expat does not look at the number of the version, libxml2 takes '1.'", func(doc string, ours *wire.SyntaxError, theirs string) bool {
		return theirs == "" && ours != nil && ours.Err == xmlwire.ErrDeclaration && ours.What == "version"
	}}
)

// laterVersion matches the version number that encoding/xml refuses.
var laterVersion = regexp.MustCompile(`^((?:\x{FEFF})?<\?xml\s+version\s*=\s*["'])1\.\d+`)

// notURI matches libxml2's complaint, which may go on behind a line break.
var notURI = regexp.MustCompile(`^xmlns(:\S+)?: '`)

// settle compares verdicts and counts the known disagreements.
func settle(t *testing.T, parser string, docs []string, theirs func(i int) (refusal, digest string), known []disagreement) {
	counts := map[string]int{}
	accepted := 0
	for i, doc := range docs {
		said, err := ourSaid(doc, true)
		ours := syntaxError(t, doc, err)
		refusal, digest := theirs(i)
		if (ours == nil) == (refusal == "") {
			if ours == nil {
				accepted++
				if sum := sha256.Sum256([]byte(said)); digest != "" && digest != hex.EncodeToString(sum[:]) {
					t.Errorf("%q: %s reads something else than\n%q", doc, parser, said)
				}
			}
			continue
		}
		name := ""
		for _, d := range known {
			if d.is(doc, ours, refusal) {
				name = d.name
				break
			}
		}
		counts[name]++
		if name == "" && counts[name] <= 20 {
			t.Errorf("%q\nours: %v\n%s: %q", doc, err, parser, refusal)
		}
	}
	t.Logf("%s: %d documents, %d accepted by both, known disagreements %v", parser, len(docs), accepted, counts)
	if accepted < len(docs)/20 {
		t.Errorf("only %d of %d were accepted", accepted, len(docs))
	}
}

func TestOracleExpat(t *testing.T) {
	docs := oracleDocs(t, "python3")
	var in bytes.Buffer
	for _, d := range docs {
		in.Write(binary.BigEndian.AppendUint32(nil, uint32(len(d))))
		in.WriteString(d)
	}
	cmd := exec.CommandContext(t.Context(), "python3", "testdata/expat.py")
	cmd.Stdin, cmd.WaitDelay = &in, time.Second
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if len(lines) != len(docs) {
		t.Fatalf("%d answers for %d documents", len(lines), len(docs))
	}
	settle(t, "expat", docs, func(i int) (refusal, digest string) {
		if r, ok := strings.CutPrefix(lines[i], "-"); ok {
			return r, ""
		}
		return "", lines[i]
	}, []disagreement{doctype, encodings, utf16, fourthEdition, anyVersion})
}

// complaint matches what xmllint prints of a file that it refuses.
var complaint = regexp.MustCompile(`(?m)^(?:.*/)?(\d+)\.xml:\d+: (?:parser|namespace|I/O|encoding|element \S+|)\s*(?:parser |namespace )?error : (.*)$`)

func TestOracleXmllint(t *testing.T) {
	docs := oracleDocs(t, "xmllint")
	docs = docs[:min(len(docs), 12_000)]
	dir := t.TempDir()
	refusals := map[int]string{}
	const batch = 2000
	for from := 0; from < len(docs); from += batch {
		args := []string{"--noout", "--nonet"}
		for i := from; i < min(from+batch, len(docs)); i++ {
			file := filepath.Join(dir, strconv.Itoa(i)+".xml")
			if err := os.WriteFile(file, []byte(docs[i]), 0o600); err != nil {
				t.Fatal(err)
			}
			args = append(args, file)
		}
		cmd := exec.CommandContext(t.Context(), "xmllint", args...)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Run(); err == nil {
			t.Error("xmllint accepts a whole batch")
		}
		for _, m := range complaint.FindAllStringSubmatch(strings.ToValidUTF8(stderr.String(), "?"), -1) {
			i, _ := strconv.Atoi(m[1])
			if refusals[i] == "" {
				refusals[i] = m[2]
			}
		}
	}
	settle(t, "xmllint", docs, func(i int) (refusal, digest string) { return refusals[i], "" }, []disagreement{doctype, encodings, utf16, anyVersion, namespaceURI, nulAtEnd})
}
