package www

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
)

// page is what every page knows.
type page struct {
	*i18n.Text
	sites tenants.Sites
	demo  bool
}

func (w WWW) page(c *fiber.Ctx) page { return page{web.Text(c), w.Sites, w.demo()} }

// doc keeps search engines away from the demonstration.
func (p page) doc(title string) ui.Doc {
	return ui.Doc{Lang: p.Lang(), Title: title + " – SmartAgenda", NoIndex: p.demo, Skip: p.T("www.skip")}
}

// main is an address on this Site, wherever the page stands.
func (p page) main(path string) string { return p.sites.Main(path) }

func (p page) mast() ui.Mast {
	m := ui.Mast{Name: "SmartAgenda", Label: p.T("www.nav"), Links: []ui.Button{
		{Kind: ui.Quiet, Class: "desk", Href: "/#journee", Label: p.T("www.nav_day")},
		{Kind: ui.Quiet, Class: "desk", Href: "/#donnees", Label: p.T("www.nav_data")},
		{Kind: ui.Quiet, Class: "desk", Href: "/#prix", Label: p.T("www.prices")},
		{Kind: ui.Quiet, Class: "desk", Href: "/#questions", Label: p.T("www.nav_questions")},
	}}
	if p.demo {
		m.Links = append(m.Links, ui.Button{Kind: ui.Warm, Href: "/#demo", Label: p.T("www.nav_demo")})
	}
	return m
}

func (p page) foot() ui.Foot {
	return ui.Foot{Text: p.T("www.foot"), Links: []ui.Link{
		{Href: "/confidentialite", Text: p.T("www.policy")},
		{Href: "/conditions", Text: p.T("www.terms")},
		{Href: "/mentions-legales", Text: p.T("www.legal")},
		{Href: "/accessibilite", Text: p.T("www.access")},
	}}
}

// reading is a page of one narrow column. A hero, even an empty one, leaves
// the width to its children.
func (p page) reading(title string) ui.WWWPage {
	return ui.WWWPage{Doc: p.doc(title), Mast: p.mast(), Hero: templ.NopComponent, Foot: p.foot()}
}
