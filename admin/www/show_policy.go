package www

import (
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/policies"
)

// policy is the privacy policy in force.
type policy struct {
	page
	version int
	since   time.Time
	body    templ.Component
}

func (w WWW) showPolicy(c *fiber.Ctx) error {
	found, err := policies.Get(c.UserContext(), w.Control, 0)
	if err != nil {
		return err
	}
	zone, err := calendar.LoadZone("Europe/Paris")
	if err != nil {
		return err
	}
	body, err := ui.Prose(found.Body)
	if err != nil {
		return err
	}
	return web.Page(c, policyPage(policy{w.page(c), found.Version, found.PublishedAt.In(zone), body}))
}
