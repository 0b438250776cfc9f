// Package office is the Agenda: the pages on which members see the day, create and
// cancel appointments, and sign in. It must not hold SQL or decide what
// is free: it asks booking.
package office

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
)

// Office serves the Agenda of whichever tenant the host named.
type Office struct {
	Control *postgres.Control
	Sites   tenants.Sites
	Limits  web.Limits
}

// App is the audience "office".
func (o Office) App(cfg web.Config) *fiber.App {
	app := web.Audience(cfg, "office", web.ErrorPage(func(_ *fiber.Ctx, status int, sentence string) templ.Component {
		return ui.BarePage{Title: sentence}
	}))
	web.Static(app)
	return app
}
