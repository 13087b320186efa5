package casefile

import (
	"errors"
	"fmt"
	"strings"
)

// ErrFile is wrapped by an [Error].
var ErrFile = errors.New("not a case file")

// Error says what is wrong with case files. Nothing of them is then to be played.
type Error struct {
	// Problems stand in the order of their files and lines; there is at least one.
	Problems []Problem
}

// Problem is one thing that is wrong, where, and what to do about it.
type Problem struct {
	// File is the name in the file system that was given to [Load].
	File string
	// Line and Column count from 1; 0 where the problem is the whole file's, or the
	// YAML parser does not say.
	Line, Column int
	What         string
	// Hint says what to write instead, or is empty.
	Hint string
}

// String gives file:line:column: what; hint.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
	}
	if p.Column > 0 {
		fmt.Fprintf(&b, ":%d", p.Column)
	}
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	b.WriteString(p.What)
	if p.Hint != "" {
		b.WriteString("; " + p.Hint)
	}
	return b.String()
}

// Error gives each problem on a line of its own.
func (e *Error) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns [ErrFile].
func (e *Error) Unwrap() error { return ErrFile }
