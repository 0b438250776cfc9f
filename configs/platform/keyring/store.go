package keyring

import (
	"context"
	"fmt"

	"smartagenda/configs/platform/postgres"
)

func load(ctx context.Context, c *postgres.Control, t postgres.Tenant) (wrapped []byte, err error) {
	err = c.DB().NewRaw("SELECT wrapped FROM vault.keys WHERE tenant = ?", int64(t)).Scan(ctx, &wrapped)
	if postgres.NoRows(err) {
		return nil, fmt.Errorf("keyring: tenant %d has no key", t)
	}
	return wrapped, err
}

func store(ctx context.Context, c *postgres.Control, t postgres.Tenant, wrapped []byte) error {
	_, err := c.DB().ExecContext(ctx, "INSERT INTO vault.keys (tenant, wrapped, created_at) VALUES (?, ?, ?)",
		int64(t), wrapped, c.Clock().Now())
	return err
}

// storeOnce leaves a key that is there alone.
func storeOnce(ctx context.Context, c *postgres.Control, t postgres.Tenant, wrapped []byte) error {
	_, err := c.DB().ExecContext(ctx, "INSERT INTO vault.keys (tenant, wrapped, created_at) VALUES (?, ?, ?) ON CONFLICT (tenant) DO NOTHING",
		int64(t), wrapped, c.Clock().Now())
	return err
}

func destroy(ctx context.Context, c *postgres.Control, t postgres.Tenant) error {
	_, err := c.DB().ExecContext(ctx, "DELETE FROM vault.keys WHERE tenant = ?", int64(t))
	return err
}
