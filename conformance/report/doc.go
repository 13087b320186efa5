// Package report writes what a run found: for people on a console, as a stream of
// JSON lines, for JUnit's consumers and as SARIF. [Read] reads the stream again, and
// [Compare] says what became better or worse between two of them.
//
// Writers give the same bytes for the same report; what differs between two runs of
// the same target are times and the ids that the target makes. They mask secrets by
// themselves (see package redact); [Redact] does so for headers that only the caller
// knows to be secret.
//
// schemas/Report.json is the schema of a line of the stream,
// schemas/JUnit.xsd that of the JUnit document, and SARIF has its own:
// sarif-schema-2.1.0.json of OASIS.
//
// # What counts as what
//
// Everywhere the unit is the check: one rule, or one assertion of a case, held
// against one exchange. A case that was skipped is one check, [Played], with the
// verdict skip. Numbers are therefore the same in every kind of report. In JUnit each
// check is a testcase and each case a testsuite: were each case a testcase, a broken
// envelope with three hundred failures would count as many as one wrong header, and
// no number would be found again in another report. Notes have no verdict and are in
// no count.
package report
