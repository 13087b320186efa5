package emulator

import (
	"testing"
	"time"
)

// A time is read where the id is that of the time and of no other one.
func TestStampOf(t *testing.T) {
	const layout = "ri-2006-01-02-15-04-05.000"
	id := func(at time.Time) string {
		text := []byte(at.Format(layout))
		text[len(text)-4] = '-'
		return string(text)
	}
	at := time.Date(2019, 12, 31, 23, 59, 59, 999e6, time.UTC)
	for range 5000 {
		if got, ok := stampOf(id(at)); !ok || got != at.UnixMilli() {
			t.Fatalf("%s: %d, %v", id(at), got, ok)
		}
		at = at.Add(17*time.Hour + 31*time.Minute + 13*time.Second + 77*time.Millisecond)
	}
	for _, row := range []struct{ id, why string }{
		{"", "empty"},
		{"ri-2020-06-29-16-54-57-67", "too short"},
		{"ri-2020-06-29-16-54-57-6700", "too long"},
		{"RI-2020-06-29-16-54-57-670", "capitals"},
		{"ri-2020-06-29-16-54-57.670", "a point"},
		{"ri-2020-06-29-16-54-57-67O", "no digit"},
		{"ri-2020-06-29-16-54--7-670", "a sign"},
		{"ri-2020-02-30-16-54-57-670", "is 1 March"},
		{"ri-2021-02-29-16-54-57-670", "is 1 March, since 2021 is no leap year"},
		{"ri-2020-06-00-16-54-57-670", "is 31 May"},
		{"ri-2020-00-29-16-54-57-670", "is in 2019"},
		{"ri-2020-13-29-16-54-57-670", "is in 2021"},
		{"ri-2020-06-29-24-54-57-670", "is the next day"},
		{"ri-2020-06-29-16-60-57-670", "is the next hour"},
		{"ri-2020-06-29-16-54-60-670", "is the next minute"},
	} {
		if got, ok := stampOf(row.id); ok {
			t.Errorf("%s (%s): %d", row.id, row.why, got)
		}
	}
}

// Ids are found in whatever order they came, times that are not the latest too.
func TestIndex(t *testing.T) {
	ids := []string{
		"ri-2020-06-29-16-54-57-670", "a", "ri-2020-06-29-16-54-57-672", "ri-2020-06-29-16-54-57-671",
		"ri-2099-01-01-00-00-00-000", "ri-2020-02-30-00-00-00-000", "ri-2020-03-01-00-00-00-000", "ri-2020-06-29-16-54-57-673", "",
	}
	var x index
	for i, id := range ids {
		if place, ok := x.find(id); ok {
			t.Errorf("%q is at %d before it was added", id, place)
		}
		x.add(id, i)
		for want, id := range ids[:i+1] {
			if place, ok := x.find(id); !ok || place != want {
				t.Errorf("%q is at %d, %v, want %d", id, place, ok, want)
			}
		}
	}
	if len(x.timed) != 3 || len(x.others) != len(ids)-3 {
		t.Errorf("%d ids go by their time and %d do not", len(x.timed), len(x.others))
	}
}
