package site

import (
	"context"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
)

// page is what every page knows: whose it is, the reader's language, the time
// in the house's zone.
type page struct {
	*i18n.Text
	tenant tenants.Tenant
	house  catalog.Profile
	now    time.Time
}

// read opens the house of the request's tenant, for a page that changes
// nothing. fn may run again.
func (s Site) read(c *fiber.Ctx, fn func(context.Context, postgres.Scope, page) error) error {
	p := page{Text: web.Text(c), tenant: tenants.From(c.UserContext())}
	return s.Control.ReadScope(c.UserContext(), p.tenant.ID, func(ctx context.Context, sc postgres.Scope) error {
		var err error
		if p.house, err = catalog.GetProfile(ctx, sc); err != nil {
			return err
		}
		zone, err := calendar.LoadZone(p.house.Zone)
		p.now = sc.Now().In(zone)
		if err != nil {
			return err
		}
		return fn(ctx, sc, p)
	})
}

// plain is a page that needs nothing of the house but what the registry knows.
func plain(c *fiber.Ctx) page {
	t := tenants.From(c.UserContext())
	return page{Text: web.Text(c), tenant: t, house: catalog.Profile{Name: t.Name, Phone: t.Phone}}
}

// word is a sentence that says patient, client or pupil as the house does.
func (p page) word(key string, pairs ...any) string {
	return p.T(key+"_"+string(p.house.Person), pairs...)
}

// doc never names a service: a title shows on shared screens and in histories.
func (p page) doc(title string, open bool) ui.Doc {
	return ui.Doc{Lang: p.Lang(), Title: title + " – " + p.house.Name, NoIndex: !open, Skip: p.T("site.skip"), Brand: "/theme.css"}
}

func (p page) mast() ui.Mast { return ui.Mast{Name: p.house.Name} }

func (p page) foot() ui.Foot {
	return ui.Foot{Text: p.T("site.foot", "House", p.house.Name), Links: []ui.Link{
		{Href: "/confidentialite", Text: p.T("site.your_data")},
		{Href: "/mentions-legales", Text: p.T("site.legal")},
		{Href: "/accessibilite", Text: p.T("site.accessibility")},
	}}
}

// site is a page of one column, a thin one for reading.
func (p page) site(title string, thin bool) ui.SitePage {
	return ui.SitePage{Doc: p.doc(title, false), Mast: p.mast(), Thin: thin, Foot: p.foot()}
}

func (p page) today() calendar.Date { return calendar.DateOf(p.now, p.now.Location()) }

// near is "demain à 8h40", or "mercredi 25 novembre à 11h" beyond tomorrow.
func (p page) near(d time.Time) string {
	day := p.DayMonth(d)
	if date := calendar.DateOf(d, d.Location()); !date.After(calendar.DateOf(p.now, d.Location()).AddDays(1)) {
		day = p.Relative(d, p.now.In(d.Location()))
	}
	return p.T("site.day_at", "Day", day, "Time", p.Time(d))
}

// dayTime is "mardi 24 novembre à 8h40".
func (p page) dayTime(d time.Time) string {
	return p.T("site.day_at", "Day", p.DayMonth(d), "Time", p.Time(d))
}

// date is "24 novembre".
func (p page) date(d time.Time) string {
	return strings.TrimPrefix(p.DayMonth(d), p.Weekday(d.Weekday())+" ")
}

func (p page) leaf(d time.Time) ui.Leaf {
	day := p.ShortDay(d)
	return ui.Leaf{Day: p.Weekday(d.Weekday()), Number: day.Day, Month: day.Month, Big: true}
}

// call is the house's number, as it is dialled and as it is read.
func (p page) call() (href, number string) {
	return "tel:" + p.house.Phone, phone.Format(p.house.Phone)
}

// route is where a map of the address is found, elsewhere.
func route(address string) string {
	return "https://www.openstreetmap.org/search?query=" + url.QueryEscape(address)
}

// capital begins a line with a sentence's part.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// list joins what is not empty.
func list(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}
