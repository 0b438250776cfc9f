package calendar

import (
	"errors"
	"fmt"
	"time"
)

// ErrTimeOfDay says that a text is not a time of day.
var ErrTimeOfDay = errors.New("calendar: not a time of day between 00:00 and 24:00")

// TimeOfDay is what a clock on the wall shows, in minutes since midnight:
// 0 (00:00) to 1440 (24:00, the end of the day). It has no zone and no date.
type TimeOfDay int16

// The two ends of a day.
const (
	Midnight TimeOfDay = 0
	EndOfDay TimeOfDay = 24 * 60
)

// HourMinute is the time of day that a clock writes hour:minute.
func HourMinute(hour, minute int) TimeOfDay { return TimeOfDay(hour*60 + minute) }

// TimeOfDayOf is what the clocks of zone show at instant t, to the minute.
func TimeOfDayOf(t time.Time, zone *time.Location) TimeOfDay {
	hour, minute, _ := t.In(zone).Clock()
	return HourMinute(hour, minute)
}

// ParseTimeOfDay reads "15:04", two digits each, and "24:00"; anything else is
// ErrTimeOfDay.
func ParseTimeOfDay(s string) (TimeOfDay, error) {
	if s == "24:00" {
		return EndOfDay, nil
	}
	t, err := time.Parse("15:04", s)
	if err != nil || len(s) != len("15:04") {
		return 0, ErrTimeOfDay
	}
	return HourMinute(t.Hour(), t.Minute()), nil
}

// Valid tells whether m lies between 00:00 and 24:00.
func (m TimeOfDay) Valid() bool { return m >= Midnight && m <= EndOfDay }

// String is "15:04".
func (m TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", m/60, m%60) }
