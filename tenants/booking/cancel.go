package booking

import (
	"context"

	"smartagenda/configs/platform/audit"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/messages"
)

// Cancellation asks to cancel one person's appointment.
type Cancellation struct {
	Actor         Actor
	Participation int64
	Quiet         bool // tell nobody
}

// Cancel frees the time, takes back what was to be sent and tells the person.
// It returns a Conflict fault when the appointment is not one that can be
// cancelled any more, or when its deadline has passed for a visitor.
func Cancel(ctx context.Context, s postgres.Scope, c Cancellation) (Appointment, error) {
	a, err := Show(ctx, s, c.Participation)
	if err != nil {
		return Appointment{}, err
	}
	switch {
	case a.Status == Cancelled:
		return a, fault.New(fault.Conflict, "booking.already_cancelled")
	case a.Status != Pending && a.Status != Booked:
		return a, fault.New(fault.Conflict, "booking.not_cancellable")
	case !c.Actor.free() && !a.Cancellable(s.Now()):
		return a, tooLate(ctx, s)
	}
	by := "patient"
	if c.Actor.free() {
		by = "member"
	}
	ok, err := cancel(ctx, s, a, by)
	if err != nil {
		return a, err
	}
	if !ok { // somebody changed it between the two statements
		return a, postgres.ErrRetry
	}
	if err := messages.Withdraw(ctx, s, a.Participation); err != nil {
		return a, err
	}
	a.Status, a.CancelledBy, a.CancelledAt, a.Sequence = Cancelled, by, s.Now(), a.Sequence+1
	if err := c.tell(ctx, s, a); err != nil {
		return a, err
	}
	return a, audit.Write(ctx, s, audit.Entry{Actor: c.Actor.Kind, ActorID: c.Actor.ID, Act: "appointment.cancel", Subject: a.Participation})
}

// tell plans the messages, except for an appointment that is over.
func (c Cancellation) tell(ctx context.Context, s postgres.Scope, a Appointment) error {
	if c.Quiet || a.Over(s.Now()) {
		return nil
	}
	contact := messages.Contact{Mail: a.Patient.Email != "", Mobile: a.Patient.Mobile != ""}
	for _, m := range messages.ForCancellation(contact, s.Now()) {
		if err := messages.Put(ctx, s, m, messages.About{Participation: a.Participation, Sequence: a.Sequence}); err != nil {
			return err
		}
	}
	return nil
}

func tooLate(ctx context.Context, s postgres.Scope) error {
	p, err := catalog.GetProfile(ctx, s)
	if err != nil {
		return err
	}
	if p.Phone == "" {
		return fault.New(fault.Conflict, "booking.cancel_too_late")
	}
	return fault.New(fault.Conflict, "booking.cancel_too_late_call", "Phone", phone.Format(p.Phone))
}
