package site

import (
	"slices"
	"strings"
	"time"

	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/practitioners"
)

// hours are the opening hours of one location, all practitioners together, as
// the weekly openings in force on a day make them: neighbouring days with the
// same hours share a line. It is empty for a location that never opens.
func hours(t *i18n.Text, openings []practitioners.Opening, location int64, on calendar.Date) []ui.Fact {
	var week [7]string // from Monday, "" when closed
	for i := range week {
		week[i] = dayHours(t, openings, location, i+1, on)
	}
	if week == [7]string{} {
		return nil
	}
	var lines []ui.Fact
	first := beginning(week)
	for i := 0; i < len(week); {
		j := i + 1
		for j < len(week) && week[(first+j)%7] == week[(first+i)%7] {
			j++
		}
		value := week[(first+i)%7]
		if value == "" {
			value = t.T("site.closed")
		}
		lines = append(lines, ui.Fact{Term: dayNames(t, first+i, j-i), Value: value})
		i = j
	}
	return lines
}

// beginning is Monday, or the first day after it that differs where Sunday and
// Monday are both closed: a week-end is said in one line.
func beginning(week [7]string) int {
	if week[0] != "" || week[6] != "" {
		return 0
	}
	return slices.IndexFunc(week[:], func(s string) bool { return s != "" })
}

func dayHours(t *i18n.Text, openings []practitioners.Opening, location int64, weekday int, on calendar.Date) string {
	var spans [][2]calendar.TimeOfDay
	for _, o := range openings {
		if o.LocationID == location && o.Weekday == weekday && inForce(o.ValidFrom, o.ValidUntil, on) {
			spans = append(spans, [2]calendar.TimeOfDay{o.Opens, o.Closes})
		}
	}
	slices.SortFunc(spans, func(a, b [2]calendar.TimeOfDay) int { return int(a[0] - b[0]) })
	var joined [][2]calendar.TimeOfDay
	for _, s := range spans {
		if n := len(joined); n > 0 && s[0] <= joined[n-1][1] {
			joined[n-1][1] = max(joined[n-1][1], s[1])
			continue
		}
		joined = append(joined, s)
	}
	texts := make([]string, len(joined))
	for i, s := range joined {
		texts[i] = t.TimeRange(on.At(s[0], time.UTC), on.At(s[1], time.UTC))
	}
	return strings.Join(texts, ", ")
}

func inForce(from, until, on calendar.Date) bool {
	return !on.Before(from) && (until.IsZero() || !on.After(until))
}

// dayNames is "Samedi", "Dim. et lun." or "Lun. – ven.".
func dayNames(t *i18n.Text, first, n int) string {
	short := func(day int) string {
		monday := calendar.NewDate(2024, time.January, 1)
		return t.ShortDay(monday.AddDays(day).At(calendar.Midnight, time.UTC)).Weekday
	}
	last := (first + n - 1) % 7
	switch n {
	case 1:
		return capital(t.Weekday(time.Weekday((first + 1) % 7)))
	case 2:
		return capital(t.T("site.two_days", "First", short(first%7), "Last", short(last)))
	case 7:
		return t.T("site.every_day")
	}
	return capital(t.T("site.days", "First", short(first%7), "Last", short(last)))
}
