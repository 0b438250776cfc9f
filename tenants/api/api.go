// Package api is the JSON that other programs rely on: services, slots and
// appointments of one tenant. It must not hold SQL or decide what
// is free: it asks booking.
package api

import (
	"context"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/cors"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
)

// Prefix starts the path of every route.
const Prefix = "/api/v1"

// API serves the JSON of whichever tenant the host named.
type API struct {
	Control *postgres.Control
	Sites   tenants.Sites
	Limits  web.Limits
}

// route is one operation with what the document says of it, so that neither
// can be without the other. The path is written as OpenAPI does.
type route struct {
	method, path string
	handle       []fiber.Handler
	says         *huma.Operation
}

func (a API) routes(p *pages) []route {
	return []route{
		{fiber.MethodGet, "/services", []fiber.Handler{unpaused, a.listServices}, p.listServices()},
		{fiber.MethodGet, "/slots", []fiber.Handler{unpaused, a.listSlots}, p.listSlots()},
		{fiber.MethodPost, "/appointments", []fiber.Handler{unpaused, a.bookAppointment}, p.bookAppointment()},
		{fiber.MethodGet, "/appointments/{token}", []fiber.Handler{a.showAppointment}, p.showAppointment()},
		{fiber.MethodPost, "/appointments/{token}/cancel", []fiber.Handler{unpaused, a.cancelAppointment}, p.cancelAppointment()},
		{fiber.MethodGet, "/openapi.json", []fiber.Handler{p.serve}, p.itself()},
	}
}

// App is the audience "api". Any origin may call it from a browser: it reads
// no cookie, so another site learns and does there what any client can.
func (a API) App(cfg web.Config) *fiber.App {
	app := web.Audience(cfg, "api", web.Problems)
	app.Use(web.Headers(cfg), cors.New(cors.Config{
		AllowOrigins: "*", AllowMethods: "GET,HEAD,POST", AllowHeaders: "Content-Type,Idempotency-Key,Accept-Language",
		ExposeHeaders: "Retry-After,X-Request-Id", MaxAge: 3600,
	}), a.Limits.Limit(space))
	p := newPages()
	fibers := strings.NewReplacer("{", ":", "}", "")
	group := app.Group(Prefix)
	for _, r := range a.routes(p) {
		p.add(r)
		group.Add(r.method, fibers.Replace(r.path), r.handle...)
		if r.method == fiber.MethodGet {
			group.Head(fibers.Replace(r.path), r.handle...)
		}
	}
	return app
}

// space is where a client's requests are counted together.
func space(c *fiber.Ctx) string { return tenants.From(c.UserContext()).ID.String() }

// unpaused stops whoever wants to book with a tenant who takes no bookings.
func unpaused(c *fiber.Ctx) error {
	if !tenants.From(c.UserContext()).Status.Bookable() {
		return fault.New(fault.Conflict, "booking.paused")
	}
	return c.Next()
}

// look runs fn in a transaction of the tenant that can only read; act in one
// that can write.
func (a API) look(c *fiber.Ctx, fn func(context.Context, postgres.Scope) error) error {
	return a.Control.ReadScope(c.UserContext(), tenants.From(c.UserContext()).ID, fn)
}

func (a API) act(c *fiber.Ctx, fn func(context.Context, postgres.Scope) error) error {
	return a.Control.Scope(c.UserContext(), tenants.From(c.UserContext()).ID, fn)
}

// id reads what written wrote; any other text names nothing.
func id(s string) (n int64, ok bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n > 0 && written(n) == s
}

// written is an id as the outside sees it: text, so that it may change its
// nature one day.
func written(n int64) string { return strconv.FormatInt(n, 10) }
