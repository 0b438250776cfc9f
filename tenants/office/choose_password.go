package office

import (
	"context"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/audit"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/secure"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/members"
)

// showPassword asks for a new password, while the link lives. It changes
// nothing: mail scanners follow links.
func (o office) showPassword(c *fiber.Ctx) error {
	if _, err := o.byReset(c); err != nil {
		return o.deadLink(c, err)
	}
	return o.drawPassword(c, ui.Form{})
}

func (o office) drawPassword(c *fiber.Ctx, form ui.Form) error {
	return o.door(c, "office.password_title", "office.password_lead", func(d *door) templ.Component {
		d.form = form
		return passwordForm(d)
	})
}

// deadLink shows how to get a new link; any other error goes on.
func (o office) deadLink(c *fiber.Ctx, err error) error {
	if !fault.HasKey(err, "members.link_dead") {
		return err
	}
	c.Status(fiber.StatusNotFound)
	return o.door(c, "office.link_dead_title", "members.link_dead", deadLinkBody)
}

func (o office) byReset(c *fiber.Ctx) (m members.Member, err error) {
	err = o.Control.ReadScope(c.UserContext(), tenants.From(c.UserContext()).ID, func(ctx context.Context, s postgres.Scope) error {
		m, err = members.ByReset(ctx, s, c.Params("token"))
		return err
	})
	return m, err
}

// choosePassword uses the link up, ends every session of the member and signs
// them in.
func (o office) choosePassword(c *fiber.Ctx) error {
	m, err := o.byReset(c)
	if err != nil {
		return o.deadLink(c, err)
	}
	password := c.FormValue("password")
	if err := secure.CheckPassword(password, m.Email); err != nil {
		form, err := web.Mark(c, web.Typed(c, "password"), fault.Wrong(fault.On("password", err.Error())))
		if err != nil {
			return err
		}
		return o.drawPassword(c, form)
	}
	hash, err := secure.Hash(c.UserContext(), password)
	if err != nil {
		return err
	}
	token := ""
	err = o.Control.Scope(c.UserContext(), tenants.From(c.UserContext()).ID, func(ctx context.Context, s postgres.Scope) error {
		id, err := members.Reset(ctx, s, c.Params("token"), hash)
		if err != nil {
			return err
		}
		if err := realm(s.Tenant()).CloseAll(ctx, s, id); err != nil {
			return err
		}
		if err := audit.Write(ctx, s, audit.Entry{Actor: audit.ByMember, ActorID: id, Act: "member.reset_password", Subject: id}); err != nil {
			return err
		}
		token, err = begin(ctx, s, m, o.token(c))
		return err
	})
	if err != nil {
		return o.deadLink(c, err)
	}
	o.keep(c, token)
	return c.Redirect(home, fiber.StatusSeeOther)
}
