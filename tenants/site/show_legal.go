package site

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/catalog"
)

// legal is who answers for the site.
type legal struct {
	page
	locations []catalog.Location
}

func (s Site) readLegal(c *fiber.Ctx) (l legal, err error) {
	err = s.read(c, func(ctx context.Context, sc postgres.Scope, p page) (err error) {
		l.page = p
		l.locations, err = catalog.Locations(ctx, sc)
		return err
	})
	return l, err
}

func (s Site) showLegal(c *fiber.Ctx) error {
	l, err := s.readLegal(c)
	if err != nil {
		return err
	}
	return web.Page(c, legalPage(l))
}

func (s Site) showAccessibility(c *fiber.Ctx) error {
	l, err := s.readLegal(c)
	if err != nil {
		return err
	}
	return web.Page(c, accessibilityPage(l))
}

// address is the first place, on one line.
func (l legal) address() string {
	if len(l.locations) == 0 {
		return ""
	}
	return l.locations[0].Address()
}
