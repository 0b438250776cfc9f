package booking

import (
	"strings"

	ics "github.com/arran4/golang-ical"

	"smartagenda/tenants"
)

// Event says what a calendar file holds beside the appointment.
type Event struct {
	House   string
	Tenant  tenants.Tenant
	Sites   tenants.Sites
	Summary string // never the service: a calendar is often shared
	URL     string
}

// Calendar is the appointment as an iCalendar object (RFC 5545): published, or
// cancelled once it is. The UID stays the same for its whole life and SEQUENCE
// rises with each change, so that a calendar replaces what it has.
func Calendar(a Appointment, e Event) (object []byte, method string) {
	cal := ics.NewCalendarFor("SmartAgenda")
	m, status := ics.MethodPublish, ics.ObjectStatusConfirmed
	switch a.Status {
	case Cancelled:
		m, status = ics.MethodCancel, ics.ObjectStatusCancelled
	case Pending:
		status = ics.ObjectStatusTentative
	}
	cal.SetMethod(m)
	v := cal.AddEvent(a.Ref.String() + "@" + e.Sites.MailDomain())
	v.SetSequence(a.Sequence)
	v.SetDtStampTime(a.CreatedAt)
	if !a.CancelledAt.IsZero() {
		v.SetDtStampTime(a.CancelledAt)
	}
	v.SetStartAt(a.Start)
	v.SetEndAt(a.End)
	v.SetStatus(status)
	v.SetSummary(e.Summary)
	v.SetLocation(strings.Trim(a.Location.Name+", "+a.Location.Address, ", "))
	v.SetOrganizer("mailto:rdv@"+e.Sites.MailDomain(), ics.WithCN(e.House))
	if e.URL != "" {
		v.SetURL(e.URL)
	}
	return []byte(cal.Serialize(ics.WithNewLineWindows)), string(m)
}
