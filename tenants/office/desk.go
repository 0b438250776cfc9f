package office

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
)

// desk is the page of the calendar.
type desk struct {
	*visit
	sight
	hours  hours
	idle   []int // days of the week left out
	today  figures
	listed []day
}

// day is what is booked on one date, for those without scripts.
type day struct {
	date   calendar.Date
	visits []booking.Appointment
}

func (o office) showDesk(ctx context.Context, s postgres.Scope, v *visit, g sight) (answer, error) {
	d := desk{visit: v, sight: g}
	var err error
	if d.hours, err = readHours(ctx, s, v.zone()); err != nil {
		return nil, err
	}
	busy, err := booking.Weekdays(ctx, s, v.now.AddDate(0, -1, 0))
	if err != nil {
		return nil, err
	}
	d.idle = d.hours.idle(append(busy, g.date.Weekday())...)
	if d.listed, err = d.list(ctx, s); err != nil {
		return nil, err
	}
	if d.today, err = v.count(ctx, s); err != nil {
		return nil, err
	}
	title := d.title()
	p := at(v.shell(title), d.path())
	p.Nav[0].Current, p.Desk, p.Calendar = true, true, true
	word := v.heard(saidBooked, saidCancelled)
	if word != "" && g.panel != nil {
		p.Toasts = []ui.Toast{{Text: v.T("office.said_"+word, "Name", g.panel.name), Close: v.T("office.close")}}
	}
	return page(deskPage(p, d)), nil
}

// list reads what the calendar's script would fetch.
func (d desk) list(ctx context.Context, s postgres.Scope) ([]day, error) {
	from, to := d.span()
	all, err := booking.Feed(ctx, s, from.At(calendar.Midnight, d.zone()), to.At(calendar.Midnight, d.zone()))
	if err != nil {
		return nil, err
	}
	var days []day
	for _, a := range all {
		date := calendar.DateOf(a.Start, a.Start.Location())
		if n := len(days); n == 0 || days[n-1].date != date {
			days = append(days, day{date: date})
		}
		last := &days[len(days)-1]
		last.visits = append(last.visits, a)
	}
	return days, nil
}

func (d desk) title() string {
	if d.view == "week" {
		first, end := d.span()
		return weekTitle(d.Text, first, end.AddDays(-1))
	}
	return capital(d.DayMonth(noon(d.date)))
}

// step is the same view some days or weeks away.
func (d desk) step(n int) string {
	if d.view == "week" {
		return dated(weekPath, d.date.AddDays(7*n))
	}
	return dated(dayPath, d.date.AddDays(n))
}

func (d desk) path() string {
	if d.view == "week" {
		return weekPath
	}
	return dayPath
}

func dated(path string, d calendar.Date) string {
	return path + "?" + url.Values{"date": {d.String()}}.Encode()
}

func (d desk) calendar() ui.Calendar {
	from, to := d.hours.shown()
	c := ui.Calendar{
		Title: d.title(), Href: home, Feed: feedPath, View: d.view, Date: d.date.String(), Zone: d.house.Zone,
		From: from.String(), To: to.String(), Hidden: d.idle, Resources: d.columns(), Tall: d.hours.brief,
		Today: d.path(), Prev: d.step(-1), Next: d.step(1),
		Views: []ui.View{
			{Name: "day", Href: dated(dayPath, d.date), Text: d.T("office.day")},
			{Name: "week", Href: dated(weekPath, d.date), Text: d.T("office.week")},
		},
		Texts: ui.CalendarTexts{
			Toolbar: d.T("office.toolbar"), Today: d.T("office.today"), Prev: d.T("office.prev"), Next: d.T("office.next"), Views: d.T("office.view"),
			Events: d.T("office.visits"), AllDay: d.T("office.all_day"), None: d.T("office.none"), More: d.T("office.more"),
			Close: d.T("office.close"), Failed: d.T("office.unreadable"),
		},
	}
	if d.mayChange() == nil {
		c.New = newPath
	}
	if d.panel != nil {
		c.Open = number(d.panel.id)
	}
	return c
}

// own is the agenda that a week shows first: the member's, else the first. The
// appointments of several would lie side by side in one column.
func (d desk) own() int64 {
	for _, p := range d.hours.people {
		if p.ID == d.member.PractitionerID {
			return p.ID
		}
	}
	if len(d.hours.people) > 0 {
		return d.hours.people[0].ID
	}
	return 0
}

func (d desk) columns() []ui.Resource {
	var all []ui.Resource
	for _, p := range d.hours.people {
		all = append(all, ui.Resource{ID: number(p.ID), Title: p.Name, Off: d.view == "week" && p.ID != d.own()})
	}
	return all
}

// month is the small one in which to find a day.
func (d desk) month() ui.Month {
	year, month, _ := d.date.Parts()
	m := ui.Month{
		Title: capital(d.MonthYear(noon(d.date))), Year: year, Month: month, Current: d.date.String(),
		Prev: ui.Link{Href: dated(d.path(), d.date.AddMonths(-1)), Text: d.T("office.month_prev")},
		Next: ui.Link{Href: dated(d.path(), d.date.AddMonths(1)), Text: d.T("office.month_next")},
		Href: func(t time.Time) string { return dated(d.path(), calendar.DateOf(t, time.UTC)) },
		Name: func(t time.Time) string { return strings.Replace(d.LongDate(t), " 1er ", " 1 ", 1) }, // it must hold what is written
	}
	for i := range m.Weekdays {
		long := d.Weekday(time.Weekday((i + 1) % 7))
		m.Weekdays[i] = ui.Weekday{Short: string([]rune(long)[:1]), Long: long}
	}
	return m
}

// table is a day's appointments, for those without scripts.
func (d desk) table(one day) ui.Table {
	t := ui.Table{Label: capital(d.LongDate(noon(one.date))), Fold: true, Columns: []ui.Column{
		{Title: d.T("office.hour")}, {Title: d.word("office.who")}, {Title: d.T("office.service")}, {Title: d.T("office.with")}, {Title: d.T("office.state")},
	}}
	for _, a := range one.visits {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{
			{Text: d.TimeRange(a.Start, a.End)}, {Text: d.named(a.Patient), Href: visitURL(a.Participation)},
			{Text: a.Service.Name}, {Text: a.Practitioner.Name}, {Body: templ.Component(d.badge(a.Status))},
		}})
	}
	return t
}
