package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"

	"smartagenda/configs"
	"smartagenda/configs/platform/clock"
	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/keyring"
	"smartagenda/configs/platform/ops"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/queue"
	"smartagenda/configs/platform/secure"
	"smartagenda/configs/platform/settings"
	"smartagenda/tenants"
)

// program is what every long-running command opens.
type program struct {
	cfg      configs.Config
	control  *postgres.Control
	redis    *redis.Client
	queue    *queue.Queue
	keys     *keyring.Keyring
	registry *tenants.Registry
	sites    tenants.Sites
	texts    *i18n.Bundle
	metrics  *prometheus.Registry
}

// open connects to the database and Redis and joins the rooms that all
// commands share.
func open(ctx context.Context, cfg configs.Config, name string) (*program, error) {
	if err := cfg.Need("DATABASE_APP_URL", "DATABASE_PLATFORM_URL", "REDIS_URL", "MASTER_KEY"); err != nil {
		return nil, err
	}
	p := &program{cfg: cfg, metrics: ops.NewRegistry()}
	var err error
	if p.texts, err = i18n.New(texts()...); err != nil {
		return nil, err
	}
	p.control, err = postgres.OpenControl(ctx, postgres.Config{
		App:      postgres.Pool{URL: cfg.AppURL, Size: cfg.Pool, Name: "smartagenda " + name},
		Platform: postgres.Pool{URL: cfg.PlatformURL, Size: 4, Name: "smartagenda " + name},
		Clock:    clock.System(),
	})
	if err != nil {
		return nil, err
	}
	master, err := secure.ParseMaster(cfg.MasterKey)
	if err != nil {
		return nil, errors.Join(err, p.control.Close())
	}
	p.keys = keyring.New(p.control, master)
	p.control.UseKeys(p.keys)
	p.registry = tenants.NewRegistry(p.control)
	scheme, port := cfg.Public()
	p.sites = tenants.Sites{Scheme: scheme, Domain: cfg.BaseDomain, Port: port}
	options, err := redis.ParseURL(cfg.RedisURL)
	if err != nil {
		return nil, errors.Join(errors.New("SMARTAGENDA_REDIS_URL is not an address of Redis"), p.control.Close())
	}
	p.redis = redis.NewClient(options)
	p.queue = queue.New(p.redis)
	p.control.OnUrgent(nudger(ctx, p.queue))
	return p, p.follow(ctx)
}

func (p *program) close() error { return errors.Join(p.redis.Close(), p.control.Close()) }

// checks are what readiness depends on.
func (p *program) checks() map[string]ops.Check {
	return map[string]ops.Check{"database": p.control.Ping, "redis": p.queue.Ping}
}

// follow keeps the demo's clock the same in all processes.
func (p *program) follow(ctx context.Context) error {
	if !p.cfg.Demo {
		return nil
	}
	go every(ctx, time.Second, func() {
		if err := settings.FollowClock(ctx, p.control); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "the demo's clock", "error", err)
		}
	})
	return settings.FollowClock(ctx, p.control)
}

// nudger tells relays that work was put, at most a hundred times a second.
func nudger(ctx context.Context, q *queue.Queue) func() {
	asked := make(chan struct{}, 1)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-asked:
				_ = q.Nudge(ctx) // the relay looks by itself anyway
				time.Sleep(10 * time.Millisecond)
			}
		}
	}()
	return func() {
		select {
		case asked <- struct{}{}:
		default:
		}
	}
}

// every calls f at each tick until ctx ends.
func every(ctx context.Context, d time.Duration, f func()) {
	tick := time.NewTicker(d)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			f()
		}
	}
}
