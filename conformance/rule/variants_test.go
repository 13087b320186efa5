package rule

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
	"wireproof/fixtures"
)

var update = flag.Bool("update", false, "write testdata/variants.txt")

// TestVariants judges every recorded response. The golden file is the rulebook's
// opinion of them, to be read by people.
func TestVariants(t *testing.T) {
	variants, err := fixtures.Variants()
	if err != nil {
		t.Fatal(err)
	}
	b, err := New()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for i := range variants {
		v := &variants[i]
		r := readVariant(v)
		ids := []string{}
		for _, c := range b.Judge(r) {
			if len(c.Differences) == 0 {
				continue
			}
			// Every variant of RDS has one id in the header and another in the body.
			if c.ID != "rds.envelope.request-id-agrees" {
				ids = append(ids, fmt.Sprintf("%s (%s)", c.ID, c.Level))
			}
			for _, d := range c.Differences {
				if d.Offset < -1 || d.Offset > len(r.Exchange.Received) {
					t.Errorf("%s: %s: offset %d of %d", v.Name, c.ID, d.Offset, len(r.Exchange.Received))
				}
			}
			for _, client := range measuredClients {
				if c.Clients[client] == "" {
					t.Errorf("%s: %s: nothing about %s", v.Name, c.ID, client)
				}
			}
		}
		fmt.Fprintf(&out, "%s: %s\n    %s\n", v.Name, v.About, strings.Join(append(ids, "")[:max(len(ids), 1)], "\n    "))
		claimedOnce(t, b, r, v.Name)
	}
	const golden = "testdata/variants.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Errorf("go test ./conformance/rule -update writes the file (-file +now):\n%s", diff)
	}
}

// claimedOnce holds that a finding breaks one rule: none only where the document
// as a whole is told of, or a cause of the finding.
func claimedOnce(t *testing.T, b *Book, r *Reading, name string) {
	t.Helper()
	for _, f := range r.Findings {
		var by []string
		for _, rule := range b.rules {
			if rule.about(r) && slices.Contains(rule.Kinds, f.Kind) && (rule.claims == nil || rule.claims(r, f)) {
				by = append(by, rule.ID)
			}
		}
		whole := !r.document() || r.head() || f.Part == exchange.Message || f.Path == "/message" || !typed(r, f) || f.Kind == wire.KindRequired || f.Kind == wire.KindStatus
		if len(by) > 1 || len(by) == 0 && !whole && !r.has("error.type-list") && !r.has("error.type-empty") && !r.has("list.flattened") {
			t.Errorf("%s: %v is claimed by %v", name, f, by)
		}
	}
}

// Judging the recorded responses is what the first failure of a run costs.
func BenchmarkMeasure(b *testing.B) {
	for b.Loop() {
		book, err := New()
		if err != nil {
			b.Fatal(err)
		}
		book.Impact("rds.xml.bom")
	}
}

func BenchmarkJudge(b *testing.B) {
	book, err := New()
	if err != nil {
		b.Fatal(err)
	}
	variants, err := fixtures.Variants()
	if err != nil {
		b.Fatal(err)
	}
	i := slices.IndexFunc(variants, func(v fixtures.Variant) bool { return v.Name == "rdserr-base" })
	variants[i].Response.Body = []byte(strings.Replace(string(variants[i].Response.Body), "err-rid", "hdr-rid", 1))
	for b.Loop() {
		r := readVariant(&variants[i])
		for _, c := range book.Judge(r) {
			if c.Verdict != Pass {
				b.Fatal(c)
			}
		}
	}
}
