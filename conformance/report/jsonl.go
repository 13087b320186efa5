package report

import (
	"bufio"
	"encoding/json"
	"io"
	"time"
	"unicode/utf8"

	"wireproof/conformance"
	"wireproof/conformance/exchange"
	"wireproof/conformance/rule"
)

// Format is the version of the stream that [WriteJSONL] writes. It grows where a
// reader would have to change.
const Format = 1

// Header is the first line of a stream.
type Header struct {
	Type     string `json:"type"` // header
	Format   int    `json:"format"`
	Suite    string `json:"suite"`
	Rulebook string `json:"rulebook"`
	Cases    string `json:"cases"`
	Target   string `json:"target"`
	Started  string `json:"started"` // RFC 3339
	Strict   bool   `json:"strict"`
	// Available and Selected count cases.
	Available int    `json:"available"`
	Selected  int    `json:"selected"`
	Survey    Survey `json:"survey"`
}

// Survey is what the target was found to be.
type Survey struct {
	Operations []Operation     `json:"operations"`
	OwnState   map[string]bool `json:"ownState"`
	Offerings  map[string]int  `json:"offerings"`
}

// Operation says whether a target has an operation.
type Operation struct {
	Service     string `json:"service"`
	Operation   string `json:"operation"`
	Implemented bool   `json:"implemented"`
	Answered    string `json:"answered,omitempty"`
}

// Bytes are bytes: as text where they are valid UTF-8, otherwise in base64.
type Bytes struct {
	Text   *string `json:"text,omitempty"`
	Base64 []byte  `json:"base64,omitempty"`
}

func bytesOf(s string) Bytes {
	if utf8.ValidString(s) {
		return Bytes{Text: &s}
	}
	return Bytes{Base64: []byte(s)}
}

// String gives the bytes.
func (b Bytes) String() string {
	if b.Text != nil {
		return *b.Text
	}
	return string(b.Base64)
}

// Exchange is the line of one exchange.
type Exchange struct {
	Type      string `json:"type"` // exchange
	Case      string `json:"case"`
	Step      string `json:"step"`
	Service   string `json:"service,omitempty"`
	Operation string `json:"operation,omitempty"`
	Version   string `json:"version,omitempty"`
	// Request is what was sent, Response what came back, all of it; secrets are
	// asterisks. Offsets of differences count in Response.
	Request  Bytes  `json:"request"`
	Response Bytes  `json:"response"`
	At       string `json:"at"`     // RFC 3339
	Micros   int64  `json:"micros"` // until the last byte had come
	Reused   bool   `json:"reused"`
	Closed   bool   `json:"closed"`
	// Error is what ended it before there was a whole response.
	Error string `json:"error,omitempty"`
}

// Line is the line of one check.
type Line struct {
	Type string `json:"type"` // check
	// Case, Step and ID identify a check.
	Case        string            `json:"case"`
	Step        string            `json:"step"`
	ID          string            `json:"id"`
	Level       rule.Level        `json:"level"`
	Verdict     rule.Verdict      `json:"verdict"`
	Rule        string            `json:"rule"`
	Evidence    []rule.Evidence   `json:"evidence"`
	Clients     map[string]string `json:"clients"`
	Differences []rule.Difference `json:"differences"`
	// Reason says why it was skipped, or what ended it.
	Reason string `json:"reason,omitempty"`
	// Excused: the configuration says that the target lacks what a skipped case
	// needs.
	Excused bool `json:"excused,omitempty"`
	// Expected is the declaration that accepts the failure. The check then counts as
	// expected; its verdict stays what it is.
	Expected *conformance.Expectation `json:"expected,omitempty"`
}

// Footer is the last line of a stream. One that lacks it was cut short.
type Footer struct {
	Type    string              `json:"type"` // footer
	Verdict conformance.Verdict `json:"verdict"`
	Counts  Counts              `json:"counts"`
	// Expectations are those that were declared, and what is wrong with them.
	Expectations []conformance.Expectation `json:"expectations"`
	Micros       int64                     `json:"micros"`
}

// Counts are the checks of a run; notes are in none.
type Counts struct {
	Must   MustCounts   `json:"must"`
	Should ShouldCounts `json:"should"`
}

// MustCounts are the checks of level must.
type MustCounts struct {
	Pass     int `json:"pass"`
	Fail     int `json:"fail"`
	Skip     int `json:"skip"`
	Error    int `json:"error"`
	Expected int `json:"expected"`
}

