package office

import (
	"context"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants/booking"
)

// question is what is asked before a cancellation.
type question struct {
	*visit
	booking.Appointment
	name string
	ways string // message key of how the person would be told
	tell bool   // they can be
}

// askCancel asks before the loss: in a dialog, or on a page of its own.
func (o office) askCancel(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
	if err := v.mayChange(); err != nil {
		return nil, err
	}
	q := question{visit: v}
	var err error
	if q.Appointment, err = v.find(ctx, s); err != nil {
		return nil, err
	}
	q.name = v.named(q.Patient)
	q.ways, q.tell = waysTo(q.Appointment, s.Now())
	wrong := ""
	switch {
	case q.Status == booking.Cancelled:
		wrong = "booking.already_cancelled"
	case !cancellable(q.Status):
		wrong = "booking.not_cancellable"
	}
	switch title := v.T("office.cancel_title"); {
	case wantsPart(v.c) && wrong != "":
		return page(sentenceDialog(v, title, v.T(wrong))), nil
	case wrong != "":
		return nil, fault.New(fault.Conflict, wrong)
	case wantsPart(v.c):
		return page(cancelDialog(q, title)), nil
	default:
		return page(cancelPage(at(v.shell(title), home), q, title)), nil
	}
}

// waysTo names how the person can be told, or why not.
func waysTo(a booking.Appointment, now time.Time) (key string, ok bool) {
	mail, mobile := a.Patient.Email != "", a.Patient.Mobile != ""
	switch {
	case a.Over(now):
		return "office.tell_over", false
	case mail && mobile:
		return "office.tell_both", true
	case mail:
		return "office.tell_mail", true
	case mobile:
		return "office.tell_sms", true
	}
	return "office.tell_nobody", false
}

// stays is the way back that changes nothing.
func (q question) stays(dialog bool) ui.Button {
	b := ui.Button{Kind: ui.Line, Href: visitURL(q.Participation), Label: q.T("office.cancel_keep")}
	if dialog {
		b.Attrs = ui.Closes()
	}
	return b
}
