package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"wireproof/conformance/rule"
)

// Sentinels of [Read].
var (
	// ErrNoReport: what was read does not start with a header.
	ErrNoReport = errors.New("not a report: the first line is no header")
	// ErrFormat: a stream of another version than [Format].
	ErrFormat = errors.New("report is in a format that this version does not read")
	// ErrCutShort: a stream without a footer: the run, or the copy, did not end.
	ErrCutShort = errors.New("report is cut short: it has no footer")
	// ErrLine: a line that is none of a report.
	ErrLine = errors.New("no line of a report")
	// ErrCounts: the footer counts other checks than there are.
	ErrCounts = errors.New("the footer counts other checks than the report has")
)

// Recorded is a stream that was read: what [Compare] needs of it. The bytes of the
// exchanges are passed over.
type Recorded struct {
	Header Header
	Checks []Line
	Footer Footer
}

// Read reads what [WriteJSONL] wrote. Errors name the line, from 1, and wrap
// [ErrNoReport], [ErrFormat], [ErrCutShort], [ErrLine] or [ErrCounts]; others are
// r's. Members that it does not know are passed over.
func Read(r io.Reader) (*Recorded, error) {
	report := &Recorded{}
	lines := bufio.NewReaderSize(r, 1<<16)
	ended, n := false, 0
	for more := true; more; {
		text, err := lines.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		more = err == nil
		if text = bytes.TrimSpace(text); len(text) == 0 {
			continue
		}
		n++
		if ended {
			return nil, fmt.Errorf("line %d: %w: something follows the footer", n, ErrLine)
		}
		var kind struct {
			Type   string `json:"type"`
			Format int    `json:"format"`
		}
		if err := json.Unmarshal(text, &kind); err != nil {
			switch {
			case n == 1:
				return nil, fmt.Errorf("line 1: %w", ErrNoReport)
			case !more: // nor has it an end
				return nil, fmt.Errorf("line %d: %w", n, ErrCutShort)
			}
			return nil, fmt.Errorf("line %d: %w: %w", n, ErrLine, err)
		}
		if (kind.Type == "header") != (n == 1) {
			if n == 1 {
				return nil, fmt.Errorf("line 1: %w", ErrNoReport)
			}
			return nil, fmt.Errorf("line %d: %w: a second header", n, ErrLine)
		}
		switch kind.Type {
		case "header":
			if kind.Format != Format {
				return nil, fmt.Errorf("line 1: %w: it is %d, want %d", ErrFormat, kind.Format, Format)
			}
			err = json.Unmarshal(text, &report.Header)
		case "exchange":
		case "check":
			var c Line
			err = json.Unmarshal(text, &c)
			report.Checks = append(report.Checks, c)
		case "footer":
			ended = true
			err = json.Unmarshal(text, &report.Footer)
		default:
			return nil, fmt.Errorf("line %d: %w: type %q", n, ErrLine, kind.Type)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w: %w", n, ErrLine, err)
		}
	}
	switch {
	case n == 0:
		return nil, ErrNoReport
	case !ended:
		return nil, fmt.Errorf("line %d: %w", n, ErrCutShort)
	}
	if counted := tally(report.Checks); counted != report.Footer.Counts {
		return nil, fmt.Errorf("%w: %+v, counted %+v", ErrCounts, report.Footer.Counts, counted)
	}
	return report, nil
}

// tally counts checks as the footer does.
func tally(checks []Line) (c Counts) {
	for i := range checks {
		o := outcome(checks[i].Verdict)
		if checks[i].Expected != nil {
			o = expected
		}
		if checks[i].Level == rule.Must {
			bump(o, &c.Must.Pass, &c.Must.Fail, &c.Must.Skip, &c.Must.Error, &c.Must.Expected, failed)
		} else if checks[i].Level == rule.Should {
			bump(o, &c.Should.Pass, &c.Should.Warn, &c.Should.Skip, &c.Should.Error, &c.Should.Expected, warned)
		}
	}
	return c
}

// bump adds one to the number of an outcome; bad is how the level's break is called.
func bump(o outcome, pass, hurt, skip, fault, accepted *int, bad outcome) {
	switch o {
	case passed:
		*pass++
	case bad:
		*hurt++
	case skipped:
		*skip++
	case broken:
		*fault++
	case expected:
		*accepted++
	}
}
