package i18n

import (
	"fmt"
	"strconv"
	"time"
)

var (
	weekdays = map[string][]string{
		French:  {"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
		English: {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	}
	shortWeekdays = map[string][]string{
		French:  {"dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."},
		English: {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
	}
	months = map[string][]string{
		French:  {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
		English: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	}
	shortMonths = map[string][]string{
		French:  {"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
		English: {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	}
)

// LongDateTime is "mardi 24 novembre 2026 à 10h20" or "Tuesday 24 November 2026
// at 10:20". Like every writer of dates here it reads the clock of d's zone.
func (t *Text) LongDateTime(d time.Time) string {
	at := " à "
	if t.lang == English {
		at = " at "
	}
	return t.LongDate(d) + at + t.Time(d)
}

// LongDate is "mardi 1er décembre 2026" or "Tuesday 1 December 2026".
func (t *Text) LongDate(d time.Time) string {
	return t.DayMonth(d) + " " + strconv.Itoa(d.Year())
}

// DayMonth is "mardi 24 novembre" or "Tuesday 24 November".
func (t *Text) DayMonth(d time.Time) string {
	return t.Weekday(d.Weekday()) + " " + t.day(d) + " " + months[t.lang][d.Month()-1]
}

// MonthYear is "novembre 2026" or "November 2026".
func (t *Text) MonthYear(d time.Time) string {
	return months[t.lang][d.Month()-1] + " " + strconv.Itoa(d.Year())
}

// Weekday is "mardi" or "Tuesday".
func (t *Text) Weekday(d time.Weekday) string { return weekdays[t.lang][d] }

// ShortDate is "24/11/2026" in both languages.
func (t *Text) ShortDate(d time.Time) string { return d.Format("02/01/2006") }

// DayParts are the three lines of a day in a narrow column.
type DayParts struct {
	Weekday string // "mar." or "Tue"
	Day     string // "24", and "1er" in French
	Month   string // "nov." or "Nov"
}

// ShortDay is the parts of a day, abbreviated.
func (t *Text) ShortDay(d time.Time) DayParts {
	return DayParts{shortWeekdays[t.lang][d.Weekday()], t.day(d), shortMonths[t.lang][d.Month()-1]}
}

// Time is "10h20", "9h" or "10:20", "09:00".
func (t *Text) Time(d time.Time) string {
	switch {
	case t.lang == English:
		return d.Format("15:04")
	case d.Minute() == 0:
		return fmt.Sprintf("%dh", d.Hour())
	}
	return fmt.Sprintf("%dh%02d", d.Hour(), d.Minute())
}

// TimeRange is "9h – 10h20" (no-break spaces) or "09:00–10:20".
func (t *Text) TimeRange(from, to time.Time) string {
	dash := nbsp + "–" + nbsp
	if t.lang == English {
		dash = "–"
	}
	return t.Time(from) + dash + t.Time(to)
}

// Relative says d's day as someone speaking on now's day would: "hier",
// "aujourd’hui", "demain", "mercredi 25" within a week, else DayMonth.
func (t *Text) Relative(d, now time.Time) string {
	near := [...]string{"hier", "aujourd’hui", "demain"}
	if t.lang == English {
		near = [...]string{"yesterday", "today", "tomorrow"}
	}
	switch days := civil(d) - civil(now); {
	case days >= -1 && days <= 1:
		return near[days+1] //nolint:gosec // the case bounds it
	case days > 1 && days < 7:
		return t.Weekday(d.Weekday()) + " " + t.day(d)
	}
	return t.DayMonth(d)
}

func (t *Text) day(d time.Time) string {
	if d.Day() == 1 && t.lang == French {
		return "1er"
	}
	return strconv.Itoa(d.Day())
}

// civil numbers the days of the calendar, whatever the zone.
func civil(d time.Time) int {
	return int(time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC).Unix() / 86400)
}
