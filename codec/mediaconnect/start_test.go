package mediaconnect_test

import (
	"errors"
	"testing"
	"time"

	"wireproof/codec/mediaconnect"
)

func TestParseStart(t *testing.T) {
	for _, c := range []struct {
		text, reason string
		ok           bool
	}{
		{"2020-03-05T23:30:00Z", "the documented example", true},
		{"2020-02-29T00:00:00Z", "a leap day", true},
		{"2021-02-29T00:00:00Z", "no leap day", false},
		{"2020-03-05T24:00:00Z", "hours end at 23", false},
		{"2020-03-05T23:30:60Z", "no leap seconds", false},
		{"2020-03-05T23:30:00.0Z", "no fraction", false},
		{"2020-03-05T23:30:00+00:00", "no offset", false},
		{"2020-03-05t23:30:00z", "T and Z are literal", false},
		{"2020-03-05 23:30:00Z", "T and Z are literal", false},
		{"2020-03-05", "no time", false},
		{"1583451000", "seconds since 1970", false},
		{"", "nothing", false},
	} {
		got, ok := mediaconnect.ParseStart(c.text)
		if ok != c.ok {
			t.Errorf("%s: %q: %t", c.reason, c.text, ok)
		}
		if want, err := time.Parse(time.RFC3339, c.text); ok && (err != nil || !got.Time().Equal(want)) {
			t.Errorf("%q is %v, package time has %v, %v", c.text, got.Time(), want, err)
		}
		if ok && mediaconnect.FormatStart(got.Time()) != c.text {
			t.Errorf("%q written as %q", c.text, mediaconnect.FormatStart(got.Time()))
		}
	}
}

func TestCheckStart(t *testing.T) {
	now := time.Date(2020, 3, 5, 23, 30, 0, 5e8, time.UTC)
	first := time.Date(2020, 3, 1, 0, 0, 5, 0, time.FixedZone("", -3600)) // 01:00:05 UTC
	for _, c := range []struct {
		text   string
		now    time.Time
		want   error
		reason string
	}{
		{"2020-03-05T23:30:00Z", now, nil, "now, inclusive"},
		{"2020-03-05T23:30:01Z", now, mediaconnect.ErrStartWindow, "a second from now"},
		{"2020-03-01T00:00:00Z", now, nil, "the first day of the month, inclusive"},
		{"2020-02-29T23:59:59Z", now, mediaconnect.ErrStartWindow, "last month"},
		{"2021-03-01T00:00:00Z", now, mediaconnect.ErrStartWindow, "next year"},
		{"2020-03-01T01:00:05Z", first, nil, "now in another zone"},
		{"2020-02-29T23:00:00Z", time.Date(2020, 3, 1, 0, 30, 0, 0, time.FixedZone("", 3600)), nil, "the month is that of UTC"},
		{"5 March 2020", now, mediaconnect.ErrStartForm, "free text"},
		{"2020-03-05T23:30:00.123Z", now, mediaconnect.ErrStartForm, "a fraction"},
	} {
		if err := mediaconnect.CheckStart(c.text, c.now); !errors.Is(err, c.want) {
			t.Errorf("%s: %q: %v, want %v", c.reason, c.text, err, c.want)
		}
	}
}
