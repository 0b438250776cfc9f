package office

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants/calendar"
)

// capital begins a line with a part of a sentence.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// line is typed text as PostgreSQL takes it: valid, on one line, not too long
// to be looked for.
func line(typed string) string {
	typed = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(typed, ""))
	if cut := []rune(typed); len(cut) > longestLine {
		typed = string(cut[:longestLine])
	}
	return strings.TrimSpace(typed)
}

const longestLine = 254

// moment says when something was or will be, as one would on the day of now:
// "hier à 10h", "le lundi 16 novembre à 18h04", with the year when it is
// another one.
func (v *visit) moment(t time.Time) string {
	t = t.In(v.zone())
	day, today := calendar.DateOf(t, v.zone()), v.today()
	switch {
	case !day.Before(today.AddDays(-1)) && !day.After(today.AddDays(1)):
		return v.T("office.moment_near", "Day", v.Relative(t, v.now), "Time", v.Time(t))
	case t.Year() == v.now.Year():
		return v.T("office.moment", "Day", v.DayMonth(t), "Time", v.Time(t))
	}
	return v.T("office.moment", "Day", v.LongDate(t), "Time", v.Time(t))
}

func leafOf(text *i18n.Text, d time.Time) *ui.Leaf {
	day := text.ShortDay(d)
	return &ui.Leaf{Day: text.Weekday(d.Weekday()), Number: day.Day, Month: day.Month}
}

// noon is a moment of a date on which every writer of dates agrees.
func noon(d calendar.Date) time.Time { return d.At(calendar.HourMinute(12, 0), time.UTC) }

// weekTitle is "23 – 29 novembre 2026", with a month or a year twice where the
// week has two.
func weekTitle(text *i18n.Text, first, last calendar.Date) string {
	a, b := noon(first), noon(last)
	from := text.ShortDay(a).Day
	switch {
	case a.Year() != b.Year():
		from += " " + text.MonthYear(a)
	case a.Month() != b.Month():
		from += " " + strings.TrimSuffix(text.MonthYear(a), a.Format(" 2006"))
	}
	return from + "\u00a0–\u00a0" + text.ShortDay(b).Day + " " + text.MonthYear(b)
}

// age is in whole years.
func age(born, today calendar.Date) int {
	year, month, day := born.Parts()
	y, m, d := today.Parts()
	years := y - year
	if m < month || m == month && d < day {
		years--
	}
	return years
}
