// Package www is the Site: SmartAgenda's own pages for whoever is not on a
// tenant's address, and the answer to addresses that lead nowhere. It must not
// read any tenant's data.
package www

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/catcher"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/provisioning"
)

// WWW serves the Site.
type WWW struct {
	Control  *postgres.Control
	Registry *tenants.Registry
	Sites    tenants.Sites
	Limits   web.Limits
	Desk     provisioning.Desk
	Box      *catcher.Box // the demo's caught messages; nil outside the demo
}

// App is the audience "www".
func (w WWW) App(cfg web.Config) *fiber.App {
	app := web.Audience(cfg, "www", w.answerError)
	app.Use(web.Headers(cfg), web.SameOrigin, w.Limits.Limit(func(*fiber.Ctx) string { return "www" }))
	app.Get("/", w.showHome)
	app.Get("/mentions-legales", w.showLegal)
	app.Get("/confidentialite", w.showPolicy)
	app.Get("/accessibilite", w.showAccess)
	app.Get("/conditions/:version<int>?", w.showTerms)
	app.Get("/inscription", w.showSignUp)
	app.Post("/inscription", w.openHouse)
	app.Get("/inscription/adresse", w.showSlug)
	app.Get("/robots.txt", w.showRobots)
	if w.demo() {
		box := caught{box: w.Box, slugs: &slugs{registry: w.Registry}}
		app.Get("/dev/messages", func(c *fiber.Ctx) error { return w.listMessages(c, box) })
		app.Get("/dev/messages.json", box.list)
		app.Get("/dev/messages/:id", box.show)
		app.Get("/dev/messages/:id/files/:number", box.download)
		app.Get("/dev/clock", w.showClock)
		app.Post("/dev/clock", w.advanceClock)
	}
	return app
}

// demo tells whether this is the demonstration.
func (w WWW) demo() bool { return w.Box != nil }

// answerError answers programs with problems and people with pages.
func (w WWW) answerError(c *fiber.Ctx, err error) error {
	if path := c.Path(); path == "/dev/clock" || strings.HasSuffix(path, ".json") {
		return web.Problems(c, err)
	}
	return web.ErrorPage(w.drawError)(c, err)
}

// Orphan answers where no audience is known: an unknown host, or a request too
// large to be read.
func (w WWW) Orphan(web.Config) fiber.ErrorHandler {
	return func(c *fiber.Ctx, err error) error {
		if strings.HasPrefix(c.Path(), "/api/") {
			return web.Problems(c, err)
		}
		return web.ErrorPage(w.drawOrphan)(c, err)
	}
}
