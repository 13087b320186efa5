package wire

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// InstantForm tells how a text that is not the wire's own form of a timestamp
// was read.
type InstantForm uint8

// The forms of [ReadTimestamp].
const (
	NoTimestamp     InstantForm = iota // nothing that names an instant
	TimestampWire                      // YYYY-MM-DDThh:mm:ss[.f]Z
	TimestampOffset                    // with an offset such as +01:00 in place of Z
	TimestampOther                     // any other form that one of the measured clients reads
)

// otherLayouts are the forms that boto3 reads, and at most one other client.
// Where no zone is named, UTC is meant, as Go reads it.
var otherLayouts = []string{
	"2006-01-02T15:04:05.999999999",       // no zone
	"2006-01-02T15:04:05.999999999Z0700",  // offset without a colon
	"2006-01-02 15:04:05.999999999Z07:00", // a space for the T
	"2006-01-02 15:04:05.999999999",
	"2006-01-02T15:04Z07:00",        // no seconds
	"2006-01-02",                    // a date
	"20060102T150405Z",              // basic format
	"Mon, 02 Jan 2006 15:04:05 GMT", // HTTP's date
}

// ReadTimestamp reads an instant in any form in which a measured client reads
// one. Days and hours that do not exist are no instant in any form; the leap
// second 23:59:60 is the next second.
func ReadTimestamp(s string) (t Timestamp, form InstantForm) {
	if t, ok := ParseTimestamp(s); ok {
		return t, TimestampWire
	}
	if t, ok := parseOffset(s); ok {
		return t, TimestampOffset
	}
	text := strings.ToUpper(strings.Trim(s, " \t\r\n"))
	if t, ok := ParseTimestamp(text); ok {
		return t, TimestampOther
	}
	if t, ok := parseOffset(text); ok {
		return t, TimestampOther
	}
	if head, ok := strings.CutSuffix(text, "T23:59:60Z"); ok {
		if t, ok := ParseTimestamp(head + "T23:59:59Z"); ok {
			t.Unix++
			return t, TimestampOther
		}
	}
	if seconds, err := strconv.ParseFloat(text, 64); err == nil && seconds > minUnix && seconds < maxUnix && !strings.ContainsAny(text, "XPN_") {
		return TimestampOf(time.UnixMilli(int64(math.Round(seconds * 1000)))), TimestampOther
	}
	for _, layout := range otherLayouts {
		if v, err := time.Parse(layout, strings.Trim(s, " \t\r\n")); err == nil {
			return fromTime(v, s), TimestampOther
		}
	}
	return Timestamp{}, NoTimestamp
}

// parseOffset reads the wire's form with a numeric offset, +hh:mm or -hh:mm, in
// place of the Z. RFC 3339 section 5.6.
func parseOffset(s string) (t Timestamp, ok bool) {
	at := len(s) - len("+hh:mm")
	if at < 0 || s[at] != '+' && s[at] != '-' || s[at+3] != ':' {
		return t, false
	}
	hours, ok0 := digits2(s[at+1:])
	minutes, ok1 := digits2(s[at+4:])
	t, ok = ParseTimestamp(s[:at] + "Z")
	if !ok || !ok0 || !ok1 || hours > 23 || minutes > 59 {
		return Timestamp{}, false
	}
	offset := int64(hours*60+minutes) * 60
	if s[at] == '-' {
		offset = -offset
	}
	t.Unix -= offset
	return t, true
}

// fromTime keeps as many digits as the text has behind its last point or comma.
func fromTime(v time.Time, text string) Timestamp {
	t := Timestamp{Unix: v.Unix(), Nano: int32(v.Nanosecond())}
	if i := strings.LastIndexAny(text, ".,"); i >= 0 {
		for j := i + 1; j < len(text) && text[j]-'0' <= 9 && t.Digits < 9; j++ {
			t.Digits++
		}
	}
	return t
}
