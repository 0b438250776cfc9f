package main

import (
	"context"
	"errors"
	"fmt"

	"smartagenda/configs"
	"smartagenda/configs/platform/audit"
	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/migrations"
	"smartagenda/tenants"
	"smartagenda/tenants/provisioning"
)

type doctorCommand struct{}

// Run prints one line a check and fails when one of them does.
func (doctorCommand) Run(ctx context.Context, cfg configs.Config) error {
	if err := cfg.Need("DATABASE_URL"); err != nil {
		return err
	}
	return with(ctx, cfg, func(p *program) error {
		m, err := postgres.OpenMigrator(ctx, postgres.Pool{URL: cfg.DatabaseURL, Size: 1, Name: "smartagenda doctor"})
		if err != nil {
			return err
		}
		defer m.Close()
		ill := 0
		for _, c := range []struct {
			name string
			look func(context.Context) error
		}{
			{"redis keeps what it is given", p.redisPolicy},
			{"schemas are at the current version", func(ctx context.Context) error { return schemas(ctx, m) }},
			{"spare tenants are ready", func(ctx context.Context) error { return spares(ctx, m, cfg.Spares) }},
			{"no job was given up", p.deadJobs},
			{"the audits are as they were sealed", p.chains},
			{"no space is kept beyond its day", p.overdue},
		} {
			if err := c.look(ctx); err != nil {
				ill++
				fmt.Printf("bad  %s: %v\n", c.name, err)
				continue
			}
			fmt.Printf("ok   %s\n", c.name)
		}
		if ill > 0 {
			return fmt.Errorf("%d checks failed", ill)
		}
		return nil
	})
}

func (p *program) redisPolicy(ctx context.Context) error {
	got, err := p.redis.ConfigGet(ctx, "maxmemory-policy").Result()
	if err != nil {
		return err
	}
	if policy := got["maxmemory-policy"]; policy != "noeviction" {
		return fmt.Errorf("maxmemory-policy is %s, set it to noeviction", policy)
	}
	return nil
}

func schemas(ctx context.Context, m *postgres.Migrator) error {
	behind, err := migrations.Behind(ctx, m)
	if err != nil {
		return err
	}
	for id, why := range behind {
		fmt.Printf("     tenant %d: %s\n", id, why)
	}
	if len(behind) > 0 {
		return fmt.Errorf("%d are behind: run `smartagenda migrate`", len(behind))
	}
	return nil
}

func spares(ctx context.Context, m *postgres.Migrator, want int) error {
	n, err := migrations.Spares(ctx, m)
	if err == nil && n == 0 && want > 0 {
		err = errors.New("none is left: sign-up answers 503 until the worker makes more")
	}
	return err
}

func (p *program) deadJobs(ctx context.Context) error {
	counts, err := jobstore.Backlog(ctx, p.control)
	if err == nil && counts["dead"] > 0 {
		err = fmt.Errorf("%d were", counts["dead"])
	}
	return err
}

// chains replays every audit against its seals.
func (p *program) chains(ctx context.Context) error {
	head, err := audit.Copied(ctx, p.control, 0)
	if err != nil {
		return err
	}
	broken := 0
	say := func(whose string, err error) error {
		if errors.Is(err, audit.ErrBroken) {
			broken++
			fmt.Printf("     %s: %v\n", whose, err)
			return nil
		}
		return err
	}
	if err := say("staff", audit.OfStaff(p.control).Verify(ctx, head)); err != nil {
		return err
	}
	list, err := tenants.List(ctx, p.control)
	if err != nil {
		return err
	}
	for _, t := range list {
		if t.Status == tenants.Purged {
			continue
		}
		if head, err = audit.Copied(ctx, p.control, t.ID); err != nil {
			return err
		}
		err := p.control.ReadScope(ctx, t.ID, func(ctx context.Context, s postgres.Scope) error { return audit.Of(s).Verify(ctx, head) })
		if err := say("tenant "+t.ID.String(), err); err != nil {
			return err
		}
	}
	if broken > 0 {
		return fmt.Errorf("%d chains are broken", broken)
	}
	return nil
}

// overdue finds houses that have left and whose space should be gone.
func (p *program) overdue(ctx context.Context) error {
	list, err := provisioning.ListLeaving(ctx, p.control)
	if err != nil {
		return err
	}
	late := 0
	for _, l := range list {
		if p.control.Clock().Now().After(l.PurgeAt.AddDate(0, 0, 1)) {
			late++
			fmt.Printf("     tenant %d should have been erased on %s; %d of 2 have approved\n", l.Tenant, l.PurgeAt.Format("2006-01-02"), len(l.Approvals))
		}
	}
	if late > 0 {
		return fmt.Errorf("%d are", late)
	}
	return nil
}
