package site

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
)

// How many days are looked at for other moments, and how many are shown.
const (
	around = 14
	few    = 3
)

// others is the page of other moments. What was typed travels in it, because
// an address would tell it.
type others struct {
	visit
	sentence string // why this page came, "" when it was asked for
	days     []day  // each with something free
	sooner   bool   // something is free before them
	form     ui.Form
}

// chooseSlot takes what was typed to other moments, and to the form for the
// one chosen. It changes nothing: it is a POST to keep names out of addresses.
func (s Site) chooseSlot(c *fiber.Ctx) error {
	w, err := readWish(c)
	if err != nil {
		return err
	}
	form := web.Typed(c)
	if start := readStart(form.Value("debut", "")); !start.IsZero() {
		return s.fill(c, w.at(start), kept(form))
	}
	return s.showOthers(c, others{form: kept(form)}, w, readDay(form.Value("du", "")))
}

// offer shows other moments in place of one that cannot be had.
func (s Site) offer(c *fiber.Ctx, w wish, form ui.Form, sentence string) error {
	o := others{sentence: sentence}
	if form.Sent() {
		o.form = kept(form)
		o.sentence += " " + web.Text(c).T("site.kept")
	}
	c.Status(fiber.StatusConflict)
	return s.showOthers(c, o, w, calendar.Date{})
}

// showOthers fills the page from a day on, the wished one without it.
func (s Site) showOthers(c *fiber.Ctx, o others, w wish, from calendar.Date) error {
	err := s.read(c, func(ctx context.Context, sc postgres.Scope, p page) (err error) {
		if from.IsZero() {
			from = calendar.DateOf(w.start, p.now.Location())
		}
		o.visit, err = readVisit(ctx, sc, p, w)
		if err != nil {
			return err
		}
		if !o.knows(w.practitioner) {
			o.wish.practitioner = 0
		}
		return o.find(ctx, sc, o.clamp(from))
	})
	if err != nil {
		return err
	}
	return web.Page(c, othersPage(o))
}

// find looks from a day on, then where there is something, then from today.
func (o *others) find(ctx context.Context, sc postgres.Scope, from calendar.Date) error {
	if o.sooner = o.today().Before(from); o.sooner {
		to := o.today().AddDays(booking.MostDays)
		if from.Before(to) {
			to = from
		}
		if err := o.ask(ctx, sc, o.today(), to); err != nil {
			return err
		}
		o.sooner = len(o.offer.Slots) > 0
	}
	if err := o.ask(ctx, sc, from, from.AddDays(around)); err != nil {
		return err
	}
	if len(o.offer.Slots) == 0 {
		from, o.sooner = o.today(), false
		if next := o.offer.Next; !next.IsZero() {
			from = calendar.DateOf(next, o.offer.Zone)
		}
		if err := o.ask(ctx, sc, from, from.AddDays(around)); err != nil {
			return err
		}
	}
	o.days = nil
	for _, d := range days(o.offer, o.wish.practitioner, o.now, from, around) {
		if d.free() > 0 && len(o.days) < few {
			o.days = append(o.days, d)
		}
	}
	return nil
}

// slots of a day, as buttons that take the answers along where there are any.
func (o others) slots(d day) ui.Slots {
	var s ui.Slots
	for _, p := range d.parts {
		for _, one := range p.slots {
			s.Items = append(s.Items, o.slot(one, o.form.Sent()))
		}
	}
	return s
}

// later is the day after those shown, "" after the last.
func (o others) later() string {
	if len(o.days) == 0 {
		return ""
	}
	next := o.days[len(o.days)-1].date.AddDays(1)
	if next.After(o.horizon()) {
		return ""
	}
	return next.String()
}
