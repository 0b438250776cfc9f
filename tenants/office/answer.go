package office

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
)

// answer sends what an act has decided to show.
type answer func(c *fiber.Ctx) error

func page(p templ.Component) answer {
	return func(c *fiber.Ctx) error { return web.Page(c, p) }
}

func goTo(path string) answer {
	return func(c *fiber.Ctx) error { return c.Redirect(path, fiber.StatusSeeOther) }
}

// wantsPart tells whether a script asks for a part of a page. The answer then
// depends on that header.
func wantsPart(c *fiber.Ctx) bool {
	c.Vary("HX-Request")
	return c.Get("HX-Request") == "true"
}

func wantsJSON(c *fiber.Ctx) bool {
	return c.Path() == feedPath || c.Accepts(fiber.MIMETextHTML, fiber.MIMEApplicationJSON) == fiber.MIMEApplicationJSON
}

// sendToDoor asks who is not signed in to do so, and remembers the page they
// wanted.
func (o office) sendToDoor(c *fiber.Ctx) error {
	ended := fault.New(fault.SignedOut, "session.ended")
	switch {
	case c.Get("HX-Request") == "true":
		c.Set("HX-Redirect", doorTo(sourceOf(c.Get("HX-Current-URL"))))
		return ended
	case wantsJSON(c):
		return ended
	case c.Method() == fiber.MethodGet:
		return c.Redirect(doorTo(c.OriginalURL()), fiber.StatusSeeOther)
	}
	return c.Redirect(doorPath, fiber.StatusSeeOther)
}

func doorTo(next string) string {
	if next = local(next); next == home {
		return doorPath
	}
	return doorPath + "?next=" + url.QueryEscape(next)
}

// sourceOf is the path of the page that a script stands on.
func sourceOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return home
	}
	return u.RequestURI()
}

// explain answers errors: programs get a problem document, people a page.
func explain(c *fiber.Ctx, err error) error {
	if wantsJSON(c) {
		return web.Problems(c, err)
	}
	return web.ErrorPage(drawError)(c, err)
}

// drawError reads nothing: the database may be what failed.
func drawError(c *fiber.Ctx, status int, sentence string) templ.Component {
	text, house := web.Text(c), tenants.From(c.UserContext()).Name
	title := text.T("web.title_" + strconv.Itoa(status))
	return errorPage(ui.BarePage{
		Doc:   ui.Doc{Lang: text.Lang(), Title: title + " – " + house, NoIndex: true, Skip: text.T("office.skip")},
		Theme: "light", Mast: ui.Mast{Name: house, Home: home}, Title: title, Lead: sentence,
	}, text.T("office.back"))
}
