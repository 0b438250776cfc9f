package office

import (
	"bytes"
	"context"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/provisioning"
)

// askExport says what the export holds.
func (o office) askExport(_ context.Context, _ postgres.Scope, v *visit) (answer, error) {
	return v.drawExport(ui.Form{})
}

func (v *visit) drawExport(form ui.Form) (answer, error) {
	if err := v.ownerOnly(); err != nil {
		return nil, err
	}
	return page(exportPage(at(v.shell(v.T("office.export_title")), subscriptionPath), v, form)), nil
}

// export sends the whole space as a ZIP, to the owner with the password once
// more, until the day on which an ended contract closes it.
func (o office) export(c *fiber.Ctx) error {
	form := web.Typed(c, "password")
	owner, err := o.again(c)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.TooMany) {
		return o.visit(c, o.Control.ReadScope, func(_ context.Context, _ postgres.Scope, v *visit) (answer, error) {
			marked, err := web.Mark(c, form, err)
			if err != nil {
				return nil, err
			}
			return v.drawExport(marked)
		})
	}
	if err != nil || owner == 0 {
		return err
	}
	ctx, t := c.UserContext(), tenants.From(c.UserContext())
	if t.Status == tenants.Terminated {
		l, err := provisioning.FindLeaving(ctx, o.Control, t.ID)
		if err != nil {
			return err
		}
		if !l.Exportable(o.Control.Clock().Now()) {
			return fault.New(fault.Denied, "office.export_over")
		}
	}
	var b bytes.Buffer
	err = o.Control.Scope(ctx, t.ID, func(ctx context.Context, s postgres.Scope) error {
		b.Reset()
		return provisioning.Export(ctx, s, t, &b)
	})
	if err != nil {
		return err
	}
	if err := o.noteOwner(ctx, t.ID, owner, "house.export"); err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Attachment(string(t.Slug) + ".zip")
	return c.Send(b.Bytes())
}
