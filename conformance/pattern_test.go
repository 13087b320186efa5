package conformance

import (
	"errors"
	"testing"

	"wireproof/conformance/casefile"
)

func TestMatch(t *testing.T) {
	for _, tt := range []struct {
		pattern, id string
		want        bool
	}{
		{"rds.purchase.minimal", "rds.purchase.minimal", true},
		{"rds.purchase.minimal", "rds.purchase.minimal.get", false},
		{"rds.purchase.*", "rds.purchase.minimal", true},
		{"rds.purchase.*", "rds.purchase.minimal.get", false}, // * stays within a segment
		{"rds.purchase.**", "rds.purchase.minimal.get", true},
		{"rds.purchase.**", "rds.purchase", false},
		{"**", "rds.purchase", true},
		{"**.minimal", "rds.purchase.minimal", true},
		{"rds.*.minimal", "rds.purchase.minimal", true},
		{"rds.pur*", "rds.purchase", true},
		{"rds.purchase", "rds-purchase", false}, // a dot is a dot
		{"", "", true},
		{"*", "", true},
	} {
		if got := Match(tt.pattern, tt.id); got != tt.want {
			t.Errorf("Match(%q, %q) = %v", tt.pattern, tt.id, got)
		}
	}
}

func TestSelect(t *testing.T) {
	cases := []*casefile.Case{{ID: "rds.a.x", Service: "rds"}, {ID: "mediaconnect.b.y", Service: "mediaconnect"}, {ID: "rds.a.z", Service: "rds"}}
	ids := func(o Options) string {
		o.Cases = cases
		selected, err := selectCases(&o)
		var p *PatternError
		switch {
		case errors.As(err, &p):
			return "nearest " + p.Nearest
		case errors.Is(err, ErrNothing):
			return "nothing"
		case err != nil:
			return err.Error()
		}
		text := ""
		for _, c := range selected {
			text += c.ID + " "
		}
		return text
	}
	for _, tt := range []struct {
		name string
		o    Options
		want string
	}{
		{"all, by id", Options{}, "mediaconnect.b.y rds.a.x rds.a.z "},
		{"run", Options{Run: []string{"rds.**"}}, "rds.a.x rds.a.z "},
		{"two patterns", Options{Run: []string{"rds.a.z", "mediaconnect.**"}}, "mediaconnect.b.y rds.a.z "},
		{"skip", Options{Run: []string{"rds.**"}, Skip: []string{"**.x"}}, "rds.a.z "},
		{"service", Options{Services: []string{"mediaconnect"}}, "mediaconnect.b.y "},
		{"everything skipped", Options{Skip: []string{"**"}}, "nothing"},
		{"no match", Options{Run: []string{"rds.**", "rds.a.xx"}}, "nearest rds.a.x"},
		{"no match to skip", Options{Skip: []string{"mediaconnect.b.*z"}}, "nearest mediaconnect.b.y"},
	} {
		if got := ids(tt.o); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	// The shards are a partition.
	together := ""
	for i := 1; i <= 3; i++ {
		if got := ids(Options{Shard: i, Shards: 3}); got != "nothing" {
			together += got
		}
	}
	if len(together) != len(ids(Options{})) {
		t.Errorf("the shards are %q", together)
	}
}
