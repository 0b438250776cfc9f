package www

import (
	"strconv"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/ui"
)

// bare is a page that says one thing.
func (w WWW) bare(c *fiber.Ctx, status int) (page, ui.BarePage) {
	p := w.page(c)
	return p, ui.BarePage{
		Doc: ui.Doc{Lang: p.Lang(), NoIndex: true, Skip: p.T("www.skip")}, Theme: "light",
		Mast: ui.Mast{Name: "SmartAgenda", Plain: true, Home: p.main("/")},
		Leaf: &ui.Leaf{Day: p.T("www.leaf_page"), Number: strconv.Itoa(status), Sheet: true, Big: true, Off: true},
	}
}

// drawError is any error of the Site. It reads nothing: the database may be
// what failed.
func (w WWW) drawError(c *fiber.Ctx, status int, sentence string) templ.Component {
	p, b := w.bare(c, status)
	b.Title, b.Lead = p.T("web.title_"+strconv.Itoa(status)), sentence
	b.Doc.Title = b.Title
	return errorPage(p, b)
}

// drawOrphan is drawError on any host, which for an unknown one says nothing
// about who exists.
func (w WWW) drawOrphan(c *fiber.Ctx, status int, sentence string) templ.Component {
	if status != fiber.StatusNotFound {
		return w.drawError(c, status, sentence)
	}
	p, b := w.bare(c, status)
	b.Title, b.Lead, b.Leaf.Month = p.T("www.nowhere"), p.T("www.nowhere_lead"), p.T("www.leaf_empty")
	b.Doc.Title = p.T("www.nowhere_title")
	return orphanPage(p, b)
}
