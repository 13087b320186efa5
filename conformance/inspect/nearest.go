package inspect

import "strings"

// Nearest returns the name that is most like got, in any case, or "" where none
// is like it: more than a third of the letters differ, and it is no beginning of
// a name either.
func Nearest(got string, names []string) string {
	best, least := "", len(got)/3+2
	for _, name := range names {
		got, lower := strings.ToLower(got), strings.ToLower(name)
		d := distance(got, lower)
		if len(got) >= 3 && strings.HasPrefix(lower, got) {
			d = min(d, 2)
		}
		if d < least {
			best, least = name, d
		}
	}
	return best
}

// distance counts the letters to insert, delete or replace (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
