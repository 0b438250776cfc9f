package main

import (
	"context"
	"errors"

	ours "smartagenda/admin/demo"
	"smartagenda/configs"
	"smartagenda/configs/platform/clock"
	"smartagenda/configs/platform/postgres"
	"smartagenda/jobs"
	"smartagenda/tenants/demo"
	"smartagenda/tenants/provisioning"
)

type demoCommand struct{}

// Run seeds the demo; a second run changes nothing.
func (demoCommand) Run(ctx context.Context, cfg configs.Config) error {
	if !cfg.Demo {
		return errors.New("the demo's logins are public: this runs only with SMARTAGENDA_DEMO=true")
	}
	return with(ctx, cfg, func(p *program) error {
		// The seed moves its clock through the past, so it has one of its own.
		c, err := postgres.OpenControl(ctx, postgres.Config{
			App:      postgres.Pool{URL: cfg.AppURL, Size: 1, Name: "smartagenda demo"},
			Platform: postgres.Pool{URL: cfg.PlatformURL, Size: 2, Name: "smartagenda demo"},
			Clock:    clock.Fixed(p.control.Clock().Now()),
		})
		if err != nil {
			return err
		}
		defer c.Close()
		c.UseKeys(p.keys)
		if err := demo.Seed(ctx, c, provisioning.Desk{Control: c, Keys: p.keys}); err != nil {
			return err
		}
		if err := ours.Seed(ctx, p.control, demo.Password); err != nil {
			return err
		}
		return jobs.CountAll(ctx, p.control, 0)
	})
}
