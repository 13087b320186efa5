package rule

import (
	"fmt"

	"wireproof/codec/wire"
)

const requestIDUnique = "http.request-id-unique"

// RunCheck is a check of a rule about the exchanges of a run.
type RunCheck struct {
	Check Check
	// Reading is which of the readings breaks the rule, Repeats which earlier one
	// it does not go with. Both are -1 where the rule is kept.
	Reading, Repeats int
}

// JudgeAll holds the rules about a run as a whole against its readings, in the
// order in which they are given. A rule that is kept gives one check, a broken one
// a check for each reading that breaks it; one that nothing was read for gives
// none.
func (b *Book) JudgeAll(readings []*Reading) []RunCheck {
	rule := b.Rule(requestIDUnique)
	first := map[string]int{}
	var checks []RunCheck
	for i, r := range readings {
		if r.Exchange.Response == nil {
			continue
		}
		id, _ := r.Exchange.Response.Headers.Get("x-amzn-RequestId")
		if id == "" {
			id = r.bodyRequestID().Or("")
		}
		if id == "" {
			continue
		}
		earlier, repeats := first[id]
		if !repeats {
			first[id] = i
			continue
		}
		d := r.header("x-amzn-RequestId", fmt.Sprintf("an id that no other response has; response %d has it", earlier+1), wire.Quote(id))
		checks = append(checks, RunCheck{b.check(rule, r, []Difference{d}), i, earlier})
	}
	if len(checks) == 0 && len(first) > 0 {
		checks = append(checks, RunCheck{b.check(rule, nil, nil), -1, -1})
	}
	return checks
}
