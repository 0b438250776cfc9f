package office

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
)

// showAccount is a member's own page.
func (o office) showAccount(_ context.Context, _ postgres.Scope, v *visit) (answer, error) {
	return page(accountPage(at(v.shell(v.T("office.my_page")), accountPath), v)), nil
}

var themes = []string{"auto", "light", "dark"}

// chooseTheme keeps a choice that a script would have kept in the same cookie.
func (o office) chooseTheme(_ context.Context, _ postgres.Scope, v *visit) (answer, error) {
	choice := v.c.FormValue("theme")
	return func(c *fiber.Ctx) error {
		if slices.Contains(themes, choice) {
			web.ThemeChoice.Keep(c, o.secure, choice)
		}
		return c.Redirect(accountPath, fiber.StatusSeeOther)
	}, nil
}

func (v *visit) themes() []ui.Option {
	var all []ui.Option
	for _, t := range themes {
		all = append(all, ui.Option{Value: t, Label: v.T("office.theme_" + t)})
	}
	return all
}

func (v *visit) theme() string {
	if t := v.c.Cookies(ui.ThemeCookie); slices.Contains(themes, t) {
		return t
	}
	return themes[0]
}
