// Package site is the SiteRDV: the pages on which a patient finds a moment,
// books it, sees it again and cancels it. It must not hold SQL or decide what
// is free: it asks booking.
package site

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
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
	app := web.Audience(cfg, "site", web.ErrorPage(func(_ *fiber.Ctx, status int, sentence string) templ.Component {
		return ui.BarePage{Title: sentence}
	}))
	web.Static(app)
	return app
}
