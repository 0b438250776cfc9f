package office

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/practitioners"
)

// listEvents gives what stands on some days: appointments, and behind them the
// hours at which nobody is there. On one day these are each practitioner's
// own, for there are columns; on more, those of the house.
func (o office) listEvents(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
	from, to, err := daysAsked(v.c.Query("start"), v.c.Query("end"))
	if err != nil {
		return nil, err
	}
	h, err := readHours(ctx, s, v.zone())
	if err != nil {
		return nil, err
	}
	span := h.around(from, to)
	booked, err := booking.Feed(ctx, s, span.Start, span.End)
	if err != nil {
		return nil, err
	}
	away, err := practitioners.Absences(ctx, s, span.Start, span.End)
	if err != nil {
		return nil, err
	}
	f := feed{visit: v, hours: h, events: make([]event, 0, len(booked)), mixed: len(h.people) > 1 && from.AddDays(1).Before(to)}
	for _, a := range booked {
		f.appointment(a)
	}
	for d := from; d.Before(to); d = d.AddDays(1) {
		f.closed(d)
	}
	for _, a := range away {
		f.away(a)
	}
	return func(c *fiber.Ctx) error { return c.JSON(f.events) }, nil
}

// firstYear and lastYear bound the days that a page shows.
const (
	firstYear = 2000
	lastYear  = 2100
)

// parseDay reads a date of the Agenda.
func parseDay(s string) (d calendar.Date, ok bool) {
	d, err := calendar.ParseDate(s)
	year, _, _ := d.Parts()
	return d, err == nil && year >= firstYear && year <= lastYear
}

func daysAsked(start, end string) (from, to calendar.Date, err error) {
	var bad []fault.Field
	from, ok := parseDay(start)
	if !ok {
		bad = append(bad, fault.On("start", "office.date_form"))
	}
	if to, ok = parseDay(end); !ok {
		bad = append(bad, fault.On("end", "office.date_form"))
	}
	switch {
	case len(bad) > 0:
	case !from.Before(to):
		bad = append(bad, fault.On("end", "booking.range_order"))
	case to.After(from.AddDays(booking.MostDays)):
		bad = append(bad, fault.On("end", "booking.range_long", "Days", booking.MostDays))
	}
	return from, to, fault.Wrong(bad...)
}

// around is the days from one to just before another on the clocks of every
// place of the house.
func (h hours) around(from, to calendar.Date) calendar.Span {
	if len(h.zones) > 0 {
		from, to = from.AddDays(-1), to.AddDays(1)
	}
	return calendar.Span{Start: from.At(calendar.Midnight, h.zone), End: to.At(calendar.Midnight, h.zone)}
}
