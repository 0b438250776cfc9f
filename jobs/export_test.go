package jobs

import (
	"context"

	"smartagenda/configs/platform/postgres"
)

// SweepOnce is one look of the schedule at the night's work.
func SweepOnce(ctx context.Context, c *postgres.Control) error {
	return Schedule{Control: c}.sweep(ctx)
}
