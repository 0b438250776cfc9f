package site

import (
	"context"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/availability"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/practitioners"
)

// home is what the first page shows.
type home struct {
	page
	services  []catalog.Service
	people    []practitioners.Practitioner
	skills    []practitioners.Skill
	locations []catalog.Location
	openings  []practitioners.Opening
	first     map[int64]availability.Slot // by service
}

func (s Site) showHome(c *fiber.Ctx) error {
	var h home
	err := s.read(c, func(ctx context.Context, sc postgres.Scope, p page) (err error) {
		h, err = readHome(ctx, sc, p)
		return err
	})
	if err != nil {
		return err
	}
	return web.Page(c, homePage(h))
}

func readHome(ctx context.Context, sc postgres.Scope, p page) (h home, err error) {
	h.page = p
	if h.services, err = catalog.Services(ctx, sc, true); err != nil {
		return h, err
	}
	if h.people, err = practitioners.List(ctx, sc); err != nil {
		return h, err
	}
	if h.skills, err = practitioners.Skills(ctx, sc); err != nil {
		return h, err
	}
	if h.locations, err = catalog.Locations(ctx, sc); err != nil {
		return h, err
	}
	if h.openings, err = practitioners.Openings(ctx, sc); err != nil {
		return h, err
	}
	h.first, err = booking.FirstFree(ctx, sc)
	return h, err
}

func (h home) doc() ui.Doc {
	doc := h.page.doc(h.T("site.book"), true)
	doc.Description = h.T("site.summary", "House", h.house.Name)
	return doc
}

func (h home) hero() *ui.Hero {
	hero := ui.Hero{Title: h.house.Heading, Text: h.house.Trade}
	if hero.Title == "" {
		hero.Title = h.T("site.book")
	}
	if len(h.locations) > 0 {
		hero.Text = list(", ", hero.Text, h.locations[0].Street, h.locations[0].City)
	}
	return &hero
}

// soonest is the first free moment of all services; nil when there is none.
func (h home) soonest() *ui.Choice {
	var best catalog.Service
	for _, v := range h.services {
		slot, free := h.first[v.ID]
		if free && (best.ID == 0 || slot.Start.Before(h.first[best.ID].Start)) {
			best = v
		}
	}
	if best.ID == 0 {
		return nil
	}
	slot := h.first[best.ID]
	day := h.ShortDay(slot.Start)
	leaf := ui.Leaf{Day: day.Weekday, Number: day.Day, Month: day.Month, Sheet: true}
	hint := best.Name
	if len(h.people) > 1 {
		hint = h.T("site.service_with", "Service", best.Name, "Practitioner", h.name(slot.Practitioner))
	}
	w := wish{service: best.ID, practitioner: slot.Practitioner, start: slot.Start}
	return &ui.Choice{Href: w.path(pathDetails), Leaf: &leaf, Over: h.T("site.next_free"), Title: capital(h.near(slot.Start)), Hint: hint, Icon: "arrow-right"}
}

func (h home) name(practitioner int64) string {
	for _, p := range h.people {
		if p.ID == practitioner {
			return p.Name
		}
	}
	return ""
}

func (h home) choices() []ui.Choice {
	choices := make([]ui.Choice, len(h.services))
	for i, v := range h.services {
		choices[i] = ui.Choice{Href: wish{service: v.ID}.path(pathSlots), Title: v.Name, Hint: v.Description,
			Facts: strings.Join(facts(h.Text, v, h.skills), " · "), Aside: h.T("site.none_soon")}
		if slot, free := h.first[v.ID]; free {
			choices[i].Aside = h.T("site.from_day", "Day", h.day(slot.Start))
		}
	}
	return choices
}

// day is "demain", "jeudi 26", or "lundi 30 novembre" when it is farther.
func (h home) day(d time.Time) string { return h.Relative(d, h.now.In(d.Location())) }

func (h home) team() string {
	if len(h.people) == 1 {
		return h.T("site.team_of_one")
	}
	return h.word("site.team")
}

// notice is drawn as a warning where it is about emergencies.
func (h home) notice() ui.Banner {
	if strings.Contains(i18n.Fold(h.house.Notice), "urgence") {
		return ui.Banner{Tone: ui.Warn, Icon: "siren"}
	}
	return ui.Banner{}
}

// paragraphs are what an empty line parts.
func paragraphs(text string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(text, "\r\n", "\n"), func(r rune) bool { return r == '\n' })
}
