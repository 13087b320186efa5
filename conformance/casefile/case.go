package casefile

import (
	"gopkg.in/yaml.v3"

	"wireproof/conformance/rule"
)

// Case is a short scenario that makes exchanges.
type Case struct {
	// ID is rds.purchase.unknown-offering: the service, the operation or subject,
	// what is tried.
	ID string `yaml:"id"`
	// About is one sentence: what is so where the case passes.
	About string `yaml:"about"`
	// Service is rds or mediaconnect; the file's where it is empty.
	Service string `yaml:"service"`
	// Level is what its assertions weigh; must where it is empty.
	Level    rule.Level      `yaml:"level"`
	Evidence []rule.Evidence `yaml:"evidence"`
	// Needs is what the target has to have; where it has not, the case is skipped.
	// See [Need].
	Needs []Need `yaml:"needs"`
	Steps []Step `yaml:"steps"`

	// File and Line are where the case stands.
	File string `yaml:"-"`
	Line int    `yaml:"-"`
}

// Need is something that a target may lack:
//
//	own-state                 an account and region in which nothing was bought yet
//	two-accounts              a second account; a step has "as: other" for it
//	rds.offerings>=21         so many offerings in the catalogue (or mediaconnect.)
//	rds.reservation           a reservation; it is ${rds.reservation} (or mediaconnect.)
//	provokes.Throttling       the configuration says how the target gives this error
//
// The operations that the steps call are needed without being named.
type Need string

// Step is one request, or several of a kind, and what has to come back.
type Step struct {
	// Name is unique in the case; its number, from 1, where it is empty.
	Name string `yaml:"name"`
	Send Send   `yaml:"send"`
	// Parallel sends the request so many times at once, each over a connection of
	// its own; ${n} is 1, 2 ... in them. Members are then held against the list of
	// the successes, in that order, and captured from it.
	Parallel int `yaml:"parallel"`
	// Follow asks for page after page, with the token of each answer, to the end.
	// Members are then those of all pages together.
	Follow bool   `yaml:"follow"`
	Expect Expect `yaml:"expect"`
	// Capture keeps values of the answer for later steps: a name, and the path of
	// the value as in Expect.Members. ${name} stands for it afterwards; of a
	// structure, ${name.member}.
	Capture map[string]string `yaml:"capture"`
}

// Send says what is sent. Operation and With make a request as the codec encodes
// it; the rest changes pieces of it, the bytes themselves in the end. ${name} in
// any text stands for a variable, or for what an earlier step captured; a text
// that is a variable and nothing else has its type.
//
// Besides the captured ones, these variables are always there:
//
//	${id} ${id2} ${id3}         texts that nothing else uses: letters, digits, hyphens
//	${now} ${month}             this second, and the first of this month, as 2006-01-02T15:04:05Z
//	${account} ${region}        of the case
//	${rds.offering}             an offering of the target; ${rds.offering2} another one
//	${mediaconnect.offering}    the same; ${mediaconnect.offering2} another one
//	${rds.offering.Duration}    a member of it
//
// A bar and a form behind a text variable give it percent-encoded, for Path, Query
// and values that are to hold escapes: ${name|escaped} as the codec would,
// ${name|lower} the same with lower-case hex digits, ${name|bytes} with every byte
// escaped. Several are done one after the other: ${name|escaped|escaped}. See
// [InForm].
type Send struct {
	Operation string `yaml:"operation"`
	// With are the members of the operation's input, by their names on the wire
	// (label members too), as the schema of the input has them. Null sends null
	// where the format has it.
	With map[string]any `yaml:"with"`

	// Version of RDS's API; the latest where it is empty.
	Version string `yaml:"version"`
	// Get sends RDS's parameters in the query string instead of a form.
	Get bool `yaml:"get"`
	// Parameters are put into the form, or the query string, as they are, after
	// what the codec wrote: names and values before escaping. One that is there
	// already is replaced; null takes it out; a list sends it several times.
	Parameters Pairs `yaml:"parameters"`
	// Plus writes spaces in the form as plus signs.
	Plus bool `yaml:"plus"`

	// Method, Path (escaped), Query (escaped, without question mark) and Body take
	// the place of what the codec wrote.
	Method *string `yaml:"method"`
	Path   *string `yaml:"path"`
	Query  *string `yaml:"query"`
	Body   *string `yaml:"body"`
	// Headers are added, or take the place of those with the same name in any case;
	// null takes one out, a list sends it several times.
	Headers Pairs `yaml:"headers"`
	// Bytes is the whole request, exactly, instead of all the above; ${host} is the
	// target's. Lines end as YAML has them, so write "\r\n".
	Bytes *string `yaml:"bytes"`

	// As is other for the second account of the case, or none for a request without
	// any signature; empty for the case's own.
	As string `yaml:"as"`
	// HTTP is "1.0" for a request in HTTP/1.0.
	HTTP string `yaml:"http"`
	// Chunked sends the body in chunks instead of with its length.
	Chunked bool `yaml:"chunked"`
	// Continue sends Expect: 100-continue, and the body when the target asks for
	// it, or after a second.
	Continue bool `yaml:"continue"`
	// Fresh opens a new connection; otherwise the steps of a case share one.
	Fresh bool `yaml:"fresh"`
}

