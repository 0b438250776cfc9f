package office

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/provisioning"
	"smartagenda/tenants/subscriptions"
)

// leaving is the page on which a contract is ended, or seen ending.
type leaving struct {
	*visit
	provisioning.Leaving
	gone bool // the contract has ended
	form ui.Form
}

func (o office) readLeaving(ctx context.Context, v *visit) (l leaving, err error) {
	l.visit = v
	if err := v.ownerOnly(); err != nil {
		return l, err
	}
	l.Leaving, err = provisioning.FindLeaving(ctx, o.Control, v.tenant.ID)
	l.gone = err == nil
	if fault.Is(err, fault.NotFound) {
		l.AskedAt, err = v.now, nil
		l.ReadOnlyUntil, l.ExportUntil = v.now.AddDate(0, 0, provisioning.ReadDays), v.now.AddDate(0, 0, provisioning.ExportDays)
		l.PurgeAt = v.now.AddDate(0, 0, provisioning.PurgeDays)
	}
	return l, err
}

// askLeave shows what would happen when, or what is happening.
func (o office) askLeave(ctx context.Context, _ postgres.Scope, v *visit) (answer, error) {
	l, err := o.readLeaving(ctx, v)
	if err != nil {
		return nil, err
	}
	return v.drawLeaving(l), nil
}

func (v *visit) drawLeaving(l leaving) answer {
	return page(leavePage(at(v.shell(v.T("office.leave_title")), subscriptionPath), l))
}

// leave ends the contract: by the owner, with the password once more.
func (o office) leave(c *fiber.Ctx) error {
	form := web.Typed(c, "password")
	show := func(wrong error) error {
		return o.visit(c, o.Control.ReadScope, func(ctx context.Context, _ postgres.Scope, v *visit) (answer, error) {
			l, err := o.readLeaving(ctx, v)
			if err != nil {
				return nil, err
			}
			if l.form, err = web.Mark(c, form, wrong); err != nil {
				return nil, err
			}
			return v.drawLeaving(l), nil
		})
	}
	owner, err := o.again(c)
	switch {
	case fault.Is(err, fault.Invalid), fault.Is(err, fault.TooMany):
		return show(err)
	case err != nil || owner == 0:
		return err
	}
	ctx, t := c.UserContext(), tenants.From(c.UserContext()).ID
	err = provisioning.Desk{Control: o.Control}.Leave(ctx, provisioning.Farewell{Tenant: t, Choice: provisioning.Choice(c.FormValue("choice")),
		By: subscriptions.Actor{Who: subscriptions.ByOwner, ID: owner}})
	switch {
	case fault.Is(err, fault.Invalid):
		return show(err)
	case err != nil && !fault.Is(err, fault.Conflict): // a second click finds it done
		return err
	case err == nil:
		if err := o.noteOwner(ctx, t, owner, "subscription.terminate"); err != nil {
			return err
		}
	}
	return c.Redirect(leavePath, fiber.StatusSeeOther)
}

func (l leaving) rail() []ui.RailItem {
	at := func(key string, t time.Time) ui.RailItem {
		item := ui.RailItem{Mark: ui.Ahead, Title: l.T(key), Text: l.T(key + "_text"), Note: l.LongDate(t.In(l.zone()))}
		if l.gone && !t.After(l.now) {
			item.Mark = ui.Done
		}
		return item
	}
	return []ui.RailItem{
		at("office.leave_today", l.AskedAt), at("office.leave_read", l.ReadOnlyUntil), at("office.leave_export", l.ExportUntil), at("office.leave_purge", l.PurgeAt),
	}
}

func (l leaving) choices() []ui.Option {
	return []ui.Option{
		{Value: string(provisioning.Return), Label: l.T("office.leave_return"), Hint: l.T("office.leave_return_hint")},
		{Value: string(provisioning.Delete), Label: l.T("office.leave_delete"), Hint: l.T("office.leave_delete_hint")},
	}
}
