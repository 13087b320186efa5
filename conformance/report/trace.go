package report

import (
	"fmt"
	"strings"

	"wireproof/conformance/exchange"
)

// longMessage is how much of a message a trace shows.
const longMessage = 8 << 10

// trace prints every exchange, requests with > and responses with <.
func (p *printer) trace() {
	for i := range p.report.Results {
		result := &p.report.Results[i]
		for j := range result.Steps {
			step := masked(&result.Steps[j])
			p.line("---- %s  %s", result.Case, strings.TrimSpace(step.Step+"  "+step.Operation+" "+step.Version))
			if step.Exchange == nil {
				p.line("  nothing was sent")
				continue
			}
			p.message(">", step.Exchange.Sent)
			if step.Exchange.Received != "" {
				p.message("<", step.Exchange.Received)
			}
			p.line("  %s", ending(step.Exchange))
			counts := map[outcome]int{}
			for k := range step.Checks {
				counts[outcomeOf(&step.Checks[k])]++
			}
			line := count(len(step.Checks), "check")
			for _, o := range []outcome{passed, failed, warned, broken, skipped, expected} {
				if counts[o] > 0 {
					line += fmt.Sprintf("  %d %s", counts[o], o)
				}
			}
			p.line("  %s", line)
		}
	}
	p.line("")
}

func ending(x *exchange.Exchange) string {
	line := took(x.Took)
	if x.Reused {
		line += ", on a connection used before"
	}
	if x.Closed {
		line += ", closed by the target"
	}
	if x.Err != nil {
		line += ", " + plain(trouble(x))
	}
	return line
}

// message prints a message line by line, with what is no text escaped.
func (p *printer) message(mark, s string) {
	left := 0
	if len(s) > longMessage {
		left = len(s) - longMessage
		s = s[:longMessage]
	}
	for line := range strings.Lines(s) {
		text, _ := lead(strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"), len(line)*10)
		p.line("%s %s", mark, text)
	}
	if left > 0 {
		p.line("%s ... %s, in the jsonl report", mark, count(left, "more byte"))
	}
}
