package report

import "strings"

// Quote writes a word for a shell: as it is where that is safe, else in quotes.
func Quote(s string) string { return quote(s) }

// Wrap breaks a text into lines of at most so many columns.
func Wrap(text string, width int) string { return strings.Join(wrap(text, width), "\n") }
