package policies

import (
	"context"

	"smartagenda/configs/platform/postgres"
)

func insertFirst(ctx context.Context, c *postgres.Control, body string) error {
	_, err := c.DB().ExecContext(ctx, `INSERT INTO control.policies (version, body, published_at)
		VALUES (1, ?, ?) ON CONFLICT (version) DO NOTHING`, body, c.Clock().Now())
	return err
}

func find(ctx context.Context, c *postgres.Control, version int) (Policy, error) {
	var p Policy
	err := c.DB().QueryRowContext(ctx, `SELECT version, body, published_at FROM control.policies
		WHERE version = ?0 OR ?0 = 0 ORDER BY version DESC LIMIT 1`, version).Scan(&p.Version, &p.Body, &p.PublishedAt)
	return p, postgres.Found(err, "policies.unknown")
}
