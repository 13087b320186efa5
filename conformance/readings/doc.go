// Package readings has no code to use: its test holds the codec's two readings
// against what real clients did with the 322 recorded response variants, and
// keeps the table of all of them, fixtures/reactions/READINGS.md, true.
//
// It proves that lenient reading hands over what all measured clients hand over
// and says so where they differ; the exceptions are listed by name, each with
// its reason, in fixtures/reactions/differences.json. It looks at one member of
// each response, the one that was watched when the clients were measured.
package readings
