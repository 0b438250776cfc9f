package postgres

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"

	"smartagenda/configs/platform/clock"
	"smartagenda/configs/platform/secure"
)

// Keys finds a tenant's key.
type Keys interface {
	Key(ctx context.Context, t Tenant) (secure.Key, error)
}

// Control reaches SmartAgenda's own rows with the platform login, and is the
// only maker of a Scope. A console process has no tenant pool, so its Control
// makes none.
type Control struct {
	app      *bun.DB // nil where this process serves no tenant
	platform *bun.DB
	tx       bun.IDB // the transaction of InTx, if this is inside one
	clock    *clock.Clock
	keys     Keys
	nudge    func()
	memo     *memo
}

// Config opens a Control. App may be empty: then Scope always fails.
type Config struct {
	App, Platform Pool
	Clock         *clock.Clock
}

// OpenControl connects both logins.
func OpenControl(ctx context.Context, cfg Config) (*Control, error) {
	c := &Control{clock: cfg.Clock, keys: noKeys{}, memo: &memo{}}
	var err error
	if c.platform, err = open(ctx, cfg.Platform, plain); err != nil {
		return nil, err
	}
	if cfg.App.URL == "" {
		return c, nil
	}
	if c.app, err = open(ctx, cfg.App, tenantOnly); err != nil {
		_ = c.platform.Close()
		return nil, err
	}
	return c, nil
}

// UseKeys says where tenants' keys come from; called once, while assembling.
func (c *Control) UseKeys(k Keys) { c.keys = k }

// OnUrgent is called after each commit that asked for a Nudge; once, while
// assembling. It must not block.
func (c *Control) OnUrgent(f func()) { c.nudge = f }

// Clock is the program's clock.
func (c *Control) Clock() *clock.Clock { return c.clock }

// DB runs statements of the platform login. Only store files may call it.
func (c *Control) DB() bun.IDB {
	if c.tx != nil {
		return c.tx
	}
	return c.platform
}

// InTx runs fn with a Control whose statements share one transaction of the
// platform login, and commits when fn returns nil. As with Scope, fn may run
// again.
func (c *Control) InTx(ctx context.Context, fn func(context.Context, *Control) error) error {
	if c.tx != nil {
		return fn(ctx, c)
	}
	var err error
	for range attempts {
		err = c.platform.RunInTx(ctx, &sql.TxOptions{}, func(ctx context.Context, tx bun.Tx) error {
			inside := *c
			inside.tx = tx
			return fn(ctx, &inside)
		})
		if !retryable(err) {
			break
		}
	}
	return err
}

// Ping tells whether the database answers.
func (c *Control) Ping(ctx context.Context) error { return c.platform.PingContext(ctx) }

// Stats are the pools' figures by login, for metrics.
func (c *Control) Stats() map[string]sql.DBStats {
	s := map[string]sql.DBStats{"platform": c.platform.Stats()}
	if c.app != nil {
		s["app"] = c.app.Stats()
	}
	return s
}

// Close ends both pools.
func (c *Control) Close() error {
	var app error
	if c.app != nil {
		app = c.app.Close()
	}
	return errors.Join(app, c.platform.Close())
}

type noKeys struct{}

func (noKeys) Key(context.Context, Tenant) (secure.Key, error) {
	return secure.Key{}, errors.New("postgres: this process has no tenant keys")
}
