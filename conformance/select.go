package conformance

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"wireproof/conformance/casefile"
)

// selectCases gives the cases that are to be played, in the order of their ids.
func selectCases(o *Options) ([]*casefile.Case, error) {
	for _, service := range o.Services {
		if !slices.ContainsFunc(o.Cases, func(c *casefile.Case) bool { return c.Service == service }) {
			return nil, fmt.Errorf("%w: there is no service %q: give rds or mediaconnect", ErrUsage, service)
		}
	}
	run, err := matchers(o.Run, o.Cases)
	if err != nil {
		return nil, err
	}
	skip, err := matchers(o.Skip, o.Cases)
	if err != nil {
		return nil, err
	}
	matches := func(id string) func(matcher) bool { return func(m matcher) bool { return m(id) } }
	var selected []*casefile.Case
	for _, c := range o.Cases {
		switch {
		case len(run) > 0 && !slices.ContainsFunc(run, matches(c.ID)):
		case slices.ContainsFunc(skip, matches(c.ID)):
		case len(o.Services) > 0 && !slices.Contains(o.Services, c.Service):
		case o.Shards > 0 && int(shardOf(c.ID)%uint32(o.Shards)) != o.Shard-1:
		default:
			selected = append(selected, c)
		}
	}
	if len(selected) == 0 {
		return nil, fmt.Errorf("%w: no case is left of %d", ErrNothing, len(o.Cases))
	}
	slices.SortFunc(selected, func(a, b *casefile.Case) int { return compare(a.ID, b.ID) })
	return selected, nil
}

// shardOf spreads ids evenly, and always the same way.
func shardOf(id string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(id))
	return h.Sum32()
}

// matchers makes patterns ready. One that matches no case is an error that names
// the nearest id.
func matchers(patterns []string, cases []*casefile.Case) (all []matcher, err error) {
	ids := make([]string, len(cases))
	for i, c := range cases {
		ids[i] = c.ID
	}
	for _, p := range patterns {
		m := newMatcher(p)
		if !slices.ContainsFunc(ids, m) {
			return nil, &PatternError{Pattern: p, Nearest: Nearest(p, ids)}
		}
		all = append(all, m)
	}
	return all, nil
}

// PatternError says that a pattern matches nothing. It wraps [ErrUsage].
type PatternError struct {
	Pattern string
	// Nearest is the id that is most like it, or empty.
	Nearest string
}

// Error gives the error on one line.
func (e *PatternError) Error() string {
	text := fmt.Sprintf("pattern %q matches nothing", e.Pattern)
	if e.Nearest != "" {
		text += "; the nearest id is " + e.Nearest
	}
	return text
}

// Unwrap gives ErrUsage.
func (e *PatternError) Unwrap() error { return ErrUsage }

// Nearest gives the id that a pattern comes nearest to; "" where there are no ids.
// Stars at the end stand for what they can: the pattern is compared with as many
// segments of an id as it has without them.
func Nearest(pattern string, ids []string) string {
	pattern = strings.TrimRight(pattern, "*.")
	segments := strings.Count(pattern, ".") + 1
	best, least := "", -1
	for _, id := range ids {
		d := distance(pattern, id)
		if parts := strings.SplitN(id, ".", segments+1); len(parts) > segments {
			d = min(d, distance(pattern, strings.Join(parts[:segments], ".")))
		}
		if least < 0 || d < least {
			best, least = id, d
		}
	}
	return best
}

// distance counts the letters to insert, leave out or change (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
