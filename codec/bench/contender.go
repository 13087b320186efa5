package bench

import (
	"fmt"
	"reflect"

	"wireproof/codec/bench/payload"
)

// Contender is one way of doing a group's job.
type Contender struct {
	Name string
	// New makes the contender ready for the document. What it returns holds all
	// that a caller would keep from one call to the next, and no more.
	New func(doc payload.Document) (Work, error)
	// Allocs is the promised number of allocations a run; NoPromise for none.
	Allocs int
}

// NoPromise is the Allocs of a contender that promises nothing.
const NoPromise = -1

// Work is a contender made ready.
type Work struct {
	// Run does the job once. It is what is timed.
	Run func() error
	// Got tells what the last run produced, in the terms of package payload: an
	// RDSPage, an MCPage, a []Parameter.
	Got func() (any, error)
	// Drop, if set, drops all but the result of the last run, which it returns.
	// Nothing else may be called after it.
	Drop func() any
}

// Group is a job on a document.
type Group struct {
	Name       string
	Document   func() payload.Document
	Contenders []Contender
	// Writes tells that the document is what is written from, and not as long as
	// what is written, so that bytes per second say nothing.
	Writes bool
}

// reading is a group whose contenders read the document.
func reading(name string, doc func() payload.Document, contenders []Contender) Group {
	return Group{Name: name, Document: doc, Contenders: contenders}
}

// writing is a group whose contenders write what the document says.
func writing(name string, doc func() payload.Document, contenders []Contender) Group {
	return Group{Name: name, Document: doc, Contenders: contenders, Writes: true}
}

// size is what a speed in bytes goes by, or 0.
func (g Group) size(doc payload.Document) int {
	if g.Writes {
		return 0
	}
	return len(doc.Text)
}

// Find returns the contender of this name.
func (g Group) Find(name string) (Contender, bool) {
	for _, c := range g.Contenders {
		if c.Name == name {
			return c, true
		}
	}
	return Contender{}, false
}

// start makes the contender ready and runs it once.
func (c Contender) start(doc payload.Document) (Work, error) {
	w, err := c.New(doc)
	if err != nil {
		return w, fmt.Errorf("%s: %w", c.Name, err)
	}
	if err := w.Run(); err != nil {
		return w, fmt.Errorf("%s: %w", c.Name, err)
	}
	return w, nil
}

// Validate runs the contender twice, since reuse begins with the second, and
// fails unless it produced what the document says.
func (c Contender) Validate(doc payload.Document) error {
	w, err := c.start(doc)
	if err != nil {
		return err
	}
	if err := w.Run(); err != nil {
		return fmt.Errorf("%s: second run: %w", c.Name, err)
	}
	got, err := w.Got()
	if err != nil {
		return fmt.Errorf("%s: reading its result: %w", c.Name, err)
	}
	if want := doc.Want(); !reflect.DeepEqual(got, want) {
		return fmt.Errorf("%s: produced something else than the document says:\ngot  %.2000s\nwant %.2000s",
			c.Name, fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want))
	}
	return nil
}
