package site

import (
	"strconv"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
)

// drawError is any error as a page in the tenant's colours. It reads nothing:
// the database may be what failed.
func drawError(c *fiber.Ctx, status int, sentence string) templ.Component {
	p := plain(c)
	title := p.T("web.title_" + strconv.Itoa(status))
	bare := ui.BarePage{Doc: p.doc(title, false), Mast: p.mast(), Title: title, Lead: sentence, Foot: p.foot()}
	if status == fiber.StatusNotFound {
		bare.Title = p.T("site.not_found")
		bare.Leaf = &ui.Leaf{Day: p.T("site.leaf_page"), Number: "404", Month: p.T("site.leaf_empty"), Sheet: true, Big: true, Off: true}
	}
	return errorPage(p, bare, status)
}

// bookable answers in place of the booking pages while the subscription rests.
func bookable(c *fiber.Ctx) error {
	if tenants.From(c.UserContext()).Status.Bookable() {
		return c.Next()
	}
	p := plain(c)
	title := p.T("site.paused")
	bare := ui.BarePage{Doc: p.doc(title, false), Mast: p.mast(), Title: title, Lead: p.T("site.paused_contact"), Foot: p.foot()}
	if p.house.Phone != "" {
		bare.Lead = p.T("site.paused_call")
	}
	c.Status(fiber.StatusServiceUnavailable)
	return web.Page(c, pausePage(p, bare))
}
