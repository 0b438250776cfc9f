package jobs

import (
	"context"
	"time"

	"smartagenda/admin/professionals"
	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/settings"
	"smartagenda/tenants"
	"smartagenda/tenants/activity"
)

// Count is the handler of professionals.KindCount. It carries counts alone.
func Count(c *postgres.Control) Handler {
	return func(ctx context.Context, j jobstore.Job) error {
		var n activity.Counts
		err := c.ReadScope(ctx, j.Tenant, func(ctx context.Context, s postgres.Scope) (err error) {
			n, err = activity.Count(ctx, s)
			return err
		})
		if err != nil {
			return err
		}
		return professionals.Keep(ctx, c, j.Tenant, n)
	}
}

// CountAll has every space counted, spread over the time given so that
// thousands do not come at once.
func CountAll(ctx context.Context, c *postgres.Control, over time.Duration) error {
	now := c.Clock().Now()
	return eachOpen(ctx, c, func(t tenants.Tenant, i, of int) error {
		return jobstore.PutFor(ctx, c, jobstore.Job{Tenant: t.ID, Kind: professionals.KindCount}, now.Add(over*time.Duration(i)/time.Duration(of)))
	})
}

// countEvery is how old the console's counts may be.
const countEvery = time.Hour

// count puts the hour's counting: whoever changes the hour does it.
func (s Schedule) count(ctx context.Context) error {
	hour := s.Control.Clock().Now().Truncate(countEvery).Format(time.RFC3339)
	return s.Control.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
		mine, err := settings.Set(ctx, c, "counted", hour)
		if err != nil || !mine {
			return err
		}
		return CountAll(ctx, c, countEvery)
	})
}
