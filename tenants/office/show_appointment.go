package office

import (
	"context"

	"smartagenda/configs/platform/audit"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
)

// panel is one appointment as it stands beside the calendar.
type panel struct {
	*visit
	booking.Appointment
	id           int64
	name         string
	reason, note string
	cancel       bool // who looks may cancel it
}

// showAppointment opens one appointment beside its day; a script gets the
// panel alone.
func (o office) showAppointment(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
	p, err := v.open(ctx, s)
	if err != nil {
		return nil, err
	}
	if wantsPart(v.c) {
		return page(panelOf(p)), nil
	}
	return o.showDesk(ctx, s, v, sight{view: "day", date: calendar.DateOf(p.Start, p.Start.Location()), panel: &p})
}

// find reads the appointment that the address names.
func (v *visit) find(ctx context.Context, s postgres.Scope) (booking.Appointment, error) {
	id, err := v.c.ParamsInt("id")
	if err != nil {
		return booking.Appointment{}, err
	}
	return booking.Show(ctx, s, int64(id))
}

// open reads what the patient and the house wrote, and writes down who did.
func (v *visit) open(ctx context.Context, s postgres.Scope) (p panel, err error) {
	p.visit = v
	if p.Appointment, err = v.find(ctx, s); err != nil {
		return p, err
	}
	p.id, p.name, p.cancel = p.Participation, v.named(p.Patient), v.mayChange() == nil && cancellable(p.Status)
	if hidden(p.Patient) || p.Reason.IsZero() && p.Note.IsZero() {
		return p, nil
	}
	if p.reason, err = p.OpenReason(ctx, s); err != nil {
		return p, err
	}
	if p.note, err = p.OpenNote(ctx, s); err != nil {
		return p, err
	}
	return p, audit.Write(ctx, s, audit.Entry{Actor: audit.ByMember, ActorID: v.member.ID, Act: "appointment.view", Subject: p.id})
}

func cancellable(s booking.Status) bool { return s == booking.Pending || s == booking.Booked }
