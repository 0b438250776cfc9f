package jobs

import (
	"context"

	"smartagenda/configs/platform/postgres"
)

// SweepOnce is one look of the schedule at the night's work.
func SweepOnce(ctx context.Context, c *postgres.Control) error {
	return Schedule{Control: c}.sweep(ctx)
}

// CountOnce is one look of the schedule at the hour's counting.
func CountOnce(ctx context.Context, c *postgres.Control) error {
	return Schedule{Control: c}.count(ctx)
}
