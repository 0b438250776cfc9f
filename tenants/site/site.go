// Package site is the SiteRDV: the pages on which a patient finds a moment,
// books it, sees it again and cancels it. It must not hold SQL or decide what
// is free: it asks booking.
package site

import (
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
)

// Site serves the booking site of whichever tenant the host named.
type Site struct {
	Control *postgres.Control
	Sites   tenants.Sites
	Limits  web.Limits
}

// App is the audience "site".
func (s Site) App(cfg web.Config) *fiber.App {
	app := web.Audience(cfg, "site", web.ErrorPage(drawError))
	app.Use(web.Headers(cfg), web.SameOrigin, s.Limits.Limit(space))

	app.Get("/theme.css", s.showTheme)
	app.Get("/robots.txt", showRobots)
	app.Get("/confidentialite", s.showPolicy)
	app.Get("/mentions-legales", s.showLegal)
	app.Get("/accessibilite", s.showAccessibility)

	app.Get("/", bookable, s.showHome)
	app.Get("/rdv/:service", bookable, s.showSlots)
	app.Get("/rdv/:service/coordonnees", bookable, s.showDetails)
	app.Post("/rdv/:service/coordonnees", bookable, s.bookAppointment)
	app.Post("/rdv/:service/autre-creneau", bookable, s.chooseSlot)

	app.Use("/m/:token", private)
	app.Get("/m/:token", s.showAppointment)
	app.Get("/m/:token/rendez-vous.ics", s.downloadEvent)
	app.Get("/m/:token/annuler", s.askCancel)
	app.Post("/m/:token/annuler", s.cancelAppointment)
	return app
}

// space keeps the counts of one tenant's visitors apart from another's.
func space(c *fiber.Ctx) string { return tenants.From(c.UserContext()).ID.String() }

// private keeps the address of a manage link, which is a key, to itself.
func private(c *fiber.Ctx) error {
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	c.Set("X-Robots-Tag", "noindex")
	return c.Next()
}
