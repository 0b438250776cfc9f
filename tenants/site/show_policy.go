package site

import (
	"context"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/policies"
)

// policy is a version of the privacy policy as a page.
type policy struct {
	page
	version int
	since   time.Time
	body    templ.Component
}

// showPolicy shows the version in force, or the one that somebody gave their
// data under.
func (s Site) showPolicy(c *fiber.Ctx) error {
	version := 0
	if asked := c.Query("version"); asked != "" {
		n, err := strconv.ParseInt(asked, 10, 32)
		if err != nil || n < 1 {
			return fault.New(fault.NotFound, "policies.unknown")
		}
		version = int(n)
	}
	found, err := policies.Get(c.UserContext(), s.Control, version)
	if err != nil {
		return err
	}
	v := policy{version: found.Version}
	if v.body, err = ui.Prose(found.Body); err != nil {
		return err
	}
	err = s.read(c, func(_ context.Context, _ postgres.Scope, p page) error {
		v.page, v.since = p, found.PublishedAt.In(p.now.Location())
		return nil
	})
	if err != nil {
		return err
	}
	return web.Page(c, policyPage(v))
}

// current tells whether it is the version in force.
func (v policy) current() bool { return v.version >= v.tenant.Policy }
