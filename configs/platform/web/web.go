// Package web is what every audience shares about HTTP: which host a request
// is for, time limits, logs, headers, forms, and how an error becomes a page
// or a problem document. It must not know what any page is about.
package web

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/compress"
	recovery "github.com/gofiber/fiber/v2/middleware/recover"
	"github.com/google/uuid"

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
// audience: unknown hosts and requests too large to be read.
func Front(cfg Config, choose Chooser, orphan fiber.ErrorHandler) *fiber.App {
	app := fiber.New(config(cfg, orphan))
	app.Use(recovery.New())
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

// host refuses an absolute URI, whose host would win over the header's.
func host(c *fiber.Ctx, base string) (Host, error) {
	if uri := c.Request().RequestURI(); len(uri) == 0 || uri[0] != '/' {
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
		BodyLimit: bodyLimit, ReadBufferSize: headerBuffer, StrictRouting: false, CaseSensitive: true, UnescapePath: false,
	}
}

// Audience makes an application for one kind of visitor; answer turns errors
// into what they see. Routes are added to it by its edge room.
func Audience(cfg Config, name string, answer fiber.ErrorHandler) *fiber.App {
	app := fiber.New(config(cfg, answer))
	app.Use(observe(cfg, name), withText(cfg.Texts), timed, compress.New(compress.Config{Level: compress.LevelBestSpeed}), recovery.New())
	return app
}

// timed gives the request its deadline.
func timed(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), deadline)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}

// RequestID names the request in logs and on error pages.
func RequestID(c *fiber.Ctx) string {
	id, _ := c.Locals(requestKey{}).(string)
	return id
}

type requestKey struct{}

// observe logs and counts each request by its route, never by its path: paths
// carry tokens.
func observe(cfg Config, audience string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		start := clock.Stamp()
		id := uuid.NewString()
		c.Locals(requestKey{}, id)
		c.Set(fiber.HeaderXRequestID, id)
		err := c.Next()
		if err != nil {
			if failed := c.App().ErrorHandler(c, err); failed != nil {
				slog.ErrorContext(c.UserContext(), "the error page failed", "request", id, "error", failed)
				c.Status(fiber.StatusInternalServerError)
			}
		}
		took, status := clock.Since(start), c.Response().StatusCode()
		cfg.Metrics.observe(audience, c, took)
		level := slog.LevelInfo
		if status >= 500 {
			level = slog.LevelError
		}
		slog.Log(c.UserContext(), level, "request", "id", id, "audience", audience, "method", c.Method(), "route", c.Route().Path,
			"status", status, "ms", float64(took.Microseconds())/1000, "error", cause(err, status))
		return nil
	}
}

// cause is what the log says of an error: the chain for our own mistakes, the
// key alone for what people did.
func cause(err error, status int) string {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*fault.Error](err); ok && status < 500 {
		return e.Key
	}
	return err.Error()
}
