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
	console  *postgres.Control // of the console's login; nil where it is not served
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
	p, err := begin(cfg)
	if err != nil {
		return nil, err
	}
	p.control, err = postgres.OpenControl(ctx, postgres.Config{
		App:      postgres.Pool{URL: cfg.AppURL, Size: cfg.Pool, Name: "smartagenda " + name},
		Platform: postgres.Pool{URL: cfg.PlatformURL, Size: 4, Name: "smartagenda " + name, Schema: "control"},
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
	if err := p.join(); err != nil {
		return nil, errors.Join(err, p.control.Close())
	}
	p.control.OnUrgent(nudger(ctx, p.queue))
	return p, p.follow(ctx)
}

// begin makes what needs no connection.
func begin(cfg configs.Config) (p *program, err error) {
	scheme, port := cfg.Public()
	p = &program{cfg: cfg, metrics: ops.NewRegistry(), sites: tenants.Sites{Scheme: scheme, Domain: cfg.BaseDomain, Port: port}}
	p.texts, err = i18n.New(texts()...)
	return p, err
}

// join connects the rooms that stand on the database, and Redis.
func (p *program) join() error {
	options, err := redis.ParseURL(p.cfg.RedisURL)
	if err != nil {
		return errors.New("SMARTAGENDA_REDIS_URL is not an address of Redis")
	}
	p.registry = tenants.NewRegistry(p.control)
	p.redis = redis.NewClient(options)
	p.queue = queue.New(p.redis)
	return nil
}

// openConsole is open for a process that serves the console alone.
func openConsole(ctx context.Context, cfg configs.Config) (*program, error) {
	if err := cfg.Need("DATABASE_CONSOLE_URL", "REDIS_URL"); err != nil {
		return nil, err
	}
	p, err := begin(cfg)
	if err != nil {
		return nil, err
	}
	if p.control, err = consoleControl(ctx, cfg, clock.System()); err != nil {
		return nil, err
	}
	p.console = p.control
	if err := p.join(); err != nil {
		return nil, errors.Join(err, p.control.Close())
	}
	return p, p.follow(ctx)
}

// consoleControl connects the console's login, which can make no Scope.
func consoleControl(ctx context.Context, cfg configs.Config, c *clock.Clock) (*postgres.Control, error) {
	if err := cfg.Need("DATABASE_CONSOLE_URL"); err != nil {
		return nil, err
	}
	return postgres.OpenControl(ctx, postgres.Config{
		Platform: postgres.Pool{URL: cfg.ConsoleURL, Size: 4, Name: "smartagenda console", Schema: "control"}, Clock: c,
	})
}

func (p *program) close() error {
	errs := []error{p.redis.Close(), p.control.Close()}
	if p.console != nil && p.console != p.control {
		errs = append(errs, p.console.Close())
	}
	return errors.Join(errs...)
}

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
