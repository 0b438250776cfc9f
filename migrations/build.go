package migrations

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"smartagenda/configs/platform/postgres"
)

// Build makes n spare tenants: rows and roles in one batch, because each
// change of roles stalls every pooled connection, then the schemas one by one.
// What an interrupted run left half built is finished first.
func Build(ctx context.Context, m *postgres.Migrator, n int) error {
	script, err := files.ReadFile(currentFile)
	if err != nil {
		return err
	}
	if err := announce(ctx, m, n); err != nil {
		return err
	}
	whole := step{version: TenantVersion, name: currentFile, sql: string(script)}
	for {
		built, err := buildOne(ctx, m, whole)
		if err != nil || !built {
			return err
		}
	}
}

func announce(ctx context.Context, m *postgres.Migrator, n int) error {
	return m.DB().RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(?)", lockRoles); err != nil {
			return err
		}
		for range n {
			var id int64
			if err := tx.NewRaw("INSERT INTO platform.tenants DEFAULT VALUES RETURNING id").Scan(ctx, &id); err != nil {
				return err
			}
			name := postgres.Tenant(id).Schema()
			if err := role(ctx, tx, name, "NOLOGIN IN ROLE smartagenda_tenants"); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, "GRANT "+name+" TO smartagenda_app"); err != nil {
				return err
			}
		}
		return nil
	})
}

// buildOne builds one announced schema; false when there is none. Schema,
// tables and the new state appear together or not at all.
func buildOne(ctx context.Context, m *postgres.Migrator, whole step) (bool, error) {
	found := false
	err := m.DB().RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var id int64
		err := tx.NewRaw(`SELECT id FROM platform.tenants WHERE state = 'building'
			ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`).Scan(ctx, &id)
		if postgres.NoRows(err) {
			return nil
		}
		if err != nil {
			return err
		}
		found = true
		name := postgres.Tenant(id).Schema()
		if _, err := tx.ExecContext(ctx, "CREATE SCHEMA "+name+"; GRANT USAGE ON SCHEMA "+name+" TO "+name); err != nil {
			return err
		}
		if err := applyTenant(ctx, tx, postgres.Tenant(id), []step{whole}); err != nil {
			return fmt.Errorf("migrations: building %s: %w", name, err)
		}
		_, err = tx.ExecContext(ctx, "UPDATE platform.tenants SET state = 'spare' WHERE id = ?", id)
		return err
	})
	return found, err
}

// Fill keeps at least want spare tenants ready. Of several processes that fill
// at once, one does.
func Fill(ctx context.Context, m *postgres.Migrator, want int) error {
	conn, err := m.DB().Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	var mine bool
	if err := conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock(?)", lockFill).Scan(&mine); err != nil || !mine {
		return err
	}
	defer func() { _, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock(?)", lockFill) }()
	var have int
	err = m.DB().NewRaw("SELECT count(*) FROM platform.tenants WHERE state IN ('spare', 'building')").Scan(ctx, &have)
	if err != nil {
		return err
	}
	return Build(ctx, m, max(0, want-have)) // with none missing it finishes what was left half built
}

// Spares counts the tenants that a sign-up can claim.
func Spares(ctx context.Context, m *postgres.Migrator) (int, error) {
	var n int
	err := m.DB().NewRaw("SELECT count(*) FROM platform.tenants WHERE state = 'spare'").Scan(ctx, &n)
	return n, err
}

// Behind lists schemas that are not at the current version, with the error of
// their last migration.
func Behind(ctx context.Context, m *postgres.Migrator) (map[int64]string, error) {
	rows, err := m.DB().QueryContext(ctx, `SELECT id, coalesce(last_error, 'not migrated yet') FROM platform.tenants
		WHERE version < ? AND state IN ('spare', 'claimed')`, TenantVersion)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	behind := map[int64]string{}
	for rows.Next() {
		var id int64
		var why string
		if err := rows.Scan(&id, &why); err != nil {
			return nil, err
		}
		behind[id] = why
	}
	return behind, rows.Err()
}
