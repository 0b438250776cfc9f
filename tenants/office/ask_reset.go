package office

import (
	"context"
	"math"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/limit"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/members"
	"smartagenda/tenants/messages"
)

// resets is how many links one address may be sent: known or not, so that the
// answer tells nothing.
var resets = limit.Rule{Count: 5, Per: time.Hour}

// unreferred keeps the address of a page, which holds a token, from every page
// it leads to.
func unreferred(c *fiber.Ctx) error {
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	return c.Next()
}

// showReset offers a link to choose a new password.
func (o office) showReset(c *fiber.Ctx) error {
	if c.Query("envoye") != "" {
		return o.door(c, "office.reset_sent_title", "office.reset_sent", resetSent)
	}
	return o.drawReset(c, ui.Form{})
}

func (o office) drawReset(c *fiber.Ctx, form ui.Form) error {
	return o.door(c, "office.reset_title", "office.reset_lead", func(d *door) templ.Component {
		d.form = form
		return resetForm(d)
	})
}

// askReset sends the link to the address if it has a login, and says the same
// if it has none.
func (o office) askReset(c *fiber.Ctx) error {
	form := web.Typed(c)
	err := o.offerReset(c, form.Value("email", ""))
	if err == nil {
		return c.Redirect(passwordPath+"?envoye=1", fiber.StatusSeeOther)
	}
	if form, err = web.Mark(c, form, err); err != nil {
		return err
	}
	return o.drawReset(c, form)
}

func (o office) offerReset(c *fiber.Ctx, typed string) error {
	ctx, t := c.UserContext(), tenants.From(c.UserContext()).ID
	email, err := phone.ParseMail(typed)
	if err != nil {
		return fault.Wrong(fault.On("email", err.Error()))
	}
	if r := o.Limits.Limiter.Allow(ctx, "reset|"+t.String()+"|"+email, resets); !r.OK {
		e := fault.New(fault.TooMany, "office.reset_too_many", "Minutes", int(math.Ceil(r.RetryAfter.Minutes())))
		e.After = r.RetryAfter
		return e
	}
	return o.Control.Scope(ctx, t, func(ctx context.Context, s postgres.Scope) error {
		id, ok, err := members.BeginReset(ctx, s, email)
		if err != nil || !ok {
			return err
		}
		return messages.Put(ctx, s, messages.Planned{Kind: messages.Reset, Channel: messages.Mail, Due: s.Now()}, messages.About{Member: id})
	})
}
