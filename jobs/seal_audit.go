package jobs

import (
	"context"
	"time"

	"smartagenda/configs/platform/audit"
	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/settings"
	"smartagenda/tenants"
	"smartagenda/tenants/instructions"
)

// KindSeal adds a seal to the chain of one tenant's audit.
const KindSeal = "jobs.seal"

// Seal is its handler. The head is copied after the seal has committed: a kill
// in between leaves an older head, which the next hour brings up to date.
func Seal(c *postgres.Control) Handler {
	return func(ctx context.Context, j jobstore.Job) error {
		var head audit.Head
		err := c.Scope(ctx, j.Tenant, func(ctx context.Context, s postgres.Scope) (err error) {
			head, err = audit.Of(s).Seal(ctx, s.Now())
			return err
		})
		if err != nil {
			return err
		}
		return audit.Copy(ctx, c, j.Tenant, head)
	}
}

const sealEvery = time.Hour

// seal puts the hour's sealing and seals the staff's own acts: whoever changes
// the hour does it.
func (s Schedule) seal(ctx context.Context) error {
	now := s.Control.Clock().Now()
	return s.Control.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
		mine, err := settings.Set(ctx, c, "sealed", now.Truncate(sealEvery).Format(time.RFC3339))
		if err != nil || !mine {
			return err
		}
		head, err := audit.OfStaff(c).Seal(ctx, now)
		if err != nil {
			return err
		}
		if err := audit.Copy(ctx, c, 0, head); err != nil {
			return err
		}
		return eachOpen(ctx, c, func(t tenants.Tenant, i, of int) error {
			due := now.Add(sealEvery * time.Duration(i) / time.Duration(of)) // thousands do not come at once
			return jobstore.PutFor(ctx, c, jobstore.Job{Tenant: t.ID, Kind: KindSeal}, due)
		})
	})
}

// revoke withdraws the rights of instructions whose time is over.
func (s Schedule) revoke(ctx context.Context) error {
	return instructions.RevokeExpired(ctx, s.Control)
}

// eachOpen calls f for every tenant that has a space in use.
func eachOpen(ctx context.Context, c *postgres.Control, f func(t tenants.Tenant, i, of int) error) error {
	list, err := tenants.List(ctx, c)
	if err != nil {
		return err
	}
	for i, t := range list {
		if t.Status == tenants.Purged || t.Status == tenants.Setup {
			continue
		}
		if err := f(t, i, len(list)); err != nil {
			return err
		}
	}
	return nil
}
