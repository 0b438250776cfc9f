package console

import (
	"context"

	"github.com/a-h/templ"

	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/secure"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/messages"
)

// supportVisit is one appointment of the house.
type supportVisit struct {
	support
	booking.Appointment
}

// showVisit shows an appointment and what became of its messages.
func showVisit(ctx context.Context, s postgres.Scope, l support) (func(ui.ConsolePage) templ.Component, error) {
	a, err := booking.Show(ctx, s, l.number("visit"))
	return func(p ui.ConsolePage) templ.Component { return supportVisitPage(p, supportVisit{l, a}) }, err
}

func (d supportVisit) facts() []ui.Fact {
	a := d.Appointment
	facts := []ui.Fact{
		{Term: d.T("console.status"), Body: d.stand(a.Status)}, {Term: d.T("console.when"), Value: d.LongDate(a.Start) + ", " + d.TimeRange(a.Start, a.End)},
		{Term: d.T("console.service"), Value: a.Service.Name}, {Term: d.T("console.with"), Value: a.Practitioner.Name}, {Term: d.T("console.where"), Value: a.Location.Name},
		{Term: d.T("console.visit_booked_at"), Value: d.T("console.source_"+string(a.Source), "When", d.moment(a.CreatedAt))},
		{Term: d.T("console.visit_reason"), Value: d.sealed(a.Reason)}, {Term: d.T("console.visit_note"), Value: d.sealed(a.Note)},
	}
	if a.Status == booking.Cancelled {
		facts = append(facts, ui.Fact{Term: d.T("console.visit_cancelled_at"), Value: d.T("console.cancelled_by_"+a.CancelledBy, "When", d.moment(a.CancelledAt))})
	}
	return facts
}

// sealed says that there is a text, which only the house can open.
func (d supportVisit) sealed(text secure.Sealed) string {
	if text.IsZero() {
		return "–"
	}
	return d.T("console.sealed")
}

func (d supportVisit) person() []ui.Fact {
	p := d.Patient
	if hidden(p) {
		return nil
	}
	return []ui.Fact{{Term: d.T("console.phone"), Value: orDash(phone.Format(p.AnyPhone())), Num: true}, {Term: d.T("console.email"), Value: orDash(p.Email)}}
}

// rail is what was, is or will be sent about the appointment; the code of an
// error is for who looks into it.
func (d supportVisit) rail() ui.Rail {
	var r ui.Rail
	for _, m := range d.Messages {
		item := ui.RailItem{Mark: ui.Done, Title: d.T("console.by_"+string(m.Channel), "What", d.T("console.kind_"+string(m.Kind))),
			Text: d.T("console.message_" + string(m.State)), Note: d.moment(m.At)}
		if m.Error != "" {
			item.Text += " (" + m.Error + ")"
		}
		switch m.State {
		case messages.Waiting, messages.Sending, messages.Skipped:
			item.Mark = ui.Ahead
		case messages.Failed, messages.Unknown:
			item.Mark = ui.Wrong
		}
		r.Items = append(r.Items, item)
	}
	return r
}
