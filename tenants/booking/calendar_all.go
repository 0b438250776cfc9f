package booking

import (
	"context"
	"io"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
)

// WriteCalendar writes every appointment of a house as one iCalendar object,
// for another calendar to take over: who comes, and where.
func WriteCalendar(ctx context.Context, s postgres.Scope, t tenants.Tenant, w io.Writer) error {
	all, err := Feed(ctx, s, time.Unix(0, 0), s.Now().AddDate(10, 0, 0))
	if err != nil {
		return err
	}
	cal := ics.NewCalendarFor("SmartAgenda")
	cal.SetMethod(ics.MethodPublish)
	cal.SetName(t.Name)
	for _, a := range all {
		v := cal.AddEvent(a.Ref.String() + "@" + string(t.Slug))
		v.SetSequence(a.Sequence)
		v.SetDtStampTime(a.CreatedAt)
		v.SetStartAt(a.Start)
		v.SetEndAt(a.End)
		v.SetSummary(strings.TrimSpace(a.Patient.Name() + " – " + a.Service.Name))
		v.SetLocation(strings.Trim(a.Location.Name+", "+a.Location.Address, ", "))
		v.SetDescription(a.Practitioner.Name)
	}
	return cal.SerializeTo(w, ics.WithNewLineWindows)
}
