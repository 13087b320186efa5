package fault

import (
	"slices"
	"strings"
	"sync"
)

// The services.
const (
	rdsService = "rds"
	mcService  = "mediaconnect"
)

// Fault is one deviation that a server can be told to make. Its exported members
// are what `wireproof faults` prints.
type Fault struct {
	// ID is the service or http, the subject, what is wrong:
	// rds.envelope.no-result-wrapper.
	ID string `json:"id"`
	// About is one sentence: what the server does.
	About string `json:"about"`
	// Service is rds or mediaconnect, or empty where both deviate.
	Service string `json:"service,omitempty"`
	// Sources say who does so, or whom it breaks: an issue thread, a recorded
	// variant ("variant rds-bom"), an emulator ("seen in DevCloud"), or the sentence
	// that is broken ("RFC 9112 section 6.3").
	Sources []string `json:"sources"`
	// Checks are patterns of the ids of which each must turn red: of a rule, or of
	// an assertion of a case as expect.* or CASE:expect.*.
	Checks []string `json:"checks"`
	// Also are patterns of those that may turn red besides, as a consequence.
	Also []string `json:"also,omitempty"`

	start starter
	// silent: no 100 Continue is sent.
	silent bool
}

// Variation is a difference that harms nobody: the suite has to stay green.
type Variation struct {
	ID      string `json:"id"`
	About   string `json:"about"`
	Service string `json:"service,omitempty"`
	// Why says how it is known to be harmless.
	Why []string `json:"why"`

	start starter
}

// act answers one request.
type act func(*call)

// starter gives the act of one [Injector], with whatever it is to remember.
type starter func() act

var (
	faults = sync.OnceValue(func() []*Fault {
		all := sorted(func(f *Fault) string { return f.ID }, httpFaults(), transportFaults(),
			rdsEnvelopeFaults(), spared(rdsDocumentFaults()), rdsMemberFaults(), rdsScalarFaults(), rdsListFaults(),
			rdsTextFaults(), rdsErrorFaults(), rdsRequestFaults(), rdsPageFaults(), rdsStateFaults(),
			spared(mcDocumentFaults()), mcMemberFaults(), mcErrorFaults(), mcRequestFaults(), mcPageFaults(), mcStateFaults())
		noticed := readNoticed(noticedText)
		for _, f := range all {
			f.Checks, f.Also = noticed[f.ID].checks, noticed[f.ID].also
		}
		return all
	})
	variations = sync.OnceValue(func() []*Variation {
		return sorted(func(v *Variation) string { return v.ID }, httpVariations(), xmlVariations(), jsonVariations(), contentVariations())
	})
)

// Faults lists the catalogue of deviations by their ids.
func Faults() []*Fault { return slices.Clone(faults()) }

// ByID finds a fault, or gives nil.
func ByID(id string) *Fault { return find(faults(), id, func(f *Fault) string { return f.ID }) }

// Variations lists the catalogue of harmless variations by their ids.
func Variations() []*Variation { return slices.Clone(variations()) }

// VariationByID finds a variation, or gives nil.
func VariationByID(id string) *Variation {
	return find(variations(), id, func(v *Variation) string { return v.ID })
}

// sparing is how many answers of an operation are left alone by a fault that
// would make the operation look as if it were not there.
const sparing = 3

// spared leaves the first answers of each operation alone. Whoever looks first what
// a server has, as the suite does, would find nothing, and hold nothing against it.
func spared(rows []Fault) []Fault {
	for i := range rows {
		begin := rows[i].start
		rows[i].start = func() act {
			var mu sync.Mutex
			answers := map[string]int{}
			deviate := begin()
			return func(c *call) {
				mu.Lock()
				answers[c.operation]++
				n := answers[c.operation]
				mu.Unlock()
				if c.operation != "" && n <= sparing {
					c.answer()
					return
				}
				deviate(c)
			}
		}
	}
	return rows
}

func sorted[T any](id func(*T) string, rows ...[]T) []*T {
	var all []*T
	for _, some := range rows {
		for i := range some {
			all = append(all, &some[i])
		}
	}
	slices.SortFunc(all, func(x, y *T) int { return strings.Compare(id(x), id(y)) })
	return all
}

func find[T any](all []*T, id string, of func(*T) string) *T {
	i, ok := slices.BinarySearchFunc(all, id, func(x *T, id string) int { return strings.Compare(of(x), id) })
	if !ok {
		return nil
	}
	return all[i]
}

// Match reports whether an id, or CASE:id, matches one of the patterns: a star
// stands for anything within a segment, two stars across segments. A pattern
// without a colon does not look at the case.
func Match(patterns []string, caseID, id string) bool {
	for _, p := range patterns {
		left, right, ok := strings.Cut(p, ":")
		if !ok {
			left, right = "**", p
		}
		if glob(left, caseID) && glob(right, id) {
			return true
		}
	}
	return false
}

func glob(pattern, text string) bool {
	for i := 0; i < len(pattern); i++ {
		if pattern[i] != '*' {
			if text == "" || text[0] != pattern[i] {
				return false
			}
			text = text[1:]
			continue
		}
		across := strings.HasPrefix(pattern[i:], "**")
		rest := strings.TrimLeft(pattern[i:], "*")
		for {
			if glob(rest, text) {
				return true
			}
			if text == "" || text[0] == '.' && !across {
				return false
			}
			text = text[1:]
		}
	}
	return text == ""
}

// thread names an issue or pull request at GitHub as owner/name#number.
func thread(names ...string) []string {
	for i, name := range names {
		repo, number, _ := strings.Cut(name, "#")
		names[i] = "https://github.com/" + repo + "/issues/" + number
	}
	return names
}

// variant names recorded responses that show what clients do; see
// fixtures.Variants.
func variant(names ...string) []string {
	for i := range names {
		names[i] = "variant " + names[i]
	}
	return names
}

func sources(lists ...[]string) []string { return slices.Concat(lists...) }

func text(s ...string) []string { return s }
