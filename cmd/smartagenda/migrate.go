package main

import (
	"context"
	"errors"
	"log/slog"

	"smartagenda/configs"
	"smartagenda/configs/platform/clock"
	"smartagenda/configs/platform/postgres"
	"smartagenda/migrations"
	"smartagenda/tenants/policies"
)

type migrateCommand struct{}

// Run makes logins, schemas and spare tenants; it may be run at any time.
func (migrateCommand) Run(ctx context.Context, cfg configs.Config) error {
	if err := cfg.Need("DATABASE_URL", "DATABASE_APP_URL", "DATABASE_PLATFORM_URL", "DATABASE_CONSOLE_URL"); err != nil {
		return err
	}
	m, err := postgres.OpenMigrator(ctx, postgres.Pool{URL: cfg.DatabaseURL, Size: 6, Name: "smartagenda migrate"})
	if err != nil {
		return err
	}
	defer m.Close()
	if err := migrations.Bootstrap(ctx, m, migrations.Logins{App: cfg.AppURL, Platform: cfg.PlatformURL, Console: cfg.ConsoleURL}); err != nil {
		return err
	}
	report, err := migrations.Run(ctx, m, clock.System())
	if err != nil {
		return err
	}
	if err := migrations.Fill(ctx, m, cfg.Spares); err != nil {
		return err
	}
	if err := publishFirst(ctx, cfg); err != nil {
		return err
	}
	slog.InfoContext(ctx, "the database is at the current version", "steps", report.Shared, "tenants", report.Tenants, "failed", report.Failed)
	if report.Failed > 0 {
		return errors.New("some tenants were left behind: see `smartagenda doctor`")
	}
	return nil
}

// publishFirst opens the control login that has just been made.
func publishFirst(ctx context.Context, cfg configs.Config) error {
	c, err := postgres.OpenControl(ctx, postgres.Config{
		Platform: postgres.Pool{URL: cfg.PlatformURL, Size: 1, Name: "smartagenda migrate"}, Clock: clock.System(),
	})
	if err != nil {
		return err
	}
	defer c.Close()
	return policies.Begin(ctx, c)
}
