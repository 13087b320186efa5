package journal

import (
	"context"
	"errors"
)

// Journal keeps what was purchased. It is for concurrent use.
type Journal interface {
	// Load calls f for each record in the order of Sequence, and stops with the
	// first error of f, which it returns as it is. f must not call the journal.
	Load(f func(Record) error) error
	// Append keeps a record. When it returns nil the record is on disk; with an
	// error it is not there, except for [ErrUncertain].
	//
	// ctx counts until the journal begins to write the record; from then on Append
	// waits for the outcome. It fails with ctx.Err(), or an *[Error] that wraps
	// [ErrSequence], [ErrRecord], [ErrUncertain], [ErrBroken] or [ErrClosed].
	Append(ctx context.Context, r Record) error
	// Close waits for what is being written and lets go of the file. Closing again
	// does nothing.
	Close() error
}

// The ways in which a journal can fail, wrapped in an [Error].
var (
	// ErrInUse: another process, or another journal of this one, has the file.
	ErrInUse = errors.New("in use by another process")
	// ErrForeign: the file is something else than a journal.
	ErrForeign = errors.New("not a journal")
	// ErrNewer: the file was written in a later format.
	ErrNewer = errors.New("written in a newer format")
	// ErrCorrupt: the file is a journal, and damaged.
	ErrCorrupt = errors.New("damaged")
	// ErrClosed: the journal was closed.
	ErrClosed = errors.New("closed")
	// ErrSequence: Append was given a Sequence that is 0 or taken.
	ErrSequence = errors.New("sequence number is zero or taken")
	// ErrRecord: Append was given a record that would not come back as it is: text
	// that is not UTF-8, or a year past 9999.
	ErrRecord = errors.New("record cannot be kept")
	// ErrUncertain: the disk failed while the record was written. The next Open
	// will show whether it is there.
	ErrUncertain = errors.New("writing failed")
	// ErrBroken: the disk failed earlier, and nothing is written any more. What
	// the operating system keeps of a file after a failed sync is not known, so
	// the file has to be opened again.
	ErrBroken = errors.New("an earlier write failed")
)

// Error says what is wrong with a journal.
type Error struct {
	// Path is the journal's file.
	Path string
	// Err is one of the sentinels above, or an error of the operating system.
	Err error
	// Detail says more, or is empty.
	Detail string
}

// Error gives the error on one line.
func (e *Error) Error() string {
	text := "journal " + e.Path + ": " + e.Err.Error()
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	return text
}

// Unwrap returns the sentinel.
func (e *Error) Unwrap() error { return e.Err }
