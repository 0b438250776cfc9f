// Package calendar holds the words of time that the whole product shares:
// civil dates, times of day, spans of instants and the zones of France. It
// must not know what time it is now, nor what any of it is used for.
package calendar

import (
	"errors"
	"time"
)

// ErrDate says that a text is not a date. It does not repeat the text, which
// may be somebody's date of birth and may end in a log.
var ErrDate = errors.New("calendar: not a date between 0001-01-01 and 9999-12-31")

// Date is a day of the civil (Gregorian) calendar without a zone, from
// 0001-01-01 to 9999-12-31; sums stop at these ends. It is comparable with ==
// and may be a map key. The zero Date means "no date": it comes before every
// other, reads as "", is NULL in PostgreSQL, and stays itself in every sum.
type Date struct {
	day int32 // 1 is 0001-01-01, a Monday
}

const (
	epochDay   = 719_163   // 1970-01-01
	lastDay    = 3_652_059 // 9999-12-31
	daySeconds = 86_400
)

// NewDate makes a date; a month or a day out of range is carried over as
// time.Date does.
func NewDate(year int, month time.Month, day int) Date {
	return dateOn(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix())
}

// DateOf is the date that the clocks of zone show at instant t.
func DateOf(t time.Time, zone *time.Location) Date {
	_, east := t.In(zone).Zone()
	return dateOn(t.Unix() + int64(east))
}

// ParseDate reads "2006-01-02"; anything else is ErrDate.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return Date{}, ErrDate
	}
	return dateOn(t.Unix()), nil
}

// dateOn is the date of a wall clock that shows so many seconds since 1970.
func dateOn(wall int64) Date {
	days := wall / daySeconds
	if wall%daySeconds < 0 {
		days--
	}
	return Date{int32(min(max(days+epochDay, 1), lastDay))}
}

// wall is what a clock shows at the midnight that begins d, in seconds since 1970.
func (d Date) wall() int64 { return (int64(d.day) - epochDay) * daySeconds }

func (d Date) utc() time.Time { return time.Unix(d.wall(), 0).UTC() }

// IsZero tells whether d is "no date".
func (d Date) IsZero() bool { return d.day == 0 }

// String is "2006-01-02", or "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// Parts are the year, month and day of the month.
func (d Date) Parts() (year int, month time.Month, day int) { return d.utc().Date() }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return time.Weekday(d.day % 7) }

// Compare is -1 when d is before o, 0 when they are the same day, else 1.
func (d Date) Compare(o Date) int {
	switch {
	case d.day < o.day:
		return -1
	case d.day > o.day:
		return 1
	}
	return 0
}

// Before tells whether d is an earlier day than o.
func (d Date) Before(o Date) bool { return d.day < o.day }

// After tells whether d is a later day than o.
func (d Date) After(o Date) bool { return d.day > o.day }

// AddDays moves by n days, backwards when n is negative.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	n = min(max(n, -lastDay), lastDay)
	return Date{int32(min(max(int(d.day)+n, 1), lastDay))}
}

// AddMonths moves by n months and keeps the day of the month where that month
// has it, else takes its last day: 31 January plus one month is 28 or 29 February.
func (d Date) AddMonths(n int) Date {
	if d.IsZero() {
		return d
	}
	year, month, day := d.Parts()
	n = min(max(n, -12*9999), 12*9999)
	months := year*12 + int(month) - 1 + n
	last := time.Date(months/12, time.Month(months%12+2), 0, 0, 0, 0, 0, time.UTC)
	return dateOn(last.AddDate(0, 0, min(day-last.Day(), 0)).Unix())
}

// Monday is the first day of d's week, as ISO 8601 and France count weeks.
func (d Date) Monday() Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

// Week is the seven days of d's week, from Monday.
func (d Date) Week() [7]Date {
	var week [7]Date
	for i := range week {
		week[i] = d.Monday().AddDays(i)
	}
	return week
}
