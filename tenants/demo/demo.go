// Package demo writes houses that look lived in, for trying the program out.
// It must never run where data are real.
package demo

import (
	"context"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/provisioning"
)

// Password opens every login of the demo.
const Password = "demo-smartagenda-2026"

// Seed writes the demo's tenants, those that are not there yet.
func Seed(ctx context.Context, c *postgres.Control, d provisioning.Desk) error {
	return nil
}
