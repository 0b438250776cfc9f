package site

import (
	"context"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/patients"
)

// bookAppointment books what the form says and goes to the appointment.
func (s Site) bookAppointment(c *fiber.Ctx) error {
	w, err := readWish(c)
	if err != nil {
		return err
	}
	form, t := web.Typed(c), tenants.From(c.UserContext())
	if w.start.IsZero() {
		return s.offer(c, w, form, web.Text(c).T("site.slot_gone"))
	}
	if form.Value("policy", "") != strconv.Itoa(t.Policy) {
		// It changed while the form was filled in: the person must have seen
		// the one that their data is taken under.
		form.Message = web.Text(c).T("site.policy_changed")
		c.Status(fiber.StatusUnprocessableEntity)
		return s.fill(c, w, form)
	}
	r := request(w, form)
	r.Person.Lang, r.Policy = web.Text(c).Lang(), t.Policy
	var a booking.Appointment
	err = s.Control.Scope(c.UserContext(), t.ID, func(ctx context.Context, sc postgres.Scope) (err error) {
		a, err = booking.Reserve(ctx, sc, r)
		return err
	})
	if err != nil {
		return s.refuse(c, w, form, err)
	}
	return c.Redirect("/m/"+a.Token+"?nouveau=1", fiber.StatusSeeOther)
}

func request(w wish, form ui.Form) booking.Request {
	r := booking.Request{
		Actor: booking.Visitor, Source: booking.FromSite,
		Service: w.service, Practitioner: w.practitioner, Start: w.start,
		Person: patients.Draft{
			FirstName: form.Value("first_name", ""), LastName: form.Value("last_name", ""),
			Email: form.Value("email", ""), Phone: form.Value("phone", ""),
		},
		Reason: form.Value("reason", ""),
	}
	if key := form.Value("idempotency_key", ""); isKey(key) {
		r.Key, r.Body = key, body(w, form)
	}
	return r
}

// refuse says what was wrong: the moment, the service, or an answer.
func (s Site) refuse(c *fiber.Ctx, w wish, form ui.Form, err error) error {
	text, e := web.Text(c), web.Fault(err)
	switch {
	case fault.HasKey(e, "booking.slot_taken"):
		return s.offer(c, w, form, text.T("site.slot_taken"))
	case wrong(e, "service"):
		return fault.New(fault.NotFound, "booking.service_unknown")
	case wrong(e, "start", "practitioner"):
		return s.offer(c, w, form, text.Fill(e.Fields[0].Key, e.Fields[0].Args))
	case wrong(e, "idempotency_key"):
		delete(form.Values, "idempotency_key")
		form.Message = text.T("site.booked_before")
		c.Status(fiber.StatusUnprocessableEntity)
		return s.fill(c, w, form)
	}
	form, err = web.Mark(c, form, e)
	if err != nil {
		return err
	}
	return s.fill(c, w, form)
}

// wrong tells whether it is one of these fields that cannot be taken.
func wrong(e *fault.Error, fields ...string) bool {
	return len(e.Fields) > 0 && slices.Contains(fields, e.Fields[0].Name)
}
