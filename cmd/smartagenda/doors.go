package main

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"smartagenda/admin/console"
	"smartagenda/admin/www"
	"smartagenda/configs/platform/catcher"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/limit"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/api"
	"smartagenda/tenants/demo"
	"smartagenda/tenants/office"
	"smartagenda/tenants/provisioning"
	"smartagenda/tenants/site"
)

// front is the application that listens.
func (p *program) front(audiences []string, box *catcher.Box) *fiber.App {
	cfg := p.web()
	d, orphan := p.doors(cfg, audiences, box)
	return web.Front(cfg, d.choose, orphan)
}

func (p *program) web() web.Config {
	return web.Config{Base: p.cfg.BaseDomain, Proxies: p.cfg.TrustedProxies, Secure: p.cfg.Secure(), Texts: p.texts, Metrics: web.NewMetrics(p.metrics)}
}

// doors are the audiences this process serves; nil for one it does not.
type doors struct {
	registry                        *tenants.Registry
	www, site, office, api, console *fiber.App
}

// doors opens the audiences; orphan answers where none is known.
func (p *program) doors(cfg web.Config, audiences []string, box *catcher.Box) (d doors, orphan fiber.ErrorHandler) {
	limits := web.Limits{
		Limiter: limit.New(p.redis, "smartagenda:limit:", p.control.Clock()),
		Reads:   limit.Rule{Count: p.cfg.RateReads, Per: time.Minute}, Writes: limit.Rule{Count: p.cfg.RateWrites, Per: time.Minute},
	}
	main := www.WWW{Control: p.control, Registry: p.registry, Sites: p.sites, Limits: limits, Box: box, Desk: provisioning.Desk{Control: p.control, Keys: p.keys}}
	d.registry = p.registry
	for _, a := range audiences {
		switch a {
		case "www":
			d.www = main.App(cfg)
		case "console":
			d.console = console.Console{Control: p.console, Sites: p.sites, Limits: limits, Refused: p.refused()}.App(cfg)
		case "tenants":
			d.site = site.Site{Control: p.control, Sites: p.sites, Limits: limits}.App(cfg)
			d.office = office.Office{Control: p.control, Sites: p.sites, Limits: limits, Refused: p.refused()}.App(cfg)
			d.api = api.API{Control: p.control, Sites: p.sites, Limits: limits}.App(cfg)
		}
	}
	return d, main.Orphan(cfg)
}

// refused is the demo's password, wherever data may be real.
func (p *program) refused() string {
	if p.cfg.Demo {
		return ""
	}
	return demo.Password
}

// choose finds the audience, and the tenant, that a host and a path name.
func (d doors) choose(c *fiber.Ctx, h web.Host) (*fiber.App, error) {
	if !h.Foreign && (h.Label == "" || h.Label == "www") {
		return served(d.www)
	}
	if !h.Foreign && h.Label == "admin" { // a reserved slug: nobody else's
		return served(d.console)
	}
	if d.site == nil {
		return served(nil)
	}
	find, name := d.registry.BySlug, h.Label
	if h.Foreign {
		find, name = d.registry.ByDomain, h.Name
	}
	t, err := find(c.UserContext(), name)
	if err != nil {
		return nil, err
	}
	c.SetUserContext(tenants.With(c.UserContext(), t))
	switch path := c.Path(); {
	case path == "/agenda" || strings.HasPrefix(path, "/agenda/"):
		return served(d.office)
	case strings.HasPrefix(path, "/api/"):
		return served(d.api)
	}
	return served(d.site)
}

func served(app *fiber.App) (*fiber.App, error) {
	if app == nil {
		return nil, fault.New(fault.NotFound, "web.no_such_host")
	}
	return app, nil
}
