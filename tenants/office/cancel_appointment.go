package office

import (
	"context"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/booking"
)

// cancelAppointment cancels, and tells the person when the box is ticked.
func (o office) cancelAppointment(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
	id, err := v.c.ParamsInt("id")
	if err != nil {
		return nil, err
	}
	a, err := booking.Cancel(ctx, s, booking.Cancellation{
		Actor: booking.Member(v.member.ID), Participation: int64(id), Quiet: v.c.FormValue("tell") == "",
	})
	if err != nil {
		return nil, err
	}
	return o.say(saidCancelled, visitURL(a.Participation)), nil
}
