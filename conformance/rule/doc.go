// Package rule is the rulebook: sentences that are true of an exchange that
// conforms, each with its evidence and with what its break does to real clients.
//
// [Read] reads an exchange once, strictly. [Book.Judge] then holds every rule that
// applies against what was read: most rules claim kinds of findings that the codec
// makes (one strict pass yields all departures), the others look for themselves.
// It does not matter where an exchange is from: a live target, a recording or a
// proxy.
//
// Rules about several exchanges, such as that no request id comes twice, are held
// by [Book.JudgeAll].
//
// The rows stand in httpRules, rdsRules and mediaConnectRules, in files of one
// subject each; scope.go says which exchanges they are about. One fault is told
// once: where there is no document, rules about what stands in it make no check.
//
// What a break does to clients comes from the recorded reactions; see
// [Book.Impact].
//
// # Ids
//
// An id is lower-case kebab segments joined by dots: http.content-length,
// rds.envelope.result-wrapper. It never changes its meaning and is never used
// again; those that were given up stand in RETIRED.md. [Version] grows with every
// change of what the rulebook says.
package rule
