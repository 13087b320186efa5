package rule

import "wireproof/codec/wire"

// Level says how much a rule weighs.
type Level string

// The levels. The design's section "Truth" says what a rule needs to have one.
const (
	// Must: a normative sentence of a standard, or the model where it fixes the
	// wire, or two other kinds of evidence that agree. A break fails.
	Must Level = "must"
	// Should: one kind of evidence says so, or the real service does so and clients
	// cope. A break warns.
	Should Level = "should"
	// Note: worth telling, without a verdict.
	Note Level = "note"
)

// EvidenceKind says what sort of source a piece of evidence is.
type EvidenceKind string

// The kinds of evidence.
const (
	Standard     EvidenceKind = "standard"      // an RFC, XML 1.0, Smithy's protocol specification
	Model        EvidenceKind = "model"         // the service model
	Document     EvidenceKind = "document"      // the API reference
	ProtocolTest EvidenceKind = "protocol-test" // a test of Smithy's
	Recording    EvidenceKind = "recording"     // of the real service
	Clients      EvidenceKind = "clients"       // measured reactions
)

// Evidence is one source of a rule or of a case.
type Evidence struct {
	Kind EvidenceKind `json:"kind" yaml:"kind"`
	// Source says where to look: "RFC 9112 section 6.3", "botocore rds/2014-10-31".
	Source string `json:"source" yaml:"source"`
	// Says is what stands there, in our words, where the source alone does not tell.
	Says string `json:"says,omitempty" yaml:"says,omitempty"`
}

// Rule is one sentence that is true or not of an exchange, or of the exchanges of
// a run.
type Rule struct {
	ID    string
	Level Level
	// Sentence is the rule: what is so where it is kept.
	Sentence string
	// Why says why it is worth keeping.
	Why      string
	Evidence []Evidence
	// Kinds are the kinds of findings that break the rule. No two rules that apply
	// to the same exchange claim the same kind.
	Kinds []wire.Kind
	// Variants name the recorded responses (fixtures.Variants) that show what a
	// break does to clients, where the kinds alone do not find them.
	Variants []string
	// Good and Bad are an exchange, or the part of one that matters, that keeps the
	// rule and one that breaks it.
	Good, Bad string

	// applies says which exchanges the rule is about.
	applies func(*Reading) bool
	// claims narrows Kinds where a kind alone says too little; nil claims every
	// finding of the kinds.
	claims func(*Reading, wire.Finding) bool
	// look finds differences that no finding tells of; nil where Kinds are all.
	look func(*Reading) []Difference
}
