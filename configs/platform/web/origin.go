package web

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
)

// SameOrigin refuses a change that another site, or another of our own
// subdomains, makes a browser send. It follows net/http's
// CrossOriginProtection: GET, HEAD and OPTIONS pass, because they change
// nothing; else Sec-Fetch-Site decides where the browser sends it, and Origin
// against Host where it does not. A client that sends neither is no browser.
func SameOrigin(c *fiber.Ctx) error {
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
		return c.Next()
	}
	switch c.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return c.Next()
	case "":
	default:
		return fault.New(fault.Denied, "web.cross_site")
	}
	origin := c.Get(fiber.HeaderOrigin)
	if origin == "" {
		return c.Next()
	}
	u, err := url.Parse(origin)
	if err != nil || !strings.EqualFold(u.Host, c.Hostname()) {
		return fault.New(fault.Denied, "web.cross_site")
	}
	return c.Next()
}
