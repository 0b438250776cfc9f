package office

import (
	"context"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/patients"
)

// searchOnly stops a booking when only the search of the form was asked for.
var searchOnly = fault.New(fault.Invalid, "office.search_only")

// bookAppointment takes the moment, for a person with a file or a new one.
func (o office) bookAppointment(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
	form := web.Typed(v.c)
	if form.Has("do", "search", false) {
		return nil, searchOnly
	}
	h, err := readHours(ctx, s, v.zone())
	if err != nil {
		return nil, err
	}
	r, bad := v.request(form, h)
	if len(bad) > 0 {
		return nil, fault.Wrong(append(bad, v.others(r)...)...)
	}
	a, err := booking.Reserve(ctx, s, r)
	if fault.HasKey(err, "patients.unknown") { // since the search
		return nil, fault.Wrong(fault.On("patient", "patients.unknown"))
	}
	if err != nil {
		return nil, err
	}
	return o.say(saidBooked, visitURL(a.Participation)), nil
}

// others are the errors of the rest of the form, so that all are told at once.
func (v *visit) others(r booking.Request) []fault.Field {
	if r.Patient != 0 {
		r.Person = patients.Draft{FirstName: "-", LastName: "-"} // not read then
	}
	return r.Check()
}
