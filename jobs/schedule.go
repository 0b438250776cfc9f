package jobs

import (
	"context"
	"log/slog"
	"time"

	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/session"
	"smartagenda/configs/platform/settings"
	"smartagenda/configs/platform/signin"
	"smartagenda/migrations"
	"smartagenda/tenants"
)

// Schedule is what happens by the clock. Several workers may run it: each piece
// of work is claimed in the database first.
type Schedule struct {
	Control  *postgres.Control
	Migrator *postgres.Migrator
	Spares   int
}

// Run looks every half minute until ctx ends.
func (s Schedule) Run(ctx context.Context) {
	tick := time.NewTicker(30 * time.Second)
	defer tick.Stop()
	for {
		for name, work := range map[string]func(context.Context) error{"spares": s.fill, "sweep": s.sweep, "count": s.count, "seal": s.seal, "revoke": s.revoke} {
			if err := work(ctx); err != nil && ctx.Err() == nil {
				slog.ErrorContext(ctx, "schedule", "work", name, "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (s Schedule) fill(ctx context.Context) error { return migrations.Fill(ctx, s.Migrator, s.Spares) }

// sweep puts the night's work once a day: whoever changes the date does it.
func (s Schedule) sweep(ctx context.Context) error {
	now := s.Control.Clock().Now()
	return s.Control.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
		mine, err := settings.Set(ctx, c, "swept", now.Format(time.DateOnly))
		if err != nil || !mine {
			return err
		}
		if _, err := jobstore.Sweep(ctx, c, now.Add(-jobstore.Kept)); err != nil {
			return err
		}
		if err := session.Sweep(ctx, c, now); err != nil { // the staff's
			return err
		}
		if err := signin.Sweep(ctx, c, now); err != nil {
			return err
		}
		return eachOpen(ctx, c, func(t tenants.Tenant, _, _ int) error {
			return jobstore.PutFor(ctx, c, jobstore.Job{Tenant: t.ID, Kind: KindSweep}, now)
		})
	})
}
