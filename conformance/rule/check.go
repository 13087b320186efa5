package rule

import "wireproof/codec/wire"

// Verdict is the outcome of a check.
type Verdict string

// The verdicts.
const (
	Pass Verdict = "pass"
	Fail Verdict = "fail" // a must that is broken
	Warn Verdict = "warn" // a should that is broken
	Skip Verdict = "skip" // not made; Reason says why
	// Error: the harness or the transport ended it. It is never blamed on the
	// target's bytes.
	Error Verdict = "error"
)

// Check is one rule, or one assertion of a case, held against one exchange.
type Check struct {
	// ID is the rule's id, or the assertion's: expect.error.
	ID      string
	Level   Level
	Verdict Verdict
	// Rule is the sentence that was held against the exchange.
	Rule     string
	Evidence []Evidence
	// Clients says what the break does to real clients, by client: boto3, aws-cli,
	// aws-sdk-go-v2, aws-sdk-js-v3. It is set where the check did not pass.
	Clients map[string]string
	// Differences are all there are, in the order of their offsets.
	Differences []Difference
	// Reason says why a check was skipped, or what ended it.
	Reason string
}

// Difference is one place where the exchange is not as it should be.
type Difference struct {
	// Kind is that of the finding that tells of it, or empty.
	Kind wire.Kind `json:"kind,omitempty"`
	// Part is the part of the response that Path is in.
	Part wire.Part `json:"part"`
	// Path is an RFC 6901 pointer in JSON, /A/B[2]/C in XML, a header's name.
	Path string `json:"path"`
	// Offset is the byte offset in the raw response, or -1 where there is no place
	// to point at.
	Offset int    `json:"offset"`
	Want   string `json:"want"`
	Got    string `json:"got"`
}
