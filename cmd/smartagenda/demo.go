package main

import (
	"context"
	"errors"

	"smartagenda/configs"
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
		return demo.Seed(ctx, p.control, provisioning.Desk{Control: p.control, Keys: p.keys})
	})
}
