package console

import (
	"context"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
)

// answer sends what an act has decided to show.
type answer func(c *fiber.Ctx) error

func page(p templ.Component) answer {
	return func(c *fiber.Ctx) error { return web.Page(c, p) }
}

// refuse shows the page that draw draws again, with why an act was not done.
func (o console) refuse(draw func(context.Context, *postgres.Control, *visit, string) (answer, error)) func(error) act {
	return func(err error) act {
		return func(ctx context.Context, c *postgres.Control, v *visit) (answer, error) {
			e := fault.As(err)
			v.c.Status(web.Status(e))
			why := v.Fill(e.Key, e.Args)
			for _, f := range e.Fields {
				why = v.Fill(f.Key, f.Args)
			}
			return draw(ctx, c, v, why)
		}
	}
}

// sendToDoor asks who is not signed in to do so, and remembers the page they
// wanted.
func (o console) sendToDoor(c *fiber.Ctx) error {
	if c.Get("HX-Request") == "true" {
		c.Set("HX-Redirect", doorPath)
		return fault.New(fault.SignedOut, "session.ended")
	}
	next := home
	if c.Method() == fiber.MethodGet {
		next = local(c.OriginalURL())
	}
	if next == home {
		return c.Redirect(doorPath, fiber.StatusSeeOther)
	}
	return c.Redirect(doorPath+"?next="+url.QueryEscape(next), fiber.StatusSeeOther)
}

// local is where to go after signing in: the page asked for when it is one of
// the console, else its first page. Anything that a browser might read as
// another host is not.
func local(next string) string {
	where, _, _ := strings.Cut(next, "?")
	if strings.ContainsFunc(next, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '\\' || r == '#' }) ||
		strings.Contains(where, "%") || path.Clean(where) != where || !strings.HasPrefix(where, "/") {
		return home
	}
	for _, gate := range []string{doorPath, outPath, resetPath} {
		if where == gate || strings.HasPrefix(where, gate+"/") {
			return home
		}
	}
	return next
}

// drawError is any error, in the console's look. It reads nothing: the database
// may be what failed, and the visitor unknown.
func drawError(c *fiber.Ctx, status int, sentence string) templ.Component {
	text := web.Text(c)
	title := text.T("web.title_" + strconv.Itoa(status))
	return errorPage(ui.ConsolePage(ui.OfficePage{
		Doc:    doc(text, title),
		Chrome: chrome(text), Name: text.T("console.name"), Home: home, Theme: c.Cookies(ui.ThemeCookie),
		Nav: []ui.Link{{Href: home, Text: text.T("console.home")}},
	}), title, sentence, text.T("console.back"))
}
