// Package casefile reads the cases: short scenarios in YAML, each a few requests
// and what has to come back. The project's own are in fixtures/cases; a user can
// bring more. schemas/Cases.json is the schema of a file.
//
// A case says only what the rulebook cannot know. That an answer is well-formed,
// in the right envelope and of the right types is held against every exchange
// without being asked for.
package casefile
