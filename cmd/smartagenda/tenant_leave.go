package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"smartagenda/admin/journal"
	"smartagenda/admin/staff"
	"smartagenda/configs"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/provisioning"
	"smartagenda/tenants/subscriptions"
)

type tenantTerminate struct {
	Slug   string `arg:""`
	Reason string `required:"" help:"Why: it stays in the history."`
	Delete bool   `help:"The owner does not want the data back."`
}

// Run ends the contract and says when the space goes.
func (t tenantTerminate) Run(ctx context.Context, cfg configs.Config) error {
	return with(ctx, cfg, func(p *program) error {
		one, err := tenants.BySlug(ctx, p.control, t.Slug)
		if err != nil {
			return p.spoken(err)
		}
		choice := provisioning.Return
		if t.Delete {
			choice = provisioning.Delete
		}
		err = provisioning.Desk{Control: p.control, Keys: p.keys}.Leave(ctx, provisioning.Farewell{Tenant: one.ID, Choice: choice, Reason: t.Reason,
			By: subscriptions.Actor{Who: subscriptions.ByStaff}})
		if err != nil {
			return p.spoken(err)
		}
		l, err := provisioning.FindLeaving(ctx, p.control, one.ID)
		if err != nil {
			return err
		}
		fmt.Println("erased from", l.PurgeAt.Format("2006-01-02"), "on, once two of the staff have approved")
		return nil
	})
}

type tenantExport struct {
	Slug string `arg:""`
	To   string `required:"" type:"path" help:"The file to write; it must not exist."`
}

// Run writes the export, readable by its owner alone.
func (t tenantExport) Run(ctx context.Context, cfg configs.Config) error {
	return with(ctx, cfg, func(p *program) error {
		one, err := tenants.BySlug(ctx, p.control, t.Slug)
		if err != nil {
			return p.spoken(err)
		}
		f, err := os.OpenFile(t.To, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		err = p.control.ReadScope(ctx, one.ID, func(ctx context.Context, s postgres.Scope) error { return provisioning.Export(ctx, s, one, f) })
		return errors.Join(err, f.Close())
	})
}

type tenantPurge struct {
	Slug       string   `arg:""`
	ApprovedBy []string `help:"Mail address of one of the staff who may approve; twice, for two different people."`
	DryRun     bool     `help:"Count what would be erased."`
}

// Run erases the space, or says what it waits for.
func (t tenantPurge) Run(ctx context.Context, cfg configs.Config) error {
	if err := cfg.Need("DATABASE_URL"); err != nil {
		return err
	}
	return with(ctx, cfg, func(p *program) error {
		m, err := postgres.OpenMigrator(ctx, postgres.Pool{URL: cfg.DatabaseURL, Size: 1, Name: "smartagenda purge"})
		if err != nil {
			return err
		}
		defer m.Close()
		one, err := tenants.BySlug(ctx, p.control, t.Slug)
		if err != nil {
			return p.spoken(err)
		}
		e := provisioning.Eraser{Desk: provisioning.Desk{Control: p.control, Keys: p.keys}, Migrator: m}
		if t.DryRun {
			return count(ctx, e, one.ID)
		}
		l, err := provisioning.FindLeaving(ctx, p.control, one.ID)
		if err != nil {
			return p.spoken(err)
		}
		if p.control.Clock().Now().Before(l.PurgeAt) {
			return fmt.Errorf("%s can be erased from %s on", t.Slug, l.PurgeAt.Format("2006-01-02"))
		}
		for _, email := range t.ApprovedBy {
			if err := approve(ctx, p.control, one.ID, email); err != nil {
				return p.spoken(err)
			}
		}
		if err := e.Purge(ctx, one.ID); err != nil {
			return p.spoken(err)
		}
		fmt.Println("erased; its certificate stays")
		return nil
	})
}

func count(ctx context.Context, e provisioning.Eraser, id postgres.Tenant) error {
	counts, err := e.DryRun(ctx, id)
	for name, n := range counts {
		fmt.Printf("%8d  %s\n", n, name)
	}
	return err
}

// approve writes down that somebody of the staff lets a space be erased.
func approve(ctx context.Context, c *postgres.Control, id postgres.Tenant, email string) error {
	who, err := staff.ByEmail(ctx, c, email)
	if err != nil {
		return err
	}
	if who.Disabled() || !staff.May(who.Role, staff.ApprovePurge) {
		return fmt.Errorf("%s may not approve a purge", email)
	}
	return c.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
		if err := provisioning.Approve(ctx, c, id, who.ID); err != nil {
			return err
		}
		return journal.Write(ctx, c, journal.Entry{Staff: who.ID, Act: "purge.approve", Tenant: id})
	})
}