// Pairs are names and values in their order.
type Pairs []Pair

// Pair is a name with one value, several, or none where it is to be taken out.
type Pair struct {
	Name   string
	Values []string
}

// Expect says what has to come back. In YAML it is a word alone (success, refused,
// any), or an object:
//
//	expect: refused
//	expect: {error: ReservedDBInstanceNotFound}
//	expect:
//	  members:
//	    /ReservedDBInstance/DBInstanceCount: 1
//
// The object has answer, error, status, members, headers, outcomes, page-size,
// kept and closed.
//
// An answer is held against the rulebook whatever is expected of it.
type Expect struct {
	// Answer is
	//
	//	success   the operation's own document (what is expected unless told)
	//	refused   a well-formed error of the protocol with a 4xx status, whatever its code
	//	error     one of the errors in Error
	//	any       a well-formed answer, success or error
	//
	// error is implied where Error is given.
	Answer string
	// Error are the codes that are right, any of them.
	Error []string
	// Status are the statuses that are right; what the operation or the error has
	// is held by the rulebook.
	Status []int
	// Members are held against the answer: of a success its members, of an error
	// code, message and requestId.
	Members []Member
	// Headers are held against the response's headers, by name.
	Headers []Member
	// Outcomes, of a parallel step, says how many answers are to be a success
	// ("success"), an error, by its code, or any other error ("refused").
	Outcomes map[string]int
	// PageSize, of a step that follows pages, is the most that a page may hold.
	PageSize int
	// Kept: the connection is still open afterwards, and the next request of the
	// case goes over it. Closed: the target closes it.
	Kept, Closed bool
}

// Member is a path and what its value has to be.
type Member struct {
	// Path is an RFC 6901 pointer into the answer by the names on the wire, below
	// the result wrapper and the lists' wrappers: /ReservedDBInstances/0/State.
	// A star stands for every element of a list; a value must then hold for each.
	// The empty path is the whole answer.
	Path string
	Matcher
	// Line is where it stands.
	Line int
}

// Matcher says what a value has to be. A scalar or list in YAML is Equal; otherwise
// it is an object with one of the others, or several that must all hold.
type Matcher struct {
	// Equal: the same value: 1, "text", [..]. Strings compare as they are, numbers
	// by their value, times as instants.
	Equal *yaml.Node `yaml:"equal"`
	// Match: a text that the regular expression (RE2) matches somewhere.
	Match string `yaml:"match"`
	// Present: there, whatever it is. Absent: not there, or null.
	Present bool `yaml:"present"`
	Absent  bool `yaml:"absent"`
	// Empty: absent, or an empty text.
	Empty bool `yaml:"empty"`
	// OneOf: equal to one of these.
	OneOf []any `yaml:"one-of"`
	// Not: different from this.
	Not *yaml.Node `yaml:"not"`
	// Includes, of a path with a star or of a list: at least one element is equal
	// to this. Excludes: none is.
	Includes *yaml.Node `yaml:"includes"`
	Excludes *yaml.Node `yaml:"excludes"`
	// AtLeast and AtMost bound a number, or how many elements a list has.
	AtLeast *float64 `yaml:"at-least"`
	AtMost  *float64 `yaml:"at-most"`
	// Distinct: no two elements of the list, or values of a path with a star, are
	// equal.
	Distinct bool `yaml:"distinct"`
	// Agrees: each member that both structures have is equal in them. The value is
	// usually a captured structure. Except are members that Agrees leaves out.
	Agrees *yaml.Node `yaml:"agrees"`
	Except []string   `yaml:"except"`
	// MonthsAfter: a time so many months after another, to the day: the paths of
	// the time and of the number, in the same answer.
	MonthsAfter *MonthsAfter `yaml:"months-after"`
}

// MonthsAfter says which two members a time follows from.
type MonthsAfter struct {
	Start  string `yaml:"start"`
	Months string `yaml:"months"`
}
