package site

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/availability"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
)

// showDetails asks for what the house must know of who comes.
func (s Site) showDetails(c *fiber.Ctx) error {
	w, err := readWish(c)
	if err != nil {
		return err
	}
	return s.fill(c, w, ui.Form{})
}

// fill shows the form for a moment, with what was typed into it so far. Where
// the moment cannot be had it shows others instead.
func (s Site) fill(c *fiber.Ctx, w wish, form ui.Form) error {
	var f sheet
	err := s.read(c, func(ctx context.Context, sc postgres.Scope, p page) (err error) {
		f, err = readSheet(ctx, sc, p, w)
		return err
	})
	if err != nil {
		return err
	}
	if len(f.moment) == 0 {
		return s.offer(c, w, form, web.Text(c).T("site.slot_gone"))
	}
	f.form = form
	return web.Page(c, detailsPage(f))
}

// confirm is what the button does.
func (f sheet) confirm() string {
	if f.offer.Service.Mode == catalog.Request {
		return f.T("site.confirm_request")
	}
	return f.T("site.confirm")
}

// only is the one who is free at the moment, 0 when there is a choice.
func (f sheet) only() int64 {
	if len(f.moment) == 1 {
		return f.moment[0].Practitioner
	}
	return f.wish.practitioner
}

func (f sheet) day(slot availability.Slot) string {
	return calendar.DateOf(slot.Start, f.offer.Zone).String()
}
