package web

import "github.com/gofiber/fiber/v2"

// policy lets a page use what comes from its own origin, and nothing inline.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Headers protects pages: what they may load, who may frame them, what other
// sites learn of their address. Pages are not cached unless the handler says
// otherwise.
func Headers(cfg Config) fiber.Handler {
	return func(c *fiber.Ctx) error {
		protect(c, cfg)
		return c.Next()
	}
}

func protect(c *fiber.Ctx, cfg Config) {
	c.Set(fiber.HeaderContentSecurityPolicy, policy)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderXFrameOptions, "DENY")
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
	c.Set(fiber.HeaderCacheControl, "no-store")
	if cfg.Secure {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=63072000; includeSubDomains")
	}
}
