package site

import (
	"github.com/gofiber/fiber/v2"

	"smartagenda/tenants/booking"
)

// downloadEvent gives the appointment to the person's own calendar.
func (s Site) downloadEvent(c *fiber.Ctx) error {
	v, err := s.readAppointment(c)
	if err != nil {
		return err
	}
	event, method := booking.Calendar(v.a, booking.Event{House: v.house.Name, Tenant: v.tenant, Sites: s.Sites,
		Summary: v.T("booking.event", "House", v.house.Name), URL: s.Sites.URL(v.tenant.Slug, v.path(""))})
	c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8; method="+method)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="rendez-vous.ics"`)
	return c.Send(event)
}
