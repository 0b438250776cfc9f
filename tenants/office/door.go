package office

import (
	"context"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/practitioners"
)

// door is what the pages before signing in show. They say nothing of any
// patient: anybody can open them.
type door struct {
	*i18n.Text
	ui.EnterPage
	form ui.Form
}

// door draws one of these pages around a body; title and sub are message keys.
func (o office) door(c *fiber.Ctx, title, sub string, body func(*door) templ.Component) error {
	d := &door{Text: web.Text(c)}
	t := tenants.From(c.UserContext())
	err := o.Control.ReadScope(c.UserContext(), t.ID, func(ctx context.Context, s postgres.Scope) error {
		house, now, err := houseNow(ctx, s)
		if err != nil {
			return err
		}
		d.EnterPage = ui.EnterPage{
			Doc:  ui.Doc{Lang: d.Lang(), Title: d.T(title) + " – " + house.Name, NoIndex: true, Skip: d.T("office.skip")},
			Mast: ui.Mast{Name: house.Name, Home: doorPath}, Title: d.T(title),
			Sub: words(d.T(sub)), SideLabel: d.T("office.side_label"), SideTitle: capital(d.DayMonth(now)),
		}
		d.Day, err = d.rail(ctx, s, now)
		return err
	})
	if err != nil {
		return err
	}
	inside := body(d) // may change the frame
	return web.Page(c, enter(d.EnterPage, inside))
}

// rail is the day of the house: when it opens, pauses and closes, and now.
func (d *door) rail(ctx context.Context, s postgres.Scope, now time.Time) ([]ui.RailItem, error) {
	h, err := readHours(ctx, s, now.Location())
	if err != nil {
		return nil, err
	}
	today := calendar.DateOf(now, now.Location())
	away, err := practitioners.Absences(ctx, s, today.Day(h.zone).Start, today.Day(h.zone).End)
	if err != nil {
		return nil, err
	}
	spans := h.doors(today, away)
	present := ui.RailItem{Mark: ui.Here, Lead: d.Time(now), Text: d.T("office.now")}
	if len(spans) == 0 {
		present.Text = d.T("office.closed_today")
		return []ui.RailItem{present}, nil
	}
	var items []ui.RailItem
	told := false
	add := func(at time.Time, key string) {
		mark := ui.Done
		if at.After(now) {
			if mark = ui.Ahead; !told {
				items, told = append(items, present), true
			}
		}
		items = append(items, ui.RailItem{Mark: mark, Lead: d.Time(at.In(h.zone)), Text: d.T(key)})
	}
	for i, span := range spans {
		opens, closes := "office.resumes", "office.pause"
		if i == 0 {
			opens = "office.opens"
		}
		if i == len(spans)-1 {
			closes = "office.closes"
		}
		add(span.Start, opens)
		add(span.End, closes)
	}
	if !told {
		items = append(items, present)
	}
	return items, nil
}
