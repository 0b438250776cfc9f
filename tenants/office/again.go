package office

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/audit"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/signin"
	"smartagenda/tenants"
	"smartagenda/tenants/members"
)

// again asks the owner, signed in as they are, for the password once more
// before an act that cannot be undone. It gives the owner's id, or 0 where the
// answer was sent already (to the door). A wrong one is an Invalid fault on
// the field and counts as one at the door, so that a session left open cannot
// be used to guess. The check runs between two transactions: it takes long.
func (o office) again(c *fiber.Ctx) (owner int64, err error) {
	var m members.Member
	err = o.visit(c, o.Control.ReadScope, func(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
		if err := v.ownerOnly(); err != nil {
			return nil, err
		}
		m = v.member
		return func(*fiber.Ctx) error { return nil }, signin.Allowed(ctx, s, m.Email, s.Now())
	})
	if err != nil || m.ID == 0 {
		return 0, err
	}
	right, err := signin.Verify(c.UserContext(), m.PasswordHash, c.FormValue("password"))
	if err != nil {
		return 0, err
	}
	if right {
		return m.ID, nil
	}
	err = o.Control.Scope(c.UserContext(), tenants.From(c.UserContext()).ID, func(ctx context.Context, s postgres.Scope) error {
		_, err := signin.Failed(ctx, s, m.Email, s.Now())
		return err
	})
	if err != nil {
		return 0, err
	}
	return 0, fault.Wrong(fault.On("password", "office.password_wrong"))
}

// noteOwner writes an act of the owner into the house's audit.
func (o office) noteOwner(ctx context.Context, t postgres.Tenant, owner int64, act string) error {
	return o.Control.Scope(ctx, t, func(ctx context.Context, s postgres.Scope) error {
		return audit.Write(ctx, s, audit.Entry{Actor: audit.ByMember, ActorID: owner, Act: act})
	})
}
