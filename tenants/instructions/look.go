package instructions

import (
	"context"

	"smartagenda/configs/platform/audit"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
)

// View is one page of a space that somebody at SmartAgenda asks to see.
type View struct {
	Tenant  postgres.Tenant
	Staff   int64
	Act     string // "support.day"
	Subject int64  // 0: none
}

// Look runs fn in the space, with the console's own login, under the
// instruction that runs there; the view goes into the house's audit in the
// same transaction, so that none is seen without leaving its trace. It returns
// a Denied fault "instructions.none" where PostgreSQL refuses.
func Look(ctx context.Context, c *postgres.Control, v View, fn func(context.Context, postgres.Scope, Instruction) error) error {
	err := c.Support(ctx, v.Tenant, func(ctx context.Context, s postgres.Scope) error {
		i, running, err := Current(ctx, s)
		if err != nil {
			return err
		}
		if !running {
			return fault.New(fault.Denied, "instructions.none")
		}
		err = audit.Write(ctx, s, audit.Entry{Actor: audit.ByStaff, ActorID: v.Staff, Act: v.Act, Subject: v.Subject,
			Facts: map[string]any{"instruction": i.ID}})
		if err != nil {
			return err
		}
		return fn(ctx, s, i)
	})
	if postgres.Refused(err) {
		return fault.New(fault.Denied, "instructions.none").Because(err)
	}
	return err
}
