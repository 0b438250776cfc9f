package migrations

import (
	"context"
	"io/fs"

	"smartagenda/configs/platform/postgres"
)

// Step is a step that a test invents.
type Step struct{ SQL string }

// RunTenants runs the real steps followed by invented ones.
func RunTenants(ctx context.Context, m *postgres.Migrator, extra []Step, canary bool) (done, failed int, err error) {
	steps := append([]step(nil), tenantSteps...)
	for _, e := range extra {
		steps = append(steps, step{version: len(steps) + 1, name: "invented", sql: e.SQL})
	}
	return runTenants(ctx, m, steps, canary)
}

// Replay builds a schema step by step.
func Replay(ctx context.Context, m *postgres.Migrator, id postgres.Tenant) error {
	tx, err := m.DB().BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := applyTenant(ctx, tx, id, tenantSteps); err != nil {
		return err
	}
	return tx.Commit()
}

// ReadSteps checks the numbering of files.
func ReadSteps(fsys fs.FS, dir string) error {
	_, err := readSteps(fsys, dir)
	return err
}

// Announce does the first half of Build.
func Announce(ctx context.Context, m *postgres.Migrator, n int) error { return announce(ctx, m, n) }
