package console

import (
	"context"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/admin/journal"
	"smartagenda/admin/staff"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/secure"
	"smartagenda/configs/platform/signin"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
)

// showSignIn asks for a login, and lets who has a session go on.
func (o console) showSignIn(c *fiber.Ctx) error {
	next, token := local(c.Query("next")), o.token(c)
	if token == "" {
		return o.drawSignIn(c, ui.Form{}, next, false)
	}
	_, _, err := who(c.UserContext(), o.Control, token)
	switch {
	case err == nil:
		return c.Redirect(next, fiber.StatusSeeOther)
	case !fault.Is(err, fault.SignedOut):
		return err
	}
	o.forget(c)
	return o.drawSignIn(c, ui.Form{}, next, true)
}

func (o console) drawSignIn(c *fiber.Ctx, form ui.Form, next string, ended bool) error {
	return o.door(c, "console.sign_in_title", "console.sign_in_lead", func(d *door) templ.Component {
		d.form = form
		return signInForm(d, next, ended)
	})
}

// signIn starts a session for a login and its password.
func (o console) signIn(c *fiber.Ctx) error {
	form := web.Typed(c, "password")
	next := local(form.Value("next", ""))
	token, err := o.enter(c, words(form.Value("email", "")), c.FormValue("password"))
	if err == nil {
		o.keep(c, token)
		return c.Redirect(next, fiber.StatusSeeOther)
	}
	if form, err = web.Mark(c, form, err); err != nil {
		return err
	}
	return o.drawSignIn(c, form, next, false)
}

// enter checks the password before its transaction, because that takes long on
// purpose. The transaction asks again whether the login may try, and whether
// the password still is the one checked: both may have changed meanwhile.
func (o console) enter(c *fiber.Ctx, login, password string) (token string, err error) {
	ctx := c.UserContext()
	p, err := allowed(ctx, o.Control, login)
	if err != nil {
		return "", err
	}
	right, fresh, err := check(ctx, p.PasswordHash, password)
	if err != nil {
		return "", err
	}
	right = right && (o.Refused == "" || password != o.Refused)
	var wrong error
	err = o.Control.InTx(ctx, func(ctx context.Context, control *postgres.Control) error {
		now := control.Clock().Now()
		if err := signin.Allowed(ctx, control, login, now); err != nil {
			return err
		}
		ok, err := stands(ctx, control, p, right)
		if err != nil {
			return err
		}
		if !ok {
			wrong, err = signin.Failed(ctx, control, login, now)
			return err
		}
		if fresh != "" {
			if err := staff.SetPassword(ctx, control, p.ID, fresh); err != nil {
				return err
			}
		}
		token, err = begin(ctx, control, p, o.token(c))
		return err
	})
	if err == nil {
		err = wrong
	}
	return token, err
}

// allowed finds the person of a login that may try now; nobody for a login
// that is unknown.
func allowed(ctx context.Context, c *postgres.Control, login string) (staff.Person, error) {
	if err := signin.Allowed(ctx, c, login, c.Clock().Now()); err != nil {
		return staff.Person{}, err
	}
	p, err := staff.ByEmail(ctx, c, login)
	if fault.Is(err, fault.NotFound) {
		return staff.Person{}, nil
	}
	return p, err
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
func stands(ctx context.Context, c *postgres.Control, p staff.Person, right bool) (bool, error) {
	if !right {
		return false, nil
	}
	now, err := staff.Get(ctx, c, p.ID)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return now.PasswordHash == p.PasswordHash && !now.Disabled(), err
}

// begin opens a session under a new token; the one the browser had ends.
func begin(ctx context.Context, c *postgres.Control, p staff.Person, old string) (token string, err error) {
	if err := signin.Succeeded(ctx, c, p.Email); err != nil {
		return "", err
	}
	if old != "" {
		if err := realm.Close(ctx, c, old); err != nil {
			return "", err
		}
	}
	if err := staff.Seen(ctx, c, p.ID); err != nil {
		return "", err
	}
	if err := journal.Write(ctx, c, journal.Entry{Staff: p.ID, Act: "staff.sign_in", Subject: p.ID}); err != nil {
		return "", err
	}
	return realm.Open(ctx, c, p.ID, c.Clock().Now())
}

// signOut ends the session, in the database and in the browser.
func (o console) signOut(c *fiber.Ctx) error {
	if token := o.token(c); token != "" {
		if err := realm.Close(c.UserContext(), o.Control, token); err != nil {
			return err
		}
	}
	o.forget(c)
	return c.Redirect(doorPath, fiber.StatusSeeOther)
}
