package migrations

import (
	"context"
	"fmt"
	"net/url"

	"github.com/uptrace/bun"

	"smartagenda/configs/platform/postgres"
)

// Logins are the addresses that the program's processes will use; each login
// and its password come from there.
type Logins struct{ App, Platform, Console string }

// Bootstrap makes the group role and the three logins, or gives them the
// passwords of the addresses, and closes the database to everyone else. The
// migrator must own the database and may create roles; it need not be a
// superuser.
func Bootstrap(ctx context.Context, m *postgres.Migrator, l Logins) error {
	return m.DB().RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(?)", lockRoles); err != nil {
			return err
		}
		if err := role(ctx, tx, "smartagenda_tenants", "NOLOGIN"); err != nil {
			return err
		}
		var database string
		if err := tx.NewRaw("SELECT current_database()").Scan(ctx, &database); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "REVOKE ALL ON DATABASE ? FROM PUBLIC", bun.Ident(database)); err != nil {
			return err
		}
		for name, address := range map[string]string{
			"smartagenda_app": l.App, "smartagenda_platform": l.Platform, "smartagenda_console": l.Console,
		} {
			if err := login(ctx, tx, name, address); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, "GRANT CONNECT ON DATABASE ? TO ?", bun.Ident(database), bun.Ident(name)); err != nil {
				return err
			}
		}
		return nil
	})
}

func role(ctx context.Context, tx bun.Tx, name, kind string) error {
	exists, err := tx.NewSelect().TableExpr("pg_roles").Where("rolname = ?", name).Exists(ctx)
	if err != nil || exists {
		return err
	}
	_, err = tx.ExecContext(ctx, "CREATE ROLE ? "+kind, bun.Ident(name))
	return err
}

// login makes a role that inherits nothing: it acts as a tenant only where a
// transaction says so. The names are fixed, because grants name them.
func login(ctx context.Context, tx bun.Tx, name, address string) error {
	u, err := url.Parse(address)
	if err != nil || u.User.Username() != name {
		return fmt.Errorf("migrations: the database address for %s must carry that login", name)
	}
	if err := role(ctx, tx, name, "LOGIN NOINHERIT"); err != nil {
		return err
	}
	if password, ok := u.User.Password(); ok {
		if _, err := tx.ExecContext(ctx, "ALTER ROLE ? PASSWORD ?", bun.Ident(name), password); err != nil {
			return err
		}
	}
	return nil
}
