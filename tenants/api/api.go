// Package api is the JSON that other programs rely on: services, slots and
// appointments of one tenant. It must not hold SQL or decide what
// is free: it asks booking.
package api

import (
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
)

// API serves the JSON of whichever tenant the host named.
type API struct {
	Control *postgres.Control
	Sites   tenants.Sites
	Limits  web.Limits
}

// App is the audience "api".
func (a API) App(cfg web.Config) *fiber.App {
	app := web.Audience(cfg, "api", web.Problems)
	return app
}
