package console

import (
	"context"
	"fmt"

	"github.com/a-h/templ"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/patients"
)

// supportDay is one date of a house.
type supportDay struct {
	support
	date   calendar.Date
	visits []booking.Appointment
}

// showSupport shows what stands in the diary on one date.
func showSupport(ctx context.Context, s postgres.Scope, l support) (func(ui.ConsolePage) templ.Component, error) {
	d := supportDay{support: l, date: calendar.DateOf(s.Now(), l.zone)}
	if asked, err := calendar.ParseDate(l.c.Query("jour")); err == nil {
		d.date = asked
	}
	var err error
	d.visits, err = booking.Feed(ctx, s, d.date.At(calendar.Midnight, l.zone), d.date.AddDays(1).At(calendar.Midnight, l.zone))
	return func(p ui.ConsolePage) templ.Component { return supportDayPage(p, d) }, err
}

func (d supportDay) title() string {
	return capital(d.LongDate(d.date.At(calendar.HourMinute(12, 0), d.zone)))
}

func (d supportDay) pager() ui.Pager {
	to := func(days int, key string) ui.Link {
		return ui.Link{Href: d.path() + "?jour=" + d.date.AddDays(days).String(), Text: d.T(key)}
	}
	return ui.Pager{Label: d.T("console.pages"), Text: d.T("console.visits", "Count", len(d.visits)), Prev: to(-1, "console.day_before"), Next: to(1, "console.day_after")}
}

// table lists appointments; days says the date too.
func (l support) table(list []booking.Appointment, days bool) ui.Table {
	t := ui.Table{Label: l.T("console.support_visits"), Fold: true, Columns: []ui.Column{
		{Title: l.T("console.when")}, {Title: l.T("console.patient"), Wide: true}, {Title: l.T("console.service")}, {Title: l.T("console.with")}, {Title: l.T("console.status")},
	}}
	for _, a := range list {
		when := l.TimeRange(a.Start, a.End)
		if days {
			when = l.ShortDate(a.Start) + ", " + when
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{
			{Text: when, Href: fmt.Sprintf("%s/rendez-vous/%d", l.path(), a.Participation)},
			{Text: l.named(a.Patient)}, {Text: a.Service.Name}, {Text: a.Practitioner.ShortName}, {Body: l.stand(a.Status)},
		}})
	}
	return t
}

// named is how a person is called, unless their file is hidden.
func (l support) named(p patients.Patient) string {
	if hidden(p) {
		return l.T("console.hidden")
	}
	return p.Name()
}

// hidden tells that a file shows nothing of the person any more.
func hidden(p patients.Patient) bool { return !p.ErasedAt.IsZero() || !p.RestrictedAt.IsZero() }

var marks = map[booking.Status]ui.Badge{
	booking.Pending: {Tone: ui.Warn, Icon: "hourglass"}, booking.Booked: {Icon: "calendar-check"}, booking.Arrived: {Tone: ui.Info, Icon: "armchair"},
	booking.Honoured: {Tone: ui.OK, Icon: "check"}, booking.Absent: {Tone: ui.Bad, Icon: "user-x"}, booking.Excused: {Icon: "user-x"}, booking.Cancelled: {Icon: "ban"},
}

func (l support) stand(s booking.Status) ui.Badge {
	b := marks[s]
	b.Text = l.T("console.visit_" + string(s))
	return b
}
