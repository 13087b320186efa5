package conformance

import (
	"regexp"
	"strings"
)

// Match reports whether an id matches a pattern: * stands for anything within a
// segment, ** across dots as well. The whole id has to match.
func Match(pattern, id string) bool {
	if !strings.Contains(pattern, "*") {
		return pattern == id
	}
	return compile(pattern).MatchString(id)
}

func compile(pattern string) *regexp.Regexp {
	var b strings.Builder
	b.WriteString(`^`)
	for i := 0; i < len(pattern); i++ {
		switch {
		case strings.HasPrefix(pattern[i:], "**"):
			b.WriteString(`.*`)
			i++
		case pattern[i] == '*':
			b.WriteString(`[^.]*`)
		default:
			b.WriteString(regexp.QuoteMeta(pattern[i : i+1]))
		}
	}
	b.WriteString(`$`)
	return regexp.MustCompile(b.String())
}

// matcher is a pattern made ready for many ids.
type matcher func(id string) bool

func newMatcher(pattern string) matcher {
	if !strings.Contains(pattern, "*") {
		return func(id string) bool { return id == pattern }
	}
	return compile(pattern).MatchString
}
