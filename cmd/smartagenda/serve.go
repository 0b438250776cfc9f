package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"smartagenda/admin/www"
	"smartagenda/configs"
	"smartagenda/configs/platform/catcher"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/limit"
	"smartagenda/configs/platform/ops"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/api"
	"smartagenda/tenants/demo"
	"smartagenda/tenants/office"
	"smartagenda/tenants/site"
)

type serveCommand struct {
	Audience []string `help:"Audiences to serve: tenants, www." default:"tenants,www" enum:"tenants,www"`
}

// grace is how long running requests may take once the process is asked to stop.
const grace = 15 * time.Second

// Run serves until ctx ends, then lets running requests finish.
func (s serveCommand) Run(ctx context.Context, cfg configs.Config) error {
	listener, err := listen(cfg.HTTPAddr, "SMARTAGENDA_HTTP_ADDR")
	if err != nil {
		return err
	}
	p, err := open(ctx, cfg, "serve")
	if err != nil {
		return err
	}
	defer p.close()
	box, err := p.catch()
	if err != nil {
		return err
	}
	if box != nil {
		defer box.Close()
	}
	if err := ops.Serve(ctx, cfg.OpsAddr, p.metrics, p.checks()); err != nil {
		return taken(err, "SMARTAGENDA_OPS_ADDR")
	}
	app := p.front(s.Audience, box)
	go func() {
		<-ctx.Done()
		if err := app.ShutdownWithTimeout(grace); err != nil {
			slog.Error("requests were cut off", "error", err)
		}
	}()
	slog.InfoContext(ctx, "serving", "addr", cfg.HTTPAddr, "public", cfg.PublicURL)
	return app.Listener(listener)
}

func listen(addr, setting string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, taken(err, setting)
	}
	return l, nil
}

func taken(err error, setting string) error {
	return fmt.Errorf("%w: set %s to another address", err, setting)
}

// catch starts the demo's catchers.
func (p *program) catch() (*catcher.Box, error) {
	if !p.cfg.Demo {
		return nil, nil
	}
	if err := os.MkdirAll(p.cfg.DataDir, 0o700); err != nil {
		return nil, err
	}
	u, err := url.Parse(p.cfg.SMS.URL)
	if err != nil || u.Host == "" {
		return nil, errors.New("SMARTAGENDA_SMS_URL must be http://127.0.0.1:port in the demo")
	}
	return catcher.Open(catcher.Config{
		SMTPAddr: p.cfg.Mail.Addr, SMSAddr: u.Host, Clock: p.control.Clock(), File: filepath.Join(p.cfg.DataDir, "messages.jsonl"),
	})
}

// front joins the audiences behind one listener.
func (p *program) front(audiences []string, box *catcher.Box) *fiber.App {
	cfg := web.Config{Base: p.cfg.BaseDomain, Proxies: p.cfg.TrustedProxies, Secure: p.cfg.Secure(), Texts: p.texts, Metrics: web.NewMetrics(p.metrics)}
	limits := web.Limits{
		Limiter: limit.New(p.redis, "smartagenda:limit:", p.control.Clock()),
		Reads:   limit.Rule{Count: p.cfg.RateReads, Per: time.Minute}, Writes: limit.Rule{Count: p.cfg.RateWrites, Per: time.Minute},
	}
	main := www.WWW{Control: p.control, Registry: p.registry, Sites: p.sites, Limits: limits, Box: box}
	d := doors{registry: p.registry}
	for _, a := range audiences {
		switch a {
		case "www":
			d.www = main.App(cfg)
		case "tenants":
			d.site = site.Site{Control: p.control, Sites: p.sites, Limits: limits}.App(cfg)
			d.office = office.Office{Control: p.control, Sites: p.sites, Limits: limits, Refused: p.refused()}.App(cfg)
			d.api = api.API{Control: p.control, Sites: p.sites, Limits: limits}.App(cfg)
		}
	}
	return web.Front(cfg, d.choose, main.Orphan(cfg))
}

// refused is the demo's password, wherever data may be real.
func (p *program) refused() string {
	if p.cfg.Demo {
		return ""
	}
	return demo.Password
}

// doors are the audiences this process serves; nil for one it does not.
type doors struct {
	registry               *tenants.Registry
	www, site, office, api *fiber.App
}

// choose finds the audience, and the tenant, that a host and a path name.
func (d doors) choose(c *fiber.Ctx, h web.Host) (*fiber.App, error) {
	if !h.Foreign && (h.Label == "" || h.Label == "www") {
		return served(d.www)
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
