package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
)

// showTheme is the sheet with the house's colour. Browsers keep it for a short
// while only: its address does not change with the colour.
func (s Site) showTheme(c *fiber.Ctx) error {
	var sheet string
	err := s.read(c, func(_ context.Context, _ postgres.Scope, p page) (err error) {
		sheet, err = ui.Theme(p.house.Brand)
		return err
	})
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(sheet))
	etag := `"` + hex.EncodeToString(sum[:8]) + `"`
	c.Set(fiber.HeaderCacheControl, "public, max-age=300")
	c.Set(fiber.HeaderETag, etag)
	if c.Get(fiber.HeaderIfNoneMatch) == etag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, "text/css; charset=utf-8")
	return c.SendString(sheet)
}

// showRobots keeps crawlers to the pages that say who the house is: weeks of
// moments have no end, and a manage link is a key.
func showRobots(c *fiber.Ctx) error {
	return c.SendString("User-agent: *\nDisallow: /rdv/\nDisallow: /m/\nDisallow: /agenda\nDisallow: /api/\n")
}
