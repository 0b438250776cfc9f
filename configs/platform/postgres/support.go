package postgres

import (
	"context"
	"database/sql"

	"github.com/uptrace/bun"
)

// Support runs fn in one tenant's schema with this Control's own login, which
// PostgreSQL lets in only while an instruction of that tenant runs: else the
// first statement is Refused. What has expired is withdrawn first. The Scope
// has no key, so sealed text stays sealed, and it can put no job.
//
// It is for the console's login; the platform's has a right on no schema.
func (c *Control) Support(ctx context.Context, t Tenant, fn func(context.Context, Scope) error) error {
	if _, err := c.platform.ExecContext(ctx, "SELECT platform.revoke_expired(?)", c.clock.Now()); err != nil {
		return err
	}
	return c.platform.RunInTx(ctx, &sql.TxOptions{}, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.ExecContext(ctx, "SELECT 1 FROM "+t.Schema()+".profile; SET LOCAL search_path TO "+t.Schema()+", extensions"); err != nil {
			return err
		}
		closed := *c
		closed.keys = noKeys{}
		return fn(ctx, Scope{&scope{tx: tx, tenant: t, now: c.clock.Now(), ctl: &closed}})
	})
}
