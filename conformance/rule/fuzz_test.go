package rule_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/conformance/exchange"
	"wireproof/conformance/rule"
)

// FuzzJudge judges any response as the answer to any request: no panic, offsets
// within the bytes, and the same checks twice.
func FuzzJudge(f *testing.F) {
	for _, g := range good {
		f.Add(g.request, g.response, uint8(0))
	}
	for i, e := range edits {
		f.Add(good[e.from].request, good[e.from].response+e.new, uint8(i))
	}
	b := book(f)
	f.Fuzz(func(t *testing.T, request, response string, n uint8) {
		x := &exchange.Exchange{Sent: request, Received: response}
		x.Request, _ = exchange.ParseRequest(request)
		var err error
		if x.Response, err = exchange.ParseResponse(response); err != nil {
			return
		}
		hints := []rule.Hint{{}}
		for _, op := range rds.Operations() {
			hints = append(hints, rule.Hint{Service: rule.RDS, Operation: op.String()})
		}
		for _, op := range mediaconnect.Operations() {
			hints = append(hints, rule.Hint{Service: rule.MediaConnect, Operation: op.String()})
		}
		r := rule.Read(x, hints[int(n)%len(hints)])
		checks := b.Judge(r)
		for i, c := range checks {
			if i > 0 && checks[i-1].ID >= c.ID {
				t.Errorf("%s after %s", c.ID, checks[i-1].ID)
			}
			for _, d := range c.Differences {
				if d.Offset < -1 || d.Offset > len(response) {
					t.Errorf("%s: offset %d of %d", c.ID, d.Offset, len(response))
				}
			}
		}
		if diff := cmp.Diff(checks, b.Judge(r)); diff != "" {
			t.Error(diff)
		}
		b.JudgeAll([]*rule.Reading{r, r})
	})
}
