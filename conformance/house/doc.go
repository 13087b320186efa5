// Package house holds the tests that keep the module in order: what stands at
// the top level, which package may import which, that everything exported is
// documented, and that files stay short. It has nothing to import.
package house
