package main

import (
	"context"
	"net/http"
	"slices"

	"wireproof/conformance"
	"wireproof/conformance/embedded"
	"wireproof/conformance/emulator"
	"wireproof/conformance/fault"
	"wireproof/conformance/rule"
)

// red is a check that did not pass, with the case that it is of.
type red struct{ kase, id string }

// outcome is what the suite said of a server.
type outcome struct {
	verdict conformance.Verdict
	// effects counts the requests in which the fault took effect.
	effects int64
	// reds are the checks that failed or warned, each once.
	reds []red
	// errors are those that the transport ended.
	errors []red
	err    error
}

// play holds an emulator that is made to deviate against the suite.
func play(ctx context.Context, make func(http.Handler) *fault.Injector, options conformance.Options) (o outcome, err error) {
	e, err := emulator.New(emulator.Options{})
	if err != nil {
		return o, err
	}
	defer e.Close()
	injector := make(embedded.Provoking(e))
	defer injector.Close()
	target := conformance.Handler(injector)
	defer target.Close()
	options.Config = embedded.Config()
	report, err := conformance.Run(ctx, target, options)
	if report == nil {
		return o, err
	}
	o.verdict, o.effects, o.err = report.Verdict, injector.Effects(), err
	for _, result := range report.Results {
		for _, step := range result.Steps {
			for _, c := range step.Checks {
				r := red{result.Case, c.ID}
				switch c.Verdict {
				case rule.Fail, rule.Warn:
					if !slices.Contains(o.reds, r) {
						o.reds = append(o.reds, r)
					}
				case rule.Error:
					if !slices.Contains(o.errors, r) {
						o.errors = append(o.errors, r)
					}
				}
			}
		}
	}
	return o, nil
}

// judgement says whether the suite noticed a fault as the catalogue says.
type judgement struct {
	noEffect bool
	// missed are declared checks that stayed green, stray red ones that are neither
	// declared nor a consequence.
	missed []string
	stray  []red
}

func (j *judgement) fine() bool { return !j.noEffect && len(j.missed) == 0 && len(j.stray) == 0 }

// judge holds an outcome against what a fault declares.
func judge(f *fault.Fault, o outcome) (j judgement) {
	j.noEffect = o.effects == 0
	seen := slices.Concat(o.reds, o.errors)
	for _, pattern := range f.Checks {
		if !slices.ContainsFunc(seen, func(r red) bool { return fault.Match([]string{pattern}, r.kase, r.id) }) {
			j.missed = append(j.missed, pattern)
		}
	}
	allowed := slices.Concat(f.Checks, f.Also)
	for _, r := range seen {
		if !fault.Match(allowed, r.kase, r.id) {
			j.stray = append(j.stray, r)
		}
	}
	return j
}

// playWitnesses plays a fault against a few cases, or patterns of cases, and their
// neighbours, which it has to leave alone or break as it says.
func playWitnesses(ctx context.Context, f *fault.Fault, patterns []string) (outcome, error) {
	all, err := conformance.Cases()
	if err != nil {
		return outcome{}, err
	}
	o := options("")
	for i, c := range all {
		for _, p := range patterns {
			if !conformance.Match(p, c.ID) {
				continue
			}
			for _, near := range all[max(i-1, 0):min(i+2, len(all))] {
				if !slices.Contains(o.Run, near.ID) {
					o.Run = append(o.Run, near.ID)
				}
			}
		}
	}
	return play(ctx, func(h http.Handler) *fault.Injector { return fault.Handler(h, f) }, o)
}
