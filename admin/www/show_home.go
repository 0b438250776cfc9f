package www

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/subscriptions"
)

// password opens every login of the demonstration; a test holds it against the
// one that is written.
const password = "demo-smartagenda-2026"

// homes are the houses of the demonstration and what the page says of them.
var homes = []struct{ slug, about string }{
	{"cabinet-bellecour", "www.demo_cabinet"}, {"ecole-lingua", "www.demo_ecole"}, {"salon-lumiere", "www.demo_salon"},
}

// paused is the house of the demonstration that takes no bookings.
const paused = "suspendu"

// home is the first page.
type home struct {
	page
	houses []house
	plans  []subscriptions.Plan
	paused string // address of the house on pause, "" without it
}

// house is one of the demonstration.
type house struct {
	name, about, site, agenda, login string
}

func (w WWW) showHome(c *fiber.Ctx) error {
	plans, err := subscriptions.Plans(c.UserContext(), w.Control)
	if err != nil {
		return err
	}
	h := home{page: w.page(c), plans: plans}
	if w.demo() {
		if err := h.open(c.UserContext(), w); err != nil {
			return err
		}
	}
	return web.Page(c, homePage(h))
}

// open finds the houses that are there: the demonstration may not be seeded.
func (h *home) open(ctx context.Context, w WWW) error {
	for _, one := range homes {
		t, err := w.Registry.BySlug(ctx, one.slug)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		h.houses = append(h.houses, house{
			name: t.Name, about: h.T(one.about), site: w.Sites.URL(t.Slug, "/"), agenda: w.Sites.URL(t.Slug, "/agenda"),
			login: "owner@" + one.slug + ".test",
		})
	}
	t, err := w.Registry.BySlug(ctx, paused)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	h.paused = w.Sites.URL(t.Slug, "/")
	return err
}
