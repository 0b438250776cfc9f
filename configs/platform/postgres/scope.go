package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"smartagenda/configs/platform/secure"
)

// Scope is one tenant's transaction, bound to that tenant's PostgreSQL role:
// it can reach no other schema. It lives as long as the function it was given
// to and must not be kept. Only Control makes one.
type Scope struct {
	s *scope
}

type scope struct {
	tx      bun.Tx
	tenant  Tenant
	now     time.Time
	ctl     *Control
	urgent  bool
	learned []note
}

// Tenant says whose transaction this is.
func (s Scope) Tenant() Tenant { return s.s.tenant }

// Now is the program's time at the start of the transaction, in UTC: all that
// one transaction writes carries the same instant.
func (s Scope) Now() time.Time { return s.s.now }

// DB runs statements in the transaction. Only store files may call it.
func (s Scope) DB() bun.IDB { return s.s.tx }

// Key is the tenant's own key, for sealed text and derived links.
func (s Scope) Key(ctx context.Context) (secure.Key, error) {
	return s.s.ctl.keys.Key(ctx, s.s.tenant)
}

// Nudge wakes the relay once the transaction has committed, for work that
// should not wait for its next look.
func (s Scope) Nudge() { s.s.urgent = true }

// Scope runs fn in a transaction of that tenant and commits when it returns
// nil. A serialization failure or a deadlock runs fn again, three times in
// all, so fn must not act on the outside world.
func (c *Control) Scope(ctx context.Context, t Tenant, fn func(context.Context, Scope) error) error {
	return c.scoped(ctx, beginning{tenant: t}, fn)
}

// ReadScope is Scope for reading alone: PostgreSQL refuses a change, and each
// statement sees its own snapshot.
func (c *Control) ReadScope(ctx context.Context, t Tenant, fn func(context.Context, Scope) error) error {
	return c.scoped(ctx, beginning{tenant: t, readOnly: true}, fn)
}

const attempts = 3

func (c *Control) scoped(ctx context.Context, b beginning, fn func(context.Context, Scope) error) error {
	if c.app == nil || !b.tenant.Valid() {
		return fmt.Errorf("postgres: %d is no tenant: %w", b.tenant, ErrNoTenant)
	}
	var err error
	for range attempts {
		if err = c.once(ctx, b, fn); !retryable(err) {
			break
		}
	}
	return err
}

func (c *Control) once(ctx context.Context, b beginning, fn func(context.Context, Scope) error) (err error) {
	tx, err := c.app.BeginTx(context.WithValue(ctx, tenantKey{}, b), &sql.TxOptions{})
	if err != nil {
		return down(err)
	}
	s := &scope{tx: tx, tenant: b.tenant, now: c.clock.Now(), ctl: c}
	defer func() {
		if p := recover(); p != nil {
			_ = tx.Rollback()
			panic(p)
		}
	}()
	if err := fn(ctx, Scope{s}); err != nil {
		_ = tx.Rollback() // a connection that cannot roll back is closed
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	c.memo.keep(s.learned)
	if s.urgent && c.nudge != nil {
		c.nudge()
	}
	return nil
}
