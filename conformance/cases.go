package conformance

import (
	"fmt"
	"slices"
	"sync"

	"wireproof/conformance/casefile"
	"wireproof/fixtures"
)

// Cases gives the cases of this module, in the order of their ids. They are read
// once; nobody may change them.
func Cases() ([]*casefile.Case, error) { return embedded() }

var embedded = sync.OnceValues(func() ([]*casefile.Case, error) { return casefile.Load(fixtures.Cases()) })

// Join puts two lists of cases together. An id that both have is an error that
// wraps [ErrUsage].
func Join(a, b []*casefile.Case) ([]*casefile.Case, error) {
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, func(x, y *casefile.Case) int { return compare(x.ID, y.ID) })
	for i := 1; i < len(all); i++ {
		if x, y := all[i-1], all[i]; x.ID == y.ID {
			return nil, fmt.Errorf("%w: the id %s is taken: %s:%d and %s:%d", ErrUsage, x.ID, x.File, x.Line, y.File, y.Line)
		}
	}
	return all, nil
}
