package office

import (
	"cmp"
	"context"

	"github.com/google/uuid"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
)

// sheet is the form of a new appointment.
type sheet struct {
	*visit
	form     ui.Form
	key      string
	date     string // to begin with
	time     string
	who      int64 // practitioner to begin with
	services []catalog.Service
	hours    hours
	found    found
	free     []ui.Slot // other times, where the one asked for is taken
}

// startAppointment shows the form, at the moment that was clicked if there is one.
func (o office) startAppointment(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
	if err := v.mayChange(); err != nil {
		return nil, err
	}
	f, err := v.sheet(ctx, s)
	if err != nil {
		return nil, err
	}
	f.date = v.today().String()
	if date, clock, ok := moment(v.c.Query("start")); ok {
		f.date, f.time = date.String(), v.Time(date.At(clock, v.zone()))
	}
	f.who = cmp.Or(int64(v.c.QueryInt("practitioner")), v.member.PractitionerID)
	return page(newPage(at(v.shell(v.T("office.new_title")), newPath), f)), nil
}

func (v *visit) sheet(ctx context.Context, s postgres.Scope) (f sheet, err error) {
	f = sheet{visit: v, key: uuid.NewString()}
	if f.hours, err = readHours(ctx, s, v.zone()); err != nil {
		return f, err
	}
	f.services, err = catalog.Services(ctx, s, false)
	return f, err
}

// moment reads what the calendar's script wrote: "2026-11-23T10:20".
func moment(s string) (d calendar.Date, clock calendar.TimeOfDay, ok bool) {
	if len(s) != len("2006-01-02T15:04") || s[10] != 'T' {
		return d, 0, false
	}
	d, ok = parseDay(s[:10])
	clock, err := calendar.ParseTimeOfDay(s[11:])
	return d, clock, ok && err == nil && clock < calendar.EndOfDay
}
