package office

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
)

// signOut ends the session, in the database and in the browser.
func (o office) signOut(c *fiber.Ctx) error {
	t := tenants.From(c.UserContext()).ID
	if token := o.token(c); token != "" {
		err := o.Control.Scope(c.UserContext(), t, func(ctx context.Context, s postgres.Scope) error {
			return realm(t).Close(ctx, s, token)
		})
		if err != nil {
			return err
		}
	}
	o.forget(c)
	return c.Redirect(doorPath, fiber.StatusSeeOther)
}
