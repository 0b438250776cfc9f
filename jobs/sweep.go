package jobs

import (
	"context"

	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/session"
	"smartagenda/configs/platform/signin"
	"smartagenda/tenants/booking"
)

// KindSweep is the nightly cleaning of one tenant.
const KindSweep = "jobs.sweep"

// Sweep is its handler: it forgets what has expired. Doing it twice is harmless.
func Sweep(c *postgres.Control) Handler {
	return func(ctx context.Context, j jobstore.Job) error {
		return c.Scope(ctx, j.Tenant, func(ctx context.Context, s postgres.Scope) error {
			if err := session.Sweep(ctx, s, s.Now()); err != nil {
				return err
			}
			if err := signin.Sweep(ctx, s, s.Now()); err != nil {
				return err
			}
			if err := booking.Sweep(ctx, s); err != nil {
				return err
			}
			return jobstore.Finish(ctx, s, j)
		})
	}
}
