package conformance

import (
	"fmt"
	"slices"
	"strings"

	"wireproof/conformance/casefile"
	"wireproof/conformance/rule"
)

// unmet says why a case cannot be played against this target: the reason, and
// whether the configuration excuses it. An empty reason: it can.
func (r *runner) unmet(c *casefile.Case) (reason string, excused bool) {
	config := &r.options.Config
	if !config.has(c.Service) {
		return "the configuration says that the target does not have " + c.Service, true
	}
	if r.absent(c.Service) {
		return "the target does not have " + c.Service, false
	}
	if r.hasNot(c.Service, "") {
		return "the target has no operation of " + c.Service, false
	}
	for i := range c.Steps {
		operation := c.Steps[i].Send.Operation
		switch {
		case operation == "":
		case config.lacks(operation):
			return "the configuration says that the target lacks " + operation, true
		case r.hasNot(c.Service, operation):
			return "the target does not have " + operation, false
		}
	}
	if r.options.Sign == SignOff && c.Service == rule.MediaConnect && outside(c) {
		return "without a signature nothing says that a path that is not below /v1/ is for mediaconnect", true
	}
	for _, need := range c.Needs {
		reason, met := r.meets(c, need)
		if met {
			continue
		}
		if config.lacks(string(need)) {
			return reason + ", as the configuration says", true
		}
		parsed, _ := need.Parse()
		return reason, parsed.Kind == casefile.Provokes
	}
	return "", false
}

// absent reports whether the target was asked for operations of a service, and has
// none of them.
func (r *runner) absent(service string) bool {
	asked := false
	for _, o := range r.report.Survey.Operations {
		if o.Service == service && o.Implemented {
			return false
		}
		asked = asked || o.Service == service
	}
	return asked
}

// meets reports whether the target has what a case needs, or why not.
func (r *runner) meets(c *casefile.Case, need casefile.Need) (reason string, met bool) {
	parsed, err := need.Parse()
	if err != nil {
		return err.Error(), false
	}
	switch parsed.Kind {
	case casefile.OwnState, casefile.TwoAccounts:
		if r.options.Config.Reset != nil && parsed.Kind == casefile.OwnState {
			return "", true
		}
		return "the target is not known to keep accounts apart", r.report.Survey.OwnState[c.Service]
	case casefile.Offerings:
		has := r.report.Survey.Offerings[parsed.Service]
		return fmt.Sprintf("the target is not known to sell %d offerings, only %d", parsed.Count, has), has >= parsed.Count
	case casefile.Reservation:
		_, has := r.vs[parsed.Service+".reservation"]
		return "the target has no reservation to look at", has
	case casefile.Provokes:
		_, has := r.options.Config.Provokes[parsed.Code]
		return "the configuration does not say how the target is made to give the error", has
	}
	return fmt.Sprintf("no target is known to have %q", need), false
}

// outside reports whether a case sends to a path by which nobody can tell the
// service.
func outside(c *casefile.Case) bool {
	return slices.ContainsFunc(c.Steps, func(s casefile.Step) bool {
		return s.Send.Path != nil && !strings.HasPrefix(*s.Send.Path, "/v1/") || s.Send.Bytes != nil && !strings.Contains(*s.Send.Bytes, " /v1/")
	})
}
