package conformance

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"wireproof/conformance/casefile"
	"wireproof/conformance/exchange"
	"wireproof/conformance/rule"
)

// parallel sends a request several times at once. Members are then held against the
// list of the successes, in the order of ${n}.
func (p *play) parallel(ctx context.Context, name string, step *casefile.Step) error {
	reads := make([]*read, step.Parallel)
	readings := make([]*rule.Reading, step.Parallel)
	errs := make([]error, step.Parallel)
	var group sync.WaitGroup
	for i := range reads {
		vs := make(variables, len(p.vs)+1)
		for k, v := range p.vs {
			vs[k] = v
		}
		vs["n"] = strconv.Itoa(i + 1)
		group.Go(func() {
			reads[i], readings[i], errs[i] = p.send(ctx, fmt.Sprintf("%s.%d", name, i+1), &step.Send, vs, true)
		})
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		return p.fault(step, err)
	}
	// Which of several wins is chance; in the order of what they came to, two runs say
	// the same.
	order := make([]int, len(reads))
	words := make([]string, len(reads))
	for i := range reads {
		order[i] = i
		words[i] = p.outcome(reads[i], readings[i])
	}
	slices.SortStableFunc(order, func(a, b int) int { return compare(words[a], words[b]) })
	outcomes := map[string]int{}
	var successes []value
	for n, i := range order {
		reads[i].step = fmt.Sprintf("%s.%d", name, n+1)
		p.reads = append(p.reads, reads[i])
		outcomes[words[i]]++
		if words[i] == "success" {
			successes = append(successes, viewOf(readings[i]))
		}
	}
	last := p.reads[len(p.reads)-1]
	if slices.ContainsFunc(readings, unreadable) {
		// What came is of the right kind or not; nobody can tell, and the rulebook says
		// why.
		check := assertion(p.c, ExpectOutcomes, nil)
		check.Verdict, check.Reason = rule.Skip, "an answer cannot be read: see the other checks of this step"
		last.checks = append(last.checks, check)
		return errStopped
	}
	if step.Expect.Outcomes != nil {
		var differences []rule.Difference
		if want, got := tally(step.Expect.Outcomes), tally(merge(outcomes, step.Expect.Outcomes)); want != got {
			differences = append(differences, rule.Difference{Part: exchange.Message, Offset: -1, Want: want, Got: got})
		}
		last.checks = append(last.checks, assertion(p.c, ExpectOutcomes, differences))
	}
	if len(step.Expect.Members) > 0 {
		differences, err := hold(successes, step.Expect.Members, p.vs, func(string) int { return -1 })
		if err != nil {
			return p.fault(step, err)
		}
		last.checks = append(last.checks, assertion(p.c, ExpectMembers, differences))
	}
	return p.capture(step, successes)
}

// unreadable reports whether there is a response of which nothing could be read.
func unreadable(r *rule.Reading) bool {
	return r.Exchange.Response != nil && r.Output == nil && r.Error == nil && r.Problem != nil
}

// outcome names what a request of several came to: success, an error's code, or no
// answer.
func (p *play) outcome(one *read, r *rule.Reading) string {
	if p.broken(one) {
		return "no answer"
	}
	if _, success, code := answered(r); !success {
		return code
	}
	return "success"
}

// merge counts the errors that a case does not name as refused, where it says how
// many are to be.
func merge(outcomes, named map[string]int) map[string]int {
	if _, ok := named["refused"]; !ok {
		return outcomes
	}
	merged := map[string]int{}
	for name, n := range outcomes {
		if _, ok := named[name]; !ok && name != "no answer" && name != "success" {
			name = "refused"
		}
		merged[name] += n
	}
	return merged
}

// tally writes outcomes in the order of their names.
func tally(outcomes map[string]int) string {
	names := make([]string, 0, len(outcomes))
	for name := range outcomes {
		names = append(names, name)
	}
	slices.Sort(names)
	text := ""
	for _, name := range names {
		if outcomes[name] == 0 {
			continue
		}
		if text != "" {
			text += ", "
		}
		shown := name
		if shown == "" {
			shown = "error without a code"
		}
		text += fmt.Sprintf("%d × %s", outcomes[name], shown)
	}
	return text
}