// ShouldCounts are the checks of level should.
type ShouldCounts struct {
	Pass     int `json:"pass"`
	Warn     int `json:"warn"`
	Skip     int `json:"skip"`
	Error    int `json:"error"`
	Expected int `json:"expected"`
}

func countsOf(c conformance.Counts) Counts {
	m, s := c.Must, c.Should
	return Counts{
		Must:   MustCounts{m.Pass, m.Fail, m.Skip, m.Error, m.Expected},
		Should: ShouldCounts{s.Pass, s.Warn, s.Skip, s.Error, s.Expected},
	}
}

// WriteJSONL writes a stream of JSON objects, one a line: a header, each exchange
// followed by its checks, a footer. schemas/Report.json is the schema of a line.
func WriteJSONL(w io.Writer, r *conformance.Report) error {
	buffered := bufio.NewWriterSize(w, 1<<16)
	e := json.NewEncoder(buffered)
	e.SetEscapeHTML(false)
	if err := e.Encode(headerOf(r)); err != nil {
		return err
	}
	for i := range r.Results {
		if err := encodeResult(e, &r.Results[i]); err != nil {
			return err
		}
	}
	footer := Footer{Type: "footer", Verdict: r.Verdict, Counts: countsOf(r.Counts), Expectations: r.Expectations, Micros: r.Took.Microseconds()}
	if footer.Expectations == nil {
		footer.Expectations = []conformance.Expectation{}
	}
	if err := e.Encode(footer); err != nil {
		return err
	}
	return buffered.Flush()
}

func headerOf(r *conformance.Report) Header {
	h := Header{
		Type: "header", Format: Format, Suite: r.Suite, Rulebook: r.Rulebook, Cases: r.Cases, Target: targetOf(r),
		Started: stamp(r.Started), Strict: r.Strict, Available: r.Available, Selected: r.Selected,
		Survey: Survey{Operations: []Operation{}, OwnState: r.Survey.OwnState, Offerings: r.Survey.Offerings},
	}
	if h.Survey.OwnState == nil {
		h.Survey.OwnState = map[string]bool{}
	}
	if h.Survey.Offerings == nil {
		h.Survey.Offerings = map[string]int{}
	}
	for _, o := range r.Survey.Operations {
		h.Survey.Operations = append(h.Survey.Operations, Operation{o.Service, o.Operation, o.Implemented, answered(r, o)})
	}
	return h
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

func encodeResult(e *json.Encoder, r *conformance.Result) error {
	for i := range r.Steps {
		step := masked(&r.Steps[i])
		if step.Exchange != nil {
			if err := e.Encode(exchangeOf(r.Case, step)); err != nil {
				return err
			}
		}
		for j := range step.Checks {
			if err := e.Encode(lineOf(r.Case, step.Step, &step.Checks[j])); err != nil {
				return err
			}
		}
	}
	if c, ok := unplayed(r); ok {
		line := lineOf(r.Case, "", &c)
		line.Excused = r.Excused
		return e.Encode(line)
	}
	return nil
}

func exchangeOf(id string, s *conformance.StepResult) Exchange {
	x := s.Exchange
	return Exchange{
		Type: "exchange", Case: id, Step: s.Step, Service: s.Service, Operation: s.Operation, Version: s.Version,
		Request: bytesOf(x.Sent), Response: bytesOf(received(x)), At: stamp(x.At), Micros: x.Took.Microseconds(),
		Reused: x.Reused, Closed: x.Closed, Error: trouble(x),
	}
}

// received is what came back, in which offsets count.
func received(x *exchange.Exchange) string {
	switch {
	case x == nil:
		return ""
	case x.Received == "" && x.Response != nil:
		return x.Response.Raw
	}
	return x.Received
}

func lineOf(id, step string, c *conformance.Check) Line {
	line := Line{
		Type: "check", Case: id, Step: step, ID: c.ID, Level: c.Level, Verdict: c.Verdict, Rule: c.Rule,
		Evidence: c.Evidence, Clients: c.Clients, Differences: c.Differences, Reason: c.Reason, Expected: c.Expected,
	}
	if line.Evidence == nil {
		line.Evidence = []rule.Evidence{}
	}
	if line.Clients == nil {
		line.Clients = map[string]string{}
	}
	if line.Differences == nil {
		line.Differences = []rule.Difference{}
	}
	return line
}
