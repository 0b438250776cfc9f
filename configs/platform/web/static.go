package web

import (
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/ui"
)

// Static serves style sheets, scripts and icons under ui.Prefix. Their address
// changes with their content, so browsers keep them for a year.
func Static(app *fiber.App) {
	app.Get(ui.Prefix+"*", func(c *fiber.Ctx) error {
		a, ok := ui.Assets.Open(c.Path())
		if !ok {
			return fault.New(fault.NotFound, "web.not_found")
		}
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
		c.Set(fiber.HeaderContentType, a.Type)
		c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
		c.Set(fiber.HeaderETag, a.ETag)
		c.Vary(fiber.HeaderAcceptEncoding)
		if c.Get(fiber.HeaderIfNoneMatch) == a.ETag {
			return c.SendStatus(fiber.StatusNotModified)
		}
		switch header := &c.Request().Header; {
		case header.HasAcceptEncoding("br"):
			c.Set(fiber.HeaderContentEncoding, "br")
			return c.Send(a.Brotli)
		case header.HasAcceptEncoding("gzip"):
			c.Set(fiber.HeaderContentEncoding, "gzip")
			return c.Send(a.Gzip)
		}
		return c.Send(a.Body)
	})
}
