// Package www is the Site: SmartAgenda's own pages for whoever is not on a
// tenant's address, and the answer to addresses that lead nowhere. It must not
// read any tenant's data.
package www

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/catcher"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
)

// WWW serves the Site.
type WWW struct {
	Control  *postgres.Control
	Registry *tenants.Registry
	Sites    tenants.Sites
	Limits   web.Limits
	Box      *catcher.Box // the demo's caught messages; nil outside the demo
}

// App is the audience "www".
func (w WWW) App(cfg web.Config) *fiber.App {
	app := web.Audience(cfg, "www", web.ErrorPage(func(_ *fiber.Ctx, status int, sentence string) templ.Component {
		return ui.BarePage{Title: sentence}
	}))
	web.Static(app)
	return app
}

// Orphan answers where no audience is known: an unknown host, or a request too
// large to be read.
func (w WWW) Orphan(cfg web.Config) fiber.ErrorHandler {
	return web.ErrorPage(func(_ *fiber.Ctx, status int, sentence string) templ.Component {
		return ui.BarePage{Title: sentence}
	})
}
