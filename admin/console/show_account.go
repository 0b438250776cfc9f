package console

import (
	"cmp"
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"smartagenda/admin/journal"
	"smartagenda/admin/staff"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/signin"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
)

// showAccount is one's own page.
func (o console) showAccount(_ context.Context, _ *postgres.Control, v *visit) (answer, error) {
	return v.drawAccount(ui.Form{}), nil
}

func (v *visit) drawAccount(form ui.Form) answer {
	return page(accountPage(v.shell(v.T("console.my_page"), accountPath), v, form))
}

var themes = []string{"auto", "light", "dark"}

// chooseTheme keeps a choice that a script would have kept in the same cookie.
func (o console) chooseTheme(_ context.Context, _ *postgres.Control, v *visit) (answer, error) {
	choice := v.c.FormValue("theme")
	return func(c *fiber.Ctx) error {
		if slices.Contains(themes, choice) {
			web.ThemeChoice.Keep(c, o.secure, choice)
		}
		return c.Redirect(accountPath, fiber.StatusSeeOther)
	}, nil
}

func (v *visit) themeOptions() []ui.Option {
	var all []ui.Option
	for _, t := range themes {
		all = append(all, ui.Option{Value: t, Label: v.T("console.theme_" + t)})
	}
	return all
}

func (v *visit) theme() string {
	if t := v.c.Cookies(ui.ThemeCookie); slices.Contains(themes, t) {
		return t
	}
	return themes[0]
}

// changePassword takes a new password from whoever knows the old one. Both are
// checked between two transactions, because that takes long on purpose; wrong
// old ones count as failures to sign in.
func (o console) changePassword(c *fiber.Ctx) error {
	return o.reads(staff.Look, func(_ context.Context, _ *postgres.Control, v *visit) (answer, error) {
		me := v.me
		fresh, err := "", o.knows(c.UserContext(), me, c.FormValue("old"))
		if err == nil {
			fresh, err = accept(c.UserContext(), c.FormValue("password"), me.Email)
		}
		if err == nil {
			err = o.replace(c.UserContext(), me, fresh)
		}
		if err == nil {
			return func(c *fiber.Ctx) error { return o.freshSession(c, me) }, nil
		}
		form, err := web.Mark(c, web.Typed(c, "old", "password"), err)
		if err != nil {
			return nil, err
		}
		return v.drawAccount(form), nil
	})(c)
}

// knows returns an Invalid fault unless the password is that person's.
func (o console) knows(ctx context.Context, p staff.Person, password string) error {
	if err := signin.Allowed(ctx, o.Control, p.Email, o.Control.Clock().Now()); err != nil {
		return err
	}
	right, err := signin.Verify(ctx, p.PasswordHash, password)
	if err != nil || right {
		return err
	}
	wrong, err := signin.Failed(ctx, o.Control, p.Email, o.Control.Clock().Now())
	if err != nil || fault.Is(wrong, fault.TooMany) {
		return cmp.Or(err, wrong)
	}
	return fault.Wrong(fault.On("old", "console.old_wrong"))
}

// replace stores the new hash unless the password was changed meanwhile, and
// ends every session.
func (o console) replace(ctx context.Context, p staff.Person, hash string) error {
	return o.Control.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
		if ok, err := stands(ctx, c, p, true); err != nil || !ok {
			return cmp.Or[error](err, fault.New(fault.Conflict, "console.password_changed"))
		}
		if err := staff.SetPassword(ctx, c, p.ID, hash); err != nil {
			return err
		}
		if err := realm.CloseAll(ctx, c, p.ID); err != nil {
			return err
		}
		return journal.Write(ctx, c, journal.Entry{Staff: p.ID, Act: "staff.password", Subject: p.ID})
	})
}

// freshSession lets the person who changed their password go on.
func (o console) freshSession(c *fiber.Ctx, p staff.Person) error {
	token, err := realm.Open(c.UserContext(), o.Control, p.ID, o.Control.Clock().Now())
	if err != nil {
		return err
	}
	o.keep(c, token)
	return o.say("password", accountPath)(c)
}
