package web

import (
	"math"
	"net/netip"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/limit"
)

// Limits are how often one client may ask, and change something.
type Limits struct {
	Limiter       *limit.Limiter
	Reads, Writes limit.Rule
}

// Limit slows down clients that are too fast, each by its line within one space
// (a tenant, an audience).
func (l Limits) Limit(space func(*fiber.Ctx) string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		kind, rule := "read", l.Reads
		if m := c.Method(); m != fiber.MethodGet && m != fiber.MethodHead {
			kind, rule = "write", l.Writes
		}
		r := l.Limiter.Allow(c.UserContext(), kind+"|"+space(c)+"|"+line(Client(c)), rule)
		if !r.OK {
			e := fault.New(fault.TooMany, "web.too_many", "Seconds", int(math.Ceil(r.RetryAfter.Seconds())))
			e.After = r.RetryAfter
			return e
		}
		return c.Next()
	}
}

// line is what one client may be expected to have of the net: an address of
// IPv4, or the 2^64 of IPv6 that every household is given (RFC 6177).
func line(client string) string {
	ip, err := netip.ParseAddr(client)
	if err != nil || ip.Is4() {
		return client
	}
	prefix, _ := ip.Prefix(64)
	return prefix.String()
}
