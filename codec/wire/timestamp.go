package wire

import "time"

// Timestamp is an instant as the wire writes it, in UTC. The zero Timestamp is
// 1970-01-01T00:00:00Z.
type Timestamp struct {
	// Unix is the seconds since 1970-01-01T00:00:00Z.
	Unix int64
	// Nano is the part of the second, 0 to 999,999,999 nanoseconds.
	Nano int32
	// Digits is how many digits the fraction has on the wire, 0 to 9. It is 3 in
	// the documented samples.
	Digits uint8
}

// TimestampOf returns t in UTC with milliseconds, the finest that Smithy asks
// servers to write ("timestampFormat trait", date-time).
func TimestampOf(t time.Time) Timestamp {
	ms := t.Nanosecond() / 1e6
	return Timestamp{Unix: t.Unix(), Nano: int32(ms) * 1e6, Digits: 3}
}

// Time returns the instant in UTC.
func (t Timestamp) Time() time.Time { return time.Unix(t.Unix, int64(t.Nano)).UTC() }

// String gives the text on the wire.
func (t Timestamp) String() string { return string(t.Append(nil)) }

// MarshalText gives the text on the wire.
func (t Timestamp) MarshalText() ([]byte, error) { return t.Append(nil), nil }

// ParseTimestamp reads the wire's own form, YYYY-MM-DDThh:mm:ss[.f]Z with one to
// nine digits of fraction. ok is false for any other form and for days, hours
// and seconds that do not exist; a leap second is one.
// RFC 3339 section 5.6; Smithy awsQuery, "Timestamp".
func ParseTimestamp(s string) (t Timestamp, ok bool) {
	if len(s) < 20 || s[4] != '-' || s[7] != '-' || s[10] != 'T' || s[13] != ':' || s[16] != ':' || s[len(s)-1] != 'Z' {
		return t, false
	}
	year, ok0 := digits4(s)
	month, ok1 := digits2(s[5:])
	day, ok2 := digits2(s[8:])
	hour, ok3 := digits2(s[11:])
	minute, ok4 := digits2(s[14:])
	second, ok5 := digits2(s[17:])
	if !(ok0 && ok1 && ok2 && ok3 && ok4 && ok5) || hour > 23 || minute > 59 || second > 59 ||
		month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return t, false
	}
	if frac := s[19 : len(s)-1]; len(frac) > 0 {
		if len(frac) < 2 || len(frac) > 10 || frac[0] != '.' {
			return t, false
		}
		for _, c := range []byte(frac[1:]) {
			if c-'0' > 9 {
				return t, false
			}
			t.Nano = t.Nano*10 + int32(c-'0')
		}
		t.Digits = uint8(len(frac) - 1)
		for range 9 - t.Digits {
			t.Nano *= 10
		}
	}
	t.Unix = ((int64(daysSince1970(year, month, day))*24+int64(hour))*60+int64(minute))*60 + int64(second)
	return t, true
}

// Append appends the text on the wire. Years outside 0 to 9999 have no such
// text; they are written as they come, and [ParseTimestamp] refuses them.
func (t Timestamp) Append(dst []byte) []byte {
	if t.Unix < minUnix || t.Unix > maxUnix {
		return t.Time().AppendFormat(dst, time.RFC3339Nano)
	}
	days, seconds := t.Unix/86400, int(t.Unix%86400)
	if seconds < 0 {
		days, seconds = days-1, seconds+86400
	}
	year, month, day := dateOf(int(days))
	dst = appendDigits2(appendDigits2(dst, year/100), year%100)
	dst = appendDigits2(append(dst, '-'), month)
	dst = appendDigits2(append(dst, '-'), day)
	dst = appendDigits2(append(dst, 'T'), seconds/3600)
	dst = appendDigits2(append(dst, ':'), seconds/60%60)
	dst = appendDigits2(append(dst, ':'), seconds%60)
	if t.Digits > 0 {
		dst = append(dst, '.')
		rest, scale := int(t.Nano), int(1e8)
		for range min(t.Digits, 9) {
			dst = append(dst, byte('0'+rest/scale%10))
			scale /= 10
		}
	}
	return append(dst, 'Z')
}

const (
	minUnix = -62167219200 // 0000-01-01T00:00:00Z
	maxUnix = 253402300799 // 9999-12-31T23:59:59Z
)

func digits2(s string) (int, bool) {
	a, b := s[0]-'0', s[1]-'0'
	return int(a)*10 + int(b), a <= 9 && b <= 9
}

func digits4(s string) (int, bool) {
	a, ok := digits2(s)
	b, ok2 := digits2(s[2:])
	return a*100 + b, ok && ok2
}

func appendDigits2(dst []byte, v int) []byte { return append(dst, byte('0'+v/10), byte('0'+v%10)) }

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// The two functions below count in years that begin in March, so that the leap
// day comes last, and in eras of 400 years, which all have 146,097 days.
// 719,468 days lie between 0000-03-01 and 1970-01-01.

func daysSince1970(year, month, day int) int {
	if month <= 2 {
		year, month = year-1, month+12
	}
	era := year / 400
	if year < 0 {
		era--
	}
	yoe := year - era*400
	doy := (153*(month-3)+2)/5 + day - 1
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468
}

func dateOf(days int) (year, month, day int) {
	days += 719468
	era := days / 146097
	if days < 0 {
		era = (days - 146096) / 146097
	}
	doe := days - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	m := (5*doy + 2) / 153
	day = doy - (153*m+2)/5 + 1
	year, month = era*400+yoe, m+3
	if month > 12 {
		year, month = year+1, month-12
	}
	return year, month, day
}
