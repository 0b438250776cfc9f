// Package web is what every audience shares about HTTP: which host a request
// is for, time limits, logs, headers, forms, and how an error becomes a page
// or a problem document. It must not know what any page is about.
package web

import (
	"context"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/compress"
	recovery "github.com/gofiber/fiber/v2/middleware/recover"

	"smartagenda/configs/platform/clock"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/i18n"
)

// Config is what all audiences of a process have in common.
type Config struct {
	Base    string   // our domain: "smartagenda.fr"
	Proxies []string // addresses whose X-Forwarded-* headers are believed
	Secure  bool     // TLS in front: __Host- cookies, HSTS
	Texts   *i18n.Bundle
	Metrics *Metrics
}

// Times of a request. A client that leaves cancels nothing, so each request
// has a deadline of its own.
const (
	readTimeout  = 10 * time.Second
	writeTimeout = 30 * time.Second
	idleTimeout  = 60 * time.Second
	deadline     = 12 * time.Second
	bodyLimit    = 1 << 20
	headerBuffer = 16 << 10
)

// Chooser finds the application that answers for a host and a path.
type Chooser func(c *fiber.Ctx, h Host) (*fiber.App, error)

// Front is the application that listens: it reads the host, and hands the
// request to the audience that choose finds. orphan answers where there is no
// audience: unknown hosts and requests too large to be read. Static files are
// the same on every host, so that its pages have them too.
func Front(cfg Config, choose Chooser, orphan fiber.ErrorHandler) *fiber.App {
	answer := lost(cfg, orphan)
	app := fiber.New(config(cfg, answer)) // for what is not even a request
	app.Use(timed, func(c *fiber.Ctx) error {
		if err := c.Next(); err != nil {
			return answer(c, err) // here, before the deadline's context ends
		}
		return nil
	}, recovered)
	Static(app)
	app.Use(func(c *fiber.Ctx) error {
		h, err := host(c, cfg.Base)
		if err != nil {
			return err
		}
		inner, err := choose(c, h)
		if err != nil {
			return err
		}
		inner.Handler()(c.Context())
		return nil
	})
	return app
}

// lost prepares what orphan answers, which no middleware has seen, and records
// it.
func lost(cfg Config, orphan fiber.ErrorHandler) fiber.ErrorHandler {
	return func(c *fiber.Ctx, err error) error {
		v := visit{audience: "none", start: clock.Stamp()}
		identify(c)
		speak(c, cfg.Texts)
		protect(c, cfg)
		draw(c, err, orphan)
		record(c, cfg, v, err)
		return nil
	}
}

// host refuses an absolute URI, whose host would win over the header's.
func host(c *fiber.Ctx, base string) (Host, error) {
	// As sent: Request.RequestURI would give what has been made of it.
	if uri := c.Request().Header.RequestURI(); len(uri) == 0 || uri[0] != '/' {
		return Host{}, fault.New(fault.NotFound, "web.no_such_host")
	}
	h, ok := ParseHost(c.Hostname(), base) // X-Forwarded-Host only from Proxies
	if !ok {
		return Host{}, fault.New(fault.NotFound, "web.no_such_host")
	}
	return h, nil
}

func config(cfg Config, onError fiber.ErrorHandler) fiber.Config {
	return fiber.Config{
		AppName: "SmartAgenda", DisableStartupMessage: true, ErrorHandler: onError,
		Immutable:               true, // values of a request outlive its handler
		EnableTrustedProxyCheck: true, TrustedProxies: cfg.Proxies, ProxyHeader: fiber.HeaderXForwardedFor, EnableIPValidation: true,
		ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		DisablePreParseMultipartForm: true, // whoever wants a file asks for it
		BodyLimit:                    bodyLimit, ReadBufferSize: headerBuffer, StrictRouting: false, CaseSensitive: true, UnescapePath: false,
	}
}

// Audience makes an application for one kind of visitor; answer turns errors
// into what they see. Routes are added to it by its edge room.
func Audience(cfg Config, name string, answer fiber.ErrorHandler) *fiber.App {
	app := fiber.New(config(cfg, answer))
	app.Use(observe(cfg, name), withText(cfg.Texts), compress.New(compress.Config{Level: compress.LevelBestSpeed}), recovered)
	return app
}

// recovered turns a panic into an error, and keeps where it happened.
var recovered = recovery.New(recovery.Config{EnableStackTrace: true, StackTraceHandler: func(c *fiber.Ctx, _ any) {
	slog.ErrorContext(c.UserContext(), "panic", "id", RequestID(c), "stack", string(debug.Stack()))
}})

// timed gives the request its deadline.
func timed(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), deadline)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}
