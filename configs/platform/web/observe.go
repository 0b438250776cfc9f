package web

import (
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"smartagenda/configs/platform/clock"
)

type requestKey struct{}

// RequestID names the request in logs and on error pages.
func RequestID(c *fiber.Ctx) string {
	id, _ := c.Locals(requestKey{}).(string)
	return id
}

func identify(c *fiber.Ctx) {
	id := uuid.NewString()
	c.Locals(requestKey{}, id)
	c.Set(fiber.HeaderXRequestID, id)
}

// observe logs and counts each request.
func observe(cfg Config, audience string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		v := visit{audience: audience, start: clock.Stamp()}
		identify(c)
		err := c.Next()
		if err != nil {
			draw(c, err, c.App().ErrorHandler)
		}
		v.route = c.Route().Path
		record(c, cfg, v, err)
		return nil
	}
}

// draw answers an error.
func draw(c *fiber.Ctx, err error, answer fiber.ErrorHandler) {
	if failed := answer(c, err); failed != nil {
		slog.ErrorContext(c.UserContext(), "the error page failed", "id", RequestID(c), "error", failed)
		c.Status(fiber.StatusInternalServerError).Response().ResetBody()
	}
}

// visit is one request. It is known by its route, never by its path: paths
// carry tokens.
type visit struct {
	audience, route string
	start           time.Time
}

func record(c *fiber.Ctx, cfg Config, v visit, err error) {
	took, status := clock.Since(v.start), c.Response().StatusCode()
	cfg.Metrics.observe(c, v, took)
	level := slog.LevelInfo
	if err != nil && status >= 500 { // a page may say on purpose that something rests
		level = slog.LevelError
	}
	slog.Log(c.UserContext(), level, "request", "id", RequestID(c), "audience", v.audience, "method", c.Method(), "route", v.route,
		"status", status, "ms", float64(took.Microseconds())/1000, "error", cause(err, status))
}

// cause is what the log says of an error: the chain for our own mistakes, the
// key alone for what people did. The router's own errors hold the path.
func cause(err error, status int) string {
	switch {
	case err == nil:
		return ""
	case status < 500:
		return Fault(err).Key
	}
	return err.Error()
}
