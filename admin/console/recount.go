package console

import (
	"context"

	"smartagenda/admin/professionals"
	"smartagenda/configs/platform/postgres"
)

// recount has a space counted now: a job looks there, this login cannot.
func (o console) recount(ctx context.Context, c *postgres.Control, v *visit) (answer, error) {
	p, err := professionals.Get(ctx, c, postgres.Tenant(v.id()))
	if err != nil {
		return nil, err
	}
	if err := professionals.Recount(ctx, c, p); err != nil {
		return nil, err
	}
	return o.say("recount", professionalPath(p.ID)), nil
}
