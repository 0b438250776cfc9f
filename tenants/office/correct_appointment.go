package office

import (
	"context"
	"errors"
	"slices"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/patients"
)

// correctAppointment shows the form again as it was typed, with what is wrong.
func (o office) correctAppointment(cause error) act {
	return func(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
		f, err := v.sheet(ctx, s)
		if err != nil {
			return nil, err
		}
		f.form = web.Typed(v.c)
		fresh := f.key
		if key(f.form) != "" {
			f.key = f.form.Value("key", "") // nothing was kept under it
		}
		if f.found, err = f.search(ctx, s); err != nil {
			return nil, err
		}
		e := fault.As(cause)
		switch {
		case errors.Is(cause, searchOnly):
			return page(newPage(at(v.shell(v.T("office.new_title")), newPath), f)), nil
		case fault.HasKey(cause, "booking.slot_taken"):
			cause = fault.New(fault.Conflict, "office.taken")
			if f.free, err = f.others(ctx, s); err != nil {
				return nil, err
			}
		case slices.ContainsFunc(e.Fields, func(f fault.Field) bool { return f.Key == "booking.key_reused" }):
			cause, f.key = fault.New(fault.Conflict, "office.sent_already"), fresh
		default:
			if moved := fault.Wrong(places(e.Fields)...); moved != nil {
				cause = moved
			}
		}
		if f.form, err = web.Mark(v.c, f.form, cause); err != nil {
			return nil, err
		}
		return page(newPage(at(v.shell(v.T("office.new_title")), newPath), f)), nil
	}
}

// search repeats the search of a form that comes back, and keeps who was
// chosen among its answers.
func (f sheet) search(ctx context.Context, s postgres.Scope) (found, error) {
	list, err := search(ctx, s, f.form.Value("q", ""))
	chosen := id(f.form, "patient")
	if err != nil || chosen == 0 || slices.ContainsFunc(list.people, func(p patients.Patient) bool { return p.ID == chosen }) {
		return list, err
	}
	p, err := patients.Get(ctx, s, chosen)
	if fault.Is(err, fault.NotFound) || err == nil && hidden(p) {
		return list, nil
	}
	list.people = append([]patients.Patient{p}, list.people...)
	return list, err
}

// mostTimes is how many other times are proposed.
const mostTimes = 12

// others are times of the same day at which the service is free.
func (f sheet) others(ctx context.Context, s postgres.Scope) ([]ui.Slot, error) {
	day, ok := parseDay(f.form.Date("date"))
	if !ok {
		return nil, nil
	}
	offer, err := booking.Slots(ctx, s, booking.Query{
		Actor: booking.Member(f.member.ID), Service: id(f.form, "service"), Practitioner: id(f.form, "practitioner"), From: day, To: day.AddDays(1),
	})
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	var free []ui.Slot
	for _, slot := range offer.Slots[:min(len(offer.Slots), mostTimes)] {
		clock := f.Time(slot.Start)
		free = append(free, ui.Slot{Label: clock, Field: "at", Value: clock, Name: f.T("office.book_at", "Time", clock)})
	}
	return free, err
}
