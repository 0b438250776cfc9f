package migrations

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/uptrace/bun"

	"smartagenda/configs/platform/clock"
	"smartagenda/configs/platform/postgres"
)

// Keys of advisory locks: one migration of the shared schemas at a time, one
// change of roles at a time.
const (
	lockShared = 7_310_001
	lockRoles  = 7_310_002
	lockFill   = 7_310_003
)

// Report says what a run did.
type Report struct {
	Shared  int // steps of control and platform
	Tenants int // schemas brought to TenantVersion
	Failed  int // schemas left behind; platform.tenants.last_error says why
}

// Run brings everything to the current version: the shared schemas first, then
// canary tenants, then the others, four at a time. It may be killed at any
// moment and run again, also by several processes at once.
func Run(ctx context.Context, m *postgres.Migrator, c *clock.Clock) (Report, error) {
	var r Report
	for _, shared := range []struct {
		kind  string
		steps []step
	}{{"platform", platformSteps}, {"control", controlSteps}} { // control's logins are granted work on platform's tables
		n, err := runShared(ctx, m, c, shared.kind, shared.steps)
		r.Shared += n
		if err != nil {
			return r, err
		}
	}
	for _, canary := range []bool{true, false} {
		done, failed, err := runTenants(ctx, m, tenantSteps, canary)
		r.Tenants, r.Failed = r.Tenants+done, r.Failed+failed
		if err != nil {
			return r, err
		}
		if canary && failed > 0 {
			return r, errors.New("migrations: a canary tenant failed; the others were left alone")
		}
	}
	return r, nil
}

// runShared applies the steps that are missing, each in a transaction of its
// own that also records it.
func runShared(ctx context.Context, m *postgres.Migrator, c *clock.Clock, kind string, steps []step) (int, error) {
	const table = `CREATE SCHEMA IF NOT EXISTS migrations;
		CREATE TABLE IF NOT EXISTS migrations.applied (
			kind text, version integer, applied_at timestamptz NOT NULL, PRIMARY KEY (kind, version))`
	applied := 0
	for _, s := range steps {
		err := m.DB().RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
			if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(?)", lockShared); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, table); err != nil {
				return err
			}
			done, err := tx.NewSelect().TableExpr("migrations.applied").Where("kind = ? AND version = ?", kind, s.version).Exists(ctx)
			if err != nil || done {
				return err
			}
			if _, err := tx.ExecContext(ctx, s.sql); err != nil {
				return fmt.Errorf("migrations: %s: %w", s.name, err)
			}
			applied++
			_, err = tx.ExecContext(ctx, "INSERT INTO migrations.applied VALUES (?, ?, ?)", kind, s.version, c.Now())
			return err
		})
		if err != nil {
			return applied, err
		}
		slog.DebugContext(ctx, "migration in place", "step", s.name)
	}
	return applied, nil
}
