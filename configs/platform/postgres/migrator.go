package postgres

import (
	"context"

	"github.com/uptrace/bun"
)

// Migrator is the login that owns every object: it changes the shape of the
// data and makes or removes schemas and roles.
type Migrator struct{ db *bun.DB }

// OpenMigrator connects the owner's login.
func OpenMigrator(ctx context.Context, p Pool) (*Migrator, error) {
	p.Patient = true
	db, err := open(ctx, p, plain)
	if err != nil {
		return nil, err
	}
	return &Migrator{db}, nil
}

// DB runs the owner's statements; migrations and provisioning's store only.
func (m *Migrator) DB() *bun.DB { return m.db }

// Close ends the pool.
func (m *Migrator) Close() error { return m.db.Close() }
