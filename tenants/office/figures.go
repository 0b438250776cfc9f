package office

import (
	"context"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/messages"
)

// figures are what somebody at the desk wants to know without looking for it.
type figures struct {
	total, over int   // appointments today, and those that have ended
	pending     int   // requests to answer
	nearest     int64 // participation of the first of them
	failed      int   // messages of the last days that did not arrive
}

// failedDays is how far back failed messages count.
const failedDays = 7

func (v *visit) count(ctx context.Context, s postgres.Scope) (f figures, err error) {
	today := v.today()
	all, err := booking.Feed(ctx, s, today.At(calendar.Midnight, v.zone()), today.AddDays(1).At(calendar.Midnight, v.zone()))
	if err != nil {
		return f, err
	}
	f.total = len(all)
	for _, a := range all {
		if a.Over(s.Now()) {
			f.over++
		}
	}
	if f.pending, f.nearest, err = booking.Requests(ctx, s); err != nil {
		return f, err
	}
	f.failed, err = messages.CountFailed(ctx, s, s.Now().AddDate(0, 0, -failedDays))
	return f, err
}
