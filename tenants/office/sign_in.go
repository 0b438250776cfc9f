package office

import (
	"context"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/audit"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/secure"
	"smartagenda/configs/platform/signin"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/members"
)

// showSignIn asks for a login, and lets who has a session go on.
func (o office) showSignIn(c *fiber.Ctx) error {
	next, token := local(c.Query("next")), o.token(c)
	if token == "" {
		return o.drawSignIn(c, ui.Form{}, next, false)
	}
	err := o.Control.ReadScope(c.UserContext(), tenants.From(c.UserContext()).ID, func(ctx context.Context, s postgres.Scope) error {
		_, _, err := who(ctx, s, token)
		return err
	})
	switch {
	case err == nil:
		return c.Redirect(next, fiber.StatusSeeOther)
	case !fault.Is(err, fault.SignedOut):
		return err
	}
	o.forget(c)
	return o.drawSignIn(c, ui.Form{}, next, true)
}

func (o office) drawSignIn(c *fiber.Ctx, form ui.Form, next string, ended bool) error {
	return o.door(c, "office.sign_in_title", "office.sign_in_lead", func(d *door) templ.Component {
		d.form, d.Sub = form, withSite(d)
		return signInForm(d, next, ended)
	})
}

// signIn starts a session for a login and its password.
func (o office) signIn(c *fiber.Ctx) error {
	form := web.Typed(c, "password")
	next := local(form.Value("next", ""))
	token, err := o.enter(c, line(form.Value("email", "")), c.FormValue("password"))
	if err == nil {
		o.keep(c, token)
		return c.Redirect(next, fiber.StatusSeeOther)
	}
	if form, err = web.Mark(c, form, err); err != nil {
		return err
	}
	return o.drawSignIn(c, form, next, false)
}

// enter checks the password between two transactions, because that takes long
// on purpose. The second asks again whether the login may try, and whether the
// password still is the one checked: both may have changed meanwhile.
func (o office) enter(c *fiber.Ctx, login, password string) (token string, err error) {
	ctx, t := c.UserContext(), tenants.From(c.UserContext()).ID
	var m members.Member
	err = o.Control.ReadScope(ctx, t, func(ctx context.Context, s postgres.Scope) (err error) {
		m, err = allowed(ctx, s, login)
		return err
	})
	if err != nil {
		return "", err
	}
	right, fresh, err := check(ctx, m.PasswordHash, password)
	if err != nil {
		return "", err
	}
	right = right && (o.Refused == "" || password != o.Refused)
	var wrong error
	err = o.Control.Scope(ctx, t, func(ctx context.Context, s postgres.Scope) error {
		if err := signin.Allowed(ctx, s, login, s.Now()); err != nil {
			return err
		}
		ok, err := stands(ctx, s, m, right)
		if err != nil {
			return err
		}
		if !ok {
			wrong, err = signin.Failed(ctx, s, login, s.Now())
			return err
		}
		if fresh != "" {
			if err := members.SetPassword(ctx, s, m.ID, fresh); err != nil {
				return err
			}
		}
		token, err = begin(ctx, s, m, o.token(c))
		return err
	})
	if err == nil {
		err = wrong
	}
	return token, err
}

// allowed finds the member of a login that may try now; nobody for a login
// that is unknown.
func allowed(ctx context.Context, s postgres.Scope, login string) (members.Member, error) {
	if err := signin.Allowed(ctx, s, login, s.Now()); err != nil {
		return members.Member{}, err
	}
	m, err := members.ByEmail(ctx, s, login)
	if fault.Is(err, fault.NotFound) {
		return members.Member{}, nil
	}
	return m, err
}

// check tells whether the password is the stored one; fresh is its hash of
// today, where the stored one is weaker.
func check(ctx context.Context, stored, password string) (right bool, fresh string, err error) {
	if right, err = signin.Verify(ctx, stored, password); err == nil && right && secure.NeedsRehash(stored) {
		fresh, err = secure.Hash(ctx, password)
	}
	return right, fresh, err
}

// stands tells whether a password that was right still opens the login.
func stands(ctx context.Context, s postgres.Scope, m members.Member, right bool) (bool, error) {
	if !right {
		return false, nil
	}
	now, err := members.Get(ctx, s, m.ID)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return now.PasswordHash == m.PasswordHash, err
}

// begin opens a session under a new token; the one the browser had ends.
func begin(ctx context.Context, s postgres.Scope, m members.Member, old string) (token string, err error) {
	if err := signin.Succeeded(ctx, s, m.Email); err != nil {
		return "", err
	}
	if old != "" {
		if err := realm(s.Tenant()).Close(ctx, s, old); err != nil {
			return "", err
		}
	}
	if err := members.Seen(ctx, s, m.ID); err != nil {
		return "", err
	}
	if err := audit.Write(ctx, s, audit.Entry{Actor: audit.ByMember, ActorID: m.ID, Act: "member.sign_in", Subject: m.ID}); err != nil {
		return "", err
	}
	return realm(s.Tenant()).Open(ctx, s, m.ID, s.Now())
}
