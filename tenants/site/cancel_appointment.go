package site

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/booking"
)

// askCancel asks before the loss; mail scanners that follow links lose nothing.
func (s Site) askCancel(c *fiber.Ctx) error {
	v, err := s.readAppointment(c)
	if err != nil {
		return err
	}
	if !v.a.Cancellable(v.now) {
		return c.Redirect(v.path(""), fiber.StatusSeeOther)
	}
	// With no-referrer a browser sends "Origin: null" with the form, and one
	// without Sec-Fetch-Site could not be told from another site.
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	return web.Page(c, cancelPage(v))
}

// cancelAppointment cancels, and shows what became of it. Doing it again shows
// the same.
func (s Site) cancelAppointment(c *fiber.Ctx) error {
	err := s.Control.Scope(c.UserContext(), tenants.From(c.UserContext()).ID, func(ctx context.Context, sc postgres.Scope) error {
		a, err := booking.ByToken(ctx, sc, c.Params("token"))
		if err != nil {
			return err
		}
		_, err = booking.Cancel(ctx, sc, booking.Cancellation{Actor: booking.Visitor, Participation: a.Participation})
		return err
	})
	if err != nil && !fault.HasKey(err, "booking.already_cancelled") {
		return s.keep(c, err)
	}
	return c.Redirect("/m/"+c.Params("token"), fiber.StatusSeeOther)
}

// keep shows an appointment that could not be cancelled, and why.
func (s Site) keep(c *fiber.Ctx, refusal error) error {
	e := web.Fault(refusal)
	if e.Kind != fault.Conflict {
		return refusal
	}
	v, err := s.readAppointment(c)
	if err != nil {
		return err
	}
	v.sentence = web.Text(c).Fill(e.Key, e.Args)
	c.Status(fiber.StatusConflict)
	return web.Page(c, appointmentPage(v))
}
