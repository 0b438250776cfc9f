package postgres

import (
	"context"
	"database/sql"
)

// BypassAttempts uses the tenant pool as a careless caller inside this package
// could, past the Scope.
func BypassAttempts(ctx context.Context, c *Control) map[string]func() error {
	return map[string]func() error{
		"query": func() error { _, err := c.app.QueryContext(ctx, "SELECT 1"); return err },
		"exec":  func() error { _, err := c.app.ExecContext(ctx, "SELECT 1"); return err },
		"begin": func() error { _, err := c.app.BeginTx(ctx, &sql.TxOptions{}); return err },
		"row":   func() error { var n int; return c.app.QueryRowContext(ctx, "SELECT 1").Scan(&n) },
		"conn": func() error {
			conn, err := c.app.Conn(ctx)
			if err != nil {
				return err
			}
			defer conn.Close()
			_, err = conn.ExecContext(ctx, "SET ROLE t_000001")
			return err
		},
	}
}
