package conformance

import (
	"context"
	"fmt"

	"wireproof/codec/wire"
	"wireproof/conformance/casefile"
	"wireproof/conformance/rule"
)

// follow plays a step that asks for page after page. Its members are held against
// all pages together, its other expectations against each.
func (p *play) follow(ctx context.Context, name string, step *casefile.Step) error {
	token := "Marker"
	if p.c.Service == rule.MediaConnect {
		token = "nextToken"
	}
	all := structure{}
	seen := map[string]bool{}
	send := step.Send
	var differences []rule.Difference
	var one *read
	single := *step
	single.Expect.Members = nil
	for page := 1; ; page++ {
		var r *rule.Reading
		var err error
		one, r, err = p.send(ctx, fmt.Sprintf("%s.%d", name, page), &send, p.vs, false)
		if err != nil {
			return p.fault(step, err)
		}
		p.reads = append(p.reads, one)
		if p.broken(one) {
			return errStopped
		}
		p.untroubled()
		goOn, err := p.hold(one, r, &single)
		if err != nil {
			return p.fault(step, err)
		}
		if !goOn {
			return errStopped
		}
		view, _ := viewOf(r).(structure)
		if n := gather(all, view); step.Expect.PageSize > 0 && n > step.Expect.PageSize {
			differences = append(differences, rule.Difference{Part: wire.Body, Offset: -1, Want: fmt.Sprintf("at most %d records on a page", step.Expect.PageSize), Got: fmt.Sprintf("%d on page %d", n, page)})
		}
		next, _ := view[token].(string)
		if next == "" {
			break
		}
		if seen[next] || page == maxPages {
			differences = append(differences, rule.Difference{Part: wire.Body, Path: "/" + token, Offset: locate(r, "/"+token), Want: "a token that no page before had, or none", Got: fmt.Sprintf("%s, on page %d", describe(next), page)})
			break
		}
		seen[next] = true
		with := make(map[string]any, len(step.Send.With)+1)
		for k, v := range step.Send.With {
			with[k] = v
		}
		with[token] = literal(next)
		send.With = with
	}
	one.checks = append(one.checks, assertion(p.c, ExpectPages, differences))
	if len(differences) > 0 {
		return errStopped
	}
	if len(step.Expect.Members) > 0 {
		found, err := hold(all, step.Expect.Members, p.vs, func(string) int { return -1 })
		if err != nil {
			return p.fault(step, err)
		}
		one.checks = append(one.checks, assertion(p.c, ExpectMembers, found))
	}
	return p.capture(step, all)
}

// gather adds the lists of a page to those of the pages before, and gives the
// length of its longest.
func gather(all, page structure) int {
	longest := 0
	for name, v := range page {
		list, ok := v.([]value)
		if !ok {
			continue
		}
		longest = max(longest, len(list))
		before, _ := all[name].([]value)
		all[name] = append(before, list...)
	}
	return longest
}
