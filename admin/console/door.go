package console

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/calendar"
)

// door is what the pages before signing in show. They say nothing of anybody:
// everyone can open them.
type door struct {
	*i18n.Text
	ui.EnterPage
	form ui.Form
}

// door draws one of these pages around a body; title and sub are message keys.
func (o console) door(c *fiber.Ctx, title, sub string, body func(*door) templ.Component) error {
	d := &door{Text: web.Text(c)}
	now := calendar.InParis(o.Control.Clock().Now())
	d.EnterPage = ui.EnterPage{
		Doc: doc(d.Text, d.T(title)), Mast: ui.Mast{Name: d.T("console.title"), Mono: "SA", Home: doorPath},
		Title: d.T(title), Sub: sentence(d.T(sub)), SideLabel: d.T("console.side_label"), SideTitle: capital(d.DayMonth(now)),
		Day: []ui.RailItem{
			{Mark: ui.Here, Lead: d.Time(now), Text: d.T("console.now")},
			{Mark: ui.Ahead, Text: d.T("console.promise_data")},
			{Mark: ui.Ahead, Text: d.T("console.promise_audit")},
		},
	}
	return web.Page(c, enter(d.EnterPage, body(d)))
}

// unreferred keeps the address of a page, which holds a token, from every page
// it leads to.
func unreferred(c *fiber.Ctx) error {
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	return c.Next()
}
