package console

import (
	"context"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/admin/professionals"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/instructions"
)

// support is one look into a space, under its owner's instruction. What people
// wrote stays sealed: this process has no tenant's key.
type support struct {
	*visit
	professionals.Professional
	order instructions.Instruction
	zone  *time.Location
}

// glance reads what a page shows; the page is drawn once all was read.
type glance func(ctx context.Context, s postgres.Scope, l support) (func(ui.ConsolePage) templ.Component, error)

// looks shows what a glance finds, or that PostgreSQL refuses and what the
// Professional can do. name is how the view is written into the house's audit,
// and subject the part of the address that names what was looked at.
func (o console) looks(name, subject string, read glance) act {
	return func(ctx context.Context, c *postgres.Control, v *visit) (answer, error) {
		p, err := professionals.Get(ctx, c, postgres.Tenant(v.id()))
		if err != nil {
			return nil, err
		}
		l := support{visit: v, Professional: p}
		if !p.Status.Reachable() {
			return l.refused(), nil
		}
		var draw func(ui.ConsolePage) templ.Component
		view := instructions.View{Tenant: p.ID, Staff: v.me.ID, Act: name, Subject: v.number(subject)}
		err = instructions.Look(ctx, c, view, func(ctx context.Context, s postgres.Scope, i instructions.Instruction) error {
			house, err := catalog.GetProfile(ctx, s)
			if err != nil {
				return err
			}
			if l.zone, err = calendar.LoadZone(house.Zone); err != nil {
				return err
			}
			l.order = i
			draw, err = read(ctx, s, l)
			return err
		})
		if fault.HasKey(err, "instructions.none") {
			return l.refused(), nil
		}
		if err != nil {
			return nil, err
		}
		return page(draw(l.shell())), nil
	}
}

// shell says on every page of a space on whose order one is there.
func (l support) shell() ui.ConsolePage {
	p := l.visit.shell(l.T("console.support_title"), professionalsPath)
	p.Above = &ui.Above{Label: l.T("console.instruction"), Icon: "eye",
		Text: l.T("console.support_order", "House", l.Professional.Name, "Reason", l.order.Reason, "When", l.moment(l.order.ExpiresAt))}
	return p
}

func (l support) refused() answer {
	l.c.Status(fiber.StatusForbidden)
	return page(supportRefused(l.visit.shell(l.T("console.support_title"), professionalsPath), l))
}

func (l support) crumbs() []ui.Link {
	return []ui.Link{{Href: professionalsPath, Text: l.T("console.professionals")}, {Href: professionalPath(l.ID), Text: l.Professional.Name}}
}

func (l support) path() string { return supportPath(l.ID) }

func supportPath(id postgres.Tenant) string { return professionalPath(id) + "/support" }

// number is the part of the address of that name, 0 for none.
func (v *visit) number(name string) int64 {
	if name == "" {
		return 0
	}
	n, err := v.c.ParamsInt(name)
	if err != nil {
		return 0
	}
	return int64(n)
}
