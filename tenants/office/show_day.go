package office

import (
	"context"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/calendar"
)

// showHome is the day, or what the calendar's script wrote into the address:
// ?view=week&date=2026-11-23.
func (o office) showHome(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
	if none, err := empty(ctx, s); err != nil || none && v.leads() {
		return goTo(setupPath), err
	}
	if v.c.Query("view") == "week" {
		return o.showWeek(ctx, s, v)
	}
	return o.showDay(ctx, s, v)
}

// showDay is one day with a column for each practitioner.
func (o office) showDay(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
	return o.showDesk(ctx, s, v, sight{view: "day", date: v.dayAsked()})
}

// showWeek is the seven days from Monday.
func (o office) showWeek(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
	return o.showDesk(ctx, s, v, sight{view: "week", date: v.dayAsked()})
}

// dayAsked is the date of the address, today when it is none.
func (v *visit) dayAsked() calendar.Date {
	if d, ok := parseDay(v.c.Query("date")); ok {
		return d
	}
	return v.today()
}

// sight is what of the Agenda is looked at.
type sight struct {
	view  string // day or week
	date  calendar.Date
	panel *panel // open beside the calendar
}

// span is the first day shown and the day after the last.
func (g sight) span() (from, to calendar.Date) {
	if g.view == "week" {
		return g.date.Monday(), g.date.Monday().AddDays(7)
	}
	return g.date, g.date.AddDays(1)
}
