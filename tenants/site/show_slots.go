package site

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/calendar"
)

// week is how many days the page shows at once.
const week = 7

// timetable is the page on which a moment is chosen.
type timetable struct {
	visit
	from calendar.Date
	days []day
	on   int // the day shown on a phone
}

func (s Site) showSlots(c *fiber.Ctx) error {
	w, err := readWish(c)
	if err != nil {
		return err
	}
	var t timetable
	err = s.read(c, func(ctx context.Context, sc postgres.Scope, p page) (err error) {
		t, err = readTimetable(ctx, sc, p, w, c.Query("du"))
		return err
	})
	if err != nil {
		return err
	}
	t.open(c.Query("jour"))
	return web.Page(c, slotsPage(t))
}

// readTimetable reads the week from a day or, without one, the first that has
// something free.
func readTimetable(ctx context.Context, sc postgres.Scope, p page, w wish, du string) (t timetable, err error) {
	if t.visit, err = readVisit(ctx, sc, p, w.at(time.Time{})); err != nil {
		return t, err
	}
	if !t.knows(w.practitioner) {
		t.wish.practitioner = 0
	}
	asked := readDay(du)
	t.from = t.clamp(asked)
	if err := t.ask(ctx, sc, t.from, t.from.AddDays(week)); err != nil {
		return t, err
	}
	if asked.IsZero() && t.first() != t.from {
		t.from = t.first()
		if err := t.ask(ctx, sc, t.from, t.from.AddDays(week)); err != nil {
			return t, err
		}
	}
	t.days = days(t.offer, t.wish.practitioner, t.now, t.from, week)
	return t, nil
}

// first is the day of the first free moment from the week on, else that of the
// week.
func (t timetable) first() calendar.Date {
	if first := t.soonest(); !first.IsZero() {
		return calendar.DateOf(first, t.offer.Zone)
	}
	return t.from
}

// open chooses the day that a phone shows: the one asked for, else the first
// with something free.
func (t *timetable) open(jour string) {
	for i := len(t.days) - 1; i >= 0; i-- {
		if t.days[i].free() > 0 {
			t.on = i
		}
	}
	for i, d := range t.days {
		if d.date.String() == jour {
			t.on = i
		}
	}
}

// at leads to the week from a day.
func (t timetable) at(d calendar.Date) string { return t.wish.path(pathSlots, "du", d.String()) }

// previous and next are "" where there is nothing to book.
func (t timetable) previous() string {
	if !t.today().Before(t.from) {
		return ""
	}
	return t.at(t.clamp(t.from.AddDays(-week)))
}

func (t timetable) next() string {
	if t.from.AddDays(week).After(t.horizon()) {
		return ""
	}
	return t.at(t.from.AddDays(week))
}

// title is "Du 24 au 30 novembre 2026".
func (t timetable) title() string {
	first, last := midday(t.from), midday(t.from.AddDays(week-1))
	from := t.date(first)
	switch {
	case first.Year() != last.Year():
		from += " " + first.Format("2006")
	case first.Month() == last.Month():
		from = t.ShortDay(first).Day
	}
	return t.T("site.week", "From", from, "To", t.date(last)+" "+last.Format("2006"))
}

// midday is a date for writers of dates.
func midday(d calendar.Date) time.Time { return d.At(calendar.HourMinute(12, 0), time.UTC) }

// shown are the parts of the day in which somebody is there this week.
func (t timetable) shown() []int {
	var list []int
	for j := range parts {
		for _, d := range t.days {
			if d.parts[j].works {
				list = append(list, j)
				break
			}
		}
	}
	return list
}

// weeks are the days as columns. The evening has a table of its own where
// there are two other parts: a column has room for two.
func (t timetable) weeks() []ui.Week {
	shown := t.shown()
	if len(shown) < len(parts) {
		return []ui.Week{t.columns("", shown...)}
	}
	return []ui.Week{t.columns("", shown[:2]...), t.columns(t.T(parts[2].key), shown[2])}
}

// columns are the days of the week with some parts of each.
func (t timetable) columns(name string, shown ...int) ui.Week {
	var w ui.Week
	for i, d := range t.days {
		noon := midday(d.date)
		short := t.ShortDay(noon)
		column := ui.WeekDay{Day: short.Weekday, Number: short.Day, Month: short.Month, On: i == t.on,
			Name: list(", ", t.DayMonth(noon), name)}
		for _, j := range shown {
			p := ui.DayPart{Title: t.T(parts[j].key)}
			for _, s := range d.parts[j].slots {
				p.Slots = append(p.Slots, t.slot(s, false))
			}
			if len(p.Slots) == 0 {
				p.Empty = capital(t.T("site.state_" + string(d.parts[j].state)))
			}
			column.Parts = append(column.Parts, p)
		}
		w.Days = append(w.Days, column)
	}
	return w
}

// strip is the days to choose from on a phone.
func (t timetable) strip() ui.Strip {
	s := ui.Strip{Label: t.T("site.strip")}
	for i, d := range t.days {
		noon := midday(d.date)
		short := t.ShortDay(noon)
		one := ui.StripDay{Href: t.wish.path(pathSlots, "du", t.from.String(), "jour", d.date.String()), Day: short.Weekday,
			Number: short.Day, Current: i == t.on, None: d.free() == 0, Note: t.T("site.state_" + string(d.state()))}
		if n := d.free(); n > 0 {
			one.Note = t.T("site.free", "Count", n)
		}
		one.Name = list(", ", short.Weekday+" "+short.Day, one.Note)
		s.Days = append(s.Days, one)
	}
	return s
}
