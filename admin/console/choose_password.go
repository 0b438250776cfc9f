package console

import (
	"context"
	"math"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/admin/journal"
	"smartagenda/admin/staff"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/limit"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/secure"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
)

// resets is how many links one address may be sent: known or not, so that the
// answer tells nothing.
var resets = limit.Rule{Count: 5, Per: time.Hour}

// showReset offers a link to choose a new password.
func (o console) showReset(c *fiber.Ctx) error {
	if c.Query("envoye") != "" {
		return o.door(c, "console.reset_sent_title", "console.reset_sent", resetSent)
	}
	return o.drawReset(c, ui.Form{})
}

func (o console) drawReset(c *fiber.Ctx, form ui.Form) error {
	return o.door(c, "console.reset_title", "console.reset_lead", func(d *door) templ.Component {
		d.form = form
		return resetForm(d)
	})
}

// askReset sends the link to the address if it has a login, and says the same
// if it has none.
func (o console) askReset(c *fiber.Ctx) error {
	form := web.Typed(c)
	err := o.offerReset(c.UserContext(), form.Value("email", ""))
	if err == nil {
		return c.Redirect(resetPath+"?envoye=1", fiber.StatusSeeOther)
	}
	if form, err = web.Mark(c, form, err); err != nil {
		return err
	}
	return o.drawReset(c, form)
}

func (o console) offerReset(ctx context.Context, typed string) error {
	email, err := phone.ParseMail(typed)
	if err != nil {
		return fault.Wrong(fault.On("email", err.Error()))
	}
	if r := o.Limits.Limiter.Allow(ctx, "reset|console|"+email, resets); !r.OK {
		e := fault.New(fault.TooMany, "console.reset_too_many", "Minutes", int(math.Ceil(r.RetryAfter.Minutes())))
		e.After = r.RetryAfter
		return e
	}
	return o.Control.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
		p, err := staff.ByEmail(ctx, c, email)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := staff.Offer(ctx, c, p.ID, staff.LinkFor); err != nil {
			return err
		}
		return staff.Send(ctx, c, p.ID)
	})
}

// showPassword asks for a new password, while the link lives. It changes
// nothing: mail scanners follow links.
func (o console) showPassword(c *fiber.Ctx) error {
	if _, err := staff.ByReset(c.UserContext(), o.Control, c.Params("token")); err != nil {
		return o.deadLink(c, err)
	}
	return o.drawPassword(c, ui.Form{})
}

func (o console) drawPassword(c *fiber.Ctx, form ui.Form) error {
	return o.door(c, "console.password_title", "console.password_lead", func(d *door) templ.Component {
		d.form = form
		return passwordForm(d)
	})
}

// deadLink shows how to get a new link; any other error goes on.
func (o console) deadLink(c *fiber.Ctx, err error) error {
	if !fault.HasKey(err, "staff.link_dead") {
		return err
	}
	c.Status(fiber.StatusNotFound)
	return o.door(c, "console.link_dead_title", "staff.link_dead", deadLinkBody)
}

// choosePassword uses the link up, ends every session of the person and signs
// them in.
func (o console) choosePassword(c *fiber.Ctx) error {
	p, err := staff.ByReset(c.UserContext(), o.Control, c.Params("token"))
	if err != nil {
		return o.deadLink(c, err)
	}
	hash, err := accept(c.UserContext(), c.FormValue("password"), p.Email)
	if err != nil {
		form, err := web.Mark(c, web.Typed(c, "password"), err)
		if err != nil {
			return err
		}
		return o.drawPassword(c, form)
	}
	token := ""
	err = o.Control.InTx(c.UserContext(), func(ctx context.Context, control *postgres.Control) error {
		id, err := staff.Reset(ctx, control, c.Params("token"), hash)
		if err != nil {
			return err
		}
		if err := realm.CloseAll(ctx, control, id); err != nil {
			return err
		}
		if err := journal.Write(ctx, control, journal.Entry{Staff: id, Act: "staff.password", Subject: id}); err != nil {
			return err
		}
		token, err = begin(ctx, control, p, o.token(c))
		return err
	})
	if err != nil {
		return o.deadLink(c, err)
	}
	o.keep(c, token)
	return c.Redirect(home, fiber.StatusSeeOther)
}

// accept hashes a new password, or says what is wrong with it.
func accept(ctx context.Context, password, login string) (string, error) {
	if err := secure.CheckPassword(password, login); err != nil {
		return "", fault.Wrong(fault.On("password", err.Error()))
	}
	return secure.Hash(ctx, password)
}
